#!/bin/sh
# SPDX-License-Identifier: ISC
# Calls that fail in any of the processes of paperround: what a reader said is
# never lost, what is made of other files is whole, and both are there after
# the next run.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/fault.sh"

HOME=$T/home
data=$HOME/.local/share/paperround
state=$HOME/.local/state/paperround
SOURCE_DATE_EPOCH=1760702400 FAIL_COUNT=$T/count
export T SOURCE_DATE_EPOCH FAIL_COUNT
dense=3 growth=2
round() { paperround -q "$@" 2>"$T/again.err"; }
again() { round "$@" || echo "run again: $? $(head -1 "$T/again.err")"; }
# at_each_call NAME COMMAND ..
at_each_call() {
	kept=$1
	shift
	for fault in write:ENOSPC:once write:SIGKILL move:EACCES:once; do
		sweep "$kept" "${fault%%:*}" ":${fault#*:}" "$@"
	done
}

mkdir -p "$data/archive/2025/10" "$state"
i=0
while [ $i -lt 40 ]; do
	i=$((i + 1))
	printf '{"id":"2510.%05d","title":"Sparse routing %d","abstract":"It is what number %d is about.","categories":["cs.LG"],"announced":"2025-10-17","screen":{"keep":%s,"p":0.0%02d},"score":{"relevance":%d,"novelty":8}}\n' \
	    $i $i $i "$([ $((i % 2)) = 0 ] && echo true || echo false)" $i \
	    $((i % 2 ? 2 : 9))
done >"$data/archive/2025/10/2025-10-17.jsonl"
echo '{"tool":"paperround","date":"2025-10-17","result":"done","exit":0}' \
    >"$data/archive/2025/10/2025-10-17.report"

# Marks: those of before stay, a new one is there or the status says it is not.
marks=$data/marks.jsonl
i=0
while [ $i -lt 200 ]; do
	i=$((i + 1))
	printf '{"id":"2509.%05d","mark":"star","time":"2025-10-16T00:00:00Z"}\n' $i
done >"$T/old"
star() { jq -R 'fromjson? | select(.id == "2510.00004" and .mark == "star")' "$marks"; }
reset() {
	rm -f "$FAIL_COUNT"
	cp "$T/old" "$marks"
}
judge() {
	[ "$got" != 0 ] || [ -n "$(star)" ] || echo "status 0 without a mark"
	again star 2510.00004
	[ -n "$(star)" ] || echo "no mark after the next"
	head -n 200 "$marks" | cmp - "$T/old" 2>&1
}
at_each_call "a star" paperround -q star 2510.00004

# What audit drew: as it was, or with those that were drawn now.
drawn=$data/audit.jsonl
echo '{"id":"2509.00001","day":"2025-09-01"}' >"$T/old"
cp "$T/old" "$drawn"
round audit >/dev/null
cp "$drawn" "$T/new"
reset() {
	rm -f "$FAIL_COUNT"
	cp "$T/old" "$drawn"
}
# old_or_new FILE: and the new one where it went well.
old_or_new() {
	[ "$got" = 0 ] || cmp -s "$1" "$T/old" || cmp "$1" "$T/new" 2>&1
	[ "$got" != 0 ] || cmp "$1" "$T/new" 2>&1
}
judge() {
	old_or_new "$drawn"
	again audit >/dev/null
	cmp "$drawn" "$T/new" 2>&1
}
at_each_call "what was drawn" paperround -q audit

# The screen's model.
model=$state/screen.model
round train
cp "$model" "$T/new"
echo old >"$T/old"
reset() {
	rm -f "$FAIL_COUNT"
	cp "$T/old" "$model"
}
judge() {
	old_or_new "$model"
	again train
	cmp "$model" "$T/new" 2>&1
}
at_each_call "the model of the screen" paperround -q train

# The library's records are made anew when it has changed: here by the part of
# the script that does it, which would be one of hundreds of calls in a run.
cat >"$T/library" <<'X'
warn() { echo "$*" >&2; }
no_room() { warn "no room: $1"; return 1; }
. "$SRCDIR/share/sh/library.sh"
here=$SRCDIR/scripts SHARE=$SRCDIR/share
open_library && [ -n "$OWN" ]
X
LIBRARY=$T/refs.bib STATE=$state
export LIBRARY STATE
i=0
while [ $i -lt 99 ]; do
	i=$((i + 1))
	echo "@article{w$i, title={Number $i}, author={Ada Example}, year=2024}"
done >"$LIBRARY"
open_library() { sh "$T/library" 2>"$T/again.err" || echo "fails"; }
own=$state/library.jsonl
open_library
cp "$own" "$T/new"
cat >"$T/old" <<'X'
{"id":"old","title":"Old"}
X
reset() {
	rm -f "$FAIL_COUNT" "$state/library.state"
	cp "$T/old" "$own"
}
judge() {
	cmp -s "$own" "$T/old" || cmp "$own" "$T/new" 2>&1
	open_library
	cmp "$own" "$T/new" 2>&1
}
at_each_call "the library" sh "$T/library"

# The pages, after one more day: each is as it was or as it is now, and after
# the next run all are.
site=$data/site
round site
cp -a "$site" "$T/site.old"
sed 's/2510/2511/; s/10-17/10-20/' "$data/archive/2025/10/2025-10-17.jsonl" \
    >"$data/archive/2025/10/2025-10-20.jsonl"
sed 's/10-17/10-20/' "$data/archive/2025/10/2025-10-17.report" \
    >"$data/archive/2025/10/2025-10-20.report"
round site
cp -a "$site" "$T/site.new"
pages() { (cd "$1" && find . -name '.?*' -prune -o -type f -print); }
is "there are pages" "$(pages "$site" | grep -c 2025-10)" 2
reset() {
	rm -rf "$FAIL_COUNT" "$site"
	cp -a "$T/site.old" "$site"
}
judge() {
	pages "$site" >"$T/pages"
	while read -r page; do
		cmp -s "$site/$page" "$T/site.old/$page" ||
		    cmp "$site/$page" "$T/site.new/$page" 2>&1
	done <"$T/pages"
	[ "$got" != 0 ] || diff -rq -x '.?*' "$site" "$T/site.new"
	again site
	diff -rq -x '.?*' "$site" "$T/site.new"
}
at_each_call "the site" paperround -q site

done_testing
