# Reads to the end of the stream before it answers.
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.bind(('', 5050))
servidor.listen(5)

while True:
    conexao, cliente = servidor.accept()
    print('Servidor conectado por', cliente)
    dados = b''
    while True:
        parte = conexao.recv(1024)
        if not parte:
            break
        dados += parte
    conexao.send(f'Echo ==>{dados}'.encode())
    conexao.close()
