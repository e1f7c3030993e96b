"""Leaves as soon as it has its answer, which is no mistake."""

import line

connection = line.connect()
connection.sendall(line.QUESTION)
print(line.read_line(connection).decode(), end="")
