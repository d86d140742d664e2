#!/bin/sh
# SPDX-License-Identifier: ISC
# --enrich html: what arXiv's pages of papers tell.  The fixtures were made by
# LaTeXML of the sources beside them: latexml --dest=X.xml X.tex, then
# latexmlpost --format=html5 --nodefaultresources, without its logo.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"

NOW=2026-11-25T12:00:00Z
start_arxiv

enrich() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --no-cache --pace 0 \
	    --retries 0 --enrich html "$@"
}
# references ID: each on a line, its parts between bars
references() {
	echo "{\"id\":\"$1\"}" | enrich | jq -r '.references[] |
	    "\(.arxiv // "")|\(.doi // "")|\(.title // "")|\(.authors // "")|\(.year // "")"'
}

is 'plain and natbib: blocks, sentences, ids' "$(references 2613.01001)" \
	'|10.1103/physrevlett.98.010505|Quantum error correction in practice|Jane Doe and Kees van der Berg|2007
||Attention is all you need|A. Vaswani, N. Shazeer, et al|2017
||A Book of Many Parts|R. Roe|2001
2001.01234||Scaling $p$-adic laws for experts|S. Poe|2020
1706.03762||On a question of mine|P. Erdős|1999'
is 'REVTeX: no title that is not told apart' "$(references 2613.01002)" \
	'quant-ph/0612001|10.1103/physrevlett.98.010505|||2007
||||2007
hep-th/9801001||||1998'
is 'amsart: in italics behind names, but not of one word' \
	"$(references 2613.01003)" \
	'||On the cohomology of groups|J. Doe and R. Roe|1999
1901.00001||Groups and $p$-adic numbers, II|by same author|2019
||A theorem on pages and years|J. Doe|1999
|10.1016/0370-2693(91)91641-8|On brackets in numbers|J. Doe|1991
|10.1016/0370-2693(91)91642-8|On brackets around numbers|J. Doe|2002
||||2001'
is 'IEEEtran: in quotes' "$(references 2613.01004)" \
	'||Deep residual learning for image recognition|J. Doe and R. Roe|2016
||A Book of Many Parts|K. Poe|2001
2001.08361||Scaling laws for antennas|J. Doe|2020'
is 'acmart: the year beside the authors' "$(references 2613.01005)" \
	'|10.1145/1234.5678|Sparse matrices in practice|Jane Doe and R. Roe. 2007|2007
||A Book of Many Parts|K. Poe. 2020|2020'
is 'TeX with errors' "$(references 2613.01006 | head -n 1)" \
	'||A title that stays whole|J. Doe|1999'

# Other styles: a line of blocks, "|" between them, for each; italics between
# "_", what LaTeXML knows to be a title between "~".
styles() {
	echo '<html><article class="ltx_document"><ul>'
	sed 's/_\([^_]*\)_/<em class="ltx_font_italic">\1<\/em>/g
	s/~\([^~]*\)~/<span class="ltx_bib_title">\1<\/span>/g
	s/|/<\/span><span class="ltx_bibblock">/g
	s/.*/<li class="ltx_bibitem"><span class="ltx_bibblock">&<\/span><\/li>/'
	echo '</ul></article></html>'
}
styles >"$T/root/html/2613.01011" <<'END'
Doe, J., Roe, R.: Learning of wild things.|Comput. Math. Appl. 12(3), 436–444 (2015).
Doe, J., et al.: Learning of wild things. In: Proceedings of the 12th Conference, pp. 1–5. Springer (2015)
Doe, J. _et al._ Learning of wild things. _Nature_ 521, 436 (2015).
Doe, J., Roe, R., & Poe, K. 2015, ApJ, 800, 1900
Doe J., 2015b, MNRAS, 450, 1234
OpenAI.|GPT-4 technical report, 2023.|URL somewhere.
K. Poe.|Tides, waves and sand, March 2019a.
J. Doe.|The Games of London, Paris and 2012.|Verlag, 2013.
J. Doe|Works of Math. Second Series|150, 1999.
J. Doe|~In the deep. Part One~|Verlag, 2014.
J. Doe, ~Two in one~, 2016.
END
is 'springer, Nature, astronomers; years that end no title; what is one' \
	"$(references 2613.01011)" \
	'||Learning of wild things|Doe, J., Roe, R|2015
||Learning of wild things|Doe, J., et al|2015
||Learning of wild things|Doe, J. et al|2015
||||2015
||||2015
||GPT-4 technical report|OpenAI|2023
||Tides, waves and sand|K. Poe|2019
||The Games of London, Paris and 2012|J. Doe|2013
||||1999
||In the deep. Part One|J. Doe|2014
||Two in one|J. Doe|2016'

