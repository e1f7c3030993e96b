<?php
// Message server that listens on 127.0.0.1 alone.
$porta = $argv[1];
$servidor = stream_socket_server("tcp://127.0.0.1:$porta", $codigo, $erro);
if (!$servidor) {
    fwrite(STDERR, "ERRO: $erro\n");
    exit(1);
}
echo "Servidor ouvindo na porta [$porta]...\n";
$cliente = stream_socket_accept($servidor, -1);
$mensagem = fread($cliente, 255);
echo "Mensagem recebida do cliente: $mensagem\n";
fwrite($cliente, "Sou o Servidor. Recebi sua mensagem.");
fclose($cliente);
