#!/usr/bin/env python3
"""Holds `parley verify` to what it must say of programs that mean it harm, and looks whether they have done any.

The programs lie in programs/, one mischief each, and none of them is to be run by itself: without a container some bring
the machine down. An entry of hostile.json:

    program   file, from programs/
    role      which it plays, in the scenario echo/two-messages
    finding   the code of the first failure, or several of which one must be it; without it, the mischief is denied, and
              the program is right apart from that: it must pass
    says      words of that failure's message
    options   of `parley verify`, besides
    name      under which the program is run, in place of its own
    harmless  it may be run without a container where there can be none

Each runs from a submission's folder of its own, with another's beside it. Afterwards nothing may be left: no process, no
file that bears the mark, no shared memory; and nothing may have been changed.

PARLEY and PARLEY_BUILD in the environment say where the programs are.
"""

import argparse
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from machine import why_skipped

PARLEY = os.environ["PARLEY"]
BUILD = pathlib.Path(os.environ["PARLEY_BUILD"])
FOLDER = pathlib.Path(__file__).resolve().parent
SOURCE = FOLDER.parents[2]
MARK = "parley-hostile-mark"
SHARED_MEMORY_KEY = 0x7061726C
SCENARIO = "echo/two-messages"

AS_EXPECTED, NOT_AS_EXPECTED, SKIPPED = 0, 1, 77
PATIENCE = 120  # seconds until a verification counts as hanging

RIGHT = [{"program": program, "role": role, "harmless": True, "folder": SOURCE / "harness/tests/verify/right"}
         for program, role in (("echo_server_selectors.py", "echo-server"), ("echo_server_asyncio.py", "echo-server"),
                               ("echo_client_half_close.py", "echo-client"))]


