# Accepts before the loop, and waits for the same client again and again.
import signal
import socket

HOST = ''
PORT = 5050

with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    conn, addr = s.accept()
    print('Servidor conectado por', addr)
    while True:
        data = conn.recv(1024)
        if not data:
            conn.close()
            signal.pause()
        conn.sendall(('Echo ==>' + str(data)).encode())
