"""Says a word on each of two hundred connections and waits: a server with little room has none left. That they are
too many is said."""

import signal
import socket

held = [socket.create_connection(("localhost", 5050)) for _ in range(200)]
for connection in held:
    connection.sendall(b"H")
signal.pause()
