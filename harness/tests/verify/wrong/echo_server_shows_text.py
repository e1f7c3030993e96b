# Decodes the message and shows it as text, without quotes and escapes.
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
        texto = dados.decode('latin-1')
        conexao.send(f'Echo ==>{texto}'.encode())
    conexao.close()
