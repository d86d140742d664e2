#!/bin/sh
# What a feed is taken for, and what becomes of its papers: today's
# announcement is known by its ids, whatever dates and counts say.  Each case
# stands beside the one that must not be taken for it.
. "$(dirname "$0")/lib.sh"

# All days are of November 2026.  The 20th is a Friday; the 26th, Thanksgiving,
# takes the feed of the 27th.
FIXTURES=$T/made
mkdir -p "$FIXTURES/rss" "$FIXTURES/list"

# expand SPEC: "n51-70 c71-72" as lines of type and number.
expand() {
	echo "$*" | tr ' ' '\n' | sed -n 's/^\(.\)\([0-9]*\)-\([0-9]*\)$/\1 \2 \3/p' |
	    while read -r type first last; do
		seq "$first" "$last" | sed "s/^/$type /"
	    done
}

# Papers 1 to 20 are of Wednesday, 21 to 40 of Thursday, 51 to 70 of Friday.
expand w1-20 t21-40 f51-70 | awk '
BEGIN { day["w"] = "Tue, 17"; day["t"] = "Wed, 18"; day["f"] = "Thu, 19"
	stamp["w"] = 18; stamp["t"] = 19; stamp["f"] = 20; print "[" }
{ printf "%s{\"id\":\"2611.%05d\",\"datestamp\":\"2026-11-%s\"," \
	"\"versions\":[\"%s Nov 2026 10:00:00 GMT\"],\"categories\":\"cs.LG\"," \
	"\"title\":\"Paper %d\",\"authors\":\"Ada Example\"," \
	"\"abstract\":\"x\"}\n", (NR > 1 ? "," : ""), $2, stamp[$1], day[$1], $2 }
END { print "]" }' >"$FIXTURES/papers.json"

. "$SRCDIR/tests/arxiv-fetch.sh"
FIXTURES=$T/made
start_arxiv

# feed CATEGORY DAY SPEC ..: a feed of that day with these papers.
feed() {
	cat="$1" day="$2"
	shift 2
	{
		echo '<?xml version="1.0"?><rss version="2.0"'
		echo ' xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>'
		echo "<title>$cat updates on arXiv.org</title>"
		echo "<pubDate>$day Nov 2026 00:00:00 -0500</pubDate>"
		expand "$@" | awk '
		BEGIN { type["n"] = "new"; type["c"] = "cross"
			type["r"] = "replace" }
		{ printf "<item><title>Paper %d</title>" \
			"<guid>oai:arXiv.org:2611.%05dv%d</guid>" \
			"<category>cs.LG</category><arxiv:announce_type>%s" \
			"</arxiv:announce_type></item>\n",
			$2, $2, $1 == "r" ? 2 : 1, type[$1] }'
		echo '</channel></rss>'
	} >"$T/root/rss/$cat.xml"
}

# listing CATEGORY DAY SPEC ..: the page of that day ("20 November").
listing() {
	cat="$1" day="$2"
	shift 2
	{
		echo "<h3>Showing new listings for Someday, $day 2026</h3>"
		for kind in n:New c:Cross r:Replacement; do
			expand "$@" | awk -v kind="${kind%:*}" \
			    -v name="${kind#*:}" '
			$1 == kind { n++; text = text sprintf("<dt><a " \
				"href=\"/abs/2611.%05d\">x</a></dt>\n", $2) }
			END { if (n) printf "<dl><h3>%s submissions " \
				"(showing %d of %d entries)</h3>\n%s</dl>\n",
				name, n, n, text }'
		done
	} >"$T/root/list/$cat.html"
}

# fetch ARG ..: at $NOW; with a memory, without waiting.
fetch() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --pace 0 --retries 1 \
	    --report "$T/report" "$@"
}

