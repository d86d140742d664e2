#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Checks documents of digest-render against the rules of their formats.

usage: check.py PAPERS FORMAT FILE [FORMAT FILE ..]

FORMAT is the name of one below, PAPERS how many papers each must hold;
short:WIDTH has lines of so many columns at most.
Whatever the records held, only what digest-render itself writes may be markup,
header, escape sequence or command, and every link leads to http or https.

Prints "FILE: fine", by the file's name without its folder, or what is wrong
with it.  Many at once, since most of the time is Python's start.
"""
import csv
import email
import email.policy
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f"
                       "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
                       "\U000e0000-\U000e0fff]")
WEB = re.compile(r"https?://[A-Za-z0-9][^\s\"'<>\\^`{|}]*\Z")
VOID = {"br", "meta", "hr", "img", "input"}
wrong = []


def complain(what):
    wrong.append(what)


def check(condition, what):
    if not condition:
        complain(what)


def check_visible(text, where):
    found = INVISIBLE.search(text)
    if found:
        complain(f"{where}: {found.group()!r} in "
                 f"{text[max(0, found.start() - 30):found.end() + 10]!r}")


class Markup(HTMLParser):
    """The HTML in a document: which elements, with which attributes."""

    def __init__(self, where, elements, attributes, own=lambda url: False):
        super().__init__(convert_charrefs=True)
        self.where, self.elements, self.attributes = where, elements, attributes
        self.own, self.open, self.count, self.ids = own, [], {}, set()

    def handle_starttag(self, tag, attrs):
        self.count[tag] = self.count.get(tag, 0) + 1
        check(tag in self.elements, f"{self.where}: <{tag}>")
        for name, value in attrs:
            check(name in self.attributes, f"{self.where}: <{tag} {name}={value!r}>")
            if name in ("href", "src"):
                check(WEB.match(value or "") or self.own(value),
                      f"{self.where}: leads to {value!r}")
            if name == "id":
                check(value not in self.ids, f"{self.where}: id {value!r} twice")
                self.ids.add(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        check(self.open and self.open[-1] == tag,
              f"{self.where}: </{tag}> within {self.open[-3:]}")
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_comment(self, data):
        complain(f"{self.where}: comment {data!r}")

    def handle_pi(self, data):
        complain(f"{self.where}: instruction {data!r}")

    def unknown_decl(self, data):
        complain(f"{self.where}: declaration {data!r}")


def check_html(text, where, elements, attributes, **more):
    markup = Markup(where, set(elements.split()), set(attributes.split()), **more)
    markup.feed(text)
    markup.close()
    check(not markup.open, f"{where}: left open {markup.open}")
    return markup


def markdown(data, papers):
    check_visible(data, "source")
    page = subprocess.run(
        ["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e",
         "strikethrough", "-e", "tagfilter"],
        input=data, capture_output=True, text=True, check=True).stdout
    markup = check_html(
        page, "as rendered",
        "h1 h2 h3 p strong em a blockquote table thead tbody tr th td ul ol li hr b br",
        "href id align start rowspan colspan",
        own=lambda url: re.match(r"mailto:[^?]+\Z|#(user-content-link\d+|paper-[a-z0-9-]+"
                                 r"|topic-[a-z0-9-]*|papers)\Z", url or ""))
    check(markup.count.get("h1", 0) == 1, "more or fewer than one <h1>")
    anchors = [i for i in markup.ids if re.match(r"(link|paper-)", i)]
    check(len(anchors) == papers, f"{len(anchors)} papers, not {papers}")
    check("boom(2)" not in "".join(re.findall(r'href="([^"]*)"', page)),
          "a link of the paper's own")


def columns(line):
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def text(data, papers):
    check_visible(data, "text")
    shown = data.split("\nPapers that could not be scored")[0]
    found = re.findall(r"^ {0,2}(\d+)\. ", shown, re.M)
    check(found == [str(n + 1) for n in range(papers)], f"papers {found}")
    for line in data.split("\n"):
        width = columns(line)
        check(width <= 80, f"{width} columns: {line!r}")


def short(data, papers, width=80):
    lines = data.split("\n")
    check(lines.pop() == "", "the last line has no end")
    check(len(lines) == papers, f"{len(lines)} lines, not {papers}")
    for line in lines:
        check(line.count("\t") == 1, f"not one tab: {line!r}")
        before, _, ident = line.partition("\t")
        check_visible(before + ident, "line")
        check(columns(before) % 8 == 7, f"the tab is not one column: {line!r}")
        check(columns(line) <= width, f"{columns(line)} columns: {line!r}")


def color(data, papers):
    data, links = re.subn(
        r"\x1b\]8;;(https?://[A-Za-z0-9][^\x1b\s]*)?\x1b\\", "", data)
    check(links >= 2 * papers and links % 2 == 0, f"{links} ends of links")
    check_visible(re.sub(r"\x1b\[[0-9;]+m", "", data), "text")


def unscored_missing(html):
    said = re.search(r"could not be scored \((\d+)\)", html)
    return int(said.group(1)) - html.count("<li>") if said else 0


def mail(data, papers):
    check(max(len(line) for line in data.split("\n")) <= 78, "a line is too long")
    check(all(c == "\n" or " " <= c <= "~" for c in data), "not ASCII")
    m = email.message_from_string(data, policy=email.policy.default)
    names = ["From", "To", "Subject", "Date", "Message-ID", "List-Id",
             "List-Archive", "List-Unsubscribe", "Auto-Submitted",
             "MIME-Version", "Content-Type"]
    check([n for n in m.keys() if n not in names[6:8]] == names[:6] + names[8:],
          f"headers {m.keys()}")
    for name in m.keys():
        check_visible(str(m[name]), name)
        check(not m[name].defects, f"{name}: {m[name].defects}")
    check(m.get_content_type() == "multipart/alternative", "no alternative")
    plain, html = m.iter_parts()
    check(plain.get_content_type() == "text/plain", "first part is no text")
    check(html.get_content_type() == "text/html", "second part is no HTML")
    mail_text(plain.get_content(), papers)
    mail_html(html.get_content(), papers)


def left_out(text):
    said = re.search(r"\u2026 and ([0-9,]+) more", text)
    return int(said.group(1).replace(",", "")) if said else 0


def mail_text(text, papers):
    check_visible(text, "text")
    check(len(text.encode()) < 100000, "the text is long")
    shown, _, missing = text.partition("\nPapers that could not be scored")
    found = re.findall(r"^ {0,3}(\d+)\. ", shown, re.M)
    check(found == [str(n + 1) for n in range(len(found))], f"papers {found}")
    said = re.match(r" \((\d+)\)\n", missing)
    unscored = int(said.group(1)) if said else 0
    unscored -= len(re.findall(r"^  [^ ]", missing, re.M))
    check(len(found) + left_out(text) == papers + unscored,
          f"{len(found)} papers in the text, {left_out(text)} more")


def mail_html(text, papers):
    check_visible(text, "html")
    check(len(text.encode()) < 100000, "HTML is cut by Gmail")
    markup = check_html(
        text, "html",
        "html head meta title style body div h1 h2 h3 p strong a br ol ul li pre",
        "lang charset name content style class id value href",
        own=lambda url: re.match(r"#paper-[a-z0-9-]+\Z", url or ""))
    inside = re.findall(r'href="#([^"]*)"', text)
    check(set(inside) <= markup.ids, "contents without a paper")
    found = re.findall(r'<h3 [^>]*>(\d+)\. <a |<li value="(\d+)"><a href="[^#]',
                       text)
    found = [a or b for a, b in found]
    check(found == [str(n + 1) for n in range(len(found))], f"papers {found}")
    check(papers == len(found) + left_out(text) - unscored_missing(text),
          f"{len(found)} papers, {left_out(text)} more")


ENTRY = ("p strong a ul li", "href")


def atom(data, papers):
    ns = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(data)
    ids = [e.text for e in feed.iter(ns + "id")]
    check(len(ids) == len(set(ids)), "an id twice")
    entries = feed.findall(ns + "entry")
    own = [e for e in entries if e.find(ns + "id").text.startswith("urn:uuid:")]
    check(len(entries) - len(own) == papers, f"{len(entries)} entries")
    for e in feed.iter():
        check(e.tag.startswith(ns), f"element {e.tag}")
        for value in [e.text or "", *e.attrib.values()]:
            check_visible(value.replace("\n", ""), e.tag)
        if e.tag == ns + "link":
            check(WEB.match(e.get("href")), f"link to {e.get('href')!r}")
        if e.tag == ns + "content":
            check_html(e.text, "content", *ENTRY)


def jsonfeed(data, papers):
    feed = json.loads(data)
    check(feed["version"] == "https://jsonfeed.org/version/1.1", "version")
    ids = [i["id"] for i in feed["items"]]
    check(len(ids) == len(set(ids)), "an id twice")
    check(sum(not i.startswith("urn:") for i in ids) == papers, f"{len(ids)} items")
    for item in feed["items"]:
        check_html(item["content_html"], item["id"], *ENTRY)
        for key in ("title", "summary"):
            check_visible(item.get(key, ""), key)
        for url in [item.get("url", "https://a"),
                    *(a["url"] for a in item.get("attachments", []))]:
            check(WEB.match(url), f"link to {url!r}")
        for tag in item.get("tags", []):
            check_visible(tag, "tag")


def slack(data, papers):
    found = 0
    for line in data.splitlines():
        message = json.loads(line)
        check(set(message) == {"text", "blocks", "unfurl_links"}, "members")
        check("<" not in message["text"], "markup in text")
        check(0 < len(message["blocks"]) <= 50, f"{len(message['blocks'])} blocks")
        for block in message["blocks"]:
            if block["type"] == "header":
                check(block["text"]["type"] == "plain_text", "header")
                check(len(block["text"]["text"]) <= 150, "header too long")
                continue
            check(block["type"] == "rich_text", block["type"])
            total = 0
            for section in block["elements"]:
                check(section["type"] == "rich_text_section", section["type"])
                found += bool(re.match(r"\d+\. \Z", section["elements"][0]["text"]))
                for e in section["elements"]:
                    check(e["type"] in ("text", "link"), e["type"])
                    check(e["text"], "an empty text")
                    check_visible(e["text"], "text")
                    total += len(e["text"])
                    if e["type"] == "link":
                        check(WEB.match(e["url"]), f"link to {e['url']!r}")
                        check(len(e["url"]) <= 3000, "a link is too long")
            check(0 < total <= 3000, f"{total} characters in a block")
    check(found == papers, f"{found} papers")


# What does more than print.
ACTS = set("""input include write openout openin read closeout immediate special
    catcode def edef gdef xdef let futurelet csname expandafter output jobname
    loop newwrite directlua latelua href url includegraphics verbatiminput
    lstinputlisting usepackage html htmlData""".split())


def bibtex(data, papers):
    check_visible(data, "text")
    entries = re.split(r"^@", data, flags=re.M)
    check(len(entries) - 1 == papers, f"{len(entries) - 1} entries")
    check("@" not in entries[0], "an entry among the comments")
    for entry in entries[1:]:
        depth = 0
        for i, c in enumerate(entry.rstrip()):
            depth += (c == "{") - (c == "}")
            check(depth > 0 or i < 8 or i == len(entry.rstrip()) - 1,
                  f"closed early: {entry[:60]!r}")
        check(depth == 0, f"unbalanced: {entry[:60]!r}")
        body = re.sub(r"^  url .*$", "", entry, flags=re.M)
        for name in re.findall(r"\\([A-Za-z]+)", body):
            check(name not in ACTS, f"command \\{name}")
        check("^^" not in body, "^^ is a backslash in disguise")
        check(not re.search(r"(?<!\\)[%#&]", body), "a bare special")
    keys = re.findall(r"^@\w+\{(.*),$", data, re.M)
    check(len(keys) == len(set(keys)), "a key twice")


def ris(data, papers):
    lines = data.split("\r\n")
    check(lines.pop() == "" and "\n" not in "".join(lines), "ends of lines")
    tags = []
    for line in lines:
        check(re.match(r"[A-Z][A-Z0-9]  - ", line), f"no tag: {line!r}")
        check_visible(line, line[:2])
        check(line[:2] not in ("UR", "L1") or WEB.match(line[6:]), f"link {line!r}")
        tags.append(line[:2])
    check(tags.count("TY") == tags.count("ER") == papers, f"{tags.count('TY')} entries")
    starts = [a == "ER" for a in ["ER"] + tags][:-1]
    check(starts == [a == "TY" for a in tags], "TY in the midst of an entry")


def csljson(data, papers):
    items = json.loads(data)
    ids = [i["id"] for i in items]
    check(len(ids) == len(set(ids)) == papers, f"{len(ids)} items")
    for item in items:
        check(WEB.match(item["URL"]), f"link to {item['URL']!r}")
        texts = [v for v in item.values() if isinstance(v, str)]
        for person in item.get("author", []):
            texts += person.values()
        for text in texts:
            check_visible(text, item["id"])


def table(rows, papers):
    check(len(rows) == papers + 1, f"{len(rows)} rows")
    for row in rows:
        check(len(row) == len(rows[0]), f"{len(row)} cells: {row}")
        for cell in row:
            check_visible(cell, "cell")
            check(cell[:1] not in ("=", "+", "-", "@") or
                  re.match(r"-?[0-9.e+]+\Z", cell), f"a formula: {cell!r}")


def comma(data, papers):
    check(data.endswith("\r\n") and data.count("\n") == data.count("\r\n") ==
          papers + 1, "ends of lines")
    table(list(csv.reader(io.StringIO(data, newline=""), strict=True)), papers)


def tab(data, papers):
    table([line.split("\t") for line in data.split("\n")[:-1]], papers)


def ids(data, papers):
    check(data.count("\n") == papers, "lines")
    for line in data.split("\n"):
        check_visible(line, "id")


FORMATS = {"markdown": markdown, "text": text, "short": short, "color": color,
           "email": mail, "atom": atom, "jsonfeed": jsonfeed, "slack": slack,
           "bibtex": bibtex, "ris": ris, "csljson": csljson, "csv": comma,
           "tsv": tab, "ids": ids}

papers = int(sys.argv[1])
bad = False
for name, path in zip(sys.argv[2::2], sys.argv[3::2]):
    wrong.clear()
    try:
        with open(path, encoding="utf-8", newline="") as f:
            name, _, width = name.partition(":")
            FORMATS[name](f.read(), papers, *map(int, width.split()))
    except Exception as e:  # such as a document that is not JSON
        complain(repr(e))
    bad = bad or bool(wrong)
    for line in wrong[:20] or ["fine"]:
        print(f"{os.path.basename(path)}: {line[:300]}")
sys.exit(bad)
