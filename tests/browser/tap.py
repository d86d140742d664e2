# SPDX-License-Identifier: ISC
"""TAP on stdout."""
COUNT = 0
FAILED = 0


def ok(good, name, note=""):
    global COUNT, FAILED
    COUNT += 1
    FAILED += not good
    print(f"{'' if good else 'not '}ok {COUNT} - {name}", flush=True)
    if not good and note != "":
        print(f"# {str(note)[:2000]}", flush=True)


def is_(got, want, name):
    ok(got == want, name, f"got {got!r}, wanted {want!r}")


def skip(name, why):
    global COUNT
    COUNT += 1
    print(f"ok {COUNT} # skip {name}: {why}", flush=True)


def done():
    """The plan; returns the exit status."""
    print(f"1..{COUNT}")
    return int(FAILED > 0)
