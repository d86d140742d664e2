#!/bin/sh
# digest-render: what is shown and in which order, what the head tells, and
# when nothing may be printed.
. "$(dirname "$0")/lib.sh"
golden=$SRCDIR/tests/golden/digest-render

# paper ID RELEVANCE NOVELTY [MORE]
paper() {
	printf '{"id":"%s","title":"Title %s","score":{"relevance":%s,"novelty":%s}%s}\n' \
	    "$1" "$1" "$2" "$3" "${4:+,$4}"
}
ids() {
	digest-render -f jsonl "$@" | sed 's/{"id":"\([^"]*\)".*/\1/' |
	    tr '\n' ' '
}

# Order and cutoffs.
{
	paper a 8 7
	paper b 8 9
	paper c 9 8
	paper d 7 10
	paper e 10 6
	paper f 1 1 '"match":{"authors":["X"]}'
	paper g null 9
	paper h 9 null
	paper i 8 7
	echo '{"id":"j","title":"unread"}'
	echo '{"id":"k","title":"error","score_error":{"code":"timeout"}}'
	echo '{"id":"l","title":"screened","screen":{"keep":false}}'
	echo '{"id":"m","title":"followed","match":{"authors":["Y"]},"screen":{"keep":false}}'
} >"$T/order"
is "author matches first, then sum, relevance, id; null axes pass" \
    "$(ids "$T/order")" "f m h g c b a i j "
is "cutoffs are options" \
    "$(ids --min-relevance 9 --min-novelty 1 "$T/order")" "f m h g c e j "
is "a cutoff that no score reaches is none" \
    "$(digest-render -f ids --min-novelty 11 "$T/order" 2>&1; echo $?)" \
    "digest-render: --min-novelty: 11: too large (0 to 10)
try 'digest-render --help'
2"
is "the mean of votes orders what is equal" "$(for mean in 7.7 8.3 8; do
	printf '{"id":"m%s","title":"t","score":{"relevance":8,"novelty":8,"mean":%s}}\n' "$mean" "$mean"
done >"$T/mean"; ids "$T/mean")" "m8.3 m8 m7.7 "
echo '{"id":"a","title":"t","score":{"relevance":8,"novelty":8}}' >>"$T/mean"
is "  one vote is its own mean" "$(ids "$T/mean")" "m8.3 a m8 m7.7 "
is "--keep-order" "$(ids --keep-order "$T/order")" "a b c f g h i j m "
is "--top never drops an author match" "$(ids --top 3 "$T/order")" "f m h "
is "--top 1 with two author matches" "$(ids --top 1 "$T/order")" "f m "
is "the same id twice is shown once" \
    "$(ids "$T/order" "$T/order")" "f m h g c b a i j "
is "jsonl prints the bytes that came in" \
    "$(printf '%s' '{ "id":"x" , "n":12345678901234567890,"z":1e400,"e":"\u00e9"}' |
	digest-render -f jsonl)" \
    '{ "id":"x" , "n":12345678901234567890,"z":1e400,"e":"\u00e9"}'
digest-render "$T/order" >"$T/md"
like "the head tells of papers nobody scored" "$(cat "$T/md")" \
    '*2 papers are shown that nobody scored*'
like "a null axis is a dash" "$(cat "$T/md")" '***Relevance:** –*'
like "an unscored paper is named with its reason" "$(cat "$T/md")" \
    '*## Papers that could not be scored (1)*\[error\](https://search.crossref.org/?q=k): timeout*'

is "a paper scored at a second try is not unscored" \
    "$( (cat "$T/order"; paper k 9 9) | digest-render | grep -c 'not be scored')" 0

# Known keys with values of other kinds are as if they were not there.
for value in null true 7 '"text"' '[]' '[[1],{"a":"b"},null,7]' '{}' '{"a":[1]}'; do
	for key in title abstract authors categories code match score screen \
	    score_error url announced; do
		printf '{"id":"a","%s":%s}\n' $key "$value"
	done
	for key in authors keywords; do
		printf '{"id":"a","match":{"%s":%s}}\n' $key "$value"
	done
	for key in relevance novelty comment topics model backend more; do
		printf '{"id":"a","score":{"%s":%s}}\n' $key "$value"
	done
done | awk '{ sub(/"a"/, "\"2513." NR "\""); print }' >"$T/odd"
for f in markdown html text email atom jsonfeed slack bibtex ris csljson csv \
    tsv ids jsonl; do
	is "odd values in $f" "$(status_of digest-render -f $f "$T/odd")" 0
done

# Tables.
table() {
	digest-render --title '' -f tsv --columns "$@"
}
{
	printf '%s\n' '{"id":"2513.00001","title":"=1+1","abstract":"a, \"b\"","near":[{"id":"x"}],"new":{"deep":[-1.50,"t\tu"]},"score":{"relevance":9,"comment":" @x"}}' \
	    '{"id":"2513.00002","title":"\u200b-2","authors":["A. Bee","C. Dee"],"score":{"relevance":8,"novelty":7.5}}'
} >"$T/cells"
is "--columns: what records hold at a path, lists, objects" \
    "$(table id,new.deep,near,score.novelty,authors "$T/cells" | tr '\t' '|')" \
    "2513.00001|'-1.50; t u|{\"id\":\"x\"}||
2513.00002|||7.5|A. Bee; C. Dee"
is "  no cell is a formula, however it is hidden" \
    "$(table title,score.comment "$T/cells" | tr '\t' '|')" "'=1+1| @x
'-2|"
is "  CSV as RFC 4180 has it" \
    "$(digest-render -f csv --columns number,abstract,title "$T/cells" |
	tr '\r' '!')" 'number,abstract,title!
1,"a, ""b""",'"'=1+1!
2,,'-2!"
echo '{"id":"2513.00001","code":["https://x.org/a","https://x.org/b"],"comment":"12 pages","match":{"keywords":[{"keyword":"k"},{"keyword":"m"}]},"pdf":"https://x.org/p"}' >"$T/one"
is "  what stands apart in a record" \
    "$(table code,comment,match.keywords,pdf,html "$T/one" | tr '\t' '|')" \
    'https://x.org/a; https://x.org/b|12 pages|k; m|https://x.org/p|https://arxiv.org/html/2513.00001'
out='2513.00001	
2513.00002	' err="digest-render: --columns: no paper has 'titel'; did you mean title?"
row "  a column that nobody has" digest-render --title '' -f tsv \
    --columns id,titel "$T/cells"
out='2513.00001	
2513.00002	' row "  but one that papers may have" digest-render --title '' \
    -f tsv --columns id,doi "$T/cells"

