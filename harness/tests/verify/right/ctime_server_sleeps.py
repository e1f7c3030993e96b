# ctime server that takes half a second for its answer; time.sleep() waits for a moment of the clock that only goes on.
import time
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
servidor.bind(('', 8888))
servidor.listen(5)

while True:
    conexao, cliente = servidor.accept()
    time.sleep(0.5)
    conexao.sendall(time.ctime().encode())
    conexao.close()
