"""What the tests that run ports beside their references share: the pairs, their needs, and a network of their own."""

import argparse
import ctypes
import fcntl
import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import time
from dataclasses import dataclass

SKIPPED = 77
CLEAN_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
TIME_WAIT, CLOSED, LISTENING = "06", "07", "0A"  # include/net/tcp_states.h
PATIENCE = 60  # seconds until a program that should have ended counts as stuck


@dataclass(frozen=True)
class Twin:
    """A port and its reference: two command lines that must not be told apart."""

    name: str
    language: str
    reference: tuple
    port: tuple


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--source", type=pathlib.Path, required=True)
    return parser.parse_args()


def twins(build, source):
    """The eight of them by name; those of Java are left out, and said, where there is no JDK."""
    def python(file):
        return (sys.executable, "-B", str(source / "reference/python" / file))

    def java(program):
        return (shutil.which("java"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData",
                "-cp", str(build / "reference/java/slides.jar"), program)

    found = [
        Twin("message_server", "C", (str(build / "reference/c/server"),), ()),
        Twin("message_client", "C", (str(build / "reference/c/client"),), ()),
        Twin("ctime_server", "Python", python("time_server.py"), ()),
        Twin("ctime_client", "Python", python("time_client.py"), ()),
        Twin("echo_server", "Python", python("echo_server.py"), ()),
        Twin("echo_client", "Python", python("echo_client.py"), ()),
        Twin("date_server", "Java", java("Server"), ()),
        Twin("date_client", "Java", java("Client"), ()),
    ]
    if not has_java(build):
        print("without the date twins: no JDK when this was built (package default-jdk-headless)")
        found = found[:-2]
    return {twin.name: Twin(twin.name, twin.language, twin.reference, (str(build / "cpp" / twin.name),))
            for twin in found}


def has_java(build):
    return shutil.which("java") is not None and (build / "reference/java/slides.jar").exists()


def enter_own_network():
    """Moves this process into a network namespace of its own, loopback up; as an ordinary user through a user
    namespace. Skips the test where the machine does not allow it."""
    new_user, new_net = 0x10000000, 0x40000000
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    try:
        if libc.unshare(new_net) != 0:
            if libc.unshare(new_user | new_net) != 0:
                raise OSError(ctypes.get_errno(), "unshare")
            pathlib.Path("/proc/self/setgroups").write_text("deny")
            pathlib.Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
            pathlib.Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            set_flags, up_and_running = 0x8914, 0x1 | 0x40
            fcntl.ioctl(any_socket, set_flags, struct.pack("16sH14x", b"lo", up_and_running))
    except OSError as error:
        skip(f"this machine allows no network namespace ({error})")


def start(command, **options):
    """Starts a program in a clean environment, its stdin at its end unless told otherwise. Its pipes are unbuffered, so
    that what is read from stdout early is not more than what was asked for."""
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.Popen(command, env=CLEAN_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
                            **options)


def wait_until_listening(server, port):
    """Returns once something in this network namespace listens on `port`: the kernel's table tells, no probe does.
    Raises RuntimeError where `server` ends first."""
    while LISTENING not in connection_states(port):
        if server.poll() is not None:
            raise RuntimeError(f"{server.args} ended before it listened: {server.stderr.read()}")


def wait_until_connections_closed(port):
    """Returns once no connection from or to `port` is left in this network namespace, but those that linger after both
    ends have closed (TIME_WAIT). Raises TimeoutError after PATIENCE seconds."""
    deadline = time.monotonic() + PATIENCE
    while set(connection_states(port)) - {TIME_WAIT, CLOSED, LISTENING}:
        if time.monotonic() > deadline:
            raise TimeoutError(f"a connection to port {port} stays open")


def connection_states(port):
    """The kernel's numbers for the states of the TCP sockets that have `port` at either end."""
    at_either_end = rf"(?:[0-9A-F]+:{port:04X} [0-9A-F]+:[0-9A-F]+|[0-9A-F]+:[0-9A-F]+ [0-9A-F]+:{port:04X})"
    entry = re.compile(rf"^ *\d+: {at_either_end} ([0-9A-F]{{2}}) ", re.M)
    return [state for table in ("tcp", "tcp6") for state in entry.findall(pathlib.Path("/proc/net", table).read_text())]


def give_up_reserved_ports():
    """Takes from this process, and whatever it executes, root's right to bind a reserved port."""
    drop_from_bounding_set, bind_service = 24, 10  # prctl(2), capabilities(7)
    ctypes.CDLL(None).prctl(drop_from_bounding_set, bind_service, 0, 0, 0)