# What -o is called says what is wanted.
named() {
	rm -f "$T/o.$1"
	digest-render -q -o "$T/o.$1" "$T/order"
	head -n 1 "$T/o.$1" | cut -c 1-15 | tr -d '\r'
}
is "-o knows its suffix" "$(for end in md html HTML txt eml bib ris csv tsv \
    json xml jsonl none; do named $end; done)" '# Personalized 
<!DOCTYPE html>
<!DOCTYPE html>
Personalized Da
Subject: Someth
Personalized Da
TY  - UNPB
id,announced,sc
id	announced	sc
{"version":"htt
<?xml version="
{"id":"f","titl
# Personalized '
err="digest-render: $T/o.html gets markdown, as -f says"
row "  but -f has the last word" digest-render -f markdown -o "$T/o.html" \
    "$T/order"
err="digest-render: $T/o.pdf: no format has names like that: it gets markdown; see -f"
row "  an end that is no format's is told" digest-render -o "$T/o.pdf" "$T/order"
mkdir "$T/o.d"
row "  no end is none" digest-render -o "$T/o.d/order" "$T/order"
row "  of which nothing is said where both may be" digest-render -f csljson \
    -o "$T/o.json" "$T/cells"

# Names in BibTeX.
echo '{"id":"2513.00001","authors":["The X Collaboration","Ann Bee","Louis Gates, Jr.","Jan van der Berg III","A, B","Romeo and Juliet","Madonna Jr."]}' >"$T/names"
is "names in BibTeX" \
    "$(digest-render -f bibtex "$T/names" | sed -n 's/^ *author *= //p')" \
    '{{The X Collaboration} and Ann Bee and Gates, Jr., Louis and van der Berg, III, Jan and {A, B} and {Romeo and Juliet} and {Madonna Jr.}},'

# An outage never looks like a quiet day.
err='digest-render: no paper came in and no report says why: nothing is printed; look at the tools before this one'
status=1 row "no record and no report" digest-render
echo old >"$T/page"
err='digest-render: no paper came in and no report says why: nothing is printed; look at the tools before this one'
status=1 row "no record and no report, with -o" digest-render -o "$T/page"
is "  the old page stays" "$(cat "$T/page")" old
is "  and nothing else" "$(find "$T" -name 'page*' | wc -l)" 1
: >"$T/empty"
is "an empty report explains nothing" \
    "$(status_of digest-render --report "$T/empty" "$T/empty")" 1

# A disk that is full: the old page stays, and nothing beside it.
i=0
while [ $i -lt 200 ]; do
	paper "2513.$i" 9 9 "\"abstract\":\"A sentence that takes some room in the page.\""
	i=$((i + 1))
done >"$T/200"
for f in markdown html email; do
	# A limit on the size of files is the full disk anyone can have.
	got=0
	(
		trap '' XFSZ
		ulimit -f 16
		exec digest-render -f $f -o "$T/page" "$T/200" 2>"$T/err"
	) || got=$?
	is "no room for the $f page: status" "$got" 1
	like "  says so" "$(cat "$T/err")" "digest-render: write error: $T/page: *"
	is "  the old page stays" "$(cat "$T/page")" old
	is "  and nothing else" "$(find "$T" -name 'page*' | wc -l)" 1
done

# score OK INPUT OUTPUT COST HEALTH EXIT: a report of llm-score.
score() {
	printf '{"tool":"llm-score","in":10,"out":1,"backend":"openai","model":"m","requests":{"sent":%s,"ok":%s},"tokens":{"input":%s,"cached":2,"cache_write":3,"output":%s},"cost":%s,"health":"%s","exit":%s}\n' \
	    "$1" "$1" "$2" "$3" "$4" "$5" "$6"
}

# report STATUS-OF-FEED FETCHED DROPPED: what the tools told of a day without
# papers.
report() {
	printf '{"tool":"arxiv-fetch","out":%s,"arxiv_total":%s,"feeds":[{"category":"cs.LG","status":"%s","entries":%s,"announced":"2025-10-17"}],"exit":%s}\n' \
	    "$2" "$2" "$1" "$2" "$([ "$1" = failed ] && echo 75 || echo 0)"
	printf '{"tool":"paper-filter","in":%s,"out":%s,"dropped":{"keyword":%s},"exit":0}\n' \
	    "$2" "$(($2 - $3))" "$3"
}
empty_day() {
	digest-render --report "$T/r" "$T/empty"
}
report holiday 0 0 >"$T/r"
like "a holiday" "$(empty_day)" '*arXiv announced nothing: a holiday.*'
report stale 0 0 >"$T/r"
like "a stale feed" "$(empty_day)" '*Outage:*old feed for cs.LG*older.*'
{
	printf '{"tool":"arxiv-fetch","out":0,"feeds":[{"category":"cs.LG","status":"empty"},'
	printf '{"category":"cs.AI","status":"failed","why":"timed out"}],"exit":1}\n'
} >"$T/r"
like "one of two feeds failed" "$(empty_day)" \
    '*Warning:*fetched for cs.AI (timed out): papers*Only part*'
report failed 0 0 >"$T/r"
like "a failed feed" "$(empty_day)" \
    '*Outage:*could not be fetched for cs.LG*nothing is known about this day*'
report empty 0 0 >"$T/r"
like "an empty feed" "$(empty_day)" '*arXiv announced no papers.*'
report ok 40 40 >"$T/r"
like "everything filtered" "$(empty_day)" \
    '*None of 40 fetched papers passed the filters (keyword 40).*'
report ok 40 10 >"$T/r"
is "papers that got lost on the way are no quiet day" \
    "$(status_of digest-render --report "$T/r" "$T/empty")" 1
paper a 5 9 >"$T/low"
like "nothing relevant, with the counts" "$(digest-render "$T/low")" \
    '*Nothing relevant: of 1 paper looked at, 1 stayed below relevance 8 or novelty 7. The closest, with relevance 5 and novelty 9: Title a*'
echo '{"id":"k","title":"error","score_error":{"code":"timeout"}}' >"$T/none"
like "nothing scored is not nothing relevant" "$(digest-render "$T/none")" \
    '*Outage:*Nobody knows what is relevant*'
n=0
for error in '"bang"' '{}' '{"code":7}' '{"code":" "}' '{"code":"timeout"}'; do
	echo "{\"id\":\"k$((n += 1))\",\"score_error\":$error}"
done >"$T/odd"
like "  and why is unknown where no code says it" \
    "$(digest-render -f markdown "$T/odd")" \
    '*5 of 5 papers could not be scored (unknown 4, timeout 1)*=k1): unknown*'
# said NAME SENTENCE REPORT-LINE ..: what the head says of a report.
said() {
	name=$1
	sentence=$2
	shift 2
	printf '%s\n' "$@" >"$T/r"
	like "$name" "$(digest-render --report "$T/r" "$T/low")" "*$sentence*"
}
said "what is said of a feed that came" \
    'Warning:?? cs.LG: 3 entries fewer than listed.' \
    '{"tool":"arxiv-fetch","feeds":[{"category":"cs.LG","status":"ok","why":"3 entries fewer than listed"}]}'
said "a fetch that failed without feeds" \
    'Outage:?? Fetching ended with status 75: papers may be missing.' \
    '{"tool":"arxiv-fetch","exit":75}'
said "a fetch that failed in part" \
    'Warning:?? Fetching ended with status 1: papers may be missing.' \
    '{"tool":"arxiv-fetch","exit":1}'
said "what was asked about papers later is no fetch" \
    "Warning:?? arXiv's pages could not be asked about 2 papers, so less is known of them.*Total arXiv papers: 9" \
    '{"tool":"arxiv-fetch","arxiv_total":9,"out":3,"exit":0}' \
    '{"tool":"arxiv-fetch","out":3,"enriched":{"by":"html","unanswered":2},"exit":1}'
said "a filter that failed" 'Outage:?? Filtering ended with status 2.' \
    '{"tool":"paper-filter","in":3,"exit":2}'
said "lines that another tool left out" \
    'Warning:?? 3 lines were not records of papers and were left out.' \
    '{"tool":"paper-filter","failed":2,"exit":1}' \
    '{"tool":"llm-score","failed":1,"health":"ok","exit":1}'
said "what is worst comes first" \
    'Outage:?? Filtering*Note:?? arXiv announced nothing (holiday) in cs.LG.' \
    '{"tool":"arxiv-fetch","feeds":[{"category":"cs.LG","status":"holiday"}],"exit":0}' \
    '{"tool":"paper-filter","exit":75}'
{
	paper a 1 1
	echo '{"id":"k","score_error":{"code":"timeout"}}'
	echo '{"id":"l","screen":{"keep":false}}'
} >"$T/mixed"
like "where the papers of an empty digest went" \
    "$(digest-render "$T/mixed")" \
    '*of 3 papers looked at, 1 stayed below relevance 8 or novelty 7, 1 was screened out first, 1 could not be scored. The closest*'
printf 'no json\n{"id":"a"}\n' >"$T/bad"
like "lines that are no records" "$(digest-render "$T/bad" 2>/dev/null)" \
    '*Warning:?? 1 line of the input could not be read*'
printf '{"tool":"arxiv-fetch","arxiv_total":9,"out":0,"exit":0}\n' >"$T/r"
like "papers of other kinds only" "$(empty_day)" \
    '*None of the 9 entries of arXiv*is of the kinds asked for.*'
score 1 5 7 '{"total":1}' ok 0 >"$T/r"
like "a month made of nothing but reports" \
    "$(digest-render --view month --report "$T/r" "$T/empty")" \
    '*Nothing relevant: 10 papers were looked at, and none is shown.*'
is "nothing relevant is no failure" "$(status_of digest-render "$T/low")" 0
is "  but with -e" "$(status_of digest-render -e "$T/low")" 1

# The figures.
score 1 5 7 '{"input":0.001,"output":1,"total":1.001}' ok 0 >"$T/r"
# shellcheck disable=SC2016
like "tokens and cost" "$(digest-render --report "$T/r" "$T/order")" \
    '*| 10 * | 7 * | 17 * |*$0.0010 * | $1.00 * | $1.00*scanned papers: 10*'
score 1 5 7 '{"total":0.25}' ok 0 >"$T/r"
for f in markdown html; do
	like "a service that tells the sum alone: $f" \
	    "$(digest-render -f $f --report "$T/r" "$T/order" | tr -d '\n')" \
	    '*Cost*–*–*$0.25*'
done
score 1 5 7 null ok 0 >"$T/r"
like "a model without a price is unpriced" \
    "$(digest-render --report "$T/r" "$T/order")" '*unpriced*'
printf '{"tool":"llm-score","in":1,"backend":"openai","model":"m","requests":{"sent":2,"ok":2},"tokens":{"input":0,"output":0},"cost":{"total":0},"exit":0}\n' >"$T/r"
like "a service that counts no tokens" \
    "$(digest-render --report "$T/r" "$T/order")" '*not reported*'
{
	score 1 5 7 '{"total":1}' outage 75
	score 1 5 7 '{"total":1}' ok 0
} >"$T/r"
case $(digest-render --report "$T/r" "$T/order") in
*"did not answer"*) fail "a run that was repaired is no outage" ;;
*) pass "a run that was repaired is no outage" ;;
esac
{
	score 1 5 7 '{"total":1}' ok 0 | sed 's/"m"/"m-mini"/'
	score 1 5 7 '{"total":1}' ok 0
	score 1 5 7 '{"total":1}' ok 0
} >"$T/r"
like "models are named once each" \
    "$(digest-render --report "$T/r" "$T/order")" '*\*\[m-mini, m\]\* *'
