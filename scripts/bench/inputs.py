# SPDX-License-Identifier: ISC
"""Input for the bench: COUNT entries of a kind, on stdout.

usage: inputs.py KIND COUNT

Papers are those of ../shared/data, where it stands beside the project, else
made-up ones of their length; over and over, with ids of their own."""
import glob
import itertools
import json
import os
import random
import sys
from xml.sax.saxutils import escape

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                    "../../../shared/data")
# A made-up text has these as its commonest words, some of the keywords among
# the rarer ones, so that about half of the papers have one, as real ones do.
COMMON = ("we propose a model that learns sparse $\\mathcal{O}(n)$ graphs by "
          "search & selection while previous work has been limited to dense "
          "layers with large context across several benchmarks").split()
KEYWORDS = "retrieval pruning quantization distillation".split()
PARTS = "ra ne to li su ke mo da fi ve pu go ti co le sa".split()
WORDS = COMMON + ["".join(w) for w in itertools.product(PARTS, repeat=3)]
WORDS[250:250] = KEYWORDS
WEIGHTS = [1 / (n + 10) for n in range(len(WORDS))]
NAMES = ["Ada Example", "J. -P. Sample (Inst., Town)", "Bj{\\o}rn Probe"]
rng = random.Random(1)


def text(length):
    return " ".join(rng.choices(WORDS, WEIGHTS, k=length))


def made_up():
    categories = rng.sample(["cs.LG", "cs.AI", "cs.CV", "math.CO", "hep-th"], 2)
    return {"title": text(9), "authors": rng.choices(NAMES, k=5),
            "abstract": text(180), "categories": categories,
            "primary_category": categories[0], "announced": "2025-10-17"}


def records(pattern):
    for path in sorted(glob.glob(os.path.join(DATA, pattern))):
        with open(path, encoding="utf-8") as f:
            yield from (json.loads(line) for line in f)


