#!/usr/bin/env python3
"""Stores what `parley verify` saw of programs of corpus.json, for the answers that answer_test holds against golden files.

    record_answers.py PROGRAM…    stores answers/NAME.json for each: echo_server_sends_terminator.c

Kept are the first failure, one scenario before it that passed, and one after it that was not tried; of the machine's paths
nothing. Afterwards PARLEY_UPDATE_GOLDEN=1 writes the golden files; read them.
"""

import json
import pathlib
import re
import sys
import tempfile

import corpus

ANSWERS = corpus.FOLDER / "answers"
SOURCE = corpus.FOLDER.parents[2]


def without_paths(text):
    """`text` with paths as somebody has them who wrote the program in this folder."""
    for path in (f"{corpus.BUILD}/wrong/", f"{corpus.FOLDER}/wrong/"):
        text = text.replace(f'"{path}', '"./' if path.startswith(str(corpus.BUILD)) else '"').replace(path, "")
    text = text.replace(f"{corpus.BUILD}/java", ".").replace(f"{corpus.BUILD.parents[2]}", "build")
    return text.replace(f"{SOURCE}/", "")


def without_options(command):
    """What starts a program, without how long its runtime takes to start."""
    return [word for word in command if not re.match(r"-X|-B$", word)]


def cell(seen):
    observation = seen["observation"]
    for program in [observation["server"], *observation["clients"]]:
        if not program:
            continue
        program["command"] = without_options(program["command"])
        for console in (program["stdout"], program["stderr"]):
            if isinstance(console["bytes"], str):  # shorter without the paths
                console["total"] = len(console["bytes"].encode())
    return {"cell": seen["cell"], "observation": observation}


def kept(report):
    scenarios = report["scenarios"]
    first = scenarios.index(next(each for each in scenarios if each["verdict"] == "failed"))
    before = [each for each in scenarios[:first] if each["verdict"] == "passed"][-1:]
    after = [each for each in scenarios[first:] if each["verdict"] == "not-tried"][:1]
    return {"role": report["role"],
            "level": report["level"],
            "command": without_options(report["command"]),
            "scenarios": [{"scenario": each["scenario"], "cells": [cell(seen) for seen in each["cells"]]}
                          for each in [*before, scenarios[first], *after]]}


def record(entry):
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        status, _, printed = corpus.verify(entry, report.name)
        if status != corpus.NOT_AS_EXPECTED:
            return printed
        seen = json.loads(without_paths(pathlib.Path(report.name).read_text(encoding="utf-8")))
    name = pathlib.PurePath(entry["program"]).stem
    lines = json.dumps(kept(seen), ensure_ascii=False, indent=1)
    (ANSWERS / f"{name}.json").write_text(lines + "\n", encoding="utf-8")
    return None


def main():
    wanted = set(sys.argv[1:])
    for entry in corpus.entries():
        if pathlib.PurePath(entry["program"]).name not in wanted:
            continue
        wanted.remove(pathlib.PurePath(entry["program"]).name)
        complaint = record(entry)
        if complaint:
            print(f"{entry['program']}: {complaint}")
    if wanted:
        print("no such programs:", *sorted(wanted))
    return 1 if wanted else 0


if __name__ == "__main__":
    sys.exit(main())
