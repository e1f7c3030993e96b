# Listens on ::1 alone, where no client that uses IPv4 arrives.
from socket import *

servidor = socket(AF_INET6, SOCK_STREAM)
servidor.bind(('::1', 5050))
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
