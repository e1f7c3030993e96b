# Gives the message back in capitals.
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.bind(('', 5050))
servidor.listen(5)

while True:
    conexao, cliente = servidor.accept()
    print('Servidor conectado por', cliente)
    while True:
        dados = conexao.recv(1024)
        if not dados:
            break
        conexao.send(f'Echo ==>{dados.upper()}'.encode())
    conexao.close()
