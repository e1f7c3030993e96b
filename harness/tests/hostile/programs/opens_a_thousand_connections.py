"""Opens connections for as long as it has descriptors, and leaves them open: how many there were is said."""

import signal
import socket

import echo

held = []
while echo.succeeds(lambda: held.append(socket.create_connection(("localhost", 5050)))):
    pass
signal.pause()
