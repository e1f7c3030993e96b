#!/usr/bin/env python3
"""Holds `parley verify` to what it must say of each program in corpus.json: nothing against a right one, and of a wrong
one the finding that shows its mistake and, where the evidence allows it, the cause.

An entry of corpus.json:

    program     file, from this folder
    role        which it plays
    arguments   what it is given besides; none where it uses the role's own port
    level       at which it is verified; `wire` where nothing else is said
    needs       `clock`: the mistake shows on some days only, so that libfaketime has to set the date
    mistake     of a wrong program, in one sentence
    bug         which of the list of usual mistakes it is
    finding     the code of the first failure, or several of which one must be it, where the kernel's timing decides
    cause       the code of the likely cause, or several; without it, none may be named

PARLEY and PARLEY_BUILD in the environment say where the programs are. What cannot run for want of an interpreter is
skipped, and named at the end.
"""

import argparse
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from machine import why_skipped

PARLEY = os.environ["PARLEY"]
BUILD = pathlib.Path(os.environ["PARLEY_BUILD"]) / "harness/tests/verify"
FOLDER = pathlib.Path(__file__).resolve().parent

AS_EXPECTED, NOT_AS_EXPECTED = 0, 1
SKIPPED = 77
PATIENCE = 300  # seconds until a verification counts as hanging

JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto"]
INTERPRETERS = {
    ".awk": ["gawk", "-f"],
    ".lua": ["lua5.4"],
    ".php": ["php"],
    ".pl": ["perl"],
    ".py": ["python3", "-B"],
    ".rb": ["ruby"],
    ".sh": ["bash"],
    ".tcl": ["tclsh"],
}


def command_of(entry):
    """How the program is started; what it is written in, its file's name says."""
    program = pathlib.PurePath(entry["program"])
    if program.suffix in (".c", ".cc"):
        start = [str(BUILD / program.with_suffix(""))]
    elif program.suffix == ".java":
        start = [*JAVA, "-cp", str(BUILD / "java"), program.stem]
    else:
        start = [*INTERPRETERS[program.suffix], str(FOLDER / program)]
    return start + entry.get("arguments", [])


def has_lua_socket():
    return subprocess.run(["lua5.4", "-e", "require 'socket'"], capture_output=True).returncode == 0


def has_clock():
    return any(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))


def missing_for(entry):
    """What the machine lacks to run the entry; None where nothing is missing."""
    if "clock" in entry.get("needs", []) and not has_clock():
        return "libfaketime"
    program = command_of(entry)[0]
    if shutil.which(program) is None:
        return pathlib.PurePath(program).name
    if program == "lua5.4" and not has_lua_socket():
        return "lua-socket"
    return None


def verify(entry, report):
    """What `parley verify` says of the entry's program: its exit status, its report, and what it printed."""
    line = [PARLEY, "verify", entry["role"], "--level", entry.get("level", "wire"), "--json", report,
            "--", *command_of(entry)]
    ended = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
                           timeout=PATIENCE)
    said = json.loads(pathlib.Path(report).read_text(encoding="utf-8")) if os.path.getsize(report) else {}
    return ended.returncode, said, ended.stdout + ended.stderr


def first_failure_of(said):
    """The codes of the first failure and of its cause, None for each that there is not."""
    failure = said.get("first_failure") or {}
    cause = failure.get("cause")
    return failure.get("code"), cause.get("code") if isinstance(cause, dict) else cause


def accepted(expected, actual):
    return actual in expected if isinstance(expected, list) else actual == expected


def complaint_about_order(said):
    """What is said of the order in which a right program calls the primitives; None where nothing is."""
    for scenario in said.get("scenarios", []):
        for cell in scenario["cells"]:
            for finding in cell.get("findings", []):
                if finding["code"] == "primitives-differ":
                    return f"a right order is refused: {finding['message']}: {finding['actual']}"
    return None if "scenarios" in said else "no answer at the level primitives"


def complaint_about(entry, status, said):
    """What is not as the entry has it; None where all is."""
    code, cause = first_failure_of(said)
    if "finding" not in entry:
        return None if status == AS_EXPECTED else f"a right program is refused: status {status}, {code}, {cause}"
    if status != NOT_AS_EXPECTED:
        return f"status {status} for a wrong program"
    if not accepted(entry["finding"], code):
        return f"finding {code}, where {entry['finding']} shows the mistake (cause {cause})"
    if not accepted(entry.get("cause"), cause):
        return f"{code}: cause {cause}, where it is {entry.get('cause')}"
    return None


def check(entry, show, order):
    """Verifies the entry's program; returns what is wrong with the answer, or None. `order`: at the level primitives, and
    only what is said of the primitives matters."""
    if order:
        entry = entry | {"level": "primitives"}
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        try:
            status, said, printed = verify(entry, report.name)
        except subprocess.TimeoutExpired:
            return f"no answer within {PATIENCE} s"
    complaint = complaint_about_order(said) if order else complaint_about(entry, status, said)
    if show or complaint:
        print(printed)
    return complaint


def entries():
    return json.loads((FOLDER / "corpus.json").read_text(encoding="utf-8"))


def strays():
    """Programs without an entry, and entries without a program."""
    programs = {f"{path.parent.name}/{path.name}" for kind in ("right", "wrong") for path in (FOLDER / kind).iterdir()}
    return programs ^ {entry["program"] for entry in entries()}


def selected(options):
    for entry in entries():
        if options.role in (None, entry["role"]) and fnmatch.fnmatch(entry["program"], options.only):
            if not (options.order and "finding" in entry):
                yield entry


def main():
    parser = argparse.ArgumentParser(description="Holds parley verify to what corpus.json expects of it.")
    parser.add_argument("--role", help="only the programs that play this role")
    parser.add_argument("--only", default="*", metavar="GLOB", help="only programs whose file matches")
    parser.add_argument("--order", action="store_true", help="only that no right program is refused for its socket calls")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="how many side by side")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="so often, one round after the other")
    parser.add_argument("--show", action="store_true", help="print the answers, too")
    options = parser.parse_args()
    if strays():
        print("not both a program and an entry of corpus.json:", *sorted(strays()))
        return 1
    if reason := why_skipped(PARLEY):
        print(reason)
        return SKIPPED

    if options.order and shutil.which("strace") is None:
        print("skipped for want of strace")
        return SKIPPED

    chosen, lacks = [], {}
    for entry in selected(options):
        if lack := missing_for(entry):
            lacks.setdefault(lack, set()).add(entry["program"])
        else:
            chosen.append(entry)
    checked, complaints = 0, 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for entry, complaint in pool.map(lambda entry: (entry, check(entry, options.show, options.order)),
                                         chosen * options.repeat):
            checked += 1
            if complaint:
                complaints += 1
                print(f"{entry['program']}: {complaint}", flush=True)
    for lack, programs in sorted(lacks.items()):
        print(f"skipped for want of {lack}: {', '.join(sorted(programs))}")
    print(f"{checked} verified, {complaints} not as expected")
    if checked == 0:
        return SKIPPED
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
