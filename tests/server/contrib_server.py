#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""bioRxiv and Zotero for tests, on loopback.

    contrib_server.py ITEMS PORT

ITEMS is what Zotero has, a file of JSON, for who comes with the key "secret";
any other key is refused.  bioRxiv has three papers on every day, in two pages.
The file PORT gets the port.
"""

import http.server
import json
import sys
import urllib.parse


def posted(cursor):
    """A page of bioRxiv's, from that paper on."""
    if cursor >= 3:
        return {"messages": [{"status": "ok", "total": 3}], "collection": []}
    n = 2 if cursor == 0 else 1
    return {"messages": [{"status": "ok", "total": "3", "count": n}],
            "collection": [{
                "doi": f"10.1101/2025.{i}", "title": f"Cells {i}",
                "authors": "Ada, E.; Bob, S.;", "version": "1",
                "license": "cc_by", "abstract": "x",
                "category": ["genomics", "zoology"][i % 2]}
                for i in range(cursor, cursor + n)]}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        path = urllib.parse.urlparse(self.path).path
        status = 200
        if path.startswith("/details/"):
            body = posted(int(path.split("/")[5]))
        elif self.headers.get("Zotero-API-Key") == "secret":
            body = items
        else:
            status, body = 403, {}
        body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


with open(sys.argv[1], encoding="utf-8") as f:
    items = json.load(f)
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[2], "w", encoding="ascii") as f:
    print(server.server_port, file=f)
server.serve_forever()
