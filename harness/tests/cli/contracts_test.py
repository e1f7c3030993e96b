#!/usr/bin/env python3
"""Each role has its contract in both languages, short enough for a terminal and true to implementations.json."""

import json
import subprocess
import unittest

from command import PARLEY, SOURCE

ROLES = json.loads((SOURCE / "scenarios/implementations.json").read_text(encoding="utf-8"))["roles"]
FOLDER = SOURCE / "docs/contracts"
LANGUAGES = {"": ["## What it does", "## Held at `wire`", "## Held besides at `console`",
                 "## Held besides at `primitives`", "## Not held"],
             ".pt-BR": ["## O que ele faz", "## O que se cobra em `wire`", "## O que se cobra a mais em `console`",
                        "## O que se cobra a mais em `primitives`", "## O que não se cobra"]}


class Contracts(unittest.TestCase):
    def test_are_there_for_each_role_and_no_other(self):
        files = {file.name for file in FOLDER.iterdir()}
        self.assertEqual(files, {f"{role}{language}.md" for role in ROLES for language in LANGUAGES})

    def test_are_what_verify_prints(self):
        for language, suffix in (("en", ""), ("pt-BR", ".pt-BR")):
            ran = subprocess.run([PARLEY, "verify", "echo-server", "--contract", "--lang", language],
                                 stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
            self.assertEqual(ran.returncode, 0)
            self.assertEqual(ran.stdout, (FOLDER / f"echo-server{suffix}.md").read_text(encoding="utf-8"))
        ran = subprocess.run([PARLEY, "verify", "eco-server", "--contract"], stdin=subprocess.DEVNULL,
                             capture_output=True, encoding="utf-8")
        self.assertEqual(ran.returncode, 2)

    def test_fit_a_terminal(self):
        for file in FOLDER.iterdir():
            with self.subTest(file.name):
                lines = file.read_text(encoding="utf-8").splitlines()
                self.assertLessEqual(len(lines), 55)
                self.assertLessEqual(max(map(len, lines)), 80)

    def test_say_the_same_things_in_the_same_order(self):
        for role in ROLES:
            for language, sections in LANGUAGES.items():
                with self.subTest(role + language):
                    text = (FOLDER / f"{role}{language}.md").read_text(encoding="utf-8")
                    self.assertTrue(text.startswith(f"# {role}\n"))
                    places = [text.find(section) for section in sections]
                    self.assertNotIn(-1, places)
                    self.assertEqual(places, sorted(places))

    def test_name_the_port_and_the_slides(self):
        for role, about in ROLES.items():
            for language in LANGUAGES:
                with self.subTest(role + language):
                    text = (FOLDER / f"{role}{language}.md").read_text(encoding="utf-8")
                    self.assertIn(str(about["port"]), text)
                    for slide in about["slides"].values():
                        title, _, part = slide.partition(" (")
                        self.assertIn(f'"{title}', text)
                        self.assertIn(part, text)


if __name__ == "__main__":
    unittest.main()
