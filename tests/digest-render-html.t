#!/bin/sh
# digest-render -f html: what the page is made of, whatever the records hold.
. "$(dirname "$0")/lib.sh"
fixtures=$SRCDIR/tests/fixtures/digest-render

render() {
	digest-render -f html --now 2025-10-17T06:00:00Z "$@"
}
check_page() {
	"$PYTHON" "$SRCDIR/tests/browser/page_check.py" "$@"
}
page_text() {
	"$PYTHON" "$SRCDIR/tests/browser/page_text.py" "$@"
}

"$PYTHON" -c 'import html5lib' 2>/dev/null ||
    skip "HTML by another parser" "no python3-html5lib here"

# Nothing that came from the network becomes markup.
for view in day week month index list; do
	for tex in unicode raw katex; do
		render --view $view --tex $tex --group-by topic --prompt \
		    --report "$fixtures/hostile.report.jsonl" \
		    --prev 'P"><script>=p?a=1&b=2' --up "U'=u" --next 'N=n' \
		    --feed 'F"><script>=f?a=1&b=2' --feed J=f.json \
		    "$fixtures/hostile.jsonl" >"$T/$view.$tex.html"
		katex=
		[ $tex = katex ] && katex=--katex
		# shellcheck disable=SC2086
		ok "hostile records, $view, $tex: only our own markup" \
		    check_page $katex "$T/$view.$tex.html"
	done
done
sed 's/<article /<article onclick="x()" /' "$T/day.raw.html" >"$T/bad.html"
is "  the check finds an event handler" \
    "$(status_of check_page "$T/bad.html")" 1
sed 's/<main /<script>x()<\/script><main /' "$T/day.raw.html" >"$T/bad.html"
is "  the check finds a script" "$(status_of check_page "$T/bad.html")" 1

is "a feed is linked for programs" \
    "$(grep '^<link rel="alternate"' "$T/day.raw.html")" \
    '<link rel="alternate" type="application/atom+xml" title="F&quot;&gt;&lt;script&gt;" href="f?a=1&amp;b=2">
<link rel="alternate" type="application/feed+json" title="J" href="f.json">'
is "  and for people" "$(grep '^<p>Feeds: ' "$T/day.raw.html")" \
    '<p>Feeds: <a href="f?a=1&amp;b=2">F&quot;&gt;&lt;script&gt;</a> · <a href="f.json">J</a></p>'

# A prompt is Markdown.
cat >"$T/report" <<'REPORT'
{"tool":"llm-score","in":1,"exit":0,"prompt":{"system":"Be *brief*.","user":"## Head\n\ntwo **bold** lines\nof `a < b`\n\n- one\n  - inner\n- two * 3\n\n1. first\n2. second\n\n> quoted\n> on\n\n```\n- <raw>\n```\n**open"}}
REPORT
echo '{"id":"2599.00001","title":"T"}' >"$T/one"
render --prompt --report "$T/report" "$T/one" |
    sed -n '/<h3>System/,/<\/details>/p' >"$T/prompt"
cat >"$T/wanted" <<'WANTED'
<h3>System Prompt</h3>
<div class="quoted">
<p>Be <em>brief</em>.
</p>
</div>
<h3>User Prompt</h3>
<div class="quoted">
<h4>Head</h4>
<p>two <strong>bold</strong> lines
of <code>a &lt; b</code>
</p>
<ul>
<li class="d0"><span>-</span> one</li>
<li class="d1"><span>-</span> inner</li>
<li class="d0"><span>-</span> two * 3</li>
<li class="d0"><span>1.</span> first</li>
<li class="d0"><span>2.</span> second</li>
</ul>
<blockquote><p>quoted
on
</p></blockquote>
<pre><code>- &lt;raw&gt;
</code></pre>
<p>**open
</p>
</div>
</details>
WANTED
ok "the prompt's Markdown" diff "$T/wanted" "$T/prompt"
{
	printf '{"tool":"llm-score","in":1,"exit":0,"prompt":{"system":'
	printf '"##### Deep\\r\\n###### Deeper\\r\\nlast\\r\\n**'
	head -c 3000 /dev/zero | tr '\0' x
	printf '**"}}\n'
} >"$T/report2"
render --prompt --report "$T/report2" "$T/one" |
    sed -n '/<h3>System/,/<\/details>/p' | sed 's/xxx*/x/' >"$T/prompt"