score 9 5 7 '{"total":1}' outage 75 >"$T/r"
like "an outage stands in the head" \
    "$(digest-render --report "$T/r" "$T/none")" '*Outage:** The model did not answer*'
printf '{"tool":"llm-score","in":9,"backend":"openai","model":"m","errors":{"budget":4},"unscored":4,"stopped":"the budget is spent","health":"degraded","exit":1}\n' >"$T/r"
like "what stopped the scoring" "$(digest-render --report "$T/r" "$T/low")" \
    '*Warning:*only in part (budget 4): the budget is spent; 4 of 9 papers were not scored.*'
printf '{"tool":"llm-score","in":1,"backend":"lexical","model":"bm25","exit":0}\n' >"$T/r"
echo '{"id":"a","title":"T","score":{"relevance":9,"novelty":null,"backend":"lexical"}}' >"$T/lex"
digest-render --report "$T/r" "$T/lex" >"$T/md"
like "no LLM read these" "$(cat "$T/md")" '*No LLM read these papers*'
is "  and there is no table of tokens" "$(grep -c Token "$T/md")" 0
like "papers missing between two tools" \
    "$(report ok 40 10 >"$T/r"
	digest-render --report "$T/r" "$T/low")" \
    '*paper-filter wrote 30 papers, and 1 arrived here.*'
printf 'no json\n' >"$T/r"
err="digest-render: $T/r:1: not a run report: give the file that --report of another tool wrote"
status=1 out=$(digest-render --report "$T/r" "$T/low" 2>/dev/null) \
    row "a bad report is told and the document printed" \
    digest-render --report "$T/r" "$T/low"

PAPERROUND_REPORT=$T/env digest-render "$T/low" >/dev/null
ok "the reports of others are not written to" test ! -e "$T/env"

err="digest-render: $T/absent: No such file or directory"
status=1 out=$(digest-render "$T/low" "$T/absent" 2>/dev/null) \
    row "a missing file is an error" digest-render "$T/low" "$T/absent"
