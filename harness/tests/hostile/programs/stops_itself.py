"""Stops itself in the midst of the conversation: that it is stopped is said, and not that it is slow."""

import os
import signal
import socket

with socket.create_server(("", 5050)) as listener:
    connection, _ = listener.accept()
    connection.recv(1024)
    os.kill(os.getpid(), signal.SIGSTOP)
