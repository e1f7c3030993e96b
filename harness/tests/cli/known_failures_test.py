#!/usr/bin/env python3
"""Cells that are known to fail: what the command and its reports say of them, and of entries that should go."""

import json
import xml.etree.ElementTree

import command
from command import AS_EXPECTED, NOT_AS_EXPECTED, USAGE, WRONG

CATALOGUE = command.catalogue({
    "right": {"command": ["python3", "-B", f"{WRONG}/programs/right_server.py"]},
    "wrong": {"command": ["python3", "-B", f"{WRONG}/programs/wrong_word_server.py"]},
    "missing": {"command": ["{source}/no-such-program"]},
    "unsupported": {"command": ["true"], "needs": [{"path": "no-such-program", "package": "no-package"}]},
})
SCENARIO = {
    "about": "A question and its answer.",
    "tags": ["short"],
    "server": {"role": "server"},
    "client": {"role": "client"},
    "exchange": [{"client": "ping\n"}, {"server": "pong\n"}],
}
WHY = "It says another word."


class KnownFailures(command.Test):
    def setUp(self):
        super().setUp()
        self.write("scenarios/implementations.json", json.dumps(CATALOGUE))
        self.write("scenarios/short.json", json.dumps(SCENARIO))
        self.scenarios = self.folder / "scenarios"
        self.report, self.junit = self.folder / "report.json", self.folder / "report.xml"

    def know(self, *cells):
        """Says that these cells fail; an entry a line."""
        entries = ",\n".join(json.dumps({"cells": name, "reason": WHY}) for name in cells)
        return self.write("scenarios/known-failures.json", f'{{"known_failures": [\n{entries}\n]}}\n')

    def run_all(self, *arguments, status=AS_EXPECTED):
        printed = self.run_parley("run", self.scenarios, *arguments, "--json", self.report, "--junit", self.junit,
                                  status=status).stdout
        self.assert_holds(self.report)
        return printed

    def records(self):
        return {record["cell"]: record for record in command.cells_of(self.report)}

    def test_a_failure_that_is_known_is_as_expected(self):
        self.know("*:wrong", "*:missing")
        printed = self.run_all()
        self.assertEqual(command.verdicts_of(self.report), {
            "short:right:right": "passed", "short:right:wrong": "known-failure",
            "short:right:missing": "known-failure", "short:right:unsupported": "unsupported"})
        self.assertNotIn("FAILED", printed)
        self.assertIn(f"\n2 known failures: {WHY}\n", printed)
        self.assertIn("4 cells: 1 passed, 0 failed, 2 known failures, 1 unsupported, 0 could not run", printed)

    def test_the_reports_keep_the_reason_and_what_was_found(self):
        self.know("*:wrong")
        self.run_all("--filter", "*:wrong")
        record = self.records()["short:right:wrong"]
        self.assertEqual(record["known-failure"], {"cells": "*:wrong", "reason": WHY})
        self.assertEqual([finding["code"] for finding in record["findings"]], ["bytes-differ"])
        case = xml.etree.ElementTree.parse(self.junit).getroot().find(".//testcase")
        self.assertEqual(case.find("skipped").get("message"), f"known failure: {WHY}")

    def test_a_pass_fails_and_says_which_entry_has_to_go(self):
        self.know("*:right")
        printed = self.run_all("--filter", "*:right", status=NOT_AS_EXPECTED)
        self.assertEqual([finding["code"] for finding in self.records()["short:right:right"]["findings"]],
                         ["passed-unexpectedly"])
        self.assertRegex(printed, rf'FAILED short:right:right\n  it passed: .* the entry "\*:right" .*"{WHY}"')

    def test_each_repetition_is_judged_for_itself(self):
        self.know("*:wrong")
        printed = self.run_all("--filter", "*:wrong", "--repeat", 3)
        self.assertIn(f"3 known failures: {WHY}", printed)

    def test_an_entry_that_matches_nothing_is_a_mistake(self):
        known = self.know("*:wrong", "shrot:*")
        for command_line in (("run",), ("list", "cells")):
            told = self.run_parley(*command_line, self.scenarios, status=USAGE)
            self.assertEqual(told.stdout, "")
            self.assertEqual(told.stderr, f'{known}:3:11: no cell matches "shrot:*"\n')

    def test_of_a_part_nothing_is_said_about_entries(self):
        self.know("nobody:*")
        self.write("scenarios/another.json", json.dumps(SCENARIO))
        for part in (("--filter", "*:right:right"), ("--tag", "short", "--filter", "*:right:right")):
            self.run_parley("run", self.scenarios, *part)
        self.run_parley("list", "cells", self.scenarios / "short.json")

    def test_they_are_listed(self):
        self.know("*:wrong")
        listed = json.loads(self.run_parley("list", "cells", self.scenarios, "--json").stdout)
        self.assertEqual({cell["name"]: cell["known_failure"] for cell in listed if cell["known_failure"]},
                         {"short:right:wrong": WHY})
        self.assertRegex(self.run_parley("list", "cells", self.scenarios).stdout,
                         rf"(?m)^short:right:wrong +known failure: {WHY}$")


if __name__ == "__main__":
    command.main()
