#!/usr/bin/env python3
"""Each port prints what its reference prints, answers the same octets, and ends the same way.

The other end is played by this test, so that what arrives, and when, is the same for both. Each run has a network of
its own, so that no run disturbs the next (a server that closed first keeps its port for a minute).
"""

import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import sys
from dataclasses import dataclass
from typing import Callable

import twins

PORTS = {"message": 5488, "ctime": 8888, "date": 5155, "echo": 5050}
CLIENT_PORT = 54321  # the servers print it
TIME = re.compile(rb"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d")


@dataclass(frozen=True)
class Case:
    about: str
    twin: str
    arguments: tuple = ()
    stdin: bytes = b""  # None where the peer gives it
    peer: Callable = None  # plays the other end: (program, port or listening socket) -> what it received
    before: Callable = None  # prepares the network: (port) -> a socket to keep until the end, or None


@dataclass(frozen=True)
class Outcome:
    status: int
    stdout: bytes
    stderr: bytes
    received: bytes


# The other end, for a client.


def replies(*steps, reset=False):
    """A server of one client: each step is a chunk to send, or None to receive one. Then it closes, or resets."""
    def play(program, listener):
        connection, _ = listener.accept()
        received = []
        for step in steps:
            if step is None:
                received.append(connection.recv(4096))
            else:
                connection.sendall(step)
        if reset:
            reset_on_close(connection)
        connection.close()
        return b"|".join(received)

    return play


def resets(*steps):
    return replies(*steps, reset=True)


def resets_before_the_line(after_end=False):
    """A server that resets, perhaps after it has ended its output, while the client still waits for its stdin."""
    def play(program, listener):
        connection, _ = listener.accept()
        if after_end:
            connection.shutdown(socket.SHUT_WR)
        reset_on_close(connection)
        connection.close()
        twins.wait_until_connections_closed(listener.getsockname()[1])
        give_stdin(program, b"Oi!\n")
        return b""

    return play


def give_stdin(program, text):
    program.stdin.write(text)
    program.stdin.close()
    program.stdin = None


