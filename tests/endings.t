#!/bin/sh
# Runs that are ended in the middle: by a signal or by a reader that goes
# away.  Whatever the moment, what is left is whole and says how it ended.
. "$(dirname "$0")/lib.sh"

SOURCE_DATE_EPOCH=1760659200
export SOURCE_DATE_EPOCH

cat >"$T/topics.md" <<'X'
1. Sparse models
   - Relevant: mixture of experts, pruning, routing
X
awk 'BEGIN {
	for (i = 1; i <= 3000; i++)
		printf "{\"id\":\"2513.%05d\",\"title\":\"Sparse routing %d\"," \
		    "\"abstract\":\"It is what number %d is about.\"," \
		    "\"categories\":[\"cs.LG\"],\"authors\":[\"A B\"]}\n",
		    i, i, i
}' >"$T/papers"
{
	echo '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>cs.LG updates on arXiv.org</title>'
	awk 'BEGIN {
		for (i = 1; i <= 3000; i++) {
			id = sprintf("2513.%05d", i)
			printf "<item><title>T %s</title><link>https://arxiv.org/abs/%s</link><description>arXiv:%sv1 Announce Type: new \nAbstract: A.</description><guid isPermaLink=\"false\">oai:arXiv.org:%sv1</guid><category>cs.LG</category><arxiv:announce_type>new</arxiv:announce_type><dc:creator>A B</dc:creator></item>\n", id, id, id, id
		}
	}'
	echo '</channel></rss>'
} >"$T/feed.xml"

# ended NAME INPUT COMMAND ..: with its output to each of $outputs; a line
# about the run goes to $report.
ended() {
	name=$1 file=$2
	shift 2
	"$@" <"$file" >"$T/full" 2>/dev/null
	ok "$name: the whole run writes" test -s "$T/full"
	for to in $outputs; do
		is "$name: ended midway, output to ${to##*/}" \
		    "$("$PYTHON" "$SRCDIR/tests/fault/interrupt.py" \
			"$T/full" "$T/report" "$to" 5 "$@" \
			${report:+--report "$report"} -o "$to" \
			<"$file" 2>&1)" ""
	done
}
outputs="- $T/o" report=$T/report
ended arxiv-fetch "$T/feed.xml" arxiv-fetch --parse -
ended paper-filter "$T/papers" paper-filter -k routing
ended 'paper-filter --sort-by' "$T/papers" paper-filter --sort-by .id
ended 'paper-filter --near' "$T/papers" \
    paper-filter --near "$(head -n 1 "$T/papers" | jq -r .id)"
ended 'paper-filter --cites' "$T/papers" paper-filter --cites "$T/papers"
ended llm-score "$T/papers" llm-score --backend lexical -T "$T/topics.md"
# A document has no beginning that would do, and reports are what it is made
# from.
outputs=$T/o report=
ended digest-render "$T/papers" digest-render -f html --date 2025-10-17

# Nobody catches SIGKILL; the temporary file goes all the same.
mkdir "$T/place"
beside() { ls "$T/place"; }
mkfifo "$T/pipe"
paper-filter -k routing -o "$T/place/o" <"$T/pipe" &
pid=$!
exec 3>"$T/pipe"
n=0
while [ -z "$(beside)" ] && [ $((n += 1)) -lt 200 ]; do sleep 0.05; done
like 'killed: a temporary file while it runs' "$(beside)" 'o.??????'
kill -9 $pid
wait $pid 2>/dev/null
exec 3>&-
n=0
while [ -n "$(beside)" ] && [ $((n += 1)) -lt 1200 ]; do sleep 0.05; done
is '  and nothing afterwards' "$(beside)" ""

# One signal is enough where nothing comes: a named pipe without a word, and a
# line without an end.  timeout(1) kills what lives on, which is 137.
mkfifo "$T/silent"
exec 9<>"$T/silent"
for command in \
    'arxiv-fetch --parse silent' \
    'arxiv-fetch --enrich s2 silent' \
    'paper-filter silent' \
    'paper-filter --seen silent papers' \
    'paper-filter --cites silent papers' \
    'paper-filter --near silent papers' \
    'paper-filter -k x /dev/zero' \
    'digest-render silent' \
    'digest-render --report silent papers' \
    'digest-render --report /dev/stdin papers' \
    'digest-render --report /dev/zero papers' \
    'llm-score -T topics.md --backend lexical silent' \
    'llm-score -T topics.md --backend local --like silent papers' \
    'llm-score --train silent -o model' \
    'llm-score --train /dev/stdin -o model' \
    'llm-score --draft-topics silent'; do
	# shellcheck disable=SC2086 # words
	is "one SIGTERM ends $command" "$(cd "$T" && status_of \
	    timeout --preserve-status -k 5 0.3 $command <"$T/silent")" 143
done
exec 9>&-

done_testing
