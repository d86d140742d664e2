# SPDX-License-Identifier: ISC
"""A server that knows the key and tells it in fifty spellings, at every place
where it can say something; nothing that is written may give the key away.

    secrets.py DIR

What the tools write is searched for any eight characters of the key in the
spelling that the server used.
"""
import base64
import binascii
import http.server
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import urllib.parse

folder = sys.argv[1]
KEYS = [
    "sk-proj-Qm7Zx0VtR4nLw9Kc2HsYb6Jd",
    "sk-ant-api03-hT5_gWq8-ePzN1vXo3MuDf7A-BkAA",
    "AIzaSyB2r8Tn5Vw0Qk7Lc4Xz9Pj6Hd3Mg1Fs+/=",
]


def each(form, between=""):
    return lambda s: between.join(form.format(c, ord(c)) for c in s)


def wide(s):
    return "".join(chr(ord(c) + 0xfee0) for c in s)


def b64(s):
    return base64.b64encode(s.encode()).decode()


def url64(s):
    return base64.urlsafe_b64encode(s.encode()).decode()


def hexed(s):
    return binascii.hexlify(s.encode()).decode()


def alnum(s):
    return "".join(c for c in s if c.isalnum())


# How the key is written; what eight characters of it are then.
SPELLINGS = {
    "plain": str,
    "upper": str.upper,
    "lower": str.lower,
    "swapped": str.swapcase,
    "title": str.title,
    "backwards": lambda s: s[::-1],
    "backwards, upper": lambda s: s[::-1].upper(),
    "first eight": lambda s: s[:8],
    "last eight": lambda s: s[-8:],
    "middle eight": lambda s: s[12:20],
    "middle twelve, upper": lambda s: s[10:22].upper(),
    "in quotes": lambda s: '"' + s + '"',
    "in a sentence": lambda s: "Key" + s + "is wrong",
    "blanks": each("{0}", " "),
    "lines": each("{0}", "\n"),
    "one line end": lambda s: s[:15] + "\n" + s[15:],
    "hyphens": each("{0}", "-"),
    "dots": each("{0}", "."),
    "no hyphens": alnum,
    "zero width": each("{0}", "\u200b"),
    "soft hyphens": each("{0}", "\u00ad"),
    "wide": wide,
    "URL": urllib.parse.quote_plus,
    "URL, all": each("%{1:02x}"),
    "URL, upper": each("%{1:02X}"),
    "URL, twice": each("%25{1:02x}"),
    "JSON": each("\\u{1:04x}"),
    "JSON, braces": each("\\u{{{1:x}}}"),
    "C": each("\\x{1:02x}"),
    "C, octal": each("\\{1:03o}"),
    "C, octal, short": each("\\{1:o}"),
    "C, long": each("\\U{1:08x}"),
    "HTML": each("&#{1};"),
    "HTML, hex": each("&#x{1:x};"),
    "HTML, zeros": each("&#{1:09d};"),
    "HTML, open": each("&#{1}"),
    "mail": each("={1:02X}"),
    "old URL": each("%u{1:04x}"),
    "hex": hexed,
    "HEX": lambda s: hexed(s).upper(),
    "hex of upper": lambda s: hexed(s.upper()),
    "hex, spaced": each("{1:02x}", " "),
    "hex, colons": each("{1:02X}", ":"),
    "hex, bytes": each("0x{1:02x}", ", "),
    "base64": b64,
    "base64 of upper": lambda s: b64(s.upper()),
    "base64, shifted": lambda s: b64("Bearer " + s),
    "base64, shifted twice": lambda s: b64("me:user:" + s),
    "base64, for URLs": url64,
    "base64, lines": lambda s: "\n".join(
        b64(s)[i:i + 20] for i in range(0, len(b64(s)), 20)),
    "base64, escaped": lambda s: urllib.parse.quote(b64(s), safe=""),
}
NAMES = list(SPELLINGS)


class Kept(dict):
    """For str.translate: a character's own code, or none."""

    def __missing__(self, code):
        c = chr(code)
        keep = c.isprintable() and c not in " \u200b\u00ad"
        self[code] = code if keep else None
        return self[code]


