#!/usr/bin/env python3
"""Cells that share the machine's loopback: the same verdicts as in network namespaces, of the same cells."""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import unittest

import command
import grade_test
from command import AS_EXPECTED, COULD_NOT_RUN, NOT_AS_EXPECTED, PARLEY
from wrong_programs_test import explanation_in

WITHOUT_NAMESPACES = os.environ["PARLEY_WITHOUT_NAMESPACES"]
STATIC = pathlib.Path(os.environ["PARLEY_STATIC"])
NOBODY = 65534
SUITE_PATIENCE = 280  # seconds for a run of all scenarios
SHARED = "parley: no private network namespaces here (unshare a {} namespace: Operation not permitted): " \
         "all share the machine's loopback\n"


def run(*words, **options):
    return subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          encoding="utf-8", timeout=SUITE_PATIENCE, **options)


def tables(process):
    """The maps of ports of a run, which lie there while its cells run."""
    return list(pathlib.Path("/dev/shm").glob(f"parley-ports.{process}.*"))


class Suite(command.Test):
    """All scenarios, on a loopback that they share."""

    def assert_all_pass(self, ran, report):
        self.assertEqual(ran.returncode, AS_EXPECTED, ran.stdout + ran.stderr)
        verdicts = command.verdicts_of(report)
        listed = json.loads(run(PARLEY, "list", "cells", "--json").stdout)
        self.assertEqual(set(verdicts), {cell["name"] for cell in listed})
        unsupported = {cell["name"] for cell in listed if cell.get("unsupported")}
        self.assertEqual({name for name, verdict in verdicts.items() if verdict != "passed"}, unsupported)

    def test_passes_when_it_is_asked_for(self):
        report = self.folder / "report.json"
        ran = run(PARLEY, "run", "--isolation", "shared", "--json", report)
        self.assert_all_pass(ran, report)
        self.assertEqual(ran.stderr, "")

    def test_passes_for_an_ordinary_user(self):
        if os.geteuid() != 0:
            self.skipTest("whoever runs this is one")
        with tempfile.TemporaryDirectory() as folder:
            os.chown(folder, NOBODY, NOBODY)
            report = pathlib.Path(folder) / "report.json"
            as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            if run(*as_nobody, "test", "-x", PARLEY, "-a", "-r", command.SOURCE / "scenarios").returncode != 0:
                self.skipTest("nobody may not read the project's folder")
            ran = run(*as_nobody, PARLEY, "run", "--isolation", "shared", "--json", report)
            self.assert_all_pass(ran, report)

    def test_passes_where_namespaces_are_refused(self):
        report = self.folder / "report.json"
        ran = run(WITHOUT_NAMESPACES, PARLEY, "run", "--json", report)
        self.assert_all_pass(ran, report)
        self.assertEqual(ran.stderr, SHARED.format("network" if os.geteuid() == 0 else "user"))

    def test_passes_for_root_without_capabilities(self):
        if os.geteuid() != 0:
            self.skipTest("an ordinary user has none anyway")
        report = self.folder / "report.json"
        bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
        ran = run(*bare, PARLEY, "run", "--filter", "message/slide:*", "--json", report)
        self.assertEqual(ran.returncode, AS_EXPECTED, ran.stdout + ran.stderr)
        ran = run(*bare, WITHOUT_NAMESPACES, PARLEY, "run", "--filter", "errors/reserved-port:*", "--json", report)
        self.assertEqual(ran.returncode, AS_EXPECTED, ran.stdout + ran.stderr)
        self.assertEqual(set(command.verdicts_of(report).values()), {"passed"})


