# Waits for a request, which no client sends.
import time
import socket

HOST = ''
PORT = 8888

with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    while True:
        conn, addr = s.accept()
        print('Accepted connection from', addr)
        pedido = conn.recv(1024)
        hora = time.ctime()
        conn.sendall(hora.encode())
        conn.close()