like "  and the document says so" \
    "$(digest-render "$T/low" "$T/absent" 2>/dev/null)" \
    '*Warning:*Some of the input could not be read*'
# Where not all of confinement is to be had, a tool says so as well.
like "--verbose accounts for every record" \
    "$(digest-render --verbose "$T/order" "$T/order" 2>&1 >/dev/null |
	grep -v "confined by")" \
    'digest-render: 26 papers read: 9 relevant (9 shown), 4 below the cutoffs, 2 screened out, 2 not scored, 9 seen twice'

# The date.
like "the papers' last day is the date" \
    "$(printf '{"id":"a","announced":"2025-10-16"}\n{"id":"b","announced":"2025-10-17"}\n' |
	digest-render)" '# Personalized Daily ArXiv Papers 2025-10-17*'
like "SOURCE_DATE_EPOCH else" \
    "$(echo '{"id":"a"}' | SOURCE_DATE_EPOCH=86400 digest-render)" \
    '# * 1970-01-02*'
for day in 16 17; do
	score 1 5 7 "{\"total\":0.$day}" ok 0 |
	    sed 's/{/{"started":"2025-10-20T05:00:00Z",/' >"$T/score"
	{
		printf '{"tool":"arxiv-fetch","started":"2025-10-20T05:00:00Z"}\n'
		cat "$T/score"
	} >"$T/2025-10-$day.report.jsonl"
	paper "$day" 9 9 "\"announced\":\"2025-10-$day\"" >"$T/2025-10-$day.jsonl"
done
digest-render --view month --report "$T/2025-10-16.report.jsonl" \
    --report "$T/2025-10-17.report.jsonl" "$T"/2025-10-1?.jsonl >"$T/md"
like "reports belong to the days they are named by" "$(cat "$T/md")" \
    '*2025-10-16 * $0.16 *2025-10-17 * $0.17 *'
echo '{"tool":"paperround","date":"2025-10-17","result":"outage","papers":0,"exit":75}' \
    >"$T/2025-10-17.report.jsonl"
digest-render --view month --report "$T/2025-10-16.report.jsonl" \
    --report "$T/2025-10-17.report.jsonl" "$T/2025-10-16.jsonl" >"$T/md"
is "  also where nothing but their end is told" \
    "$(grep -c '2025-10-17.*outage' "$T/md") $(grep -c '2025-10-16.*outage' "$T/md")" \
    "1 0"
like "a paper without title goes by its id" \
    "$(echo '{"id":"2513.00001"}' | digest-render)" \
    '*## 1. \[2513.00001\](https://arxiv.org/abs/2513.00001)*'

# What became of days.
# ended RESULT EXIT: the line with which paperround ends a report of $day.
ended() {
	printf '{"tool":"paperround","date":"%s","result":"%s","papers":0,"exit":%s}\n' \
	    "$day" "$1" "$2"
}
# came STATUS OUT EXIT: fetching of cs.LG, and of cs.AI with that status.
came() {
	printf '{"tool":"arxiv-fetch","out":%s,"arxiv_total":%s,"feeds":[{"category":"cs.LG","status":"%s"},{"category":"cs.AI","status":"%s"}],"exit":%s}\n' \
	    "$2" "$2" "${4:-$1}" "$1" "$3"
}
mkdir "$T/week"
for day in 2025-09-15 2025-09-16 2025-09-17 2025-09-18 2025-09-22 2025-09-23; do
	case $day in
	*15)	came ok 9 0
		score 1 5 7 '{"total":0.15}' ok 0
		ended "done" 0 ;;
	*16)	came holiday 0 0
		ended empty 0 ;;
	*17)	came empty 0 0
		ended empty 0 ;;
	*18)	came missing 0 75 failed
		ended outage 75 ;;
	*22)	came failed 9 1 ok
		score 1 5 7 '{"total":0.22}' ok 0
		ended partial 1 ;;
	*23)	came ok 9 0
		score 9 5 7 '{"total":0}' outage 75
		ended outage 75 ;;
	esac >"$T/week/$day.report"
