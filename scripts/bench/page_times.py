#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""How long a web page lets one wait, in the browsers that are there.

usage: page_times.py PAGE.html

Prints lines of browser, what, and the median seconds: until the page is ready
and drawn from when it is asked for, and until it is drawn again after a letter
is typed into the search or another order is chosen.
"""
import os
import statistics
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "browser"))
sys.dont_write_bytecode = True
from browsers import BROWSERS  # noqa: E402

ROUNDS = 7

READY = """
const done = arguments[arguments.length - 1];
const wait = () => "ready" in document.documentElement.dataset ?
    requestAnimationFrame(() => requestAnimationFrame(() =>
        done(performance.now()))) : setTimeout(wait, 1);
wait();
"""

# Sets a field, and waits until what follows is drawn: the first frame begins
# after the input was handled, the second when that has been drawn.
CHANGE = """
const [name, value, done] = arguments;
const field = document.getElementById(name);
const start = performance.now();
field.value = value;
field.dispatchEvent(new Event("input", { bubbles: true }));
requestAnimationFrame(() => requestAnimationFrame(() =>
    done(performance.now() - start)));
"""


def times(browser, page):
    ready, search, order = [], [], []
    for _ in range(ROUNDS):
        browser.visit("about:blank")
        browser.visit(browser.address(page))
        ready.append(browser.wait_for(READY))
        for n in range(1, 10):
            search.append(browser.wait_for(CHANGE, "find", "attention"[:n]))
        browser.wait_for(CHANGE, "find", "")
        for value in ("title", "novelty", ""):
            order.append(browser.wait_for(CHANGE, "order", value))
    return {"ready": ready, "search": search, "sort": order}


def main():
    path = os.path.abspath(sys.argv[1])
    folder, page = os.path.split(path)
    for name, kind in BROWSERS.items():
        if kind.lacks():
            print(f"page_times: {kind.lacks()}", file=sys.stderr)
            continue
        browser = kind(folder)
        try:
            browser.size(1400)
            for what, found in times(browser, page).items():
                print(f"{name}\t{what}\t{statistics.median(found) / 1000:.4f}")
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
