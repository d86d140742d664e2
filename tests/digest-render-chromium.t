#!/bin/sh
# The web page in Chromium: search, filters, keys, marks, looks, and nothing that
# runs or asks for anything.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/digest-render-browser.sh"

browser_or_skip chromium "the web page in Chromium"
"$PYTHON" "$SRCDIR/tests/browser/browser_test.py" chromium "$T"
