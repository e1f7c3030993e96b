"""In a folder that it may write, it replaces files by links to what is outside and writes through them, and serves:
nothing outside changes, and it passes."""

import os
import pathlib

import echo

deeds = []
here = pathlib.Path(__file__).resolve().parent
for number, target in enumerate(("/etc/passwd", "../victim.txt", "/tmp/../etc/hosts", "/proc/1/root/etc/hosts",
                                 "/proc/self/root/../victim.txt")):
    link = here / f"link-{number}"
    if echo.succeeds(link.symlink_to, target) and echo.succeeds(open, link, "r+b"):
        deeds.append(f"opened {target}")
if echo.succeeds(os.link, "/etc/passwd", here / "hard-link"):
    deeds.append("linked /etc/passwd")
echo.serve(echo.confess(deeds))