cat >"$T/wanted" <<'WANTED'
<h3>System Prompt</h3>
<div class="quoted">
<h6>Deep</h6>
<h6>Deeper</h6>
<p>last
**x**
</p>
</div>
</details>
WANTED
ok "deep headings, other ends of lines, emphasis without end" \
    diff "$T/wanted" "$T/prompt"
is "no prompt without --prompt" \
    "$(render --report "$T/report" "$T/one" | grep -c 'Selection Prompt')" 0

# Links beside the page.
nav() {
	render "$@" "$T/one" | sed -n '/<nav/,/<\/nav/p' | sed 1d\;\$d
}
is "a date is named" "$(nav --prev 2025-10-16=16.html)" \
    '<a class="prev" rel="prev" href="16.html">Previous Day <b>2025-10-16</b></a>'
is "a label that says all" "$(nav --up 'Monthly Overview 2025-10=../')" \
    '<a class="up" href="../">Monthly Overview <b>2025-10</b></a>'
is "a label without a date" "$(nav --next 'On & on=n?a=1&b=2')" \
    '<a class="next" rel="next" href="n?a=1&amp;b=2">On &amp; on</a>'

# Which papers stand first, and where the others do.
{
	for n in 1 2 3 4 5 6; do
		printf '{"id":"2599.0000%s","title":"T%s","abstract":"%s","score":{"relevance":%s,"novelty":8}}\n' \
		    $n $n "$(printf 'A%.0s é' $(seq 100))" $((n % 3 + 8))
	done
	echo '{"id":"2599.00007","title":"T7","score":{"relevance":3,"novelty":2},"match":{"authors":["A"]}}'
	echo '{"id":"2599.00008","title":"T8"}'
} >"$T/ranked"
# shape prints cards, headings and rows, each in a word.
shape() {
	sed -n 's/^<article class="\([a-z]\).*id="p-2599.0000\([0-9]\)".*/\1\2/p
	    s/^<h2>\([A-Za-z][^<]*[^< ]\) *<span>(\([^)]*\)).*/[\1 \2]/p' |
	    tr '\n' ' '
}
render "$T/ranked" >"$T/ranked.html"
ok "a day of eight papers" check_page "$T/ranked.html"
is "  followed authors and the best first, then by relevance" \
    "$(shape <"$T/ranked.html")" \
    'c7 c2 c5 [Relevance 9 2] r1 r4 [Relevance 8 2] r3 r6 [Without a score 1] r8 '
is "  three in all" "$(grep -o '>[^>]* to read first' "$T/ranked.html")" \
    '>3 to read first'
ok "  what nobody commented on tells how its abstract begins" \
    grep -q '<span class="gist">Aé.* é…</span>\|<span class="gist">A.*é…</span>' \
    "$T/ranked.html"
is "  in an order that was asked for" \
    "$(render --keep-order "$T/ranked" | shape)" \
    'c1 c2 c3 [The others 5] r4 r5 r6 r7 r8 '
is "  chosen papers are a list" \
    "$(head -n 2 "$T/ranked" | render --view list | shape)" \
    '[Papers 2] r2 r1 '
is "  three papers need no rows" "$(head -n 3 "$T/ranked" | render | shape)" \
    'c2 c1 c3 '
sed 's/"title":"T[12345]"/&,"match":{"authors":["A"]}/' "$T/ranked" >"$T/followed"
is "  more than three where more are followed" \
    "$(render "$T/followed" | shape)" \
    'c2 c5 c1 c4 c3 c7 [Relevance 8 1] r6 [Without a score 1] r8 '