# fresh [DAY SPEC ..]: nothing is known but a feed of that day.
fresh() {
	rm -rf "$HOME/.cache"
	rm -f "$T"/root/rss/* "$T"/root/list/*
	[ $# -gt 0 ] || return 0
	NOW=2026-11-$1T12:00:00Z
	day=$1
	shift
	feed cs.LG "$day" "$@"
	listing cs.LG "$day November" "$@"
	fetch --verify -t all cs.LG >/dev/null 2>&1
	rm -rf "$HOME/.cache/paperround/pages"
	rm -f "$T"/root/rss/* "$T"/root/list/*
	NOW=2026-11-20T12:00:00Z
	forget_requests
}

# friday FEED [PAGE]: Thursday's are known, and these are the papers of Friday.
friday() {
	fresh 19 n21-40
	# shellcheck disable=SC2086
	feed cs.LG 20 $1
	# shellcheck disable=SC2086
	[ -z "${2-}" ] || listing cs.LG '20 November' $2
}

# state ARG ..: status, state, proof, announced, and for each day written how
# many papers.
state() {
	state_status=0
	fetch "$@" >"$T/papers" 2>"$T/err" || state_status=$?
	tail -n 1 "$T/report" | "$PYTHON" -c 'import json, sys
feeds = json.load(sys.stdin)["feeds"]
days = {}
for line in open(sys.argv[2]):
    day = json.loads(line)["announced"][-2:]
    days[day] = days.get(day, 0) + 1
print(sys.argv[1], *(" ".join(filter(None, (f["status"], f.get("proof", ""),
    (f["announced"] or "?")[-2:]))) for f in feeds), "|",
    *("%s:%d" % d for d in sorted(days.items())))' "$state_status" "$T/papers"
	rm -rf "$HOME/.cache/paperround/pages"
}

fresh
NOW=2026-11-20T12:00:00Z

# ------------------------------------------------------------- 1, 2, 10: ok
friday n51-70 n51-70
is '1: new papers, and the page agrees' "$(state --verify cs.LG)" \
    '0 ok memory 20 | 20:20'
fresh 19 n21-40
feed cs.LG 19 n51-70
is '2: new papers under an old date' "$(state cs.LG)" '0 ok memory 20 | 20:20'
like '  whose date is in the report' "$(tail -n 1 "$T/report")" \
    '*"announced":"2026-11-20","dated":"2026-11-19"*'
fresh 19 n21-40
feed cs.LG 19 n51-70
listing cs.LG '20 November' n80-99
is '2: .. and the page has others' "$(state --verify cs.LG)" \
    '1 stale 19 | 19:20'
friday n51-70
listing cs.LG '19 November' n21-40
is '10: an older page' "$(state --verify cs.LG)" '0 ok memory 20 | 20:20'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: not compared: the listing page is of 2026-11-19'
friday n51-70
is '10: no page' "$(state --verify cs.LG)" '0 ok memory 20 | 20:20'

# ------------------------------------------------------------- 3: the clock
fresh 19 n21-40
feed cs.LG 23 n51-70
is '3: a feed of a day to come' "$(state cs.LG)" '75 failed ? |'
is '  names both days' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: the feed is of 2026-11-23, and by this clock it is 2026-11-20T12:00:00Z; check the clock'
ok '  and is not remembered' sh -c '! grep -rq 00051 "$1"' sh \
    "$HOME/.cache/paperround/feeds"
NOW=2026-11-23T04:30:00Z
is '3: half an hour early is nothing' "$(state cs.LG)" '0 ok date 23 | 23:20'

# ------------------------------------------------------ 4, 27: old and again
friday n21-40 n51-70
is "4: yesterday's under today's date" "$(state --verify cs.LG)" \
    '1 stale memory 19 | 19:20'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: stale: the papers are still those of 2026-11-19, but those of 2026-11-20 were due'
feed cs.LG 20 n51-70
is "  then today's" "$(state --verify cs.LG)" '0 ok memory 20 | 20:20'
feed cs.LG 20 n51-60
listing cs.LG '20 November' n51-60
is "27: today's again, fewer" "$(state --verify cs.LG)" \
    '0 ok memory 20 | 20:10'
feed cs.LG 20 n51-75
is '27: .. and more' "$(state cs.LG)" '0 ok memory 20 | 20:25'
feed cs.LG 20 n71-75
is '  which have joined it' "$(state cs.LG)" '0 ok memory 20 | 20:5'
feed cs.LG 20 n21-40
is "4: yesterday's, after today's was there" "$(state cs.LG)" \
    '1 stale memory 19 | 19:20'
is '4: with -t cross, of which there are none' "$(state -t cross cs.LG)" \
    '75 stale memory 19 |'

# --------------------------------------------------------------- 5, 6: mixed
friday 'n21-30 n51-60'
is '5: half of them new' "$(state cs.LG)" '0 ok memory 20 | 19:10 20:10'
friday 'n21-31 n51-59'
is '6: fewer than half' "$(state cs.LG)" '1 stale memory 19 | 19:11 20:9'
friday 'n21-31 n51-59' 'n21-31 n51-59'
is '6: .. but the page has them all' "$(state --verify cs.LG)" \
    '0 ok listing 20 | 19:11 20:9'

# ------------------------------------------------------------ 7: what counts
fresh 19 n21-40 c41-42 r46-47
feed cs.LG 20 c51-52 r46-47
listing cs.LG '20 November' c51-52 r46-47
is '7: no new papers, new cross-lists' "$(state --verify -t all cs.LG)" \
    '0 ok memory 20 | 19:2 20:2'
feed cs.LG 23 c51-52 r61-62
NOW=2026-11-23T12:00:00Z
is '7: the same cross-lists, new replacements' "$(state -t cross cs.LG)" \
    '1 stale memory 20 | 20:2'
feed cs.LG 23 r61-62
is '7: replacements alone' "$(state -t all cs.LG)" '0 ok memory 23 | 23:2'

# ------------------------------------------------------- 8, 9: ids on a side
friday n51-64 n51-70
is '8: papers that only the page has' "$(state --verify cs.LG)" \
    '0 ok memory 20 | 20:20'
is '  come by their ids' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: what it lacked came by id: 2611.00065, 2611.00066, 2611.00067, 2611.00068, 2611.00069 and 1 more'
is '  as new ones' "$(grep -c '"announce_type":"new"' "$T/papers")" 20
friday n51-69 n51-70
curl -s "$URL/api/query?id_list=2611.00001,2611.00051,2611.00070" \
    >"$T/root/more.xml"
script '/api file:more.xml'
is '8: others that come with it' "$(state --verify cs.LG)" \
    '0 ok memory 20 | 20:20'
like '  are counted as dropped' "$(tail -n 1 "$T/report")" \
    '*"in":22,"out":20,"dropped":{"duplicate":1,"not_announced":1},*'
friday n51-70 n51-71
is '8: one that nobody has' "$(state --verify cs.LG)" \
    '1 failed memory 20 | 20:20'
is '  is named' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: short: it lacks 2611.00071'
like '  in the report too' "$(tail -n 1 "$T/report")" '*"lacks":\["2611.00071"\]*'
friday n51-70 n51-69
is '9: one that only the feed has' "$(state --verify cs.LG)" \
    '0 ok memory 20 | 20:20'
is '  is named' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: the listing page lacks 2611.00070'
like '  in the report too' "$(tail -n 1 "$T/report")" \
    '*"unlisted":\["2611.00070"\]*'

# ------------------------------------------------------------------- 11: cut
friday c1001-3000
is '11: a feed that is cut' "$(state -t new cs.LG)" \
    '1 failed memory 20 | 20:20'
feed cs.LG 20 c1001-2999
is '11: one entry less' "$(state -t all cs.LG)" '0 ok memory 20 | 20:1999'

# ------------------------------------------------ 12 to 16: nothing is known
fresh
NOW=2026-11-20T12:00:00Z
feed cs.LG 19 n51-70
listing cs.LG '20 November' n51-70
is '12: a first run, and the page agrees' "$(state --verify cs.LG)" \
    '0 ok listing 20 | 20:20'
is '12: without a cache too' "$(state --verify --no-cache cs.LG)" \
    '0 ok listing 20 | 20:20'
fresh 3 n1-20
feed cs.LG 20 n51-70
listing cs.LG '20 November' n51-70
is '12: after weeks away' "$(state --verify cs.LG)" '0 ok listing 20 | 20:20'
fresh
feed cs.LG 20 n51-70
listing cs.LG '20 November' n80-99
is '13: a first run, and the page has others' "$(state --verify cs.LG)" \
    '1 stale 19 | 19:20'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: stale: the listing page of 2026-11-20 has other papers'
is '  and is no proof for the next run' "$(state cs.LG)" \
    '1 stale memory 19 | 19:20'
feed cs.LG 20 n80-99
is '  until others come' "$(state --verify cs.LG)" '0 ok memory 20 | 20:20'
fresh
feed cs.LG 19 n51-70
listing cs.LG '19 November' n51-70
is '14: feed and page are both old' "$(state --verify cs.LG)" \
    '1 stale 19 | 19:20'
is '14: an old feed alone' "$(state --no-cache cs.LG)" '1 stale 19 | 19:20'
fresh
feed cs.LG 20 n51-70
listing cs.LG '23 November' n80-99
NOW=2026-11-21T02:00:00Z
is '15: a first run in the evening' "$(state --verify cs.LG)" \
    '0 ok date 20 | 20:20'
fresh
NOW=2026-11-20T12:00:00Z
feed cs.LG 20 n51-70
listing cs.LG '19 November' n21-40
is '16: a first run, and an older page' "$(state --verify cs.LG)" \
    '1 ok date 20 | 20:20'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: not verified: the listing page is of 2026-11-19'
is '16: without --verify' "$(state cs.LG)" '0 ok date 20 | 20:20'
is '  without a word' "$(cat "$T/err")" ''
is '16: once more is no proof' "$(state --verify cs.LG)" '1 ok date 20 | 20:20'
echo '<h3>Showing new listings for Friday, 20 November 2026</h3><h3>New submissions (showing 20 of 20 entries)</h3><dl><dt><a href="/paper/51">x</a></dt></dl>' \
    >"$T/root/list/cs.LG.html"
is '16: a page whose ids are not found' "$(state --verify cs.LG)" \
    '1 ok date 20 | 20:20'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: not verified: the listing page: no ids were found on it'
listing cs.LG '20 November' n51-70
is '16: the page is' "$(state --verify cs.LG)" '0 ok listing 20 | 20:20'

# ------------------------------------------------------- 17 to 21: no papers
fresh 19 n21-22
feed cs.LG 20
listing cs.LG '20 November'
is '17: nothing, and the page has nothing' "$(state --verify cs.LG)" \
    '0 empty listing 20 |'
like '  which is remembered' "$(cat "$HOME"/.cache/paperround/feeds/*/cs.LG)" \
    '*day 2026-11-20 listing*'
