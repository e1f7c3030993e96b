# Forks for each client, and keeps the parent's copies of the connections open.
use strict;
use warnings;
use IO::Socket::INET;

$SIG{CHLD} = 'IGNORE';
my $servidor = IO::Socket::INET->new(LocalPort => 8888, Listen => 5, ReuseAddr => 1) or die "porta 8888: $!\n";
my @conexoes;
while (my $conexao = $servidor->accept) {
    if (fork == 0) {
        syswrite $conexao, scalar localtime;
        close $conexao;
        exit;
    }
    push @conexoes, $conexao;
}
