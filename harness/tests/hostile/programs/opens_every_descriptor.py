"""Opens descriptors until there are none, closes ten, and serves: it passes."""

import os

import echo

held = []
while echo.succeeds(lambda: held.append(os.open("/dev/null", os.O_RDONLY))):
    pass
for descriptor in held[-10:]:
    os.close(descriptor)
echo.serve(echo.confess(["no limit"] if len(held) > 5000 else []))
