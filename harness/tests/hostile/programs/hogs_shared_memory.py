"""Takes three gigabytes that it could share with its children, and keeps them: that it used more than it may is said."""

import mmap
import signal

PAGE = 4096

held = []
for _ in range(48):
    held.append(mmap.mmap(-1, 64 << 20))
    for at in range(0, len(held[-1]), PAGE):
        held[-1][at] = 1
signal.pause()
