#!/usr/bin/env python3
"""Programs that are wrong in one thing each: what the command says of them, and how it explains it.

The explanations stand in golden/, one file a cell. PARLEY_UPDATE_GOLDEN=1 rewrites them; read what changed.
"""

import json
import os
import re
from dataclasses import dataclass

import command
from command import AS_EXPECTED, COULD_NOT_RUN, FOLDER, NOT_AS_EXPECTED, WRONG

STATUS = {"passed": AS_EXPECTED, "failed": NOT_AS_EXPECTED, "known-failure": AS_EXPECTED,
          "could-not-run": COULD_NOT_RUN}
# That a refused connection was expected and accepted takes a listener in a scenario without a server; that the harness
# itself is in trouble is no program's doing; the order of the primitives only `parley verify` looks at (tests/verify).
# All have their golden files in tests/report.
NO_PROGRAM_CAUSES = {"not-refused", "harness-trouble", "primitives-differ"}
# What programs do that take a container to be tried: the hostile ones have them.
ONLY_CONTAINED = {"process-limit", "memory-limit", "processor-limit", "file-size-limit", "stopped", "daemonised",
                  "left-processes"}


@dataclass(frozen=True)
class Case:
    cell: str
    code: str = None  # of the first finding
    verdict: str = "failed"
    says: tuple = ()  # expressions that the explanation must match, whatever the golden file holds


def server(mistake, *arguments, **options):
    return Case(f"servers:python:{mistake}", *arguments, **options)


def client(mistake, *arguments, **options):
    return Case(f"clients:{mistake}:python", *arguments, **options)


CASES = [
    server("right", verdict="passed"),
    server("slow", verdict="passed"),
    server("wrong-word", "bytes-differ"),
    server("short-answer", "bytes-missing"),
    server("sends-nul", "bytes-extra", says=(r"1 octet too many: 00",)),
    server("no-answer", "end-unexpected"),
    server("farewell", "data-unexpected"),
    server("resets", "reset-unexpected"),
    server("fails", "exit-status"),
    server("crashes", "killed-by-signal", says=(r"SIGSEGV",)),
    server("loops", "still-running"),
    server("no-newline", "deadlock", says=(
        r"the client in recvfrom\(\d+\), connected to 127\.0\.0\.1:7007",
        r"the server in recvfrom\(\d+\), connected to 127\.0\.0\.1:<port>",
        r"4 of 5 octets of the server's turn 2 had come")),
    server("reads-to-end", "deadlock", says=(r"the server in recvfrom\(\d+\)", r"0 of 5 octets")),
    server("no-listen", "never-listened", "could-not-run", says=(r"accept: Invalid argument",)),
    server("missing", "not-started", "could-not-run", says=(r"No such file or directory",)),
    server("not-executable", "not-started", "could-not-run", says=(r"Permission denied",)),
    client("right", verdict="passed"),
    client("ends-early", "end-unexpected"),
    client("chatty", "stdout-differs"),
    client("complains", "stderr-differs"),
    client("floods", "output-flood"),
    client("other-port", "never-connected"),
    client("never-connects", "never-connected", "could-not-run"),
    Case("endless:python:spins", "deadline", says=(r"the client in recvfrom\(\d+\)",)),
    Case("endless:python:no-htons", "wrong-port", says=(r"htons is missing", r"listens on 127\.0\.0\.1:24347")),
    Case("no-answer-at-all:python:python", "turn-missing"),
    Case("unclosed:python:python", "end-missing"),
    Case("two-questions:python:python", "out-of-turn"),
    Case("another-host:python:python", "wrong-host"),
    Case("two-connections:python:python", "connection-extra"),
    Case("reset-wanted:python:python", "reset-missing"),
    Case("deadlock-wanted:python:python", "deadlock-missing"),
    Case("server-stays:python:python", "ended-early"),
    Case("known-right:python:python", "passed-unexpectedly"),
    Case("known-wrong:python:python", "bytes-differ", "known-failure"),
]


def explanation_in(text):
    """What the command printed before the table."""
    return re.split(r"\n\n(?=any |\w+ +server\n)", command.normalised(text))[0] + "\n"


class WrongPrograms(command.Test):
    def test_each_is_found_out_and_explained(self):
        for case in CASES:
            with self.subTest(case.cell):
                report = self.folder / "report.json"
                printed = self.run_parley("run", WRONG, "--filter", case.cell, "--json", report,
                                          status=STATUS[case.verdict]).stdout
                self.check_record(case, command.cells_of(report))
                self.assert_holds(report)
                if case.code and case.verdict != "known-failure":
                    self.check_explanation(case, explanation_in(printed))

    def check_record(self, case, records):
        self.assertEqual([record["cell"] for record in records], [case.cell])
        self.assertEqual(records[0]["verdict"], case.verdict)
        codes = [finding["code"] for finding in records[0]["findings"]]
        self.assertEqual(codes[:1], [case.code] if case.code else [], codes)

    def check_explanation(self, case, explanation):
        for expression in case.says:
            self.assertRegex(explanation, expression)
        golden = FOLDER / "golden" / (case.cell.replace(":", ".") + ".txt")
        if os.environ.get("PARLEY_UPDATE_GOLDEN"):
            golden.write_text(explanation, encoding="utf-8")
        self.assertEqual(explanation, golden.read_text(encoding="utf-8"), golden)

    def test_every_code_that_a_program_can_cause_has_one(self):
        codes = {path.stem for path in (FOLDER.parent / "report/golden").glob("*.txt")}
        self.assertEqual({case.code for case in CASES if case.code}, codes - NO_PROGRAM_CAUSES - ONLY_CONTAINED)

    def test_every_cell_has_its_case(self):
        cells = json.loads(self.run_parley("list", "cells", WRONG, "--json").stdout)
        self.assertEqual(sorted(cell["name"] for cell in cells), sorted(case.cell for case in CASES))


class AllTogether(command.Test):
    """The same cells in one run: none disturbs another."""

    def test_verdicts_and_reports_are_those_of_the_single_runs(self):
        report, junit = self.folder / "report.json", self.folder / "report.xml"
        printed = self.run_parley("run", WRONG, "--json", report, "--junit", junit, status=NOT_AS_EXPECTED).stdout
        self.assertEqual(command.verdicts_of(report), {case.cell: case.verdict for case in CASES})
        self.assert_holds(report)
        said, counted = command.totals_of(junit)
        self.assertEqual(said, counted)
        self.assertEqual(said, {"tests": len(CASES), **self.counts()})
        self.assertIn(f"{len(CASES)} cells: {self.count('passed')} passed, {self.count('failed')} failed, "
                      f"{self.count('known-failure')} known failure, 0 unsupported, {self.count('could-not-run')} could not run in", printed.splitlines()[-1])

    def counts(self):
        return {"failures": self.count("failed"), "errors": self.count("could-not-run")}

    def count(self, verdict):
        return sum(case.verdict == verdict for case in CASES)


if __name__ == "__main__":
    command.main()
