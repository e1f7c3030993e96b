#!/usr/bin/env python3
"""What programs find that the library is preloaded into: the ports that they name, whatever the real ones are.

PARLEY_PORTMAP in the environment says where the library is.
"""

import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import textwrap
import unittest

LIBRARY = os.environ["PARLEY_PORTMAP"]
PATIENCE = 60  # seconds

# What every snippet may use.
PRELUDE = """
import errno, os, socket, sys
from socket import *

def code(call, *arguments):
    try:
        call(*arguments)
        return "no error"
    except OSError as error:
        return errno.errorcode[error.errno]

def listening(port, host="", family=AF_INET):
    made = socket(family)
    made.bind((host, port))
    made.listen()
    return made

def connected(port, host="127.0.0.1", family=AF_INET):
    made = socket(family)
    made.connect((host, port))
    return made
"""


REFUSING = socket.socket()  # nobody listens there
REFUSING.bind(("", 0))


class Table:
    """The table of one place, as portmap/port_table.h lays it out."""

    def __init__(self, folder, name="ports"):
        self.path = folder / name
        octets = bytearray(4096)
        struct.pack_into("=Q", octets, 8, REFUSING.getsockname()[1])
        self.path.write_bytes(octets)

    @property
    def connects(self):
        return struct.unpack_from("=Q", self.path.read_bytes())[0]

    def real(self, protocol, named):
        for (entry,) in struct.iter_unpack("=Q", self.path.read_bytes()[16:]):
            if entry >> 16 == protocol << 16 | named:
                return entry & 0xFFFF
        return None

    def add(self, protocol, named, real):
        octets = bytearray(self.path.read_bytes())
        at = next(at for at in range(16, 4096, 8) if not any(octets[at:at + 8]))
        struct.pack_into("=Q", octets, at, protocol << 32 | named << 16 | real)
        self.path.write_bytes(octets)


