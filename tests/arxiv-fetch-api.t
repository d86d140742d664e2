#!/bin/sh
# The query interface: searches and ids.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"

NOW=2026-11-25T12:00:00Z
start_arxiv

fetch() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --no-cache --pace 0 "$@"
}

out='math/0613001
2605.00001
2612.00099
2613.00004
2613.00001
2613.00002
2613.00003
2613.00006
2613.00007'
row 'a search' ids fetch --report "$T/report" --query 'ti:routing OR au:"A B"'
like '.. and its report' "$(cat "$T/report")" '*"in":9,"out":9,*"category":"ti:routing OR au:*","status":"ok","entries":9,"kept":9,*"arxiv_total":9*'
is '.. asks for the oldest first' "$(requests)" \
    '/api/query?search_query=ti%3Arouting%20OR%20au%3A%22A%20B%22&start=0&max_results=1000&sortBy=submittedDate&sortOrder=ascending'
forget_requests
out='2613.00001
2613.00002
2613.00003
2613.00006
2613.00007'
row 'of some days and categories' ids fetch --query 'ti:a' \
    --from 2026-11-19 --until 2026-11-19 cs.LG cs
is '.. in the expression' "$(requests)" \
    '/api/query?search_query=%28%28ti%3Aa%29%20AND%20%28cat%3Acs.LG%20OR%20cat%3Acs%2A%29%29%20AND%20submittedDate%3A%5B202611190000%20TO%20202611192359%5D&start=0&max_results=1000&sortBy=submittedDate&sortOrder=ascending'
forget_requests
out='2613.00007
2613.00006
2613.00003'
row 'the newest of them' ids fetch --query ti:a --newest --top 3
is '.. by a request for the newest first' "$(requests)" \
    '/api/query?search_query=ti%3Aa&start=0&max_results=1000&sortBy=submittedDate&sortOrder=descending'
status=2 err="arxiv-fetch: --newest does not go with the other options
try 'arxiv-fetch --help'"
row '.. where there is no search' fetch --newest cs.LG
out='{"id":"2613.00003","version":1,"title":"Plans & Plots","abstract":"Plotting made plain.","authors":["Cleo Entwurf and Dan Plan"],"categories":["cs.AI"],"primary_category":"cs.AI","published":"2026-11-19T12:00:00Z","updated":"2026-11-19T12:00:00Z","comment":"in one act","url":"https://arxiv.org/abs/2613.00003","pdf":"https://arxiv.org/pdf/2613.00003","source":"api"}'
row 'a whole record' fetch --id 2613.00003
forget_requests
row 'nothing is not believed at once' fetch --query nothing
is '.. but asked for again' "$(requests | tr ' ' '\n' | grep -c query)" 2
status=1
row '-e' fetch -e --query nothing
script '/api file:api-error.xml'
status=1 err='arxiv-fetch: ti:(: arXiv says: unbalanced parentheses'
row 'an error in an answer' fetch --query 'ti:('
script '/api 400;Content-Type=application/atom+xml;body=<feed_xmlns="http://www.w3.org/2005/Atom"><entry><id>https://arxiv.org/api/errors#x</id><summary>bad_field</summary></entry></feed>'
status=1 err='arxiv-fetch: zz:a: arXiv says: bad field'
row '.. or with status 400' fetch --query zz:a

script '/api file:rss/cs.LG.xml file:rss/cs.LG.xml'
status=75 err="arxiv-fetch: ti:a: the answer is not from the query interface"
row '.. or an answer of another kind' fetch --retries 1 --query ti:a
# Such pages come with status 200 while a site is repaired.
for page in '<!DOCTYPE html><title>Down</title>' '<?xml version="1.0"?><html/>'; do
	echo "$page" >"$T/root/down.html"
	for what in '--query ti:a' 2613.00007 '--source oai'; do
		script '/ file:down.html file:down.html'
		# shellcheck disable=SC2086 # words
		is "a page for people: $what" \
		    "$(status_of fetch --retries 1 $what)" 75
		# shellcheck disable=SC2086
		is '.. which passes' "$(script '/ file:down.html'
		    status_of fetch --retries 1 --max 1 $what)" 0
	done
done

