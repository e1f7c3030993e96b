# Echo client that ends its side after the last request, and reads the last reply to the end.
import sys
from socket import create_connection, SHUT_WR

host = sys.argv[1] if len(sys.argv) > 1 else "localhost"
mensagens = list(sys.argv[2]) if len(sys.argv) > 2 else ["Hello world!", "Again!"]

s = create_connection((host, 5050))
for i, mensagem in enumerate(mensagens, 1):
    s.sendall(mensagem.encode())
    if i < len(mensagens):
        print("Received:", s.recv(1024).decode())
s.shutdown(SHUT_WR)
ultima = b""
while parte := s.recv(1024):
    ultima += parte
if mensagens:
    print("Received:", ultima.decode())
s.close()
