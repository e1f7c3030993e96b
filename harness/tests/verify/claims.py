#!/usr/bin/env python3
"""Holds `parley verify` to pass each implementation of implementations.json at every level that it claims.

PARLEY and PARLEY_BUILD in the environment say where the programs are. What cannot run on this machine is skipped, and
named at the end.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from machine import why_skipped

PARLEY = os.environ["PARLEY"]
BUILD = os.environ["PARLEY_BUILD"]
SOURCE = str(pathlib.Path(__file__).resolve().parents[3])

LEVELS = ["wire", "console", "primitives"]
AS_EXPECTED, COULD_NOT_RUN = 0, 3
SKIPPED = 77
PATIENCE = 300  # seconds until a verification counts as hanging


def implementations():
    listed = subprocess.run([PARLEY, "list", "implementations", "--json"], capture_output=True, check=True)
    return json.loads(listed.stdout)


def claimed_by(implementation):
    return LEVELS[:LEVELS.index(implementation["level"]) + 1]


def verify(implementation, level):
    """What `parley verify` says: its exit status, and what it printed."""
    command = [word.replace("{build}", BUILD).replace("{source}", SOURCE) for word in implementation["command"]]
    ran = subprocess.run([PARLEY, "verify", implementation["role"], "--level", level, "--", *command, "{args}"],
                         stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=PATIENCE)
    return ran.returncode, ran.stdout + ran.stderr


def main():
    parser = argparse.ArgumentParser(description="Holds parley verify to what implementations claim.")
    parser.add_argument("--level", choices=LEVELS, help="only this level")
    options = parser.parse_args()
    if reason := why_skipped(PARLEY):
        print(reason)
        return SKIPPED
    checked = wrong = 0
    for implementation in implementations():
        for level in claimed_by(implementation):
            if options.level not in (None, level):
                continue
            status, printed = verify(implementation, level)
            if status == COULD_NOT_RUN:
                print(f"skipped: {implementation['name']} at {level}: {printed.strip()}")
                continue
            checked += 1
            if status != AS_EXPECTED:
                wrong += 1
                print(f"{implementation['name']} at {level}: status {status}\n{printed}", flush=True)
    print(f"{checked} claims verified, {wrong} not true")
    if checked == 0:
        return SKIPPED
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
