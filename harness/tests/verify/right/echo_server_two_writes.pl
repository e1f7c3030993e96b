# Echo server that writes its reply in two parts.
use strict;
use warnings;
use IO::Socket::INET;

my %nome = ("\t" => '\t', "\n" => '\n', "\r" => '\r', '\\' => '\\\\');

sub repr {
    my ($dados) = @_;
    my $aspa = $dados =~ /'/ && $dados !~ /"/ ? '"' : "'";
    my $texto = '';
    for my $c (split //, $dados) {
        if ($c eq $aspa)             { $texto .= "\\$c" }
        elsif (exists $nome{$c})     { $texto .= $nome{$c} }
        elsif ($c =~ /[\x20-\x7e]/)  { $texto .= $c }
        else                         { $texto .= sprintf '\\x%02x', ord $c }
    }
    return "b$aspa$texto$aspa";
}

my $servidor = IO::Socket::INET->new(LocalPort => 5050, Listen => 5, ReuseAddr => 1) or die "$!\n";
while (my $cliente = $servidor->accept) {
    while (sysread $cliente, my $dados, 1024) {
        syswrite $cliente, 'Echo ==>';
        syswrite $cliente, repr($dados);
    }
    close $cliente;
}
