<?php
// Takes "0", which is false in PHP, for the end.
$servidor = stream_socket_server("tcp://0.0.0.0:5050");

function mostra($dados) {
    $aspas = strpos($dados, "'") !== false && strpos($dados, '"') === false ? '"' : "'";
    $texto = "";
    foreach (str_split($dados) as $c) {
        $n = ord($c);
        if ($c === "\\" || $c === $aspas) $texto .= "\\$c";
        elseif ($c === "\n") $texto .= "\\n";
        elseif ($c === "\r") $texto .= "\\r";
        elseif ($c === "\t") $texto .= "\\t";
        elseif ($n < 32 || $n > 126) $texto .= sprintf("\\x%02x", $n);
        else $texto .= $c;
    }
    return "b$aspas$texto$aspas";
}

while ($cliente = stream_socket_accept($servidor, -1)) {
    while ($dados = fread($cliente, 1024)) {
        fwrite($cliente, "Echo ==>" . mostra($dados));
    }
    fclose($cliente);
}
