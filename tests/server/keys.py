#!/usr/bin/python3
# SPDX-License-Identifier: ISC
r"""Runs a command on a terminal of its own and types the next keys each time
the prompt stands there.  Prints what was written to the terminal, then "modes
kept" or "modes lost", and ends with the command's status, or 128 and the
signal.

    keys.py PROMPT "KEYS .." COMMAND [ARG ..]

In KEYS \xNN is a byte (\x03: Ctrl-C); ! closes the terminal.
"""

import fcntl
import os
import pty
import signal
import sys
import termios
import time

prompt, keys = sys.argv[1].encode(), sys.argv[2]
keys = [k.encode().decode("unicode_escape") for k in keys.split()]
master, slave = pty.openpty()
before = termios.tcgetattr(slave)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)
    os.close(master)
    # What a background job ignores, a terminal's does not.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    os.execvp(sys.argv[3], sys.argv[3:])

seen, asked = b"", 0
status = None
os.set_blocking(master, False)
while True:
    try:
        piece = os.read(master, 65536)
        seen += piece
        continue
    except (BlockingIOError, OSError):
        pass
    done, status = os.waitpid(child, os.WNOHANG)
    if done:
        break
    if keys and seen.count(prompt) > asked:
        asked = seen.count(prompt)
        if keys[0] == "!":
            os.close(slave)
            os.close(master)
            _, status = os.waitpid(child, 0)
            print("closed")
            sys.exit(0)
        # The prompt comes just before the read.
        time.sleep(0.1)
        os.write(master, keys.pop(0).encode("latin-1"))
    time.sleep(0.02)
try:
    seen += os.read(master, 65536)
except OSError:
    pass
sys.stdout.write(seen.decode(errors="replace").replace("\r\n", "\n"))
print("modes kept" if termios.tcgetattr(slave) == before else "modes lost")
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status)
         else 128 + os.WTERMSIG(status))
