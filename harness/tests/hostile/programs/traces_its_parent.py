"""Attaches to its parent and to process 1, reads their memory and takes their descriptors, and serves: it cannot, and
passes."""

import ctypes
import os

import echo

PTRACE_ATTACH, PTRACE_DETACH = 16, 17
PIDFD_OPEN, PIDFD_GETFD = 434, 438
libc = ctypes.CDLL(None, use_errno=True)
deeds = []
for process in {1, os.getppid()}:
    if libc.ptrace(PTRACE_ATTACH, process, None, None) == 0:
        libc.ptrace(PTRACE_DETACH, process, None, None)
        deeds.append(f"traced {process}")
    for file in ("mem", "environ", "maps", "fd/3"):
        if echo.succeeds(lambda: os.close(os.open(f"/proc/{process}/{file}", os.O_RDONLY))):
            deeds.append(f"opened {file} of {process}")
    if libc.syscall(PIDFD_GETFD, libc.syscall(PIDFD_OPEN, process, 0), 3, 0) >= 0:
        deeds.append(f"took a descriptor of {process}")
echo.serve(echo.confess(deeds))
