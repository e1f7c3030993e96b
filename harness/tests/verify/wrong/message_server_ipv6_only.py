# Takes connections of IPv6 alone.
import sys
from socket import *

servidor = socket(AF_INET6, SOCK_STREAM)
servidor.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)
servidor.bind(('', int(sys.argv[1])))
servidor.listen(5)
print(f'Servidor ouvindo na porta [{sys.argv[1]}]...')
conexao, cliente = servidor.accept()
mensagem = conexao.recv(255)
print('Mensagem recebida do cliente:', mensagem.decode())
conexao.send(b'Sou o Servidor. Recebi sua mensagem.')
conexao.close()
