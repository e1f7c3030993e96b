# Reads the clock once, when it starts.
import time
import socket

HOST = ''
PORT = 8888

with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    hora = time.ctime()
    while True:
        conn, addr = s.accept()
        print('Accepted connection from', addr)
        conn.sendall(hora.encode())
        conn.close()
