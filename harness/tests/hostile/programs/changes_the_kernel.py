"""Looks for a setting of the kernel that root alone may write, which would be the whole machine's, and serves: it may
not, and passes."""

import os
import re
import stat

import echo


def is_for_everybody(path):
    return os.lstat(path).st_mode & stat.S_IWOTH


def writable(top):
    for folder, folders, files in os.walk(top):
        if folder == "/proc":  # what is a process's own is not the machine's
            folders[:] = [name for name in folders if not re.match(r"\d+$|self$|thread-self$", name)]
        for name in files:
            path = os.path.join(folder, name)
            if not is_for_everybody(path) and echo.succeeds(lambda: os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))):
                yield path


echo.serve(echo.confess([*writable("/proc"), *writable("/sys/kernel")][:5]))
