#!/bin/sh
# What outlives a run: ids seen, reports, pages, scores.  They survive a disk
# that fills up at any write.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/fault.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"
. "$SRCDIR/tests/llm-score-lib.sh"

start_arxiv
cleanup="server_stop; kill $server"
NOW=2026-11-20T05:15:00Z

# at_each_write NAME COMMAND ..: while the first write fails, the second and so
# on; see judge and reset of tests/fault.sh.
at_each_write() {
	kept=$1
	shift
	for fault in ENOSPC ENOSPC:once EIO:once SHORT SIGKILL; do
		sweep "$kept" write ":$fault" "$@"
	done
}

# Ids seen.
papers 3000 >"$T/papers"
sed 's/.*"id":"\([^"]*\)".*/\1 2025-10-17/' "$T/papers" >"$T/ids"
echo 'old 2025-10-16' >"$T/old"
cat "$T/old" "$T/ids" >"$T/new"
reset() { cp "$T/old" "$T/seen"; }
judge() {
	case $got in
	0) cmp "$T/new" "$T/seen" ;;
	# Killed, it has noted no more than it wrote before.
	137)
		cmp "$T/new" "$T/seen" 2>&1 | grep -v 'EOF on .*/seen'
		[ "$(tail -c 1 "$T/seen" | tr '\n' x)" = x ] || echo "a cut line"
		[ "$(wc -l <"$T/seen")" = 1 ] || cmp "$T/papers" "$T/got"
		;;
	*) cmp "$T/old" "$T/seen" ;;
	esac 2>&1
}
at_each_write "ids seen are all there or none" \
    paper-filter --mark-seen "$T/seen" --now 2025-10-17 "$T/papers"

# The report.
echo '{"old":1}' >"$T/old"
reset() { cp "$T/old" "$T/report"; }
judge() {
	{
		jq -c . "$T/report" >/dev/null
		head -1 "$T/report" | cmp - "$T/old"
	} 2>&1
	[ "$got" != 0 ] || [ "$(wc -l <"$T/report")" = 2 ] ||
	    echo "status 0 without a report"
}
at_each_write "a report has whole lines" \
    paper-filter --report "$T/report" "$T/papers"

# Pages: with a cache or without, the papers are the same.
fetch() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --pace 0 "$@"
}
fetch --no-cache cs.LG cs.AI >"$T/full"
reset() { rm -rf "$T/pages"; }
judge() {
	[ "$got" != 0 ] || cmp "$T/full" "$T/got" 2>&1
	fetch --cache "$T/pages" cs.LG cs.AI 2>&1 | cmp "$T/full" - 2>&1
	fetch --cache "$T/pages" cs.LG cs.AI 2>&1 | cmp "$T/full" - 2>&1
}
at_each_write "pages are kept whole or not at all" \
    arxiv-fetch --base-url "$URL" --now "$NOW" --pace 0 \
    --cache "$T/pages" cs.LG cs.AI

# Scores.
server '[]'
papers 12 >"$T/papers"
ask() {
	llm-score -T "$T/topics.md" -m gpt-5 --base-url "$url" -n 4 "$@" \
	    "$T/papers"
}
ask --no-cache >"$T/full"
reset() { rm -f "$T"/scores*; }
# As many as forty writes, most of them SQLite's, alike.
dense=12 growth=3
judge() {
	[ "$got" != 0 ] || cmp "$T/full" "$T/got" 2>&1
	ask --cache "$T/scores" | cmp "$T/full" - 2>&1
	ask --cache "$T/scores" --cache-only | cmp "$T/full" - 2>&1
}
at_each_write "scores are kept whole or not at all" \
    llm-score -T "$T/topics.md" -m gpt-5 --base-url "$url" -n 4 \
    --cache "$T/scores" "$T/papers"

done_testing
