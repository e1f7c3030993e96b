# Connects to 8889.
use strict;
use warnings;
use IO::Socket::INET;

my $s = IO::Socket::INET->new(PeerAddr => 'localhost', PeerPort => 8889, Proto => 'tcp') or die "conexao: $@\n";
my $hora = <$s>;
print "Received from server:b'$hora'\n";
