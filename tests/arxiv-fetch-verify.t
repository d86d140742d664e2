#!/bin/sh
# --verify: feeds held against listing pages; truncated feeds are filled.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"

NOW=2026-11-20T05:15:00Z
start_arxiv

fetch() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --no-cache --pace 0 "$@"
}

out='2613.00001
2613.00002'
row 'a feed that is right' ids fetch --verify --report "$T/report" cs.LG
like '.. both counts are in the report' "$(cat "$T/report")" \
    '*"status":"ok","proof":"listing",*"counted":{"new":1,"cross":1,"replace":1},"listed":{"new":1,"cross":1,"replace":2}}\]*'
is '.. at the cost of one request' "$(requests)" \
    '/rss/cs.LG /list/cs.LG/new?skip=0&show=2000'
out='2613.00002
2613.00003' status=1
err='arxiv-fetch: cs.AI: short: 2 new and 0 cross-listed, where the listing page has 7 and 7'
row 'a feed that is short' ids fetch --verify --report "$T/report" cs.AI
like '.. has failed' "$(tail -n 1 "$T/report")" '*"status":"failed","proof":"listing","entries":2,"kept":2,*'
sed 's/Friday, 20/Monday, 23/' "$FIXTURES/list/cs.LG.html" \
    >"$T/root/list/cs.LG.html"
out='2613.00001
2613.00002'
err='arxiv-fetch: cs.LG: not compared: the listing page is of 2026-11-23'
row 'a page newer than the feed, as it is in the evening' \
    ids fetch --verify cs.LG
sed 's/Friday, 20/Thursday, 19/' "$FIXTURES/list/cs.LG.html" \
    >"$T/root/list/cs.LG.html"
out='2613.00001
2613.00002' status=1
err='arxiv-fetch: cs.LG: not verified: the listing page is of 2026-11-19'
row 'a page older than the feed proves nothing' ids fetch --verify cs.LG
rm "$T/root/list/cs.LG.html"
out='2613.00001
2613.00002' status=1
err='arxiv-fetch: cs.LG: not verified: the listing page: HTTP status 404: not here'
row 'no page' ids fetch --verify cs.LG
script '/list 200;Content-Type=text/html;body=<p>busy</p>'
cp "$FIXTURES/list/cs.LG.html" "$T/root/list/cs.LG.html"
out='2613.00001
2613.00002'
row 'a page that is something else is asked for again' \
    ids fetch --verify cs.LG

# A feed of 2000 entries is cut; the papers cut off are in OAI.
{
	sed -n '1,/<skipDays>/p' "$FIXTURES/rss/cs.LG.xml" | sed '$d'
	awk 'BEGIN { for (i = 0; i < 2000; i++) printf "<item><title>Cross %d</title><guid>oai:arXiv.org:2612.%05dv1</guid><category>cs.CV</category><arxiv:announce_type>cross</arxiv:announce_type></item>\n", i, 10000 + i }'
	echo '</channel></rss>'
} >"$T/root/rss/cs.LG.xml"
status=1
err='arxiv-fetch: cs.LG: truncated: a feed holds no more than 2000 entries
arxiv-fetch: cs.LG: 5 more papers were found by OAI-PMH'
out='2613.00001
2613.00006
2613.00004'
row 'a feed that is cut is filled' \
    ids fetch --report "$T/report" -t new cs.LG
like '.. and stays failed' "$(tail -n 1 "$T/report")" \
    '*"status":"failed","proof":"date","entries":2000,"kept":3,*"why":"truncated: *'
script '/oai 503'
status=75
err='arxiv-fetch: cs.LG: truncated: a feed holds no more than 2000 entries
arxiv-fetch: cs.LG: filling the gap: HTTP status 503'
row 'a gap that cannot be filled' fetch --retries 0 -t new cs.LG
sed '/pubDate\|lastBuildDate/d' "$T/root/rss/cs.LG.xml" >"$T/undated"
mv "$T/undated" "$T/root/rss/cs.LG.xml"
forget_requests
status=75
err='arxiv-fetch: cs.LG: truncated: a feed holds no more than 2000 entries'
row '.. as of a feed of no day' fetch -t new cs.LG
is '.. nothing is asked for' "$(requests)" '/rss/cs.LG'

ok 'no paper was lost in any run' conserved "$T/report"

done_testing
