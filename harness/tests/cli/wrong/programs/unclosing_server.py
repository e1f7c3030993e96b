"""Never closes what it accepted, and waits for the next client."""

import line

listener = line.listen()
kept = []
while True:
    connection, _ = listener.accept()
    kept.append(connection)
    line.read_line(connection)
    connection.sendall(line.ANSWER)
