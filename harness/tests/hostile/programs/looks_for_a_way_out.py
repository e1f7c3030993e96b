"""Looks for a way out of its network: a connection, a datagram, a raw socket, another namespace. It goes nowhere, and
passes."""

import ctypes
import os
import socket

import echo

ELSEWHERE = ("192.0.2.1", 80)  # nobody's (RFC 5737)
CLONE_NEWNET = 0x40000000


def connect():
    with socket.create_connection(ELSEWHERE, timeout=0.2):
        pass


def send_datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"out", ELSEWHERE)


def open_raw():
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()


def open_packet():
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0).close()


def enter_another():
    libc = ctypes.CDLL(None, use_errno=True)
    for process in (1, os.getppid()):
        namespace = os.open(f"/proc/{process}/ns/net", os.O_RDONLY)
        if os.fstat(namespace).st_ino == os.stat("/proc/self/ns/net").st_ino:
            raise OSError("its own")
        if libc.setns(namespace, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")


ways = (connect, send_datagram, open_raw, open_packet, enter_another)
deeds = [way.__name__ for way in ways if echo.succeeds(way)]
deeds += [f"has {name}" for _, name in socket.if_nameindex() if name != "lo"]
echo.serve(echo.confess(deeds))
