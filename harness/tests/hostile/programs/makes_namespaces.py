"""Makes a user namespace to become root in, mounts over the machine's files, and serves: it cannot, and passes."""

import ctypes

import echo

CLONE_NEWUSER, CLONE_NEWNS, MS_BIND = 0x10000000, 0x00020000, 4096
libc = ctypes.CDLL(None, use_errno=True)
deeds = []
if libc.unshare(CLONE_NEWUSER) == 0:
    deeds.append("made a user namespace")
if libc.unshare(CLONE_NEWNS) == 0:
    deeds.append("made a mount namespace")
if libc.mount(b"/tmp", b"/etc", None, MS_BIND, None) == 0:
    deeds.append("mounted")
if libc.chroot(b"/tmp") == 0:
    deeds.append("changed its root")
if libc.sethostname(b"owned", 5) == 0:
    deeds.append("changed the host's name")
echo.serve(echo.confess(deeds))