KEPT = Kept()


def squeezed(text):
    """Without what may have been put between, or is folded when written."""
    return text.translate(KEPT)


def traces(key, name):
    """What must not be found: any eight characters of the key, so spelled, in
    their order."""
    spelled = squeezed(SPELLINGS[name](key))
    if name.startswith("in "):
        spelled = key
    if "eight" in name:
        return [spelled]
    width = 8 * max(1, round(len(spelled) / len(key)))
    if "base64" in name:  # those that are whole
        width = 14 + 2 * name.count("escaped")
        ours = spelled.find(b64(key)[:4]) if "shifted" not in name else 12
        spelled = spelled[max(ours, 0):].rstrip("=")
    return [spelled[i:i + width] for i in range(len(spelled) - width + 1)]


def any_is_in(text, windows):
    """Whether any of these is.  Each has one of a few blocks half as long; they
    are looked for before."""
    half = len(windows[0]) // 2
    there = {}
    for i, window in enumerate(windows):
        block = window[-i % half:][:half]
        if block not in there:
            there[block] = block in text
        if there[block] and window in text:
            return True
    return False


class Server(http.server.BaseHTTPRequestHandler):
    key, place = None, None

    def log_message(self, *args):
        pass

    def answer(self, status, body, headers=()):
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        said = [f(self.key) for f in SPELLINGS.values()]
        if Server.place == "redirect":
            self.answer(302, "", [("Location", "https://x.example/" + self.key)])
        elif self.path.endswith("/models"):
            self.answer(200, {"data": [{"id": s} for s in said]})
        elif "/files/" in self.path:
            self.answer(200, "".join(json.dumps({
                "custom_id": custom, "response": {
                    "status_code": 200, "body": chat(said[i])}}) + "\n"
                for i, custom in enumerate(Server.custom)))
        else:
            self.answer(200, {"id": "b", "status": "completed",
                              "output_file_id": "f"})

    def do_POST(self):
        body = json.loads(
            self.rfile.read(int(self.headers["Content-Length"])))
        if "ids" in body:
            self.enrich(body["ids"])
            return
        n = int(body["messages"][-1]["content"].split("Title: T")[1].split()[0])
        said = SPELLINGS[NAMES[n]](self.key)
        head = said.encode("ascii", "ignore").decode().replace("\n", " ")
        if Server.place == "comment":
            self.answer(200, chat(said), [("x-request-id", head)])
        elif Server.place == "error":
            self.answer(400, {"error": {"message": "No: " + said, "code": said}},
                        [("request-id", head)])
        elif Server.place == "text":
            self.answer(500, "No: " + said)
        elif Server.place == "page":
            self.answer(500, "<html><title>" + said + "</title></html>")
        elif Server.place == "redirect":
            self.answer(302, "", [("Location", "https://x.example/" + head)])
        elif Server.place == "number":
            self.answer(200, dict(chat("c"), **{said: said, "id": said,
                                                "model": said}))

    def enrich(self, ids):
        said = [f(self.key) for f in SPELLINGS.values()]
        if Server.place == "error":
            self.answer(400, "No: " + said[len(ids) % len(said)])
            return
        self.answer(200, [{"authors": [{
            "name": said[i % len(said)], "affiliations": [said[i % len(said)]],
            "authorId": said[i % len(said)]}]} for i in range(len(ids))])


def chat(said):
    return {"choices": [{"finish_reason": "stop", "message": {
        "content": json.dumps({"P1": {"comment": "It says " + said,
                                      "relevance": 9, "novelty": 8}})}}],
            "usage": {"prompt_tokens": 9, "completion_tokens": 9}}


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
URL = "http://127.0.0.1:%d/v1" % server.server_address[1]
PAPERS = "".join(json.dumps({
    "id": "2513.%05d" % i, "title": "T%d " % i, "abstract": "Nothing."}) + "\n"
    for i in range(len(NAMES)))


def run(command, into, **more):
    """All that it writes, and what it writes to; its output."""
    home = os.path.join(folder, "home")
    env = dict(os.environ, HOME=home, TMPDIR=into, **more)
    done = subprocess.run(command, input=PAPERS.encode(), env=env,
                          capture_output=True, check=False)
    for name in ("stdout", "stderr"):
        with open(os.path.join(into, name), "ab") as f:
            f.write(getattr(done, name))
    return done.stdout


