#!/bin/sh
# OAI-PMH: past days, details, harvests that are killed.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"

NOW=2026-11-25T12:00:00Z
server_args='--page 2'
start_arxiv

fetch() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --no-cache --pace 0 "$@"
}
# types COMMAND ..: id, version, type and date of its papers.
types() {
	types_status=0
	"$@" >"$T/.papers" || types_status=$?
	sed 's/^{"id":"\([^"]*\)","version":\([0-9]*\).*"announce_type":"\([^"]*\)","announced":"\([^"]*\)".*/\1 v\2 \3 \4/' \
	    "$T/.papers"
	return "$types_status"
}

warning='arxiv-fetch: papers cross-listed on a past day leave no trace in OAI-PMH and are missing'
out='math/0613001 v3 replace 2026-11-20
2613.00001 v1 new 2026-11-20
2613.00002 v1 cross 2026-11-20
2613.00004 v1 new 2026-11-20
2613.00006 v2 new 2026-11-20'
err=$warning
row 'the announcements of a day' \
    types fetch --report "$T/report" --date 2026-11-20 -t all cs.LG
like '.. and its report' "$(cat "$T/report")" \
    '*"in":8,"out":5,"dropped":{"not_announced":3},"failed":0,"feeds":\[{"category":"cs.LG","url":"*/oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2026-11-20&set=cs%3Acs%3ALG","status":"ok","entries":5,"kept":5,"announced":"2026-11-20","not_knowable":"papers cross-listed on a past day"}\],"arxiv_total":5,"exit":0}'
out='2613.00001 v1 new 2026-11-20
2613.00002 v1 new 2026-11-20
2613.00003 v1 new 2026-11-20
2613.00004 v1 new 2026-11-20
2613.00006 v2 new 2026-11-20'
err=$warning
row 'two categories, each paper once' \
    types fetch --date 2026-11-20 cs.LG cs.AI
out='2613.00001 v1 new 2026-11-20
2613.00004 v1 new 2026-11-20
2613.00006 v2 new 2026-11-20'
row 'without cross, no warning' types fetch --date 2026-11-20 -t new cs.LG
out='2613.00007 v1 new 2026-11-23'
row '14:00 sharp is too late' types fetch --date 2026-11-23 -t new cs.LG
out='2613.00006 v2 replace 2026-11-24'
row 'the second version has its day' \
    types fetch --date 2026-11-24 -t replace cs.LG
forget_requests
err='arxiv-fetch: cs.LG: arXiv announces nothing on Sundays'
row 'a Sunday needs no request' \
    fetch --report "$T/report" --date 2026-11-22 cs.LG
is '.. and none is made' "$(requests)" ''
like '.. its state is empty' "$(tail -n 1 "$T/report")" \
    '*"status":"empty","entries":0,*"exit":0}'
status=2 err='arxiv-fetch: 2026-12-01 is in the future'
row 'a day to come' fetch --date 2026-12-01 cs.LG
out='2613.00001 v1 new 2026-11-20
2613.00007 v1 new 2026-11-23
2613.00006 v2 new 2026-11-20
2613.00004 v1 new 2026-11-20'
row 'a range of days' \
    types fetch --from 2026-11-20 --until 2026-11-23 -t new cs.LG
out='2613.00007 v1 new 2026-11-23
2613.00006 v2 replace 2026-11-24'
row 'a range' types fetch --from 2026-11-23 --until 2026-11-24 -t new,replace cs.LG
out='2613.00007 v1 new 2026-11-23
2613.00006 v2 replace 2026-11-24' status=1
err='arxiv-fetch: cs.LG: no entries after 2026-11-24, though an announcement was due'
row 'a range that ends after today lacks today' \
    types fetch --from 2026-11-23 --until 2026-12-24 -t new,replace \
    --report "$T/report" cs.LG
like '.. in the report' "$(tail -n 1 "$T/report")" '*"status":"missing","entries":2,*'
out='2613.00001
2613.00002
2613.00006
2613.00004
2613.00003'
err=$warning
row 'a range in two categories, each paper once' ids fetch --report "$T/report" \
    --from 2026-11-20 --until 2026-11-21 cs.LG cs.AI
