#!/bin/sh
# Ends before it has opened a connection.
echo "usage: client HOST PORT" >&2
exit 2
