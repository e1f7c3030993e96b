"""Forgets the delimiter, for which the client waits."""

import line

line.answer(line.accept(), b"pong")
