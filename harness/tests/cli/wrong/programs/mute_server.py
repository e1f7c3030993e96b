"""Never answers, and never closes what it accepted."""

import line

listener = line.listen()
kept = []
while True:
    connection, _ = listener.accept()
    kept.append(connection)
    line.read_to_end(connection)
