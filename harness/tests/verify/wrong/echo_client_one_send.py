# Sends a message from the command line in one send, not character by character.
import sys
import socket

host = 'localhost'
mensagens = ['Hello world!', 'Again!']
if len(sys.argv) > 1:
    host = sys.argv[1]
if len(sys.argv) > 2:
    mensagens = [sys.argv[2]]

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((host, 5050))
for m in mensagens:
    s.sendall(m.encode())
    dados = s.recv(1024)
    print('Received:', dados.decode())
s.close()
