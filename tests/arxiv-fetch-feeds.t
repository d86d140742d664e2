#!/bin/sh
# The daily feeds: what becomes of entries, states, faults and manners.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"

# Friday, 20 November 2026, a quarter past midnight in Ithaca.
NOW=2026-11-20T05:15:00Z
start_arxiv

# fetch ARG ..: without a cache, a pace of 20 ms.
fetch() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --no-cache --pace 0.02 "$@"
}

out='{"id":"2613.00001","version":1,"title":"Sparse Routing Without Tears","abstract":"A router <x> can be trained & kept small. Code: https://github.com/example/router.","authors":["Ada Example","J. -P. Sample","Bj{\\o}rn Probe Jr."],"categories":["cs.LG","stat.ML"],"primary_category":"cs.LG","announce_type":"new","announced":"2026-11-20","journal_ref":"J. Imag. Res. 3 (2026)","doi":"10.5555/one","license":"http://creativecommons.org/licenses/by/4.0/","url":"https://arxiv.org/abs/2613.00001","pdf":"https://arxiv.org/pdf/2613.00001","code":["https://github.com/example/router"],"source":"rss"}
{"id":"2613.00002","version":1,"title":"Agents That Knock","abstract":"We knock first.","authors":["The KNOCK Collaboration"],"categories":["cs.AI","cs.LG"],"primary_category":"cs.AI","announce_type":"new","announced":"2026-11-20","url":"https://arxiv.org/abs/2613.00002","pdf":"https://arxiv.org/pdf/2613.00002","source":"rss"}
{"id":"2613.00003","version":1,"title":"Plans & Plots","abstract":"Plotting made plain.","authors":["Cleo Entwurf","Dan Plan"],"categories":["cs.AI"],"primary_category":"cs.AI","announce_type":"new","announced":"2026-11-20","url":"https://arxiv.org/abs/2613.00003","pdf":"https://arxiv.org/pdf/2613.00003","source":"rss"}'
row 'two feeds, one paper an id, the strongest announcement' \
    fetch --report "$T/report" cs.LG CS.ai
is 'the report tells each feed' "$(cat "$T/report")" \
    "{\"tool\":\"arxiv-fetch\",\"version\":\"$VERSION\",\"started\":\"$NOW\",\"seconds\":0,\"in\":5,\"out\":3,\"dropped\":{\"duplicate\":1,\"announce_type\":1},\"failed\":0,\"feeds\":[{\"category\":\"cs.LG\",\"url\":\"$URL/rss/cs.LG\",\"status\":\"ok\",\"proof\":\"date\",\"entries\":3,\"kept\":2,\"announced\":\"2026-11-20\"},{\"category\":\"cs.AI\",\"url\":\"$URL/rss/cs.AI\",\"status\":\"ok\",\"proof\":\"date\",\"entries\":2,\"kept\":2,\"announced\":\"2026-11-20\"}],\"arxiv_total\":5,\"exit\":0}"
is 'one request a category' "$(requests)" '/rss/cs.LG /rss/cs.AI'

out='math/0613001'
row '-t replace' ids fetch -t replace cs.LG
out='2613.00001
2613.00002
math/0613001'
row '-t all' ids fetch -t all cs.LG
out='2613.00001'
row '--max' ids fetch --max 1 cs.LG

forget_requests
out='2613.00001
2613.00002'
row 'a category named twice' ids fetch cs.LG cs.LG
is '.. is asked for once' "$(requests)" '/rss/cs.LG'

# States of a feed.  A feed without entries on a working day is asked for
# again.
states() {
	fetch --report "$T/states" "$@" >/dev/null 2>&1
	echo "$? $(tail -n 1 "$T/states" |
	    grep -o '"status":"[a-z]*"' | cut -d'"' -f4 | tr '\n' ' ')"
}
forget_requests
is 'a feed without entries is missing, unless somebody knows better' \
    "$(states cs.GL)" '75 missing '
