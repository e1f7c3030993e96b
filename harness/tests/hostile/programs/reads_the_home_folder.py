"""Looks for anything to read in home folders, and serves: there is nothing, and it passes."""

import os
import pathlib
import pwd

import echo

deeds = []
homes = {pathlib.Path("/root"), *pathlib.Path("/home").glob("*"), *(pathlib.Path(user.pw_dir) for user in pwd.getpwall())}
own = pathlib.Path(__file__).resolve()
for home in homes:
    if len(home.parts) < 2 or home in own.parents or not str(home).startswith(("/root", "/home")):
        continue
    try:
        if any(home.iterdir()):
            deeds.append(f"read {home}")
    except OSError:
        pass
echo.serve(echo.confess(deeds))
