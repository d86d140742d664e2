#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""The web page in a real browser, headless: TAP on stdout.

usage: browser_test.py chromium|firefox FOLDER

FOLDER holds the pages that digest-render-browser.sh makes.
"""
import json
import os
import re
import sys
import time
import zlib

from browsers import BROWSERS, ENTER, ESCAPE
from tap import done, is_, ok, skip

# All texts whose contrast with their ground is below WCAG AA.
CONTRAST = """
const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 :
    ((c + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) +
    0.0722 * channel(b);
const parse = (color) => color.match(/[\\d.]+/g).map(Number);
function ground(element) {
  const circle = element.closest("svg a")?.querySelector("circle");
  if (circle)
    return parse(getComputedStyle(circle).fill);
  for (let e = element; e; e = e.parentElement) {
    const color = parse(getComputedStyle(e).backgroundColor);
    if (color.length < 4 || color[3] === 1)
      return color;
  }
  return [255, 255, 255];
}
const bad = new Set();
function check(element, color, words) {
  const text = light(parse(color));
  const back = light(ground(element));
  const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
  const large = parseFloat(getComputedStyle(element).fontSize) >= 24;
  if (ratio < (large ? 3 : 4.5))
    bad.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)} ` +
        words.trim().slice(0, 20));
}
const shown = (e) => e.checkVisibility({ contentVisibilityAuto: true });
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || element.closest("script, desc, title")
      || !shown(element)
      || element.matches("option, :disabled"))
    continue;
  const style = getComputedStyle(element);
  check(element, element.closest("svg") ? style.fill : style.color,
      walker.currentNode.data);
}
for (const e of document.querySelectorAll("[placeholder]"))
  if (shown(e))
    check(e, getComputedStyle(e, "::placeholder").color, e.placeholder);
return [...bad].slice(0, 8);
"""

def quiet(b, page, name, allowed=()):
    """No message in the console, no request but for the page."""
    b.collect()
    is_(b.messages, [], f"{name}: nothing in the console")
    is_(b.others(page, allowed), [], f"{name}: no request")
    b.messages, b.requests = [], []


ALL = ["2599.01005", "2599.01001", "2599.01002", "2599.01003",
       "hep-th/9901001", "2599.01004"]


def test_text(b):
    """What a person would copy from the page."""
    b.open("day.html")
    b.unfold()
    text = " ".join(b.js("return document.body.innerText").split())
    for line in ("Personalized Daily ArXiv Papers 2025-10-17",
                 "[some-model] Prompt Completion Total Token 2000 900 2900",
                 "Total arXiv papers: 60 Total scanned papers: 6",
                 "1. What a Teacher Never Told Authors: Hana Suzuki",
                 "ArXiv ID: 2599.01001",
                 "Authors: Aino Virtanen, Bo Ek, Jr., Chidi Okafor",
                 "Relevance: 10 Novelty: 9"):
        ok(line in text, f"text: {line}")


def test_search(b):
    b.open("day.html")
    is_(sorted(b.shown()), sorted(ALL), "all papers are there")
    for query, want in [
            ("attention", ["2599.01003", "2599.01004"]),
            ("attention -masks", ["2599.01004"]),
            ('"two are found"', ["2599.01003"]),
            ("ANGSTROM", ["2599.01002"]),
            ("rios bits", ["2599.01002"]),
            ("cs.cl", ["2599.01001", "2599.01003"]),
            ("no such paper", [])]:
        b.type(query)
        is_(sorted(b.shown()), want, f"search: {query}")
    b.type("attention")
    is_(b.js("return document.getElementById('count').textContent"),
        "2 of 6 papers", "the count is told")
    b.wait("[...(CSS.highlights.get('found') ?? [])].some((range) =>"
           " String(range).toLowerCase() === 'attention')", "the words")
    is_(b.js("return [...CSS.highlights.get('found')].every((range) =>"
             " String(range).toLowerCase() === 'attention')"), True,
        "the words that were found are marked")
    b.click("clear")
    b.settle()
    is_(len(b.shown()), 6, "clear")
    b.type("zzz")
    is_(b.js("return document.getElementById('nothing').textContent"),
        "Nothing matches 'zzz' – clear", "nothing is found: that is said")
    b.js("document.querySelector('#nothing button').click()")
    b.settle()
    is_(len(b.shown()), 6, "  and cleared")


def test_place(b):
    """The first that was found is seen, and one comes back to where one
    was."""
    b.size(360, 640)
    b.open("day.html")
    b.js("scrollTo({top: 150, behavior: 'instant'})")
    b.settle()
    was = b.js("return Math.round(scrollY)")
    b.choose("find", "attention")
    ok(b.js("const bar = document.querySelector('.tools')"
            ".getBoundingClientRect();"
            "const hit = [...document.querySelectorAll('article')].find("
            "(e) => e.checkVisibility()).getBoundingClientRect();"
            "return bar.height <= 45 && hit.top >= bar.bottom - 1 &&"
            " hit.top < innerHeight"),
       "what was found stands below a bar of 44 px")
    b.js("document.activeElement.blur()")
    b.key(ESCAPE)
    is_(b.js("return Math.round(scrollY)"), was, "Esc comes back")
    b.size(1280)


DAY = "2025/10/2025-10-17.html"


def test_head(b):
    """On a desk the day, its neighbours and the search are one line."""
    b.size(1400)
    line = ("const line = document.querySelector('.masthead')"
            ".getBoundingClientRect();"
            "return [line.top, Math.round(line.height),"
            " ...['h1', '.sum', '.pages', '.filter', '#find'].filter((s) =>"
            " document.querySelector(s).getBoundingClientRect().bottom >"
            " line.bottom)]")
    for page in (DAY, "topics.html", "week.html"):
        b.open(page)
        is_(b.js(line), [0, 49], f"{page}: a head of one line and its rule")
    b.open(DAY)
    b.type("a")
    b.js("scrollTo({top: 900, behavior: 'instant'})")
    b.settle()
    is_(b.js(line), [0, 49], "  which stays, whatever is asked for")
    b.size(1280)


def test_phone(b):
    b.size(360, 640)
    b.open(DAY)
    ok(b.js("return document.querySelector('.card')"
            ".getBoundingClientRect().bottom <= 640"),
       "on a phone the first paper is above the fold")
    b.js("document.querySelector('.filter').open = true;"
         "document.querySelector('.card details').open = true")
    b.settle()
    is_(b.js("return [...document.querySelectorAll('button, summary, select,"
             " .pages a, .acts a, .links a, .check, .find input')]"
             ".filter((e) => e.checkVisibility())"
             ".filter((e) => !e.matches('details details *, .run *, .prompt *,"
             " .run > summary, .prompt > summary'))"
             ".map((e) => [e, e.getBoundingClientRect()])"
             ".filter(([, at]) => at.height < 44 || at.width < 44)"
             ".map(([e]) => e.outerHTML.slice(0, 60))"), [],
        "  what one taps is as large as a finger")
    b.js("scrollTo({top: 900, behavior: 'instant'})")
    b.settle()
    is_(b.js("const at = document.querySelector('.tools')"
             ".getBoundingClientRect(); return [at.top, at.height]"), [0, 44],
        "  the bar stays")
    b.type("zzz")
    is_(b.js("const e = document.querySelector('#nothing');"
             "return [e.textContent, e.querySelector('a')"
             ".getAttribute('href')]"),
        ["Nothing matches 'zzz' – clear, or search all days",
         "../../index.html#q=zzz"], "  nothing found leads on")
    b.size(1280)


def pages(pdf):
    """How many pages it has, whatever it packs its objects in."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        try:
            parts.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            pass
    return sum(len(re.findall(rb"/Type\s*/Page\b", part)) for part in parts)


def test_print(b):
    b.open(DAY)
    n = pages(b.pdf())
    ok(1 < n <= 8, "46 papers print on at most 8 pages", n)
    b.key("j")
    b.key("s")
    b.js("dispatchEvent(new Event('beforeprint'))")
    b.settle()
    is_(b.js("return [...document.querySelectorAll('article > details[open]')]"
             ".map((e) => e.parentNode.matches('.starred'))"), [True],
        "the starred paper prints with its abstract")
    b.js("dispatchEvent(new Event('afterprint'))")
    is_(b.js("return document.querySelectorAll('article > details[open]')"
             ".length"), 0, "and is closed again")
    b.js("localStorage.clear()")
    b.forget()


def test_large(b):
    """Of hundreds of papers only what is opened is in the document."""
    b.open("large.html")
    is_(b.js("return [document.querySelectorAll('article').length,"
             " document.querySelectorAll('.body').length]"), [216, 0],
        "216 papers, and nothing of what is closed")
    b.type('"student 17"')
    is_(b.shown(), ["2599.1705"], "abstracts are searched all the same")
    b.key(ESCAPE)
    b.key(ESCAPE)
    b.choose("order", "title")
    is_(b.js("return document.querySelector('article .title').textContent"),
        "A Zoo of Attention Masks", "  sorted by title")
    b.wait("document.querySelectorAll('article:not([hidden])').length === 216",
           "the last of them")
    b.js("document.querySelector('article summary').click()")
    b.wait("document.querySelector('.body .links button')", "the body")
    is_(b.js("return document.querySelectorAll('.body').length"), 1,
        "  opens")
    quiet(b, "large.html", "large")


def test_address(b):
    """What is asked for is in the address, and each paper has one."""
    b.open("day.html")
    b.choose("topic", "Efficiency")
    b.type("experts")
    b.wait("location.hash.includes('q=')", "the state")
    is_(b.js("return location.hash"), "#q=experts&t=Efficiency",
        "the address says what is asked for")
    b.visit("about:blank")
    b.visit(b.address("day.html#c=cs.CL"))
    b.wait("'ready' in document.documentElement.dataset", "the page")
    is_(sorted(b.shown()), ["2599.01001", "2599.01003"],
        "an address asks for a category")
    b.js("location.hash = '#p-2599.01004'")
    b.wait("document.querySelector('.at')", "the paper")
    b.settle()
    is_(b.js("const e = document.querySelector('.at');"
             "return [e.dataset.id, e.querySelector('details').open,"
             " e.checkVisibility()]"), ["2599.01004", True, True],
        "the address of a paper opens it, whatever was filtered")
    b.open(DAY)
    middle = b.js("return document.querySelectorAll('article')[20].id")
    for width in (360, 1280):
        b.size(width)
        b.visit("about:blank")
        b.visit(b.address(f"{DAY}#{middle}"))
        b.wait("document.querySelector('.at')", "the paper")
        b.settle()
        gap = b.js("return document.querySelector('.at')"
                   ".getBoundingClientRect().top - document.querySelector("
                   "'.tools').getBoundingClientRect().bottom")
        ok(0 <= gap <= 5, f"  and at {width} px it stands right below the"
           " bar, with nothing cut in between", gap)
    ok(b.js("const ground = document.documentElement;"
            "return getComputedStyle(document.querySelector('.row.at'))"
            ".boxShadow.startsWith(getComputedStyle(ground)"
            ".backgroundColor)"),
       "  and its text does not touch the mark at its left")
    b.visit(b.address("day.html#p-2599.01004"))
    b.wait("document.querySelector('.at .tags a')", "the paper")
    b.js("document.querySelector('.at .tags .topic a').click()")
    b.wait("document.querySelectorAll('article[hidden]').length > 0",
           "the topic")
    is_(b.shown(), ["2599.01004"], "a chip is a link to its papers")
    b.js("document.querySelector('.at .authors a').click()")
    b.wait("document.getElementById('find').value", "the author")
    is_(b.shown(), ["2599.01004"], "as is an author")
    quiet(b, "day.html", "addresses", allowed=[DAY])


def test_filters(b):
    b.open("day.html")
    b.choose("topic", "Efficiency")
    is_(sorted(b.shown()), ["2599.01001", "2599.01002", "2599.01005"],
        "filter by topic")
    b.choose("category", "cs.CL")
    is_(b.shown(), ["2599.01001"], "and by category")
    b.key(ESCAPE)
    is_(len(b.shown()), 6, "Esc clears")
    b.choose("score", "relevance 9")
    is_(sorted(b.shown()), ["2599.01001", "2599.01002", "2599.01003"],
        "filter by score")
    b.choose("score", "novelty 8")
    is_(sorted(b.shown()), ["2599.01001", "2599.01002", "hep-th/9901001"],
        "a missing score passes")
    b.key(ESCAPE)
    b.js("[...document.querySelectorAll('.chips button')]"
         ".find((e) => e.dataset.topic === 'Systems').click()")
    b.settle()
    is_(b.shown(), ["2599.01004"], "chips are filters")
    b.key(ESCAPE)
    before = b.shown()
    b.choose("order", "title")
    is_(b.shown(), ["2599.01003", "hep-th/9901001", "2599.01002",
                    "2599.01001", "2599.01004", "2599.01005"], "sort")
    b.choose("order", "")
    is_(b.shown(), before, "and back")
    b.js("document.querySelector('.plot a[data-cell=\"9,8\"]')"
         ".dispatchEvent(new MouseEvent('click', "
         "{bubbles: true, cancelable: true}))")
    b.settle()
    is_(b.shown(), ["2599.01002"], "the plot selects")
    is_(b.js("return document.querySelectorAll('.plot [aria-current]').length"),
        1, "and says so")
    quiet(b, "day.html", "day")


def test_keys(b):
    b.open("day.html")
    at = "return document.querySelector('.at')?.dataset.id"
    b.key("j")
    first = b.shown()[0]
    is_(b.js(at), first, "j goes to the first paper")
    b.key("j")
    b.key("j")
    b.key("k")
    is_(b.js(at), b.shown()[1], "j j k")
    is_(b.js("return document.activeElement.closest('[data-id]').dataset.id"),
        b.shown()[1], "the focus is there")
    b.js("window.opened = []; window.open = (u) => { opened.push(u); }")
    b.key("o")
    b.key("p")
    is_(b.js("return opened"), ["https://arxiv.org/abs/" + b.shown()[1],
                                "https://arxiv.org/pdf/" + b.shown()[1]],
        "o and p open the paper")
    b.key("?")
    is_(b.js("return document.querySelector('dialog[open] dl')"
             ".textContent.includes('undo the last mark')"), True,
        "? tells the keys")
    b.js("document.querySelector('dialog button').click()")
    b.settle()
    b.key("/")
    is_(b.js("return document.activeElement.id"), "find", "/ searches")
    b.write("find", "jkso")
    is_(b.js("return document.getElementById('find').value"), "jkso",
        "letters typed there are letters")


def test_marks(b):
    b.open("day.html")
    b.key("j")
    b.key("j")
    b.key("s")
    b.key("r")
    b.key("x")
    is_(b.js("return document.querySelector('.at').dataset.id"),
        "hep-th/9901001", "to mark a paper is to go on")
    is_(b.js("return document.getElementById('export').textContent"),
        "Export 3 marks", "marks are counted")
    b.key("u")
    is_(b.js("const e = document.querySelector('.at');"
             "return [e.dataset.id, e.matches('.dropped')]"),
        ["2599.01003", False], "u takes the last one back")
    ok(b.js("return localStorage.getItem('paperround.marks') !== null"),
       "the browser keeps it", b.js("return document.body.innerText")[:300])
    pressed = ("return [...document.querySelectorAll('[aria-pressed=true]')]"
               ".map((e) => e.closest('[data-id]').dataset.id + ' ' +"
               " e.dataset.do)")
    b.open_until("day.html",
                 lambda: b.unfold() or len(b.js(pressed)) > 1)
    is_(b.js(pressed), ["2599.01001 star", "2599.01002 read"],
        "marks survive a reload")
    b.click("starred")
    b.settle()
    is_(b.shown(), ["2599.01001"], "starred papers only")
    b.key(ESCAPE)
    b.click("unread")
    b.settle()
    ok("2599.01002" not in b.shown(), "unread papers only")
    b.key(ESCAPE)
    b.open_until("month.html", lambda: b.js(
        "return document.querySelector('.starred') !== null"))
    is_(b.js("return document.querySelectorAll('.starred').length"), 1,
        "another page knows the star")
    dots = ("return [...document.querySelectorAll('.calendar .dot')]"
            ".map((e) => e.title)")
    is_(b.js(dots), ["4 unread"], "the calendar tells of unread papers")
    b.key("j")
    b.key("r")
    is_(b.js(dots), ["3 unread"], "  and follows")
    b.key("u")
    b.click("export")
    path = os.path.join(b.scratch, "marks.jsonl")
    for _ in range(200):
        # Firefox makes it first, and fills it then.
        if os.path.exists(path) and os.path.getsize(path) > 0:
            break
        time.sleep(0.05)
    with open(path, encoding="utf-8") as f:
        lines = [json.loads(line) for line in f]
    is_(sorted((line["id"], line["mark"]) for line in lines),
        [("2599.01001", "star"), ("2599.01002", "read"),
         ("2599.01003", "none")], "the file has a line for each mark")
    ok(all(set(line) == {"id", "mark", "time"} and line["time"][-1] == "Z"
           for line in lines), "  as marks.jsonl has them")
    quiet(b, "month.html", "marks", allowed=["day.html"])


IMPORT = """
const lines = arguments[0].map((line) => JSON.stringify(line) + "\\n");
const data = new DataTransfer();
data.items.add(new File([...lines, "no line\\n"], "marks.jsonl"));
const input = document.getElementById("import");
input.files = data.files;
input.dispatchEvent(new Event("change"));
"""


def test_import(b):
    b.open("day.html")
    b.js("localStorage.clear()")
    b.open("day.html")
    b.key("j")
    b.key("x")
    b.js(IMPORT, [
        {"id": "2599.01001", "mark": "star", "time": "2025-10-17T07:00:00Z"},
        {"id": "2599.01001", "mark": "drop", "time": "2025-10-17T08:00:00Z"},
        {"id": "2599.01001", "mark": "star", "time": "2025-10-17T06:00:00Z"},
        {"id": "2599.01002", "note": "ask Bo", "time": "2025-10-17T06:00:00Z"},
        {"id": "2599.01005", "mark": "star", "time": "2025-10-17T06:00:00Z"}])
    b.wait("document.getElementById('said').textContent", "the import")
    is_(b.js("return document.getElementById('said').textContent"),
        "Read 5 marks. 1 line could not be read.", "marks are imported")
    b.wait("document.getElementById('import').files.length === 0",
           "the next file, which may be the same")
    is_(b.js("return [...document.querySelectorAll('.dropped, .starred')]"
             ".map((e) => e.dataset.id + ' ' + e.matches('.starred'))"),
        ["2599.01005 false", "2599.01001 false"], "  the later one holds")
    b.js("document.getElementById('p-2599.01002')"
         ".querySelector('details').open = true")
    b.settle()
    ok("ask Bo" in b.js("return document.getElementById('p-2599.01002')"
                        ".textContent"), "  and a note is shown")


def test_visits(b):
    """What was not there the last time is new."""
    # The page itself brings what an earlier visit left: a document does not
    # always see what another one stored a moment ago.
    with open(os.path.join(b.folder, "day.html"), encoding="utf-8") as f:
        page = f.read()
    with open(os.path.join(b.folder, "again.html"), "w",
              encoding="utf-8") as f:
        f.write(page.replace(
            "<head>", "<head><script>if (!sessionStorage.again) {"
            "sessionStorage.clear(); sessionStorage.again = 1;"
            "localStorage.setItem('paperround.visit', JSON.stringify("
            "{day: '2025-10-17', ids: ['2599.01001', '2599.01005']}))}"
            "</script>", 1))
    for _ in range(2):
        b.open("again.html")
        b.wait("document.querySelector('.fresh')", "what is new")
        is_(b.js("return document.querySelectorAll('.fresh').length"), 4,
            "papers are new")
    b.click("fresh")
    is_(len(b.shown()), 4, "and can be had alone")
    b.js("localStorage.clear(); sessionStorage.clear()")


def test_beside(b):
    """On a wide screen the paper is beside the list, one at a time."""
    b.size(1700)
    b.open("day.html")
    b.key("j")
    b.key("j")
    b.settle()
    is_(b.js("const open = document.querySelectorAll('article > details[open]');"
             "const body = open[0].querySelector('.body')"
             ".getBoundingClientRect();"
             "const row = open[0].querySelector('summary')"
             ".getBoundingClientRect();"
             "return [open.length, open[0].parentNode.dataset.id,"
             " body.left > row.right, body.top < 100]"),
        [1, "2599.01001", True, True], "the paper is beside the list")
    b.size(1280)


def test_bibtex(b):
    b.open("day.html")
    b.unfold()
    b.js("Object.defineProperty(navigator, 'clipboard', {value: "
         "{writeText: (t) => { window.copied = t; return Promise.resolve(); }"
         "}})")
    for id_, want in [
            ("2599.01001", "  author        = {Aino Virtanen and {Bo Ek, Jr.} "
             "and Chidi Okafor},\n  year          = {2025},\n"),
            ("2599.01004", "  title         = {Training on 10\\textasciicircum"
             "{}6 Cores Without Losing Count \\& Nerve},\n"),
            ("hep-th/9901001", "@misc{hep-th-9901001,\n")]:
        b.js("document.querySelector(`[data-id='${arguments[0]}'] "
             "[data-do=bibtex]`).click()", id_)
        b.settle()
        copied = b.js("return window.copied")
        ok(want in copied, f"BibTeX of {id_}", copied)


