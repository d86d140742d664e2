# SPDX-License-Identifier: ISC
"""arXiv and a language model for one made-up month, on loopback.

    month_server.py DIR

serves what arXiv would have served on the day that stands in DIR/now, with
the faults whose names stand in DIR/faults, and writes its port to DIR/port.
Every request is a line of DIR/log.

    /rss/CATEGORY           the feed of the day
    /list/CATEGORY/new      its listing page, which is never late
    /oai                    arXivRaw records by datestamp
    /v1/chat/completions    scores; wants the key "right"
    /slack                  an incoming webhook

    month_server.py --plan FIRST LAST

prints what was announced: day, id, type and categories, with tabs between.

Faults: late (the feeds are of the day before), late:CATEGORY, down (503
from arXiv), key (every key is wrong), slow (the model takes its time),
slack (the webhook fails).
"""
import datetime
import http.server
import json
import os
import re
import sys
import time
import zlib
from xml.sax.saxutils import escape

HOLIDAYS = {datetime.date(2026, 11, 26)}
# Announced in cs.LG on the one day and cross-listed to cs.AI on the next.
TWICE = datetime.date(2026, 11, 18)
# An old paper's cross list of that day stands in the feed of cs.LG only: OAI
# does not know of such things.
CROSSED = datetime.date(2026, 11, 6), "2500.00001", ["cs.CV", "cs.LG"]
WORDS = ("sparse", "experts", "routing", "pruning", "bees", "tides",
         "heating", "ledger", "nurses", "bells")


def weekday_before(day):
    day -= datetime.timedelta(1)
    while day.weekday() >= 5:
        day -= datetime.timedelta(1)
    return day


def has_announcement(day):
    """A day's feed has what was closed on the weekday before it; on a
    holiday nothing is closed."""
    return day.weekday() < 5 and weekday_before(day) not in HOLIDAYS


def papers(day):
    """What is new on a day, as (id, categories)."""
    if not has_announcement(day):
        return []
    found = []
    for i in range(6):
        categories = [["cs.LG"], ["cs.AI"], ["cs.LG", "cs.AI"]][i % 3]
        found.append((f"{PREFIX}.{day.day:02}{i:03}", categories))
    return found


PREFIX = "2600"


def title(identifier):
    n = zlib.crc32(identifier.encode())
    return f"On {WORDS[n % 10]} and {WORDS[n // 10 % 10]}, part {identifier}"


def announced(day, category):
    """The items of a feed: (id, type, categories)."""
    for identifier, categories in papers(day):
        if category in categories:
            kind = "new" if category == categories[0] else "cross"
            yield identifier, kind, categories
    if day - datetime.timedelta(1) == TWICE and category == "cs.AI":
        identifier, categories = papers(TWICE)[0]
        yield identifier, "cross", categories + ["cs.AI"]
    if day == CROSSED[0] and category == "cs.LG":
        yield CROSSED[1], "cross", CROSSED[2]


