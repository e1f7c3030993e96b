#!/usr/bin/env python3
"""Which cells run, how often, in which order, and what one that cannot run does to the others."""

import json

import command
from command import AS_EXPECTED, COULD_NOT_RUN, NOT_AS_EXPECTED, WRONG

QUICK = "message/*:c:c"  # cells of milliseconds

# A pair that does all right, and servers that cannot be run, each in a way of its own.
CATALOGUE = command.catalogue({
    "right": {"command": ["python3", "-B", f"{WRONG}/programs/right_server.py"]},
    "missing": {"command": ["{source}/no-such-program"]},
    "not-executable": {"command": [f"{WRONG}/programs/not_executable.sh"]},
    "dies": {"command": ["sh", "-c", "echo 'no such key' >&2; exit 4"]},
    "never-listens": {"command": ["sleep", "1000"]},
    "unsupported": {"command": ["true"], "needs": [{"path": "no-such-program", "package": "no-package"}]},
})
SCENARIO = {
    "about": "A question and its answer.",
    "tags": ["short"],
    "time_limit": 1,
    "server": {"role": "server", "expect": {"exit": 0}},
    "client": {"role": "client", "expect": {"exit": 0}},
    "exchange": [{"client": "ping\n"}, {"server": "pong\n"}],
}


class Selection(command.Test):
    def order(self, *arguments, **options):
        """The cells of a run, in the order in which they finished."""
        report = self.folder / "report.json"
        self.run_parley("run", *arguments, "--json", report, **options)
        return [record["cell"] for record in command.cells_of(report)]

    def listed(self, *arguments):
        return [cell["name"] for cell in json.loads(self.run_parley("list", "cells", *arguments, "--json").stdout)]

    def test_filter(self):
        cells = self.order("--filter", QUICK, "--jobs", 1)
        self.assertEqual(sorted(cells), sorted(cell for cell in self.listed()
                                               if cell.startswith("message/") and cell.endswith(":c:c")))
        self.assertGreater(len(cells), 5)

    def test_tag(self):
        cells = self.order(WRONG, "--tag", "clients", "--filter", "*:right:*")
        self.assertEqual(cells, ["clients:right:python"])

    def test_path(self):
        self.assertEqual(self.order(WRONG / "clients.json", WRONG / "servers.json", "--filter", "*:right:*"),
                         ["clients:right:python"])

    def test_repeat(self):
        report = self.folder / "report.json"
        printed = self.run_parley("run", "--filter", "message/slide:c:c", "--repeat", 7, "--json", report).stdout
        self.assertEqual(sorted(record["repetition"] for record in command.cells_of(report)), list(range(7)))
        self.assertIn("7 cells: 7 passed", printed)

    def test_without_a_seed_the_order_is_always_the_same(self):
        self.assertEqual(self.order("--filter", QUICK, "--jobs", 1), self.order("--filter", QUICK, "--jobs", 1))

    def test_a_seed_gives_an_order(self):
        first = self.order("--filter", QUICK, "--jobs", 1, "--seed", 1)
        self.assertEqual(self.order("--filter", QUICK, "--jobs", 1, "--seed", 1), first)
        self.assertEqual(sorted(first), sorted(self.listed("--filter", QUICK)))
        self.assertNotEqual(self.order("--filter", QUICK, "--jobs", 1, "--seed", 2), first)

    def test_jobs_are_side_by_side(self):
        # Two cells that each take three seconds.
        report = self.folder / "report.json"
        self.run_parley("run", WRONG, "--filter", "servers:*:slow", "--repeat", 2, "--jobs", 2, "--json", report)
        clocks = [record["observation"]["clock"] for record in command.cells_of(report)]
        self.assertLess(max(clock["began"] for clock in clocks), min(clock["ended"] for clock in clocks))

    def test_fail_fast_leaves_the_rest(self):
        report = self.folder / "report.json"
        printed = self.run_parley("run", WRONG, "--tag", "clients", "--fail-fast", "--jobs", 1, "--json", report,
                                  status=NOT_AS_EXPECTED).stdout
        verdicts = [record["verdict"] for record in command.cells_of(report)]
        self.assertEqual(verdicts.index("failed"), len(verdicts) - 1)
        self.assertLess(len(verdicts), len(self.listed(WRONG, "--tag", "clients")))
        self.assertRegex(printed, r"(?m)^stopped early: \d+ of \d+ cells were not run$")

    def test_timeout_scale_multiplies_the_limits(self):
        report = self.folder / "report.json"
        for scale, verdict, status in ((0.2, "failed", NOT_AS_EXPECTED), (10, "passed", AS_EXPECTED)):
            self.run_parley("run", WRONG, "--filter", "servers:*:slow", "--timeout-scale", scale, "--json", report,
                            status=status)
            self.assertEqual(list(command.verdicts_of(report).values()), [verdict])