def test_theme(b):
    b.open("day.html")
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    b.scheme("light")
    light = b.js(ground)
    b.scheme("dark")
    dark = b.js(ground)
    ok(light != dark, "dark where the reader's system is dark")
    b.click("theme")
    is_(b.js(ground), light, "the button makes it light")
    b.open_until("day.html", lambda: b.js(
        "return 'theme' in document.documentElement.dataset"))
    is_(b.js(ground), light, "which is remembered")
    b.key("t")
    is_(b.js(ground), dark, "t makes it dark")
    b.js("localStorage.setItem('paperround.theme', 'light');"
         "dispatchEvent(new StorageEvent('storage'))")
    is_(b.js(ground), light, "what another tab chooses is shown in this")
    b.js("localStorage.clear()")


def test_looks(b):
    for page in ("day", "topics", "empty", "broken", "week", "month", "index",
                 "authors-day", "authors-week", "authors-month",
                 "hostile-day"):
        b.open(page + ".html", ready=False)
        for width in (360, 1600):
            b.size(width)
            b.settle()
            is_(b.js("const e = document.documentElement;"
                     "return e.scrollWidth - e.clientWidth"), 0,
                f"{page} fits into {width} pixels")
        if page.startswith("hostile"):
            continue
        for scheme in ("light", "dark"):
            b.scheme(scheme)
            is_(b.js(CONTRAST), [], f"{page}, {scheme}: contrast is AA")
        b.scheme("light")
    b.size(1280)


