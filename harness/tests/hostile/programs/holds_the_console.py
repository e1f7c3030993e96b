"""Ends, but leaves a child that holds its stdout and stderr open: nobody may wait for their end."""

import os
import signal

import echo

echo.talk()
if os.fork() == 0:
    while True:
        signal.pause()
