# Date server whose lines are printed by a thread of their own, some time after the clients have left.
import queue
import socket
import threading
import time

linhas = queue.Queue()


def imprime():
    while True:
        linha = linhas.get()
        time.sleep(0.2)
        print(linha, flush=True)


def atende(cliente):
    texto = "Agora é:" + time.strftime("%a %b %d %H:%M:%S %Z %Y") + "\n"
    cliente.sendall(texto.encode("utf-8"))
    cliente.close()


threading.Thread(target=imprime, daemon=True).start()
servidor = socket.create_server(("", 5155))
linhas.put("Servidor ouvindo na porta 5155...")
while True:
    cliente, (host, porta) = servidor.accept()
    linhas.put("#Cliente atendido no socket:/%s:%d" % (host, porta))
    threading.Thread(target=atende, args=(cliente,)).start()
