"""Ends its stream before it has asked."""

import socket

import line

connection = line.connect()
connection.shutdown(socket.SHUT_WR)
line.read_to_end(connection)
