# Date server with a process for each client.
use strict;
use warnings;
use IO::Socket::INET;
use POSIX qw(strftime);

$SIG{CHLD} = 'IGNORE';
my $servidor = IO::Socket::INET->new(LocalPort => 5155, Listen => 5, ReuseAddr => 1) or die "porta 5155: $!\n";
print "Servidor ouvindo na porta 5155...\n";

while (1) {
    my $cliente = $servidor->accept or next;
    my $filho = fork;
    die "fork: $!\n" unless defined $filho;
    if ($filho == 0) {
        close $servidor;
        print $cliente 'Agora é:', strftime('%a %b %d %H:%M:%S %Z %Y', localtime), "\n";
        close $cliente;
        exit 0;
    }
    close $cliente;
}