fresh 19 n21-24
feed cs.LG 20
echo '<p>No updates today.</p>' >"$T/root/list/cs.LG.html"
is '17: "No updates today" in a quiet category' "$(state --verify cs.LG)" \
    '0 empty listing 20 |'
fresh 19 n21-25
feed cs.LG 20
echo '<p>No updates today.</p>' >"$T/root/list/cs.LG.html"
is '19: .. in one that is not so quiet' "$(state --verify cs.LG)" \
    '75 missing 20 |'
fresh 19 n21-40
feed cs.LG 20
listing cs.LG '20 November' n51-70
is '18: nothing, and the page has papers' "$(state --verify cs.LG)" \
    '75 missing 20 |'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: no entries, though the listing page has 20 papers'
is '  after it was asked twice' "$(requests)" \
    '/rss/cs.LG /rss/cs.LG /list/cs.LG/new?skip=0&show=2000'
listing cs.LG '19 November' n21-40
is '19: .. and an older page' "$(state --verify cs.LG)" '75 missing 20 |'
rm "$T/root/list/cs.LG.html"
is '19: .. and no page' "$(state --verify cs.LG)" '75 missing 20 |'
is '19: .. without --verify' "$(state cs.LG)" '75 missing 20 |'
feed cs.LG 20 n51-70
is '19: a day that was missing is not remembered' "$(state cs.LG)" \
    '0 ok memory 20 | 20:20'
