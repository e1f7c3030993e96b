# Connects to a port of its own, not to the one that it is given.
import sys
import socket

host = sys.argv[1]
porta = 8080

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((host, porta))
print('Informe a mensagem: ', end='', flush=True)
mensagem = sys.stdin.readline()
s.sendall(mensagem.encode())
resposta = s.recv(1024)
print(resposta.decode())
s.close()