class PortMap(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.table = Table(self.folder)

    def start(self, snippet, table=None):
        environment = {"PARLEY_PORTS": str((table or self.table).path), "LD_PRELOAD": LIBRARY, "PATH": os.environ["PATH"],
                       "ASAN_OPTIONS": "verify_asan_link_order=0"}
        started = subprocess.Popen([sys.executable, "-B", "-c", PRELUDE + textwrap.dedent(snippet)], env=environment,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(started.wait)
        self.addCleanup(started.stdout.close)
        self.addCleanup(started.stdin.close)
        self.addCleanup(started.kill)
        return started

    def printed(self, snippet, table=None):
        """What the program prints, line by line."""
        return self.start(snippet, table).communicate(timeout=PATIENCE)[0].splitlines()

    def test_is_not_there_without_a_table(self):
        environment = {"LD_PRELOAD": LIBRARY, "PATH": os.environ["PATH"]}
        snippet = "import socket; s = socket.socket(); s.bind(('', 0)); print(s.getsockname()[1])"
        ran = subprocess.run([sys.executable, "-B", "-c", snippet], env=environment, capture_output=True, text=True)
        self.assertGreater(int(ran.stdout), 1023, ran.stderr)

    def test_gives_a_port_under_the_name_that_the_program_uses(self):
        self.assertEqual(self.printed("""
            server = listening(5050)
            client = connected(5050)
            accepted, peer = server.accept()
            print(server.getsockname(), client.getpeername(), accepted.getsockname())
            print(peer == client.getsockname() == accepted.getpeername())
            client.send(b"hello")
            print(accepted.recv(5))
            """), ["('0.0.0.0', 5050) ('127.0.0.1', 5050) ('127.0.0.1', 5050)", "True", "b'hello'"])
        self.assertNotIn(self.table.real(socket.IPPROTO_TCP, 5050), (None, 5050))

    def test_does_the_same_in_the_newer_family_and_in_both(self):
        self.assertEqual(self.printed("""
            alone = listening(5050, "::1", AF_INET6)
            print(alone.getsockname()[:2], connected(5050, "::1", AF_INET6).getpeername()[:2])
            print(code(connected, 5050))
            both = socket(AF_INET6)
            both.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            both.bind(("::", 5155))
            both.listen()
            print(connected(5155).getpeername(), connected(5155, "::1", AF_INET6).getpeername()[:2])
            print(both.accept()[1][0])
            """), ["('::1', 5050) ('::1', 5050)", "ECONNREFUSED", "('127.0.0.1', 5155) ('::1', 5155)",
                   "::ffff:127.0.0.1"])

    def test_lets_a_program_have_one_port_in_each_family(self):
        self.assertEqual(self.printed("""
            one = listening(5050)
            other = socket(AF_INET6)
            other.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)
            other.bind(("::", 5050))
            other.listen()
            print(connected(5050).getpeername()[1], connected(5050, "::1", AF_INET6).getpeername()[1])
            """), ["5050 5050"])

    def test_refuses_a_port_that_is_taken_in_the_same_place(self):
        self.assertEqual(self.printed("""
            server = listening(5050)
            print(code(socket().bind, ("", 5050)))
            again = socket()
            again.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            print(code(again.bind, ("", 5050)))
            bound = socket()
            bound.bind(("", 5051))
            print(code(socket().bind, ("127.0.0.1", 5051)))
            """), ["EADDRINUSE", "EADDRINUSE", "EADDRINUSE"])

    def test_keeps_places_apart(self):
        other = Table(self.folder, "other")
        server = self.start("server = listening(5050); print('listens', flush=True); print(server.accept())")
        self.assertEqual(server.stdout.readline(), "listens\n")
        self.assertEqual(self.printed("print(code(connected, 5050)); listening(5050); print('listens')", other),
                         ["ECONNREFUSED", "listens"])
        self.assertEqual(self.printed("print(code(connected, 5050))"), ["no error"])

    def test_leaves_options_as_the_program_set_them(self):
        self.assertEqual(self.printed("""
            for wanted in 0, 1:
                server = socket()
                server.setsockopt(SOL_SOCKET, SO_REUSEADDR, wanted)
                server.bind(("", 5050 + wanted))
                server.listen()
                print(server.getsockopt(SOL_SOCKET, SO_REUSEADDR))
            """), ["0", "1"])

    def test_finds_a_port_that_is_reserved_beside_the_reservation(self):
        reservation = socket.socket()
        self.addCleanup(reservation.close)
        reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reservation.bind(("", 0))
        real = reservation.getsockname()[1]
        self.table.add(socket.IPPROTO_TCP, 5050, real)
        server = self.start("server = listening(5050); print('listens', flush=True); print(server.accept()[0].recv(9))")
        self.assertEqual(server.stdout.readline(), "listens\n")
        with socket.create_connection(("127.0.0.1", real)) as client:
            client.send(b"hello")
            self.assertEqual(server.stdout.readline(), "b'hello'\n")

    def test_leaves_reserved_ports_to_nobody(self):
        self.assertEqual(self.printed("print(code(socket().bind, ('', 1023)), code(socket().bind, ('', 1024)))"),
                         ["EACCES no error"])

    def test_lets_nothing_out(self):
        self.assertEqual(self.printed("""
            print(code(connected, 80, "192.0.2.1"), code(socket().bind, ("192.0.2.1", 5050)))
            print(code(connected, 80, "2001:db8::1", AF_INET6))
            print(code(socket(AF_INET, SOCK_DGRAM).sendto, b"x", ("192.0.2.1", 53)))
            """), ["ENETUNREACH EADDRNOTAVAIL", "ENETUNREACH", "ENETUNREACH"])

    def test_keeps_a_program_from_the_machines_own_address(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outgoing:
            try:
                outgoing.connect(("192.0.2.1", 9))
            except OSError:
                self.skipTest("this machine has no address but its loopback's")
            own = outgoing.getsockname()[0]
        self.assertEqual(self.printed(f"print(code(socket().bind, ('{own}', 5050)), code(connected, 5050, '{own}'))"),
                         ["EADDRNOTAVAIL ENETUNREACH"])

    def test_takes_an_address_without_a_family_as_the_kernel_does(self):
        self.assertEqual(self.printed("""
            import ctypes, struct
            server = socket()
            address = struct.pack("=HH12x", AF_UNSPEC, htons(5050))
            print(ctypes.CDLL(None).bind(server.fileno(), address, len(address)), server.getsockname())
            """), ["0 ('0.0.0.0', 5050)"])
        self.assertNotIn(self.table.real(socket.IPPROTO_TCP, 5050), (None, 5050))

    def test_lets_nothing_in_from_other_interfaces(self):
        self.assertEqual(self.printed("print(listening(5050).getsockopt(SOL_SOCKET, SO_BINDTODEVICE, 16)[:2])"), ["b'lo'"])

    def test_keeps_a_program_from_the_machines_own_services(self):
        with socket.create_server(("127.0.0.1", 0)) as service:
            self.assertEqual(self.printed(f"print(code(connected, {service.getsockname()[1]}))"), ["ECONNREFUSED"])

    def test_lets_a_program_reach_the_port_that_the_kernel_chose_for_it(self):
        self.assertEqual(self.printed("""
            server = listening(0)
            print(connected(server.getsockname()[1]).getpeername() == ("127.0.0.1", server.getsockname()[1]))
            unbound = socket()
            unbound.listen()
            print(code(connected, unbound.getsockname()[1]))
            """), ["True", "no error"])

    def test_counts_connections_that_are_tried(self):
        self.printed("listening(5050)")
        self.assertEqual(self.table.connects, 0)
        self.printed("code(connected, 5050); code(connected, 80, '192.0.2.1')")
        self.assertEqual(self.table.connects, 1)

    def test_maps_datagrams_too(self):
        self.assertEqual(self.printed("""
            server, client = socket(AF_INET, SOCK_DGRAM), socket(AF_INET, SOCK_DGRAM)
            server.bind(("", 5050))
            client.bind(("127.0.0.1", 5051))
            client.sendto(b"one", ("127.0.0.1", 5050))
            print(server.recvfrom(9), server.getsockname())
            server.sendmsg([b"two"], [], 0, ("127.0.0.1", 5051))
            data, _, _, sender = client.recvmsg(9)
            print(data, sender)
            free = socket(AF_INET, SOCK_DGRAM)
            free.sendto(b"three", ("127.0.0.1", 5050))
            data, sender = server.recvfrom(9)
            server.sendto(b"four", sender)
            print(free.recv(9))
            print(code(socket(AF_INET, SOCK_DGRAM).bind, ("", 5050)))
            """), ["(b'one', ('127.0.0.1', 5051)) ('0.0.0.0', 5050)", "b'two' ('127.0.0.1', 5050)", "b'four'",
                   "EADDRINUSE"])
        self.assertIsNone(self.table.real(socket.IPPROTO_TCP, 5050))

    def test_is_there_in_children_too(self):
        self.assertEqual(self.printed("""
            import subprocess
            server = listening(5050)
            child = "import socket; print(socket.create_connection(('127.0.0.1', 5050)).getpeername())"
            sys.stdout.write(subprocess.run([sys.executable, "-c", child], stdout=subprocess.PIPE, text=True).stdout)
            """), ["('127.0.0.1', 5050)"])

    def test_gives_a_port_to_one_of_the_processes_that_name_it_at_once(self):
        racer = """
            held = []
            print("ready", flush=True)
            sys.stdin.readline()
            print(code(lambda: held.append(listening(5050))), flush=True)
            sys.stdin.readline()
            """
        for _ in range(5):
            table = Table(self.folder, "race")
            racers = [self.start(racer, table) for _ in range(4)]
            for each in racers:
                self.assertEqual(each.stdout.readline(), "ready\n")
            for each in racers:
                each.stdin.write("go\n")
                each.stdin.flush()
            answers = [each.stdout.readline() for each in racers]
            self.assertEqual(sorted(answers), ["EADDRINUSE\n"] * 3 + ["no error\n"])
            for each in racers:
                each.kill()

    def test_gives_a_port_to_one_of_the_threads_that_name_it_at_once(self):
        self.assertEqual(self.printed("""
            import threading
            count = [0] * 400
            barrier = threading.Barrier(4)
            def race():
                for index in range(len(count)):
                    mine = socket()
                    barrier.wait()
                    if code(mine.bind, ("", 5050 + index)) == "no error":
                        count[index] += 1
                    barrier.wait()
            threads = [threading.Thread(target=race) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            print(set(count))
            """), ["{1}"])

    def test_looks_names_up_in_files_alone(self):
        self.assertEqual(self.printed("""
            print(gethostbyname("localhost"))
            try:
                gethostbyname("nowhere.invalid")
            except gaierror as error:
                print("unknown")
            """), ["127.0.0.1", "unknown"])

    def test_leaves_other_sockets_alone(self):
        self.assertEqual(self.printed("""
            one, other = socketpair()
            one.send(b"x")
            print(other.recv(1), code(os.fdopen(os.dup(0), "rb", 0).read, 0))
            print(code(socket().bind, ("127.0.0.1", 0)), code(socket(AF_UNIX).connect, "/no/such/socket"))
            """), ["b'x' no error", "no error ENOENT"])


if __name__ == "__main__":
    with REFUSING:
        unittest.main(verbosity=2)
