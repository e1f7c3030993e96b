# Asks for the time, though the server speaks first.
import sys
from socket import *

host = 'localhost'
porta = 8888
if len(sys.argv) > 2:
    host = sys.argv[1]
    porta = int(sys.argv[2])

s = socket(AF_INET, SOCK_STREAM)
s.connect((host, porta))
s.send(b'time\n')
hora = s.recv(1024)
s.close()
print(f'Received from server:{hora}')
