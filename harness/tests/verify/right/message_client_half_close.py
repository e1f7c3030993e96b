# Message client that reads its line before it connects, says that it has no more, and reads the reply to the end.
import socket
import sys

host, porta = sys.argv[1], int(sys.argv[2])

print("Informe a mensagem: ", end="", flush=True)
linha = sys.stdin.buffer.readline(254)

with socket.create_connection((host, porta)) as s:
    s.sendall(linha)
    s.shutdown(socket.SHUT_WR)
    resposta = b""
    while True:
        dados = s.recv(4096)
        if not dados:
            break
        resposta += dados

sys.stdout.buffer.write(resposta + b"\n")
