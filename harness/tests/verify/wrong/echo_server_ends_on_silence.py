# Ends when a client leaves without a word.
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.bind(('', 5050))
servidor.listen(5)

while True:
    conexao, cliente = servidor.accept()
    print('Servidor conectado por', cliente)
    dados = conexao.recv(1024)
    print('primeira letra:', dados[0])
    while dados:
        conexao.send(f'Echo ==>{dados}'.encode())
        dados = conexao.recv(1024)
    conexao.close()
