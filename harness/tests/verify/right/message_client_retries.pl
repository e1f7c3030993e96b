# Message client that tries to connect for up to five seconds.
use strict;
use warnings;
use IO::Socket::INET;

my ($host, $porta) = @ARGV;
my $socket;
for my $tentativa (1 .. 50) {
    $socket = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $porta, Proto => 'tcp');
    last if $socket;
    select undef, undef, undef, 0.1;
}
die "ERRO: conexão: $@\n" unless $socket;

$| = 1;
print 'Informe a mensagem: ';
my $mensagem = <STDIN>;
$socket->autoflush(1);
print $socket $mensagem if defined $mensagem;
sysread $socket, my $resposta, 255;
print "$resposta\n";
close $socket;
