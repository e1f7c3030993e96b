"""Serves, and floods stderr all the while: that it printed more than it may is said."""

import os
import threading

import echo

threading.Thread(target=echo.serve, daemon=True).start()
while True:
    os.write(2, b"stderr " * 8192)
