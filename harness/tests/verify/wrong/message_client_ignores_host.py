# Connects to localhost, whatever host it is given.
import sys
import socket

porta = int(sys.argv[2])

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(('localhost', porta))
print('Informe a mensagem: ', end='', flush=True)
mensagem = sys.stdin.readline()
s.sendall(mensagem.encode())
resposta = s.recv(1024)
print(resposta.decode())
s.close()