like '.. counted' "$(tail -n 1 "$T/report")" '*"duplicate":1*'
NOW=2026-11-20T05:15:00Z
forget_requests
out='2613.00001
2613.00002'
row '--date today asks the feed' ids fetch --date 2026-11-20 cs.LG
is '.. and only that' "$(requests)" '/rss/cs.LG'
NOW=2026-11-25T12:00:00Z

# Details.
NOW=2026-11-20T05:15:00Z
forget_requests
out='{"id":"2613.00001","version":1,"title":"Sparse Routing Without Tears","abstract":"A router <x> can be trained & kept small. Code: https://github.com/example/router.","authors":["Ada Example","J. -P. Sample","Bj{\\o}rn Probe Jr."],"categories":["cs.LG","stat.ML"],"primary_category":"cs.LG","announce_type":"new","announced":"2026-11-20","published":"2026-11-19T10:00:00Z","updated":"2026-11-19T10:00:00Z","comment":"12 pages, 3 figures; demo at https://router.example.org/demo.","journal_ref":"J. Imag. Res. 3 (2026)","doi":"10.5555/one","license":"http://creativecommons.org/licenses/by/4.0/","url":"https://arxiv.org/abs/2613.00001","pdf":"https://arxiv.org/pdf/2613.00001","code":["https://github.com/example/router","https://router.example.org/demo"],"source":"rss"}'
row '--details' fetch --details --max 1 --report "$T/report" cs.LG cs.AI
like '.. counts' "$(tail -n 1 "$T/report")" '*"in":5,*"failed":0,*"details":{"completed":4,"missing":0}*'
like '.. in one list, of the smallest set' "$(requests)" \
    '/rss/cs.LG /rss/cs.AI /oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2026-11-20&set=cs%3Acs /oai*'
script '/oai 503 503'
out='2613.00002
2613.00003' status=1 err='arxiv-fetch: details: HTTP status 503'
row 'without them papers come out as they are' \
    ids fetch --retries 1 --details cs.AI
script '/oai file:oai-deleted.xml'
out='2613.00002
2613.00003'
err='arxiv-fetch: details of 2 papers were not found'
row '.. or with what was found' \
    ids fetch --details --report "$T/report" cs.AI
like '.. which is counted' "$(tail -n 1 "$T/report")" \
    '*"details":{"completed":0,"missing":2}*'
forget_requests
status=75
err='arxiv-fetch: cs.GL: no entries, though an announcement was due'
row 'no papers, no details' fetch --details cs.GL
is '.. and no request for them' "$(requests)" '/rss/cs.GL /rss/cs.GL'

# Harvests.
NOW=2026-11-25T12:00:00Z
out='2605.00001
2612.00099
2613.00001
2613.00002
2613.00004
math/0613001
2613.00007
2613.00006'
row 'a set, page by page' ids fetch --source oai --set cs:cs:LG
out='2613.00007'
row 'of some days' \
    ids fetch --source oai --from 2026-11-21 --until 2026-11-23 cs.LG
status=1
err='arxiv-fetch: cs:LG: arXiv says: badArgument: Reason: Set does not exist'
row 'a set that is none' fetch --set cs:LG
row 'nothing changed' fetch --set cs:cs:LG --from 2026-11-25
script '/oai ok 503 reset cut ok empty 200;body=x'
out='2613.00007
2613.00006'
row 'faults on the way' ids fetch --set cs:cs:LG --from 2026-11-23 --retries 6
out='2605.00001
2612.00099
2613.00001
2613.00002
2613.00004
math/0613001
2613.00007
2613.00006'
script '/oai ok again ok again again ok'
row 'pages that come twice' ids fetch --set cs:cs:LG
out='2605.00001
2612.00099
2613.00001
2613.00002
2613.00004
math/0613001
2613.00007
2613.00006'
script "/oai ok ok file:oai-expired.xml"
row 'a token that expires: no record twice' ids fetch --set cs:cs:LG
is '.. 2605.00001 was the day it began again with' \
    "$(tail -n 8 "$T/log" | grep -c 'from=2026-11-20&set')" 1
status=1 out='2605.00002'
err='arxiv-fetch: cs:cs:LG: a page that leads back'
script '/oai file:oai-loop.xml file:oai-loop.xml file:oai-loop.xml'
row 'a page that leads to itself' \
    ids fetch --retries 1 --set cs:cs:LG
