# Writes through a buffered file that it does not flush.
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.bind(('', 5050))
servidor.listen(5)

while True:
    conexao, cliente = servidor.accept()
    print('Servidor conectado por', cliente)
    saida = conexao.makefile('w')
    while True:
        dados = conexao.recv(1024)
        if not dados:
            break
        saida.write(f'Echo ==>{dados}')
    saida.close()
    conexao.close()
