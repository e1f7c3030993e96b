# Echo server in one thread that writes thirteen octets at a time, whenever the socket takes them: Nagle's algorithm keeps
# back what is left of a reply until the client's kernel has acknowledged its beginning.
import selectors
import socket

PEDACO = 13

eventos = selectors.DefaultSelector()
servidor = socket.create_server(("", 5050))
eventos.register(servidor, selectors.EVENT_READ)
pendentes = {}


def aceita():
    cliente, _ = servidor.accept()
    cliente.setblocking(False)
    pendentes[cliente] = b""
    eventos.register(cliente, selectors.EVENT_READ)


def recebe(cliente):
    dados = cliente.recv(1024)
    if dados:
        pendentes[cliente] += b"Echo ==>%r" % dados
        eventos.modify(cliente, selectors.EVENT_WRITE)
    else:
        encerra(cliente)


def envia(cliente):
    enviados = cliente.send(pendentes[cliente][:PEDACO])
    pendentes[cliente] = pendentes[cliente][enviados:]
    if not pendentes[cliente]:
        eventos.modify(cliente, selectors.EVENT_READ)


def encerra(cliente):
    eventos.unregister(cliente)
    del pendentes[cliente]
    cliente.close()


while True:
    for chave, prontos in eventos.select():
        if chave.fileobj is servidor:
            aceita()
            continue
        try:
            recebe(chave.fileobj) if prontos & selectors.EVENT_READ else envia(chave.fileobj)
        except ConnectionError:
            encerra(chave.fileobj)
