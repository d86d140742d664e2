#!/bin/sh
# Several of everything at once, on the same files; files that are replaced or
# cut while they are read.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"
. "$SRCDIR/tests/llm-score-lib.sh"

start_arxiv
cleanup="server_stop; kill $server"
NOW=2026-11-20T05:15:00Z

# at_once N COMMAND ..: runs the command N times at the same time, $I being
# its number and out.$I its output; prints their statuses.
at_once() {
	n=$1
	shift
	for I in $(seq "$n"); do
		export I
		{
			got=0
			"$@" >"$T/out.$I" 2>"$T/err.$I" || got=$?
			echo $got >"$T/status.$I"
		} &
		pids="${pids-} $!"
	done
	# Not the servers, which are children too.
	# shellcheck disable=SC2086
	wait $pids
	pids=
	for I in $(seq "$n"); do
		cat "$T/status.$I"
	done | paste -s -d ' ' -
}

papers 4000 >"$T/many"
sed 's/.*"id":"\([^"]*\)".*/\1 2025-10-17/' "$T/many" >"$T/ids"
for I in 1 2 3 4 5 6; do
	awk "NR % 6 == $I - 1" "$T/many" >"$T/part.$I"
done
mark_part() {
	paper-filter --mark-seen "$T/seen" --report "$T/report" \
	    --now 2025-10-17 "$T/part.$I"
}
is "six filters note ids in one file" "$(at_once 6 mark_part)" "0 0 0 0 0 0"
sort "$T/seen" >"$T/sorted"
ok "  each id is there once, in a line of its own" cmp "$T/sorted" "$T/ids"

# Each tool appends to one report.
any_tool() {
	case $((I % 4)) in
	0) paper-filter --report "$T/report" "$T/part.1" ;;
	1) arxiv-fetch --parse --report "$T/report" \
	    "$FIXTURES/rss/cs.LG.xml" ;;
	2) llm-score --backend lexical -T "$T/topics.md" \
	    --report "$T/report" "$T/part.2" ;;
	3) llm-score --no-cache --cache-only --max-unscored 1 -m gpt-5 \
	    -T "$T/topics.md" --report "$T/report" "$T/part.3" ;;
	esac
}
rm "$T/report"
at_once 12 any_tool >"$T/statuses"
is "twelve tools append to one report: lines that are JSON" \
    "$(jq -c .tool "$T/report" | sort | uniq -c | tr -s ' \n' ' ')" \
    ' 3 "arxiv-fetch" 6 "llm-score" 3 "paper-filter" '

# Two that write the same -o FILE: it is one of theirs.
write_part() {
	paper-filter -o "$T/o" "$T/part.$I"
}
is "six filters write one file" "$(at_once 6 write_part)" "0 0 0 0 0 0"
ok "  which is that of one of them" sh -c \
    'for f in "$1"/part.*; do cmp -s "$f" "$1/o" && exit; done; exit 1' \
    sh "$T"
is "  and no temporary file stays" "$(echo "$T"/o.*)" "$T/o.*"

write_digest() {
	digest-render --date 2025-10-17 -f "$1" -o "$T/o" "$T/part.$I"
}
is "six digests of one name" "$(at_once 6 write_digest text)" "0 0 0 0 0 0"
for I in 1 2 3 4 5 6; do
	digest-render --date 2025-10-17 -f text "$T/part.$I" |
	    cmp -s - "$T/o" && whose=$I
done
ok "  which is one of them, whole" test -n "${whose-}"
is "  and no temporary file stays" "$(echo "$T"/o.*)" "$T/o.*"

# One cache of pages and one lock: the site is asked no faster than by one.
fetch() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --pace 0.1 \
	    --cache "$T/pages" cs.LG cs.AI
}
is "four fetchers at once" "$(at_once 4 fetch)" "0 0 0 0"
for I in 2 3 4; do
	ok "  the same papers as the first's: $I" cmp "$T/out.1" "$T/out.$I"
done
n=$(wc -l <"$T/log" | tr -d ' ')
ok "  $n requests, 0.1 s between any two" spaced "$n" 0.1

