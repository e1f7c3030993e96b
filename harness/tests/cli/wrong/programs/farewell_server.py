"""Says something after all is said."""

import line

connection = line.accept()
line.read_line(connection)
connection.sendall(line.ANSWER)
line.read_to_end(connection)
connection.sendall(b"bye\n")
