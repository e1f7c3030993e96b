# Takes the blanks at both ends of the line away.
import socket
import sys

mensagem = sys.stdin.readline().strip() + "\n"
print("Informe a mensagem: ", end="", flush=True)
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as cliente:
    cliente.sendall(mensagem.encode("utf-8"))
    print(cliente.recv(255).decode("utf-8"))
