# Echo server that a script starts as its child, as a student's run.sh does.
echo "iniciando o servidor..."
python3 -c '
import socket

servidor = socket.socket()
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("", 5050))
servidor.listen()
while True:
    conexao, endereco = servidor.accept()
    print("Servidor conectado por", endereco)
    with conexao:
        while dados := conexao.recv(1024):
            conexao.sendall(("Echo ==>" + str(dados)).encode())
'
echo "o servidor terminou"
