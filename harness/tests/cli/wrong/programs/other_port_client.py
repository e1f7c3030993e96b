"""Connects to a port of its own choice."""

import socket
import sys

try:
    socket.create_connection((sys.argv[1], 7008))
except OSError as error:
    sys.exit(str(error))
