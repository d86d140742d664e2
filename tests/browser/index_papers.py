#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Prints the papers that an index holds for its search, a JSON array a line:
date, scores, id, title, authors, comment, topics, categories, address.

usage: index_papers.py PAGE.html
"""
import json
import re
import sys

END_OF_RECORD, END_OF_FIELD, NEXT_ITEM = 0, 1, 2
CLASSES = [0, 0, 0, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
PREFIXES = "!\"#$%&'()*+,-./:;=>?@"
WORD = "0-9A-Za-z\u0080-\U0010ffff"


def read_words(text):
    words, before = ["", "\n", "\t"], ""
    for sign, rest in re.findall(rf"([^{WORD}\\])((?:[{WORD}]|\\.)*)", text):
        before = before[:PREFIXES.index(sign)] + re.sub(
            r"\\(.)", lambda m: "<" if m[1] == "l" else m[1], rest)
        words.append(before)
    return words


def read_numbers(text, nwords):
    digits = [ord(c) - 35 - (c > "<") for c in text]
    bits = "".join(f"{a * 91 + b:013b}"
                   for a, b in zip(digits[::2], digits[1::2]))
    bases = [sum(1 << w for w in CLASSES[:i]) for i in range(16)]
    widths = CLASSES + [max(nwords - bases[15] - 1, 0).bit_length()]
    at = 0
    while at + 4 <= len(bits):
        kind = int(bits[at:at + 4], 2)
        width = widths[kind]
        yield bases[kind] + int(bits[at + 4:at + 4 + width] or "0", 2)
        at += 4 + width


def join(words):
    text = ""
    for word in words:
        blank = text and re.search(f"[{WORD}]\Z", text) and \
            re.match(f"[{WORD}]", word)
        text += " " + word if blank else word
    return text


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as f:
        page = f.read()
    part = dict(re.findall(
        r'<script type="text/plain" id="(\w+)">(.*?)</script>', page, re.S))
    words = read_words(part["words"])
    numbers = read_numbers(part["records"], len(words))
    for line in part["days"].strip().split("\n"):
        count, date = line.split(" ")
        for _ in range(int(count)):
            record = []
            while (number := next(numbers)) != END_OF_RECORD:
                record.append(words[number])
            fields = join(record).split("\n")
            fields += [""] * (8 - len(fields))
            for i in (3, 5, 6):
                fields[i] = fields[i].split("\t") if fields[i] else []
            print(json.dumps([date, *fields], ensure_ascii=False))


if __name__ == "__main__":
    main()
