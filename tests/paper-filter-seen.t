#!/bin/sh
# paper-filter: ids seen, duplicates, samples, order, top.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/paper-filter.sh"

n=0
while [ $n -lt 40 ]; do
	n=$((n + 1))
	printf '{"id":"2513.%05d","n":%d}\n' $n $((n * 7 % 40))
done >"$T/p"
head -3 "$T/p" >"$T/three"

# --seen and --mark-seen.
err="paper-filter: $T/seen: does not exist yet, so nothing counts as seen"
out='2513.00001 2513.00002 2513.00003'
row "--seen of no file" ids -s "$T/seen" "$T/three"
out='2513.00001 2513.00002 2513.00003'
row "--mark-seen" ids --mark-seen "$T/seen" --now 2025-10-17 "$T/three" </dev/null
out='2513.00001 2025-10-17
2513.00002 2025-10-17
2513.00003 2025-10-17'
row "  the file" cat "$T/seen"
row "--seen drops them" ids -s "$T/seen" "$T/three"
is "--seen only reads" "$(wc -l <"$T/seen")" 3
out='2513.00004' && row "  and no others" sh -c 'head -4 "$1/p" |
	paper-filter -s "$1/seen" | jq -r .id' sh "$T"
out='2513.00001 2513.00002 2513.00003'
row "-v --seen: those seen" ids -v -s "$T/seen" "$T/p"
out='2513.00001 2513.00002 2513.00003'
row "--seen-days: long ago" ids -s "$T/seen" --seen-days 3 --now 2025-10-20 "$T/three"
row "--seen-days: the last day that counts" ids -s "$T/seen" --seen-days 4 --now 2025-10-20 "$T/three"
printf '# by hand\n\n2513.00001\n2513.00002 yesterday\r\n2513.00003 2025-01-01 note' >"$T/hand"
out='2513.00003'
row "lines by hand" ids -s "$T/hand" --seen-days 30 --now 2025-10-20 "$T/three"
printf 'arXiv:2513.00001\nhttps://arxiv.org/abs/2513.00002v1 2025-10-19\n' >"$T/other"
out='2513.00003'
row "ids as other programs spell them" ids -s "$T/other" "$T/three"
row "two files" ids -s "$T/hand" -s "$T/seen" --seen-days 30 --now 2025-10-20 "$T/three"
# Ids of other archives hold what the file's own form is made of.
printf '{"id":"%s"}\n' 'a b' '#c' ' d' 'e\nf' 'g%20h' 'i#' '\u00e9\t' \
    'a' >"$T/odd"
paper-filter --mark-seen "$T/odd.seen" "$T/odd" --now 2025-10-20 >/dev/null
out='a%20b 2025-10-20
%23c 2025-10-20
%20d 2025-10-20
e%0Af 2025-10-20
g%2520h 2025-10-20
i# 2025-10-20
é%09 2025-10-20
a 2025-10-20'
row "ids with blanks, line breaks, # and %" cat "$T/odd.seen"
row "  are seen" paper-filter -s "$T/odd.seen" "$T/odd"
out='{"id":"a b"}' && row "  and no others" \
    sh -c 'grep -v ^a%20b "$1.seen" >"$1.less"; paper-filter -s "$1.less" "$1"' \
    sh "$T/odd"
printf 'g%%20h\nx%%zz\n100%%\n' >"$T/odd.hand"
out='{"id":"q"}' && row "  nor are a % by hand in the way" sh -c '
    printf "{\"id\":\"%s\"}\n" g%20h "g h" x%zz 100% q | paper-filter -s "$1"' \
    sh "$T/odd.hand"
misuse "--seen-days needs --seen" && row "--seen-days alone" ids --seen-days 3 "$T/p"
is "--seen of a directory: status" "$(status_of ids -s "$T" "$T/p")" 1

paper-filter -q --mark-seen "$T/hand" --now 2025-10-20 "$T/three" >"$T/out"
out='2513.00003 2025-01-01 note
2513.00001 2025-10-20
2513.00002 2025-10-20
2513.00003 2025-10-20'
row "a last line without newline is ended first" tail -n 4 "$T/hand"
paper-filter --mark-seen "$T/o.seen" -o "$T/o" --now 2025-10-20 "$T/three"
is "--mark-seen with -o" "$(wc -l <"$T/o.seen")" 3
paper-filter --mark-seen "$T/c.seen" --count -v "$T/three" >"$T/out"
is "nothing passed, nothing marked" "$(wc -c <"$T/c.seen")" 0

if [ -e /dev/full ]; then
	paper-filter --mark-seen "$T/full.seen" "$T/three" >/dev/full 2>"$T/err"
	is "output not written: nothing is marked" "$(wc -c <"$T/full.seen")" 0
	is "/dev/full as the file: status" \
	    "$(status_of paper-filter --mark-seen /dev/full "$T/three")" 1
	like "  message" "$(cat "$T/err")" "*the ids could not be added: No space left*"
