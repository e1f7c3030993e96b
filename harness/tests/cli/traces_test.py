#!/usr/bin/env python3
"""A run of everything leaves nothing behind but what it was asked for."""

import ctypes
import os
import pathlib

import command
from command import SOURCE

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def adopt_orphans():
    """Makes whatever the command leaves behind a child of this process."""
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError("prctl")


def files_below(*folders):
    return {path for folder in folders for path in folder.rglob("*")}


def java_traces():
    """Where a JVM that is not told otherwise says that it runs."""
    return set(pathlib.Path("/tmp").glob("hsperfdata_*/*"))


class Traces(command.Test):
    def test_none_of_a_run_of_all_scenarios(self):
        adopt_orphans()
        home, elsewhere = self.folder / "home", self.folder / "elsewhere"
        home.mkdir()
        elsewhere.mkdir()
        ours = (SOURCE / "scenarios", SOURCE / "reference")
        files, java = files_below(*ours), java_traces()
        self.run_parley("run", env=os.environ | {"HOME": str(home), "TMPDIR": str(elsewhere)}, cwd=elsewhere)
        # Without a process that is in it, no network namespace lasts.
        with self.assertRaises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)
        self.assertEqual(files_below(*ours), files)
        self.assertEqual(files_below(home, elsewhere), set())
        self.assertEqual(java_traces() - java, set())


if __name__ == "__main__":
    command.main()
