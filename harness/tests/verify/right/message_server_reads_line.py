# Message server that reads up to the newline, through a buffered file.
import socket
import sys

porta = int(sys.argv[1])
with socket.create_server(("", porta)) as servidor:
    print(f"Servidor ouvindo na porta [{porta}]...")
    conexao, endereco = servidor.accept()
    with conexao, conexao.makefile("rwb") as fluxo:
        mensagem = fluxo.readline()
        print("Mensagem recebida do cliente:", mensagem.decode(errors="replace"))
        fluxo.write(b"Sou o Servidor. Recebi sua mensagem.")
        fluxo.flush()
