"""Closes in place of an answer."""

import line

line.read_line(line.accept())