is '.. asked for twice' "$(requests)" '/rss/cs.GL /rss/cs.GL'
status=75 err="arxiv-fetch: cs.GL: no entries, though an announcement was due"
row '.. and it is said' fetch cs.GL
NOW=2026-11-21T12:00:00Z
is 'Saturday: still of Friday' "$(states cs.LG)" '0 ok '
err='arxiv-fetch: cs.LG: arXiv announces nothing on Saturdays'
row '.. but if Saturday is asked for' fetch --date today cs.LG
NOW=2026-11-23T05:01:00Z
is 'Monday: stale' "$(states cs.LG cs.GL)" '1 stale missing '
status=1
err="arxiv-fetch: cs.AI: stale: the feed is from 2026-11-20, but that of 2026-11-23 was due"
out='2613.00002
2613.00003'
row 'papers of a stale feed come with their own date' ids fetch cs.AI
NOW=2026-11-27T12:00:00Z
sed 's/20 Nov/27 Nov/; s/cs.GL/cs.GR/' "$FIXTURES/rss/cs.GL.xml" >"$T/root/rss/cs.GR.xml"
is 'the day after Thanksgiving' "$(states cs.GR)" '0 holiday '
NOW=2026-11-28T12:00:00Z
sed 's/20 Nov/28 Nov/; s/cs.GL/cs.GR/' "$FIXTURES/rss/cs.GL.xml" >"$T/root/rss/cs.GR.xml"
is 'a weekend' "$(states cs.GR)" '0 empty '
err='arxiv-fetch: cs.GR: arXiv announces nothing on Saturdays'
row '.. which is said' fetch cs.GR
status=1 err='arxiv-fetch: cs.GR: arXiv announces nothing on Saturdays'
row '.. and -e makes it 1' fetch -e cs.GR
mkdir -p "$HOME/.config/paperround"
echo '2026-11-24 # founding day' >"$HOME/.config/paperround/holidays"
NOW=2026-11-25T12:00:00Z
sed 's/20 Nov/25 Nov/; s/cs.GL/cs.GR/' "$FIXTURES/rss/cs.GL.xml" >"$T/root/rss/cs.GR.xml"
is "a holiday of the user's own" "$(states cs.GR)" '0 holiday '
echo 'soon' >"$HOME/.config/paperround/holidays"
status=75
err="arxiv-fetch: $HOME/.config/paperround/holidays:1: not a date such as 2026-12-25
arxiv-fetch: cs.GR: no entries, though an announcement was due"
row '.. which must be a date' fetch cs.GR
rm -r "$HOME/.config"
mkdir -p "$T/config/paperround"
echo '2026-11-24' >"$T/config/paperround/holidays"
is '.. in XDG_CONFIG_HOME' \
    "$(XDG_CONFIG_HOME=$T/config states cs.GR)" '0 holiday '
NOW=2026-11-20T05:15:00Z
forget_requests
out='2613.00001'
row '--source atom' ids fetch --source atom cs.LG
is '.. asks for Atom' "$(requests)" '/atom/cs.LG'

# Errors.
script '/rss/cs.XX file:rss-error.xml'
status=75 err="arxiv-fetch: cs.XX is no category that this version knows; a new one?
arxiv-fetch: cs.XX: arXiv says: Bad subject class 'XX'."
row 'an error feed of status 200' fetch cs.XX
status=75 err="arxiv-fetch: cs.LG: HTTP status 503"
script '/rss/cs.LG 503 503'
row 'nothing from any feed' fetch --retries 1 cs.LG
status=1 err="arxiv-fetch: cs.LG: HTTP status 503"
script '/rss/cs.LG 503 503'
out='2613.00002
2613.00003'
row 'something from one of two' ids fetch --retries 1 cs.LG cs.AI
script '/rss 503 503 503 503 503 503'
forget_requests
status=75
err='arxiv-fetch: cs.LG: HTTP status 503
arxiv-fetch: cs.AI: HTTP status 503
arxiv-fetch: cs.GL: HTTP status 503'
row 'a site that is down' fetch cs.LG cs.AI cs.GL
is '.. is not asked four times for each' "$(requests)" \
    '/rss/cs.LG /rss/cs.LG /rss/cs.LG /rss/cs.LG /rss/cs.AI /rss/cs.GL'
script '/rss/cs.LG 403;Content-Type=text/html;body=<html>Access_Denied'
status=75
err="arxiv-fetch: cs.LG: HTTP status 403 with an HTML page: this address or program is blocked; that lasts hours, and asking again makes it longer: no request for an hour"
row 'a block page is called one' fetch cs.LG
rm -r "$HOME/.cache"
script '/rss/cs.LG 401'
status=77 err="arxiv-fetch: cs.LG: HTTP status 401"
row 'a refusal for good' fetch cs.LG
script '/rss/cs.LG redirect:http://192.0.2.1/rss/cs.LG'
status=75 err="arxiv-fetch: cs.LG: redirect to another site or away from https: http://192.0.2.1/rss/cs.LG"
row 'a redirect to another host' fetch cs.LG
script '/rss/cs.LG redirect:file:///etc/hostname'
status=75 err="arxiv-fetch: cs.LG: redirect to another site or away from https: file:///etc/hostname"
row 'a redirect to a file' fetch cs.LG
script '/rss/cs.LG bomb'
status=75 err="arxiv-fetch: cs.LG: the answer is larger than allowed"
row 'a compressed bomb' fetch cs.LG
script '/rss/cs.LG file:doctype.xml'
status=75 err="arxiv-fetch: cs.LG: refused: it has a DOCTYPE"
row 'a DOCTYPE' fetch cs.LG

# Faults that pass.
for fault in 503 406 429 500 reset cut short empty '503;Retry-After=0'; do
	script "/rss/cs.LG $fault"
	forget_requests
	out='2613.00001
2613.00002'
	row "$fault, then well" ids fetch cs.LG
	is ".. in two requests" "$(requests)" '/rss/cs.LG /rss/cs.LG'
