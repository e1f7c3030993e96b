# Takes blanks and newlines away from the ends of the message.
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
        conexao.send(f'Echo ==>{dados.strip()}'.encode())
    conexao.close()
