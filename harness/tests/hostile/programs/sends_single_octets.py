"""Sends the right words and then a million segments of one octet: that it goes on is said."""

import socket

with socket.create_connection(("localhost", 5050)) as connection:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(b"Hello world!")
    connection.recv(1024)
    for _ in range(1_000_000):
        connection.sendall(b"x")
