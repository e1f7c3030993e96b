"""Opens a second connection in the midst of the conversation, and forgets it."""

import line

connection = line.connect()
connection.sendall(line.QUESTION)
print(line.read_line(connection).decode(), end="")
forgotten = line.connect()
line.end(connection)
