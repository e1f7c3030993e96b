#!/usr/bin/env python3
"""`parley show` draws scenarios by name, pattern and file. What the drawings look like is tested without the command."""

import re
import unicodedata

import command
from command import AS_EXPECTED, SOURCE, USAGE

CATALOGUE = """{
  "roles": {"server": {"side": "server", "about": "Serves.", "port": 7007}},
  "implementations": {"server/a": {"command": ["true"]}}
}
"""
CASES = """{
  "about": "A server that ends.",
  "cases": {"zero": {"status": 0}, "one": {"status": 1}},
  "server": {"role": "server", "expect": {"exit": {"parameter": "status"}}}
}
"""


def names_in(text):
    """The scenarios that are shown: a name stands at the beginning of a line, with a slash in it."""
    return re.findall(r"(?m)^[a-z0-9-]+(?:/[a-z0-9-]+)+", text)


def columns(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


class Show(command.Test):
    def shown(self, *arguments):
        return self.run_parley("show", *arguments).stdout

    def assert_refused(self, *arguments, says):
        refused = self.run_parley("show", *arguments, status=USAGE)
        self.assertEqual(refused.stdout, "")
        self.assertIn(says, refused.stderr)

    def test_a_name(self):
        text = self.shown("echo/two-messages")
        self.assertEqual(names_in(text), ["echo/two-messages"])
        self.assertIn("echo-server (python, cpp), port 5050", text)
        self.assertRegex(text, r"send ├─+ 12 octets ─+▶│ recv\n")
        self.assertRegex(text, r"recv │◀─+ 23 octets ─+┤ send\n")

    def test_a_pattern(self):
        self.assertEqual(names_in(self.shown("*/two-*")), ["echo/two-clients-in-a-row", "echo/two-messages"])

    def test_several_words(self):
        self.assertEqual(names_in(self.shown("message/slide", "ctime/now")), ["message/slide", "ctime/now"])

    def test_a_folder_of_names(self):
        files = {"/".join(name.split("/")[:2]) for name in names_in(self.shown("date"))}
        self.assertEqual(files, {f"date/{path.stem}" for path in SOURCE.glob("scenarios/date/*.json")})

    def test_a_file_with_the_roles_beside_it(self):
        self.write("implementations.json", CATALOGUE)
        text = self.shown(self.write("talk/cases.json", CASES))
        self.assertEqual(names_in(text), ["talk/cases/zero", "talk/cases/one"])
        self.assertIn("│ exit 1 │", text)

    def test_every_scenario_of_the_suite_fits_a_hundred_columns(self):
        for line in self.shown("*").splitlines():
            self.assertLessEqual(columns(line), 100, line)

    def test_an_unknown_name(self):
        self.assert_refused("echo/two-mesages", says="unknown scenario 'echo/two-mesages'; did you mean 'echo/two-messages'?")
        self.assert_refused("nobody", says="unknown scenario 'nobody'; `parley list scenarios` shows them all")
        self.assert_refused("echo/two-messages", "nobody/*", says="unknown scenario 'nobody/*'")

    def test_a_file_with_mistakes(self):
        path = self.write("wrong.json", "{}")
        self.assert_refused(path, says=f"{path}:1:1: ")

    def test_colour_on_a_terminal_alone(self):
        self.assertNotIn("\x1b", self.shown("message/slide"))
        status, written = command.on_terminal("show", "message/slide")
        self.assertEqual(status, AS_EXPECTED)
        self.assertIn("\x1b[1mmessage/slide\x1b[0m", written)
        self.assertNotIn("\x1b", command.on_terminal("show", "message/slide", NO_COLOR="1")[1])


if __name__ == "__main__":
    command.main()