class TheCommandThatRepeats(command.Test):
    """It is printed with a failure, and has the cell run under the same conditions."""

    def repeated(self, *arguments):
        printed = self.run_parley(*arguments, status=NOT_AS_EXPECTED).stdout
        return next(line.strip() for line in printed.splitlines() if line.startswith("  Repeat: "))

    def test_a_run(self):
        said = self.repeated("run", WRONG, "--filter", "servers:python:no-newline", "--repeat", 2, "--fail-fast",
                             "--isolation", "shared", "--timeout-scale", 2.5, "--limit", "memory=1G", "--jobs", 1)
        self.assertEqual(said, f"Repeat: {command.PARLEY} run {WRONG}/servers.json --filter servers:python:no-newline "
                               "--isolation shared --timeout-scale 2.5 --limit memory=1G")

    def test_a_verification(self):
        conditions = ["--timeout-scale", "2", "--no-sandbox", "--limit", "memory=1G", "--visible", "/opt", "--writable"]
        wrong = command.FOLDER.parent / "verify/wrong/echo_server_argument_missing.py"
        said = self.repeated("verify", "echo-server", "--only", "echo/empty-argument", *conditions, "--", "python3", wrong)
        self.assertEqual(said, f"Repeat: {command.PARLEY} verify echo-server {' '.join(conditions)} --only "
                               f"echo/empty-argument -- python3 {wrong}")


class CouldNotRun(command.Test):
    def setUp(self):
        super().setUp()
        self.write("scenarios/implementations.json", json.dumps(CATALOGUE))
        self.scenario = self.write("scenarios/short.json", json.dumps(SCENARIO))
        self.report, self.junit = self.folder / "report.json", self.folder / "report.xml"

    def run_all(self, status, *arguments):
        return self.run_parley("run", self.scenario, *arguments, "--json", self.report, "--junit", self.junit,
                               status=status).stdout

    def test_is_said_of_that_cell_alone(self):
        self.run_all(COULD_NOT_RUN)
        self.assertEqual(command.verdicts_of(self.report), {
            "short:right:right": "passed",
            "short:right:missing": "could-not-run",
            "short:right:not-executable": "could-not-run",
            "short:right:dies": "could-not-run",
            "short:right:never-listens": "could-not-run",
            "short:right:unsupported": "unsupported",
        })
        self.assert_holds(self.report)
        said, counted = command.totals_of(self.junit)
        self.assertEqual(said, counted)
        self.assertEqual(said, {"tests": 6, "failures": 0, "errors": 4})

    def test_says_why(self):
        printed = self.run_all(COULD_NOT_RUN)
        for why in ("no-such-program\": No such file or directory", "not_executable.sh\": Permission denied",
                    'the server ended before it listened on port 7007: exit 4; its last line on stderr: "no such key"',
                    "the server has not listened on port 7007", "1 cell needs no-such-program (package no-package)"):
            self.assertIn(why, printed)

    def test_is_outweighed_by_a_failure(self):
        self.write("scenarios/another.json", json.dumps(SCENARIO | {"exchange": [{"client": "something else"}]}))
        self.scenario = self.scenario.parent
        self.run_all(NOT_AS_EXPECTED, "--filter", "*:right:[rd]*")
        self.assertEqual(command.verdicts_of(self.report), {
            "another:right:right": "failed", "another:right:dies": "could-not-run",
            "short:right:right": "passed", "short:right:dies": "could-not-run"})

    def test_unsupported_alone_is_as_expected(self):
        self.run_all(AS_EXPECTED, "--filter", "*:unsupported")


if __name__ == "__main__":
    command.main()