def set_up():
    """A curl that notes how it is called, and a configuration."""
    curl = shutil.which("curl")
    with open(os.path.join(folder, "bin", "curl"), "w",
              encoding="utf-8") as f:
        print('#!/bin/sh\nprintf "%s\\n" "$@" >>"$TMPDIR/arguments"\n'
              'exec ' + curl + ' "$@"', file=f)
    os.chmod(f.name, 0o755)
    os.environ["PATH"] = os.path.dirname(f.name) + ":" + os.environ["PATH"]
    config = os.path.join(folder, "home", ".config", "paperround")
    os.makedirs(config)
    with open(os.path.join(folder, "papers"), "w", encoding="utf-8") as f:
        f.write(PAPERS)
    with open(os.path.join(config, "paperround.conf"), "w",
              encoding="utf-8") as f:
        print("FETCH='cat " + os.path.join(folder, "papers") + "'\n"
              "FILTER=cat\nSCORE='" + " ".join(SCORE) + " --no-cache"
              " --base-url " + URL + "'\nSECOND=", file=f)


def contents(of):
    """Of all files below a folder."""
    for where, _, names in os.walk(of):
        for name in names:
            with open(os.path.join(where, name), "rb") as f:
                yield f.read()


def found(key, into):
    """The spellings that are found in any file."""
    texts = []
    for of in (into, os.path.join(folder, "home")):
        for text in contents(of):
            text = text.decode("utf-8", "replace")
            texts += [squeezed(text), squeezed(text.replace("\\\\", "\\")),
                      squeezed(text.replace("\\n", "").replace('\\"', '"'))]
    whole = "\n".join(texts)
    return [name for name in NAMES
            if any_is_in(whole, traces(key, name))]


count, bad = 0, 0


def check(what, leaks):
    global count, bad
    count += 1
    bad += bool(leaks)
    print("%sok %d - %s" % ("not " if leaks else "", count, what))
    if leaks:
        print("# found: " + ", ".join(leaks))


# The search finds what is there.
missed = []
for the_key in KEYS:
    for the_name in NAMES:
        text = squeezed("said " + SPELLINGS[the_name](the_key))
        if not any_is_in(text, traces(the_key, the_name)):
            missed.append(the_name)
check("the search finds each of %d spellings" % len(NAMES), missed)



def some_text(key):
    """Pieces of it in some spelling, among what JSON has escapes for."""
    text = ""
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(key) - 4)
        piece = key[at:at + random.randint(4, 14)]
        text += random.choice([
            str, SPELLINGS[random.choice(NAMES)], json.dumps])(piece)
        text += random.choice('"\\\n\t/ x{}\u00e9\u200b')
    return text


def stays_json(key):
    """The first lines that do not."""
    random.seed(17)
    lines = [json.dumps({some_text(key): [some_text(key), {
        some_text(key): some_text(key)}]}, ensure_ascii=random.random() < 0.5)
        for _ in range(3000)]
    lines = [line.replace("/", random.choice(["/", "\\/"])) for line in lines]
    hidden = subprocess.run(
        ["paperround-helper", "hide"], input="\n".join(lines).encode(),
        env=dict(os.environ, X_API_KEY=key), stdout=subprocess.PIPE,
        check=True).stdout.decode().split("\n")
    spoilt = ["%d lines" % len(hidden)] * (len(hidden) != len(lines))
    for line, now in zip(lines, hidden):
        try:
            json.loads(now)
        except ValueError:
            spoilt.append(line + " is " + now)
    return spoilt[:3]


check("JSON stays JSON", stays_json("nsk-AbC-0123456789bfu/"))

SCORE = ["llm-score", "-T", os.path.join(folder, "topics.md"), "-m", "gpt-5",
         "-n", "1", "--retries", "0", "--max-unscored", "1", "--verbose"]
ENRICH = ["arxiv-fetch", "--verbose", "--pace", "0", "--retries", "0",
          "--enrich"]
