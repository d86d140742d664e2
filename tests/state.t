#!/bin/sh
# What outlives a run: ids seen, reports, pages, scores.  They survive a disk
# that fills up at any write.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"
. "$SRCDIR/tests/llm-score-lib.sh"

preload=$BUILD/tests/fault/fail.so
start_arxiv
cleanup="server_stop; kill $server"
NOW=2026-11-20T05:15:00Z

# at_each_write FAULT BEFORE AFTER COMMAND ..: for the first write, the second
# and so on, until none is left to fail: BEFORE, the command with that fault,
# AFTER, which prints what is wrong and may look at $got.
at_each_write() {
	fault=$1 before=$2 after=$3
	shift 3
	n=1
	while :; do
		$before
		rm -f "$T/hit"
		got=0
		env FAIL="write:$n:$fault" FAIL_HIT="$T/hit" \
		    LD_PRELOAD="$preload" "$@" >"$T/got" 2>"$T/err" || got=$?
		$after >"$T/wrong" 2>&1
		[ ! -s "$T/wrong" ] ||
		    echo "write:$n:$fault: $(head -3 "$T/wrong")"
		[ -s "$T/hit" ] || break
		n=$((n + 1))
	done
	[ $n -gt 1 ] || echo "nothing was made to fail"
}
faults='ENOSPC ENOSPC:once EIO:once'
[ -z "${SANITIZED-}${VALGRIND-}" ] || {
	skip "failing writes" "the sanitizer's allocator cannot be replaced"
	faults=
}

# Ids seen.
papers 3000 >"$T/papers"
sed 's/.*"id":"\([^"]*\)".*/\1 2025-10-17/' "$T/papers" >"$T/ids"
echo 'old 2025-10-16' >"$T/old"
seen_before() { cp "$T/old" "$T/seen"; }
seen_after() {
	case $got in
	0) cat "$T/old" "$T/ids" | cmp "$T/seen" ;;
	*) cmp "$T/old" "$T/seen" ;;
	esac
}
for fault in $faults; do
	is "ids seen are all there or none: $fault" "$(at_each_write "$fault" \
	    seen_before seen_after paper-filter --mark-seen "$T/seen" \
	    --now 2025-10-17 "$T/papers")" ""
done

# The report.
echo '{"old":1}' >"$T/old"
report_before() { cp "$T/old" "$T/report"; }
report_after() {
	jq -c . "$T/report" >/dev/null
	head -1 "$T/report" | cmp - "$T/old"
	[ "$got" != 0 ] || [ "$(wc -l <"$T/report")" = 2 ] ||
	    echo "status 0 without a report"
}
for fault in $faults; do
	is "a report has whole lines: $fault" "$(at_each_write "$fault" \
	    report_before report_after paper-filter \
	    --report "$T/report" "$T/papers")" ""
done
[ -z "$faults" ] || {
	report_before
	env FAIL=write:1:SHORT LD_PRELOAD="$preload" paper-filter \
	    --report "$T/report" "$T/papers" >/dev/null
	ok "  also where a write takes only a part" jq -e .tool "$T/report"
}

# Pages: with a cache or without, the papers are the same.
fetch() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --pace 0 "$@"
}
fetch --no-cache cs.LG cs.AI >"$T/full"
cache_before() { rm -rf "$T/pages"; }
cache_after() {
	[ "$got" != 0 ] || cmp "$T/full" "$T/got"
	fetch --cache "$T/pages" cs.LG cs.AI 2>&1 | cmp "$T/full"
	fetch --cache "$T/pages" cs.LG cs.AI 2>&1 | cmp "$T/full"
}
for fault in $faults; do
	is "pages are kept whole or not at all: $fault" "$(at_each_write \
	    "$fault" cache_before cache_after arxiv-fetch --base-url "$URL" \
	    --now "$NOW" --pace 0 --cache "$T/pages" cs.LG cs.AI)" ""
done

# Scores.
server '[]'
papers 12 >"$T/papers"
ask() {
	llm-score -T "$T/topics.md" -m gpt-5 --base-url "$url" -n 4 "$@" \
	    "$T/papers"
}
ask --no-cache >"$T/full"
scores_before() { rm -f "$T"/scores*; }
scores_after() {
	[ "$got" != 0 ] || cmp "$T/full" "$T/got"
	ask --cache "$T/scores" | cmp "$T/full"
	ask --cache "$T/scores" --cache-only | cmp "$T/full"
}
for fault in $faults; do
	is "scores are kept whole or not at all: $fault" "$(at_each_write \
	    "$fault" scores_before scores_after llm-score -T "$T/topics.md" \
	    -m gpt-5 --base-url "$url" -n 4 --cache "$T/scores" \
	    "$T/papers")" ""
done

done_testing
