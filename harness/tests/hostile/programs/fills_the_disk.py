"""Writes wherever it may until there is no room left, and serves: what it fills is its own, and it passes."""

import os

import echo

deeds = []
for folder in ("/tmp", "/dev/shm", "/var/tmp", os.getcwd(), "/run", "/root", "/home"):
    for number in range(8):
        try:
            with open(f"{folder}/{echo.MARK}-{number}", "wb") as file:
                for _ in range(32):  # at most 2 GB, were all of it allowed
                    file.write(bytes(1 << 20))
            if number == 7:
                deeds.append(f"filled {folder}")
        except OSError:
            pass
echo.serve(echo.confess(deeds))
