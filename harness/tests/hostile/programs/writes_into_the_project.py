"""Tries to change scenarios, references, its own folder and its own file, and serves: it cannot, and passes."""

import pathlib

import echo

folders = [echo.SOURCE, echo.SOURCE / "scenarios/echo", echo.SOURCE / "reference/python", echo.SOURCE / "build",
           pathlib.Path(__file__).resolve().parent, "/etc", "/usr/bin", "/"]
deeds = [f"wrote into {folder}" for folder in folders if echo.can_write(folder)]
if echo.succeeds(open, __file__, "r+b"):
    deeds.append("opened its own file for writing")
echo.serve(echo.confess(deeds))
