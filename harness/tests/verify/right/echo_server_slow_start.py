# Echo server that takes 0.7 s before it listens, and reads and writes through a buffered file.
import socketserver
import time


class Eco(socketserver.StreamRequestHandler):
    wbufsize = 4096

    def handle(self):
        while True:
            dados = self.rfile.read1(1024)
            if not dados:
                return
            self.wfile.write(b"Echo ==>")
            self.wfile.write(repr(dados).encode())
            self.wfile.flush()


time.sleep(0.7)
socketserver.TCPServer.allow_reuse_address = True
with socketserver.TCPServer(("127.0.0.1", 5050), Eco) as servidor:
    servidor.serve_forever()