is "  a page of topics has the best of all first" "$(sed \
    's/"novelty":8/&,"topics":["moe"]/; /T5/s/moe/cache/' "$T/ranked" |
	render --group-by topic | shape)" \
    'c7 c2 c5 [Other 2] r8 [moe 5] r1 r4 r3 r6 '

# Other sites, and the words that let a paper through.
sites() {
	render "$@" "$T/ranked" | sed -n '/p-2599.00001"/,/<.article>/p' |
	    grep -o 'https://[a-z.]*' | sort -u | tr '\n' ' '
}
is "links to other sites" "$(sites)" \
    'https://api.semanticscholar.org https://arxiv.org https://huggingface.co https://www.alphaxiv.org '
is "  to some" "$(sites --elsewhere alphaxiv)" \
    'https://arxiv.org https://www.alphaxiv.org '
is "  to none" "$(sites --elsewhere none)" 'https://arxiv.org '
is "  old ids are not everywhere" "$(echo '{"id":"hep-th/9901001"}' | render |
    grep -c huggingface)" 0
err='digest-render: --elsewhere: x: there are alphaxiv, semanticscholar, huggingface and none
try '"'digest-render --help'" status=2 row "  a site that nobody knows" digest-render --elsewhere x
paper-filter -k 'mo.s' -k caf >"$T/matched" <<'END'
{"id":"2599.00001","title":"MoEs & Mo<s","abstract":"Mo<s of cafés, of $a_{mo<s}$","comment":"moes","score":{"relevance":9,"novelty":8,"comment":"On MoEs"}}
END
render --tex raw "$T/matched" >"$T/marked.html"
ok "matched words are marked, safely" check_page "$T/marked.html"
is "  in title, abstract and comments, but in no formula" \
    "$(grep -c '<mark>' "$T/marked.html") $(grep -o '<mark>[^/]*</mark>' \
	"$T/marked.html" | sort | uniq -c | tr -d ' ' | tr '\n' ' ')" \
    '5 2<mark>Mo&lt;s</mark> 3<mark>MoEs</mark> 1<mark>cafés,</mark> 1<mark>moes</mark> '

# A month: its days, the best of each group, every paper.
{
	for n in 1 2 3 4 5 6 7; do
		printf '{"id":"2599.0000%s","title":"T%s","announced":"2025-10-0%s","categories":["cs.LG"],"primary_category":"cs.LG","score":{"relevance":9,"novelty":8,"topics":["moe"]}}\n' \
		    $n $n $((n % 3 + 1))
	done
	echo '{"id":"2599.00008","title":"Undated","score":{"relevance":9,"novelty":8,"topics":["hpc"]}}'
} >"$T/papers"
for n in 1 2 3 4 5 6 7 8; do
	printf '{"tool":"arxiv-fetch","exit":0,"feeds":[{"category":"cs.LG","status":"ok","entries":9,"kept":9,"announced":"2025-10-0%s"}],"arxiv_total":9}\n{"tool":"llm-score","in":9,"exit":75,"health":"outage","model":"m","cost":{"input":0.1,"output":0.2,"total":0.3},"errors":{"auth":9}}\n' \
	    $n >"$T/run$n"
done
set --
for n in 1 2 3 4 5 6 7 8; do
	set -- "$@" --report "$T/run$n"
done
render --view month --date 2025-10 "$@" "$T/papers" >"$T/month.html"
ok "a month" check_page "$T/month.html"
is "  the top ten as cards" "$(grep -c '<article class="card"' "$T/month.html")" 8
is "  each with its day" "$(grep -c '<span class="day">' "$T/month.html")" 7
is "  each day once in the calendar, with its outage" \
    "$(grep -c '<td class="h[0-9] broken" data-day="2025-10-0[1-8]"><a href="2025-10-0[1-8].html">' \
	"$T/month.html")" 8
is "  two charts" "$(grep -c '<figure class="bars">' "$T/month.html")" 2
is "  the worst notices first, the rest folded" \
    "$(grep -c '<summary>[0-9]* more</summary>' "$T/month.html")" 1
