# Prints the reply to stderr.
import socket
import sys

print("Informe a mensagem: ", end="", flush=True)
mensagem = sys.stdin.readline()
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as cliente:
    cliente.sendall(mensagem.encode("utf-8"))
    print(cliente.recv(255).decode("utf-8"), file=sys.stderr)
