#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""Runs a command with stderr on a terminal of its own and prints what was
written there, escapes shown as Python shows them; stdin and stdout are ours.
The exit status is the command's.

    on_terminal.py COMMAND [ARG ..]

COLUMNS, if set, is how wide the terminal is.
"""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

master, slave = pty.openpty()
if "COLUMNS" in os.environ:
    fcntl.ioctl(slave, termios.TIOCSWINSZ,
                struct.pack("HHHH", 24, int(os.environ["COLUMNS"]), 0, 0))
child = subprocess.Popen(sys.argv[1:], stderr=slave)
os.close(slave)
seen = b""
while True:
    try:
        piece = os.read(master, 65536)
    except OSError:
        break
    if not piece:
        break
    seen += piece
print(repr(seen.decode())[1:-1], file=sys.stderr)
sys.exit(child.wait())
