<?php
// Date client that reads to the end, and then takes the first line.
$conexao = fsockopen('localhost', 5155, $codigo, $erro, 10);
if (!$conexao) {
    fwrite(STDERR, "ERRO: $erro\n");
    exit(1);
}
$tudo = stream_get_contents($conexao);
fclose($conexao);
echo $tudo === '' ? 'null' : preg_split('/\r?\n/', $tudo)[0], "\n";
