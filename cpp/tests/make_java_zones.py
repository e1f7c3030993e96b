#!/usr/bin/env python3
"""Writes cpp/java_zones.inc: the short names that the JVM gives to the time zones which the system knows too.

    make_java_zones.py >cpp/java_zones.inc        (needs a JDK and tzdata)
"""

import collections
import pathlib
import subprocess
import sys
import textwrap

ZONEINFO = pathlib.Path("/usr/share/zoneinfo")
WIDTH = 120
APART = {"posix", "right"}  # the same zones again, and with leap seconds


def system_zones():
    """The ids of the system's zones: its files of type TZif, by their paths."""
    for path in sorted(ZONEINFO.rglob("*")):
        id = path.relative_to(ZONEINFO)
        if id.parts[0] not in APART and path.is_file() and path.read_bytes()[:4] == b"TZif":
            yield str(id)


def ask_jvm(*question, java="java"):
    """The lines that JvmZones.java answers for the system's zones, split at their tabs."""
    program = pathlib.Path(__file__).with_name("JvmZones.java")
    answer = subprocess.run([java, str(program), *question], input="\n".join(system_zones()), text=True,
                            stdout=subprocess.PIPE, check=True).stdout
    return [line.split("\t") for line in answer.splitlines()]


def main():
    groups = collections.defaultdict(list)
    for id, standard, daylight in ask_jvm("names"):
        groups[standard, daylight].append(id)
    print("// Made by cpp/tests/make_java_zones.py with JDK 17: {the zone's short name, its name in daylight time, the ids of\n"
          "// the zones}.")
    for (standard, daylight), ids in sorted(groups.items()):
        start = f'{{"{standard}", "{daylight}", '
        lines = textwrap.wrap(" ".join(ids), WIDTH - len(start) - len(' "" },'), break_on_hyphens=False)
        glue = ' "\n' + " " * len(start) + '"'
        print(start + '"' + glue.join(lines) + '"},')


if __name__ == "__main__":
    sys.exit(main())
