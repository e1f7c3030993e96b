import line

line.ask(line.connect())
