# Waits until the client has closed before it takes the next.
import socket
import time


def atende(conexao):
    data = time.strftime('%a %b %d %H:%M:%S %Z %Y')
    conexao.sendall(f'Agora é:{data}\n'.encode('utf-8'))
    conexao.shutdown(socket.SHUT_WR)
    conexao.recv(1)
    conexao.close()


servidor = socket.create_server(('', 5155))
print('Servidor ouvindo na porta 5155...')
while True:
    conexao, endereco = servidor.accept()
    print(f'#Cliente atendido no socket:/{endereco[0]}:{endereco[1]}')
    atende(conexao)
