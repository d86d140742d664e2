#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""How pages look and whom they shut out, in the browsers that are there: TAP
on stdout.

usage: looks_test.py FOLDER AXE PAGE ..

Each PAGE of FOLDER must be valid HTML, and is opened from a server on
loopback, as a site would be, in a phone's and a desk's width, light and dark,
as it comes and with all that opens opened.  AXE is axe-core's file; where
there is none, the rest is tested.
"""
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading

from browsers import BROWSERS
from tap import done, is_, skip

WIDTHS = ((360, 640), (1400, 900))

# As one line for each rule that is broken, with the first element.  The rules
# are all, or of a document that others frame, such as a mail; in the second
# scheme only those about colours, since nothing else changes.
AXE = """
const [rules, done] = [arguments[0], arguments[arguments.length - 1]];
const options = { resultTypes: ["violations"] };
if (rules === "framed")
  options.runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
else if (rules === "colours")
  options.runOnly = { type: "rule", values: ["color-contrast"] };
axe.run(document, options).then(
    (found) => done(found.violations.map((rule) => `${rule.id} x` +
        `${rule.nodes.length}: ${rule.nodes[0].target} ` +
        rule.nodes[0].html.slice(0, 200))),
    (error) => done([String(error)]));
"""

# What tidy 5.6 says of valid HTML, or of what is newer than it: a heading may
# stand in a summary, a link in a drawing, a button may have no text but a name;
# and mails are laid out with old attributes.
FINE = re.compile(r".*(summary>|<a> proprietary|trimming empty"
                  r"|<td> attribute .align.)")

# Elements that reach beyond the right edge, but for those in a box that
# scrolls or cuts; the page itself must not scroll sideways.
TOO_WIDE = """
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width)
  return [];
return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > width + 1)
    .slice(0, 3).map((e) => `${e.tagName}.${e.className} ` +
        e.textContent.trim().slice(0, 40));
"""

OPEN_ALL = "for (const e of document.querySelectorAll('details')) e.open = true"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        # Where a page names no icon, browsers ask for this.
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


def serve(folder):
    """The address of a server of folder, as long as this program runs."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def fits(browser):
    wide = []
    for width, height in WIDTHS:
        browser.size(width, height)
        browser.settle()
        wide += [f"{width}: {what}" for what in browser.js(TOO_WIDE)]
    return wide


def shut_out(browser, rules):
    broken = []
    for width, height in WIDTHS:
        browser.size(width, height)
        for scheme, of in (("light", rules), ("dark", "colours")):
            browser.scheme(scheme)
            browser.settle()
            broken += [f"{width}, {scheme}: {what}"
                       for what in browser.wait_for(AXE, of)]
    return broken


def test_page(browser, page, axe):
    name = f"{browser.name}: {page}"
    browser.open(page, ready=False)
    is_(fits(browser), [], f"{name} fits")
    browser.js(OPEN_ALL)
    is_(fits(browser), [], f"{name} fits with all opened")
    if axe:
        browser.js(axe)
        is_(shut_out(browser, "framed" if page == "mail.html" else "all"), [],
            f"{name} shuts nobody out")
    browser.collect()
    is_(browser.messages, [], f"{name}: nothing in the console")
    # The manuals have their style and pictures beside them.
    is_(browser.others(page, allowed=["/katex/", "/favicon.ico", "/docs/"]), [],
        f"{name}: no request")
    browser.messages, browser.requests = [], []


def test_validity(folder, pages):
    if not shutil.which("tidy"):
        skip("whether the HTML is valid", "no tidy here")
        return
    for page in pages:
        tidy = subprocess.run(["tidy", "-q", "-e", os.path.join(folder, page)],
                              capture_output=True, text=True, check=False)
        is_([line for line in tidy.stderr.splitlines()
             if not FINE.match(line)], [], f"tidy has nothing against {page}")


def main():
    folder = os.path.abspath(sys.argv[1])
    axe = ""
    if os.path.exists(sys.argv[2]):
        with open(sys.argv[2], encoding="utf-8") as f:
            axe = f.read()
    else:
        skip("what shuts people out", "no axe-core here; scripts/selftest "
             "fetches it where it can")
    pages = sys.argv[3:]
    test_validity(folder, pages)
    root = serve(folder)
    for kind in BROWSERS.values():
        if kind.lacks():
            skip(f"the looks in {kind.name}", kind.lacks())
            continue
        browser = kind(folder)
        browser.root = root
        try:
            for page in pages:
                test_page(browser, page, axe)
        finally:
            browser.quit()
    return done()


if __name__ == "__main__":
    sys.exit(main())