done
days() {
	set -- "$@" --now 2025-09-26
	for file in "$T"/week/*.report; do
		set -- "$@" --report "$file"
	done
	for day in 15 22; do
		paper "2509.$day" 9 9 "\"announced\":\"2025-09-$day\""
	done | digest-render "$@"
}
is "the table of a week says what became of its days" \
    "$(days --view week --date 2025-09-24 | grep '^| 20')" \
    "| 2025-09-15 | 9 | 10 | 1 | 0 | \$0.15 |
| 2025-09-16 (holiday) | 0 | 0 | 0 | 0 | – |
| 2025-09-17 (no papers) | 0 | 0 | 0 | 0 | – |
| 2025-09-18 (outage) | – | – | – | – | – |
| 2025-09-19 (not fetched) | – | – | – | – | – |
| 2025-09-22 (in part) | 9 | 10 | 1 | 0 | \$0.22 |
| 2025-09-23 (outage) | 9 | 10 | – | 0 | \$0.00 |
| 2025-09-24 (not fetched) | – | – | – | – | – |"
like "  lists say which is missing between others" \
    "$(days -f short --view week --date 2025-09-24 2>&1)" \
    "*Warning: 2025-09-19 was not fetched: its papers are missing. 'paperround since 2025-09-19' makes up for it.*"
is "  but five at most" "$(for day in 01 30; do
	paper $day 9 9 "\"announced\":\"2025-09-$day\""
done | digest-render --view month --now 2026-01-01 | grep 'not fetched:')" \
    '> **Warning:** 2025-09-02, 2025-09-03, 2025-09-04, 2025-09-05, 2025-09-08 and 15 more were not fetched: their papers are missing.'
is 'a date of another age opens no gap of centuries' "$(printf '%s\n' \
	'{"id":"1","title":"t","announced":"0018-10-17"}' \
	'{"id":"2","title":"t","announced":"1991-08-15"}' |
	digest-render --view month --now 1991-08-20 |
	grep 'not fetched:')" \
    '> **Warning:** 1991-08-14 was not fetched: its papers are missing.'
days --view month --date 2025-09 >"$T/md"
is "a month's calendar too, to its end or to today" \
    "$(grep -E '^\| (7|14|21|28) ' "$T/md")" \
    "| 7 | 8<br>**–** not fetched | 9<br>**–** not fetched | 10<br>**–** not fetched | 11<br>**–** not fetched | 12<br>**–** not fetched | 13 |
| 14 | 15<br>**1** | 16<br>**0** holiday | 17<br>**0** no papers | 18<br>**–** outage | 19<br>**–** not fetched | 20 |
| 21 | 22<br>**1** in part | 23<br>**–** outage | 24<br>**–** not fetched | 25<br>**–** not fetched | 26 | 27 |
| 28 | 29 | 30 |  |  |  |  |"
like "  without a date nothing is said of other days" "$(days --view month |
    grep -E '^\| (7|28) ')" '| 7 | 8 | 9 | 10 *| 28 | 29 | 30 *'
days -f html --view month --date 2025-09 >"$T/html"
is "  and the page's, where a day without papers is no link" \
    "$(grep -A7 '^<tr>' "$T/html" | sed -n 's/<td class="\(h[0-9] \)*\([a-z]*\)"[^>]*>\(.*\)<.td>$/\2 \3/p' |
	sed -n '/15 /,/25 /p')" \
    'read <a href="2025-09-15.html">15 <b>1<span> paper</span></b></a>
holiday 16 <b></b> <i>holiday</i>
quiet 17 <b></b> <i>no papers</i>
broken <a href="2025-09-18.html">18 <b>–</b> <i>outage</i></a>
gap 19 <b>–</b> <i>not fetched</i>
none 20
none 21
partial <a href="2025-09-22.html">22 <b>1<span> paper</span></b> <i>in part</i></a>
broken <a href="2025-09-23.html">23 <b>–</b> <i>outage</i></a>
gap 24 <b>–</b> <i>not fetched</i>
gap 25 <b>–</b> <i>not fetched</i>'
like "  and the words of its bars" \
    "$(sed -n '/Papers per day/,/<.ol>/s/.*<span class="hidden">\([^<]*\)<.*/\1/p' \
	"$T/html" | tr -d '\n')" \
    '* 2025-09-15: 1 paper. 2025-09-16: holiday. 2025-09-17: no papers. 2025-09-18: –, outage. 2025-09-19: –, not fetched. 2025-09-22: 1 paper, in part. 2025-09-23: –, outage. *'
like "  and an index" "$(days -f html --view index)" \
    '*2 papers on 2 days, <em>2 outages</em>, <em>1 day not fetched</em>*'
day=2025-09-18
outage() {
	digest-render --report "$T/week/$day.report" "$@" "$T/empty"
}
is "an outage leads with itself and what to do, and knows no counts" \
    "$(outage)" \
    "# Personalized Daily ArXiv Papers 2025-09-18

> **Outage:** The feed could not be fetched for cs.LG: papers are missing. 'paperround day 2025-09-18' tries again.
>
> **Outage:** arXiv did not have the due announcement of cs.AI: its papers are missing.

Total scanned papers: –

Total relevant papers: –

**Outage.** Nothing could be fetched from arXiv, so nothing is known about this day."
like "  in a mail's subject" "$(outage -f email)" \
    'Subject: Outage: Personalized Daily ArXiv Papers 2025-09-18
*'
like "  on a page before the figures" "$(outage -f html | tr -d '\n')" \
    '*<h1>*class="outage"*class="facts"*'
{
	came failed 0 75
	came ok 9 0
} >"$T/r"
like "what a later try made good is told as that" \
    "$(digest-render --report "$T/r" "$T/order")" \
    '*> \*\*Note:\*\* Not everything came at first; a later try got it.*'
{
	day=2025-09-22
	came ok 9 0
	score 1 5 7 '{"total":0.1}' ok 0
	ended "done" 0
} >"$T/2025-09-22.report"
paper 22 9 9 '"announced":"2025-09-22"' | digest-render --view month \
    --report "$T/week/2025-09-22.report" --report "$T/2025-09-22.report" >"$T/md"
like "  or a later run of the same day" "$(cat "$T/md")" \
    '*> \*\*Note:\*\* 2025-09-22: Not everything came at first; *'
like "  which is what counts" "$(grep '^| 2025-09-22' "$T/md")" \
    '| 2025-09-22 | 9 | 10 | 1 | 0 | $0.32 |'

# In a feed of several days each day answers for itself.
paper q 5 5 '"announced":"2025-10-15"' >"$T/quiet"
printf '{"id":"lost","title":"Lost","announced":"2025-10-16","score_error":{"code":"timeout"}}\n' >"$T/lost"
entries() {
	digest-render -f jsonfeed "$@" |
	    jq -r '.items[] | select(.id | startswith("urn")) |
		.date_published[:10] + " " + (.title | sub(":.*"; "")) + " " +
		(.content_html | gsub("<[^>]*>"; ""))'
}
is "what a feed says of its days" \
    "$(entries "$T/quiet" "$T/lost" "$T"/2025-10-1?.jsonl)" \
    "2025-10-16 Something is missing Warning: 2025-10-16: 1 of 2 papers could not be scored (timeout 1).Lost: timeout
2025-10-15 No papers Nothing relevant: 1 paper was looked at, and none is shown."
is "  of a holiday before the last of them" "$(entries --view list \
    --report "$T/week/2025-09-16.report" --report "$T/week/2025-09-17.report" \
    "$T/empty")" "2025-09-17 No papers arXiv announced no papers. (1 no papers, 1 holiday)
2025-09-16 No papers Note: 2025-09-16: arXiv announced nothing (holiday) in cs.LG, cs.AI.arXiv announced nothing: a holiday."
ids_of() {
	digest-render -f jsonfeed "$@" | jq -r '.items[] |
	    select(.date_published < "2025-10-16" and (.id | startswith("urn"))).id'
}
is "a day's entry is the same one in every feed" \
    "$(ids_of "$T/quiet" "$T"/2025-10-1?.jsonl)" "$(ids_of "$T/quiet")"
is "the month in the heading" "$(echo '{"id":"a"}' |
    digest-render --view month --date 2025-10 | head -1)" \
    "# Personalized Monthly ArXiv Paper Summary 2025/10"
is "  where only a year is given" "$(echo '{"id":"a"}' |
    digest-render --view month --date 2025 | head -1)" \
    "# Personalized Monthly ArXiv Paper Summary 2025"
is "links to the neighbours" "$(echo '{"id":"a"}' |
    digest-render --prev '[a]=../x(y).md' --next 'b=https://c.d/?e&f' |
    head -1)" '[\[a\]](<../x(y).md>) | [b](<https://c.d/?e&amp;f>)'
like "--date and --title" \
    "$(echo '{"id":"a"}' | digest-render --title My --date 2020-02-29)" \
    '# My 2020-02-29*'
for date in yesterday friday 1d; do
	like "  told from today: $date" "$(echo '{"id":"a"}' | digest-render \
	    --title My --now 2025-10-18 --date $date)" '# My 2025-10-17*'
done
is "a date that does not exist" \
    "$(echo '{"id":"a"}' | status_of digest-render --date 2021-02-29)" 2

# Colour is for terminals.
cat >"$T/terminal.py" <<'PY'
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
out = b""
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    out += part
os.waitpid(pid, 0)
print("colour" if b"\033[" in out else "plain",
      "link" if b"\033]8;;https://search.crossref.org/?q=a" in out else "no link")
