"""Takes the end of the stream for the end of the question; the client waits for the answer before it ends."""

import line

connection = line.accept()
line.read_to_end(connection)
connection.sendall(line.ANSWER)
