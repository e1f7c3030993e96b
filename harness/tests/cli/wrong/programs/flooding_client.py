"""Prints without end, nearly."""

import line

line.ask(line.connect())
for _ in range(2000):
    print("x" * 99)
