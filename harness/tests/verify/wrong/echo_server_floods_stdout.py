# Prints in a loop without end before it listens.
import socket

servidor = socket.socket()
servidor.bind(("", 5050))
pronto = False
while not pronto:
    print("Servidor aguardando conexoes na porta 5050...")
servidor.listen()
while True:
    conexao, endereco = servidor.accept()
    while dados := conexao.recv(1024):
        conexao.send(f"Echo ==>{dados}".encode())
    conexao.close()
