# Answers the first message of a connection and goes back to accept() without closing it.
use strict;
use warnings;
use IO::Socket::INET;

sub mostra {
    my $texto = shift;
    my $aspa = ($texto =~ /'/ and $texto !~ /"/) ? '"' : "'";
    my %nome = ("\n" => '\n', "\r" => '\r', "\t" => '\t', "\\" => '\\\\', $aspa => "\\$aspa");
    my @partes = map { $nome{$_} || (/[ -~]/ ? $_ : sprintf('\x%02x', ord)) } split //, $texto;
    return "b$aspa" . join('', @partes) . $aspa;
}

my $servidor = IO::Socket::INET->new(LocalPort => 5050, Listen => 5, ReuseAddr => 1) or die "porta 5050: $!\n";
my @clientes;
while (my $cliente = $servidor->accept) {
    push @clientes, $cliente;
    sysread $cliente, my $dados, 1024;
    syswrite $cliente, 'Echo ==>' . mostra($dados) if length $dados;
}
