"""Sends an octet a second, for ever: time is up while it still sends."""

import itertools
import socket
import time

with socket.create_server(("", 5050)) as listener:
    connection, _ = listener.accept()
    connection.recv(1024)
    for octet in itertools.cycle(b"Echo ==>b'Hello world!'"):
        connection.sendall(bytes([octet]))
        time.sleep(1)
