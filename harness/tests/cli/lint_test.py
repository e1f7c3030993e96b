#!/usr/bin/env python3
"""parley lint: every mistake of every file, each at its line, and nothing runs."""

import os

import command
from command import AS_EXPECTED, USAGE
from arguments_test import CATALOGUE

SOUND = '{"about": "x", "server": {"role": "server"}, "client": {"role": "client"}, "exchange": [{"client": "a"}]}\n'


class Lint(command.Test):
    def setUp(self):
        super().setUp()
        self.write("implementations.json", CATALOGUE)
        self.write("talk/sound.json", SOUND)

    def told(self, *paths, status=USAGE):
        """The lines on stdout, the test's folder left out of them."""
        told = self.run_parley("lint", *(paths or [self.folder]), status=status)
        self.assertEqual(told.stderr, "")
        return told.stdout.replace(f"{self.folder}/", "").splitlines()

    def test_the_projects_own_files_hold_up(self):
        self.assertRegex(self.run_parley("lint").stdout, r"^\d+ files, \d+ cells: all hold up\n$")

    def test_counts_what_holds_up(self):
        self.assertEqual(self.told(status=AS_EXPECTED), ["1 file, 1 cell: all hold up"])
        self.write("talk/more.json", SOUND.replace('"about"', '"cases": {"a": {}, "b": {}}, "about"'))
        self.assertEqual(self.told(status=AS_EXPECTED), ["2 files, 3 cells: all hold up"])

    def test_tells_all_mistakes_of_all_files_by_file_and_place(self):
        self.write("talk/a.json", '{"about": "",\n "tags": 3,\n "server": {"role": "sever"}}')
        self.write("talk/b.json", SOUND.replace("exchange", "exchanges"))
        self.write("c.json", "{\n")
        self.assertEqual(self.told(), [
            "c.json:2:1: found the end of the file; expected a key in double quotes or '}'",
            "talk/a.json:1:11: 'about' says in a sentence what the scenario shows",
            "talk/a.json:2:10: 'tags' is a list, not a number",
            "talk/a.json:3:21: unknown role 'sever'; did you mean 'server'?",
            "talk/b.json:1:76: unknown key 'exchanges'; did you mean 'exchange'?"])

    def test_looks_at_the_catalogue_of_the_scenarios_too(self):
        self.write("implementations.json", CATALOGUE.replace("Serves.", "Serves.\", \"abuot\": \"x"))
        self.assertEqual(self.told(self.folder / "talk/sound.json"), [
            "implementations.json:3:54: unknown key 'abuot'; did you mean 'about'?"])

    def test_a_catalogue_that_is_named(self):
        named = self.folder / "implementations.json"
        self.assertEqual(self.told(named, status=AS_EXPECTED), ["1 file, 0 cells: all hold up"])
        self.write("implementations.json", "[]")
        self.assertEqual(self.told(named), ["implementations.json:1:1: the catalogue is an object, not a list"])

    def test_an_assignment_and_a_submission(self):
        assignment = self.write("grade.json", '{"roles": {"echo-server": {"run": "./echo"}}}')
        submission = self.write("ana/parley.json", '{"roles": {"echo-server": {"run": "./mine"}}}')
        self.assertEqual(self.told(assignment, submission, status=AS_EXPECTED), ["2 files, 0 cells: all hold up"])
        self.write("grade.json", '{"roles": {"echo-sever": {}},\n "lvel": "wire"}')
        self.write("ana/parley.json", '{"roles": {"echo-server": {"rnu": "./mine"}}}')
        self.assertEqual(self.told(assignment, submission), [
            "ana/parley.json:1:28: unknown key 'rnu'; did you mean 'run'?",
            "grade.json:1:12: unknown role 'echo-sever'; did you mean 'echo-server'?",
            "grade.json:2:2: unknown key 'lvel'; did you mean 'level'?"])

    def test_two_scenarios_of_one_name(self):
        self.write("talk.json", SOUND.replace('"about"', '"cases": {"sound": {}}, "about"'))
        said = f"{self.folder}/talk.json too holds a scenario called 'talk/sound'"
        self.assertEqual(self.told(), [f"talk/sound.json:1:1: {said}".replace(f"{self.folder}/", "")])
        for words in (["run"], ["list", "cells"]):
            self.assertIn(said, self.run_parley(*words, self.folder, status=USAGE).stderr)

    def test_what_is_no_file_of_scenarios(self):
        os.mkfifo(self.folder / "talk/pipe.json")
        (self.folder / "talk/folder.json").mkdir()
        self.write("talk/folder.json/inner.json", SOUND.replace('"a"', "1"))
        self.write("talk/empty.json", "")
        with open(self.folder / "talk/large.json", "wb") as large:
            large.truncate(100 << 20)
        (self.folder / "talk/octets.json").write_bytes(b'{"about": "\xff"}')
        (self.folder / "talk/mark.json").write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
        (self.folder / "talk/nul.json").write_bytes(SOUND.encode() + b"\0")
        lines = self.told()
        for line, said in zip(lines, (
                r"talk/empty\.json:1:1: the file is empty",
                r"talk/folder\.json/inner\.json:1:100: a value is a string, an object or a list, not a number",
                r'talk/large\.json:1:1: cannot read "talk/large\.json": larger than \d+ bytes',
                r"talk/mark\.json:1:1: begins with a byte order mark; save it as UTF-8 without one",
                r"talk/nul\.json:2:1: a NUL character",
                r"talk/octets\.json:1:12: the octet ff is not UTF-8",
                r'talk/pipe\.json:1:1: cannot read "talk/pipe\.json": not a regular file'), strict=True):
            self.assertRegex(line, f"^{said}$")

    def test_a_file_that_asks_for_too_much(self):
        for text, said in (("[" * 100_000, r":1:65: nested more than 64 deep"),
                           ('{"port": ' + "9" * 10_000_000 + "}", r":1:10: the number is too large"),
                           ('{"a": 1, "a": 2}', r':1:10: the key "a" stands here twice'),
                           ('{"about": "x", ' + ", ".join(f'"k{i}": 0' for i in range(100_000)) + "}",
                            r"beyond 1000 mistakes none is told"),
                           ('{"tags": [' + "0, " * 1_000_000 + "0]}", r"beyond 1000 mistakes none is told")):
            self.write("talk/sound.json", text)
            self.assertRegex("\n".join(self.told()), said)

    def test_a_path_that_does_not_exist(self):
        told = self.run_parley("lint", self.folder / "nowhere", status=USAGE)
        self.assertRegex(told.stderr, r"^parley: no such file or folder: .*nowhere")


if __name__ == "__main__":
    command.main()