in='{"id":"2613.01001","x":12345678901234567890,"code":["https://example.org/old"],"references":[1],"z":1e400}
{"id":"2613.01002"}
{"id":"2613.01004"}
{"id":"2613.01005"}
'
is 'affiliations, code, figure; what is ours is replaced, all else as it was' \
	"$(printf %s "$in" | enrich | sed 's/"references":\[[^]]*\]/"references":[..]/; s/127.0.0.1:[0-9]*/HOST/')" \
	'{"id":"2613.01001","x":12345678901234567890,"z":1e400,"references":[..],"affiliations":["Institute of Examples, Testville"],"code":["https://example.org/old","https://github.com/example/sparse"],"figure":{"url":"http://HOST/html/overview.png","caption":"An overview of $x^{2}$ experts."}}
{"id":"2613.01002","references":[..],"affiliations":["Institute of Examples, Testville","University of Samples"]}
{"id":"2613.01004","references":[..],"affiliations":["Institute of Examples, Testville","University of Samples"]}
{"id":"2613.01005","references":[..],"affiliations":["Institute of Examples, Testville, Nowhere","University of Samples, Nowhere"]}'

{
	echo '<html><article class="ltx_document"><div class="ltx_authors">'
	printf '<span class="ltx_role_affiliation">%s</span>\n' \
	    '* † Institute of Examples, Testville;' '(2) École of Samples ,'
	echo '</div></article></html>'
} >"$T/root/html/2613.01012"
is 'places, without the signs around them' \
	"$(echo '{"id":"2613.01012"}' | enrich | jq -c .affiliations)" \
	'["Institute of Examples, Testville","École of Samples"]'

# Papers without a page, and those that nobody asks about.
forget_requests
in='{"id":"2613.01001","score":{"relevance":3}}
{"id":"2613.01001","score":{"relevance":3},"match":{"authors":["A"]}}
{"id":"2613.09999","score":{"relevance":8}}
{"id":"mine"}
{"id":"math/0613001","screen":{"keep":false}}
'
printf %s "$in" | enrich --min-relevance 5 --report "$T/report" \
	>"$T/out" 2>"$T/err"
is '404: there is no page yet; --min-relevance spares requests' "$?" 0
is '  which is told' "$(cat "$T/err")" \
	'arxiv-fetch: 2613.09999: arXiv has no HTML of it, or not yet'
is '  the papers that are of interest are asked about' "$(requests)" \
	'/html/2613.01001 /html/2613.09999'
is '  all come out' "$(jq -r '"\(.id) \(.references | length)"' "$T/out")" \
	'2613.01001 0
2613.01001 5
2613.09999 0
mine 0
math/0613001 0'
like '  and are counted' "$(cat "$T/report")" \
	'*"in":5,"out":5,*"enriched":{"by":"html","known":1,"unknown":2,"unanswered":0,"unasked":2},"exit":0}'

# What is kept is asked for once; what is no good is not kept.
kept() {
	echo '{"id":"2613.01001"}' | arxiv-fetch --base-url "$URL" --now "$NOW" \
	    --cache "$T/cache" --pace 0 --retries 0 --enrich html
}
# A page that is cut off, one of another kind, an error under 200.
head -c 2000 "$FIXTURES/html/2613.01001" >"$T/root/cut.html"
echo '<html><body><form>Log in</form></body></html>' >"$T/root/login.html"
echo '<html><body><h1>No HTML for 2613.01001</h1></body></html>' \
	>"$T/root/none.html"
: >"$T/root/empty.html"
for page in cut login none empty; do
	script "/html file:$page.html"
	case $page in
	cut) why='the page is cut off' ;;
	*) why='it is no paper in HTML' ;;
	esac
	out='{"id":"2613.01001"}' status=1 \
	    err="arxiv-fetch: html: 2613.01001: $why" &&
		row "$page: no paper without references" kept
done
script '/html file:login.html'
is 'one bad page is no outage: the others are asked for' \
	"$(printf '{"id":"2613.0100%d"}\n' 1 2 3 | enrich 2>/dev/null |
	    jq -c '.references | length')" '0
3
6'
script '/html 404'
is 'a page that is not there yet is asked for again' "$({
	kept
	kept
} 2>&1 | grep -o 'has no HTML\|"references"')" 'has no HTML
"references"'
rm -rf "$T/cache"
script '/html 302;Location=https://evil.example/'
kept >"$T/out" 2>"$T/err"
like 'a page that leads elsewhere' "$(cat "$T/out" "$T/err")" \
	'{"id":"2613.01001"}*redirect to another site*'
script '/html 503'
out='{"id":"2613.01001"}
{"id":"2613.01002"}' status=1 in='{"id":"2613.01001"}
{"id":"2613.01002"}
' err='arxiv-fetch: html: HTTP status 503; going on without it' &&
	row 'an outage ends no more than the asking' enrich
