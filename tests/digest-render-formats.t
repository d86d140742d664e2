#!/bin/sh
# digest-render: every format stays within its rules, whatever the records
# hold.
. "$(dirname "$0")/lib.sh"
fixtures=$SRCDIR/tests/fixtures/digest-render

render() {
	COLUMNS=80 digest-render --now 2025-10-17T06:00:00Z \
	    --mail-from 'Round <round@example.org>' --mail-to 'me@example.org' \
	    "$@"
}
check() {
	"$PYTHON" "$SRCDIR/tests/formats/check.py" "$@"
}
# fine NAME FILE ..: each of them is, by $T/checked; the files' names are those
# of their formats, or say what is special about them.
fine() {
	name=$1
	shift
	for f; do
		if grep -qx "$f: fine" "$T/checked"; then
			pass "$name: $f"
		else
			fail "$name: $f"
			tap_note "$(grep -v ': fine$' "$T/checked")"
		fi
	done
}
documents='text short email atom jsonfeed slack bibtex ris csljson csv tsv ids'
# formats NAME FILE OPTION ..: FILE in each format.
formats() {
	name=$1
	file=$2
	shift 2
	papers=$(render -f jsonl "$@" "$file" | wc -l)
	for f in $documents; do
		render -q -f "$f" "$@" "$file" >"$T/$f"
	done
	render -f text --color=always "$@" "$file" >"$T/text in colour"
	render -f short --color=always "$@" "$file" >"$T/short in colour"
	render -f markdown "$@" "$file" >"$T/markdown"
	render -f markdown --group-by topic "$@" "$file" >"$T/grouped"
	render -f markdown --view month "$@" "$file" >"$T/month"
	set --
	for f in $documents; do
		set -- "$@" "$f" "$T/$f"
	done
	set -- "$@" color "$T/text in colour" color "$T/short in colour"
	command -v cmark-gfm >/dev/null && set -- "$@" markdown "$T/markdown" \
	    markdown "$T/grouped" markdown "$T/month"
	check "$papers" "$@" >"$T/checked" 2>&1
	# shellcheck disable=SC2086 # words
	fine "$name" $documents 'text in colour' 'short in colour'
	if command -v cmark-gfm >/dev/null; then
		fine "$name" markdown grouped month
	else
		skip "$name: Markdown" "no cmark-gfm"
	fi
	if command -v xmllint >/dev/null; then
		ok "$name: Atom by its schema" xmllint --noout --relaxng \
		    "$SRCDIR/tests/formats/atom.rng" "$T/atom"
	else
		skip "$name: Atom by its schema" "no xmllint"
	fi
}
golden=$SRCDIR/tests/golden/digest-render
formats "plain papers" "$golden/papers.jsonl" --report "$golden/report.jsonl"
formats "injections" "$fixtures/hostile.jsonl" \
    --report "$fixtures/hostile.report.jsonl"
formats "injections, raw TeX" "$fixtures/hostile.jsonl" --tex raw
formats "markup" "$fixtures/markup.jsonl"
formats "markup, raw TeX" "$fixtures/markup.jsonl" --tex raw
cat >"$T/others" <<'X'
{"id":"10.1101/2025.01.02.123456","title":"A","announced":"2025-10-16","authors":["Bee, A.","Lab for Cells"],"score":{"relevance":8,"novelty":7}}
{"id":"biorxiv:7","title":"B","url":"https://example.org/b","pdf":"https://example.org/b.pdf","published":"2024-02-03T00:00:00Z"}
{"id":"local/3","title":"C","doi":"10.5555/x","code":["https://example.org/c"]}
{"id":"nowhere","title":"D","score":{"relevance":8,"novelty":7}}
{"id":"nowhere-2","title":"E","score_error":{"code":"x"}}
X
formats "papers of others" "$T/others"
for f in html markdown text email atom jsonfeed slack bibtex ris csljson; do
	render -q -f $f "$T/others" | sed '/<script/,/<\/script>/d; /<style/,/<\/style>/d' >"$T/$f"
	is "  no word of arXiv's in $f" "$(tr '{<>}' '\n' <"$T/$f" |
	    grep -iE 'arxiv( id:|\.org|prefix|:)' | grep -v biorxiv)" ''
done
is "  their dates in BibTeX" "$(sed -n 's/^ *\(year\|month\) *= //p' "$T/bibtex" |
    tr '\n' ' ')" '{2025}, oct, {2024}, feb, '
is "  their authors are no institutions" \
    "$(sed -n 's/^ *author *= //p' "$T/bibtex")" '{Bee, A. and Lab for Cells},'
is "  and where they are" "$(sed -n 's/^ *url *= //p' "$T/bibtex" |
    tr '\n' ' ')" '{https://doi.org/10.1101/2025.01.02.123456} {https://search.crossref.org/?q=nowhere} {https://example.org/b} {https://doi.org/10.5555/x} '
