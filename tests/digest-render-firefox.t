#!/bin/sh
# The web page in Firefox: search, filters, keys, marks, looks, and nothing that
# runs or asks for anything.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/digest-render-browser.sh"

browser_or_skip firefox "the web page in Firefox"
"$PYTHON" "$SRCDIR/tests/browser/browser_test.py" firefox "$T"
