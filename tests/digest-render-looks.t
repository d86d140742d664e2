#!/bin/sh
# Every kind of page in both browsers, at two widths, light and dark: nothing
# too wide, nobody shut out, nothing in the console, valid HTML.
. "${0%/*}/../scripts/packages.sh"
axe=$(axe_path)
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/digest-render-browser.sh"

# What a reader without a key gets.
llm-score -q --backend local --topics "$PAPERROUND_DATADIR/topics.md" \
    --report "$T/keyless.report" "$fixtures/day.jsonl" >"$T/keyless.jsonl"
page keyless --report "$T/keyless.report" --min-relevance 1 \
    --min-novelty 1 "$T/keyless.jsonl"
page list --view list "$fixtures/day.jsonl"
# A word wider than any window.
jq -nc '("cite" * 100) as $word | { id: "2510.99999", title: $word,
    authors: [$word], abstract: "\\cite{\($word)}", score: { relevance: 8,
    novelty: 8, comment: $word, topics: [$word] } }' >"$T/wide"
digest-render -f email --now 2025-10-17T06:00:00Z --report "$T/report" \
    --prompt "$fixtures/day.jsonl" "$T/wide" >"$T/mail.eml"
"$PYTHON" - "$T/mail.eml" >"$T/mail.html" <<'END'
import email, email.policy, sys
with open(sys.argv[1], "rb") as f:
    mail = email.message_from_binary_file(f, policy=email.policy.default)
print(mail.get_body(("html",)).get_content())
END

# The manuals' pages, too: one stands for all.
manuals=
if command -v mandoc >/dev/null; then
	make-docs "$T/docs" && manuals='docs/index.html docs/paper-filter.1.html'
fi

# shellcheck disable=SC2086 # words
"$PYTHON" "$SRCDIR/tests/browser/looks_test.py" "$T" "$axe" day.html \
    topics.html empty.html broken.html keyless.html week.html month.html \
    list.html index.html mail.html $manuals
