"""Ignores every signal that can be ignored, SIGTERM among them, and serves: it passes, and is ended."""

import signal

import echo

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD}:
    signal.signal(number, signal.SIG_IGN)
echo.serve()
