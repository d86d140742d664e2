#!/bin/sh
# paper-filter: each test of a record, the reasons, and what it writes.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/paper-filter.sh"

cat >"$T/p" <<'X'
{"id":"a1","title":"Sparse Experts","abstract":"Routing tokens.","categories":["cs.LG","stat.ML"],"primary_category":"cs.LG","announce_type":"new","announced":"2025-10-17"}
{"id":"a2","title":"A Survey of Graphs","abstract":"Old news.","categories":["math.CO","cs.LG"],"primary_category":"math.CO","announce_type":"cross","announced":"2025-10-16"}
{"id":"a3","title":"Hadrons","abstract":"Quarks.","comment":"Talk at Sparse 2025","categories":["hep-th"],"announce_type":"replace","published":"2025-10-15T23:59:59Z"}
{"id":"a4"}
{"id":"a5","title":"Scored","categories":["cs.CL"],"announce_type":"replace-cross","score":{"relevance":8,"novelty":5},"announced":"2025-10-18"}
{"id":"a6","title":"Scored low","categories":["cs.CL"],"score":{"relevance":3,"novelty":null}}
{"id":"a7","title":"Failed","categories":["cs.CL"],"score_error":{"code":"timeout","detail":""}}
{"id":"a8","title":"Screened","categories":["cs.CL"],"screen":{"keep":false,"p":0.01}}
X


out='a1 a2 a3 a4 a5 a6 a7 a8'
row "no test: all pass" pf
ok "and untouched" cmp "$T/pf.out" "$T/p"

out='a1 a2' && row "-c" pf -c cs.LG
out='a1 a2' && row "-c without regard to case" pf -c CS.lg
out='a1 a2 a5 a6 a7 a8' && row "-c cs.*" pf -c 'cs.*'
out='a1 a2 a5 a6 a7 a8' && row "-c with an archive's name" pf -c cs
out='a3' && row "-c hep-*" pf -c 'hep-*'
out='a1 a2 a3' && row "-c with several" pf -c stat.ML,math.CO -c hep-th
out='a1 a2 a3 a5 a6 a7 a8' && row "-c '*': what has a category" pf -c '*'
echo '{"id":"t","categories":["math-ph","hep-th"]}' >"$T/twins"
out='t' && row "-c: another name of it" ids -c math.MP "$T/twins"
out='t' && row "  --primary" ids -c MATH.mp --primary "$T/twins"
err="paper-filter: --category: cs.L: not one of arXiv's; did you mean cs.CL?"
out='' && row "-c is not a prefix" pf -c cs.L
err="paper-filter: --category: LG is no category that this version knows; a new one?"
out='' && row "-c of half a name" pf -c LG
out='a1' && row "--primary" pf -c cs.LG --primary
out='a3' && row "--primary without the key: the first" pf -c hep-th --primary
misuse "--category: bad character: cs <-- here --> _LG"
row "-c that is none" pf -c cs_LG
misuse "--category: a subject class or * is missing: cs. <-- here"
row "-c without class" pf -c cs.
misuse "--primary needs --category" && row "--primary alone" pf --primary

out='a1 a4 a6 a7 a8' && row "-t: papers without type pass" pf -t new
out='a2 a3 a4 a6 a7 a8' && row "-t with several" pf -t cross,replace
misuse "--announce: news: not one of new|cross|replace|replace-cross; did you mean new?"
row "-t that is none" pf -t news

out='a1 a5' && row "--since" pf --since 2025-10-17
out='a2 a3' && row "--until" pf --until 2025-10-16
out='a3' && row "--since, --until: published counts where announced is missing" \
    pf --since 2025-10-15 --until 2025-10-15
out='a1 a5' && row "--since a day told from --now" pf --since 4d --now 2025-10-21
out='a1 a5' && row "--since a weekday" pf --since friday --now 2025-10-21
misuse "--since: 2025-02-29: not a date (2025-10-17, yesterday, monday, 7d)"
row "--since that is none" pf --since 2025-02-29
misuse "--since is later than --until"
row "--since after --until" pf --since 2025-10-02 --until 2025-10-01

out='a1 a2 a3 a4 a5 a7' && row "--min-relevance" pf --min-relevance 8
out='a1 a2 a3 a4 a6 a7' && row "--min-novelty: null passes" pf --min-novelty 5.5
out='a1 a2 a3 a4 a5 a7' &&
    row "both" pf --min-novelty 5 --min-relevance 8
misuse "--min-relevance: high: not a number"
row "--min-relevance that is none" pf --min-relevance high
for n in -1 11 1e308; do
	case $n in
	-*) misuse "--min-relevance: $n: too small (0 to 10)" ;;
	*) misuse "--min-relevance: $n: too large (0 to 10)" ;;
	esac
	row "--min-relevance $n" pf --min-relevance $n
done

