# Sends into a socket that is not connected, and connects when that has failed.
import socket

s = socket.socket()
try:
    s.send(b"Hello world!")
except OSError:
    s.connect(("localhost", 5050))
    s.send(b"Hello world!")
print("Received:", s.recv(1024).decode())
s.send(b"Again!")
print("Received:", s.recv(1024).decode())
s.close()
