"""A server that puts itself in the background: its first process ends, and what serves is a grandchild."""

import os

import echo

if os.fork() != 0:
    os._exit(0)
os.setsid()
if os.fork() != 0:
    os._exit(0)
echo.serve()