# deep N: a record of as many levels.
deep() {
	awk -v n="$1" 'BEGIN {
		while (--n > 0) { open = open "["; shut = shut "]" }
		print "{\"id\":\"deep\",\"x\":" open shut "}"
	}'
}
if paper-filter -w . "$T/p" >/dev/null 2>"$T/err"; then
	out='a5' && row "--where" pf -w '.score.novelty == 5'
	out='a1 a2 a3' && row "--where: any result that is true" \
	    pf -w '.categories[]? | . == "cs.LG" or . == "hep-th"'
	out='a2' && row "--where twice: both" \
	    pf -w '.id > "a1"' -w '.primary_category'
	out='a1 a2 a3 a4 a5 a6 a7 a8' && row "--where with many results" pf -w paths
	out='a1' && row "--where: a result that is true, then an error" \
	    pf -w 'if .id == "a1" then true, error("x") else false end'
	err="paper-filter: $T/p:1: --where: {\"code\":1}; dropped" status=1
	row "--where: an error that is no text" \
	    pf -w 'if .id == "a1" then error({"code": 1}) else false end'
	err="paper-filter: $T/p:1: --where: halt_error: {\"code\":1}; dropped"
	status=1 out='a2'
	row "--where: halt_error fails for its record" pf \
	    -w 'if .id == "a1" then {"code": 1} | halt_error(0) else .id == "a2" end'
	out='a2' && row "--where: halt ends without a result" \
	    pf -w 'if .id == "a1" then halt else .id == "a2" end'
	out='a3' && row "--arg" pf -w '.id == $x' --arg 'x=a3'
	out='a5 a6' && row "--argjson" pf -w '.score.relevance >= $n.min' \
	    --argjson 'n={"min":3}'
	out='' && row "--where without result" pf -w empty
	misuse '--argjson: n={: the value is not JSON'
	row "--argjson that is none" pf -w . --argjson 'n={'
	misuse '--arg: x: not NAME=VALUE' && row "--arg without value" pf -w . --arg x
	misuse "--where: syntax error, unexpected '|': .a |  <-- here --> | .b"
	row "--where that is no expression: the place" pf -w '.a | | .b'
	misuse "--where: tst/1 is not defined: .title |  <-- here --> tst(1)"
	row "--where with an unknown function" pf -w '.title | tst(1)'
	misuse '--where: $n is not defined: .id ==  <-- here --> $n'
	row "--where with an unknown variable" pf -w '.id == $n'
	misuse '--where: syntax error, unexpected end: .a | <-- here --> '
	row "--where that is cut" pf -w '.a |'
	misuse '--where: syntax error, unexpected IDENT: if .a then 1  <-- here --> els 2 end'
	row "--where with a wrong word" pf -w 'if .a then 1 els 2 end'

	paper-filter -w '.title | test("S")' --rejects "$T/r" "$T/p" \
	    >"$T/out" 2>"$T/err"
	is "--where that fails for a record: status" $? 1
	like "  message" "$(cat "$T/err")" "paper-filter: $T/p:4: --where: *; dropped"
	like "  reason" "$(cat "$T/r")" '*{"id":"a4","rejected":"where_error"}*'

	printf '%s\n' '{"id":"n","n":12345678901234567890,"z":1e400}' >"$T/n"
	out='{"id":"n","n":12345678901234567890,"z":1e400}'
	row "--where prints the input's numbers" paper-filter -w .id "$T/n"
	printf '%s\n' '{"id":"n","t":"\ud800","n":"\u0000"}' >"$T/n"
	out=$(cat "$T/n")
	row "--where on half of a pair" \
	    paper-filter -w '.t == "\ufffd" and .n == "\u0000"' "$T/n"
	deep 500 >"$T/n"
	if paper-filter -w . "$T/n" >/dev/null 2>&1; then
		skip "--where on what libjq refuses" "this one reads it"
	else
		status=1 err="paper-filter: $T/n:1: --where: libjq cannot read\
 this record: Exceeds depth limit for parsing; dropped"
		row "--where on what libjq refuses" paper-filter -w . "$T/n"
	fi
else
	skip "--where" "$(cat "$T/err")"
fi
is "libjq is not loaded without need" \
    "$(LD_DEBUG=libs paper-filter --count "$T/p" 2>&1 | grep -c libjq)" 0

out='a4' && row "-v" pf -v -c '*'
out='a3 a4 a5 a6 a7 a8' && row "-v: fails one of them" pf -v -c cs.LG -t new,cross
out='' && row "-v without test" pf -v
out='8' && row "--count" paper-filter --count "$T/p"
out='0' && row "--count of none" paper-filter --count -v "$T/p"
out='' status=1 && row "-e: nothing passed" pf -e -c econ
out='a3' && row "-e: something passed" pf -e -c hep-th

