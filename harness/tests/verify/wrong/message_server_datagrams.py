# Makes a datagram socket, where a stream is meant.
import sys
from socket import *

servidor = socket(AF_INET, SOCK_DGRAM)
servidor.bind(('', int(sys.argv[1])))
print(f'Servidor ouvindo na porta [{sys.argv[1]}]...')
mensagem, cliente = servidor.recvfrom(255)
print('Mensagem recebida do cliente:', mensagem.decode())
servidor.sendto(b'Sou o Servidor. Recebi sua mensagem.', cliente)
servidor.close()