def feed(day, category):
    stamp = day.strftime("%a, %d %b %Y")
    out = [f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>{category} updates on arXiv.org</title>
<link>http://rss.arxiv.org/rss/{category}</link>
<description>{category} updates on the arXiv.org e-print archive.</description>
<lastBuildDate>{stamp} 05:00:03 +0000</lastBuildDate>
<managingEditor>rss-help@arxiv.org</managingEditor>
<pubDate>{stamp} 00:00:00 -0500</pubDate>
<skipDays><day>Sunday</day><day>Saturday</day></skipDays>
"""]
    for identifier, kind, categories in announced(day, category):
        tags = "".join(f"<category>{c}</category>" for c in categories)
        out.append(f"""<item><title>{escape(title(identifier))}</title>
<link>https://arxiv.org/abs/{identifier}</link>
<description>arXiv:{identifier}v1 Announce Type: {kind} \n\
Abstract: {escape(title(identifier))}, at length.</description>
<guid isPermaLink="false">oai:arXiv.org:{identifier}v1</guid>{tags}
<pubDate>{stamp} 00:00:00 -0500</pubDate>
<arxiv:announce_type>{kind}</arxiv:announce_type>
<dc:creator>Ada Example, Bob Sample</dc:creator></item>
""")
    return "".join(out) + "</channel></rss>\n"


def listing(day, category):
    while not has_announcement(day):
        day -= datetime.timedelta(1)
    out = [f"<h3>Showing new listings for {day:%A, %d %B %Y}</h3>\n"]
    for kind, words in ("new", "New"), ("cross", "Cross"):
        links = [f'<dt><a href="/abs/{identifier}">x</a></dt>\n'
                 for identifier, type, _ in announced(day, category)
                 if type == kind]
        out.append(f"<dl><h3>{words} submissions (showing {len(links)} of "
                   f"{len(links)} entries)</h3>\n{''.join(links)}</dl>\n")
    return "".join(out)


def oai_record(day, identifier, categories):
    # Received in the morning of the working day before it is announced.
    received = weekday_before(day).strftime("%a, %d %b %Y 15:00:00 GMT")
    sets = "".join(f"<setSpec>cs:cs:{c[3:]}</setSpec>" for c in categories)
    return f"""<record><header>
<identifier>oai:arXiv.org:{identifier}</identifier>
<datestamp>{day}</datestamp>{sets}</header><metadata>
<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{identifier}</id>
<submitter>Ada Example</submitter>
<version version="v1"><date>{received}</date><size>9kb</size>\
<source_type>D</source_type></version>
<title>{escape(title(identifier))}</title>
<authors>Ada Example, Bob Sample</authors>
<categories>{" ".join(categories)}</categories>
<abstract>{escape(title(identifier))}, at length.</abstract></arXivRaw>
</metadata></record>
"""


def oai(now, query):
    first = datetime.date.fromisoformat(query.get("from", "2026-11-01"))
    last = min(now, datetime.date.fromisoformat(query.get("until", str(now))))
    wanted = query.get("set", "cs")
    records, day = [], first
    while day <= last:
        for identifier, categories in papers(day):
            specs = ["cs", "cs:cs"] + [f"cs:cs:{c[3:]}" for c in categories]
            if wanted in specs:
                records.append(oai_record(day, identifier, categories))
        day += datetime.timedelta(1)
    body = "<ListRecords>\n" + "".join(records) + "</ListRecords>"
    if not records:
        body = "<error code='noRecordsMatch'>No records match.</error>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>{now}T07:00:00Z</responseDate>
<request verb="ListRecords">http://oaipmh.arxiv.org/oai</request>
{body}</OAI-PMH>
"""


def verdict(text):
    n = zlib.crc32(text.encode())
    return {"comment": "As the words say.", "relevance": 1 + n % 10,
            "novelty": 5 + n % 5, "topics": []}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setting(self, name):
        with open(os.path.join(sys.argv[1], name), encoding="utf-8") as f:
            return f.read().strip()

    def log_message(self, *args):
        pass

    def note(self):
        with open(os.path.join(sys.argv[1], "log"), "a",
                  encoding="utf-8") as f:
            f.write(f"{self.setting('now')} {self.command} {self.path}\n")

    def answer(self, status, kind, body):
        body = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.note()
        faults = self.setting("faults").split()
        now = datetime.date.fromisoformat(self.setting("now"))
        path, _, query = self.path.partition("?")
        if "down" in faults:
            self.answer(503, "text/plain", "Service unavailable\n")
        elif path.startswith("/rss/"):
            category = path[5:]
            if {"late", "late:" + category} & set(faults):
                now = weekday_before(now)
            self.answer(200, "application/rss+xml", feed(now, category))
        elif path.startswith("/list/"):
            self.answer(200, "text/html", listing(now, path.split("/")[2]))
        elif path == "/oai":
            pairs = (p.partition("=") for p in query.split("&"))
            query = {k: v.replace("%3A", ":") for k, _, v in pairs}
            self.answer(200, "text/xml", oai(now, query))
        else:
            self.answer(404, "text/plain", "Not found\n")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.note()
        faults = self.setting("faults").split()
        if self.path == "/slack":
            if "slack" in faults:
                self.answer(500, "text/plain", "no_service\n")
                return
            with open(os.path.join(sys.argv[1], "slack"), "ab") as f:
                f.write(body.rstrip(b"\n") + b"\n")
            self.answer(200, "text/plain", "ok")
            return
        key = self.headers.get("Authorization", "")
        if "key" in faults or key != "Bearer right":
            self.answer(401, "application/json", json.dumps({"error": {
                "message": "Incorrect API key provided",
                "type": "invalid_request_error",
                "code": "invalid_api_key"}}))
            return
        if "slow" in faults:
            time.sleep(5)
        self.answer(200, "application/json", json.dumps(self.chat(body)))

    def chat(self, body):
        tokens = len(body) // 4
        prompt = json.loads(body)["messages"][-1]["content"]
        if not isinstance(prompt, str):
            prompt = "".join(part.get("text", "") for part in prompt)
        asked = re.findall(r"<<(P\d+) [^>]*>>\s*(?:Title: )?(.*)", prompt)
        scores = {key: verdict(text) for key, text in asked}
        with open(os.path.join(sys.argv[1], "asked"), "a",
                  encoding="utf-8") as f:
            for _, text in asked:
                f.write(text + "\n")
        return {"id": "x", "object": "chat.completion", "created": 0,
                "model": "month-1",
                "choices": [{"index": 0, "finish_reason": "stop",
                             "message": {"role": "assistant",
                                         "content": json.dumps(scores)}}],
                "usage": {"prompt_tokens": tokens, "completion_tokens": 10,
                          "total_tokens": tokens + 10}}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that was killed is part of the month."""


def plan(first, last):
    day = datetime.date.fromisoformat(first)
    while str(day) <= last:
        identifiers = [p[0] for p in papers(day)]
        if day == CROSSED[0]:
            identifiers.append(CROSSED[1])
        for identifier in identifiers:
            print(day, identifier, title(identifier), sep="\t")
        day += datetime.timedelta(1)


def main():
    if sys.argv[1] == "--plan":
        plan(*sys.argv[2:4])
        return
    server = Server(("127.0.0.1", 0), Handler)
    port = os.path.join(sys.argv[1], "port")
    with open(port + ".part", "w", encoding="utf-8") as f:
        print(server.server_port, file=f)
    os.rename(port + ".part", port)
    server.serve_forever()


if __name__ == "__main__":
    main()
