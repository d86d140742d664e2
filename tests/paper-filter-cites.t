#!/bin/sh
# SPDX-License-Identifier: ISC
# paper-filter --cites: what a paper cites of the reader's library, and what
# the other tools make of it.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/paper-filter.sh"

cat >"$T/library" <<'X'
{"id":"1706.03762","title":"Attention Is All You Need","authors":["Ashish Vaswani","Noam Shazeer"],"year":2017}
{"id":"hep-th/9901001","title":"Branes","authors":["Jane van der Berg"]}

{"id":"10.1000/XYZ.1","title":"On the Erd\\H{o}s--Ko theorem","authors":["Paul Erdős"],"doi":"10.1000/XYZ.1","year":1961}
{"id":"smith01","title":"Introduction to sea ice","authors":["..","Ann Smith"],"year":2001}
{"id":"jones05","title":"Introduction to Sea Ice","authors":["Bo Jones"],"published":"2005-02-01T00:00:00Z"}
X
# paper ID REFERENCE ..
paper() {
	id=$1
	shift
	printf '{"id":"%s","title":"A paper","references":[' "$id"
	(IFS=,; printf '%s' "$*")
	echo ']}'
}
# cited: which entries each paper of stdin cites
cited() {
	paper-filter --cites "$T/library" "$@" |
	    jq -r '"\(.id) \([.match.cites[]?.id] | join(" "))"'
}
{
	paper id '{"arxiv":"1706.03762v5"}' '{"arxiv":"arXiv:1706.03762"}'
	paper old '{"arxiv":"hep-th/9901001"}'
	paper doi '{"doi":"10.1000/xyz.1"}'
	paper resolver '{"doi":"https://doi.org/10.1000/XYZ.1"}'
	paper title '{"title":"On the Erdős-Ko Theorem.","authors":"P. Erdos"}'
	paper year '{"title":"attention is ALL you need","year":2017}'
	paper order '{"doi":"10.1000/xyz.1"}' '{"arxiv":"1706.03762"}'
	paper arxivs '{"doi":"10.48550/arxiv.1706.03762"}'
} >"$T/p"
is 'ids of any version, DOIs, titles: each entry once, as the library has them' \
	"$(cited "$T/p")" 'id 1706.03762
old hep-th/9901001
doi 10.1000/XYZ.1
resolver 10.1000/XYZ.1
title 10.1000/XYZ.1
year 1706.03762
order 1706.03762 10.1000/XYZ.1
arxivs 1706.03762'
is '  with the title it has there' "$(paper-filter --cites "$T/library" \
	"$T/p" | jq -c 'select(.id == "doi").match.cites')" \
	'[{"id":"10.1000/XYZ.1","title":"On the Erd\\H{o}s--Ko theorem"}]'
{
	paper one '{"title":"Branes","authors":"J. van der Berg"}'
	paper bare '{"title":"Attention is all you need"}'
	paper others '{"title":"Attention is all you need","authors":"V. Aswani, N. Shazeers","year":2018}'
	paper longer '{"title":"Attention is all you need now","year":2017}'
	paper nothing '{}' 7 '{"arxiv":5,"doi":null,"title":["x"]}' '{"arxiv":""}'
	echo '{"id":"none","title":"t"}'
	echo '{"id":"odd","title":"t","references":{"arxiv":"1706.03762"}}'
} >"$T/not"
is 'no title of one word, none without an author or the year' \
	"$(cited "$T/not")" 'one 
bare 
others 
longer 
nothing 
none 
odd '
is 'of two entries of one title, the one that agrees' "$({
	paper a '{"title":"Introduction to sea ice","authors":"Smith, A."}'
	paper b '{"title":"Introduction to sea ice","authors":"B. JONES"}'
	paper c '{"title":"Introduction to sea ice","year":2005}'
} | cited)" 'a smith01
b jones05
c jones05'
is 'a paper does not cite itself, by id or by title and author' "$({
	paper 1706.03762 '{"arxiv":"1706.03762"}' '{"arxiv":"hep-th/9901001"}'
	echo '{"id":"x","title":"Introduction to sea ice","authors":["A. Smith"],"references":[{"title":"Introduction to sea ice","year":2001}]}'
} | cited)" '1706.03762 hep-th/9901001
x '
# Of 10,000 entries of one title only the first few are looked at.
awk 'BEGIN {
	for (i = 0; i < 10000; i++)
		printf "{\"id\":\"e%d\",\"title\":\"Untitled note\",\"year\":%d}\n",
		    i, i < 20 ? 1900 + i : 2000
}' >"$T/namesakes"
is 'many entries of one title' "$({
	paper first '{"title":"Untitled note","year":1919}'
	paper last '{"title":"Untitled note","year":2000}'
} | paper-filter --cites "$T/namesakes" |
	jq -r '"\(.id) \([.match.cites[]?.id] | join(" "))"')" 'first e19
