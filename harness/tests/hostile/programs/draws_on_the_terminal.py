"""Prints and sends control sequences and octets that are no text, in place of an answer: they are shown as such, and
move nobody's cursor."""

import os
import socket

NASTY = b"\x1b[2J\x1b[1;1H\x1b]0;owned\x07\x9b31m\xff\xfe\x00 all passed\r\x08\x08\x7f\xc3\xe2\x80\xae"
os.write(1, NASTY)
os.write(2, NASTY)
with socket.create_server(("", 5050)) as listener:
    while True:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1024)
            connection.sendall(NASTY)