class Tables(command.Test):
    WORDS = [PARLEY, "run", "--isolation", "shared", "--filter", "message/slide:c:c"]

    def test_are_gone_after_a_run(self):
        with subprocess.Popen(self.WORDS, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as ran:
            self.assertEqual(ran.wait(command.PATIENCE), AS_EXPECTED)
            self.assertEqual(tables(ran.pid), [])

    def test_of_a_run_that_was_killed_are_removed_by_the_next(self):
        with subprocess.Popen(["true"]) as dead:
            pass
        left = [pathlib.Path(f"/dev/shm/parley-ports.{process}.1") for process in (dead.pid, os.getpid())]
        for path in left:
            path.write_bytes(bytes(4096))
            self.addCleanup(path.unlink, missing_ok=True)
        self.assertEqual(run(*self.WORDS).returncode, AS_EXPECTED)
        self.assertEqual([path.exists() for path in left], [False, True])


class Choice(command.Test):
    def test_of_namespaces_is_kept_to(self):
        ran = run(WITHOUT_NAMESPACES, PARLEY, "run", "--isolation", "namespace", "--filter", "message/slide:c:c")
        self.assertEqual(ran.returncode, COULD_NOT_RUN)
        self.assertIn("cannot make private network namespaces", ran.stderr)
        self.assertIn("--isolation shared", ran.stderr)

    def test_holds_for_verify_too(self):
        words = ["verify", "echo-server", "--only", "echo/two-messages", "--", command.BUILD / "cpp/echo_server"]
        ran = run(WITHOUT_NAMESPACES, PARLEY, *words)
        self.assertEqual(ran.returncode, AS_EXPECTED, ran.stdout + ran.stderr)
        self.assertTrue(ran.stderr.startswith("parley: no private network namespaces here"), ran.stderr)
        self.run_parley(*words[:2], "--isolation", "shared", *words[2:])


class Grades(grade_test.Graded):
    def test_are_the_same(self):
        self.submit("right", message_server__py=grade_test.RIGHT)
        self.submit("wrong", message_server__py=grade_test.SENDS_NUL)
        self.submit("c", message_server__c=grade_test.C_SERVER)
        points = {}
        for isolation in "namespace", "shared":
            _, report = self.grade("--isolation", isolation, "--no-sandbox", "--again")
            points[isolation] = {name: each["points"] for name, each in report.items()}
        self.assertEqual(points["shared"], points["namespace"])
        self.assertEqual([points["shared"][name] for name in ("right", "c")], [10, 10])


def scenario(folder, name, side, words, **more):
    """A scenario in which a program of the test's own meets a script."""
    part = {"command": [str(word) for word in words]} | more
    turns = [{"client": "ping\n"}, {"server": "pong\n"}, {"client": {"event": "end"}}, {"server": {"event": "end"}}]
    parts = {side: part, "client" if side == "server" else "server": {"scripted": True}}
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"about": "One asks, one answers.", "port": 7007} | parts | {"exchange": turns}))
    return path


@unittest.skipUnless((STATIC / "static_server").exists(), "nothing can be linked statically here")
class StaticPrograms(command.Test):
    """They notice no library that is preloaded."""

    def test_come_to_their_port_where_they_are_told_it(self):
        for side in "server", "client":
            with self.subTest(side):
                path = scenario(self.folder, side, side, [STATIC / f"static_{side}", "{port}"])
                self.run_parley("run", path, "--isolation", "shared")

    def test_are_unsupported_where_they_know_one_port(self):
        for side in "server", "client":
            with self.subTest(side):
                path = scenario(self.folder, side, side, [STATIC / f"static_{side}", "7007"])
                report = self.folder / "report.json"
                printed = self.run_parley("run", path, "--isolation", "shared", "--json", report).stdout
                self.assertEqual(set(command.verdicts_of(report).values()), {"unsupported"})
                self.assertIn("is linked statically, so on a loopback that all share it cannot be given", printed)

    def test_are_verified_on_their_port_where_nobody_has_it(self):
        for side in "server", "client":
            with self.subTest(side):
                path = scenario(self.folder, side, side, ["replaced"])
                self.run_parley("verify", side, "--isolation", "shared", "--scenario", path, "--",
                                STATIC / f"static_{side}", "7007")

    def test_are_not_verified_where_somebody_has_their_port(self):
        path = scenario(self.folder, "server", "server", ["replaced"])
        with socket.create_server(("127.0.0.1", 7007)):
            answer = self.run_parley("verify", "server", "--isolation", "shared", "--scenario", path, "--",
                                     STATIC / "static_server", "7007", status=COULD_NOT_RUN)
        self.assertRegex(answer.stdout + answer.stderr, r"port 7007 is taken by python3 \(process \d+\)")

    def test_are_told_where_a_shell_has_started_them(self):
        shell = self.write("server.sh", f"#!/bin/sh\n{STATIC}/static_server 7007\n")
        shell.chmod(0o755)
        path = scenario(self.folder, "server", "server", [shell])
        printed = self.run_parley("run", path, "--isolation", "shared", status=COULD_NOT_RUN).stdout
        self.assertIn("the server listens on port 7007 itself", printed)


class Explanations(command.Test):
    """What is said of programs that are wrong, whose explanations in namespaces stand in golden/."""

    def test_are_of_the_same_verdicts(self):
        verdicts = {}
        for isolation in "namespace", "shared":
            report = self.folder / f"{isolation}.json"
            self.run_parley("run", command.WRONG, "--isolation", isolation, "--json", report, status=NOT_AS_EXPECTED)
            verdicts[isolation] = {record["cell"]: (record["verdict"], [finding["code"] for finding in record["findings"]])
                                   for record in command.cells_of(report)}
        self.assertEqual(verdicts["shared"], verdicts["namespace"])

    def test_tell_the_ports_that_programs_know(self):
        for cell in ("endless:python:no-htons", "servers:python:no-newline", "clients:other-port:python",
                     "another-host:python:python", "two-connections:python:python"):
            with self.subTest(cell):
                printed = self.run_parley("run", command.WRONG, "--filter", cell, "--isolation", "shared",
                                          status=NOT_AS_EXPECTED).stdout
                explained = explanation_in(printed).replace(" --isolation shared", "")
                golden = command.FOLDER / "golden" / (cell.replace(":", ".") + ".txt")
                self.assertEqual(explained, golden.read_text(encoding="utf-8"))


if __name__ == "__main__":
    command.main()