os.mkdir(os.path.join(folder, "bin"))
set_up()
for k, the_key in enumerate(KEYS):
    Server.key = the_key
    for Server.place in ("comment", "error", "text", "page", "redirect",
                         "number"):
        place = os.path.join(folder, "%d.%s" % (k, Server.place))
        os.mkdir(place)
        out = run(SCORE + ["--base-url", URL, "--cache", place + "/cache",
                           "--report", place + "/report"], place,
                  LLM_API_KEY=the_key)
        leaks = found(the_key, place)
        if out.count(b"\n") != len(NAMES):
            leaks.append("papers are missing")
        if Server.place == "comment" and out.count(b'"score":') != len(NAMES):
            leaks.append("papers without a score")
        check("key %d, told by llm-score's %s" % (k, Server.place), leaks)

    place = os.path.join(folder, "%d.models" % k)
    os.mkdir(place)
    out = run(["llm-score", "--list-models", "--base-url", URL, "--backend",
               "openai"], place, LLM_API_KEY=the_key)
    leaks = found(the_key, place)
    if b"\tyes" not in out and b"***" not in out:
        leaks.append("no list")
    check("key %d, told by a list of models" % k, leaks)

    place = os.path.join(folder, "%d.batch" % k)
    os.mkdir(place)
    Server.custom = [json.loads(line)["custom_id"] for line in run(
        SCORE + ["--no-cache", "--emit-batch", "openai"], folder,
        LLM_API_KEY=the_key).splitlines()]
    out = run(["llm-batch", "fetch", "openai", "b-1"], place,
              LLM_API_KEY=the_key, LLM_BATCH_URL=URL)
    leaks = found(the_key, place)
    if out.count(b"\n") != len(NAMES):
        leaks.append("results are missing")
    check("key %d, told by llm-batch" % k, leaks)
    # As if somebody else had fetched them.
    with open(place + "/results", "w", encoding="utf-8") as results:
        for i, custom in enumerate(Server.custom):
            print(json.dumps({"custom_id": custom, "response": {
                "status_code": 200,
                "body": chat(SPELLINGS[NAMES[i]](the_key))}}), file=results)
    os.rename(place + "/results", os.path.join(folder, "results"))
    out = run(SCORE + ["--cache", place + "/cache", "--merge-batch",
                       os.path.join(folder, "results")], place,
              LLM_API_KEY=the_key)
    leaks = found(the_key, place)
    if out.count(b'"score":') != len(NAMES):
        leaks.append("papers without a score")
    check("key %d, told by a batch" % k, leaks)

    for Server.place in ("comment", "error"):
        place = os.path.join(folder, "%d.run.%s" % (k, Server.place))
        os.mkdir(place)
        local = os.path.join(folder, "home", ".local")
        shutil.rmtree(local, ignore_errors=True)
        run(["paperround", "--now", "2025-10-16T12:00:00Z", "today"], place,
            LLM_API_KEY=the_key)
        run(["paperround", "doctor"], place, LLM_API_KEY=the_key,
            PAPERROUND_PROBE=URL)
        leaks = found(the_key, place)
        if not os.path.exists(place + "/arguments"):
            leaks.append("nobody was asked by curl")
        if not any(b"It says ***" in text or b'"score_error":' in text
                   for text in contents(local)):
            leaks.append("nothing was scored")
        check("key %d, told by the %s of a run" % (k, Server.place), leaks)

    for service, Server.place in (("s2", "names"), ("s2", "error"),
                                  ("openalex", "redirect")):
        place = os.path.join(folder, "%d.%s.%s" % (k, service, Server.place))
        os.mkdir(place)
        out = run(ENRICH + [service, "--base-url", URL[:-3], "--cache",
                            place + "/cache", "--report", place + "/report"],
                  place, S2_API_KEY=the_key, OPENALEX_API_KEY=the_key)
        leaks = found(the_key, place)
        if Server.place == "names" and b"author_info" not in out:
            leaks.append("no authors")
        check("key %d, told by arxiv-fetch's %s" % (k, Server.place), leaks)

print("1..%d" % count)
sys.exit(bad > 0)
