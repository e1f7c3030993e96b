"""Accepts, and never reads nor answers."""

import signal
import socket

with socket.create_server(("", 5050)) as listener:
    connection, _ = listener.accept()
    signal.pause()