# Ids.
out='2613.00007
2613.00001
math/0613001
2605.00001'
row 'ids, in the order asked for, each once' ids fetch --id 2613.00007 \
    --id arXiv:2613.00001v1 --id math.GT/0613001 \
    --id https://arxiv.org/abs/2605.00001 --id 2613.00007
out='2613.00007
math/0613001
2613.00001'
row 'ids in one list' ids fetch --id '2613.00007,math.GT/0613001' \
    --id https://doi.org/10.48550/arXiv.2613.00001
out='2613.00007
math/0613001'
row 'ids as operands' ids fetch 2613.00007 https://arxiv.org/abs/math/0613001v1/
in='2613.00007 of Friday
arXiv:2613.00001v1 [cs.LG] 20 Nov 2026
' out='2613.00007
2613.00001'
row 'ids on stdin' ids fetch --id -
status=2 err="arxiv-fetch: ids and categories do not go together
try 'arxiv-fetch --help'"
row 'ids among categories' fetch 2613.00007 cs.LG
status=2 err="arxiv-fetch: 2510.12345v0: not an arXiv category, nor an id such as 2510.12345
try 'arxiv-fetch --help'"
row 'what is neither' fetch 2510.12345v0
printf '# mine\n2613.00007\n\n2613.99999\nnot an id\n2613.00001 # good\n' \
    >"$T/ids"
status=1
err="arxiv-fetch: $T/ids:5: not an arXiv id: not
arxiv-fetch: 2613.99999: arXiv has no such paper"
out='2613.00007
2613.00001'
row 'a file of them' ids fetch --report "$T/report" --id-file "$T/ids"
like '.. counted' "$(tail -n 1 "$T/report")" '*"in":4,"out":2,"dropped":{},"failed":2,*'
status=1 err='arxiv-fetch: 2613.99999: arXiv has no such paper'
row 'no id that arXiv knows' fetch --report "$T/report" --id 2613.99999
like '.. in the report' "$(tail -n 1 "$T/report")" '*"status":"empty"*'
status=1 err="arxiv-fetch: --id-file: $T/none: No such file or directory"
row 'no file' fetch --id-file "$T/none"
entry='<entry><id>http://arxiv.org/abs/2613.00007v1</id><title>T</title></entry>'
echo "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>arXiv Query: x</title>$entry$entry</feed>" \
    >"$T/root/twice.xml"
script '/api file:twice.xml'
out='2613.00007'
row 'an answer that has an id twice' \
    ids fetch --report "$T/report" --id 2613.00007
like '.. counted' "$(tail -n 1 "$T/report")" '*"dropped":{"duplicate":1}*'
sed 's,</title>,&<o:totalResults xmlns:o="http://a9.com/-/spec/opensearch/1.1/">1</o:totalResults>,' \
    "$T/root/twice.xml" >"$T/root/few.xml"
script '/api file:few.xml file:few.xml'
status=75 err='arxiv-fetch: all:a: 2 entries after 0, of 1 in all'
row 'more entries than there are' fetch --retries 1 --query all:a
sed 's/00007/00008/g' "$T/root/twice.xml" >"$T/root/other.xml"
script '/api file:other.xml'
status=1 err='arxiv-fetch: 2613.00007: arXiv has no such paper'
row 'an answer with a paper that nobody asked for' \
    ids fetch --report "$T/report" --id 2613.00007
like '.. counted' "$(tail -n 1 "$T/report")" \
    '*"in":3,"out":0,"dropped":{"duplicate":1,"not_asked_for":1},"failed":1,*'
script '/api file:twice.xml'
status=1 err='arxiv-fetch: 2613.00007v2: arXiv sent version 1 instead'
row 'an answer with another version' \
    ids fetch --report "$T/report" --id 2613.00007v2
like '.. counted' "$(tail -n 1 "$T/report")" \
    '*"in":3,"out":0,"dropped":{"duplicate":1,"not_asked_for":1},"failed":1,*'
out='2613.00006' err='' status=0
row 'a version' ids fetch --id 2613.00006v1
like '.. as it was' "$(fetch --id 2613.00006v1)" '*"version":1,*'
is 'two of one paper, in the order asked for' \
    "$(fetch 2613.00006v2 2613.00007 2613.00006v1 2613.00006v2 |
    jq -r '"\(.id)v\(.version)"' | tr '\n' ' ')" \
    '2613.00006v2 2613.00007v1 2613.00006v1 '

