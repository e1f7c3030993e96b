"""Does all as it should, and says that it failed."""

import sys

import line

line.answer(line.accept())
sys.exit("nothing is wrong")
