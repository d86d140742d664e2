#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""A language model's server for tests: it rates what it is asked about, or
misbehaves as a script says.

    llm_server.py DIR

DIR gets "port" when the server listens.  A base URL is made of the port and a
name: http://127.0.0.1:PORT/NAME/v1.  DIR/NAME.script, if there, says how to
behave under that name, and DIR/NAME.log gets a line of JSON per request.
It serves the dialects of OpenAI (/chat/completions) and Anthropic (/messages).

A script is a JSON array of rules.  The first rule that fits a request and is
not used up makes the reply:

    {"match": REGEX      in the text of the papers
     "atleast": N        papers in the request
     "lacks"/"has": KEY  in the body of the request
     "times": N          uses; for ever if absent
     "delay": SECONDS
     "status": N, "headers": {..}, "body": JSON or string
     "close": true       no answer at all
     "cut": N            close the connection after N bytes of the body
     "keepalive": N      blank lines before the body
     "answer": {..}}     a good answer made worse, see rate()

A list of models (/models) is the body of the first rule; where that has a "key",
any other is refused.  So is one that is tried (/key), whose answer has no list.
The batch interfaces of both are there too: "type" in a rule is the result's type
for Anthropic.

With $LLM_SERVER_CERT, a file of a key and its certificate, it speaks TLS.
With $LLM_SERVER_PROXY, such a file too, it is a proxy, and behind that every
server there is: DIR/api.openai.com.script is how that one behaves.