PY
on_terminal() {
	env TERM=xterm "$@" </dev/null 2>&1
}
text="digest-render -f text $T/low --min-relevance 1"
# shellcheck disable=SC2086
! terminals "colour on a terminal" || {
	is "colour on a terminal" \
	    "$(on_terminal "$PYTHON" "$T/terminal.py" $text)" "colour link"
	is "  not with NO_COLOR" \
	    "$(NO_COLOR=1 on_terminal "$PYTHON" "$T/terminal.py" $text)" \
	    "plain no link"
	is "  not on a dumb one" "$(on_terminal env TERM=dumb \
	    "$PYTHON" "$T/terminal.py" $text)" "plain no link"
	is "  not if told so" "$(on_terminal "$PYTHON" "$T/terminal.py" \
	    $text --color=never)" "plain no link"
}
# shellcheck disable=SC2086
{
	is "no colour in a pipe" "$($text | grep -c "$(printf '\033')")" 0
	is "  but if told so" "$(NO_COLOR=1 $text --color |
	    grep -c "$(printf '\033')")" 3
}

# The width is the terminal's.
cat >"$T/wide.py" <<'PY'
import fcntl, os, pty, struct, subprocess, sys, termios
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ,
            struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=slave)
os.close(slave)
lines = [""]
try:
    while True:
        lines += os.read(master, 65536).decode().split("\n")
except OSError:
    pass
print(max(len(line.rstrip()) for line in lines))
PY
paper w 9 9 "\"abstract\":\"$(printf 'word %.0s' $(seq 1 100))\"" >"$T/wordy"
widest() {
	env -u COLUMNS "$PYTHON" "$T/wide.py" "$1" \
	    digest-render -f text --color=never "$T/wordy"
}
! terminals "as wide as the terminal" || {
	ok "as wide as the terminal" test "$(widest 50)" -le 50
	ok "  and no wider than can be read" test "$(widest 1000)" -le 250
	ok "  but wider than 80" test "$(widest 1000)" -gt 80
}

# What a record or report may have, and rarely has.
paper k 9 9 '"match":{"keywords":[{"keyword":"ab"},{"keyword":"ab"},{"keyword":"cd"}]}' \
    >"$T/twice"
is "a keyword that matched twice is named once" \
    "$(digest-render -f html "$T/twice" | grep -c '<li class="keyword">')" 2
is "links to where a feed belongs: Atom" \
    "$(digest-render -f atom --up 'Home=https://example.org/?a&b' "$T/low" |
    grep -c '<link rel="alternate" type="text/html" href="https://example.org/?a&amp;b"/>')" 1
is "  JSON Feed" \
    "$(digest-render -f jsonfeed --up 'Home=https://example.org/?a&b' "$T/low" |
    jq -r .home_page_url)" 'https://example.org/?a&b'
for day in 15 16 17; do
	paper "$day.a" 8 8 "\"announced\":\"2025-10-$day\""
	paper "$day.b" 10 10 "\"announced\":\"2025-10-$day\""
done >"$T/three"
for day in 15 16 17; do
	echo '{"tool":"arxiv-fetch","feeds":[{"category":"cs.LG","status":"ok","entries":2,"announced":"2025-10-'$day'"}],"out":2,"exit":0}' \
	    >"$T/2025-10-$day.report"
done
news() {
	digest-render -f "$1" --top 3 --report "$T/2025-10-15.report" \
	    --report "$T/2025-10-16.report" --report "$T/2025-10-17.report" \
	    "$T/three"
}
is "a feed begins with the last day, and has no word of papers left out" \
    "$(news jsonfeed | jq -r '.items[] | ._paperround.id // .title' | tr '\n' ' ')" \
    "Note: Personalized Daily ArXiv Papers 2025-10-17 17.b 17.a 16.b "
is "  Atom too" "$(news atom | sed -n 's/^<title>\(Title\|No\) //p' | cut -d'<' -f1 |
    tr '\n' ' ')" "17.b 17.a 16.b "
is "a feed's own address: Atom" \
    "$(digest-render -f atom --feed 'All=https://example.org/a.xml?b&c' "$T/low" |
    grep -c '<link rel="self" type="application/atom+xml" href="https://example.org/a.xml?b&amp;c"/>')" 1
is "  JSON Feed" \
    "$(digest-render -f jsonfeed --feed 'All=https://example.org/f.json' "$T/low" |
    jq -r .feed_url)" 'https://example.org/f.json'
is "  a relative one is none" \
    "$(digest-render -f atom --feed 'All=a.xml' "$T/low" | grep -c 'rel="self"')" 0
is "  and must be harmless" \
    "$(status_of digest-render --feed 'All=javascript:x' "$T/low")" 2
for date in 2025-10-16 2025-10-17; do
	printf '{"tool":"arxiv-fetch","out":0,"feeds":[{"category":"cs.LG","status":"empty","announced":"%s"}],"exit":0}\n' "$date" >"$T/r$date"
done
like "of several days without papers, the last" "$(digest-render \
    --report "$T/r2025-10-16" --report "$T/r2025-10-17" </dev/null | head -1)" \
    '# * 2025-10-17'
{
	printf '{"id":"huge","title":"T","abstract":"'
	head -c 4100000 /dev/zero | tr '\0' x
	printf '","score":{"relevance":9,"novelty":9}}\n'
} >"$T/huge"
ok "a record as long as a line may be" test "$(digest-render -f jsonfeed \
    "$T/huge" | wc -c)" -gt 4000000
score 1 2 3 '{"input":1,"output":1,"cached":0,"total":2}' ok 0 >"$T/r"
like "costs as archives of old have them" "$(digest-render --verbatim \
    --report "$T/r" "$T/low")" '*$1.0 *$2.0 *'
like "  in groups" "$(digest-render --verbatim --group-by topic \
    --report "$T/r" "$T/low")" '*$1.00*$2.00*'

# What older archives hold, to the byte: a paper by a followed author was not
# scored, and one prompt was all there was.
echo '{"id":"2513.00001","title":"T","authors":["A"],"score":{"comment":"Author match"}}' >"$T/old"
printf '%s\n' '{"tool":"llm-score","in":1,"exit":0,"prompt":{"user":"one\n\ntwo"}}' >"$T/r"
digest-render --verbatim --prompt --report "$T/r" "$T/old" |
    sed -n '/^\*\*Comment/,$p' >"$T/out"
cat >"$T/wanted" <<'WANTED'
**Comment:** Author match


---

# Paper Selection Prompt

> one
> 
> two
WANTED
ok "an author match and a prompt in one part, as in older archives" \
    diff -u "$T/wanted" "$T/out"
like "  without --verbatim both scores are told to be missing" \
    "$(digest-render "$T/old")" '*Relevance:?? –
?*Novelty:?? –*'

