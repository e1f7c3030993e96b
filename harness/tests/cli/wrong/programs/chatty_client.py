"""Prints more than the answer."""

import line

connection = line.connect()
print("the server says: ", end="")
line.ask(connection)
