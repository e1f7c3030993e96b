"""A client that sends as fast as it can, for ever, and reads nothing: the first octets that are wrong are said."""

import socket

with socket.create_connection(("localhost", 5050)) as connection:
    while True:
        connection.sendall(b"flood " * 8192)
