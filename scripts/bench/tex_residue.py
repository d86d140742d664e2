#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""tex_residue.py FILE: how many titles and abstracts still show TeX.

FILE holds records of paper(5), one a line, packed by gzip or not.  What
digest-render makes of them by default is looked at for a backslash, a dollar
that is no price, ^{ and _{.  Prints a table by archive, and the commands that
are left most often.  RENDER names another digest-render.
"""
import collections
import gzip
import html
import json
import os
import re
import subprocess
import sys

RENDER = os.environ.get("RENDER", "build/digest-render")
LEFT = re.compile(r"\\|\$(?!\s?[\d.])|[\^_]\{")
COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)|[\^_]\{|\$(?!\s?[\d.])")
MATHEMATICAL = {"math", "physics", "nlin"}
BATCH = 5000


def archive_of(paper):
    """hep-th, math, cs: the first part of the first category."""
    category = paper.get("primary_category") or (paper["categories"] or ["?"])[0]
    return category.split(".")[0]


def family_of(archive):
    """All of physics and mathematics together, else the archive itself."""
    if archive in MATHEMATICAL or re.search(r"^(hep|nucl)-|-(ph|qc|mat)$", archive):
        return "physics, math"
    return archive


def rendered(papers):
    """Title and abstract of each paper as a reader gets them."""
    lines = "".join(
        json.dumps({"id": str(n), "title": p["title"], "abstract": p["abstract"],
                    "categories": [], "authors": []}) + "\n"
        for n, p in enumerate(papers))
    feed = subprocess.run(
        [RENDER, "-q", "-f", "jsonfeed", "--keep-order", "--now", "2025-01-01"],
        input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    for item in json.loads(feed)["items"]:
        if "_paperround" not in item:
            continue
        paper = papers[int(item["_paperround"]["id"])]
        text = html.unescape(re.sub(r"<[^>]*>", " ", item["content_html"]))
        yield paper, item["title"], text


def batches(lines):
    """The records in handfuls."""
    batch = []
    for line in lines:
        paper = json.loads(line)
        if paper.get("title") and paper.get("abstract"):
            batch.append(paper)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def main():
    """Counts and prints."""
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: tex_residue.py FILE")
    opener = gzip.open if sys.argv[1].endswith(".gz") else open
    rows = collections.defaultdict(lambda: [0, 0, 0])
    commands = collections.Counter()
    with opener(sys.argv[1], "rt", encoding="utf-8") as lines:
        for batch in batches(lines):
            for paper, title, text in rendered(batch):
                archive = archive_of(paper)
                left = bool(LEFT.search(title)), bool(LEFT.search(text))
                for name in {archive, family_of(archive)}:
                    rows[name][0] += 1
                    rows[name][1] += left[0]
                    rows[name][2] += left[1]
                commands.update(set(COMMAND.findall(text)))
    print(f"{'archive':14} {'papers':>7} {'titles':>8} {'abstracts':>10}")
    for name, (papers, titles, abstracts) in sorted(rows.items()):
        print(f"{name:14} {papers:7} {100 * titles / papers:7.2f}% "
              f"{100 * abstracts / papers:9.2f}%")
    print(*(f"{command} {n}" for command, n in commands.most_common(100)))


if __name__ == "__main__":
    main()