# A document that reaches the size at which it is handed on, with its last
# paper, ends like any other.
{
	printf '{"id":"2513.00001","title":"T","score":{"topics":["moe"],"comment":"'
	head -c 300000 /dev/zero | tr '\0' x
	printf '"}}\n'
} >"$T/big"
for options in '' '--group-by topic' '--view week' '-f text' \
    '-f text --group-by topic'; do
	# shellcheck disable=SC2086
	is "no blank line at the end, $options" \
	    "$(digest-render $options "$T/big" | tail -n 1 | grep -c .)" 1
done

# One truth for each number.
{
	for n in 1 2 3 4 5; do
		paper "2513.0000$n" 9 "$((10 - n % 3))" | sed "s/}}/,\"topics\":[$(
			[ $((n % 2)) -eq 1 ] && echo '"moe","cache"' || echo '"cache"')]}}/"
	done
} >"$T/topics"
for f in text markdown html; do
	digest-render -f $f --view week "$T/topics" | sed 's/<[^>]*>//g' >"$T/out"
	is "a section tells how many of its topic stand elsewhere: $f" \
	    "$(grep -o 'cache *([^)]*)' "$T/out" | sort -u)" 'cache (2 of 5)'
	like "  which is what the head counts" "$(tr '\n' ' ' <"$T/out")" \
	    '*cache* 5*moe* 3*'
done
# numbers OPTION .. prints the number of each paper as it is shown.
numbers() {
	digest-render "$@" "$T/topics" | sed 's/<a [^>]*>//g; s/<[^>]*>//g' |
	    sed -n 's/^#* *\([0-9]*\)\. \[*Title \(2513.[0-9]*\).*/\1:\2/p' |
	    tr '\n' ' '
}
numbered='1:2513.00003 2:2513.00001 3:2513.00005 4:2513.00004 5:2513.00002 '
is "papers are numbered as they are shown, in text" \
    "$(numbers -f text --group-by topic)" "$numbered"
is "  in Markdown" "$(numbers --view week)" "$numbered"
is "  in Markdown by topic, contents and papers" \
    "$(numbers --group-by topic)" "$numbered$numbered"
# Where the best stand first, before their sections.
is "  in a web page, contents and papers" \
    "$(numbers -f html --view week | tr ' ' '\n' | sort | uniq -c |
	tr -dc '0-9:.\n' | tr '\n' ' ')" \
    "$(echo "$numbered" | tr ' ' '\n' | sed -n 's/./2&/p' | sort |
	tr '\n' ' ')"
is "  in messages, which have no sections" \
    "$(digest-render -f slack --group-by topic "$T/topics" |
	grep -o '"text":"[0-9]*\. "' | tr -dc '0-9\n' | tr '\n' ' ')" '1 2 3 4 5 '

# arXiv's lists of authors hold the colon behind a collaboration.
printf '%s\n' '{"id":"a","title":"T","authors":["KT",":","Bae","Ø"]}' >"$T/colon"
like "a colon is no author" "$(digest-render -f text "$T/colon")" '*KT, Bae, Ø*'
like "  but where bytes are to stay" "$(digest-render --verbatim "$T/colon")" \
    '*KT, :, Bae, Ø*'

# Text without what makes it long.
printf '%s\n' '{"id":"a","title":"T","abstract":"Much.","authors":["A","B","C","D","E","F","G","H","I","J","K"]}' >"$T/eleven"
like "of eleven authors eight are named" \
    "$(digest-render -f text "$T/eleven")" \
    '*A, B, C, D, E, F, G, H et al. (11 authors)*Much.'
printf '%s\n' '{"id":"a","authors":["A","B","C","D","E","F","G","H","I","J"]}' |
	digest-render -f text >"$T/ten"
like "  of ten all" "$(cat "$T/ten")" '*H, I, J*'
for option in '--abstracts no' '--view week' '--view month'; do
	# shellcheck disable=SC2086 # words
	is "no abstracts with $option" "$(digest-render -f text $option \
	    "$T/eleven" | grep -c Much)" 0
done
is "  but if asked for" "$(digest-render -f text --view week \
    --abstracts yes "$T/eleven" | grep -c Much)" 1

# A list is of papers that were chosen: each is there, whatever became of it.
printf '%s\n' '{"id":"a","title":"Low","score":{"relevance":1,"novelty":1}}' \
    '{"id":"b","title":"Screened","screen":{"keep":false}}' \
    '{"id":"c","title":"Failed","score_error":{"code":"timeout","detail":""}}' \
    '{"id":"d","title":"Followed","match":{"authors":["A"]}}' >"$T/chosen"
list() { digest-render --view list "$@" "$T/chosen"; }
is "a list has every paper" \
    "$(list -f jsonl --keep-order | jq -r .id | tr '\n' ' ')" "a b c d "
is "  the first of them" \
    "$(list -f jsonl --keep-order --top 3 | jq -r .id | tr '\n' ' ')" "a b c "
is "  as lines, without a word besides" \
    "$(list -f short --keep-order 2>&1 | cut -f2 | tr '\n' ' ')" "a b c d "
for f in text markdown html email atom jsonfeed slack; do
	list -f $f --title 'Search: x' --now 2025-10-17 >"$T/out" 2>"$T/err"
	is "  $f: nothing that it cannot know" \
	    "$(sed 's/<style>.*//; /^<style>/,/^<.style>/d; /^<script>/,/^<.script>/d' "$T/out" |
		grep -cE 'scanned|relevant|Search: x 20|could not be' ||
		:; cat "$T/err")" 0
	sed 's/<[^>]*>//g' "$T/out" >"$T/plain"
	ok "    but how many" grep -qE '4 found|found: 4' "$T/plain"
done
is "the head of a list, as for a terminal" "$(list -f short --color --title x |
    sed "s/$(printf '\033')\\[[0-9;]*m//g; q")" 'x · 4 found'

# Golden documents, here and (where it is) in the shared data.
render() {
	COLUMNS=80 SOURCE_DATE_EPOCH=1760688000 digest-render --prompt \
	    --mail-from 'Paper Round <round@example.org>' \
	    --mail-to 'Åsa Ek <asa@example.org>, bo@example.org' \
	    --report "$golden/report.jsonl" "$@" "$golden/papers.jsonl"
}
# golden NAME OPTION ..: a wanted change of a format is taken over by
# running this test with UPDATE_GOLDEN=1, and reading the diff.
golden() {
	name=$1
	shift
	[ -z "${UPDATE_GOLDEN-}" ] || render "$@" >"$golden/expected.$name"
	render "$@" >"$T/out" 2>"$T/err"
	ok "golden $name" diff -u "$golden/expected.$name" "$T/out"
	is "  complaints" "$(cat "$T/err")" "$err"
	err=
}
for f in markdown text email atom jsonfeed slack bibtex jsonl; do
	golden "$f" -f "$f"
