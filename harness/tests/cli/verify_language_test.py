#!/usr/bin/env python3
"""The language in which `parley verify` answers: all of it, and what chooses it."""

import json
import os
import re

import command
from command import COULD_NOT_RUN, NOT_AS_EXPECTED, SOURCE, USAGE

# Words of the English texts that Portuguese has not borrowed.
ENGLISH = """
    actual after again already also and answered before both came cause client comes compared complete connected connection
    connects conversation differs each ended ends executable exit expected failed from goes interpreter its kept killed likely
    line lines listening listens made message missing more neither never newline nobody nothing octet octets of offset passed
    printed program read repeat running sent server spoke started steps stops the to turn waiting waits was were where which
    with without yours
""".split()
WORD = re.compile(r"\b(?:" + "|".join(ENGLISH) + r")\b", re.I)

MUTE = """
import socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    connection, _ = listener.accept()
    while connection.recv(1024):
        pass
"""
# Sends the NUL that ends a string in C.
NUL = """
import socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    connection, _ = listener.accept()
    while message := connection.recv(1024):
        connection.sendall(f"Echo ==>{message!r}".encode() + b"\\0")
    connection.close()
"""
DYING = """
import os, sys
print("AMBIENTE", dict(os.environ))
sys.exit(3)
"""


def environment(**variables):
    names = ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES")
    return {name: value for name, value in os.environ.items() if name not in names} | variables


def own_words(text):
    """`text` without what is not parley's: quoted octets, what programs printed, commands, names, system calls, slides."""
    text = re.sub(r"(?m)^\s*\|.*$", "", text)  # a line that a program printed
    text = re.sub(r"(?m)^│ (?:std(?:out|err)| {6}) .*$", "", text)  # the same in the diagram
    text = re.sub(r"(?m)^  (Repita|o cliente|o servidor): .*$", "", text)  # commands
    text = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    text = re.sub(r"\([a-z0-9-]+\):", ":", text)  # a cause's code
    text = re.sub(r"\b(?:[a-z0-9-]+/)+[a-z0-9-]+(?::\S+)?", "", text)  # scenarios and cells
    text = re.sub(r"\b(?:echo|message|ctime|date)-(?:server|client)\b", "", text)
    text = re.sub(r"\b(?:python3|ncat) \S+", "", text)
    return re.sub(r"\b[a-z_0-9]+\(\w*\)", "", text)


class Language(command.Test):
    def verify(self, program, *options, status=NOT_AS_EXPECTED, role="echo-server", **variables):
        path = self.write("own.py", program)
        return self.run_parley("verify", role, *options, "--", "python3", path, "{port}", status=status,
                               env=environment(**variables), cwd=self.folder)

    def assert_portuguese(self, text):
        words = own_words(text)
        self.assertEqual(WORD.findall(words), [], words)

    def test_every_word_is_portuguese(self):
        for name, program, words in (
                ("sends a NUL", NUL, ("FALHOU", "o turno 2 do servidor continua por mais 1 byte depois do que se esperava",
                                      "esperado 23:", "1 byte a mais: 00", "causa (terminator-sent): o NUL que termina",
                                      "Leia de novo: o slide", "Repita: ")),
                ("answers nothing", MUTE, ("impasse (deadlock)", "quem estava esperando:", "o servidor em recvfrom",
                                           "conectado a 127.0.0.1:")),
                ("ends at once", DYING, ("o servidor terminou antes de escutar na porta 5050: código de saída 3",))):
            with self.subTest(name):
                answer = self.verify(program, "--lang", "pt-BR", "--only", "echo/two-messages").stdout
                self.assert_portuguese(answer)
                for expected in words:
                    self.assertIn(expected, answer)

    def test_all_failures_in_full_are_portuguese(self):
        answer = self.verify(NUL, "--lang", "pt-BR", "--only", "echo/*", "--all").stdout
        self.assert_portuguese(answer)
        self.assertRegex(answer, r"\ncenários que passaram: \d+ de \d+.*   \d+,\d s\n$")

    def test_what_is_held_against_a_client_is_portuguese(self):
        answer = self.verify(DYING, "--lang", "pt-BR", "--only", "echo/*", role="echo-client").stdout
        self.assertIn("o cliente terminou antes de abrir uma conexão", answer)
        self.assert_portuguese(answer)

    def test_the_option_comes_before_the_locale(self):
        english = self.verify(NUL, "--lang", "en", "--only", "echo/two-messages", LC_ALL="pt_BR.UTF-8").stdout
        self.assertIn("1 octet too many: 00", english)
        self.assertIn(" verify echo-server --lang en --only", english)

    def test_the_locale_chooses(self):
        for variables, expected in (({"LC_ALL": "pt_BR.UTF-8"}, "1 byte a mais: 00"),
                                    ({"LANG": "pt_BR.UTF-8"}, "1 byte a mais: 00"),
                                    ({"LANG": "de_DE.UTF-8"}, "1 octet too many: 00"),
                                    ({}, "1 octet too many: 00")):
            with self.subTest(variables):
                answer = self.verify(NUL, "--only", "echo/two-messages", **variables).stdout
                self.assertIn(expected, answer)
                self.assertNotIn("--lang", answer)

    def test_the_progress_is_in_it(self):
        path = self.write("own.py", NUL)
        written = command.on_terminal("verify", "echo-server", "--lang", "pt-BR", "--", "python3", str(path), "{port}")[1]
        progress = written.rsplit("\r\x1b[K", 1)[0]
        self.assertIn("falh", progress)
        self.assert_portuguese(progress)

    def test_an_unknown_language(self):
        self.verify(NUL, "--lang", "fr", status=USAGE)

    def test_other_commands_stay_english(self):
        shown = self.run_parley("show", "echo/two-messages", env=environment(LC_ALL="pt_BR.UTF-8")).stdout
        self.assertIn("12 octets", shown)

    def test_programs_notice_nothing(self):
        report = self.folder / "report.json"
        self.verify(DYING, "--lang", "pt-BR", "--only", "echo/two-messages", "--json", report, LANGUAGE="pt_BR")
        cells = json.loads(report.read_text(encoding="utf-8"))["scenarios"][0]["cells"]
        printed = json.dumps(cells[0])
        self.assertIn("AMBIENTE", printed)
        self.assertNotIn("LANGUAGE", printed)
        self.assertNotIn("pt_BR", printed)

    def test_codes_stay_and_messages_change(self):
        report = self.folder / "report.json"
        found = {}
        for language in ("en", "pt-BR"):
            self.verify(NUL, "--lang", language, "--only", "echo/two-messages", "--json", report)
            found[language] = json.loads(report.read_text(encoding="utf-8"))["first_failure"]
        english, portuguese = found["en"], found["pt-BR"]
        self.assertEqual((english["code"], english["cause"]["code"], english["cause"]["sureness"], english["cell"]),
                         (portuguese["code"], portuguese["cause"]["code"], portuguese["cause"]["sureness"],
                          portuguese["cell"]))
        self.assertIn("the server's turn 2", english["message"])
        self.assertIn("o turno 2 do servidor", portuguese["message"])

    def test_why_a_program_does_not_start(self):
        for words, expected in ((["./missing"], '"./missing": arquivo ou diretório inexistente'),
                                (["no-such-program"], 'não há um programa "no-such-program" em PATH')):
            refused = self.run_parley("verify", "echo-server", "--lang", "pt-BR", "--", *words, status=COULD_NOT_RUN)
            self.assertEqual(refused.stderr, f"parley: {expected}\n")


if __name__ == "__main__":
    command.main()
