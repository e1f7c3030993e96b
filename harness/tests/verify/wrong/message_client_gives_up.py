# Gives up when the reply takes longer than a second.
import sys
from socket import *

mensagem = input('Informe a mensagem: ')
cliente = create_connection((sys.argv[1], int(sys.argv[2])), timeout=1)
cliente.sendall(mensagem.encode() + b'\n')
try:
    print(cliente.recv(255).decode())
except timeout:
    print('sem resposta')
cliente.close()
