# SPDX-License-Identifier: ISC
"""links.py DIR: what is wrong with the links of the HTML files in DIR, one a
line: files and anchors that are not there, ids that occur twice, links that
are neither of here nor by TLS."""
import html.parser
import pathlib
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.twice = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "id":
                if value in self.ids:
                    self.twice.append(value)
                self.ids.add(value)
            elif name in ("href", "src"):
                self.links.append(value)


root = pathlib.Path(sys.argv[1])
pages = {f.name: Page(f.read_text()) for f in sorted(root.glob("*.html"))}
for name, page in pages.items():
    for i in page.twice:
        print(f"{name}: two of id {i}")
    for link in page.links:
        url = urllib.parse.urlsplit(link)
        if url.scheme:
            if url.scheme not in ("https", "mailto"):
                print(f"{name}: {link}")
            continue
        target = url.path or name
        if not (root / target).is_file():
            print(f"{name}: {link}: no such file")
        elif url.fragment and (target not in pages or urllib.parse.unquote(
                url.fragment) not in pages[target].ids):
            print(f"{name}: {link}: no such place")
