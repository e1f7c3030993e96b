"""What the programs of this folder share. The right conversation, from which each departs in one thing:

    client: a line · server: a line · client: end of stream · server: end of stream · both exit 0
"""

import socket
import sys

QUESTION, ANSWER = b"ping\n", b"pong\n"


def listen():
    return socket.create_server(("127.0.0.1", int(sys.argv[1])))


def accept():
    connection, _ = listen().accept()
    return connection


def connect():
    return socket.create_connection((sys.argv[1], int(sys.argv[2])))


def read_line(connection):
    line = b""
    while not line.endswith(b"\n"):
        octets = connection.recv(1024)
        if not octets:
            break
        line += octets
    return line


def read_to_end(connection):
    while connection.recv(1024):
        pass


def ask(connection, octets=QUESTION):
    """A client's whole part: its question, the answer on stdout, and the end of both streams."""
    try:
        connection.sendall(octets)
        print(read_line(connection).decode(), end="")
        end(connection)
    except OSError as error:
        sys.exit(str(error))


def end(connection):
    """Ends a client's stream and waits for the end of the server's."""
    connection.shutdown(socket.SHUT_WR)
    read_to_end(connection)


def answer(connection, octets=ANSWER):
    """A server's whole part."""
    read_line(connection)
    connection.sendall(octets)
    read_to_end(connection)
    connection.close()
