# Echo server in one thread, with selectors, on a dual-stack socket.
import selectors
import socket

eventos = selectors.DefaultSelector()
servidor = socket.create_server(("", 5050), family=socket.AF_INET6, dualstack_ipv6=True)
servidor.setblocking(False)
eventos.register(servidor, selectors.EVENT_READ)

while True:
    for chave, _ in eventos.select():
        if chave.fileobj is servidor:
            cliente, endereco = servidor.accept()
            print("Servidor conectado por", endereco)
            cliente.setblocking(False)
            eventos.register(cliente, selectors.EVENT_READ)
            continue
        cliente = chave.fileobj
        try:
            dados = cliente.recv(1024)
        except ConnectionError:
            dados = b""
        if dados:
            cliente.send(b"Echo ==>%r" % dados)
        else:
            eventos.unregister(cliente)
            cliente.close()
