# Sends its reply before it has read the message.
import socket
import sys

porta = int(sys.argv[1])
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind(('', porta))
s.listen(1)
print(f'Servidor ouvindo na porta [{porta}]...')
conn, addr = s.accept()
conn.sendall('Sou o Servidor. Recebi sua mensagem.'.encode())
mensagem = conn.recv(255)
print('Mensagem recebida do cliente:', mensagem.decode(errors='replace'))
conn.close()
s.close()
