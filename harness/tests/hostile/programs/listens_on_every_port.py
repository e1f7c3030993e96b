"""Listens on as many ports as it has descriptors, its own among them, and serves there: it passes."""

import socket

import echo

held = []
for port in [*range(1024, 5050), *range(5051, 65536)]:
    listener = socket.socket()
    listener.bind(("", port))
    listener.listen()
    held.append(listener)
    if len(held) == 900:
        break
echo.serve()
