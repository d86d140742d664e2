#!/bin/sh
# Formulas that Unicode has not, set by KaTeX in both browsers: all of them are
# seen, and nothing else is taken for one.
. "$(dirname "$0")/lib.sh"

katex=/usr/share/javascript/katex
if [ ! -f "$katex/katex.min.js" ]; then
	skip "formulas in pages" "no libjs-katex here"
	done_testing
fi
cp -RL "$katex" "$T/katex"
set --
[ ! -f "$SHARED/data/corpus/papers.jsonl.gz" ] ||
    set -- "$SHARED/data/corpus/papers.jsonl.gz"
"$PYTHON" "$SRCDIR/tests/browser/formulas_test.py" "$T" "$@"
