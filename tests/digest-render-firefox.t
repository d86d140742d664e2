#!/bin/sh
# The web page in Firefox: search, filters, keys, marks, looks, and nothing that
# runs or asks for anything.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/digest-render-browser.sh"

"$PYTHON" "$SRCDIR/tests/browser/browser_test.py" firefox "$T"