class Submission:
    """A folder with a program in it, as a student hands it in, and what lies around it."""

    def __init__(self, root, entry):
        self.entry = entry
        self.root = pathlib.Path(tempfile.mkdtemp(dir=root))
        self.own = self.root / "own"
        self.own.mkdir()
        (self.root / "other").mkdir()
        (self.root / "other/secret.txt").write_text("the other's\n")
        (self.root / "victim.txt").write_text("unharmed\n")
        self.report = self.root / "report.json"
        source = pathlib.Path(entry.get("folder", FOLDER / "programs")) / entry["program"]
        if source.suffix == ".c":
            built = BUILD / "harness/tests/hostile" / source.stem
            self.command = [str(shutil.copy(built, self.own))]
        else:
            program = self.own / entry.get("name", source.name)
            shutil.copy(source, program)
            shutil.copy(FOLDER / "programs/echo.py", self.own)
            (self.own / "source").write_text(f"{SOURCE}\n")
            self.command = ["python3", "-B", str(program)]
        self.before = self.contents()

    def contents(self):
        """Of all files but the report, and but what the program may write itself."""
        paths = [path for path in self.root.rglob("*") if path != self.report]
        if "--writable" in self.entry.get("options", []):
            paths = [path for path in paths if self.own not in path.parents]
        return {str(path): path.read_bytes() if path.is_file() else None for path in paths}

    def verify(self, sandbox):
        line = [PARLEY, "verify", self.entry["role"], "--only", SCENARIO, "--json", str(self.report)]
        if sandbox:
            line += ["--sandbox", *self.entry.get("options", [])]
        ended = subprocess.run([*line, "--", *self.command], cwd=self.own, stdin=subprocess.DEVNULL, capture_output=True,
                               timeout=PATIENCE)
        return ended.returncode, (ended.stdout + ended.stderr).decode("utf-8", errors="surrogateescape")

    def complaints(self, sandbox):
        """All that is not as it should be."""
        try:
            status, printed = self.verify(sandbox)
        except subprocess.TimeoutExpired:
            return [f"no answer within {PATIENCE} s"]
        found = self.complaints_about_verdict(status, printed)
        if any(not (character == "\n" or character.isprintable()) for character in printed):
            found.append("the answer holds characters that are not for people")
        if self.contents() != self.before:
            found.append("files have changed")
        found += [f"left: process {process}" for process in processes_in(self.root)]
        return found

    def complaints_about_verdict(self, status, printed):
        try:
            said = json.loads(self.report.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return [f"status {status}, and the report is none\n{printed}"]
        failure = said.get("first_failure") or {}
        expected = self.entry.get("finding")
        if expected is None:
            return [] if status == AS_EXPECTED else [f"status {status}, {failure.get('code')}\n{printed}"]
        codes = expected if isinstance(expected, list) else [expected]
        if status != NOT_AS_EXPECTED or failure.get("code") not in codes:
            return [f"status {status}, {failure.get('code')}, where {expected} had to be said\n{printed}"]
        if self.entry.get("says", "") not in printed:
            return [f"it is not said: {self.entry['says']}\n{printed}"]
        return []


# ---- what is left

def processes_in(folder):
    """Processes whose command line, or whose working folder, has to do with `folder`."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes()
            where = os.readlink(process / "cwd")
        except OSError:
            continue
        if str(folder).encode() in words or where.startswith(str(folder)):
            found.append(f"{process.name} {words.decode(errors='replace')!r}")
    return found


def marks():
    """What bears the mark where a program might have left it."""
    places = ["/", "/tmp", "/var/tmp", "/dev/shm", "/run", "/etc", "/usr/bin", pathlib.Path.home(), SOURCE, BUILD,
              SOURCE / "scenarios/echo", SOURCE / "reference/python", FOLDER / "programs"]
    found = [str(path) for place in places for path in pathlib.Path(place).glob(f"*{MARK}*")]
    segments = pathlib.Path("/proc/sysvipc/shm").read_text().splitlines()[1:]
    found += ["a segment of shared memory" for line in segments if int(line.split()[0]) == SHARED_MEMORY_KEY]
    return found


# ---- the two ways

def in_turn(entries, root, sandbox):
    count = 0
    for entry in entries:
        submission = Submission(root, entry)
        found = submission.complaints(sandbox) + [f"left: {mark}" for mark in marks()]
        for complaint in found:
            print(f"{entry['program']}: {complaint}", flush=True)
        count += bool(found)
        shutil.rmtree(submission.root)
    return count


def side_by_side(entries, root, sandbox, options):
    """So many at random, hostile ones and right ones, several at a time."""
    chance = random.Random(options.seed)
    chosen = [chance.choice(entries if chance.random() < 0.7 else RIGHT) for _ in range(options.mix)]
    count = 0

    def run(entry):
        submission = Submission(root, entry)
        found = submission.complaints(sandbox)
        shutil.rmtree(submission.root)
        return entry, found

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for entry, found in pool.map(run, chosen):
            for complaint in found:
                print(f"seed {options.seed}: {entry['program']}: {complaint}", flush=True)
            count += bool(found)
    for left in marks() + processes_in(root):
        print(f"seed {options.seed}: left: {left}")
        count += 1
    return count


def can_contain():
    """Whether this parley can contain programs here; None where it does not know how to."""
    if "--sandbox" not in subprocess.run([PARLEY, "verify", "--help"], capture_output=True, text=True).stdout:
        return None
    told = json.loads(subprocess.run([PARLEY, "doctor", "--json"], capture_output=True, text=True).stdout)
    return told["consequences"]["contained"]


def main():
    parser = argparse.ArgumentParser(description="Holds parley to its word against hostile programs.")
    parser.add_argument("--only", default="*", metavar="GLOB", help="only programs whose file matches")
    parser.add_argument("--mix", type=int, metavar="N", help="N programs at random, hostile and right, side by side")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="of that choice")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1), help="how many side by side")
    options = parser.parse_args()
    if reason := why_skipped(PARLEY):
        print(reason)
        return SKIPPED
    entries = json.loads((FOLDER / "hostile.json").read_text(encoding="utf-8"))
    programs = {path.name for path in (FOLDER / "programs").iterdir() if path.name != "echo.py"}
    if programs != {entry["program"] for entry in entries}:
        print("not both a program and an entry:", *sorted(programs ^ {entry["program"] for entry in entries}))
        return 1
    sandbox = can_contain()
    chosen = [entry for entry in entries
              if fnmatch.fnmatch(entry["program"], options.only) and (sandbox or entry.get("harmless"))]
    if not sandbox:
        print(f"no container to be had: only the {len(chosen)} programs that are harmless without one")
    if not chosen:
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="parley-submissions-") as root:
        if options.mix:
            print(f"seed {options.seed}", flush=True)
            complaints = side_by_side(chosen, root, sandbox, options)
        else:
            complaints = in_turn(chosen, root, sandbox)
    print(f"{options.mix or len(chosen)} verified, {complaints} not as expected")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
