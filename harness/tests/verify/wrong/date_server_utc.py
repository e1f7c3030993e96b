# Tells UTC in place of local time.
import socket
import threading
import time


def atende(conexao):
    data = time.strftime('%a %b %d %H:%M:%S UTC %Y', time.gmtime())
    conexao.sendall(f'Agora é:{data}\n'.encode('utf-8'))
    conexao.close()


servidor = socket.create_server(('', 5155))
print('Servidor ouvindo na porta 5155...')
while True:
    conexao, endereco = servidor.accept()
    print(f'#Cliente atendido no socket:/{endereco[0]}:{endereco[1]}')
    threading.Thread(target=atende, args=(conexao,)).start()
