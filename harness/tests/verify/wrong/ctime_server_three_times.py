# Says the time three times, a moment apart.
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
        for _ in range(3):
            conn.sendall(hora.encode())
            time.sleep(0.3)
        conn.close()
