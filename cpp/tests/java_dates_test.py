#!/usr/bin/env python3
"""The date port prints what the JVM prints, in every time zone that the JVM and the system know, winter and summer.

The port takes the rules of daylight time from the system's tz data, the JVM has its own copy. Where the two disagree on
the offset at an instant, their versions differ and nothing is to be learnt of the names: such cases are counted apart.
"""

import datetime
import re
import shutil
import subprocess
import sys
import time

import twins
from make_java_zones import ZONEINFO, ask_jvm, system_zones

DESCRIBED_JDK = "17"  # the one whose names the table holds
MOST_APART = 1 / 30  # of the cases; more than that would hide a fault of the port


def instants():
    """Winter, summer and now."""
    year = datetime.date.today().year
    noon = [datetime.datetime(year, month, 15, 12, tzinfo=datetime.timezone.utc) for month in (1, 7)]
    return [str(int(instant.timestamp())) for instant in noon] + [str(int(time.time()))]


def ask_port(program, when):
    answer = subprocess.run([program, *when], input="\n".join(system_zones()), text=True, stdout=subprocess.PIPE,
                            check=True).stdout
    return [line.split("\t") for line in answer.splitlines()]


def compare(jvm, port):
    """The cases whose text differs, and those whose offset does."""
    wrong, apart = [], []
    for (zone, instant), (offset, text) in jvm.items():
        port_offset, port_text = port[zone, instant]
        if offset != port_offset:
            apart.append(f"{zone} at {instant}: {offset} s in the JVM, {port_offset} s in the system")
        elif text != port_text:
            wrong.append(f"{zone}: the JVM prints {text!r}, the port {port_text!r}")
    return wrong, apart


def jdk_version():
    return re.search(r'"(\d+)', subprocess.run(["java", "-version"], stderr=subprocess.PIPE, text=True).stderr)[1]


def by_case(lines):
    return {(zone, instant): (offset, text) for zone, instant, offset, text in lines}


def main():
    arguments = twins.parse_arguments()
    if shutil.which("java") is None or shutil.which("javac") is None:
        twins.skip("needs a JDK (package default-jdk-headless)")
    if not ZONEINFO.is_dir():
        twins.skip(f"needs {ZONEINFO} (package tzdata)")
    when = instants()
    jvm = by_case(ask_jvm("dates", *when))
    port = by_case(ask_port(arguments.build / "cpp/tests/print_java_dates", when))
    wrong, apart = compare(jvm, port)
    print(f"{len(jvm)} cases, {len(wrong)} differ; left out, as the two tz data disagree: {len(apart)}")
    print(*apart, *wrong, sep="\n")
    if wrong and jdk_version() != DESCRIBED_JDK:
        twins.skip(f"the table holds the names of JDK {DESCRIBED_JDK}, and this is JDK {jdk_version()}")
    return 1 if wrong or len(apart) > len(jvm) * MOST_APART or not jvm else 0


if __name__ == "__main__":
    sys.exit(main())
