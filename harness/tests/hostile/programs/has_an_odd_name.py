"""Its folder and file have names with quotes, blanks, a newline and a control sequence in them (the driver sees to
that), and it serves: it passes, and the name is shown in words."""

import echo

echo.serve()