for n in 11 12 13 14 15 16 17 18; do
	printf '{"id":"2599.000%s","title":"T%s","announced":"2025-10-03","primary_category":"cs.LG","score":{"relevance":8,"novelty":7,"topics":["moe"]}}\n' \
	    $n $n
done >>"$T/papers"
for view in week month; do
	render --view $view "$T/papers" >"$T/many.html"
	is "  of a $view the others in rows, by topic, with their counts" \
	    "$(grep -c '<article class="card"' "$T/many.html") $(grep -c '<article class="row"' "$T/many.html") $(grep '<h2>moe' "$T/many.html")" \
	    '10 6 <h2>moe <span>(15)</span></h2>'
done
is "  or by category" "$(render --view month --group-by category "$T/papers" |
    grep '<h2>cs.LG')" '<h2>cs.LG <span>(15)</span></h2>'
render --view index "$T/papers" >"$T/index.html"
ok "an index" check_page "$T/index.html"
is "  links its months" \
    "$(grep -o '<a href="2025/10/index.html"><b>October 2025</b>' \
	"$T/index.html")" '<a href="2025/10/index.html"><b>October 2025</b>'
# held PAGE: the papers that it has for the search.
held() {
	"$PYTHON" "$SRCDIR/tests/browser/index_papers.py" "$1"
}
is "  and has every paper for the search" \
    "$(held "$T/index.html" | jq -r '.[2]' | sort | tr '\n' ' ')" \
    "2599.00001 2599.00002 2599.00003 2599.00004 2599.00005 2599.00006 2599.00007 2599.00008 2599.00011 2599.00012 2599.00013 2599.00014 2599.00015 2599.00016 2599.00017 2599.00018 "
cat >"$T/papers.json.jq" <<'JQ'
.papers[] | [.announced // "", ([.score.relevance, .score.novelty] |
    map(. // "-" | tostring) | join(" ")), .id, .title, .authors,
    .why, .topics]
JQ
for papers in day hostile; do
	digest-render --view index --template "$T/papers.json.jq" \
	    "$fixtures/$papers.jsonl" | jq -cS . | sort >"$T/wanted"
	render --view index "$fixtures/$papers.jsonl" >"$T/index.html"
	held "$T/index.html" | jq -cS '.[:7]' | sort >"$T/held"
	ok "  as it is: $papers" diff "$T/wanted" "$T/held"
done
# More words than all classes but the last have numbers, and pairs of words.
awk 'BEGIN { for (i = 0; i < 3000; i++) {
	printf "{\"id\":\"x%d\",\"announced\":\"2025-10-%02d\",\"title\":\"A large language model, a large language\",\"score\":{\"relevance\":9,\"novelty\":8},\"categories\":[\"cs.LG\",\"a b\"],\"authors\":[\"", i, i % 28 + 1
	for (k = 0; k < 25; k++)
		printf "%sw%xé \\\\%x", k ? " <" : "", i * 25 + k, k * 3001 + i
	print "\"]}"
} }' >"$T/words"
render --view index --tex raw "$T/words" >"$T/index.html"
held "$T/index.html" | jq -c '.[2:8]' | sort >"$T/held"
jq -c '[.id, .title, .authors, "", [], .categories]' "$T/words" | sort >"$T/wanted"
ok "an index of very many words holds each" cmp "$T/wanted" "$T/held"
# Words that are frequent, in more pairs than there is room for at first; days
# without a page, papers without a score.
awk 'BEGIN { for (i = 0; i < 200; i++) {
	printf "{\"id\":\"x%d\",\"announced\":\"2025-10-01\",\"title\":\"", i
	for (k = 0; k < 40; k++)
		printf "%sw%d", k ? " " : "", (i * k + k * k) % 61
	print "\"}"
} }' >"$T/words"
echo '{"tool":"paperround","date":"2025-10-03","result":"holiday","exit":0}' >"$T/holiday"
render --view index --report "$T/holiday" "$T/words" >"$T/index.html"
held "$T/index.html" | jq -c '.[1:4]' | sort >"$T/held"
jq -c '["- -", .id, .title]' "$T/words" | sort >"$T/wanted"
ok "an index of very many pairs holds each" cmp "$T/wanted" "$T/held"
like "  whose latest day is one that has a page" "$(cat "$T/index.html")" \
    '*The latest day is <a href="2025/10/2025-10-01.html">2025-10-01</a>*'

