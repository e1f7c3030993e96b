#!/usr/bin/env python3
"""What `parley verify` holds against a program at each level, and what it needs for that."""

import json
import shutil
import subprocess
import unittest

import command
from command import AS_EXPECTED, COULD_NOT_RUN, NOT_AS_EXPECTED, PARLEY, USAGE

# Answers before it reads, though not before there is something to read; and prints nothing.
HASTY = """
import select, socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
connection, _ = listener.accept()
select.select([connection], [], [])
connection.send(b"Sou o Servidor. Recebi sua mensagem.")
connection.recv(255)
connection.close()
"""
WITHOUT_STRACE = ["unshare", "--map-root-user", "--mount", "sh", "-c",
                  'mount --bind /dev/null "$(readlink -f "$(command -v strace)")" && exec "$@"', "sh"]


def can_hide_strace():
    return shutil.which("strace") and subprocess.run([*WITHOUT_STRACE, "true"], capture_output=True).returncode == 0


class Levels(command.Test):
    def verify(self, level, status):
        program, report = self.write("hasty.py", HASTY), self.folder / "report.json"
        self.run_parley("verify", "message-server", "--level", level, "--only", "message/slide", "--json", report, "--",
                        "python3", program, "{port}", status=status)
        return json.loads(report.read_text(encoding="utf-8"))

    def test_are_each_within_the_next(self):
        self.assertEqual(self.verify("wire", AS_EXPECTED)["verdict"], "passed")
        self.assertEqual(self.verify("console", NOT_AS_EXPECTED)["first_failure"]["code"], "stdout-differs")

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_end_with_the_order_of_the_primitives(self):
        report = self.verify("primitives", NOT_AS_EXPECTED)
        self.assertEqual(report["level"], "primitives")
        self.assertEqual(report["first_failure"]["code"], "primitives-differ")
        cell = report["scenarios"][0]["cells"][0]
        self.assertEqual([finding["code"] for finding in cell["findings"]], ["primitives-differ", "stdout-differs"])
        self.assertEqual(cell["findings"][0]["actual"], "socket, bind, listen, accept, send, recv, close")
        calls = cell["observation"]["server"]["calls"]
        self.assertEqual([call["on"] for call in calls if call["call"] == "sendto"], ["connection"])
        self.assertNotIn("calls", cell["observation"]["clients"][0])

    def test_are_no_others(self):
        self.run_parley("verify", "message-server", "--level", "primitive", "--", "true", status=USAGE)

    @unittest.skipUnless(can_hide_strace(), "strace cannot be hidden here")
    def test_say_what_they_need(self):
        for language, sentence in (("en", "the level primitives needs strace, which is not installed (package strace)"),
                                   ("pt-BR", "o nível primitives precisa do strace, que não está instalado (pacote strace)")):
            ran = subprocess.run([*WITHOUT_STRACE, PARLEY, "verify", "message-server", "--level", "primitives", "--lang",
                                  language, "--", "true"], capture_output=True, encoding="utf-8")
            self.assertEqual((ran.returncode, ran.stdout, ran.stderr), (COULD_NOT_RUN, "", f"parley: {sentence}\n"))

    @unittest.skipUnless(can_hide_strace(), "strace cannot be hidden here")
    def test_grade_nobody_without_what_they_need(self):
        self.write("all/ana/message_server.py", HASTY)
        self.write("all/grade.json", json.dumps({"roles": {"message-server": {}}, "level": "primitives"}))
        ran = subprocess.run([*WITHOUT_STRACE, PARLEY, "grade", str(self.folder / "all")], capture_output=True,
                             encoding="utf-8")
        self.assertEqual(ran.returncode, COULD_NOT_RUN)
        self.assertIn("the level primitives needs strace", ran.stdout)
        self.assertEqual(command.without_containers(ran.stderr), "ana: could not be graded\n")


if __name__ == "__main__":
    command.main()
