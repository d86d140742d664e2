#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Checks what a web page is made of, without a browser.

usage: page_check.py [--katex] PAGE.html ..

Only the elements and attributes that digest-render writes may be there, tags
nest, ids are unique and links within the page have a target; addresses are
http, https, relative or the page's own; the policy forbids all requests and
its checksums are those of the one style and the one script.  Where html5lib is
installed it must parse the page without a complaint.
"""
import base64
import hashlib
import re
import sys
from html.parser import HTMLParser

try:
    import html5lib
except ImportError:
    html5lib = None

VOID = {"meta", "link", "input", "br"}
ELEMENTS = VOID | set(
    """html head title style script body header nav main aside section article
    footer div p span a b small em strong mark code pre blockquote ul ol li h1 h2 h3
    h4 h5 h6 table caption thead tbody tr th td time details summary figure
    figcaption kbd i svg g rect circle path text desc form label input select option
    button output noscript""".split())
ATTRIBUTES = set(
    """lang class id href rel content charset name http-equiv data-view data-large
    data-id data-day data-r data-n data-topic data-cell data-do data-key data-count
    aria-label aria-pressed aria-live aria-hidden aria-current role tabindex
    type placeholder autocomplete spellcheck value hidden open scope datetime
    viewbox preserveaspectratio width height x y cx cy r rx d transform
    title colspan defer src accept""".split())
ADDRESS = re.compile(r"https?://[^\s\"'<>]+\Z|#[^\s\"'<>]*\Z|(?![/\\])[^:\s\"'<>\\]*\Z")


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong = [], []
        self.ids, self.targets = set(), set()
        self.policy, self.raw = None, {"style": [], "script": []}
        self.sources = []

    def complain(self, what):
        self.wrong.append(f"line {self.getpos()[0]}: {what}")

    def check_attributes(self, tag, attrs):
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.complain(f"<{tag}> has {name}={value!r}")
            if name == "id":
                if value in self.ids:
                    self.complain(f"id {value!r} twice")
                self.ids.add(value)
            if name == "href" and not ADDRESS.match(value or ""):
                if not (tag == "link" and value.startswith("data:image/svg")):
                    self.complain(f"<{tag}> leads to {value!r}")
            if name == "href" and (value or "").startswith("#"):
                self.targets.add(value[1:])
            if name == "src":
                self.sources.append(value)

    def handle_starttag(self, tag, attrs):
        if tag not in ELEMENTS:
            self.complain(f"<{tag}>")
        self.check_attributes(tag, attrs)
        given = dict(attrs)
        if given.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = given["content"]
        elif "http-equiv" in given:
            self.complain(f"http-equiv {given['http-equiv']}")
        if tag not in VOID:
            self.open.append((tag, given))
        if tag in self.raw and "src" not in given and "type" not in given:
            self.raw[tag].append("")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            if tag not in ("rect", "circle", "path"):
                self.complain(f"</{tag}> within {self.open[-1:]}")
            elif self.open and self.open[-1][0] == tag:
                self.open.pop()
            return
        self.open.pop()

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if self.open:
            tag, given = self.open[-1]
            if tag in self.raw and "src" not in given and "type" not in given:
                self.raw[tag][-1] += data

    def handle_comment(self, data):
        self.complain(f"a comment: {data[:40]}")


def check(path, katex):
    page = Page()
    with open(path, encoding="utf-8") as f:
        text = f.read()
    page.feed(text)
    wrong = page.wrong
    if html5lib:
        try:
            html5lib.HTMLParser(strict=True).parse(text)
        except html5lib.html5parser.ParseError as error:
            wrong.append(f"html5lib: {error}")
    if page.open:
        wrong.append(f"not closed: {page.open}")
    for target in page.targets - page.ids:
        wrong.append(f"no #{target}")
    policy = dict(part.split(None, 1) for part in page.policy.split("; "))
    wanted = {"default-src": "'none'", "connect-src": "'none'",
              "img-src": "data:", "base-uri": "'none'",
              "form-action": "'none'"}
    if katex:
        wanted["font-src"] = "'self'"
    if "words" in page.ids:
        wanted["worker-src"] = "blob:"
    for kind in ("style", "script"):
        if len(page.raw[kind]) != 1:
            wrong.append(f"{len(page.raw[kind])} {kind} elements")
        digest = hashlib.sha256(page.raw[kind][0].encode()).digest()
        wanted[kind + "-src"] = f"'sha256-{base64.b64encode(digest).decode()}'"
        if katex:
            wanted[kind + "-src"] += " 'self'"
    if policy != wanted:
        wrong.append(f"policy {policy}, wanted {wanted}")
    if page.sources != (["katex/katex.min.js"] if katex else []):
        wrong.append(f"sources {page.sources}")
    for line in wrong[:20]:
        print(f"{path}: {line}")
    return bool(wrong)


def main():
    args = sys.argv[1:]
    katex = args[:1] == ["--katex"]
    return any([check(path, katex) for path in args[katex:]])


if __name__ == "__main__":
    sys.exit(main())
