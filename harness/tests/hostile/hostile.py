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
    in_a_run  the finding, or several, where one run has the same limits for all

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
import time

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


LIMITS = ["--limit", "output=1M", "--limit", "processor=1"]  # of a run in which all have the same
MOST_MEMORY = 200 << 20  # octets that a run may take, however many and whatever programs it starts


def codes_of(expected):
    return expected if isinstance(expected, list) else [expected]


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
        self.command = self.lay_out()
        self.before = self.contents()

    def lay_out(self):
        """Puts the program into its folder. Returns how it is started."""
        entry = self.entry
        source = pathlib.Path(entry.get("folder", FOLDER / "programs")) / entry["program"]
        if source.suffix == ".c":
            built = BUILD / "harness/tests/hostile" / source.stem
            return [str(shutil.copy(built, self.own))]
        program = self.own / entry.get("name", source.name)
        shutil.copy(source, program)
        shutil.copy(FOLDER / "programs/echo.py", self.own)
        (self.own / "source").write_text(f"{SOURCE}\n")
        return ["python3", "-B", str(program)]

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
        if status != NOT_AS_EXPECTED or failure.get("code") not in codes_of(expected):
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


# ---- the three ways

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


def write_scenarios(folder, submissions):
    """A catalogue with all submissions, and a scenario for each side in which they meet a program that is right."""
    wanted = {"server": {"running": True}, "client": {"exit": 0}}
    implementations = {f"{submission.entry['role']}/{number}": {"command": submission.command}
                       for number, submission in enumerate(submissions)}
    roles = {}
    for side, other, words in (("server", "client", ["{host}"]), ("client", "server", [])):
        arguments = {"server": [], "client": ["{host}"]}
        roles[f"echo-{side}"] = {"side": side, "about": "Hostile or right.", "port": 5050, "argv": arguments[side]}
        roles[f"right-{other}"] = {"side": other, "about": "Right.", "port": 5050, "argv": words}
        implementations[f"right-{other}/cpp"] = {"command": [str(BUILD / f"cpp/echo_{other}")]}
        scenario = json.loads((SOURCE / f"scenarios/{SCENARIO}.json").read_text(encoding="utf-8"))
        del scenario["$schema"]
        scenario[side] = {"role": f"echo-{side}", "expect": wanted[side]}
        scenario[other] = {"role": f"right-{other}"}
        (folder / f"hostile-{side}.json").write_text(json.dumps(scenario))
    (folder / "implementations.json").write_text(json.dumps({"roles": roles, "implementations": implementations}))


def peak_memory(process):
    """The most memory in octets that the process itself has held at a time; watched until it ends."""
    peak = 0
    while process.poll() is None:
        for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                peak = max(peak, int(line.split()[1]) << 10)
        time.sleep(0.05)
    return peak


def in_one_run(entries, root, options):
    """At least so many cells, the same number of each program, in one `parley run` that takes them at random."""
    servers = [entry for entry in RIGHT if entry["role"] == "echo-server"]
    entries = servers + [entry for entry in entries if "--writable" not in entry.get("options", [])]
    submissions = [Submission(root, entry) for entry in entries]
    folder, report = root / "scenarios", root / "report.json"
    folder.mkdir()
    write_scenarios(folder, submissions)
    line = [PARLEY, "run", str(folder), "--sandbox", *LIMITS, "--seed", str(options.seed), "--json", str(report),
            "--repeat", str(-(-options.in_one_run // len(entries)))]
    with open(root / "printed", "wb") as printed:
        run = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT)
        peak = peak_memory(run)
    complaints, cells = [], json.loads(report.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        numbers = {cell[side]["language"] for side in ("client", "server")} - {"cpp"}
        entry = submissions[int(numbers.pop())].entry
        complaints += [f"{entry['program']}: {each}" for each in complaints_about_cell(cell, entry)]
    complaints += [f"{submission.entry['program']}: files have changed" for submission in submissions
                   if submission.contents() != submission.before]
    complaints += [f"left: {left}" for left in marks() + processes_in(root)]
    if peak > MOST_MEMORY:
        complaints.append("too much memory")
    for complaint in complaints:
        print(f"seed {options.seed}: {complaint}", flush=True)
    print(f"{len(cells)} cells, status {run.returncode}, at most {peak / 1e6:.1f} MB of memory")
    return len(complaints)


def complaints_about_cell(cell, entry):
    expected = entry.get("in_a_run", entry.get("finding"))
    said = [finding["code"] for finding in cell["findings"]]
    if expected is None:
        return [] if cell["verdict"] == "passed" else [f"{cell['verdict']}, {said}"]
    # That a server never listens could be the machine's fault, where nobody is on trial.
    verdict = "could-not-run" if said[:1] == ["never-listened"] else "failed"
    if cell["verdict"] != verdict or said[0] not in codes_of(expected):
        return [f"{cell['verdict']}, {said}, where {expected} had to be said"]
    return []


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
    parser.add_argument("--in-one-run", type=int, metavar="N", help="at least N cells of one run, in random order")
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
    if not chosen or (options.in_one_run and not sandbox):
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="parley-submissions-") as root:
        if options.in_one_run:
            complaints = in_one_run(chosen, pathlib.Path(root), options)
        elif options.mix:
            print(f"seed {options.seed}", flush=True)
            complaints = side_by_side(chosen, root, sandbox, options)
        else:
            complaints = in_turn(chosen, root, sandbox)
    print(f"{options.in_one_run or options.mix or len(chosen)} verified, {complaints} not as expected")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
