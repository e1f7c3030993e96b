# Writes its prompt to the socket, not to the console.
import sys
import socket

host = sys.argv[1]
porta = int(sys.argv[2])

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((host, porta))
s.sendall(b'Informe a mensagem: ')
mensagem = sys.stdin.readline()
s.sendall(mensagem.encode())
resposta = s.recv(1024)
print(resposta.decode())
s.close()
