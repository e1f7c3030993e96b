# Date server with a thread for each client, and one more that wakes every tenth of a second.
import socket
import threading
import time


def bate():
    while True:
        time.sleep(0.1)


def atende(cliente):
    texto = "Agora é:" + time.strftime("%a %b %d %H:%M:%S %Z %Y") + "\n"
    cliente.sendall(texto.encode("utf-8"))
    cliente.close()


threading.Thread(target=bate, daemon=True).start()
servidor = socket.create_server(("", 5155))
print("Servidor ouvindo na porta 5155...")
while True:
    cliente, (host, porta) = servidor.accept()
    print("#Cliente atendido no socket:/%s:%d" % (host, porta))
    threading.Thread(target=atende, args=(cliente,)).start()
