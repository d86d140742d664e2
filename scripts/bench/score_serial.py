# SPDX-License-Identifier: ISC
"""Scores papers as most digest scripts do: so many to a request, and the next
request when the answer to the one before has come.  Nothing is tried again.

usage: score_serial.py URL BATCH FILE >SCORED"""
import http.client
import json
import sys
from urllib.parse import urlsplit

url, batch, path = sys.argv[1:]
server = urlsplit(url)
connection = http.client.HTTPConnection(server.netloc)
SYSTEM = """Rate each paper for its reader.

- "comment": a sentence.
- "relevance": a whole number from 1 to 10.
- "novelty": a whole number from 1 to 10.
"""


def ask(papers):
    """The model's verdicts, in the order of the papers."""
    user = "\n\n".join(
        "<<P%d 0>>\nTitle: %s\nAbstract: %s\n<</P%d 0>>"
        % (i, p["title"], p["abstract"][:4000], i)
        for i, p in enumerate(papers, 1))
    connection.request(
        "POST", server.path + "/chat/completions",
        json.dumps({"model": "gpt-5", "messages": [
            {"role": "system", "content": SYSTEM},
            {"role": "user", "content": user}]}),
        {"Content-Type": "application/json"})
    answer = json.load(connection.getresponse())
    verdicts = json.loads(answer["choices"][0]["message"]["content"])
    return [verdicts["P%d" % i] for i in range(1, len(papers) + 1)]


with open(path, encoding="utf-8") as f:
    papers = [json.loads(line) for line in f]
for start in range(0, len(papers), int(batch)):
    some = papers[start:start + int(batch)]
    for paper, score in zip(some, ask(some)):
        print(json.dumps(dict(paper, score=score)))
