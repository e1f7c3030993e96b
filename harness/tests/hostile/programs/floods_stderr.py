"""Floods stderr for ever and comes to nothing else: that it printed more than it may is said."""

import os

while True:
    os.write(2, b"stderr " * 8192)