feed cs.LG 20
NOW=2026-11-21T12:00:00Z
is '20: nothing on Saturday' "$(state --verify cs.LG)" '0 empty 21 |'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: arXiv announces nothing on Saturdays'
feed cs.LG 20 n51-70
is "20: still Friday's" "$(state cs.LG)" '0 empty 21 | 20:20'
fresh 26 n51-70
NOW=2026-11-27T12:00:00Z
feed cs.LG 27
is '21: nothing on a holiday' "$(state cs.LG)" '0 holiday 27 |'
is '  which is named' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: no announcement, since 2026-11-26 was a holiday: Thanksgiving'
feed cs.LG 27 n51-70
is "21: still those of the day before" "$(state cs.LG)" \
    '0 holiday 27 | 26:20'
feed cs.LG 27 n80-99
listing cs.LG '27 November' n80-99
is '22: papers on a holiday' "$(state --verify cs.LG)" \
    '0 ok listing 27 | 27:20'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: announced on 2026-11-27: the list of holidays is wrong'
fresh 19 n21-40
feed cs.LG 21 n51-70
listing cs.LG '20 November' n51-70
NOW=2026-11-21T12:00:00Z
is "23: Friday's, for the first time on Saturday" "$(state --verify cs.LG)" \
    '0 ok memory 20 | 20:20'