def test_without_javascript(b):
    b.scripts(False)
    b.visit(b.address("day.html"))
    text = b.text()
    b.press("article summary", ENTER)
    opened = b.text()
    b.scripts(True)
    ok("What a Teacher Never Told" in text and "Masks" in text,
       "without JavaScript: titles")
    ok("from the student's side" in opened, "  and abstracts that open")
    ok("Starred" not in text and "Export" not in text,
       "  and no control that would do nothing")
    b.size(1280)
    b.scripts(False)
    b.visit(b.address("month.html"))
    b.press("article.card summary", ENTER)
    b.scripts(True)
    is_(b.js("const card = document.querySelector('.card');"
             "const acts = card.querySelector('.acts')"
             ".getBoundingClientRect();"
             "const links = [...card.querySelectorAll('.links a')];"
             "return [links.length > 3, links.filter((e) => {"
             "  const box = e.getBoundingClientRect();"
             "  return box.right > acts.left && box.left < acts.right &&"
             "      box.bottom > acts.top && box.top < acts.bottom;"
             "}).map((e) => e.textContent)]"), [True, []],
        "  and a card that is open covers none of its links")


def test_hostile(b):
    b.forget()
    for page in ("hostile-day", "hostile-week", "hostile-month",
                 "hostile-index", "hostile-katex"):
        b.open(page + ".html")
        if page == "hostile-index":
            found(b, "a")
        b.js("for (const e of document.querySelectorAll("
             "'main *, header *, aside *')) {"
             "  for (const kind of ['mouseover', 'focus', 'toggle', 'error',"
             "      'load'])"
             "    e.dispatchEvent(new Event(kind));"
             "  if (e.matches('button')) e.click();"
             "  if (e.matches('details')) e.open = true;"
             "}")
        b.settle()
        is_(b.js("return window.booms ?? []"), [], f"{page}: nothing ran")
        is_(b.js("return [...document.querySelectorAll('[href], [src]')]"
                 ".map((e) => new URL(e.href?.baseVal ?? e.href ?? e.src,"
                 " location).href)"
                 ".filter((u) => !/^(https?|file):/.test(u) &&"
                 " !u.startsWith('data:image/svg+xml,'))"), [],
            f"{page}: no link but to the web")
        quiet(b, page + ".html", page, allowed=["/katex/"])


