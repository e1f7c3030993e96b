"""Ends with a reset."""

import socket
import struct

import line

connection = line.accept()
line.read_line(connection)
connection.sendall(line.ANSWER)
line.read_to_end(connection)
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