# One harvest has one run at a time.
echo '/oai slow:1' >"$T/script"
harvest() {
	[ "$I" = 1 ] || sleep 0.3
	arxiv-fetch --base-url "$URL" --now 2026-11-25T12:00:00Z --no-cache \
	    --pace 0 --set cs:cs:LG --resume "$T/place" >>"$T/harvest"
}
I=1
harvest
mv "$T/harvest" "$T/full"
rm "$T/place"
echo '/oai slow:1 ok' >"$T/script"
is "four runs of one harvest" "$(at_once 4 harvest)" "0 75 75 75"
like "  those that came later say so" "$(cat "$T/err.4")" \
    "arxiv-fetch: --resume: $T/place: another run is working on this harvest"
ok "  it is whole" cmp "$T/harvest" "$T/full"

# One cache of scores.
server '[]'
papers 20 >"$T/papers"
ask() {
	llm-score -T "$T/topics.md" -m gpt-5 --base-url "$url" -n 4 \
	    --cache "$T/scores" "$T/papers"
}
is "four scorers at once" "$(at_once 4 ask)" "0 0 0 0"
for I in 2 3 4; do
	ok "  the same scores as the first's: $I" cmp "$T/out.1" "$T/out.$I"
done
asked=$(wc -l <"$log")
ask >"$T/out.5"
ok "  all are in the cache" cmp "$T/out.1" "$T/out.5"
is "  nobody was asked again" "$(wc -l <"$log")" "$asked"

# One batch, carried by several hands.
OPENAI_API_KEY=sk-test LLM_BATCH_URL=$url
export OPENAI_API_KEY LLM_BATCH_URL
llm-score -T "$T/topics.md" -m gpt-5 --emit-batch openai -n 5 --no-cache \
    "$T/papers" >"$T/requests"
carry() {
	llm-batch submit openai "$T/requests" &&
	    until llm-batch poll openai b-1; do :; done &&
	    llm-batch fetch openai b-1 >"$T/results.$I"
}
is "four batches at once" "$(cd "$T" && at_once 4 carry)" "0 0 0 0"
for I in 1 2 3 4; do
	is "  all results: $I" "$(jq -r .custom_id "$T/results.$I" | sort)" \
	    "$(jq -r .custom_id "$T/requests" | sort)"
done

# A file replaced while it is read is read to its end; one that is cut gives
# what it had, and says so.
mkfifo "$T/pace"
slow() { # COMMAND: changes a file once the first line has come out
	cp "$T/many" "$T/changing"
	got=0
	# shellcheck disable=SC2086 # options, or none
	paper-filter --line-buffered $note "$T/changing" 2>"$T/err" \
	    >"$T/pace" &
	pid=$!
	{
		IFS= read -r first
		"$@"
		printf '%s\n' "$first"
		cat
	} <"$T/pace" >"$T/got"
	wait $pid || got=$?
}
note=
replace() {
	head -10 "$T/many" >"$T/new"
	mv "$T/new" "$T/changing"
}
cut_short() {
	: >"$T/changing"
}
slow replace
is "a file replaced while it is read: status" "$got" 0
ok "  the one that was opened is read" cmp "$T/got" "$T/many"
slow cut_short
cmp "$T/got" "$T/many" >"$T/cmp" 2>&1
like "a file cut while it is read gives a beginning of it" \
    "$(cat "$T/cmp")" "*EOF on $T/got*"
is "  in whole lines" "$(tail -c 1 "$T/got" | tr '\n' x)" x
# Where the cut falls is up to the buffers: within a line, or between two.
case $got in
0) is "  and nothing to say of it" "$(cat "$T/err")" "" ;;
*) like "  and a status, for a line was cut" "$got $(cat "$T/err")" \
    "1 paper-filter: $T/changing:*: cut short*" ;;
esac

# Ids are noted in the file that has the name, or it is told.
new_seen() {
	cp "$T/ids" "$T/new"
	mv "$T/new" "$T/seen"
}
note="--mark-seen $T/seen"
rm -f "$T/seen"
slow new_seen
is "a file of ids replaced meanwhile: status" "$got" 1
is "  is told" "$(cat "$T/err")" "paper-filter: $T/seen: was replaced by another file \
during this run, whose ids are not in it"
ok "  and left alone" cmp "$T/seen" "$T/ids"
slow rm "$T/seen"
is "one that was removed: status" "$got" 1

done_testing
