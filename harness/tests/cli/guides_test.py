#!/usr/bin/env python3
"""The guides' examples: each file that a guide shows is written, each command run, what it prints held against the guide.

In a guide, ```` ```json title=greet.json ```` is a file of that name, and ```` ```console ```` a session: after `$ ` a
command, then what it prints. A line of the output that holds `…` matches any line that begins and ends like it; one that
is `…` alone matches any number of lines. Each guide has a folder of its own, with the project's scenarios and references beside it.
"""

import os
import pathlib
import re
import shutil
import stat
import subprocess

import command
from command import SOURCE

GUIDES = sorted((SOURCE / "docs/guides").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)(?: title=(\S+))?\n(.*?)^```$", re.M | re.S)


def expression_of(expected):
    """The lines of a session's output as a regular expression."""
    parts = []
    for line in expected.splitlines():
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(re.escape(piece) for piece in line.rstrip().split("…")) + r" *\n")
    return "".join(parts)


def sessions_of(text):
    """The commands of a console block, each with what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        line, _, output = part.partition("\n")
        yield line, output


class Guide(command.Test):
    def test_examples_do_what_the_guides_show(self):
        self.assertTrue(GUIDES)
        for guide in GUIDES:
            with self.subTest(guide.stem):
                self.check(guide)

    def check(self, guide):
        folder = self.folder / guide.stem
        shutil.copytree(SOURCE / "scenarios", folder / "scenarios")
        (folder / "reference").symlink_to(SOURCE / "reference")
        (folder / "bin").mkdir()
        (folder / "bin/parley").symlink_to(command.PARLEY)
        for kind, title, content in BLOCK.findall(guide.read_text(encoding="utf-8")):
            if title:
                self.write_example(folder / title, content)
            elif kind == "console":
                for line, expected in sessions_of(content):
                    self.check_session(folder, line, expected)

    def write_example(self, path, content):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        if content.startswith("#!"):
            path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def check_session(self, folder, line, expected):
        environment = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
        ran = subprocess.run(["bash", "-c", line], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
                             timeout=command.PATIENCE)
        printed = command.without_containers(ran.stdout)
        printed = printed if printed.endswith("\n") or not printed else printed + "\n"
        if not re.fullmatch(expression_of(expected), printed):
            self.fail(f"$ {line}\n--- the guide shows\n{expected}\n--- it prints\n{printed}")


if __name__ == "__main__":
    command.main()