: >"$T/none"
printf '%s\n' '{"tool":"arxiv-fetch","feeds":[{"category":"<b>","status":"failed"}],"exit":75}' >"$T/r"
formats "an outage" "$T/none" --report "$T/r"

if have_shared; then
	formats "a real day" "$SHARED/data/days/2025-10-17.jsonl"
	formats "a real day, raw TeX" "$SHARED/golden/2025-10-21/papers.jsonl" \
	    --tex raw --report "$SHARED/golden/2025-10-21/report.jsonl"
else
	skip "real days" "no shared data beside the project"
fi

# Gmail cuts HTML of more than 102 KB: the longer, the less is in it, but every
# paper is as long as there is room.
email_part() {
	"$PYTHON" -c '
import email, email.policy, sys
m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
print(m.get_body((sys.argv[1],)).get_content(), end="")' "$1"
}
# mail N WORDS: the HTML part for that many papers, abstracts of so many words.
mail() {
	jq -nc --argjson n "$1" --argjson words "$2" 'range($n) | {
	    id: "2510.\(10000 + .)", title: "Paper number \(.) about bees",
	    authors: ["Ada Example", "Bo Sample"], abstract: ("flower " * $words),
	    score: {relevance: 9, novelty: 8, comment: "Bees; \(.)."}}' |
	    render -f email --up 'On the web=https://example.org/x.html' \
		>"$T/email"
	check "$1" email "$T/email" | grep -v ": fine$"
	email_part html <"$T/email" >"$T/mail"
	grep -c '^<h3 .*number\|^<li .*href="https.*number' "$T/mail"
	sed -n 's/<a href="https:..example.org.x.html">\(on the page\)<.a>/\1/
	    s/.*>\(.*, since mail programs.*\)<.p>/\1/p' "$T/mail"
}
why="since mail programs cut long messages."
is "mail: all of 30 papers" "$(mail 30 200)" 30
is "  shorter abstracts of 70" "$(mail 70 200)" "70
Abstracts are shortened here, $why"
is "  none of 160" "$(mail 160 200)" "160
Abstracts are left out here, $why"
is "  rows of 300" "$(mail 300 200)" "300
Abstracts and authors are left out here, $why"
is "    with comments" "$(grep -c '^<li .*<br>Bees; ' "$T/mail")" 300
is "  rows without comments of 610" "$(mail 610 200)" "610
Abstracts, authors and comments are left out here, $why"
like "  as many of 2,000 as there is room for" "$(mail 2000 200)" \
    "6??
… and 1,3?? more on the page. Abstracts, authors and comments are left out here, $why"
is "  the text says so too" "$(email_part plain <"$T/email" | tail -2 |
    tr '0-9' '#')" "… and ### more on the page
On the web: https://example.org/x.html"

is "  contents lead to what is below" "$(mail 4 5 >/dev/null
    sed -n 's/^<li value="\(.*\)"><a href="#\(.*\)">.*(9·8)<.li>$/\1 \2/p' "$T/mail" |
    while read -r n anchor; do
	grep -c "^<h3 id=\"$anchor\">$n\\. <a href=\"https" "$T/mail"
    done | tr '\n' ' ')" "1 1 1 1 "
is "  few papers need none" "$(mail 3 5 >/dev/null; grep -c '<li' "$T/mail")" 0
ok "  a dark window is heeded" grep -q 'prefers-color-scheme:dark' "$T/mail"
is "  a mail knows its page" "$(grep -c '<a href="https://example.org/x.html">On the web<' \
    "$T/mail")" 1
# Of any number only those are kept that a mail has room for, whichever comes
# first; the others are counted, with their topics.
many() {
	jq -nc --argjson n "$1" 'range($n) | { id: "x\(.)", title: "No \(.)",
	    score: { relevance: (8 + . / $n), novelty: 8, topics: [["a", "b"][. % 2]] } }' |
	    if [ "$2" = first ]; then tac; else cat; fi
}
for best in first last; do
	many 9000 $best | render -f email >"$T/$best"
	ok "of 9,000 papers, the best of them $best" check 9000 email "$T/$best"
	is "  the best is the first" "$(email_part plain <"$T/$best" |
	    grep '^  [12]\. ')" '  1. No 8999 (9·8)
  2. No 8998 (9·8)'
	is "  and their topics are counted" "$(email_part plain <"$T/$best" |
	    grep '^Topics')" "Topics: a 4500, b 4500"
done
ok "  in any order the same" cmp "$T/first" "$T/last"
is "  of so many, so many more" "$(many 9000 last | render -f email --top 3000 |
    email_part plain | grep -c '^… and 1,[0-9]* more$\|^Note: The first 3000 of 9000')" 2
ok "  of so few, no more" check 2 email "$(many 9000 first |
    render -f email --top 2 >"$T/two"; echo "$T/two")"