def number(n):
    """An id, another for each n."""
    month, n = divmod(n, 100000)
    return "%02d%02d.%05d" % (7 + month // 12, month % 12 + 1, n)


def papers(count):
    once = list(records("days/*.jsonl")) or [
        made_up() for _ in range(min(count, 7659))]
    for n in range(count):
        yield n, dict(once[n % len(once)], id=number(n))


def varied(count):
    """Papers that are not the same the second time: words are left out."""
    for n, p in papers(count):
        if n >= 7000:
            p["abstract"] = " ".join(
                w for w in p["abstract"].split() if rng.random() < 0.8)
        yield n, p


def scored(count):
    """All of them shown in a digest."""
    for n, p in papers(count):
        p["score"] = {"relevance": 8 + n % 3, "novelty": 7 + n % 4,
                      "comment": "What this paper is good for.",
                      "topics": [["moe", "compression"][n % 2]]}
        yield n, p


def chosen(count):
    """A reader's, of four subjects, in words that the word vectors know."""
    for n in range(count):
        words = COMMON + [KEYWORDS[n % 4]] * 9
        yield n, {"id": number(n), "title": " ".join(rng.choices(words, k=9)),
                  "abstract": " ".join(rng.choices(words, k=180)),
                  "categories": ["cs.LG"]}


def labelled(count):
    """To learn from: what is selected is made up of words of the title."""
    for n, p in varied(count):
        p["announced"] = "2025-%02d-%02d" % (n // 2000 % 12 + 1, n // 80 % 25 + 1)
        good = any(len(w) == 10 for w in p["title"].split())
        p["score"] = {"relevance": 9 if good else 3, "novelty": 8}
        yield n, p


def snapshot(count):
    for n in range(count):
        yield n, {
            "id": number(n), "submitter": None,
            "authors": "A. Example and B. Sample",
            "title": "A title of\n  some length", "comments": "12 pages",
            "journal-ref": None, "doi": None, "report-no": None,
            "categories": "cs.LG stat.ML", "license": None,
            "abstract": "  Sentence after sentence.\n" * 40,
            "versions": [{"version": "v1",
                          "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
            "update_date": "2008-11-26",
            "authors_parsed": [["Example", "A.", ""], ["Sample", "B.", ""]]}


def ids(count):
    return ((n, {"id": number(n)}) for n in range(count))


def work(n):
    """The nth entry of a library: half of them have an arXiv id."""
    r = random.Random(n)
    w = {"id": number(n)} if n % 2 else {
        "id": "10.1000/w%d" % n, "doi": "10.1000/w%d" % n}
    w.update(title=" ".join(r.choices(WORDS, k=9)),
             authors=["Ada Example%d" % n, "Bo Sample"], year=2000 + n % 25)
    return w


def library(count):
    return ((n, work(n)) for n in range(count))


def bibtex(count):
    for n in range(count):
        w = work(n)
        print("@article{w%d,\n  title = {%s},\n  author = {%s},\n"
              "  year = %d,\n  %s\n}\n" % (
                  n, w["title"], " and ".join(w["authors"]), w["year"],
                  "doi = {%s}" % w["doi"] if "doi" in w else
                  "eprint = {%s},\n  archiveprefix = {arXiv}" % w["id"]))


def reference(n):
    """As a paper prints the nth work: all have titles, some more."""
    w = work(n)
    r = {"title": w["title"].capitalize() + ".", "year": w["year"],
         "authors": "A. " + w["authors"][0].split()[1] + " and B. Sample"}
    if rng.random() < 0.3:
        r.update({"doi": w["doi"]} if "doi" in w else {"arxiv": w["id"]})
    return r


def citing(count):
    """Papers with 40 references, a twentieth of them to 5,000 works."""
    for n, p in papers(count):
        p["references"] = [
            reference(rng.randrange(5000) + 5000 * (rng.random() >= 0.05) *
                      rng.randrange(1, 100)) for _ in range(40)]
        yield n, p


def seen(count):
    sys.stdout.writelines(number(n) + " 2025-10-17\n" for n in range(count))


def rss(count):
    print('<rss xmlns:arxiv="http://arxiv.org/schemas/atom" '
          'xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>'
          '<title>cs.LG updates on arXiv.org</title>'
          '<pubDate>Fri, 20 Nov 2026 00:00:00 -0500</pubDate>')
    for n in range(count):
        print("""    <item>
      <title>%s</title>
      <link>https://arxiv.org/abs/%s</link>
      <description>arXiv:%sv1 Announce Type: new 
Abstract: %s</description>
      <guid isPermaLink="false">oai:arXiv.org:%sv1</guid>
      <category>cs.LG</category>
      <category>stat.ML</category>
      <pubDate>Fri, 20 Nov 2026 00:00:00 -0500</pubDate>
      <arxiv:announce_type>new</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <dc:creator>%s</dc:creator>
    </item>""" % (escape(text(9)), number(n), number(n), escape(text(170)),
                  number(n), ", ".join(rng.choices(NAMES, k=5))))
    print("</channel></rss>")


def listed():
    """The papers of ../shared/data that a reader of cs.LG and cs.AI was shown,
    as (day, paper), with the scores that an LLM gave those it selected."""
    selected = {p["id"]: p["score"] for p in records("labels/*.jsonl")}
    for path in sorted(glob.glob(os.path.join(DATA, "days/*.jsonl"))):
        day = os.path.basename(path)
        for p in records("days/" + day):
            if {"cs.LG", "cs.AI"} & set(p["categories"]):
                yield day, p, selected.get(p["id"])


def archive(days):
    """The first days of it, scored; what was not selected has low scores."""
    first = sorted({day for day, _, _ in listed()})[:days]
    for day, p, score in listed():
        if day in first:
            yield day, dict(p, score=score or {"relevance": 1, "novelty": 1})


def unread(days):
    """The days after those, unscored."""
    first = sorted({day for day, _, _ in listed()})[:days]
    return ((day, p) for day, p, _ in listed() if day not in first)


def page(count):
    """arXiv's page of a paper that refers to so many works."""
    print('<html><head><title>%s</title></head><body>'
          '<article class="ltx_document">' % escape(text(9)))
    for _ in range(100):
        print('<div class="ltx_para"><p class="ltx_p">%s</p></div>'
              % escape(text(250)))
    print('<section class="ltx_bibliography"><ul class="ltx_biblist">')
    for n in range(count):
        r = reference(n)
        print('<li class="ltx_bibitem">' + "".join(
            '<span class="ltx_bibblock">%s</span>\n' % escape(t)
            for t in (r["authors"] + ".", r["title"],
                      "Journal of Examples, %d." % r["year"],
                      "arXiv:" + r["arxiv"] if "arxiv" in r else
                      "doi:" + r.get("doi", ""))) + "</li>")
    print("</ul></section></article></body></html>")


KINDS = {f.__name__: f for f in (papers, varied, scored, labelled, snapshot,
                                 chosen, ids, seen, rss, archive, unread,
                                 library, bibtex, citing, page)}
sys.stdout.reconfigure(encoding="utf-8")
for _, record in KINDS[sys.argv[1]](int(sys.argv[2])) or ():
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
