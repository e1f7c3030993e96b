"""Takes its time, which is no mistake."""

import time

import line

connection = line.accept()
time.sleep(3)
line.answer(connection)