# ------------------------------------------------------ 24 to 26: no answers
fresh 19 n21-40
NOW=2026-11-20T12:00:00Z
# instead WORDS BODY: the answer, and what is said of it.
instead() {
	printf '%s' "$2" >"$T/root/rss/cs.LG.xml"
	is "24: $1" "$(state cs.LG)" '75 failed ? |'
	like '  is named' "$(cat "$T/err")" "arxiv-fetch: cs.LG: $1*"
}
instead 'JSON, not a feed' '{"error":"x"}'
instead 'JSON, not a feed' '[]'
instead 'an HTML page, not a feed' '<html><p>busy</p></html>'
instead 'not a feed: it begins with "Rate exceeded."' 'Rate exceeded.'
instead 'empty' ''
instead 'a feed without a title' '<rss version="2.0"/>'
instead '<x> is not an arXiv feed' '<x/>'
feed cs.AI 20 n51-70
instead 'the feed of cs.AI instead' "$(cat "$T/root/rss/cs.AI.xml")"
instead 'arXiv says: no' '<rss version="2.0"><channel><title>Feed error for query: x</title><description>no</description></channel></rss>'
instead 'an answer of the query interface, not a feed' \
    '<feed><title>arXiv Query: x</title><totalResults>0</totalResults></feed>'
feed cs.SY 20 n51-70
sed 's/cs.SY/eess.SY/' "$T/root/rss/cs.SY.xml" >"$T/eess"
cp "$T/eess" "$T/root/rss/cs.SY.xml"
is '24: the other name of a category is none other' "$(state cs.SY)" \
    '0 ok date 20 | 20:20'
