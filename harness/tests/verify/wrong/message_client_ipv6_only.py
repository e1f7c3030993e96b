# Knows IPv6 alone, where the server is reached over IPv4.
import sys
import socket

host = sys.argv[1]
porta = int(sys.argv[2])

s = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
s.connect(('::1' if host == 'localhost' else host, porta))
print('Informe a mensagem: ', end='', flush=True)
mensagem = sys.stdin.readline()
s.sendall(mensagem.encode())
resposta = s.recv(1024)
print(resposta.decode())
s.close()
