<?php
// Closes before the time has come.
$conexao = fsockopen('localhost', 8888);
stream_set_blocking($conexao, false);
$hora = fread($conexao, 1024);
fclose($conexao);
echo "Received from server:b'$hora'\n";
