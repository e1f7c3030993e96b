#!/usr/bin/env python3
"""A run that is cut short: the reports hold what ran until then, and no program is left."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import xml.etree.ElementTree

import command
from command import AS_EXPECTED, INTERRUPTED

NOBODY = 65534

# Their command lines hold a word that only this run knows.
SLEEPER = "import signal; signal.pause()"
FORKING_SLEEPER = "import os, signal; os.fork(); signal.pause()"

SCENARIO = {
    "about": "A server that never listens.",
    "time_limit": 600,
    "server": {"role": "server"},
    "client": {"role": "client"},
    "exchange": [{"client": "ping\n"}],
}


def catalogue(sleeper, word):
    return {
        "roles": {
            "server": {"side": "server", "about": "Sleeps.", "port": 7007},
            "client": {"side": "client", "about": "Asks.", "port": 7007, "argv": ["{host}", "{port}"]},
        },
        "implementations": {
            "server/sleeps": {"command": ["python3", "-B", "-c", sleeper, word]},
            "server/missing": {"command": ["{source}/no-such-program"]},
            "client/asks": {"command": ["python3", "-B", "-c", sleeper, word]},
        },
    }


class Interrupt(command.Test):
    def setUp(self):
        super().setUp()
        self.word = self.folder.name  # no other process has this word on its command line
        self.scenario = self.write("waits.json", json.dumps(SCENARIO))
        self.json, self.junit = self.folder / "report.json", self.folder / "report.xml"

    def start(self, sleeper, processes):
        """A run in the midst of its cell: the programs' processes are there, and the other cell has been reported."""
        self.write("implementations.json", json.dumps(catalogue(sleeper, self.word)))
        run = subprocess.Popen([command.PARLEY, "run", self.scenario, "--json", self.json, "--junit", self.junit],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(run.kill)
        command.wait_until(lambda: len(command.processes_with(self.word)) == processes, "the programs are there")
        command.wait_until(lambda: "waits:asks:missing" in self.json.read_text(), "the other cell is over")
        return run

    def assert_nothing_left(self):
        command.wait_until(lambda: not command.processes_with(self.word), "the programs are gone")
        self.assertEqual({path.name for path in self.folder.iterdir()},
                         {"implementations.json", "waits.json", "report.json", "report.xml"})

    def test_by_a_signal_ends_all_and_reports_what_ran(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number.name):
                run = self.start(FORKING_SLEEPER, processes=4)
                run.send_signal(number)
                stdout, stderr = run.communicate(timeout=command.PATIENCE)
                self.assertEqual(run.returncode, INTERRUPTED, stdout + stderr)
                self.assertEqual(command.processes_with(self.word), [])
                self.assert_nothing_left()
                self.check_reports(stdout)

    def check_reports(self, stdout):
        report = json.loads(self.json.read_text(encoding="utf-8"))
        self.assertTrue(report["interrupted"])
        self.assertEqual([record["cell"] for record in report["cells"]], ["waits:asks:missing"])
        self.assert_holds(self.json)
        cases = xml.etree.ElementTree.parse(self.junit).getroot().iter("testcase")
        self.assertEqual([case.get("name") for case in cases], ["waits:asks:missing"])
        self.assertIn("interrupted: 1 of 2 cells were not run\n", stdout)

    def test_killed_takes_its_programs_along(self):
        run = self.start(SLEEPER, processes=2)
        run.kill()
        run.communicate(timeout=command.PATIENCE)
        self.assertEqual(run.returncode, -signal.SIGKILL)
        self.assert_nothing_left()


class SideBySide(command.Test):
    def test_two_runs_at_the_same_time_both_pass(self):
        arguments = [command.PARLEY, "run", "--filter", "message/*", "--repeat", "3"]
        runs = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in "12"]
        for run in runs:
            stdout, stderr = run.communicate(timeout=command.PATIENCE)
            self.assertEqual(run.returncode, AS_EXPECTED, stdout + stderr)


class OrdinaryUser(command.Test):
    def setUp(self):
        if os.getuid() != 0:
            self.skipTest("whoever runs this is one already")
        if not shutil.which("setpriv"):
            self.skipTest("needs setpriv (package util-linux)")
        folder = tempfile.TemporaryDirectory(prefix="parley-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        os.chown(self.folder, NOBODY, NOBODY)
        self.drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
        for what in (["doctor"], ["list", "cells"]):
            if subprocess.run([*self.drop, command.PARLEY, *what], capture_output=True).returncode != AS_EXPECTED:
                self.skipTest("an ordinary user may make no namespaces here, or may not read the project's folder")

    def test_runs_the_suite_and_owns_the_reports(self):
        report = self.folder / "report.json"
        run = subprocess.run([*self.drop, command.PARLEY, "run", "--filter", "message/*", "--json", report],
                             capture_output=True, text=True, cwd=self.folder, timeout=command.PATIENCE)
        self.assertEqual(run.returncode, AS_EXPECTED, run.stdout + run.stderr)
        self.assertEqual(set(command.verdicts_of(report).values()), {"passed"})
        self.assertEqual(report.stat().st_uid, NOBODY)


if __name__ == "__main__":
    command.main()
