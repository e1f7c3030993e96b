"""Answers something else."""

import line

line.answer(line.accept(), b"pang\n")