forget_requests
script ''
kept >"$T/first"
kept >"$T/second"
is 'a re-run is free' "$(requests)" /html/2613.01001
ok '  and the same' cmp "$T/first" "$T/second"

# Lists as long as no paper has them, and markup that goes nowhere.
awk 'BEGIN {
	print "<html><body><article class=\"ltx_document\"><ul>"
	for (i = 0; i < 10020; i++)
		printf "<li class=\"ltx_bibitem\"><span class=\"ltx_bibblock\">A. Doe.</span><span class=\"ltx_bibblock\">Work of number %d.</span></li>\n", i
	print "</ul></article></body></html>"
}' >"$T/root/html/2613.01007"
is '10,000 references, the rest is told' "$(echo '{"id":"2613.01007"}' |
	enrich 2>&1 | jq -rR 'if startswith("{") then fromjson |
	    "\(.references | length) \(.references[9999].title)" else . end')" \
	'arxiv-fetch: 2613.01007: 20 references more than the first 10000 are left out
10000 Work of number 9999'
awk 'BEGIN {
	printf "<html><body><article class=\"ltx_document\"><ul><li class=\"ltx_bibitem\"><span class=\"ltx_bibblock\">A. Doe.</span><span class=\"ltx_bibblock\">"
	for (i = 0; i < 100000; i++)
		printf "words and "
	printf "</span></li></ul>"
	for (i = 0; i < 20000; i++)
		printf "<div><span><em class=\"ltx_font_italic\">"
	print "</article></body></html>"
}' >"$T/root/html/2613.01008"
is 'a title of a megabyte, and 60,000 elements within each other' \
	"$(references 2613.01008)" '||||'
printf '<html><article class="ltx_document"><figure class="ltx_figure"><img src="https://evil.example/x.png"><img src="//evil.example/y.png"></figure><figure class="ltx_figure"><img src="javascript:alert(1)"><img src="data:x,y"></figure><a href="javascript:alert(1)//github.com/a/b">x</a></article></html>' \
	>"$T/root/html/2613.01009"
is 'images and links that lead elsewhere are not taken' \
	"$(echo '{"id":"2613.01009"}' | enrich)" \
	'{"id":"2613.01009"}'
printf '<html><article class="ltx_document"><ul><li class="ltx_bibitem"><span class="ltx_bibblock">A\000B \377\376 “Two words\033[31m,” 2001</span></li></ul></article></html>' \
	>"$T/root/html/2613.01010"
ok 'bytes that are no text: still a record' sh -c \
	'echo "{\"id\":\"2613.01010\"}" | "$@" | jq -e .references' sh \
	arxiv-fetch --base-url "$URL" --no-cache --pace 0 --enrich html

# Semantic Scholar fills in where no page did.
script '/graph 200;body=[{"authors":[],"references":[{"title":"On\u005fwings","year":2001,"externalIds":{"DOI":"10.1/AB","ArXiv":"1706.03762v2"},"authors":[{"name":"Ada"},{"name":"Ben"}]},{"title":null}]}]'
is 'Semantic Scholar has references as well' "$(echo '{"id":"2613.00001"}' |
	arxiv-fetch --base-url "$URL" --no-cache --pace 0 --enrich s2 |
	jq -c .references)" \
	'[{"arxiv":"1706.03762","doi":"10.1/ab","title":"On_wings","authors":"Ada, Ben","year":2001},{}]'
script '/graph 200;body=[{"authors":[],"references":[{"title":"Other"}]}]'
is '  but those of the page stay' "$(echo '{"id":"2613.00001","references":[7]}' |
	arxiv-fetch --base-url "$URL" --no-cache --pace 0 --enrich s2 |
	jq -c .references)" '[7]'
{
	printf '[{"authors":[],"references":[{}'
	awk 'BEGIN { for (i = 2; i <= 10003; i++) printf ",{\"year\":%d}", i }'
	echo ']}]'
} >"$T/root/long.json"
script '/graph file:long.json'
is '  10,000 of them, and it is told that there are more' \
	"$(echo '{"id":"2613.00001"}' |
	arxiv-fetch --base-url "$URL" --no-cache --pace 0 --enrich s2 2>&1 |
	jq -rR 'if startswith("{") then fromjson |
	    "\(.references | length) \(.references[9999].year)" else . end')" \
	'arxiv-fetch: 2613.00001: references beyond the first 10000 are left out
10000 10000'
err="arxiv-fetch: --min-relevance does not go with the other options
try 'arxiv-fetch --help'" status=2 &&
	row '--min-relevance is of --enrich' arxiv-fetch --min-relevance 3 cs.LG
done_testing
