# A script that starts its server in the background and ends it with itself.
perl -e '
use IO::Socket::INET;
my $servidor = IO::Socket::INET->new(LocalPort => shift, Listen => 1) or die "$!\n";
my $cliente = $servidor->accept;
sysread $cliente, my $mensagem, 255;
syswrite $cliente, "Sou o Servidor. Recebi sua mensagem.";
' "$1" &
echo "Servidor ouvindo na porta [$1]..."
kill $!
