"""Closes before its line is complete."""

import line

connection = line.accept()
line.read_line(connection)
connection.sendall(b"pon")
