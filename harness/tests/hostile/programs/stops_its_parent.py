"""Stops its parent, and all whose numbers it can guess, and serves: they go on, and it passes."""

import os
import signal

import echo

echo.succeeds(os.kill, os.getppid(), signal.SIGSTOP)
for process in range(1, os.getpid()):
    echo.succeeds(os.kill, process, signal.SIGSTOP)
echo.serve()
