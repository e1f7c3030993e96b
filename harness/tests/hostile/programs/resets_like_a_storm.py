"""Opens five thousand connections and resets each: how many there were is said."""

import socket
import struct

import echo

for _ in range(5_000):
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        echo.succeeds(connection.connect, ("localhost", 5050))  # it may be reset before it has returned
