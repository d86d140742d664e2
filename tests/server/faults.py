# SPDX-License-Identifier: ISC
"""An HTTP server on loopback that fails as it is told to.

A test program subclasses Handler, answers in reply(), and calls serve().
Before reply() is asked, the script is: a file of lines

    PATH-PREFIX FAULT FAULT ..

The k-th request whose path (with its query) begins with the prefix meets the
k-th fault; when they are used up all is well.  The first line that matches
counts, and a changed file starts again from its first faults.  Faults:

    ok                  none
    NNN[;Name=value]..  that status, with headers; body=text sets the body
    reset               the connection is reset
    cut                 half the body, then the end
    short               Content-Length promises more than comes
    slow:SECONDS        the answer takes its time
    empty               status 200 and no bytes
    file:NAME           this fixture instead
    again               the answer before this one, once more
    redirect:URL        302
    bomb                100 MB of zeros, gzipped to little

Every request is logged as one JSON line: number, seconds since the start,
method, path, headers (lower case), body.
"""

import argparse
import gzip
import io
import json
import os
import socket
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Script:
    """The faults still to come."""

    def __init__(self, path):
        self.path = path
        self.text = None
        self.lines = []

    def next_fault(self, request_path):
        try:
            with open(self.path, encoding="utf-8") as f:
                text = f.read()
        except (OSError, TypeError):
            return "ok"
        if text != self.text:
            self.text = text
            self.lines = [line.split() for line in text.splitlines()
                          if line.strip() and not line.startswith("#")]
        for line in self.lines:
            if request_path.startswith(line[0]):
                return line.pop(1) if len(line) > 1 else "ok"
        return "ok"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "faults"
    # One packet per answer would else wait for the one before it.
    disable_nagle_algorithm = True

    def reply(self):
        """Returns (status, headers, body bytes); for subclasses."""
        return self.fixture(self.path.split("?")[0].lstrip("/"))

    def fixture(self, name, content_type="text/xml"):
        """The file of that name below --root."""
        path = os.path.join(self.server.args.root, name)
        try:
            with open(path, "rb") as f:
                return 200, {"Content-Type": content_type}, f.read()
        except OSError:
            return 404, {"Content-Type": "text/plain"}, b"not here\n"

    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        self.server.note(self)
        with self.server.lock:
            fault = self.server.script.next_fault(self.path)
        self.act(fault)

    do_POST = do_GET

    def act(self, fault):
        word, _, argument = fault.partition(":")
        if word == "reset":
            self.connection.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        if word == "slow":
            time.sleep(float(argument))
        if word == "redirect":
            self.answer(302, {"Location": argument}, b"")
        elif word == "empty":
            self.answer(200, {"Content-Type": "text/xml"}, b"")
        elif word == "bomb":
            self.answer(200, {"Content-Type": "text/xml",
                              "Content-Encoding": "gzip"}, bomb())
        elif word == "again":
            self.answer(*self.server.last)
        elif word == "file":
            self.answer(*self.fixture(argument))
        elif fault[:3].isdigit():
            self.answer(*parse_status(fault))
        else:
            self.server.last = self.reply()
            self.answer(*self.server.last, damage=word)

    def answer(self, status, headers, body, damage=""):
        length = len(body)
        if damage == "short":
            length += 100
        elif damage == "cut":
            body = body[:length // 2]
        if damage in ("short", "cut"):
            self.close_connection = True
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, *args):
        pass


def parse_status(fault):
    first, *rest = fault.split(";")
    headers, body = {"Content-Type": "text/plain"}, b""
    for item in rest:
        name, _, value = item.partition("=")
        value = value.replace("_", " ")
        if name == "body":
            body = value.encode()
        else:
            headers[name] = value
    return int(first), headers, body


def bomb():
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9) as z:
        for _ in range(100):
            z.write(bytes(1 << 20))
    return out.getvalue()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, handler, args):
        super().__init__(("127.0.0.1", args.port), handler)
        self.args = args
        self.lock = threading.Lock()
        self.script = Script(args.script)
        self.start = time.monotonic()
        self.count = 0
        self.last = 404, {}, b""
        self.log = open(args.log, "a", encoding="utf-8") if args.log else None

    def note(self, request):
        with self.lock:
            self.count += 1
            if self.log is None:
                return
            json.dump({
                "n": self.count,
                "t": round(time.monotonic() - self.start, 4),
                "method": request.command,
                "path": request.path,
                "headers": {k.lower(): v
                            for k, v in request.headers.items()},
                "body": request.body.decode("utf-8", "replace"),
            }, self.log)
            self.log.write("\n")
            self.log.flush()

    def handle_error(self, request, client_address):
        """A client that goes away is part of the game."""


def parser(description):
    p = argparse.ArgumentParser(description=description)
    p.add_argument("--port", type=int, default=0)
    p.add_argument("--port-file", help="gets the port when listening")
    p.add_argument("--root", default=".", help="where the fixtures are")
    p.add_argument("--script", help="the faults")
    p.add_argument("--log", help="the requests, as JSON lines")
    return p


def serve(handler, args):
    server = Server(handler, args)
    if args.port_file:
        with open(args.port_file + ".new", "w", encoding="utf-8") as f:
            f.write("%d\n" % server.server_address[1])
        os.rename(args.port_file + ".new", args.port_file)
    try:
        server.serve_forever(poll_interval=0.05)
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    serve(Handler, parser(__doc__.splitlines()[0]).parse_args())
