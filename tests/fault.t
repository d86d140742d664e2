#!/bin/sh
# Allocations, reads and writes that fail, one after the other: what comes out
# is whole lines, complete or with a status that says it is not, and nothing
# crashes.
. "$(dirname "$0")/lib.sh"

[ -z "${SANITIZED-}" ] || {
	skip "faults" "the sanitizer's allocator cannot be replaced"
	done_testing
}
SOURCE_DATE_EPOCH=1760659200
export SOURCE_DATE_EPOCH
preload=$BUILD/tests/fault/fail.so

cat >"$T/topics.md" <<'X'
1. Sparse models
   - Relevant: mixture of experts, pruning, routing
X
i=0
while [ $i -lt 30 ]; do
	i=$((i + 1))
	printf '{"id":"2513.%05d","title":"Sparse routing %d","abstract":"Erd\\\\H{o}s","categories":["cs.LG"],"authors":["A B"]}\n' $i $i
done >"$T/papers"
{
	echo '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>cs.LG updates on arXiv.org</title>'
	i=0
	while [ $i -lt 30 ]; do
		i=$((i + 1))
		printf '<item><title>T %d</title><link>https://arxiv.org/abs/2513.%05d</link><description>arXiv:2513.%05dv1 Announce Type: new \nAbstract: A.</description><guid isPermaLink="false">oai:arXiv.org:2513.%05dv1</guid><category>cs.LG</category><arxiv:announce_type>new</arxiv:announce_type><dc:creator>A B</dc:creator></item>\n' $i $i $i $i
	done
	echo '</channel></rss>'
} >"$T/feed.xml"

# with_fault FAULT COMMAND ..: the command with that fault; output in $T/got.
with_fault() {
	fault=$1
	shift
	got=0
	rm -f "$T/hit"
	env FAIL="$fault" FAIL_HIT="$T/hit" LD_PRELOAD="$preload" "$@" >"$T/got" 2>"$T/err" ||
	    got=$?
	return 0
}

# Lines of $T/got that are no line of the full output, or a last one that is
# cut: there must be none.  A document may say that something is missing.
broken_lines() {
	grep -q 'could not be read: what stood there is missing' "$T/got" &&
	    return
	[ ! -s "$T/got" ] || [ "$(tail -c 1 "$T/got" | od -An -c | tr -d ' ')" = '\n' ] ||
	    echo "cut line"
	# A digest says that input is missing.
	grep -vxFf "$T/full" "$T/got" |
	    grep -vx -e '.*Some of the input could not be read.*' -e '>' |
	    head -3
}

# judge: empty if the run was honest, else what is wrong.
judge() {
	if [ "$got" -ge 128 ]; then
		echo "killed by signal $((got - 128))"
	elif [ "$got" = 0 ] && ! cmp -s "$T/got" "$T/full"; then
		echo "status 0, output differs"
	else
		broken_lines
	fi
}

# sweep NAME KIND SUFFIX COMMAND ..: the fault at 1, 2, .. until nothing is
# hit; in growing steps past 40, unless FAULT_ALL is set.
sweep() {
	name=$1 kind=$2 suffix=$3
	shift 3
	wrong='' elsewhere=''
	n=1
	runs=0
	while with_fault "$kind:$n$suffix" "$@" && [ -s "$T/hit" ]; do
		runs=$((runs + 1))
		what=$(judge)
		grep -q '^crashed' "$T/err" && elsewhere=$(head -1 "$T/err")
		[ -z "$what" ] || wrong="$wrong
$kind:$n$suffix: $what: $(head -1 "$T/err")"
		n=$((n + 1))
		[ $n -lt 40 ] || [ -n "${FAULT_ALL-}" ] || n=$((n + n / 12))
	done
	is "$name: $kind$suffix ($runs runs)" "$wrong" ""
	[ -z "$elsewhere" ] || tap_note "$elsewhere"
	# A preload that is not there would pass everything.
	ok "$name: $kind$suffix hit something" test "$runs" -gt 0
}

sweep_tool() {
	name=$1
	shift
	"$@" >"$T/full" 2>/dev/null
	ok "$name: the run without fault writes" test -s "$T/full"
	sweep "$name" alloc '' "$@"
	sweep "$name" alloc :once "$@"
	sweep "$name" read :EIO "$@"
	sweep "$name" write :ENOSPC "$@"
	with_fault write:1:SHORT "$@"
	is "$name: short writes: status" "$got" 0
	ok "$name: short writes lose nothing" cmp "$T/got" "$T/full"
	with_fault write:1:EINTR:once "$@"
	is "$name: an interrupted write: status" "$got" 0
	ok "$name: an interrupted write loses nothing" cmp "$T/got" "$T/full"
	with_fault read:1:EINTR:once "$@"
	is "$name: an interrupted read: status" "$got" 0
	ok "$name: an interrupted read loses nothing" cmp "$T/got" "$T/full"
}

sweep_tool arxiv-fetch arxiv-fetch --now @0 --parse "$T/feed.xml"
sweep_tool paper-filter paper-filter -k 'erdős' -c 'cs.*' "$T/papers"
# libjq may crash for lack of memory; nothing of ours may.
sweep_tool 'paper-filter -w' paper-filter -w '.title != ""' "$T/papers"
sweep_tool llm-score llm-score --backend lexical -T "$T/topics.md" "$T/papers"
sweep_tool digest-render digest-render --date 2025-10-17 -f markdown "$T/papers"
sweep_tool 'digest-render html' digest-render --date 2025-10-17 -f html "$T/papers"

# -o and the full disk: the old file stays.
for n in 1 2; do
	echo old >"$T/kept"
	with_fault write:$n:ENOSPC digest-render --date 2025-10-17 \
	    -o "$T/kept" "$T/papers"
	[ "$got" = 0 ] || is "ENOSPC at write $n: the old file stays" \
	    "$(cat "$T/kept")" old
	is "ENOSPC at write $n: no temporary file" "$(echo "$T"/kept.*)" \
	    "$T/kept.*"
done

done_testing
