# Takes its port from an argument that it is not given.
import sys
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.bind(('', int(sys.argv[1])))
servidor.listen(5)

while True:
    conexao, cliente = servidor.accept()
    print('Servidor conectado por', cliente)
    while True:
        dados = conexao.recv(1024)
        if not dados:
            break
        conexao.send(f'Echo ==>{dados}'.encode())
    conexao.close()