last e20'
echo '{"id":"2510.13999"}' >"$T/one"
is 'an arXiv id is no DOI, though it may look like one inside' \
	"$(paper 2410.13999 '{"arxiv":"2510.13999"}' '{"doi":"10.13999"}' |
	    paper-filter --cites "$T/one" | jq -c .match)" \
	'{"cites":[{"id":"2510.13999"}]}'

paper many '{"doi":"10.1000/xyz.1"}' >"$T/many"
echo '{"id":"no","title":"moe","score":{"relevance":9}}' >>"$T/many"
echo '{"id":"low","title":"t","score":{"relevance":1},"references":[{"arxiv":"1706.03762"}]}' >>"$T/many"
out='many low' && row 'what cites the library needs no keyword' \
	ids --cites "$T/library" -k zzz "$T/many"
out='many no low' && row '  and no score' \
	ids --cites "$T/library" --min-relevance 5 "$T/many"
out='no low' && row '  but to pass all other tests' \
	ids --cites "$T/library" -w '.id != "many"' "$T/many"
is '  also where an earlier run found it' "$(paper-filter --cites \
	"$T/library" "$T/many" | ids -k zzz)" 'many low'
is '  but is nobody whom one follows' "$(paper-filter --cites "$T/library" \
	-a 'Ann Smith' --require-author "$T/many" 2>/dev/null)" ''
is 'matches of an earlier run stay, and each is there once' \
	"$(paper-filter --cites "$T/library" "$T/many" |
	    sed 's/"match":{/"match":{"authors":["A B"],"mine":1,/' |
	    paper-filter --cites "$T/library" --top 1 | jq -c .match)" \
	'{"authors":["A B"],"mine":1,"cites":[{"id":"10.1000/XYZ.1","title":"On the Erd\\H{o}s--Ko theorem"}]}'

printf '%s\n' '{"id":"a","title":"One of all"}' '{"id":' '@article{x,' >"$T/bad"
err="paper-filter: $T/bad:2: cut short
paper-filter: $T/bad:3: not a JSON object" out='many no low' &&
	row 'lines that are no records are told, the rest goes on' \
	ids --cites "$T/bad" "$T/many"
printf '%s\n' 1 2 3 4 5 >>"$T/bad"
err="paper-filter: $T/bad:2: cut short
paper-filter: $T/bad:3: not a JSON object
paper-filter: $T/bad:4: not a JSON object
paper-filter: $T/bad: 7 lines in all are no records" out='many no low' &&
	row '  but no page is filled with them' ids --cites "$T/bad" "$T/many"
echo '@article{x,}' >"$T/bib"
err="paper-filter: $T/bib:1: not a JSON object
paper-filter: $T/bib: no paper in it; \"library FILE\" makes records of BibTeX, RIS, CSL-JSON and lists of ids" \
	status=2 && row 'BibTeX itself is no library' ids --cites "$T/bib" "$T/many"
err="paper-filter: $T/gone: No such file or directory" status=2 &&
	row '  nor what is not there' ids --cites "$T/gone" "$T/many"

# 10,000 references, of which the last is one of 5,000 entries.
awk 'BEGIN {
	for (i = 0; i < 5000; i++)
		printf "{\"id\":\"2001.%05d\",\"title\":\"Work number %d\"}\n", i, i
}' >"$T/large"
awk 'BEGIN {
	printf "{\"id\":\"long\",\"title\":\"t\",\"references\":["
	for (i = 0; i < 9999; i++)
		printf "{\"title\":\"Work number %d\",\"year\":1999},", i
	print "{\"arxiv\":\"2001.04999\"}]}"
}' >"$T/long"
is 'a long list against a large library' "$(paper-filter --cites "$T/large" \
	"$T/long" | jq -c .match)" \
	'{"cites":[{"id":"2001.04999","title":"Work number 4999"}]}'