done
# A list of nothing but papers says on stderr that it is not whole.
missing='digest-render: Warning: arXiv still served an old feed for cs.AI: its new papers are missing.
digest-render: Warning: The model answered only in part (timeout 1).
digest-render: Warning: 1 of 7 papers could not be scored (timeout 1).'
for f in short ris csljson csv tsv ids; do
	err=$missing
	golden "$f" -f "$f"
done
golden text-color -f text --color=always
golden text-week -f text --view week
golden short-color -f short --color=always
golden short-week -f short --color=always --view week
golden grouped -f markdown --group-by topic
golden category -f markdown --group-by category
golden week -f markdown --view week
golden month -f markdown --view month
golden index -f markdown --view index
if have_shared; then
	for day in "$SHARED"/golden/*/; do
		date=$(basename "$day")
		digest-render -f markdown --verbatim --keep-order \
		    --min-relevance 1 --min-novelty 1 --prompt --date "$date" \
		    --report "$day/report.jsonl" "$day/papers.jsonl" >"$T/out"
		ok "golden day $date" cmp "$T/out" "$day/expected.md"
	done
	(cat "$SHARED/seeds/digest-2025-10-10.md" && echo) >"$T/seed"
	day=$SHARED/golden/2025-10-10
	digest-render --verbatim --keep-order --min-relevance 1 \
	    --min-novelty 1 --prompt --report "$day/report.jsonl" \
	    --date 2025-10-10 "$day/papers.jsonl" >"$T/out"
	ok "the seed" cmp "$T/out" "$T/seed"
	ok "all days of real papers" digest-render -o "$T/days" \
	    "$SHARED"/data/days/*.jsonl
else
	skip "golden days" "no shared data beside the project"
fi
# What a paper cites of the reader's, and is near to; and a name in three parts.
echo '{"id":"2510.00001","title":"One","abstract":"A.","authors":["Louis Gates Jr.","Bo B"],"score":{"relevance":9,"novelty":9},"match":{"cites":[{"id":"a","title":"First & last"},{"id":"b"},{"id":"c","title":"Third"},{"id":"d"},{"id":"e"}]},"near":[{"id":"10.1000/x","cos":0.9,"title":"A DOI","announced":"2025-10-01","mark":"star"},{"id":"2509.00001","cos":0.8,"title":"On arXiv","announced":"2025-09-01"},{"id":"key","cos":0.7,"title":"A key","mark":"star"},{"id":"2509.00002","cos":0.65,"title":"One too many"}]}' \
    >"$T/citing"
cited() { digest-render --date 2025-10-17 -f "$@" "$T/citing"; }
for f in text markdown email slack; do
	like "cites of yours: $f" "$(cited $f)" \
	    '*Cites 5 of yours: First & last; b; Third; and 2 more*'
done
for f in html jsonfeed; do
	like "cites of yours: $f" "$(cited $f)" \
	    '*Cites 5 of yours: First &amp; last; b; Third; and 2 more*'
done
like "  in a line" "$(COLUMNS=120 cited short)" '* Cites 5 of yours.*'
near='A DOI (2025-10-01, starred); On arXiv (2025-09-01); A key (starred)'
like "near to three others: text" "$(cited text)" "*Near: $near
*"
cited html >"$T/html"
is "  html" "$(sed -n 's/<a[^>]*>//g; s/<.a>//g; s/.*<p class="near">Near: \(.*\)[.]<.p>/\1/p' \
    "$T/html")" "$near"
is "  with links where the ids say where" \
    "$(grep 'class="near"' "$T/html" | grep -o 'href="[^"]*"' | tr '\n' ' ')" \
    'href="https://doi.org/10.1000/x" href="https://arxiv.org/abs/2509.00001" '
ok "a name's third part in RIS" grep -q '^AU  - Gates, Louis, Jr\.' - <<X
$(cited ris)
X
is "text without a heading has no numbers" \
    "$(digest-render -f text --title '' "$T/citing" | head -n 1)" '     One'
# A followed author's paper that nobody could judge.
echo '{"id":"2513.00001","title":"T","match":{"authors":["A B"]},"score_error":{"code":"timeout"}}' >"$T/one"
like "a failure is told beside what is shown" "$(digest-render -f text "$T/one")" \
    '*1. T*Papers that could not be scored (1)*2513.00001 T: timeout*'
# The last month of a year.
paper 2512.00001 9 9 '"announced":"2025-12-31"' >"$T/one"
like "a month that ends a year" "$(digest-render -f markdown --view month \
    --date 2025-12 --now 2026-02-01 "$T/one")" '*not fetched | 31*'
# A day that could not be finished.
printf '%s\n' '{"tool":"paperround","date":"2025-10-17","result":"outage","exit":75}' \
    '{"tool":"arxiv-fetch","feeds":[],"out":3,"exit":0}' >"$T/unfinished"
like "papers were fetched, and none is there" \
    "$(digest-render -f text --report "$T/unfinished" /dev/null | tr '\n' ' ')" \
    '*Too little could be done to show anything: the papers come when the day is finished.*'

# What a screen promised.
echo '{"tool":"paperround","date":"2025-10-17","result":"done","screen_missed":3,"exit":0}' \
    >"$T/screen"
paper 2513.00001 9 9 >"$T/one"
like "a screen that misses more than it promised" \
    "$(digest-render -f text --report "$T/screen" "$T/one" | tr -s ' \n' ' ')" \
    "*The screen misses more than it promised: 3 of the papers it let pass by chance in the last 60 days were selected. 'paperround train' makes a new one.*"
# A scorer that was killed may have cost more than its report says.
{
	echo '{"tool":"score stage","by":"paperround","killed":true}'
	echo '{"tool":"llm-score","backend":"openai","model":"m","in":1,"out":1,"tokens":{"input":5,"output":5},"cost":{"input":0.01,"output":0.02,"total":0.03}}'
} >"$T/killed"
paper 2513.00001 9 9 >"$T/one"
for format in markdown html text email slack; do
	like "at least what is known: $format" "$(digest-render -f $format \
	    --report "$T/killed" "$T/one")" '*at least $0.03*'
done
is "  not where none was killed" "$(sed 1d "$T/killed" >"$T/calm"
    digest-render -f text --report "$T/calm" "$T/one" | grep -c 'at least')" 0

# A report that the tools before in the pipe write when they end.
rm -f "$T/late"
{
	echo '{"id":"2513.00001","title":"Late"}'
	sleep 0.2
	echo '{"tool":"arxiv-fetch","arxiv_total":4711,"exit":0}' >"$T/late"
} | digest-render --report "$T/late" >"$T/late.md"
ok "a report is read once the papers have come" \
    grep -q 4711 "$T/late.md"

done_testing
