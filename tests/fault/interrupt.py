# SPDX-License-Identifier: ISC
"""Ends a tool at moments spread over its run, and looks at what is left.

    interrupt.py FULL REPORT OUTPUT MOMENTS COMMAND ..

FULL holds what the whole run prints.  The command gets its stdin from ours,
which must be a file, handed over in pieces so that there is a middle to be
ended in.  OUTPUT is a file that -o of the command names, or "-".

At each moment it is told SIGINT, SIGTERM or SIGHUP, or its reader goes away.
Then: its output is whole lines and a beginning of the full one, the report
has one line that agrees with the status, -o FILE is the old or the full one,
and no temporary file stays.  Breaches are printed.
"""

import glob
import json
import os
import signal
import subprocess
import sys
import threading
import time

full_path, report, output, moments = sys.argv[1:5]
command = sys.argv[5:]
moments = int(moments)
with open(full_path, "rb") as f:
    full = f.read()
given = sys.stdin.buffer.read()
PIECES = 24
PAUSE = 0.003


def feed(process):
    """The input in pieces; all of it unless the process ends before."""
    step = max(1, len(given) // PIECES)
    try:
        for i in range(0, len(given), step):
            process.stdin.write(given[i:i + step])
            process.stdin.flush()
            time.sleep(PAUSE)
    except BrokenPipeError:
        pass
    # Without what is still in the buffer: nobody would read it.
    process.stdin.raw.close()


def start(stdout):
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=stdout,
                               stderr=subprocess.DEVNULL)
    threading.Thread(target=feed, args=(process,), daemon=True).start()
    return process


def status_of(process):
    code = process.wait(timeout=60)
    return 128 - code if code < 0 else code


def reported():
    try:
        with open(report, encoding="utf-8") as f:
            lines = f.read().splitlines(keepends=True)
    except FileNotFoundError:
        return None
    if len(lines) != 1 or not lines[0].endswith("\n"):
        return {"exit": "%d lines" % len(lines)}
    return json.loads(lines[0])


def judge(what, status, got, expected):
    line = reported()
    if status not in expected:
        yield "status %d" % status
    if not full.startswith(got):
        yield "output is no beginning of the full one"
    if got and not got.endswith(b"\n"):
        yield "a cut line"
    if "--report" in command and line is None and (got or status < 128):
        yield "no report"
    if line is not None and line["exit"] != status:
        yield "status %d, but the report says %s" % (status, line["exit"])
    if status == 0 and output == "-" and got != full:
        yield "status 0, output not full"
    if output != "-":
        with open(output, "rb") as f:
            now = f.read()
        if now != (full if status == 0 else b"old\n"):
            yield "-o FILE is neither as it was nor full"
        if glob.glob(output + ".*"):
            yield "a temporary file stays"


def prepare():
    if os.path.exists(report):
        os.unlink(report)
    if output != "-":
        with open(output, "wb") as f:
            f.write(b"old\n")


def end_by_signal(sig, delay):
    prepare()
    with open(full_path + ".got", "w+b") as out:
        process = start(out)
        time.sleep(delay)
        process.send_signal(sig)
        status = status_of(process)
        out.seek(0)
        got = out.read()
    return status, got


def end_by_reader(share):
    prepare()
    process = start(subprocess.PIPE)
    got = process.stdout.read(max(1, int(len(full) * share)))
    process.stdout.close()
    status = status_of(process)
    # The reader stopped where it liked: only the whole lines count.
    return status, got[:got.rfind(b"\n") + 1]


def main():
    seen = set()
    span = (PIECES + 6) * PAUSE
    for i in range(moments):
        for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            status, got = end_by_signal(sig, span * i / moments)
            seen.add(status)
            for breach in judge(sig, status, got, (0, 128 + sig)):
                print("%s at %d of %d: %s" % (sig.name, i, moments, breach))
        if output != "-":
            continue
        status, got = end_by_reader(i / moments)
        for breach in judge("reader", status, got, (0, 141)):
            if breach != "status 0, output not full":
                print("reader gone at %d of %d: %s" % (i, moments, breach))
    if max(seen) < 128:
        print("never ended before its time")


main()
