#!/bin/sh
# Nobody made this file executable.
exit 0
