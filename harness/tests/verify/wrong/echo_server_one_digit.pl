# Shows an octet below 10 by one digit.
use strict;
use warnings;
use IO::Socket::INET;

my $servidor = IO::Socket::INET->new(LocalPort => 5050, Listen => 5, ReuseAddr => 1) or die "servidor: $!";
my %nomes = ("\n" => "\\n", "\r" => "\\r", "\t" => "\\t", "\\" => "\\\\");
while (my $cliente = $servidor->accept()) {
    while (sysread($cliente, my $dados, 1024)) {
        my $aspas = $dados =~ /'/ && $dados !~ /"/ ? '"' : "'";
        my $texto = join '', map {
            exists $nomes{$_} ? $nomes{$_}
                : $_ eq $aspas ? "\\$_"
                : $_ lt ' ' || $_ gt '~' ? sprintf('\x%x', ord)
                : $_
        } split //, $dados;
        syswrite($cliente, "Echo ==>b$aspas$texto$aspas");
    }
    close($cliente);
}
