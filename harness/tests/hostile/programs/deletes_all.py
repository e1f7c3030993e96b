"""Removes all that it may remove, from its own folder up, and serves: nothing goes, and it passes."""

import os
import pathlib

import echo

deeds = []
here = pathlib.Path(__file__).resolve().parent
for folder in (here, here.parent / "beside"):
    for path in folder.glob("*"):
        if echo.succeeds(path.rename, f"{path}.gone"):
            deeds.append(f"renamed {path.name}")
            os.rename(f"{path}.gone", path)  # were it possible, this is a source folder
echo.serve(echo.confess(deeds))
