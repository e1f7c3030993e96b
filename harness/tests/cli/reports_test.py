#!/usr/bin/env python3
"""The reports of a run of the project's own scenarios: complete, well-formed, and of one mind."""

import json
import xml.etree.ElementTree

import command

CELLS = "message/*"


class Reports(command.Test):
    def setUp(self):
        super().setUp()
        self.json, self.junit = self.folder / "report.json", self.folder / "report.xml"
        self.printed = self.run_parley("run", "--filter", CELLS, "--repeat", 2, "--json", self.json, "--junit",
                                       self.junit).stdout

    def test_json_holds_every_cell_and_its_summary_agrees(self):
        report = json.loads(self.json.read_text(encoding="utf-8"))
        listed = json.loads(self.run_parley("list", "cells", "--filter", CELLS, "--json").stdout)
        expected = sorted((cell["name"], repetition) for cell in listed for repetition in (0, 1))
        self.assertEqual(sorted((cell["cell"], cell["repetition"]) for cell in report["cells"]), expected)
        self.assertEqual(report["planned"], len(expected))
        self.assertEqual(report["summary"]["total"], len(expected))
        self.assertEqual(report["summary"]["passed"], len(expected))
        self.assertFalse(report["interrupted"])
        self.assertIn(f"{len(expected)} cells: {len(expected)} passed", self.printed)

    def test_verdicts_follow_from_the_observations_in_it(self):
        self.assert_holds(self.json)

    def test_junit_counts_its_own_cases(self):
        said, counted = command.totals_of(self.junit)
        self.assertEqual(said, counted)
        root = xml.etree.ElementTree.parse(self.junit).getroot()
        for suite in root.findall("testsuite"):
            self.assertEqual(int(suite.get("tests")), len(suite.findall("testcase")), suite.get("name"))
        self.assertEqual({case.get("name") for case in root.iter("testcase")},
                         {record["cell"] for record in command.cells_of(self.json)})

    def test_a_report_that_was_there_is_replaced(self):
        self.json.write_text("x" * 1_000_000, encoding="utf-8")
        self.run_parley("run", "--filter", "message/slide:c:c", "--json", self.json)
        self.assertEqual(command.verdicts_of(self.json), {"message/slide:c:c": "passed"})

    def test_a_full_device_is_said_and_does_not_take_the_other_report_along(self):
        full = self.run_parley("run", "--filter", "message/slide:c:c", "--json", "/dev/full", "--junit", self.junit,
                               status=command.COULD_NOT_RUN)
        self.assertIn("1 cell: 1 passed", full.stdout)
        self.assertRegex(full.stderr, r"/dev/full.*No space left on device")
        self.assertEqual(command.totals_of(self.junit)[0]["tests"], 1)


if __name__ == "__main__":
    command.main()
