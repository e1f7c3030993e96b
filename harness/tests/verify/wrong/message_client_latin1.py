# Encodes in Latin-1.
import sys
import socket

host = sys.argv[1]
porta = int(sys.argv[2])

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((host, porta))
print('Informe a mensagem: ', end='', flush=True)
mensagem = sys.stdin.readline()
s.sendall(mensagem.encode('latin-1', 'replace'))
resposta = s.recv(1024)
print(resposta.decode())
s.close()
