#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""Formulas in pages made with KaTeX, in the browsers that are there: TAP on
stdout.

usage: formulas_test.py FOLDER [CORPUS]

FOLDER has a folder katex, as a page's own would.  CORPUS is gzipped JSON lines
of real papers; those of its abstracts are tried whose formulas Unicode cannot
say, of which there must be 50.
"""
import gzip
import json
import os
import re
import subprocess
import sys

from browsers import BROWSERS
from looks_test import TOO_WIDE, serve
from tap import done, is_, ok, skip

# What stands in an abstract, and which formulas KaTeX is to set of it.
BRACE = r"\overbrace{a+b}^{4}"
CASES = [
    (rf"A formula: ${BRACE}$.", [BRACE]),
    (rf"Two: ${BRACE}$ and $\underset{{x}}{{y}}$.",
     [BRACE, r"\underset{x}{y}"]),
    (rf"Double: $${BRACE}$$ end.", [BRACE]),
    (rf"Wide: $$ {BRACE} $$ end.", [f" {BRACE} "]),
    (rf"Others: \({BRACE}\), \[{BRACE}\].", [BRACE, BRACE]),
    (r"An arrow: $\vec{a+b}$, drawn.", [r"\vec{a+b}"]),
    (r"Costs $5 to $6, or $50,000 to $60,000 a year.", []),
    (rf"From $3 a day to $4, by ${BRACE}$.", [BRACE]),
    (rf"Between $1.50 and <$0.001 per 1k; ${BRACE}$ costs $2.", [BRACE]),
    (r"Unknown: $\sysname(x)$ stays.", []),
    (r"Open: $\overbrace{a$ stays.", []),
    (r"A link: $\href{https://example.org/}{x}$ stays.", []),
    (rf"Prose: $R {BRACE} of the whole domain of the model ($ x.", []),
    (rf"Percent: ${BRACE}% of it$ stays.", []),
]

# For each paper: its abstract with the formulas as KaTeX says that they were
# typed, and those formulas.
READ = """
return Object.fromEntries([...document.querySelectorAll("main [data-id]")]
    .filter((e) => e.querySelector(".abstract")).map((e) => {
  const copy = e.querySelector(".abstract").cloneNode(true);
  const set = [...copy.querySelectorAll(".katex")].map((formula) => {
    const typed = formula.querySelector("annotation").textContent;
    formula.replaceWith(typed);
    return typed;
  });
  return [e.dataset.id, { text: copy.textContent, set }];
}));
"""

# Formulas of which anything is not where a reader looks: hidden, clipped, out
# of its paragraph, without letters or with letters of another font.
HIDDEN = """
const bad = [];
for (const formula of document.querySelectorAll(".abstract .katex")) {
  const paragraph = formula.closest(".abstract");
  const edge = paragraph.getBoundingClientRect().left;
  const why = [];
  const drawn = formula.querySelector(".katex-html");
  if (!drawn.checkVisibility({ opacityProperty: true,
      visibilityProperty: true }))
    why.push("hidden");
  for (const box of drawn.querySelectorAll(".base")) {
    const { left, right, top, bottom } = box.getBoundingClientRect();
    if (right - left < 2 || bottom - top < 4)
      why.push("of no size");
    if (left < edge - 1 || right > edge + paragraph.scrollWidth + 1)
      why.push("out of its paragraph");
  }
  for (let e = drawn; !e.matches(".abstract"); e = e.parentElement) {
    const style = getComputedStyle(e);
    if (!["static", "relative"].includes(style.position) ||
        style.clipPath !== "none" || style.clip !== "auto")
      why.push("cut away");
  }
  if (!getComputedStyle(formula).fontFamily.includes("KaTeX"))
    why.push("of another font");
  if (why.length > 0)
    bad.push(formula.querySelector("annotation").textContent.slice(0, 60) +
        ": " + [...new Set(why)].join(", "));
}
return bad;
"""


# What is left of TeX in a text where Unicode does not do.
LEFT = re.compile(r"\$(?!\s)[^$]*\\[^$]*[^$\s]\$|\\[(\[]")


def texts(source):
    """The abstracts by id, as every format but a page's formulas has them."""
    table = subprocess.run(
        ["digest-render", "-q", "-f", "tsv", "--view", "list", "--columns",
         "id,abstract"], stdin=source, stdout=subprocess.PIPE, check=True)
    return dict(line.split("\t", 1)
                for line in table.stdout.decode().splitlines()[1:])


