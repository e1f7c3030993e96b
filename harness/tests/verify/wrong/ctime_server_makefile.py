# Writes into a file of the connection, which it never flushes and which keeps the connection open.
import time
import socket

HOST = ''
PORT = 8888

arquivos = []
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    while True:
        conn, addr = s.accept()
        print('Accepted connection from', addr)
        arquivo = conn.makefile('w')
        arquivos.append(arquivo)
        arquivo.write(time.ctime())
        conn.close()