def reset_on_close(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


# The other end, for a server.


def says(*chunks, then_reset=False, then_kill=False):
    """A client that sends each chunk and takes the answer, then closes or resets."""
    def play(program, port):
        twins.wait_until_listening(program, port)
        with connect(port) as connection:
            received = []
            for chunk in chunks:
                connection.sendall(chunk)
                received.append(connection.recv(8192))
            if then_reset:
                reset_on_close(connection)
            else:
                connection.shutdown(socket.SHUT_WR)
                received += iter(lambda: connection.recv(8192), b"")
        if then_kill:
            twins.wait_until_connections_closed(port)
            program.kill()
        return b"|".join(received)

    return play


def resets_before_it_is_accepted(program, port):
    """A client whose reset has come before the server, stopped meanwhile, sees the connection."""
    twins.wait_until_listening(program, port)
    program.send_signal(signal.SIGSTOP)
    os.waitpid(program.pid, os.WUNTRACED)
    with connect(port) as connection:
        reset_on_close(connection)
    twins.wait_until_connections_closed(port)
    program.send_signal(signal.SIGCONT)
    return b""


def ends_with(number, after_lines=0):
    """No client; a signal to the server once it listens and has printed so many lines."""
    def play(program, port):
        twins.wait_until_listening(program, port)
        printed = [program.stdout.readline() for _ in range(after_lines)]
        program.send_signal(number)
        return b"".join(printed)

    return play


def then(*peers):
    return lambda program, port: b"|".join(peer(program, port) for peer in peers)


def connect(port):
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    connection.bind(("127.0.0.1", CLIENT_PORT))
    connection.connect(("127.0.0.1", port))
    return connection


# The network that the program finds.


def port_taken(port):
    return socket.create_server(("", port))


def ports_reserved(port):
    pathlib.Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").write_text("10000")


def no_ipv6(port):
    switch = pathlib.Path("/proc/sys/net/ipv6/conf/all/disable_ipv6")
    if switch.exists():
        switch.write_text("1")


CASES = [
    Case("no port", "message_server"),
    Case("port in use", "message_server", ("5488",), before=port_taken),
    Case("reserved port", "message_server", ("5488",), before=ports_reserved),
    Case("one line", "message_server", ("5488",), peer=says(b"Oi!\n")),
    Case("a port with text after it", "message_server", ("5488x",), peer=says(b"Oi!")),
    Case("a NUL inside", "message_server", ("5488",), peer=says(b"a\0b\n")),
    Case("255 octets", "message_server", ("5488",), peer=says(b"x" * 255)),
    Case("the end at once", "message_server", ("5488",), peer=says()),
    Case("reset", "message_server", ("5488",), peer=resets_before_it_is_accepted),
    Case("terminated", "message_server", ("5488",), peer=ends_with(signal.SIGTERM)),
    Case("no argument", "message_client"),
    Case("one argument", "message_client", ("localhost",)),
    Case("unknown host", "message_client", ("a..b", "5488")),
    Case("unknown host name", "message_client", ("nobody.invalid", "5488")),
    Case("empty host", "message_client", ("", "5488")),
    Case("IPv6 host", "message_client", ("::1", "5488")),
    Case("refused", "message_client", ("localhost", "5488")),
    Case("a port that is no number", "message_client", ("localhost", "x")),
    Case("one line", "message_client", ("localhost", "5488"), b"Oi!\nmore\n", replies(None, b"reply")),
    Case("a long line", "message_client", ("localhost", "5488"), b"x" * 400, replies(None, b"y" * 400)),
    Case("NULs", "message_client", ("localhost", "5488"), b"a\0b\n", replies(None, b"c\0d")),
    Case("no line", "message_client", ("localhost", "5488"), b"", replies(b"reply")),
    Case("no reply", "message_client", ("localhost", "5488"), b"Oi!\n", replies(None)),
    Case("reset", "message_client", ("localhost", "5488"), b"Oi!\n", resets(None)),
    Case("reset before the line", "message_client", ("localhost", "5488"), None, resets_before_the_line()),
    Case("broken pipe", "message_client", ("localhost", "5488"), None, resets_before_the_line(after_end=True)),
    Case("port in use", "ctime_server", before=port_taken),
    Case("reserved port", "ctime_server", before=ports_reserved),
    Case("two clients", "ctime_server", peer=then(says(), says(then_kill=True))),
    Case("reset", "ctime_server", peer=then(says(), resets_before_it_is_accepted)),
    Case("refused", "ctime_client"),
    Case("one argument, which is not looked at", "ctime_client", ("a..b",)),
    Case("unknown host", "ctime_client", ("a..b", "8888")),
    Case("unknown host name", "ctime_client", ("nobody.invalid", "8888")),
    Case("IPv6 host", "ctime_client", ("::1", "8888")),
    Case("broadcast", "ctime_client", ("<broadcast>", "8888")),
    Case("empty host", "ctime_client", ("", "8888"), peer=replies(b"x")),
    Case("a port that is no number", "ctime_client", ("localhost", "x")),
    Case("an empty port", "ctime_client", ("localhost", "")),
    Case("a port with quotes", "ctime_client", ("localhost", "a'\"\té")),
    Case("a port that is no UTF-8", "ctime_client", ("localhost", b"\xff")),
    Case("a port past 16 bits", "ctime_client", ("localhost", "65536")),
    Case("a negative port", "ctime_client", ("localhost", "-1")),
    Case("a port past all bits", "ctime_client", ("a..b", "9" * 30)),
    Case("an unknown host and a port past 16 bits", "ctime_client", ("a..b", "65536")),
    Case("a port as int() takes it", "ctime_client", ("localhost", " 8_888 "), peer=replies(b"x")),
    Case("a time", "ctime_client", peer=replies(b"Sun Nov 22 09:41:00 2026")),
    Case("quotes and more", "ctime_client", peer=replies(b"it's \"\\\" \t\r\n\0\x1b\x7f\x80\xff")),
    Case("one quote", "ctime_client", peer=replies(b"it's")),
    Case("nothing", "ctime_client", peer=replies()),
    Case("reset", "ctime_client", peer=resets()),
    Case("port in use", "echo_server", before=port_taken),
    Case("reserved port", "echo_server", before=ports_reserved),
    Case("two clients", "echo_server", peer=then(says(b"a"), says(b"b", b"\xc3\xa9'", then_kill=True))),
    Case("all octets", "echo_server", peer=says(bytes(range(256)), then_reset=True)),
    Case("a full buffer", "echo_server", peer=says(b"\0" * 1024, then_reset=True)),
    Case("reset", "echo_server", peer=resets_before_it_is_accepted),
    Case("terminated", "echo_server", peer=ends_with(signal.SIGTERM)),
    Case("refused", "echo_client"),
    Case("unknown host", "echo_client", ("a..b",)),
    Case("two replies", "echo_client", peer=replies(None, b"one", None, b"two")),
    Case("characters", "echo_client", ("127.0.0.1", "aé😀"), peer=replies(None, b"1", None, b"2", None, b"3")),
    Case("an empty message", "echo_client", ("localhost", ""), peer=replies(None)),
    Case("a message that is no UTF-8", "echo_client", ("localhost", b"a\xc3("), peer=replies(None, b"1", None)),
    Case("a reply of UTF-8 and a NUL", "echo_client", peer=replies(None, "é\0😀\n".encode(), None, b"")),
    Case("a reply that starts no character", "echo_client", peer=replies(None, b"ab\xff")),
    Case("a reply that breaks a character", "echo_client", peer=replies(None, b"\xe2\x82(")),
    Case("a reply that ends inside a character", "echo_client", peer=replies(None, b"\xf0\x9f\x98")),
    Case("a surrogate", "echo_client", peer=replies(None, b"\xed\xa0\x80")),
    Case("reset", "echo_client", peer=resets(None)),
    Case("port in use", "date_server", before=port_taken),
    Case("reserved port", "date_server", before=ports_reserved),
    Case("two clients", "date_server", peer=then(says(), says(then_kill=True))),
    Case("a client that resets, and one more", "date_server",
         peer=then(resets_before_it_is_accepted, says(), ends_with(signal.SIGKILL, after_lines=3))),
    Case("no IPv6", "date_server", peer=says(then_kill=True), before=no_ipv6),
    Case("terminated", "date_server", peer=ends_with(signal.SIGTERM, after_lines=1)),
    Case("refused", "date_client"),
    Case("no IPv6", "date_client", peer=replies(b"one\n"), before=no_ipv6),
    Case("a line", "date_client", peer=replies("Agora é:Sun Nov 22 09:41:00 UTC 2026\n".encode())),
    Case("a line and more", "date_client", peer=replies(b"one\r\ntwo\n")),
    Case("a carriage return", "date_client", peer=replies(b"one\rtwo")),
    Case("a line without its end", "date_client", peer=replies(b"one")),
    Case("an empty line", "date_client", peer=replies(b"\n")),
    Case("nothing", "date_client", peer=replies()),
    Case("a long line", "date_client", peer=replies(b"x" * 30000 + b"\n")),
    Case("a NUL", "date_client", peer=replies(b"a\0b\n")),
    Case("malformed UTF-8", "date_client", peer=replies(
        b"1\xff 2\xc3( 3\xe2\x82 4\xed\xa0\x80 5\xf0\x9f\x98. 6\xe0\x80\x80 7\xf4\x90\x80\x80 8\xed\xa0 9\xc0\xaf")),
    Case("a line that ends inside a character", "date_client", peer=replies(b"\xf0\x9f")),
    Case("reset", "date_client", peer=resets()),
]


def run(case, command):
    """One program in one case, in a network of its own."""
    twins.enter_own_network()
    port = PORTS[case.twin.split("_")[0]]
    kept = case.before(port) if case.before else None
    is_client = case.twin.endswith("client")
    listener = socket.create_server(("127.0.0.1", port)) if is_client and case.peer else None
    name = case.twin if len(command) == 1 else command[0]  # the C client prints its own name
    program = twins.start([name, *command[1:], *case.arguments], executable=command[0], stdin=subprocess.PIPE,
                          preexec_fn=twins.give_up_reserved_ports)
    try:
        if case.stdin is not None:
            give_stdin(program, case.stdin)
        received = case.peer(program, listener or port) if case.peer else b""
        stdout, stderr = program.communicate(timeout=twins.PATIENCE)
    finally:
        program.kill()
        for open_socket in filter(None, (kept, listener)):
            open_socket.close()
    return Outcome(program.returncode, TIME.sub(b"<time>", stdout), stderr, TIME.sub(b"<time>", received))


def expected_of(twin, outcome):
    """The reference's outcome; of a Python traceback, the last line."""
    if twin.language != "Python" or not outcome.stderr:
        return outcome
    last_line = outcome.stderr.splitlines(keepends=True)[-1]
    return Outcome(outcome.status, outcome.stdout, last_line, outcome.received)


def differences(case, expected, actual):
    for part in ("status", "stdout", "stderr", "received"):
        if getattr(expected, part) != getattr(actual, part):
            yield (f"{case.twin}, {case.about}: {part}\n"
                   f"  reference {getattr(expected, part)!r}\n  port      {getattr(actual, part)!r}")


def main():
    arguments = twins.parse_arguments()
    all_twins = twins.twins(arguments.build, arguments.source)
    cases = [case for case in CASES if case.twin in all_twins]
    found = []
    for case in cases:
        twin = all_twins[case.twin]
        expected = expected_of(twin, run(case, twin.reference))
        actual = run(case, twin.port)
        found += differences(case, expected, actual)
    print(f"{len(cases)} cases, {len(found)} differences")
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
