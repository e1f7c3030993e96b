# Puts words before the time.
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
        hora = time.ctime()
        conn.sendall(f'Hora atual: {hora}'.encode())
        conn.close()
