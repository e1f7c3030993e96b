"""Kills its own process group: a signal ended it, and that is said."""

import os
import signal

os.kill(0, signal.SIGKILL)
