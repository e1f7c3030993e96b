#!/usr/bin/env python3
"""Each port calls the socket primitives that its reference calls, in the same order.

Both hold one plain conversation under strace. Compared are the calls on the sockets that were bound, connected or
accepted, one name for all that receives (read, recvfrom, …) and for all that sends, with backlog, options and sizes. So
the JVM's probes at its start, made of sockets that it never uses, fall out by themselves.
"""

import difflib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import twins

RECEIVE = {"read", "recvfrom", "recvmsg"}
SEND = {"write", "sendto", "sendmsg"}
TRACED = RECEIVE | SEND | {"socket", "setsockopt", "bind", "listen", "accept", "accept4", "connect", "shutdown",
                           "close"}


@dataclass(frozen=True)
class Conversation:
    port: int
    server_arguments: tuple = ()
    client_arguments: tuple = ()
    client_input: bytes = b""
    server_ends: bool = False  # by itself, after one client


CONVERSATIONS = {
    "message": Conversation(5488, ("5488",), ("localhost", "5488"), b"Oi, sou o cliente!\n", server_ends=True),
    "ctime": Conversation(8888),
    "date": Conversation(5155),
    "echo": Conversation(5050),
}


@dataclass
class Descriptor:
    """What a file descriptor stood for from its making to its close."""

    used: bool  # bound, connected or accepted
    accepted: bool = False
    closed: bool = False


class TraceReader:
    """Turns strace's lines into the calls on TCP sockets, in their order."""

    LINE = re.compile(r"\d+ +(?:(?P<name>\w+)\((?P<args>.*)|<\.\.\. (?P<resumed>\w+) resumed>(?P<rest>.*))$")
    RESULT = re.compile(r"\) += (-?\d+)")

    def __init__(self):
        self.open_ = {}
        self.calls_ = []
        self.unfinished_ = {}

    def read(self, text):
        for line in text.splitlines():
            thread = line.split(" ", 1)[0]
            match = self.LINE.match(line)
            if match is None:
                continue
            if match["resumed"]:
                self.call(match["resumed"], self.unfinished_.pop(thread, "") + match["rest"])
            elif match["args"].endswith("<unfinished ...>") and match["name"] != "close":
                self.unfinished_[thread] = match["args"].removesuffix("<unfinished ...>").rstrip()
            else:
                self.call(match["name"], match["args"])
        return [text for text, descriptor in self.calls_ if descriptor.used]

    def has_served(self):
        """Whether a connection was accepted, and each that was is closed again."""
        connections = [descriptor for _, descriptor in self.calls_ if descriptor.accepted]
        return bool(connections) and all(connection.closed for connection in connections)

    def call(self, name, text):
        """One call that has returned; of close it is enough that it began."""
        result = self.RESULT.search(text)
        result = int(result[1]) if result else None
        if name == "socket":
            if result is not None and re.match(r"AF_INET6?, SOCK_STREAM", text):
                self.open_[result] = Descriptor(used=False)
                self.note(self.open_[result], f"socket {text.split(',')[0]}")
            return
        number = re.match(r"\d+", text)
        descriptor = self.open_.get(int(number[0])) if number else None
        if descriptor is None or (result is None and name != "close"):
            return
        self.note(descriptor, describe(name, text, result))
        descriptor.used |= name in ("bind", "connect")
        if name.startswith("accept") and result >= 0:
            self.open_[result] = Descriptor(used=True, accepted=True)
        if name == "close":
            self.open_.pop(int(number[0])).closed = True

    def note(self, descriptor, text):
        self.calls_.append((text, descriptor))


def describe(name, text, result):
    arguments = re.sub(r"\) += .*", "", text)
    if name in RECEIVE:
        limit = re.search(r', (\d+)(, 0, NULL, NULL)?$', arguments)
        return f"receive at most {limit[1] if limit else '?'}: {result}"
    if name in SEND:
        return f"send: {result}"
    if name in ("bind", "connect"):
        host = re.search(r'inet_(?:addr\(|pton\(AF_INET6, )"([^"]+)"', arguments)[1]
        return f"{name} {host} {re.search(r'htons[(]([0-9]+)', arguments)[1]}: {result}"
    if name == "listen":
        return f"listen, backlog {arguments.split(', ')[1]}"
    if name == "setsockopt":
        return f"setsockopt {', '.join(arguments.split(', ')[1:4])}"
    return {"accept4": "accept"}.get(name, name)


def traced(command, file):
    calls = ",".join(sorted(TRACED))
    return ["strace", "-f", "-e", f"trace={calls}", "-e", "signal=none", "-o", str(file), *command]


def converse(server, client, conversation, folder):
    """Runs the pair under strace in a network of its own. Returns the calls of the server and of the client."""
    twins.enter_own_network()
    serving = twins.start(traced([*server, *conversation.server_arguments], folder / "server"))
    try:
        twins.wait_until_listening(serving, conversation.port)
        asking = twins.start(traced([*client, *conversation.client_arguments], folder / "client"), stdin=subprocess.PIPE)
        asking.communicate(conversation.client_input, timeout=twins.PATIENCE)
        wait_until_served(serving, folder / "server", conversation)
    finally:
        end_tracee(folder / "server", serving)
    return [TraceReader().read((folder / side).read_text()) for side in ("server", "client")]


def wait_until_served(strace, trace, conversation):
    """Returns once the server has made its last call for its client. Its trace tells, not the state of the connection:
    that is over before the server has closed a socket whose output it had ended."""
    if conversation.server_ends:
        strace.wait(timeout=twins.PATIENCE)
        return
    deadline = time.monotonic() + twins.PATIENCE
    while not has_served(trace):
        if time.monotonic() > deadline:
            raise TimeoutError(f"the server keeps its connection:\n{trace.read_text()}")


def has_served(trace):
    reader = TraceReader()
    reader.read(trace.read_text())
    return reader.has_served()


def end_tracee(trace, strace):
    """Ends the program under strace, where it still runs. strace then writes what it knows and ends by itself."""
    first_thread = re.match(r"\d+", trace.read_text())
    if strace.poll() is None and first_thread is not None:
        os.kill(int(first_thread[0]), signal.SIGKILL)
    strace.communicate(timeout=twins.PATIENCE)


def difference(name, reference, port):
    """Text for a person where the two differ, or where there is nothing to compare."""
    if not reference:
        return f"{name}: the trace of the reference shows no call at all"
    lines = difflib.unified_diff(reference, port, "reference", "port", n=99, lineterm="")
    return "\n".join([f"{name}:", *lines]) if reference != port else ""


def check_needs():
    if shutil.which("strace") is None:
        twins.skip("needs strace (package strace)")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], stderr=subprocess.DEVNULL).returncode != 0:
        twins.skip("strace may not trace on this machine (ptrace is denied)")


def main():
    arguments = twins.parse_arguments()
    check_needs()
    all_twins = twins.twins(arguments.build, arguments.source)
    differences = []
    for name, conversation in CONVERSATIONS.items():
        if f"{name}_server" not in all_twins:
            continue
        pair = [all_twins[f"{name}_{side}"] for side in ("server", "client")]
        with tempfile.TemporaryDirectory() as folder:
            references = converse(*[twin.reference for twin in pair], conversation, pathlib.Path(folder))
            ports = converse(*[twin.port for twin in pair], conversation, pathlib.Path(folder))
        for twin, reference, port in zip(pair, references, ports):
            print(f"{twin.name}: {' → '.join(reference)}")
            differences.append(difference(twin.name, reference, port))
    differences = [text for text in differences if text]
    print(*differences, sep="\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