fi
paper-filter --mark-seen "$T/none/seen" "$T/three" >"$T/out" 2>"$T/err"
is "a file that cannot be made: status" $? 1
is "  and nothing was written" "$(wc -c <"$T/out")" 0
paper-filter --mark-seen "$T/gone.seen" "$T/three" 2>/dev/null >&-
is "stdout closed: nothing is marked" "$(wc -c <"$T/gone.seen")" 0

# Eight at a time into one file.
cleanup='kill $pids 2>/dev/null'
pids=
for i in 1 2 3 4 5 6 7 8; do
	sed "s/2513/25$i/" "$T/p" |
	    paper-filter --mark-seen "$T/many" --now 2025-10-17 >/dev/null &
	pids="$pids $!"
done
# shellcheck disable=SC2086
wait $pids
cleanup=:
is "eight processes: every line is whole" \
    "$(grep -cE '^25[0-9]*\.[0-9]{5} 2025-10-17$' "$T/many")" 320
is "  and none is lost" "$(sort -u "$T/many" | wc -l)" 320

# --dedup
cat >"$T/d" <<'X'
{"id":"b","version":1,"categories":["cs.LG","cs.AI"],"title":"old"}
{"id":"a","title":"alone","categories":["math.CO"]}
{"id":"b","version":2,"categories":["cs.AI","stat.ML"],"title":"new","x":1.0}
{"id":"b","version":1,"categories":["cs.CL"],"title":"older"}
{"id":"c","updated":"2025-10-01T00:00:00Z","title":"c1"}
{"id":"c","updated":"2025-10-02T00:00:00Z","title":"c2"}
X
out='{"id":"b","version":1,"categories":["cs.LG","cs.AI"],"title":"old"}
{"id":"a","title":"alone","categories":["math.CO"]}
{"id":"c","updated":"2025-10-01T00:00:00Z","title":"c1"}'
row "--dedup keeps the first" paper-filter --dedup --rejects "$T/r" "$T/d"
out='b b c' && row "  and rejects the others" sh -c 'jq -r "select(.rejected == \"duplicate\").id" "$1/r" | paste -s -d " "' sh "$T"
out='{"id":"b","version":2,"title":"new","x":1.0,"categories":["cs.AI","stat.ML","cs.LG","cs.CL"]}
{"id":"a","title":"alone","categories":["math.CO"]}
{"id":"c","updated":"2025-10-02T00:00:00Z","title":"c2"}'
row "--dedup=merge" paper-filter --dedup=merge --rejects "$T/r" "$T/d"
sed 's/,"rejected":"duplicate"}/}/' "$T/r" | sort >"$T/out"
grep -e '"title":"old' -e '"title":"c1' "$T/d" | sort >"$T/want"
ok "  rejects the older ones as they came" cmp "$T/out" "$T/want"
out='{"id":"b","version":1,"categories":["cs.CL"],"title":"older"}'
row "--dedup counts what passed only" paper-filter --dedup -c cs.CL "$T/d"
misuse "--dedup: last: not one of first|merge" && row "--dedup=last" ids --dedup=last "$T/d"

# More than is held in memory goes to a temporary file, and comes back.
awk 'BEGIN {
	pad = sprintf("%01000d", 0)
	for (i = 0; i < 12000; i++)
		printf "{\"id\":\"%05d\",\"version\":1,\"pad\":\"%s\"}\n", i, pad
	for (i = 0; i < 12000; i += 1000)
		printf "{\"id\":\"%05d\",\"version\":2,\"pad\":\"%s\"}\n", i, pad
}' >"$T/big"
paper-filter --dedup=merge --rejects "$T/r" "$T/big" >"$T/out"
{ tail -n 12 "$T/big" && head -n 12000 "$T/big" | grep -v '000","v'; } | sort >"$T/want"
sort "$T/out" | cmp -s - "$T/want"
is "--dedup=merge of 12 MB" $? 0
is "  the older ones are rejected" "$(grep -c '"version":1,.*"duplicate"' "$T/r")" 12
ls "$T"/paper-filter.* 2>/dev/null >"$T/left"
is "  no temporary file is left" "$(cat "$T/left")" ""
TMPDIR=$T/none paper-filter --dedup=merge "$T/big" | cmp -s - "$T/out"
is "  all in memory where no file can be made" $? 0

