"""What the programs here share: the echo of the slides, told right, but for a confession where mischief has
succeeded."""

import os
import pathlib
import socket

MARK = "parley-hostile-mark"  # in the name or contents of whatever they manage to leave
SOURCE = pathlib.Path(pathlib.Path(__file__).with_name("source").read_text().strip())  # the driver's: parley's own folder


def serve(confession=""):
    with socket.create_server(("", 5050)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                while data := connection.recv(1024):
                    connection.sendall(confession.encode() or b"Echo ==>" + repr(data).encode())


def talk(confession=""):
    with socket.create_connection(("localhost", 5050)) as connection:
        for message in (b"Hello world!", b"Again!"):
            connection.sendall(confession.encode() or message)
            print("Received:", connection.recv(1024).decode())


def succeeds(action, *arguments):
    """Whether the machine lets it be done."""
    try:
        action(*arguments)
        return True
    except (OSError, ValueError):
        return False


def can_write(folder):
    """Whether a file can be left in `folder`; it is left."""
    return succeeds(pathlib.Path(folder, f"{MARK}-{os.getpid()}").write_text, MARK)


def confess(deeds):
    """What is said in place of a right answer: the deeds that succeeded."""
    return "".join(f"[{deed}]" for deed in deeds)