def found(b, text):
    """Types, and waits for the worker's answer."""
    b.type(text)
    b.wait("!document.querySelector('#results[aria-busy]')", "an answer")


def test_index(b):
    b.open("index.html")
    rows = "return document.querySelectorAll('#results [data-id]').length"
    titles = ("return [...document.querySelectorAll('#results .title')]"
              ".map((e) => e.textContent)")
    count = "return document.getElementById('count').textContent"
    is_(b.js(rows), 0, "30,000 papers: none is shown before a search")
    found(b, "common")
    is_(b.js(rows), 25, "a search shows no more than can be read")
    is_(b.js(count), "30,000 of 30,000 papers", "but counts all")
    b.click("more")
    b.wait("document.querySelectorAll('#results [data-id]').length > 25",
           "more")
    is_(b.js(rows), 50, "more on demand")
    found(b, "needle")
    is_(b.js(titles), ["Title 12345 needle"],
        "one paper of 30,000 is found")
    is_(b.js("return document.querySelector('#results a[href^=\"2\"]')"
             ".getAttribute('href')"),
        "2025/09/2025-09-26.html#p-2599.12345", "its day is linked")
    for query, want in [("author 7", 16968), ('"author 7" -"author 77"', 3091),
                        ("2599.0123", 10), ("2025-09 title", 2500),
                        ("itle 12345 nee", 1), ("thor 96 2025-12-2", 48),
                        ("-common", 0), ("zzz", 0)]:
        found(b, query)
        is_(b.js(count), f"{want:,} of 30,000 papers", f"index: {query}")
    is_(b.js("const e = document.getElementById('nothing');"
             "return e.checkVisibility() && e.textContent"),
        "Nothing matches 'zzz' among 30,000 papers – clear, or search all of "
        "arXiv", "nothing found: what can be done")
    is_(b.js("return location.hash"), "#q=zzz", "the address has the search")
    b.js("document.querySelector('#nothing button').click()")
    b.settle()
    is_(b.js("return [location.hash, document.getElementById('find').value,"
             "document.getElementById('nothing').hidden]"), ["", "", True],
        "it is cleared")
    b.js("location.hash = '#q=needle'")
    b.wait("document.querySelector('#results .title')", "what a link asks for")
    is_(b.js(titles), ["Title 12345 needle"], "a link can ask for a search")
    b.js("document.activeElement.blur()")
    b.key("j")
    b.press("#results .at summary", ENTER)
    b.wait("document.querySelector('#results details[open] .links button')",
           "the open paper")
    is_(b.js("const e = document.querySelector('#results .at details[open]');"
             "return [...e.querySelectorAll('.authors a, .links > *')]"
             ".map((e) => e.textContent)"),
        ["Author 26", "abstract, in its day", "abs", "pdf", "Read", "Drop",
         "BibTeX"], "a paper that was found opens, and has what others have")
    b.key("r")
    is_(b.js(titles), ["Title 12345 needle"], "a mark changes no result")
    b.click("unread")
    b.wait("!document.querySelector('#results .title')", "no unread paper")
    is_(b.js(count), "0 of 30,000 papers", "unless it is asked for")
    b.key("u")
    b.wait("document.querySelector('#results .title')", "the paper again")
    b.key(ESCAPE)
    quiet(b, "index.html", "index")


TESTS = [test_text, test_search, test_place, test_head, test_phone, test_print,
         test_large, test_address, test_filters, test_keys, test_marks, test_import,
         test_visits, test_beside, test_bibtex, test_theme, test_looks, test_without_javascript,
         test_hostile, test_index]


def main():
    kind = BROWSERS[sys.argv[1]]
    if kind.lacks():
        skip(f"the web page in {kind.name}", kind.lacks())
        return done()
    folder = os.path.abspath(sys.argv[2])
    browser = kind(folder)
    try:
        browser.size(1280)
        for test in TESTS:
            test(browser)
    finally:
        browser.quit()
    return done()


if __name__ == "__main__":
    sys.exit(main())
