# Says it in other words.
import socket
import sys

porta = int(sys.argv[1])
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind(('', porta))
s.listen(1)
print(f'Servidor ouvindo na porta [{porta}]...')
conn, addr = s.accept()
mensagem = conn.recv(255)
print('Mensagem recebida do cliente:', mensagem.decode(errors='replace'))
conn.sendall('Sou o Servidor. Recebi a sua mensagem.'.encode())
conn.close()
s.close()
