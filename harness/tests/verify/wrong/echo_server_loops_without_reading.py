# Waits for data in a loop that never reads any.
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.bind(('', 5050))
servidor.listen(5)

while True:
    conexao, cliente = servidor.accept()
    print('Servidor conectado por', cliente)
    while True:
        dados = b''
        while len(dados) == 0:
            pass
        conexao.send(f'Echo ==>{dados}'.encode())
    conexao.close()
