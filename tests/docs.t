#!/bin/sh
# make docs: all manuals and a start page with real output, whose links lead
# somewhere.
. "$(dirname "$0")/lib.sh"

command -v mandoc >/dev/null || {
	skip "docs" "no mandoc"
	done_testing
}
ok "makes them" make-docs "$T/docs"
ok "  and again" make-docs "$T/again"
ok "  the same bytes" diff -r "$T/docs" "$T/again"
ok "its colours are the digest's" grep -q -e '--accent: light-dark' "$T/docs/site.css"
is "no link is dead" "$("$PYTHON" "$SRCDIR/tests/links.py" "$T/docs" 2>&1)" ""
for page in "$SRCDIR"/man/*.[157]; do
	name=${page##*/}
	ok "$name is among them" \
	    grep -q "<h1 class=\"Sh\" id=\"NAME\">" "$T/docs/$name.html"
	ok "  and on the start page" \
	    grep -q "<dt><a href=\"$name.html\">" "$T/docs/index.html"
done
ok "manuals link to each other" \
    grep -q 'class="Xr" href="paper.5.html"' "$T/docs/arxiv-fetch.1.html"
is "the tour has five pipelines, and what they print" \
    "$(grep -c '^<pre' "$T/docs/index.html") $(grep -c '</kbd>$' \
    "$T/docs/index.html") $(grep -c '@misc{2513' "$T/docs/index.html")" "6 6 1"

# Links that lead nowhere are found.
mkdir "$T/bad"
printf '<p id=a><p id=a><a href="#b"></a><a href="no.html"></a><img src="http://x/">' \
    >"$T/bad/x.html"
is "dead links would be found" \
    "$("$PYTHON" "$SRCDIR/tests/links.py" "$T/bad")" "x.html: two of id a
x.html: #b: no such place
x.html: no.html: no such file
x.html: http://x/"
in='' status=2 err='usage: scripts/make-docs DIRECTORY'
row "where to is asked" make-docs
# A tour that fails is none.
mkdir "$T/tree"
cp -R "$SRCDIR/man" "$SRCDIR/share" "$SRCDIR/scripts" "$SRCDIR/docs" \
    "$SRCDIR/tools" "$T/tree"
printf '# X\nfalse\n' >"$T/tree/docs/tour"
is "a command of the tour that fails is told" \
    "$(status_of "$T/tree/scripts/make-docs" "$T/none")" 1
done_testing
