# Answers as soon as somebody has come, and reads afterwards.
import socket
import sys
import time

servidor = socket.socket()
servidor.bind(("", int(sys.argv[1])))
servidor.listen(5)
print("Servidor ouvindo na porta [%s]..." % sys.argv[1])
conexao, _ = servidor.accept()
time.sleep(0.3)
conexao.send("Sou o Servidor. Recebi sua mensagem.".encode())
mensagem = conexao.recv(255)
print("Mensagem recebida do cliente:", mensagem.decode())
conexao.close()
servidor.close()
