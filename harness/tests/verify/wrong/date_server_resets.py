# Asks for a reset at close(), with SO_LINGER and a time of 0.
import struct
import time
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
servidor.bind(('', 5155))
servidor.listen(5)

while True:
    conexao, cliente = servidor.accept()
    conexao.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 0))
    conexao.sendall(('Agora é:' + time.strftime('%a %b %d %H:%M:%S %Z %Y') + '\n').encode())
    conexao.close()
