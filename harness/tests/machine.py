"""What this machine can do, for tests that are programs of their own."""

import json
import subprocess


def why_skipped(parley):
    """What to print where tests that take network namespaces cannot be run; empty where they can."""
    doctor = subprocess.run([parley, "doctor", "--json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    if json.loads(doctor.stdout)["consequences"]["isolation"] == "namespace":
        return ""
    return "skipped: this machine allows no network namespaces; `parley doctor` says what to do"