A title "Something [r8 n3]" is rated so; others by their SHA-256.  In screening,
titles with [drop] are dropped.
"""

import hashlib
import json
import os
import re
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAPER = re.compile(r"<<(P\d+) ([0-9a-f]+)>>\nTitle: (.*)\nAbstract: (.*)\n<</")
TITLE = re.compile(r"<<(P\d+) ([0-9a-f]+)>> (.*)")
RATED = re.compile(r"\[r(\d+) n(\d+)\]")
OBEY = re.compile(r"ignore (all )?previous instructions", re.I)

lock = threading.Lock()
plays = {}


class Play:
    """What happens under one name."""

    def __init__(self, name):
        path = os.path.join(folder, name)
        self.script, self.read_at = path + ".script", None
        self.rules, self.uses = [], []
        self.seq = self.in_flight = self.looks = 0
        self.files, self.upload = {}, b""
        self.log = open(path + ".log", "a", encoding="utf-8")

    def read_script(self):
        """Again when it has changed."""
        if not os.path.exists(self.script):
            return
        at = os.stat(self.script).st_mtime_ns
        if at != self.read_at:
            with open(self.script, encoding="utf-8") as f:
                self.rules = json.load(f)
            self.uses = [0] * len(self.rules)
            self.read_at = at

    def rule_for(self, body):
        self.read_script()
        user, papers, _ = asked(body)
        text = json.dumps(body)
        for i, rule in enumerate(self.rules):
            if (("match" in rule and not re.search(rule["match"], user))
                    or len(papers) < rule.get("atleast", 0)
                    or ("has" in rule and rule["has"] not in text)
                    or ("lacks" in rule and rule["lacks"] in text)
                    or self.uses[i] >= rule.get("times", 1 << 30)):
                continue
            self.uses[i] += 1
            return rule
        return {}

    def note(self, line):
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()


def play(path):
    name = path.split("/")[1]
    if name not in plays:
        plays[name] = Play(name)
    return plays[name]


def verdict(title, axes, topics):
    fixed = RATED.search(title)
    h = hashlib.sha256(title.encode()).digest()
    v = {"comment": "About " + title[:60]}
    for i, axis in enumerate(axes):
        v[axis] = 1 + h[i] % 10
    if fixed:
        v["relevance"], v["novelty"] = int(fixed[1]), int(fixed[2])
    if topics:
        v["topics"] = [topics[h[9] % len(topics)]]
    return v


def asked(body):
    """Text, papers as (id, title), and whether titles are screened."""
    messages = body["messages"]
    user = messages[-1]["content"]
    found = PAPER.findall(user)
    if found:
        return user, [(p[0], p[2]) for p in found], False
    found = TITLE.findall(user)
    return user, [(p[0], p[2]) for p in found], True


def shape(body):
    """The axes and topic ids that the prompt asks for."""
    system = body.get("system") or body["messages"][0]["content"]
    if isinstance(system, list):
        system = system[0]["text"]
    axes = re.findall(r'^- "(\w+)": a whole number', system, re.M)
    m = re.search(r'ids of the topics it matches, out of(.*);', system)
    return axes, re.findall(r'"([^"]+)"', m[1]) if m else []


def first_axis(body):
    """The one that the criteria begin with."""
    system = body.get("system") or body["messages"][0]["content"]
    found = re.search(r"## Axis: (\w+)", str(system))
    return found and found[1]


def rate(body, how):
    """The text of an answer, damaged as how says."""
    user, papers, screening = asked(body)
    axes, topics = shape(body)
    if screening:
        out = {p: "drop" if "[drop]" in t else "keep" for p, t in papers}
    else:
        out = {p: verdict(t, axes, topics) for p, t in papers}
    if how.get("obey") and OBEY.search(user):
        for v in out.values():
            v.update({a: 10 for a in axes})
    for p in how.get("omit", []):
        out.pop(p, None)
    for key, v in how.get("set", {}).items():
        if key in out:
            out[key].update(v)
    out.update(how.get("extra", {}))
    text = json.dumps(out)
    for p in how.get("twice", []):
        if p in out:
            text = text[:-1] + ', "%s": %s}' % (p, json.dumps(out[p]))
    if how.get("array"):
        text = json.dumps([dict(v, id=k) for k, v in out.items()])
    if "swap" in how:
        text = text.replace(*how["swap"])
    text = how.get("before", "") + text + how.get("after", "")
    if "content" in how:
        text = how["content"]
    if "truncate" in how and text:
        text = text[:how["truncate"]]
    return text


def usage(body, how, n):
    size = len(json.dumps(body["messages"])) + len(str(body.get("system", "")))
    u = {"prompt_tokens": size // 4, "completion_tokens": 60 * n}
    u["total_tokens"] = u["prompt_tokens"] + u["completion_tokens"]
    if "usage" in how:
        if how["usage"] is None:
            return None
        u.update(how["usage"])
    return u


def elsewhere(text, where):
    """A message that has the text not in its content, or not alone."""
    m = {"role": "assistant", "content": None}
    if where == "reasoning_content":
        m[where] = text
    elif where == "tool_calls":
        m[where] = [{"type": "function",
                     "function": {"name": "ratings", "arguments": text}}]
    elif where == "thinking":
        m["content"] = [{"type": "thinking", "text": '{"P1": 1}'},
                        {"type": "text", "text": text}]
    else:
        return None
    return m


def openai(body, how):
    n = len(asked(body)[1])
    text = rate(body, how)
    message = elsewhere(text, how.get("as"))
    if how.get("parts"):
        text = [{"type": "text", "text": text}]
    message = message or {"role": "assistant", "content": text}
    if "refusal" in how:
        message = {"role": "assistant", "content": None,
                   "refusal": how["refusal"]}
    out = {"id": "x", "object": "chat.completion", "model": body["model"],
           "choices": [{"index": 0, "message": message,
                        "finish_reason": how.get("finish", "stop")}]}
    u = usage(body, how, n)
    if u is not None:
        out["usage"] = u
    out.update(how.get("top", {}))
    return out


def anthropic(body, how):
    n = len(asked(body)[1])
    u = usage(body, {}, n)
    use = {"input_tokens": u["prompt_tokens"],
           "output_tokens": u["completion_tokens"]}
    use.update(how.get("usage") or {})
    words = {"type": "text", "text": rate(body, how)}
    if how.get("as") == "tool_use":
        words = {"type": "tool_use", "input": json.loads(words["text"])}
    return {"type": "message", "role": "assistant", "model": body["model"],
            "content": [{"type": "thinking", "thinking": "hm"}, words],
            "stop_reason": how.get("finish", "end_turn"), "usage": use}


def tls(variable, connection):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.environ[variable])
    return context.wrap_socket(connection, server_side=True)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    host = None  # that a proxy is asked for

    def log_message(self, *args):
        pass

    def do_CONNECT(self):
        self.host = self.path.split(":")[0]
        self.send_response(200)
        self.end_headers()
        self.wfile.flush()
        self.connection = tls("LLM_SERVER_PROXY", self.connection)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")
        self.close_connection = False

    def parse_request(self):
        good = super().parse_request()
        if good and self.host:
            self.path = "/" + self.host + self.path
        return good

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        with lock:
            p = play(self.path)
        if self.path.endswith(("/files", "/batches")):
            self.post_batch(p, raw)
            return
        body = json.loads(raw)
        with lock:
            p.seq += 1
            p.in_flight += 1
            rule = p.rule_for(body)
            self.note(body, p)
        time.sleep(rule.get("delay", default_delay))
        try:
            self.reply(body, rule)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with lock:
                p.in_flight -= 1

    def key(self):
        auth = (self.headers.get("authorization")
                or self.headers.get("x-api-key")
                or self.headers.get("api-key") or "")
        return auth.removeprefix("Bearer ")

    def note(self, body, p):
        user, papers, screening = asked(body)
        p.note({"seq": p.seq, "path": self.path, "n": len(papers),
                "titles": [t for _, t in papers], "screening": screening,
                "in_flight": p.in_flight, "auth": bool(self.key()),
                "key": self.key(),
                "keys": sorted(k for k in body if k != "messages"),
                "axis": first_axis(body),
                "messages": len(body["messages"]),
                "limit": body.get("max_completion_tokens"),
                "format": (body.get("response_format") or {}).get("type"),
                "user": user})

    def reply(self, body, rule):
        if rule.get("close"):
            self.close_connection = True
            self.connection.shutdown(2)
            return
        status = rule.get("status", 200)
        if "body" in rule:
            out = rule["body"]
        elif self.path.split("?")[0].endswith("/messages"):
            out = anthropic(body, rule.get("answer", {}))
        elif self.path.split("?")[0].endswith("/chat/completions"):
            out = openai(body, rule.get("answer", {}))
        else:
            status = 404
            out = {"error": {"message": "File Not Found",
                             "type": "not_found_error", "code": 404}}
        if not isinstance(out, str):
            out = json.dumps(out)
        data = b"\n" * rule.get("keepalive", 0) + out.encode()
        self.send_response(status)
        for k, v in rule.get("headers", {}).items():
            self.send_header(k, v)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if "cut" in rule:
            self.wfile.write(data[:rule["cut"]])
            self.close_connection = True
            return
        self.wfile.write(data)


    # Batches: a file of requests is answered at once, except that the first
    # look at it finds it in progress.

    def do_GET(self):
        with lock:
            p = play(self.path)
        if self.path.split("?")[0].endswith(("/models", "/key")):
            self.get_models(p)
            return
        rest = self.path.split("/v1/")[1].split("/")
        if rest[0] == "files":
            self.send(200, p.files[rest[1]])
        elif rest[-1] == "results":
            self.send(200, p.files[rest[-2]])
        else:
            p.looks += 1
            done = p.looks > 1
            self.send(200, json.dumps({
                "id": rest[-1], "object": "batch",
                "status": "completed" if done else "in_progress",
                "processing_status": "ended" if done else "in_progress",
                "output_file_id": "file-out" if done else None,
                "error_file_id": "file-err" if done else None}, indent=1))

    def get_models(self, p):
        p.read_script()
        rule = p.rules[0] if p.rules else {}
        p.note({"path": self.path, "key": self.key()})
        if self.key() != rule.get("key", self.key()):
            self.send(401, json.dumps({"error": {
                "message": "Incorrect API key provided: " + self.key()}}))
        elif self.path.endswith("/key"):
            self.send(200, json.dumps({"data": {"label": "mine"}}))
        else:
            body = rule.get("body")
            self.send(rule.get("status", 200),
                      body if isinstance(body, str) else json.dumps(body))

    def batch(self, p, raw):
        """One line of results per request that a rule does not fail."""
        out, err = [], []
        for line in raw.decode().splitlines():
            request = json.loads(line)
            body = request.get("body") or request["params"]
            rule = p.rule_for(body)
            p.note({"seq": 0, "n": len(asked(body)[1]), "batch": True})
            line = {"custom_id": request["custom_id"]}
            if "params" in request:
                line["result"] = {"type": rule["type"]} if "type" in rule \
                    else {"type": "succeeded",
                          "message": anthropic(body, rule.get("answer", {}))}
            elif "status" in rule:
                line["error"] = {"code": "x", "message": rule["body"]}
            else:
                line["response"] = {
                    "status_code": 200,
                    "body": openai(body, rule.get("answer", {}))}
            (err if "error" in line else out).append(json.dumps(line) + "\n")
        out.reverse()
        return "".join(out), "".join(err)

    def post_batch(self, p, raw):
        if self.path.endswith("/files"):
            boundary = b"--" + self.headers["content-type"].split("=")[1].encode()
            part = [x for x in raw.split(boundary) if b"filename=" in x][0]
            p.upload = part.split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n", 1)[0]
            self.send(200, json.dumps({"object": "file", "id": "file-in"}))
            return
        if self.path.endswith("/messages/batches"):
            requests = json.loads(raw)["requests"]
            raw = "\n".join(json.dumps(r) for r in requests).encode()
        else:
            raw = p.upload
        p.files["file-out"], p.files["file-err"] = self.batch(p, raw)
        p.files["b-1"] = p.files["file-out"]
        self.send(200, json.dumps({"id": "b-1", "status": "validating"}))

    def send(self, status, text):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        """A client that hangs up is part of the game."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


folder = sys.argv[1]
default_delay = float(os.environ.get("LLM_SERVER_DELAY", "0"))
server = Server(("127.0.0.1", 0), Handler)
if "LLM_SERVER_CERT" in os.environ:
    server.socket = tls("LLM_SERVER_CERT", server.socket)
with open(os.path.join(folder, "port.new"), "w", encoding="utf-8") as f:
    f.write(str(server.server_address[1]))
os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
server.serve_forever()
