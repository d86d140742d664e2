# SPDX-License-Identifier: ISC
"""paper-filter's questions as a Python script would answer them, with json.

usage: filter_json.py category|keywords|longer|dedup|seen ARGUMENT FILE"""
import json
import re
import sys

question, argument, path = sys.argv[1:]
known = set()


def fresh(key):
    if key in known:
        return False
    known.add(key)
    return True


if question == "keywords":
    with open(argument, encoding="utf-8") as f:
        any_of = re.compile("|".join(f.read().splitlines()), re.IGNORECASE)
elif question == "seen":
    with open(argument, encoding="utf-8") as f:
        known = {line.split(" ", 1)[0] for line in f}

passes = {
    "category": lambda p: argument in p["categories"],
    "keywords": lambda p: any_of.search(p["title"] + " " + p["abstract"]),
    "longer": lambda p: len(p["title"]) > int(argument),
    "dedup": lambda p: fresh(p[argument]),
    "seen": lambda p: p["id"] not in known,
}[question]
with open(path, encoding="utf-8") as f:
    for line in f:
        if passes(json.loads(line)):
            sys.stdout.write(line)
