# Message client that connects first, asks with input(), and reads until the server closes.
import sys
from socket import socket, AF_INET, SOCK_STREAM

cliente = socket(AF_INET, SOCK_STREAM)
cliente.connect((sys.argv[1], int(sys.argv[2])))
fluxo = cliente.makefile("rw", encoding="utf-8", newline="\n")

mensagem = input("Informe a mensagem: ")
fluxo.write(mensagem + "\n")
fluxo.flush()

print(fluxo.read())
fluxo.close()
cliente.close()
