# Writes the days 1 to 9 with a zero in place of a blank.
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
        hora = time.strftime('%a %b %d %H:%M:%S %Y')
        conn.sendall(hora.encode())
        conn.close()
