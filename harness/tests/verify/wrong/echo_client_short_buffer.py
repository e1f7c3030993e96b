# Reads at most 16 octets of a reply.
import socket

HOST = 'localhost'
PORT = 5050

with socket.socket() as s:
    s.connect((HOST, PORT))
    for mensagem in (b'Hello world!', b'Again!'):
        s.sendall(mensagem)
        print('Received:', s.recv(16).decode())
