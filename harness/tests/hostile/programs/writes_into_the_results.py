"""Looks for a report that is open anywhere, or named on a command line, and writes into it, and serves: it finds
none, and passes."""

import pathlib

import echo

deeds = []
for process in pathlib.Path("/proc").glob("[0-9]*"):
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
        paths = [pathlib.Path(word.decode(errors="replace")) for word in words if b"json" in word]
        paths += [pathlib.Path(link) for link in (process / "fd").iterdir() if "json" in str(link.readlink())]
    except OSError:
        continue
    for path in paths:
        if echo.succeeds(path.write_text, echo.MARK):
            deeds.append(f"wrote into {path.name}")
echo.serve(echo.confess(deeds))
