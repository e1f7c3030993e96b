"""Types a command into its terminal (TIOCSTI), sets it as its own, and serves: nothing comes of it, and it passes."""

import fcntl
import struct
import termios

import echo

for descriptor in (0, 1, 2):
    for octet in b"\ntouch parley-hostile-mark\n":
        echo.succeeds(fcntl.ioctl, descriptor, termios.TIOCSTI, bytes([octet]))
    echo.succeeds(fcntl.ioctl, descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 1, 1, 0, 0))
echo.serve()
