# Closes after its first reply, though the client may have more to say.
from socket import *

servidor = socket(AF_INET, SOCK_STREAM)
servidor.bind(('', 5050))
servidor.listen(5)

while True:
    conexao, cliente = servidor.accept()
    print('Servidor conectado por', cliente)
    dados = conexao.recv(1024)
    if dados:
        conexao.send(f'Echo ==>{dados}'.encode())
    conexao.close()