# --sample
paper-filter --sample 10 --seed 1 "$T/p" >"$T/s1"
is "--sample draws N" "$(wc -l <"$T/s1")" 10
ok "  in the order of the input" sort -c "$T/s1"
paper-filter --sample 10 --seed 1 "$T/p" | cmp -s - "$T/s1"
is "  the same again" $? 0
sort -r "$T/p" | paper-filter --sample 10 --seed 1 | sort >"$T/s2"
ok "  whatever the order" cmp "$T/s1" "$T/s2"
paper-filter --sample 10 --seed 2 "$T/p" >"$T/s2"
ok "  others for another seed" test "$(sort "$T/s1" "$T/s2" | uniq | wc -l)" -gt 10
paper-filter --sample 10 "$T/p" >"$T/s3"
paper-filter --sample 10 --seed 0 "$T/p" >"$T/s4"
ok "  0 is the default" cmp "$T/s3" "$T/s4"
paper-filter --sample 100 "$T/p" >"$T/s4"
ok "  all where there are not so many" cmp "$T/s4" "$T/p"
paper-filter --sample 10 --rejects "$T/r" "$T/p" | cat - "$T/r" |
    sed 's/,"rejected":"sample"//' | sort >"$T/out"
ok "  and rejects the others" cmp "$T/out" "$T/p"
misuse "--seed needs --sample" && row "--seed alone" ids --seed 1 "$T/p"

# --top
out='2513.00001 2513.00002' && row "--top" ids --top 2 --rejects "$T/r" "$T/p"
is "  and rejects the others" "$(grep -c '"rejected":"top"' "$T/r")" 38
misuse "--top: 0: too small (1 to 9007199254740992)" && row "--top 0" ids --top 0 "$T/p"

# --sort-by
if paper-filter --sort-by . "$T/three" >/dev/null 2>"$T/err"; then
	jq -c -s 'sort_by(.n)[]' "$T/p" >"$T/want"
	paper-filter --sort-by .n "$T/p" >"$T/out"
	ok "--sort-by" cmp "$T/out" "$T/want"
	paper-filter --sort-by '-(.id | tonumber)' "$T/big" >"$T/out"
	sort -s -r -k 1,1 -t , "$T/big" | cmp -s - "$T/out"
	is "--sort-by of 12 MB" $? 0
	jq -c -s 'sort_by(-.n)[]' "$T/p" | head -5 >"$T/want"
	paper-filter --sort-by '-.n' --top 5 --rejects "$T/r" "$T/p" >"$T/out"
	ok "--sort-by --top" cmp "$T/out" "$T/want"
	is "  the others are rejected" "$(wc -l <"$T/r")" 35
	jq -c -s 'sort_by(.n % 3)[]' "$T/p" >"$T/want"
	paper-filter --sort-by '.n % 3' "$T/p" >"$T/out"
	ok "equal ones stay in order" cmp "$T/out" "$T/want"
	head -7 "$T/want" >"$T/want7"
	paper-filter --sort-by '.n % 3' --top 7 "$T/p" >"$T/out"
	ok "  with --top too" cmp "$T/out" "$T/want7"
	in='{"id":"a","score":{"relevance":8,"mean":7.6}}
{"id":"b","score":{"relevance":8}}
{"id":"c","score":{"relevance":9,"mean":8.6}}
{"id":"d","score":{"relevance":8,"mean":8.3}}' out=c,d,a,b,
	row "the mean of votes orders what is equal" sh -c \
	    'paper-filter --sort-by "-.score.relevance" | jq -j ".id + \",\""; echo'
	in='{"id":"a","k":[1]}
{"id":"b"}
{"id":"c","k":"x"}
{"id":"d","k":12345678901234567890}
{"id":"e","k":{}}
{"id":"f","k":false}
'
	out='b f d c a e' && row "jq's order of values" ids --sort-by .k
	in='{"id":"a","k":1}
{"id":"b","k":"x"}
'
	out='b a' status=1
	err='paper-filter: --sort-by: string ("x") cannot be negated; "b" is sorted first'
	row "--sort-by that fails for a record" ids --sort-by '-.k'
	in='{"id":"a","k":1}
{"id":"b"}
'
	out='b a' && row "--sort-by without result: first" ids --sort-by '.k // empty'
	in='{"id":"a","k":1}
{"id":"b","k":0}
'
	out='b a' && row "--sort-by: the first result counts" ids --sort-by '.k, 7'
	is "--sort-by that is no expression: status" \
	    "$(status_of ids --sort-by '.n |' "$T/p")" 2
	out=$(paper-filter --sample 6 --seed 3 "$T/p" |
	    jq -s -r 'sort_by(-.n)[:2][].id' | paste -s -d ' ' -)
	row "sample, then sort, then top" ids --sample 6 --seed 3 --sort-by '-.n' --top 2 "$T/p"
else
	skip "--sort-by" "$(cat "$T/err")"
fi

done_testing