is "  the most frequent of many topics" "$(many 25 first |
    jq -c '.score.topics = ["t\(.id)"]' | render -f email --group-by topic |
    email_part plain | sed -n '/^Topics/,/^$/p' | tr '\n,' ' \n' |
    sed 's/.*t[x0-9]* 1 *$/one/' | sort | uniq -c | tr -s ' \n' ' ')" " 1 … 20 one "
many 3000 first | jq -c '.title *= 3 | .score_error = {code: "timeout",
    detail: "no answer"} | del(.score)' | render -f email >"$T/unscored"
ok "papers that nobody scored, and more" check 0 email "$T/unscored"
is "  of which each is named or counted" "$(email_part plain <"$T/unscored" |
    awk '/timeout, no answer$/ { n++ }
	/^… and .* more$/ { more = 1; gsub(",", "", $3); n += $3 }
	END { print n, more }')" "3000 1"
mkdir "$T/outages"
awk -v dir="$T/outages" 'BEGIN {
	for (i = 0; i < 1500; i++) {
		day = sprintf("20%02d-%02d-%02d", 10 + i / 300,
		    1 + i / 25 % 12, 1 + i % 25)
		file = dir "/" day ".report"
		print "{\"tool\":\"arxiv-fetch\",\"feeds\":[{\"category\":\"cs.LG\"," \
		    "\"status\":\"failed\",\"announced\":\"" day "\"}],\"exit\":75}" >file
		close(file)
	}
}'
set --
for report in "$T/outages"/*; do
	set -- "$@" --report "$report"
done
many 3 first | render -f email --view week "$@" >"$T/week"
ok "a mail of nothing but outages" check 3 email "$T/week"
is "  as many as it holds" "$(grep -c '^<p class=3D"note outage' "$T/week" |
    sed 's/^6[0-9][0-9]$/hundreds/')" hundreds
lists() { echo '{"id":"a"}' | digest-render -f email "$@" | grep '^List-'; }
is "what programs know a list by" "$(lists --mail-from 'Ann <ann@example.org>' \
    --mail-to 'Bo <bo@example.org>, c@example.org' --up 'Page=https://example.org/p?q')" \
    "List-Id: <paperround.example.org>
List-Archive: <https://example.org/p?q>
List-Unsubscribe: <mailto:ann@example.org?subject=unsubscribe>"
is "  one reader needs no way out" \
    "$(lists --mail-from ann@example.org --mail-to ann@example.org --up 'Page=p.html')" \
    "List-Id: <paperround.example.org>"
is "  a sender without a host" "$(lists --mail-from ann --mail-to 'a@b.c, b@c.d')" \
    "List-Id: <paperround.localhost>"
is "  a host that is an address" "$(lists --mail-from 'ann@[127.0.0.1]' --mail-to 'a@b.c, b@c.d')" \
    "List-Id: <paperround.localhost>"

# The command line cannot break a header either.
for option in --mail-from --mail-to; do
	is "a line break in $option" "$(echo '{"id":"a"}' |
	    status_of digest-render -f email $option 'a@example.org
Bcc: b@example.org')" 2
done
is "a comma in a name" "$(echo '{"id":"a"}' |
    status_of digest-render -f email --mail-to 'Ek, Asa <a@example.org>')" 2
like "  is told from an address" "$(cat "$T/err")" "*--mail-to: 'Ek' is no address*"
is "an empty address" "$(echo '{"id":"a"}' |
    status_of digest-render -f email --mail-to '')" 2
is "--prev needs a label" "$(echo '{"id":"a"}' |
    status_of digest-render --prev '=x.html')" 2
is "--prev needs a URL" "$(echo '{"id":"a"}' |
    status_of digest-render --prev 'x')" 2
is "--prev needs a harmless URL" "$(echo '{"id":"a"}' |
    status_of digest-render --prev 'x=javascript:alert(1)')" 2
is "--prev takes a relative one" "$(echo '{"id":"a"}' |
    status_of digest-render --prev 'x=../2025-10-16.html')" 0

# Many papers: Slack's messages and the counts.
i=0
while [ $i -lt 130 ]; do
	printf '{"id":"2513.%05d","title":"T%d","score":{"relevance":9,"novelty":8}}\n' $i $i
	i=$((i + 1))
done >"$T/many"
render -f slack "$T/many" >"$T/slack"
is "130 papers are three messages" "$(wc -l <"$T/slack" | tr -d ' ')" 3
ok "  within the limits" check 130 slack "$T/slack"
is "of many authors six are named" "$(echo '{"id":"2513.00001","title":"T","authors":["A","B","C","D","E","F","G","H"],"score":{"relevance":9,"novelty":8}}' |
    digest-render -f slack | grep -o 'E, F and 2 more')" "E, F and 2 more"
done_testing
