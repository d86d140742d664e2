#!/bin/sh
# Allocations, reads and writes that fail, one after the other: what comes out
# is whole lines, complete or with a status that says it is not, and nothing
# crashes.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/fault.sh"

SOURCE_DATE_EPOCH=1760659200
export SOURCE_DATE_EPOCH

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

# Lines of $T/got that are no line of the full output, or a last one that is
# cut: there must be none.  A document may say that something is missing.
broken_lines() {
	[ -s "$T/got" ] || return 0
	grep -q 'could not be read: papers may be missing' "$T/got" &&
	    return
	[ -z "$(tail -c 1 "$T/got")" ] || echo "cut line"
	# A digest says that input is missing.
	grep -vxFf "$T/full" "$T/got" |
	    grep -vx -e '.*Some of the input could not be read.*' -e '>' |
	    head -3
}

# judge: empty if the run was honest, else what is wrong.
judge() {
	case $got in
	0) cmp -s "$T/got" "$T/full" || echo "status 0, output differs" ;;
	*) broken_lines ;;
	esac
}

sweep_tool() {
	name=$1
	shift
	"$@" <"$input" >"$T/full" 2>/dev/null
	ok "$name: the run without fault writes" test -s "$T/full"
	sweep "$name" alloc '' "$@"
	sweep "$name" alloc :once "$@"
	sweep "$name" read :EIO "$@"
	sweep "$name" write :ENOSPC "$@"
	sweep "$name" open :EMFILE "$@"
	sweep "$name" close :EIO "$@"
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
sed 's/}$/,"references":[{"arxiv":"2513.00001"}]}/' "$T/papers" >"$T/citing"
sweep_tool 'paper-filter --cites' paper-filter --cites "$T/papers" "$T/citing"
# What comes in at standard input is kept until the id is found.
input=$T/papers
sweep_tool 'paper-filter --near' paper-filter --near 2513.00007
input=/dev/null
# libjq may crash for lack of memory; nothing of ours may.
sweep_tool 'paper-filter -w' paper-filter -w '.title != ""' "$T/papers"
sweep_tool llm-score llm-score --backend lexical -T "$T/topics.md" "$T/papers"
sweep_tool digest-render digest-render --date 2025-10-17 -f markdown "$T/papers"
sweep_tool 'digest-render html' digest-render --date 2025-10-17 -f html "$T/papers"

sweep_tool 'digest-render --split' digest-render --date 2025-10-17 --force \
    --template obsidian.md --split "$T/notes" "$T/papers"

# -o FILE is the old one, or what the run can vouch for.
judge() {
	if [ -n "$(cmp "$T/o" "$T/old" 2>&1)" ]; then
		[ "$(stat -c %a "$T/o")" = 640 ] || echo "others may read it"
		mv "$T/o" "$T/got"
		cp -p "$T/old" "$T/o"
		[ "$got" != 0 ] || cmp "$T/got" "$T/full" 2>&1
		broken_lines
	elif [ "$got" = 0 ]; then
		echo "status 0, the old file stays"
	fi
	case $fault in
	move*) rm -f "$T"/o.* ;; # it may not be able to take it away
	*) [ "$(echo "$T"/o.*)" = "$T/o.*" ] || echo "a temporary file stays" ;;
	esac
}
to_file() {
	tool=$1
	shift
	"$@" >"$T/full" 2>/dev/null
	echo old >"$T/old"
	chmod 640 "$T/old"
	cp -p "$T/old" "$T/o"
	for fault in write:ENOSPC write:EIO:once open:EMFILE stat:EIO \
	    close:EIO move:EACCES move:ENOSPC:once net:EMFILE; do
		sweep "$tool -o" "${fault%%:*}" ":${fault#*:}" "$@" -o "$T/o"
	done
}
to_file arxiv-fetch arxiv-fetch --now @0 --parse "$T/feed.xml"
to_file paper-filter paper-filter -k 'erdős' -c 'cs.*' "$T/papers"
to_file llm-score llm-score --backend lexical -T "$T/topics.md" "$T/papers"
to_file digest-render digest-render --date 2025-10-17 "$T/papers"

# What is dropped is in the other file: in = out + dropped.
reset() { cp "$T/old" "$T/o"; }
judge() {
	broken_lines
	if [ "$got" = 0 ]; then
		cmp "$T/got" "$T/full" 2>&1
		cmp "$T/o" "$T/rejects" 2>&1
	elif [ -n "$(cmp "$T/o" "$T/old" 2>&1)" ]; then
		grep -vxFf "$T/rejects" "$T/o" | head -3
	fi
}
paper-filter -x 'routing 2' --rejects "$T/rejects" "$T/papers" >"$T/full"
is '--rejects: all are in one of them' \
    "$(cat "$T/full" "$T/rejects" | wc -l | tr -d ' ')" 30
for fault in alloc alloc::once read:EIO write:ENOSPC write:EIO:once open:EMFILE \
    stat:EIO close:EIO move:EACCES move:ENOSPC:once; do
	suffix=${fault#"${fault%%:*}"}
	sweep 'paper-filter --rejects' "${fault%%:*}" "${suffix:+:${suffix#:}}" \
	    paper-filter -x 'routing 2' --rejects "$T/o" "$T/papers"
done

# A model is whole or not at all.
sed '1~2s/}$/,"score":{"relevance":9,"novelty":8}}/
    2~2s/}$/,"score":{"relevance":3,"novelty":8}}/' "$T/papers" >"$T/scored"
reset() { cp "$T/old" "$T/o"; }
judge() {
	case $got in
	0) cmp "$T/o" "$T/full" ;;
	*) cmp "$T/o" "$T/old" ;;
	esac 2>&1
}
to_file 'llm-score --train' llm-score --train "$T/scored"
to_file 'llm-score --draft-topics' llm-score --draft-topics --category cs.LG \
    "$T/papers"
growth=3
sweep 'llm-score --draft-topics' alloc :once llm-score --draft-topics \
    --category cs.LG "$T/papers" -o "$T/o"
llm-score --train "$T/scored" -o "$T/full" 2>/dev/null
sweep 'llm-score --train' alloc :once llm-score --train "$T/scored" -o "$T/o"

done_testing