# leads NUMBER TOKEN: a page with a paper of that number.
leads() {
	sed "s/2605.00002/2605.0000$1/; s/>1122234|1001</>$2</" \
	    "$T/root/oai-loop.xml" >"$T/root/$1-$2.xml"
}
leads 1 a
leads 2 b
leads 3 a
status=1 err='arxiv-fetch: cs: a page that leads back' out='2605.00001
2605.00002'
script '/oai file:1-a.xml file:2-b.xml file:3-a.xml file:3-a.xml'
row 'pages that lead in a circle' ids fetch --retries 1 --set cs
sed 's/badResumptionToken/noRecordsMatch/' "$T/root/oai-expired.xml" \
    >"$T/root/none.xml"
out='2605.00001'
script '/oai file:1-a.xml file:none.xml'
row 'a list that ends with an error' ids fetch --set cs
status=1 err='arxiv-fetch: cs: arXiv says: badResumptionToken: Reason: expired'
out='2605.00001
2605.00002'
script '/oai file:1-a.xml file:oai-expired.xml file:2-b.xml file:oai-expired.xml file:1-a.xml file:oai-expired.xml'
row 'tokens that are good for nothing' ids fetch --set cs
is '.. are tried as long as something comes of it' \
    "$(tail -n 6 "$T/log" | grep -c 'from=2026-11-20')" 2
# A record that changes twice on one day.
for title in Once Once Twice Twice; do
	sed "/<resumptionToken>/d; s/Round/$title/" "$T/root/oai-loop.xml" \
	    >"$T/root/changed.xml"
	script '/oai file:changed.xml'
	fetch --set cs --resume "$T/changing"
done >"$T/changes"
is 'a record that changes twice on one day' \
    "$(jq -r .title "$T/changes" | xargs)" 'Once Twice'
out='2605.00003'
script '/oai file:oai-deleted.xml'
row 'a deleted record is counted, not written' \
    ids fetch --report "$T/report" --set cs:cs:LG
like '.. in the report' "$(tail -n 1 "$T/report")" \
    '*"in":2,"out":1,"dropped":{"deleted":1},"failed":0,*'

status=75
err='arxiv-fetch: cs: the answer is not OAI-PMH'
script '/oai file:rss/cs.LG.xml file:rss/cs.LG.xml'
row 'an answer of another kind' fetch --retries 1 --set cs
echo '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-25T03:00:00Z</responseDate><ListRecords/></OAI-PMH>' \
    >"$T/root/bare.xml"
status=75
err='arxiv-fetch: cs: a page without records'
script '/oai file:bare.xml file:bare.xml'
row 'a page without records' fetch --set cs --retries 1
sed 's/<id>2605/<version version="v1"><date>Mon, 4 May 2026 12:00:00 GMT<\/date><\/version><version version="v2"><date>soon<\/date><\/version>&/' \
    "$T/root/oai-deleted.xml" >"$T/root/undated.xml"
script '/oai file:undated.xml'
status=75
err='arxiv-fetch: cs.LG: no entries, though an announcement was due'
row 'a version without a date was announced on no day' \
    fetch --date 2026-11-20 -t replace cs.LG
is 'without a set, all of them' "$(fetch --source oai --from 2026-11-23 |
    wc -l | tr -d ' ')" 2

# A harvest that a failure ends goes on with the set it failed in.
sets='--set cs:cs:LG --set stat --set cs:cs:AI'
# shellcheck disable=SC2086 # options and their arguments
{
	fetch $sets | sed 's/^{"id":"\([^"]*\)".*/\1/' >"$T/want"
	script '/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=stat 503'
	is 'the second of three sets fails: status' "$(status_of fetch $sets \
	    --retries 0 --report "$T/report" --resume "$T/place")" 1
	mv "$T/out" "$T/harvest"
	like '.. the third was not asked for' "$(tail -n 1 "$T/report")" \
	    '*set=cs%3Acs%3ALG","status":"ok",*set=stat","status":"failed",*"cs:cs:AI","url":null,*'
	is 'it goes on, without a word' "$(fetch $sets --resume "$T/place" \
	    2>&1 >>"$T/harvest"; echo $?)" 0
	sed 's/^{"id":"\([^"]*\)".*/\1/' "$T/harvest" >"$T/got"
	ok '.. and is complete' cmp "$T/got" "$T/want"
}
sed 's/"next_from":"[^"]*"/"next_from":"soon"/' "$T/place" >"$T/spoilt"
forget_requests
# shellcheck disable=SC2086
is 'a checkpoint without its day' "$(status_of fetch $sets \
    --resume "$T/spoilt")" 0
