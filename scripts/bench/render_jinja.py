# SPDX-License-Identifier: ISC
"""A page of papers as a Python script would make it: json and Jinja2 with
autoescaping, sorted and cut as digest-render does, without chart, search and
navigation.  usage: render_jinja.py FILE >PAGE"""
import json
import sys

import jinja2

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1>
<p>Total scanned papers: {{ scanned }}</p>
<p>Total relevant papers: {{ papers|length }}</p>
<ol>{% for p in papers %}
<li><a href="#p{{ loop.index }}">{{ p.title }}</a> {{ p.authors|join(", ") }}</li>
{%- endfor %}
</ol>
{% for p in papers %}
<article id="p{{ loop.index }}"><h2>{{ loop.index }}.
<a href="https://arxiv.org/abs/{{ p.id }}">{{ p.title }}</a></h2>
<p>ArXiv ID: {{ p.id }}</p><p>Authors: {{ p.authors|join(", ") }}</p>
<p>Abstract: {{ p.abstract }}</p><p>Comment: {{ p.score.comment }}</p>
<p>Relevance: {{ p.score.relevance }} Novelty: {{ p.score.novelty }}</p></article>
{% endfor %}
</body></html>
"""

with open(sys.argv[1], encoding="utf-8") as f:
    records = [json.loads(line) for line in f]
papers = [p for p in records
          if p["score"]["relevance"] >= 8 and p["score"]["novelty"] >= 7]
papers.sort(key=lambda p: (-p["score"]["relevance"] - p["score"]["novelty"],
                           -p["score"]["relevance"], p["id"]))
template = jinja2.Environment(autoescape=True).from_string(PAGE)
sys.stdout.write(template.render(
    title="Papers", scanned=len(records), papers=papers))
