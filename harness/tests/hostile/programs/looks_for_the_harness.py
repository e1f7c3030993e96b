"""Connects to every abstract Unix socket and every listening port that it can find, and serves: there are none but
its own, and it passes."""

import pathlib
import socket

import echo

deeds = []
for line in pathlib.Path("/proc/net/unix").read_text(errors="replace").splitlines()[1:]:
    path = line.split()[-1]
    if not path.startswith(("@", "/")):
        continue
    with socket.socket(socket.AF_UNIX) as asking:
        if echo.succeeds(asking.connect, path.replace("@", "\0", 1)):
            deeds.append(f"connected to {path}")
for table in ("/proc/net/tcp", "/proc/net/tcp6"):
    for line in pathlib.Path(table).read_text().splitlines()[1:]:
        _, local, _, state, *_ = line.split()
        if state == "0A":
            deeds.append(f"found port {int(local.rsplit(':', 1)[1], 16)}")
echo.serve(echo.confess(deeds))