like '.. begins anew' "$(requests)" \
    '/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs%3Acs%3ALG *'
says() {
	is "$1: status" "$(status_of sh -c "$3")" 1
	is '.. and it is said' "$(cat "$T/err")" "arxiv-fetch: $2"
}
harvest="arxiv-fetch --base-url $URL --now $NOW --no-cache --pace 0 $sets"
says 'an output that cannot be cut' '<stdout>: Invalid argument' \
    "echo more >>'$T/harvest'; $harvest --resume '$T/place' 1<'$T/harvest'"
says 'a checkpoint in no folder' \
    "--resume: $T/none/place.lock: No such file or directory" \
    "$harvest --resume '$T/none/place'"

# 3000 pages, killed again and again, resumed until it is done.
eval "$cleanup"
rm -r "$T/root" "$T/port"
server_args='--papers 12000 --page 4 --per-day 50'
start_arxiv
# Output and checkpoint are synced after each page, which takes long on a real
# disk.
fast=$(mktemp -d /dev/shm/paperround-test.XXXXXX 2>/dev/null) || fast=$T
cleanup="$cleanup; rm -rf '$fast'"
runs=0
: >"$fast/harvest"
while [ $runs -lt 200 ] && ! grep -q '"done":true' "$fast/place" 2>/dev/null; do
	runs=$((runs + 1))
	[ $((runs % 2)) = 0 ] && signal=KILL || signal=TERM
	# As if it had been killed in the middle of a line.
	[ $((runs % 3)) -gt 0 ] && [ -s "$fast/place" ] &&
	    printf '{"id":"26' >>"$fast/harvest"
	# Not by a function: its process would be the shell's.
	arxiv-fetch --base-url "$URL" --now "$NOW" --no-cache --pace 0 \
	    --source oai --set cs:cs:LG --resume "$fast/place" \
	    >>"$fast/harvest" 2>>"$T/err" &
	pid=$!
	[ $runs -gt 30 ] || {
		sleep "0.0$((runs * 7 % 5 + 1))"
		kill -s "$signal" $pid 2>/dev/null
	}
	wait $pid 2>/dev/null
done
ok 'a harvest killed again and again comes to its end' \
    grep -q '"done":true' "$fast/place"
ok '.. it was killed often' test "$runs" -gt 10
awk 'BEGIN { for (i = 0; i < 12000; i++) printf "2613.%05d\n", i }' >"$T/all"
sed 's/^{"id":"\([^"]*\)".*/\1/' "$fast/harvest" >"$T/got"
ok '.. and each record is there once' cmp "$T/got" "$T/all"
is 'later it takes what changed since' "$(fetch --source oai --set cs:cs:LG \
    --resume "$fast/place" >>"$fast/harvest"; echo $?)" 0
like '.. by asking from the last day' "$(tail -n 1 "$T/log")" \
    '*from=2026-11-25*'
: >"$fast/harvest"
status=2
err='arxiv-fetch: --resume: the output is shorter than it was; append to it with >>'
row 'an output that was cut is refused' sh -c \
    "arxiv-fetch --base-url $URL --set cs:cs:LG --resume $fast/place >>$fast/harvest"
is 'a checkpoint of another harvest' "$(status_of fetch --source oai \
    --set cs:cs:AI --resume "$fast/place")" 2
for set in -1 7; do
	sed "s/\"set\":[0-9]*/\"set\":$set/" "$fast/place" >"$fast/bad"
	is "a checkpoint at set $set of 1" "$(status_of fetch --source oai \
	    --set cs:cs:LG --resume "$fast/bad")" 1
done
is '--resume with --max' \
    "$(status_of fetch --set cs --resume "$fast/place" --max 3)" 2
is '--resume with -o' "$(status_of fetch --set cs --resume "$fast/place" -o x)" 2

ok 'no paper was lost in any run' conserved "$T/report"

done_testing
