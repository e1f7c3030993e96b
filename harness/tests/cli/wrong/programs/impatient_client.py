"""Leaves without having waited for the answer."""

import line

line.connect().sendall(line.QUESTION)
