#!/bin/sh
# What a tool still can do once its options are read, if its input turned it
# against the user: nothing but read and write what it has open; with the
# network if it needs that, and then without any other file to write.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"
. "$SRCDIR/tests/llm-score-lib.sh"

[ -z "${SANITIZED-}${VALGRIND-}" ] || {
	skip "confinement" "off: this build needs more than a tool does"
	done_testing
}
start_arxiv
cleanup="server_stop; kill $server"
server '[]'
papers 3 >"$T/papers"
mkdir "$T/cache" "$T/place" "$T/elsewhere"

tries="env ESCAPE=$T/elsewhere/file LD_PRELOAD=$BUILD/tests/fault/escape.so"
ok "unconfined, all of it works" sh -c \
    "$tries true 2>&1 | grep -x 'tried: wrote connected ran'"
rm -f "$T/elsewhere/file"

# confined NAME WHAT-IT-CAN COMMAND ..: with and without -o, all works as ever.
unconfined=
confined() {
	name=$1 can=$2
	shift 2
	"$@" >"$T/plain" 2>/dev/null
	$tries "$@" --verbose >"$T/out" 2>"$T/err"
	if grep -q 'running unconfined' "$T/err"; then
		unconfined=$(grep 'running unconfined' "$T/err")
		skip "$name" "$unconfined"
		return
	fi
	is "$name: smuggled code can" "$(grep ^tried "$T/err")" "tried:$can."
	ok "$name: writes what it writes" test -s "$T/out"
	ok "$name: the same as ever" cmp "$T/out" "$T/plain"
	echo old >"$T/place/o"
	$tries "$@" -o "$T/place/o" --report "$T/r" >/dev/null 2>&1
	ok "$name: -o FILE is put in place" cmp "$T/place/o" "$T/plain"
	rm -f "$T/r"
	$tries "$@" --report "$T/r" >/dev/null 2>&1
	ok "$name: the report is written" grep -q '"exit":0}' "$T/r"
	ok "$name: nothing elsewhere" rmdir "$T/elsewhere"
	mkdir "$T/elsewhere"
}
now=2026-11-20T05:15:00Z
confined paper-filter '' paper-filter -k matter "$T/papers"
confined 'paper-filter -w' '' paper-filter -w '.id != ""' "$T/papers"
confined 'paper-filter --near' '' paper-filter \
    --near "$(head -n 1 "$T/papers" | jq -r .id)" "$T/papers"
confined 'arxiv-fetch --parse' '' arxiv-fetch --parse --now "$now" \
    "$FIXTURES/rss/cs.LG.xml"
confined arxiv-fetch ' connected' arxiv-fetch --base-url "$URL" --now "$now" \
    --pace 0 --cache "$T/cache" cs.LG
confined 'arxiv-fetch, a cache of its own' ' connected' arxiv-fetch \
    --base-url "$URL" --now "$now" --pace 0 cs.LG
confined 'arxiv-fetch --no-cache' ' connected' env TMPDIR="$T/cache" \
    arxiv-fetch --base-url "$URL" --now "$now" --pace 0 --no-cache cs.LG
confined llm-score ' connected' llm-score -T "$T/topics.md" -m gpt-5 \
    --base-url "$url" --cache "$T/cache/scores" "$T/papers"
confined 'llm-score, a cache of its own' ' connected' llm-score \
    -T "$T/topics.md" -m gpt-5 --base-url "$url" "$T/papers"
ok "the caches are in use" test -s "$HOME/.cache/paperround/scores.db" -a \
    -s "$T/cache/scores"
confined 'llm-score --backend lexical' '' llm-score \
    --backend lexical -T "$T/topics.md" "$T/papers"

for options in '-f html' '-f markdown' '-f email' '--template ntfy' \
    "--template obsidian.md --split $T/notes"; do
	echo old >"$T/place/o"
	[ -z "$unconfined" ] || {
		skip "digest-render $options" "$unconfined"
		continue
	}
	# shellcheck disable=SC2086 # words
	is "digest-render $options" "$($tries \
	    digest-render $options --date 2026-11-20 -o "$T/place/o" "$T/papers" \
	    2>&1 | grep ^tried)" "tried:."
	ok "  -o FILE is put in place" grep -q 2513.00001 "$T/place/o"
done

done_testing