cp "$T/eess" "$T/root/rss/eess.SY.xml"
ok '  nor is its memory' test -f "$HOME"/.cache/paperround/feeds/*/eess.SY
feed cs.LG 20
is '24: a feed with a title and nothing else is missing' "$(state cs.LG)" \
    '75 missing 20 |'
feed cs.LG 20 n51-70
for fault in 406 429 503 reset; do
	script "/rss $fault $fault"
	is "25: $fault, twice" "$(state cs.LG)" '75 failed ? |'
	script "/rss $fault"
	is "25: $fault, once" "$(state cs.LG)" '0 ok memory 20 | 20:20'
done
script '/rss 403;body=Forbidden'
forget_requests
is '26: 403' "$(state cs.LG)" '75 failed ? |'
is '  says how long that lasts' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: HTTP status 403: Forbidden; that lasts hours, and asking again makes it longer: no request for an hour'
is '  and is not tried again' "$(requests)" '/rss/cs.LG'
forget_requests
is '26: another process' "$(state cs.AI)" '75 failed ? |'
is '  does not ask' "$(requests)" ''
like '  and says why' "$(cat "$T/err")" \
    'arxiv-fetch: cs.AI: not asked, since arXiv blocked this address or program (HTTP status 403); that lasts hours, and asking makes it longer: no request for 60 more minutes'
sed -i 's/^rss .*/rss 1000/' "$HOME/.cache/paperround/pace/arxiv"
is '26: an hour later' "$(state cs.LG)" '0 ok memory 20 | 20:20'

# --------------------------------------------------------- 28, 29: past days
fresh 18 n1-20
NOW=2026-11-23T12:00:00Z
is '28: a past day' "$(state --date 2026-11-19 cs.LG)" '0 ok 19 | 19:20'
feed cs.LG 20 n21-40
NOW=2026-11-20T12:00:00Z
is '  is remembered as that day' "$(state cs.LG)" '1 stale memory 19 | 19:20'
NOW=2026-11-24T12:00:00Z
is '28: no papers, where there always are some' \
    "$(state --date 2026-11-23 cs.LG)" '75 missing 23 |'
fresh 18 n1-4
NOW=2026-11-24T12:00:00Z
is '28: .. and where there are few' "$(state --date 2026-11-23 cs.LG)" \
    '0 empty 23 |'
like '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: nothing was announced in this category*'
is '28: .. and in several days' \
    "$(state --since 2026-11-23 --until 2026-11-24 cs.LG)" '0 empty ? |'
is '28: .. and in several days, of which the last lacks' \
    "$(state --since 2026-11-20 --until 2026-11-24 cs.LG)" '0 ok ? | 20:20'
fresh 18 n1-20
NOW=2026-11-24T12:00:00Z
is '28: .. unless there always are some' \
    "$(state --since 2026-11-20 --until 2026-11-24 cs.LG)" '1 missing ? | 20:20'
is '28: .. and of days off no papers are due' \
    "$(state --since 2026-11-20 --until 2026-11-22 cs.LG)" '0 ok ? | 20:20'
fresh
is '28: .. and where nothing is known' "$(state --date 2026-11-23 cs.LG)" \
    '75 missing 23 |'
like '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: no entries, though an announcement was due*'
is '28: .. of several days' \
    "$(state --since 2026-11-23 --until 2026-11-24 cs.LG)" '75 missing ? |'
fresh 19 n21-40 c51-51
NOW=2026-11-23T12:00:00Z
is '28: a cross-list that was seen' "$(state --date 2026-11-19 cs.LG)" \
    '0 ok 19 | 19:21'
is '  comes by its id' "$(grep -c 'came by id: 2611.00051' "$T/err")" 1
fresh 23 c51-51
NOW=2026-11-24T12:00:00Z
is '  which is a day where nothing else was' \
    "$(state --date 2026-11-23 cs.LG)" '0 ok 23 | 23:1'
fresh 19 n21-41
NOW=2026-11-23T12:00:00Z
is '28: a paper that was seen and that nobody has' \
    "$(state --date 2026-11-19 cs.LG)" '1 failed 19 | 19:20'
like '  is named' "$(cat "$T/err")" '*short: it lacks 2611.00041*'
fresh 19 n21-40 c41-41
NOW=2026-11-23T12:00:00Z
is '28: a cross-list that was seen, which is no matter' \
    "$(state --date 2026-11-19 cs.LG)" '0 ok 19 | 19:20'