def real(corpus):
    """Papers in whose abstracts TeX is left."""
    with subprocess.Popen(["gzip", "-dc", corpus],
                          stdout=subprocess.PIPE) as papers:
        wanted = {id_ for id_, text in texts(papers.stdout).items()
                  if LEFT.search(text)}
    with gzip.open(corpus, "rt", encoding="utf-8") as f:
        return [line for line in f if json.loads(line)["id"] in wanted]


def render(folder, name, lines):
    """A page of papers, and their texts."""
    path = os.path.join(folder, name)
    with open(path + ".jsonl", "w+", encoding="utf-8") as f:
        f.writelines(lines)
        f.seek(0)
        subprocess.run(["digest-render", "-q", "-f", "html", "--view", "list",
                        "--tex", "katex", "-o", path + ".html"], stdin=f,
                       check=True)
        f.seek(0)
        return name + ".html", texts(f)


def read(browser, page):
    browser.open(page)
    browser.js("for (const e of document.querySelectorAll('details'))"
               "  e.open = true")
    browser.wait_for("document.fonts.ready.then(arguments[0])")
    browser.settle()
    return browser.js(READ)


def plain(text):
    """Without what says where formulas begin and end."""
    return re.sub(r"\$|\\[()\[\]]", "", text)


def test_cases(browser, folder):
    lines = [json.dumps({"id": f"2599.{n:05}", "title": "A title",
                         "abstract": text}) + "\n"
             for n, (text, _) in enumerate(CASES)]
    page, before = render(folder, "cases", lines)
    papers = read(browser, page)
    for n, (text, want) in enumerate(CASES):
        got = papers[f"2599.{n:05}"]
        is_(got["set"], want, f"{browser.name}: {text}")
        ok(plain(before[f"2599.{n:05}"]) in plain(got["text"]),
           "  nothing is lost", got["text"])
    test_seen(browser, page, "formulas")


def test_seen(browser, page, name):
    for width in (360, 1400):
        browser.size(width)
        browser.settle()
        is_(browser.js(HIDDEN), [], f"{browser.name}: {name} at {width} "
            "pixels: all are seen")
        is_(browser.js(TOO_WIDE), [], "  and the page fits")
    browser.collect()
    is_(browser.messages, [], f"{browser.name}: {name}: "
        "nothing in the console")
    is_(browser.others(page, allowed=["/katex/"]), [], "  no request")
    browser.messages, browser.requests = [], []


def test_real(browser, folder, lines):
    with_formulas, lost = 0, []
    # On pages with more papers formulas may be set when they are opened.
    for at in range(0, len(lines), 150):
        page, before = render(folder, f"real-{at}", lines[at:at + 150])
        after = read(browser, page)
        for id_, paper in after.items():
            with_formulas += bool(paper["set"])
            if plain(before[id_]) not in plain(paper["text"]):
                lost.append((before[id_], paper["text"]))
        is_(len(after), len(before), f"{browser.name}: {page}: all are there")
        test_seen(browser, page, page)
    ok(with_formulas >= 50, f"{browser.name}: 50 real abstracts have formulas",
       with_formulas)
    is_(lost, [], "  of which nothing is lost")


def main():
    folder = os.path.abspath(sys.argv[1])
    lines = list(real(sys.argv[2])) if len(sys.argv) > 2 else []
    if not lines:
        skip("real abstracts with formulas", "no corpus beside the project")
    root = serve(folder)
    for kind in BROWSERS.values():
        if kind.lacks():
            skip(f"formulas in {kind.name}", kind.lacks())
            continue
        browser = kind(folder)
        try:
            test_cases(browser, folder)
            browser.root = root
            browser.forget()
            test_cases(browser, folder)
            if lines:
                test_real(browser, folder, lines)
        finally:
            browser.quit()
    return done()


if __name__ == "__main__":
    sys.exit(main())
