"""Asks a second time without waiting for the first answer."""

import line

line.ask(line.connect(), 2 * line.QUESTION)
