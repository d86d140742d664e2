#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Checks that the text of a web page holds the lines of a text, in order.

usage: page_text.py PAGE.html TEXT [ALLOWED]

White space and list marks are folded.  Up to ALLOWED lines (default 0) may
differ; they are printed.  The page's text is what a person could read:
neither style nor script, nor what only assistive software is told twice.
"""
import sys
from html.parser import HTMLParser


class Text(HTMLParser):
    """The text between the tags, with tags as they stand: no blank is added
    where the page has none."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        if tag in ("style", "script", "svg", "title"):
            self.hidden += 1

    def handle_endtag(self, tag):
        if tag in ("style", "script", "svg", "title"):
            self.hidden -= 1

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def fold(text):
    return " ".join(word for word in text.split() if word not in "•*-")


def main():
    page, wanted = sys.argv[1], sys.argv[2]
    allowed = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    parser = Text()
    with open(page, encoding="utf-8") as f:
        parser.feed(f.read())
    text = fold("".join(parser.parts))
    at, missing, found = 0, 0, 0
    with open(wanted, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = fold(line)
            if not line:
                continue
            here = text.find(line, at)
            if here < 0:
                missing += 1
                print(f"line {number} is not there: {line[:100]}")
            else:
                found += 1
                at = here + len(line)
    print(f"{found} lines found, {missing} missing")
    return missing > allowed


if __name__ == "__main__":
    sys.exit(main())
