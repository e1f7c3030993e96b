"""What the tests of the command share: how it is called, and what is read of its reports.

PARLEY, PARLEY_BUILD and PARLEY_JUDGE_AGAIN in the environment say where the programs are.
"""

import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree
from dataclasses import dataclass

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from machine import why_skipped

PARLEY = os.environ["PARLEY"]
BUILD = pathlib.Path(os.environ["PARLEY_BUILD"])
JUDGE_AGAIN = os.environ["PARLEY_JUDGE_AGAIN"]
FOLDER = pathlib.Path(__file__).resolve().parent
SOURCE = FOLDER.parents[2]
WRONG = FOLDER / "wrong"

AS_EXPECTED, NOT_AS_EXPECTED, USAGE, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 3, 130
SKIPPED = 77
PATIENCE = 60  # seconds until something that should have happened counts as missing


@dataclass(frozen=True)
class Outcome:
    status: int
    stdout: str
    stderr: str


def parley(*arguments, **options):
    """Runs the command to its end, its stdout and stderr in pipes unless told otherwise."""
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    options.setdefault("stdin", subprocess.DEVNULL)
    ended = subprocess.run([PARLEY, *map(str, arguments)], text=True, encoding="utf-8", timeout=PATIENCE, **options)
    return Outcome(ended.returncode, ended.stdout, without_containers(ended.stderr))


def without_containers(text):
    """`text` without what is said where this machine makes no containers: so it is on some, and no test's affair."""
    return re.sub(r"(?m)^parley: not contained, .*\n", "", text) if text else text


def on_terminal(*arguments, **environment):
    """Runs the command on a pseudo-terminal. Returns the exit status and all that was written to the terminal."""
    ours, theirs = pty.openpty()
    variables = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    run = subprocess.Popen([PARLEY, *arguments], stdin=theirs, stdout=theirs, stderr=theirs,
                           env=variables | {"TERM": "xterm"} | environment)
    os.close(theirs)
    written = b""
    try:
        while octets := os.read(ours, 4096):
            written += octets
    except OSError:
        pass  # EIO: nobody has the terminal open any more
    os.close(ours)
    return run.wait(PATIENCE), written.decode()


def catalogue(servers):
    """A catalogue in which a client that does all right meets these servers, each in a way of its own."""
    return {
        "roles": {
            "server": {"side": "server", "about": "Answers.", "port": 7007, "argv": ["{port}"]},
            "client": {"side": "client", "about": "Asks.", "port": 7007, "argv": ["{host}", "{port}"]},
        },
        "implementations": {
            "client/right": {"command": ["python3", "-B", f"{WRONG}/programs/right_client.py"]},
            **{f"server/{name}": server for name, server in servers.items()},
        },
    }


def cells_of(report):
    """The records of a JSON report, in the order in which the cells finished."""
    return json.loads(pathlib.Path(report).read_text(encoding="utf-8"))["cells"]


def verdicts_of(report):
    return {record["cell"]: record["verdict"] for record in cells_of(report)}


def totals_of(junit):
    """What a JUnit report says of its test cases, and what counting them says: two dictionaries that must be equal."""
    root = xml.etree.ElementTree.parse(junit).getroot()
    elements = {"failures": "failure", "errors": "error"}
    counted = {"tests": len(root.findall(".//testcase"))}
    counted |= {total: len(root.findall(f".//testcase/{element}")) for total, element in elements.items()}
    return {total: int(root.get(total)) for total in counted}, counted


def wait_until(condition, what):
    """Returns once `condition` holds, with what it returned."""
    deadline = time.monotonic() + PATIENCE
    while not (result := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"after {PATIENCE} s still not: {what}")
        time.sleep(0.005)
    return result


def processes_with(word):
    """The processes that have `word` among the words of their command lines. One that has ended has none."""
    found = []
    for folder in pathlib.Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if word.encode() in words:
            found.append(int(folder.name))
    return found


class Test(unittest.TestCase):
    """A test with a folder of its own, which is gone afterwards."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=BUILD, prefix="cli-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_parley(self, *arguments, status=AS_EXPECTED, **options):
        """As parley(); the exit status must be the one given."""
        outcome = parley(*arguments, **options)
        self.assertEqual(outcome.status, status, f"{arguments}\n{outcome.stdout}{outcome.stderr}")
        return outcome

    def assert_holds(self, report):
        """The verdicts of the JSON report are those that its own observations lead to."""
        again = subprocess.run([JUDGE_AGAIN, report], capture_output=True, text=True)
        self.assertEqual(again.returncode, 0, again.stdout + again.stderr)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def normalised(text):
    """`text` without what differs from run to run and from machine to machine."""
    text = text.replace(str(BUILD), "<build>").replace(str(SOURCE), "<source>").replace(PARLEY, "<parley>")
    text = re.sub(r"<build>/harness/cli/parley", "<parley>", text)
    text = re.sub(r"(127\.0\.0\.1|\[::1\]):(?!7007\b|24347\b)\d+", r"\1:<port>", text)
    text = re.sub(r"after [\d.]+ s\b", "after <time> s", text)
    return re.sub(r" in [\d.]+ s$", " in <time> s", text, flags=re.M)


def main():
    if reason := why_skipped(PARLEY):
        print(reason)
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