done
script '/rss/cs.LG slow:5'
out='2613.00001
2613.00002'
row 'silence, then well' ids fetch --timeout 1 cs.LG
script '/rss/cs.LG 503;Retry-After=3600'
is 'a pause that is too long to wait for' "$(status_of fetch cs.LG)" 75
like '.. is told' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: the site asked for a pause, 3[56]?? s of which are left'
forget_requests
is '.. and remembered by the next run' "$(status_of fetch cs.AI)" 75
like '.. which tells it too' "$(cat "$T/err")" \
    'arxiv-fetch: cs.AI: the site asked for a pause, 3[56]?? s of which are left'
is '.. which asks nothing' "$(requests)" ''
rm -r "$HOME/.cache"
# The moment in place of the seconds: decades.
script '/rss/cs.LG 429;Retry-After=1795998989'
is 'a pause for ever' "$(status_of fetch cs.LG)" 75
like '.. is kept for a day' "$(cat "$T/err")" \
    'arxiv-fetch: cs.LG: the site asked for a pause, 86[34]?? s of which are left'
sed -i 's/^rss .*/rss 9999999999.000 429/' "$HOME/.cache/paperround/pace/arxiv"
is '.. also where a clock was set back' "$(status_of fetch cs.LG)" 0
rm -r "$HOME/.cache"

# Manners.
forget_requests
script '/rss/cs.LG 503;Retry-After=0'
fetch --pace 0.3 cs.LG cs.AI >/dev/null 2>&1 &
other=$!
fetch --pace 0.3 cs.GL >/dev/null 2>&1
wait "$other"
ok 'two processes, five requests, 0.3 s between any two' spaced 5 0.3
forget_requests
script '/rss/cs.LG 503;Retry-After=1'
fetch cs.LG >/dev/null
ok 'Retry-After is waited for' spaced 2 1
script "/rss/cs.LG 503;Retry-After=$(date -u -d '1 hour' \
    '+%a,_%d_%b_%Y_%H:%M:%S_GMT')"
like '.. as a date too' "$(fetch cs.LG 2>&1)" '*a pause, 3[56]?? s of which are left'
rm -r "$HOME/.cache"
forget_requests
script '/rss/cs.LG 429;body=Rate_exceeded.'
fetch cs.LG >/dev/null
ok '429 without it: twenty times the pace and more' spaced 2 0.4
like 'a User-Agent of our own' "$(header user-agent)" 'paperround/*arxiv-fetch*'
like 'an Accept' "$(header accept)" 'application/rss+xml*'

# Stopped while it waits for an answer.
forget_requests
script '/rss/cs.LG slow:20'
arxiv-fetch --base-url "$URL" --pace 0 --report "$T/stopped" cs.LG \
    >"$T/out" 2>"$T/err" &
pid=$!
until [ -s "$T/log" ] || ! kill -0 $pid; do sleep 0.05; done
kill -TERM $pid
wait $pid 2>/dev/null
is 'SIGTERM ends it by that signal' $? 143
like '.. with a report' "$(cat "$T/stopped")" '*"exit":143}'
is '.. and without a word' "$(cat "$T/err")" ''

# The cache.
cached() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --pace 0.02 "$@"
}
forget_requests
out='2613.00001
2613.00002'
row 'a first run asks' ids cached cs.LG
out='2613.00001
2613.00002'
row 'a second has the same result' ids cached cs.LG
is '.. and asks nothing' "$(requests)" '/rss/cs.LG'
NOW=2026-11-21T05:15:00Z
out='2613.00001
2613.00002'
err='arxiv-fetch: cs.LG: arXiv announces nothing on Saturdays'
row 'the next day the entity tag is sent' ids cached cs.LG
like '.. and honoured' "$(header if-none-match)" '????????'
cached --cache "$T/pages" cs.LG >/dev/null
ok '--cache' test -n "$(ls "$T/pages")"

echo file >"$T/file"
out='2613.00001
2613.00002'
err="arxiv-fetch: $T/file/paperround/pace/arxiv: Not a directory; not waiting for other processes
arxiv-fetch: cache: $T/file/paperround/pages: Not a directory; going on without a cache
arxiv-fetch: $T/file/paperround/feeds/127.0.0.1_${URL##*:}: Not a directory; today's papers are not remembered"
row 'no folder for a cache' ids env XDG_CACHE_HOME="$T/file" arxiv-fetch \
    --base-url "$URL" --now "$NOW" --pace 0 cs.LG

# Misuse.
for args in '' 'cs.LG+cs.AI' '../etc' '-t often cs.LG' '--source gopher cs.LG' \
    '--max -1 cs.LG' '--base-url http://example.org cs.LG'; do
	# shellcheck disable=SC2086
	is "misuse: $args" "$(status_of fetch $args)" 2
done
is 'less than 3 s is for loopback' \
    "$(status_of arxiv-fetch --pace 1 cs.LG)" 2
is '  however it is written' "$(status_of arxiv-fetch --pace 0 --retries 0 \
    --base-url https://localhost:9 cs.LG)" 75

ok 'no paper was lost in any run' conserved "$T/report" "$T/states" "$T/stopped"

done_testing
