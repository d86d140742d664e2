# SPDX-License-Identifier: ISC
"""Plays arXiv's interfaces from fixtures and made-up papers."""

import faults


class Arxiv(faults.Handler):
    def reply(self):
        path = self.path.split("?")[0]
        kind = path.split("/")[1]
        if kind in ("rss", "atom"):
            return self.revalidated(self.fixture(path.lstrip("/") + ".xml"))
        return 404, {"Content-Type": "text/plain"}, b"no such interface\n"

    def revalidated(self, answer):
        """The feeds have an entity tag, and honour it."""
        status, headers, body = answer
        tag = "%08x" % (sum(body) + len(body))
        headers["ETag"] = tag
        if status == 200 and self.headers.get("If-None-Match") == tag:
            return 304, {"ETag": tag}, b""
        return status, headers, body


if __name__ == "__main__":
    faults.serve(Arxiv, faults.parser(__doc__).parse_args())
