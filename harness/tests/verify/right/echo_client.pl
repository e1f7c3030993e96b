# Echo client that sends the octets of each character.
use strict;
use warnings;
use Encode qw(decode encode);
use IO::Socket::INET;

my $host = @ARGV > 0 ? $ARGV[0] : 'localhost';
my @mensagens = ('Hello world!', 'Again!');
@mensagens = split //, decode('UTF-8', $ARGV[1]) if @ARGV > 1;

my $socket = IO::Socket::INET->new(PeerAddr => $host, PeerPort => 5050, Proto => 'tcp') or die "$host: $@\n";
for my $mensagem (@mensagens) {
    syswrite $socket, encode('UTF-8', $mensagem);
    last unless sysread $socket, my $dados, 1024;
    print "Received: $dados\n";
}
close $socket;
