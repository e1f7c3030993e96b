import line

line.answer(line.accept())
