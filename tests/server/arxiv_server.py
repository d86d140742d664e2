# SPDX-License-Identifier: ISC
"""Plays arXiv's interfaces, and those for authors, from made-up papers.

Feeds and listing pages are fixtures: rss/CAT.xml, atom/CAT.xml,
list/CAT.html below --root, html/ID.  OAI-PMH, the query interface, Semantic Scholar
and OpenAlex are computed from papers.json there, or from --papers generated
ones, with the limits and the resumption tokens of the real services.
"""

import email.utils
import json
import os
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from urllib.parse import parse_qs, quote, unquote
from xml.sax.saxutils import escape

import faults

TEXT = {"Content-Type": "text/plain"}
XML = {"Content-Type": "text/xml; charset=utf-8"}
ATOM = {"Content-Type": "application/atom+xml; charset=utf-8"}
JSON = {"Content-Type": "application/json"}


def generated(count, per_day):
    papers = []
    for i in range(count):
        day = date(2026, 1, 1) + timedelta(i // per_day)
        papers.append({
            "id": "2613.%05d" % i, "datestamp": str(day),
            "versions": [day.strftime("%a, %d %b %Y 10:00:00 GMT")],
            "categories": "cs.LG", "title": "Paper %d" % i,
            "authors": "Ada Example", "abstract": "Number %d." % i})
    return papers


def seconds(text):
    return email.utils.parsedate_to_datetime(text).timestamp()


class Papers:
    def __init__(self, args):
        if args.papers:
            self.all = generated(args.papers, args.per_day)
        else:
            path = os.path.join(args.root, "papers.json")
            with open(path, encoding="utf-8") as f:
                self.all = json.load(f)
        self.by_id = {p["id"]: p for p in self.all}
        self.by_datestamp = sorted(
            self.all, key=lambda p: (p["datestamp"], p["id"]))
        self.sets = {}
        self.by_submission = sorted(
            self.all, key=lambda p: (seconds(p["versions"][0]), p["id"]))

    def of_set(self, wanted):
        """Its papers by datestamp, and the datestamps."""
        if wanted not in self.sets:
            found = [p for p in self.by_datestamp if in_set(p, wanted)]
            self.sets[wanted] = found, [p["datestamp"] for p in found]
        return self.sets[wanted]


def in_set(paper, wanted):
    if not wanted:
        return True
    for category in paper["categories"].split():
        archive, _, subject = category.partition(".")
        full = [archive, archive] + ([subject] if subject else [])
        if full[:len(wanted.split(":"))] == wanted.split(":"):
            return True
    return False


# OAI-PMH

def element(name, text, indent=12):
    return "" if text is None else "%s<%s>%s</%s>\n" % (
        " " * indent, name, escape(text), name)


def oai_record(p):
    versions = "".join(
        '            <version version="v%d">\n                <date>%s</date>\n'
        "            </version>\n" % (i + 1, when)
        for i, when in enumerate(p["versions"]))
    status = ' status="deleted"' if p.get("deleted") else ""
    head = ("<record>\n    <header%s>\n"
            "        <identifier>oai:arXiv.org:%s</identifier>\n"
            "        <datestamp>%s</datestamp>\n    </header>\n"
            % (status, p["id"], p["datestamp"]))
    if p.get("deleted"):
        return head + "</record>\n"
    return (head + "    <metadata>\n        <arXivRaw "
            'xmlns="http://arxiv.org/OAI/arXivRaw/">\n'
            + element("id", p["id"]) + versions
            + element("title", p["title"]) + element("authors", p["authors"])
            + element("categories", p["categories"])
            + element("comments", p.get("comments"))
            + element("abstract", p["abstract"])
            + "        </arXivRaw>\n    </metadata>\n</record>\n")


def oai_answer(content):
    return 200, dict(XML), (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n'
        "<responseDate>2026-11-25T03:00:00Z</responseDate>\n"
        "<request>http://oaipmh.arxiv.org/oai</request>\n"
        + content + "</OAI-PMH>\n").encode()


def oai_error(code, text):
    return oai_answer("<error code='%s'>%s</error>\n" % (code, text))


def oai(papers, query, page_size):
    """ListRecords; a token is the next request, quoted, its "from" moved to
    the last day and "skip" counted inside it."""
    token = query.get("resumptionToken", [""])[0]
    if token:
        arguments = parse_qs(unquote(token))
        if arguments.get("verb") != ["ListRecords"]:
            return oai_error("badResumptionToken", "Reason: not ours")
    else:
        arguments = query
    if arguments.get("metadataPrefix") != ["arXivRaw"]:
        return oai_error("cannotDisseminateFormat", "Reason: format")
    one = {k: v[0] for k, v in arguments.items()}
    wanted = one.get("set", "")
    if wanted.count(":") == 1 and wanted.split(":")[1].isupper():
        return oai_error("badArgument", "Reason: Set does not exist")
    found, days = papers.of_set(wanted)
    start = bisect_left(days, one.get("from", "")) + int(one.get("skip", 0))
    end = bisect_right(days, one.get("until", "9"))
    if start >= end:
        return oai_error("noRecordsMatch", "nothing")
    next_page = min(start + page_size, end)
    page = found[start:next_page]
    content = "<ListRecords>\n" + "".join(map(oai_record, page))
    if next_page < end:
        last = page[-1]["datestamp"]
        one.update({"verb": "ListRecords", "from": last,
                    "skip": str(next_page - bisect_left(days, last))})
        token = quote("&".join(k + "=" + v for k, v in one.items()), safe="")
        content += ("<resumptionToken expires='2026-11-26T00:00:00Z'>%s"
                    "</resumptionToken>\n" % token)
    return oai_answer(content + "</ListRecords>\n")


# The query interface

def iso(text):
    return email.utils.parsedate_to_datetime(text).strftime(
        "%Y-%m-%dT%H:%M:%SZ")


def api_entry(p, version=0):
    version = version or len(p["versions"])
    categories = p["categories"].split()
    comment = p.get("comments")
    return ("<entry>\n<id>http://arxiv.org/abs/%sv%d</id>\n<title>%s</title>\n"
            "<updated>%s</updated>\n<summary>%s</summary>\n%s"
            "<published>%s</published>\n%s<arxiv:primary_category term=\"%s\"/>"
            "\n<author>\n<name>%s</name>\n</author>\n</entry>\n" % (
                p["id"], version, escape(p["title"]),
                iso(p["versions"][version - 1]), escape(p["abstract"]),
                "".join('<category term="%s" scheme='
                        '"http://arxiv.org/schemas/atom"/>\n' % c
                        for c in categories),
                iso(p["versions"][0]),
                element("arxiv:comment", comment, 0), categories[0],
                escape(p["authors"])))


def api_answer(entries, total, start):
    return 200, dict(ATOM), (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns="http://www.w3.org/2005/Atom">\n'
        "<id>https://arxiv.org/api/x</id>\n<title>arXiv Query: x</title>\n"
        "<updated>2026-11-25T03:00:00Z</updated>\n"
        "<opensearch:totalResults>%d</opensearch:totalResults>\n"
        "<opensearch:startIndex>%d</opensearch:startIndex>\n" % (total, start)
        + "".join(entries) + "</feed>\n").encode()


def by_ids(papers, ids, size):
    entries = []
    # Not in the order asked for.
    for one in sorted(ids[:size], reverse=True):
        bare, _, version = one.partition("v")
        if bare in papers.by_id:
            entries.append(api_entry(papers.by_id[bare], int(version or 0)))
    return api_answer(entries, len(entries), 0)


def api(papers, query, vanish):
    start = int(query.get("start", ["0"])[0])
    size = int(query.get("max_results", ["10"])[0])
    if size == 0 or 1 + start // size > 10000 // size:
        return 500, dict(TEXT), b"Internal Server Error\n"
    ids = query.get("id_list", [""])[0]
    if ids:
        return by_ids(papers, ids.split(","), size)
    expression = query.get("search_query", [""])[0]
    found = papers.by_submission
    if "nothing" in expression:
        found = []
    if "submittedDate:[" in expression:
        window = expression.split("submittedDate:[")[1].split("]")[0]
        low, high = window.split(" TO ")
        found = [p for p in found
                 if low <= minute(p["versions"][0]) <= high]
    if query.get("sortOrder") == ["descending"]:
        found = found[::-1]
    page = found[start:start + size]
    answer = api_answer(map(api_entry, page), len(found), start)
    # For the next page some of these are gone.
    del papers.by_submission[:vanish]
    return answer


def minute(text):
    return email.utils.parsedate_to_datetime(text).strftime("%Y%m%d%H%M")


# Authors

def s2(papers, body):
    answer = []
    for one in json.loads(body)["ids"]:
        p = papers.by_id.get(one.replace("ARXIV:", ""))
        answer.append(p and {"paperId": "x" + p["id"], "authors": [
            {"authorId": "77", "name": "Ada Example", "hIndex": p.get("h_index", 12),
             "affiliations": ["Inst. of Examples"], "paperCount": 40,
             "citationCount": 900},
            {"authorId": None, "name": "New \"Quote\" Author", "hIndex": None,
             "affiliations": []}]})
    return 200, dict(JSON), json.dumps(answer).encode()


def openalex(papers, path, query):
    kind, _, values = query["filter"][0].partition(":")
    results = []
    for value in values.split("|"):
        if kind == "doi":
            p = papers.by_id.get(value.replace("10.48550/arxiv.", ""))
            if p:
                results.append({
                    "id": "https://openalex.org/W1",
                    "doi": "https://doi.org/" + value,
                    "authorships": [{
                        "author": {"id": "https://openalex.org/A5",
                                   "display_name": "Ada Example"},
                        "institutions": [{"display_name": "Examples U."}]}]})
        else:
            results.append({
                "id": "https://openalex.org/" + value,
                "display_name": "Ada Example", "works_count": 41,
                "cited_by_count": 901, "summary_stats": {"h_index": 13}})
    if kind != "doi":
        results.append({
            "id": "https://openalex.org/A6", "display_name": "Nobody Asked",
            "works_count": 1, "summary_stats": {"h_index": 99}})
    return 200, dict(JSON), json.dumps({"results": results}).encode()


class Arxiv(faults.Handler):
    papers = None

    def reply(self):
        path, _, text = self.path.partition("?")
        query = parse_qs(text)
        kind = path.split("/")[1]
        papers = self.papers
        if kind in ("rss", "atom"):
            return self.revalidated(self.fixture(path.lstrip("/") + ".xml"))
        if kind == "list":
            name = "list/" + path.split("/")[2] + ".html"
            return self.fixture(name, "text/html; charset=utf-8")
        if kind == "html":
            return self.fixture(path.lstrip("/"), "text/html")
        if path == "/oai":
            return oai(papers, query, self.server.args.page)
        if path == "/api/query":
            return api(papers, query, self.server.args.vanish)
        if path == "/graph/v1/paper/batch":
            return s2(papers, self.body)
        if path in ("/works", "/authors"):
            return openalex(papers, path, query)
        return 404, dict(TEXT), b"no such interface\n"

    def revalidated(self, answer):
        """The feeds have an entity tag, and honour it."""
        status, headers, body = answer
        tag = "%08x" % (sum(body) + len(body))
        headers["ETag"] = tag
        if status == 200 and self.headers.get("If-None-Match") == tag:
            return 304, {"ETag": tag}, b""
        return status, headers, body


def main():
    parser = faults.parser(__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, help="generate so many")
    parser.add_argument("--per-day", type=int, default=20)
    parser.add_argument("--page", type=int, default=2000,
                        help="records on a page of OAI-PMH")
    parser.add_argument("--vanish", type=int, default=0,
                        help="results that vanish after each search")
    args = parser.parse_args()
    Arxiv.papers = Papers(args)
    faults.serve(Arxiv, args)


if __name__ == "__main__":
    main()
