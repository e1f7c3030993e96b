#!/usr/bin/env python3
"""What a person sees: on a terminal, in a pipe, and where the standard descriptors are closed."""

import subprocess

import command
from command import AS_EXPECTED, NOT_AS_EXPECTED, PARLEY, WRONG

PASSING = ("run", "--filter", "message/*")
FAILING = ("run", str(WRONG), "--filter", "servers:*:wrong-word")
ERASE = "\r\x1b[K"


def shell(line):
    """Runs a line of the shell in which $PARLEY is the command."""
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=command.PATIENCE)


class OnATerminal(command.Test):
    def test_a_line_shows_the_progress_and_the_table_takes_its_place(self):
        status, written = command.on_terminal(*PASSING)
        self.assertEqual(status, AS_EXPECTED)
        self.assertRegex(written, r"\r\x1b\[K *\d+/\d+  message/")
        shown = written.rsplit(ERASE, 1)[1]
        self.assertRegex(shown, r"^message +server\r\nclient +c +cpp +script\r\n")
        self.assertRegex(shown, r"\x1b\[32m\d+ cells: \d+ passed, 0 failed, .* s\x1b\[0m\r\n$")

    def test_a_failure_is_red(self):
        status, written = command.on_terminal(*FAILING)
        self.assertEqual(status, NOT_AS_EXPECTED)
        self.assertIn("\x1b[31mFAILED\x1b[0m servers:python:wrong-word\r\n  the server's turn 2 has 61", written)

    def test_no_color_leaves_the_progress_and_takes_the_colours(self):
        written = command.on_terminal(*FAILING, NO_COLOR="1")[1]
        self.assertIn(ERASE, written)
        self.assertNotIn("\x1b[3", written)
        self.assertNotIn("\x1b[0m", written)

    def test_a_dumb_terminal_gets_plain_text(self):
        self.assertNotIn("\x1b", command.on_terminal(*FAILING, TERM="dumb")[1])


class InAPipe(command.Test):
    def test_there_are_no_escape_sequences_and_no_carriage_returns(self):
        for arguments, status in ((PASSING, AS_EXPECTED), (FAILING, NOT_AS_EXPECTED)):
            printed = self.run_parley(*arguments, status=status).stdout
            self.assertNotIn("\x1b", printed)
            self.assertNotIn("\r", printed)

    def test_a_reader_that_leaves_changes_nothing(self):
        report = self.folder / "report.json"
        line = f"'{PARLEY}' run '{WRONG}' --tag clients --json '{report}' | head -n 1; echo ${{PIPESTATUS[0]}}"
        told = shell(line)
        self.assertEqual(told.stderr, "")
        first, status = told.stdout.splitlines()
        self.assertRegex(first, r"^(FAILED|COULD NOT RUN) clients:")
        self.assertEqual(int(status), NOT_AS_EXPECTED)
        self.assert_holds(report)


class WithoutStandardDescriptors(command.Test):
    def assert_runs(self, closing):
        """Runs with some of the descriptors closed; whatever is opened instead must not reach a program."""
        report = self.folder / "report.json"
        closed = shell(f"'{PARLEY}' run --filter 'message/*' --json '{report}' {closing}")
        self.assertEqual(closed.returncode, AS_EXPECTED, closed.stdout + closed.stderr)
        self.assertEqual(set(command.verdicts_of(report).values()), {"passed"})
        self.assert_holds(report)

    def test_closed_stdout(self):
        self.assert_runs(">&-")

    def test_closed_stdin(self):
        self.assert_runs("<&-")

    def test_all_closed(self):
        self.assert_runs("<&- >&- 2>&-")


if __name__ == "__main__":
    command.main()