# More than a page, more than the limit, more than ten ids.
eval "$cleanup"
rm -r "$T/root" "$T/port"
server_args='--papers 12000'
start_arxiv
fetch --report "$T/report" --query all:a >"$T/out" 2>"$T/err"
is 'results behind the limit of 10,000' \
    "$(wc -l <"$T/out" | tr -d ' ') $(sort -u "$T/out" | wc -l | tr -d ' ')" \
    '12000 12000'
is '.. without a word' "$(cat "$T/err")" ''
fetch --newest --query all:a >"$T/newest"
ok '.. the newest first' sh -c 'sort "$1" >"$1.s" && sort "$2" | cmp - "$1.s" &&
	jq -r .published "$2" | sort -rc' sh "$T/out" "$T/newest"
forget_requests
script '/api ok slow:0 503 file:api-short.xml'
fetch --query all:a --max 2500 >"$T/out" 2>"$T/err"
is 'a short page is asked for again' "$(wc -l <"$T/out" | tr -d ' ')" 2500
i=0
while [ $i -lt 130 ]; do
	echo "2613.$((10000 + i))"
	i=$((i + 1))
done >"$T/ids"
forget_requests
fetch --id-file "$T/ids" | sed 's/^{"id":"\([^"]*\)".*/\1/' >"$T/out"
ok '130 ids, in their order' cmp "$T/ids" "$T/out"
is '.. in two requests' "$(wc -l <"$T/log" | tr -d ' ')" 2

# More of one minute than may be asked for: dates cannot part them.
eval "$cleanup"
rm -r "$T/root" "$T/port"
server_args='--papers 10001 --per-day 20000'
start_arxiv
status=1 err='arxiv-fetch: all:a: more than 10000 papers were submitted in one minute'
row 'too many at once' sh -c "arxiv-fetch --base-url $URL --now $NOW \
    --no-cache --pace 0 --report '$T/report' --query all:a >'$T/out'"
ok '.. those that may be had come out' test "$(wc -l <"$T/out")" -gt 9000

# Results that vanish while they are paged through.
eval "$cleanup"
rm -r "$T/root" "$T/port"
server_args='--papers 2500 --vanish 5'
start_arxiv
fetch --query all:a | sort -u | wc -l | tr -d ' ' >"$T/out"
is 'no paper falls between two pages' "$(cat "$T/out")" 2500
eval "$cleanup"
rm -r "$T/root" "$T/port"
server_args='--papers 2500 --vanish 20'
start_arxiv
# Those that vanish before their page is asked for cannot be had: the first
# page takes the first 1000, then 20 go before each.
fetch --query all:a >"$T/out"
is '.. nor where more vanish than pages overlap' \
    "$(jq -r .id "$T/out" | sort | uniq -c |
	awk '$1 != 1 || $2 != sprintf("2613.%05d", NR - 1) { exit 1 }
	    END { print NR }')" 2500

eval "$cleanup"
rm -r "$T/root" "$T/port"
server_args='--papers 20000 --vanish 1200'
start_arxiv
is '.. unless there is no end of it' "$(status_of fetch --query all:a)" 1
is '.. which is told' "$(cat "$T/err")" \
    'arxiv-fetch: all:a: the results vanish while they are read'

# Results that end before they are all there.
eval "$cleanup"
rm -r "$T/root" "$T/port"
server_args='--papers 2500'
start_arxiv
echo '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/"><title>arXiv Query: x</title><o:totalResults>0</o:totalResults></feed>' \
    >"$T/root/no-more.xml"
kept() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --pace 0 \
	    --cache "$T/pages" --query all:a "$@"
}
# short NAME WHY: some came, and it is told that more are missing.
short() {
	is "$1: status" "$(status_of kept --retries 1 --report "$T/report")" 1
	is '.. what came comes out' "$(wc -l <"$T/out" | tr -d ' ')" 1000
	is '.. that it is not all is told' "$(cat "$T/err")" \
	    "arxiv-fetch: all:a: $2"
}
script '/api ok file:no-more.xml file:no-more.xml'
short 'a page without results after others' 'no results after 990 others'
rm -r "$T/pages"
script '/api ok again'
short 'the same page again and again' 'the same results again'
is '.. is not kept' "$(kept --retries 1 | wc -l | tr -d ' ')" 2500

ok 'no paper was lost in any run' conserved "$T/report"

done_testing
