"""Starts a child in a session of its own that never ends, and serves as it should: it passes, and the child is ended.
"""

import os
import signal

import echo

if os.fork() == 0:
    os.setsid()
    while True:
        signal.pause()
echo.serve()
