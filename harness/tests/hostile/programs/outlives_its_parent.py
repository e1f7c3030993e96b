"""Leaves a grandchild that belongs to nobody and ignores all signals; the client itself does what it should. The
grandchild is told of."""

import os
import signal

import echo

echo.talk()
if os.fork() == 0:
    os.setsid()
    if os.fork() != 0:
        os._exit(0)
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        signal.pause()
os.wait()
