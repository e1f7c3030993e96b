# Binds an address that is not one of the machine.
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.bind(('192.0.2.10', 5050))
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