# Reasons: each in its turn, the first that applies.
reasons() {
	paper-filter --rejects "$T/r" "$@" "$T/p" >/dev/null || return
	sed 's/^{"id":"\([^"]*\)".*,"rejected":"\([a-z_]*\)"}$/\1 \2/;s/^{"id":"\([^"]*\)","rejected":"\([a-z_]*\)"}$/\1 \2/' "$T/r"
}
out='a3 category
a4 category
a5 announce_type
a6 date
a7 date
a8 date
a2 exclude'
row "the order of reasons" sh -c '
	paper-filter --rejects "$1/r" -c cs.*,math.* -t new,cross \
	    --since 2025-10-01 -x survey "$1/p" >/dev/null
	for w in category announce_type date exclude; do
		jq -r --arg w $w "select(.rejected == \$w) | .id + \" \" + .rejected" "$1/r"
	done' sh "$T"
out='a6 relevance
a8 screen'
row "cutoffs' reasons" reasons --min-relevance 4 --min-novelty 5
out='a6 novelty
a7 novelty'
printf '%s\n' '{"id":"a6","score":{"relevance":9,"novelty":1}}' \
    '{"id":"a7","score":{"relevance":9,"novelty":1.5},"match":{"authors":[]}}' \
    '{"id":"a8","score":{"relevance":1,"novelty":1},"match":{"authors":["A. B."]}}' >"$T/p2"
mv "$T/p" "$T/p1" && mv "$T/p2" "$T/p"
row "novelty, and an earlier author match" reasons --min-relevance 4 --min-novelty 5
mv "$T/p1" "$T/p"

out='{"id":"a1","rejected":"keyword"}'
row "--line-buffered: a reject is not kept back" sh -c '
	mkfifo "$1/f" "$1/g"
	paper-filter -k x --line-buffered --rejects "$1/g" <"$1/f" &
	exec 3>"$1/f"
	echo "{\"id\":\"a1\"}" >&3
	timeout 20 head -n 1 "$1/g"' sh "$T"
paper-filter -c cs.LG --rejects "$T/r" --report "$T/report" --now @0 "$T/p" >"$T/out"
sed 's/,"rejected":"category"}$/}/' "$T/r" | sort - "$T/out" >"$T/all"
ok "passed and rejected are the input" cmp "$T/all" "$T/p"
out='{"tool":"paper-filter","version":"'"$VERSION"'","started":"1970-01-01T00:00:00Z","seconds":0,"in":8,"out":2,"dropped":{"category":6},"failed":0,"exit":0}'
row "the report" cat "$T/report"
out='a1 a2' && in=$(cat "$T/out") && row "rejected goes when a paper passes" sh -c '
	sed "s/}$/,\"rejected\":\"date\"}/" | paper-filter | tee "$1/out2" |
	    sed "s/^{\"id\":\"\([^\"]*\)\".*/\1/" | paste -s -d " " -' sh "$T"
ok "  and nothing else" cmp "$T/out" "$T/out2"

# Bytes that are not ours.
printf '%s\n' ' { "id" : "b" , "x":1.50e+3, "title":"moe","y":"\u0041" } ' >"$T/n"
out=' { "id" : "b" , "x":1.50e+3, "title":"moe","y":"\u0041" ,"match":{"keywords":[{"keyword":"moe","field":"title","offset":0,"length":3}]}} '
row "a key is spliced in, the rest stays" paper-filter -k moe "$T/n"

# Lines that are no papers.
{
	echo 'not json'
	echo '[1]'
	echo '{"title":"no id"}'
	printf '{"id":"x","title":"\377"}\n'
	printf '{"id":"x","t":"\000"}\n'
	echo '{"id":"x","t":1,"t":2}'
	echo '{"id":"x"'
	echo '{"id":"ok"}'
	head -c 4194400 /dev/zero | tr '\0' x
	echo
	printf '{"id":"last"}'
} >"$T/bad"
out='{"id":"ok"}
{"id":"last"}'
got=0
paper-filter --report "$T/report2" "$T/bad" >"$T/out" 2>"$T/err" || got=$?
is "bad lines: status" "$got" 1
is "bad lines: the good ones pass" "$(cat "$T/out")" "$out"
out=''
is "bad lines: each is told with its line" \
    "$(grep -o "^paper-filter: $T/bad:[0-9]*:" "$T/err" | sed 's/.*:\([0-9]*\):$/\1/' | paste -s -d ' ' -)" \
    "1 2 3 4 5 6 7 9"
like "bad lines: counted" "$(cat "$T/report2")" '*"in":10,"out":2,"dropped":{},"failed":8,"exit":1}'

# Files that cannot be written.
if [ -e /dev/full ]; then
	is "--rejects /dev/full: status" \
	    "$(status_of paper-filter -c cs.LG --rejects /dev/full "$T/p")" 1
	like "  message" "$(cat "$T/err")" "*write error: /dev/full: No space left*"
fi
is "--rejects in no folder: status" \
    "$(status_of paper-filter --rejects "$T/none/r" "$T/p")" 1

done_testing