like '  is named' "$(cat "$T/err")" '*cs.LG: it lacks 2611.00041*'
is '29: a past Sunday' "$(state --date 2026-11-22 cs.LG)" '0 empty 22 |'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: arXiv announces nothing on Sundays'
is '29: a weekend' \
    "$(state --since 2026-11-21 --until 2026-11-22 cs.LG)" '0 empty 22 |'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: arXiv announces nothing on Saturdays and Sundays'
NOW=2026-11-30T12:00:00Z
is '29: a weekend with a holiday' \
    "$(state --since 2026-11-27 --until 2026-11-29 cs.LG)" '0 empty 29 |'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: no announcement, since 2026-11-26 was a holiday: Thanksgiving; arXiv announces nothing on Saturdays and Sundays'
is '29: a past holiday' "$(state --date 2026-11-27 cs.LG)" '0 holiday 27 |'
is '  is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: no announcement, since 2026-11-26 was a holiday: Thanksgiving'

# -------------------------------------------------------- 30: memory in ruins
for text in 'no memory' 'arxiv-fetch batches 2'; do
	fresh 19 n21-40
	file=$(echo "$HOME"/.cache/paperround/feeds/*/cs.LG)
	echo "$text" >"$file"
	feed cs.LG 20 n51-70
	is "30: '$text' for a memory" "$(state cs.LG)" '0 ok date 20 | 20:20'
	like '  is told' "$(cat "$T/err")" "*$file: *; it is now $file.aside"
	is '  is set aside' "$(cat "$file.aside")" "$text"
	is '  and is told once' "$(state cs.LG) $(cat "$T/err")" \
	    '0 ok date 20 | 20:20 '
done
rm "$file.aside"
mkdir "$file.aside"
echo damaged >"$file"
is '30: a memory that cannot be set aside' "$(state cs.LG)" '0 ok date 20 | 20:20'
# Landlock knows only that a folder would go.
like '  is told' "$(cat "$T/err")" \
    "arxiv-fetch: $file: *; today's papers are not remembered"
is '  and stays' "$(cat "$file")" damaged
rm "$file"
mkdir "$file"
is '30: a folder for a memory' "$(state cs.LG)" '0 ok date 20 | 20:20'
is '  is told' "$(cat "$T/err")" \
    "arxiv-fetch: $file: Is a directory; today's papers are not remembered"
fresh 19 n21-40
rm -r "$HOME/.cache/paperround/feeds"
: >"$HOME/.cache/paperround/feeds"
is '30: no place to remember' "$(state cs.LG cs.LG)" '75 failed ? |'
feed cs.LG 20 n51-70
is '  the papers come' "$(state cs.LG)" '0 ok date 20 | 20:20'
like '  and it is told' "$(cat "$T/err")" '*today*s papers are not remembered'

# --------------------------------------------------------- several at a time
friday n51-70
feed cs.AI 19 n21-40
is 'one of two is stale' "$(state cs.LG cs.AI)" \
    '1 ok memory 20 stale 19 | 19:20 20:20'
feed cs.LG 20
rm "$T/root/rss/cs.AI.xml"
is 'neither has anything' "$(state cs.LG cs.AI)" '75 missing 20 failed ? |'

# Two at a time add to one memory.
friday n51-70
feed cs.AI 20 n51-70
running=
for _ in 1 2 3 4; do
	fetch cs.LG >/dev/null 2>&1 &
	running="$running $!"
	fetch cs.AI cs.LG >/dev/null 2>&1 &
	running="$running $!"
done
for pid in $running; do
	wait "$pid"
done
is 'many runs at once leave one memory' \
    "$(grep -c '^new 2611.000[5-7]' "$HOME"/.cache/paperround/feeds/*/cs.LG)" 20
ok 'no paper was lost in any run' conserved "$T/report"

done_testing
