"""Raises every limit, its priority and its share of the processors, and serves: it cannot, and passes."""

import os
import resource

import echo

deeds = []
for name in ("RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_CPU", "RLIMIT_DATA", "RLIMIT_CORE"):
    number = getattr(resource, name)
    _, hard = resource.getrlimit(number)
    if hard == resource.RLIM_INFINITY:
        deeds.append(f"has no {name}")
    elif echo.succeeds(resource.setrlimit, number, (hard + 1, hard + 1)):
        deeds.append(f"raised {name}")
if echo.succeeds(os.nice, -5):
    deeds.append("raised its priority")
if echo.succeeds(lambda: os.write(os.open("/proc/self/oom_score_adj", os.O_WRONLY), b"-1000")):
    deeds.append("took itself out of the reach of the memory's keeper")
echo.serve(echo.confess(deeds))