# What is left out, whom one follows, and abstracts where nobody judged.
for n in 1 2 3 4 5 6 7; do
	printf '{"id":"2599.0000%s","title":"T%s","authors":["A B"],"match":{"authors":["A B"]},"score":{"relevance":9,"novelty":9}}\n' $n $n
done >"$T/followed"
render "$T/followed" >"$T/a.html"
ok "more by followed authors than are read first: a group" grep -q \
    '<h2>Authors you follow <span>(1)</span></h2>' "$T/a.html"
render --min-relevance 1 --top 7 "$T/followed" "$fixtures/day.jsonl" >"$T/a.html"
like "the head tells what --top left out" \
    "$(grep 'class="sum"' "$T/a.html")" '<p class="sum"><b>8 of 13 papers*'
cat >"$T/r" <<'X'
{"tool":"arxiv-fetch","out":0,"feeds":[{"category":"cs.LG","status":"failed","entries":0}],"arxiv_total":0,"exit":75}
{"tool":"llm-score","in":0,"out":0,"health":"ok","exit":0}
X
is "  and of how many, where that is not known, nothing" \
    "$(render --report "$T/r" </dev/null 2>/dev/null | grep 'class="sum"')" \
    '<p class="sum"><b>– papers</b></p>'
jq -nc '{id:"2599.00001",title:"T",abstract:("x" + "é"*400)}' |
    render >"$T/a.html"
like "an abstract is cut between characters" \
    "$(grep '<span class="gist">' "$T/a.html" | iconv -f UTF-8 -t UTF-8)" \
    '<span class="gist">xéé*éé…</span>'

# The same page every time, and a page of very little.
render "$T/papers" >"$T/a.html"
SOURCE_DATE_EPOCH=1760680800 digest-render -f html "$T/papers" >"$T/b.html"
ok "the same bytes from SOURCE_DATE_EPOCH as from --now" \
    cmp "$T/a.html" "$T/b.html"
echo '{"id":"x"}' | render >"$T/a.html"
ok "a record that has only an id" check_page "$T/a.html"
render --report "$T/run1" /dev/null >"$T/a.html"
ok "no record, only a report" check_page "$T/a.html"
ok "  in an outage nothing is known, and what to do next is" sh -c '
	grep -q "<b>– papers</b>" "$1" && grep -q "Run it again later" "$1"' \
    sh "$T/a.html"
ok "  which says what it is" grep -q '<div class="verdict">' "$T/a.html"

# The real thing.
if have_shared; then
	for day in "$SHARED"/golden/2*; do
		date=${day##*/}
		render --keep-order --min-relevance 1 --min-novelty 1 --prompt \
		    --date "$date" --report "$day/report.jsonl" \
		    "$day/papers.jsonl" >"$T/$date.html"
		ok "golden $date" check_page "$T/$date.html"
	done
	day=$SHARED/golden/2025-10-17
	render --tex raw --keep-order --min-relevance 1 --min-novelty 1 \
	    --prompt --date 2025-10-17 --report "$day/report.jsonl" \
	    --prev 2025-10-16=16.html --up 2025-10=index.html \
	    --next 2025-10-20=20.html "$day/papers.jsonl" >"$T/seed.html"
	# In one line the original lost two backticks to its Markdown.
	ok "the page of 2025-10-17 holds every line of the seed, in order" \
	    page_text "$T/seed.html" "$SHARED/seeds/page-2025-10-17.txt" 1
else
	skip "golden days as web pages" "no ../shared/golden"
fi

done_testing
