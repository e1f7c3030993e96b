"""Says on stderr that it has not found anything wrong."""

import sys

import line

line.ask(line.connect())
sys.stderr.write("warning: no warning\n")
