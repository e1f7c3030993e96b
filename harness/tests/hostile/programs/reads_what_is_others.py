"""Looks for a submission beside its own, for the scenarios, the reference that it plays against, and private files,
and serves: it finds none, and passes."""

import pathlib

import echo


def holds_something(path):
    try:
        with open(path, "rb") as file:
            return file.read(1) != b""
    except OSError:
        return False


deeds = []
for path in ("scenarios/echo/two-messages.json", "reference/python/echo_client.py", "harness/tests/hostile/hostile.json",
             "harness/parley/judge/judge.cc"):
    if holds_something(echo.SOURCE / path):
        deeds.append(f"read {path}")
for path in ("/etc/shadow", "/etc/ssh/ssh_host_ed25519_key", "/proc/1/environ", "/proc/1/mem", "/proc/kcore", "/dev/mem"):
    if holds_something(path):
        deeds.append(f"read {path}")
for other in pathlib.Path(__file__).resolve().parent.parent.glob("*/secret.txt"):
    if holds_something(other):
        deeds.append(f"read {other.name}")
echo.serve(echo.confess(deeds))
