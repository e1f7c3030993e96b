# Date server from the standard library's parts.
import socketserver
import time


class Atendente(socketserver.StreamRequestHandler):
    def handle(self):
        print("#Cliente atendido no socket:/%s:%d" % self.client_address)
        texto = "Agora é:" + time.strftime("%a %b %d %H:%M:%S %Z %Y") + "\n"
        self.wfile.write(texto.encode("utf-8"))


class Servidor(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Servidor(("", 5155), Atendente) as servidor:
    print("Servidor ouvindo na porta 5155...")
    servidor.serve_forever()
