# Names days and months in Portuguese.
import time
import socket

DIAS = ['seg', 'ter', 'qua', 'qui', 'sex', 'sáb', 'dom']
MESES = ['jan', 'fev', 'mar', 'abr', 'mai', 'jun', 'jul', 'ago', 'set', 'out', 'nov', 'dez']
HOST = ''
PORT = 8888

with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    while True:
        conn, addr = s.accept()
        print('Accepted connection from', addr)
        t = time.localtime()
        hora = f'{DIAS[t.tm_wday]} {MESES[t.tm_mon - 1]} {t.tm_mday:2} {time.strftime("%H:%M:%S %Y", t)}'
        conn.sendall(hora.encode())
        conn.close()
