"""Goes on to the next client."""

import line

listener = line.listen()
while True:
    connection, _ = listener.accept()
    if line.read_line(connection):
        connection.sendall(line.ANSWER)
        line.read_to_end(connection)
    connection.close()