# No reader waits for what a hostile page has in it.
awk 'BEGIN {
	printf "{\"id\":\"x\",\"references\":[{\"doi\":\""
	for (i = 0; i < 900000; i++)
		printf "10. "
	print "\"},{\"arxiv\":\"2001.00007\"}]}"
}' | paper-filter --cites "$T/large" | jq -c .match.cites[].id >"$T/hostile"
is 'what is no DOI by its length alone' "$(cat "$T/hostile")" '"2001.00007"'

# What comes after.
{
	printf '%s' '{"id":"2511.00001","title":"Plain","score":{"relevance":9,"novelty":8}}
{"id":"2511.00002","title":"Citing","abstract":"We route tokens to experts.","authors":["A"],"score":{"relevance":8,"novelty":8},"match":{"cites":[{"id":"1","title":"A <b> & c"},{"id":"2","title":"Two"},{"id":"three"},{"id":"4","title":"Four"}]}}
'
} >"$T/day"
is 'a digest ranks it up' "$(digest-render -f jsonl "$T/day" | jq -r .id)" \
	'2511.00002
2511.00001'
for f in text short markdown html email atom jsonfeed slack; do
	COLUMNS=120 digest-render -f $f --now 2025-11-03 "$T/day" >"$T/digest.$f" 2>"$T/err"
	is "  and $f tells what it is of yours" \
		"$(sed 's/&lt;\\*/</g; s/&amp;lt;/</g; s/\\u003c/</g' \
		"$T/digest.$f" | tr '\n' ' ' | tr -s ' ' |
		grep -c 'Cites 4 of yours')" 1
done
is '  three of them by name' "$(grep -o 'Cites 4.*more' "$T/digest.html")" \
	'Cites 4 of yours: A &lt;b&gt; &amp; c; Two; three; and 1 more'
is '  without titles to name, as many as there are' "$(printf '%s\n' \
	'{"id":"1","title":"T","match":{"cites":[{},{"id":""},7]}}' |
	digest-render --min-relevance 0 2>/dev/null | grep Cites)" 'Cites 3 of yours'
is 'the local judge takes it sooner, and says why' "$({
	cat "$T/day"
	sed -n 2p "$T/day" | sed 's/2511.00002/2511.00003/; s/,"match".*/}/'
} | llm-score --backend local -T 'sparse experts, plain text' 2>/dev/null |
	jq -s 'map({key: .id, value: .score}) | from_entries |
	    (."2511.00002".p > ."2511.00003".p + .01) and
	    (."2511.00002".comment | endswith(" Cites 4 of yours."))')" true
is 'a cutoff is none of its business' "$(digest-render -f jsonl \
	--min-relevance 9 "$T/day" | jq -r .id)" 2511.00001

# All the way, from a BibTeX file and the pages of papers.
cat >"$T/refs.bib" <<'X'
@article{qec, title={Quantum Error Correction in {P}ractice}, year=2007,
	author={van der Berg, Kees and Doe, Jane}, doi={10.1103/PhysRevLett.98.010505}}
@misc{attention, title={{Attention Is All You Need}}, year={2017},
	author={Vaswani, Ashish and Shazeer, Noam}, eprint={1706.03762}}
@article{scaling, title={Scaling {$p$}-adic Laws for Experts}, author={Poe, S.}}
@article{groups, title={On the cohomology of groups}, author={Richard Roe}}
@article{nobody, title={On the cohomology of rings}, author={Richard Roe}}
X
"$SRCDIR/scripts/contrib/library" "$T/refs.bib" >"$T/bib.jsonl"
. "$SRCDIR/tests/arxiv-fetch.sh"
start_arxiv
is 'BibTeX, and what the pages of papers refer to' "$(printf '{"id":"%s"}\n' \
	2613.01001 2613.01002 2613.01003 2613.01004 |
	arxiv-fetch --base-url "$URL" --no-cache --pace 0 --retries 0 \
	    --enrich html 2>"$T/err" | paper-filter --cites "$T/bib.jsonl" |
	jq -r '"\(.id) \([.match.cites[]?.id] | join(" "))"')" \
	'2613.01001 10.1103/PhysRevLett.98.010505 1706.03762 scaling
2613.01002 10.1103/PhysRevLett.98.010505
2613.01003 groups
2613.01004 '
done_testing
