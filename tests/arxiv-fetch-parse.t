#!/bin/sh
# shellcheck disable=SC1003
# --parse: saved answers of every kind, every quirk met in them, and attacks.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"

parse() {
	arxiv-fetch --parse -t all "$@"
}
# field KEY: of the papers on stdin, one a line; compact JSON.
field() {
	"$PYTHON" -c 'import json, sys
for line in sys.stdin:
    print(json.dumps(json.loads(line).get(sys.argv[1]), ensure_ascii=False))' \
	    "$1"
}
rss() {
	echo '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>x</title><pubDate>Fri, 20 Nov 2026 00:00:00 -0500</pubDate>'
	printf '%s\n' "$@"
	echo '</channel></rss>'
}
item() {
	printf '<item><title>T</title><guid>oai:arXiv.org:%s</guid>%s</item>\n' \
	    "$1" "${2-}"
}
raw() {
	echo '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-25T03:00:00Z</responseDate><ListRecords><record><header><identifier>oai:arXiv.org:2613.00001</identifier><datestamp>2026-11-20</datestamp><setSpec>cs:cs:LG</setSpec></header><metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2613.00001</id>'
	printf '%s\n' "$@"
	echo '</arXivRaw></metadata></record></ListRecords></OAI-PMH>'
}

# Quirks of the feeds.
is 'a feed that has two titles' \
    "$(rss '<title>y</title>' "$(item 2613.00001v1)" | parse | field id)" \
    '"2613.00001"'
is 'an old-style id keeps its archive' \
    "$(rss "$(item math-ph/0601001v2)" | parse | field id)" '"math-ph/0601001"'
is 'a subject class is no part of it' \
    "$(rss "$(item math.GT/0309136v1)" | parse | field url)" \
    '"https://arxiv.org/abs/math/0309136"'
is 'id and version from the guid, in any order with the link' "$(rss \
    '<item><guid>oai:arXiv.org:2613.00001v3</guid><link>https://arxiv.org/abs/2613.00001</link></item>' |
    parse | field version)" 3
is 'an item without a date has that of its channel' \
    "$(rss "$(item 2613.00001v1)" | parse | field announced)" '"2026-11-20"'
is 'commas in affiliations part no authors' "$(rss "$(item 2613.00001v1 \
    '<dc:creator>A. B (I, J (K, L)), C, D, Jr., E et al.</dc:creator>')" |
    parse | field authors)" '["A. B", "C", "D Jr.", "E"]'
is 'TeX in names stays' "$(rss "$(item 2613.00001v1 \
    '<dc:creator>Erd\H{o}s P\'"'"'al, Bj{\o}rn</dc:creator>')" |
    parse | field authors)" '["Erd\\H{o}s P\\'"'"'al", "Bj{\\o}rn"]'
is 'entities and CDATA are decoded once' "$(rss "$(item 2613.00001v1 \
    '<description>Abstract: &amp;lt; &#x3b1; <![CDATA[<b>&amp;]]></description>')" |
    parse | field abstract)" '"&lt; α <b>&amp;"'
is 'categories of other schemes are left out' "$(rss "$(item 2613.00001v1 \
    '<category>cs.LG</category><category>53D10, 53D15</category><category>cs.LG</category><category>I.2.7</category>')" |
    parse | field categories)" '["cs.LG"]'
rss "$(item 2613.00001v1 "<title>a$(printf '\001')b&#2;c</title>")" \
    "$(item 2613.00002v1 "<title>d$(printf '\377')e</title>")" >"$T/controls.xml"
out='"a b c"
"d �e"'
err="arxiv-fetch: $T/controls.xml: characters that XML forbids were replaced: 3"
row 'forbidden characters cost no record' sh -c '
	arxiv-fetch --parse "$1/controls.xml" >"$1/out" && jq -c .title "$1/out"' \
    sh "$T"
is 'C1 controls pass as they are' "$(rss "$(item 2613.00001v1 \
    '<description>Abstract: a&#x80;b</description>')" | parse |
    field abstract | od -An -tx1 | tr -d ' \n')" 2261c28062220a
is 'a title of nothing but 0' "$(rss \
    '<item><title>0</title><guid>oai:arXiv.org:2613.00001v1</guid></item>' |
    parse | field title)" '"0"'
out='2613.00002' status=1
err='arxiv-fetch: <stdin>:2: entry skipped: no arXiv id'
in=$(rss '<item><title>Nobody</title></item>' "$(item 2613.00002v1)")
row 'an item without an id is told and counted' \
    ids parse --report "$T/report"
like '.. in the report' "$(cat "$T/report")" '*"in":2,"out":1,"dropped":{},"failed":1,*'
{
	rss | sed '$d'
	printf '<item><guid>oai:arXiv.org:2613.00009v1</guid><title>'
	head -c 10000000 /dev/zero | tr '\0' x
	printf '</title></item>'
	item 2613.00010v1
	echo '</channel></rss>'
} >"$T/long.xml"
status=1 out='2613.00010'
err="arxiv-fetch: $T/long.xml:3: entry skipped: a text of more than 256 KiB: 2613.00009"
row 'a title of 10 MB' ids parse "$T/long.xml"
{
	rss | iconv -f UTF-8 -t UTF-16
} >"$T/utf16.xml" 2>/dev/null
row 'UTF-16' parse "$T/utf16.xml"
in=$(printf '\357\273\277'; rss "$(item 2613.00001v1)") out=2613.00001
row 'a byte order mark' ids parse
is 'blanks around a date' "$(rss "$(item 2613.00001v1 \
    '<pubDate>
  Thu, 19 Nov 2026 00:00:00 -0500
</pubDate>')" | parse | field announced)" '"2026-11-19"'
is 'a date without an hour' "$(rss "$(item 2613.00001v1 \
    '<pubDate>2026-11-19</pubDate>')" | parse | field announced)" '"2026-11-19"'
is 'the RDF of before 2024' "$(parse "$FIXTURES/old.rdf" | field authors)" \
    '["J. Doe", "M. \\\"Uller"]'
is '.. its title and id' "$(parse "$FIXTURES/old.rdf" |
    sed 's/,"abstract.*//')" \
    '{"id":"1111.11111","version":2,"title":"Old Stars & Dust."'
is 'Atom of the daily feed' "$(parse "$FIXTURES/atom/cs.LG.xml")" \
    '{"id":"2613.00001","version":1,"title":"Sparse Routing Without Tears","abstract":"A router.","authors":["Ada Example","J. -P. Sample"],"categories":["cs.LG","stat.ML"],"primary_category":"cs.LG","announce_type":"new","announced":"2026-11-20","journal_ref":"J. Imag. Res. 3 (2026)","doi":"10.5555/one","license":"http://creativecommons.org/licenses/by/4.0/","url":"https://arxiv.org/abs/2613.00001","pdf":"https://arxiv.org/pdf/2613.00001","source":"atom"}'

# The query interface: any order of children, both dialects.
old='<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">ArXiv Query: x</title><opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
<entry><id>http://arxiv.org/abs/2613.00001v2</id><updated>2026-01-02T00:00:00Z</updated><published>2026-01-01T00:00:00Z</published><title>A
  B</title><summary>  C
</summary><author><name> Gunjan</name><arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Inst.</arxiv:affiliation></author><author><name>X, Jr.</name></author>
<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1/a</arxiv:doi><link title="doi" href="http://dx.doi.org/10.1/a" rel="related"/><arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="stat.ML" scheme="http://arxiv.org/schemas/atom"/><category term="cs.LG" scheme="x"/><category term="stat.ML" scheme="x"/><category term="53C25, 53A30 (Primary)" scheme="x"/></entry></feed>'
new='<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><title>arXiv Query: x</title><entry><author><name>Gunjan</name></author><author><name>X, Jr.</name></author><arxiv:doi>10.1/a</arxiv:doi><arxiv:doi>10.2/b</arxiv:doi><summary>C</summary><category term="cs.LG"/><category term="stat.ML"/><arxiv:primary_category term="stat.ML"/><published>2026-01-01T00:00:00Z</published><title>A B</title><updated>2026-01-02T00:00:00Z</updated><id>http://arxiv.org/abs/2613.00001v2</id></entry></feed>'
want='{"id":"2613.00001","version":2,"title":"A B","abstract":"C","authors":["Gunjan","X, Jr."],"categories":["stat.ML","cs.LG"],"primary_category":"stat.ML","published":"2026-01-01T00:00:00Z","updated":"2026-01-02T00:00:00Z","doi":"10.1/a","url":"https://arxiv.org/abs/2613.00001","pdf":"https://arxiv.org/pdf/2613.00001","source":"api"}'
in=$old out=$want
row 'the old dialect of the query interface' parse
in=$new out=$want
row 'the new one, in reverse' parse

# Each text is short enough, all of them are too much for a line.
{
	echo "${new%%<author>*}"
	i=0
	while [ $i -lt 20 ]; do
		i=$((i + 1))
		printf '<author><name>'
		head -c 250000 /dev/zero | tr '\0' x
		printf '</name></author>'
	done
	echo "${new##*</author>}"
} >"$T/authors.xml"
status=1
err='arxiv-fetch: 2613.00001: its record would be longer than 4 MiB'
row 'names of 5 MB' parse --report "$T/report" "$T/authors.xml"

# Quirks of OAI-PMH.
is 'MSC text in the ACM class is left out' "$(raw \
    '<acm-class>62H35, 62M40</acm-class><msc-class>62H35, 62M40</msc-class>' |
    parse | field acm_class)" null
is '.. so is None' "$(raw '<acm-class>None</acm-class>' | parse |
    field acm_class)" null
is '.. an ACM class is not' "$(raw '<acm-class>I.2.7; F.4.1</acm-class>' |
    parse | field acm_class)" '"I.2.7; F.4.1"'
is '.. nor one without its dots' "$(raw '<acm-class>H3.3; F4.1;F2.2</acm-class>' |
    parse | field acm_class)" '"H3.3; F4.1;F2.2"'
is '.. with blanks around it' "$(raw '<acm-class>
  I.2.7
</acm-class>' | parse | field acm_class)" '"I.2.7"'
is 'the first of several DOIs, and only it' \
    "$(raw '<doi>doi: 10.1000/a; https://doi.org/10.1000/b</doi>' |
    parse | field doi)" '"10.1000/a"'
for doi in https://doi.org/10.1000/a http://dx.doi.org/10.1000/a \
    https://www.doi.org/10.1000/a 'DOI 10.1000/a' 'doi:10.1000/a,' \
    '10.1000/a;10.1000/b' '10.1000/a, 10.1000/b'; do
	is ".. whatever else is there: $doi" \
	    "$(raw "<doi>$doi</doi>" | parse | field doi)" '"10.1000/a"'
done
is '.. what is none is left out' \
    "$(raw '<doi>in press</doi>' | parse | field doi)" null
dc() { # dc SET.. -- ELEMENT..
	echo '<record><header><identifier>oai:arXiv.org:2613.00001</identifier>'
	while [ "$1" != -- ]; do
		echo "<setSpec>$1</setSpec>"
		shift
	done
	shift
	echo "</header><metadata><dc><title>T</title>$*</dc></metadata></record>"
}
is 'Dublin Core: the journal among the identifiers' "$(dc math -- \
    '<identifier>http://arxiv.org/abs/2613.00001</identifier>' \
    '<identifier>Acta Arith. 1 (2026) 1</identifier>' \
    '<identifier>doi:10.1000/a</identifier>' | parse |
    jq -c '[.journal_ref,.doi]')" '["Acta Arith. 1 (2026) 1","10.1000/a"]'
while IFS='|' read -r name sets subjects want; do
	# shellcheck disable=SC2086
	is "Dublin Core: $name" "$(dc $sets -- \
	    "<subject>$(echo "$subjects" | sed 's#+#</subject><subject>#g')</subject>" |
	    parse | jq -r '.categories | join(" ")')" "$want"
done <<'EOF'
categories by name|math physics:hep-th|Mathematics - Number Theory+High Energy Physics - Theory|math.NT hep-th
without their archives' names||Number Theory+Machine Learning|math.NT cs.LG
the first subject is the primary category|physics:cond-mat physics:hep-th|High Energy Physics - Theory+Condensed Matter - Superconductivity|hep-th cond-mat.supr-con
sets tell which of two categories of one name|stat:stat:ML|Machine Learning|stat.ML
.. and that it is both|math:math:NA cs:cs:NA math:math:CA|Numerical Analysis+Classical Analysis and ODEs|math.NA cs.NA math.CA
.. which archives' names do too|cs stat|Statistics - Machine Learning+Computer Science - Machine Learning|stat.ML cs.LG
a name of former times|cs|Computer Science - Learning|cs.LG
commas that became semicolons|cs|Computer Science - Computational Engineering; Finance; and Science|cs.CE
a subject nobody knows|cs|Computer Science - Alchemy|cs
one twice|cs|Robotics+Robotics|cs.RO
EOF
is 'Dublin Core: classes among the subjects' "$(dc math -- \
    '<subject>Logic</subject><subject>Primary 03E75</subject>' \
    '<subject>F.4.1; I2.7</subject>' | parse |
    jq -c '[.categories,.msc_class,.acm_class]')" \
    '[["math.LO"],"Primary 03E75","F.4.1; I2.7"]'
is 'several DOIs: the first' "$(raw '<doi>10.1/a
10.2/b</doi>' | parse | field doi)" '"10.1/a"'
is 'raw authors with numbered affiliations' "$(raw \
    '<authors>A. B (1), C. D (1 and 2) and E. F, Jr. ((1) X, Y, (2) Z)</authors>' |
    parse | field authors)" '["A. B", "C. D", "E. F Jr."]'
is 'a withdrawn paper is a paper' "$(raw \
    '<version version="v1"><date>Wed, 02 Sep 2026 10:00:00 GMT</date><size>9kb</size></version><version version="v2"><date>Thu, 3 Sep 2026 10:00:00 GMT</date><size>0kb</size><source_type>I</source_type></version><comments>withdrawn by the author</comments>' |
    parse | field comment)" '"withdrawn by the author"'
is 'sets stand in for categories' "$(raw '' | parse | field categories)" \
    '["cs.LG"]'
is '.. only where there are none' \
    "$(raw '<categories>stat.ML cs.LG</categories>' | parse |
    field primary_category)" '"stat.ML"'
is 'a paragraph in an abstract is folded' "$(raw '<abstract>  One.
  Two,
three.
</abstract>' | parse | field abstract)" '"One. Two, three."'

# The other formats of the harvest: arXiv and Dublin Core.
harvested() { # RESPONSE-DATE METADATA
	echo '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>'"$1"'</responseDate><ListRecords><record><header><identifier>oai:arXiv.org:0704.0001</identifier><datestamp>2008-11-26</datestamp><setSpec>math:math:CO</setSpec><setSpec>cs:cs:CG</setSpec></header><metadata>'"$2"'</metadata></record></ListRecords></OAI-PMH>' |
	    parse
}
arxiv='<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>0704.0001</id><created>2007-04-02</created><updated>2007-07-24</updated><authors><author><keyname>Balázs</keyname><forenames>C.</forenames></author><author><keyname>Heath,</keyname><forenames>M. T.</forenames><suffix>Jr.</suffix></author></authors><title>T</title><categories>hep-ph</categories><comments>37 pages</comments></arXiv>'
told='"authors":\["C. Balázs","M. T. Heath Jr."\],"categories":\["hep-ph"\],"primary_category":"hep-ph"'
like 'a record of the format arXiv' \
    "$(harvested 2010-11-25T03:00:00Z "$arxiv")" \
    "*$told,\"published\":\"2007-04-02T00:00:00Z\",\"updated\":\"2007-07-24T00:00:00Z\",\"comment\":\"37 pages\"*"
like '  created means the latest version since 2025' \
    "$(harvested 2026-11-25T03:00:00Z "$arxiv")" \
    "*$told,\"updated\":\"2007-04-02T00:00:00Z\",\"comment\"*"
like 'a record of Dublin Core' "$(harvested 2026-11-25T03:00:00Z \
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:creator>Streinu, Ileana</dc:creator><dc:creator>Some Collaboration:</dc:creator><dc:subject>Mathematics - Combinatorics</dc:subject><dc:description>We describe it.</dc:description><dc:description>Comment: 12 pages</dc:description><dc:date>2007-03-30</dc:date><dc:identifier>http://arxiv.org/abs/0704.0001</dc:identifier></oai_dc:dc>')" \
    '{"id":"0704.0001","title":"T","abstract":"We describe it.","authors":\["Ileana Streinu","Some Collaboration"\],"categories":\["math.CO","cs.CG"\],*"comment":"12 pages"*'

# The snapshot.
kaggle='{"id":"0704.0001","submitter":null,"authors":"C. Bal\\'"'"'azs","title":"Long\n  title","comments":null,"journal-ref":null,"doi":null,"report-no":null,"categories":"hep-ph cs.LG","license":null,"abstract":"  One\n","versions":[{"version":"v1","created":"Mon, 2 Apr 2007 19:18:42 GMT"},{"version":"v2","created":"Tue, 24 Jul 2007 20:10:27 GMT"}],"update_date":"2008-11-26","authors_parsed":[["Balázs","C.","Jr."],["Collab","",""]]}'
want='{"id":"0704.0001","version":2,"title":"Long title","abstract":"One","authors":["C. Balázs Jr.","Collab"],"categories":["hep-ph","cs.LG"],"primary_category":"hep-ph","published":"2007-04-02T19:18:42Z","updated":"2007-07-24T20:10:27Z","url":"https://arxiv.org/abs/0704.0001","pdf":"https://arxiv.org/pdf/0704.0001","source":"snapshot"}'
in=$kaggle out=$want
row 'a line of the snapshot' parse
is '.. with the DOI of a paper' "$(printf '%s\n' "$kaggle" |
    sed 's|"doi":null|"doi":"10.1000/x"|' | parse | field doi)" '"10.1000/x"'
is '.. with authors as a text only' \
    "$(echo '{"id":"0704.0001","authors":"A. B and C. D"}' | parse |
    field authors)" '["A. B", "C. D"]'
is '.. with a journal that begins with a comma' \
    "$(echo '{"id":"0704.0001","journal-ref":", J. Imag. 3 (2026)"}' | parse |
    field journal_ref)" '"J. Imag. 3 (2026)"'
versions='[7,{"version":"v2"},{"version":"v3","created":"soon"},
    {"version":"v4","created":"Mon, 2 Apr 2007 19:18:42 GMT"}]'
is '.. with versions that lack a date' \
    "$(echo '{"id":"0704.0001","versions":'"$versions"'}' | tr -d '\n' |
    parse | field published)" '"2007-04-02T19:18:42Z"'
is '.. with versions that are none' \
    "$(echo '{"id":"0704.0001","versions":"v1"}' | parse | field version)" null
{
	printf '{"id":"0704.0001","title":"'
	head -c 5000000 /dev/zero | tr '\0' x
	printf '"}\n%s\n' "$kaggle"
} >"$T/long"
out=$want status=1
err="arxiv-fetch: $T/long:1: entry skipped: a line of more than 4 MiB"
row '.. a line of 5 MB' parse "$T/long"
in="[$kaggle,
$kaggle
]" out="$want
$want"
row '.. as an array' parse
in="$kaggle
{\"id\":704.0001}
{\"id\":\"x\"
{\"id\":\"x\"}" out=$want status=1
parse >"$T/out" 2>"$T/err" <<X
$in
X
err="arxiv-fetch: <stdin>:2: entry skipped: no id, so not a paper of the snapshot
$(sed -n 2p "$T/err")
arxiv-fetch: <stdin>:4: entry skipped: the id is not an arXiv id"
like '.. a cut line is said to be one' "$(sed -n 2p "$T/err")" \
    'arxiv-fetch: <stdin>:3: entry skipped: *'
row '.. bad lines are told, the rest goes on' parse
printf '%s\n' "$kaggle" | gzip >"$T/snapshot.gz"
out=$want
row '.. compressed' parse "$T/snapshot.gz"
head -c 200 "$T/snapshot.gz" >"$T/cut.gz"
status=1 err="arxiv-fetch: $T/cut.gz: the compressed data is cut off"
row '.. compressed and cut' parse "$T/cut.gz"

# Files and attacks.
for f in rss/cs.LG.xml rss/cs.AI.xml; do cp "$FIXTURES/$f" "$T"; done
gzip "$T/cs.AI.xml"
out='2613.00001
2613.00002
math/0613001
2613.00003'
row 'several daily feeds, one compressed: each paper once' \
    ids parse --report "$T/merged" "$T/cs.LG.xml" "$T/cs.AI.xml.gz"
like '.. counted' "$(cat "$T/merged")" '*"in":5,"out":4,"dropped":{"duplicate":1},*"arxiv_total":4*'
raw >"$T/raw"
out='2613.00001
2613.00001'
row 'other answers are not held in memory' ids parse "$T/raw" "$T/raw"
out='2613.00001
2613.00002
math/0613001
2613.00003'
row '--merge' ids parse --merge "$T/cs.LG.xml" "$T/cs.AI.xml.gz"
is '.. joins what they know' "$(parse --merge "$T/cs.LG.xml" \
    "$T/cs.AI.xml.gz" | sed -n 2p | field announce_type)" '"new"'
rss "$(item 2613.00001)" >"$T/unversioned"
rss "$(item 2613.00001v2)" >"$T/second"
is '.. the version too' "$(parse --merge "$T/unversioned" "$T/second" |
    field version)" 2
old='<title>Old</title><arxiv:announce_type>new</arxiv:announce_type>'
new='<title>New</title><arxiv:announce_type>replace</arxiv:announce_type>'
for order in '1 2' '2 1'; do
	for v in $order; do
		case $v in
		1) item 2613.00001v1 "$old" ;;
		2) item 2613.00001v2 "$new" ;;
		esac
	done >"$T/versions"
	is "two versions in one answer, $order: the later, of both types" \
	    "$(rss "$(cat "$T/versions")" | parse --merge |
	    jq -c '[.version,.title,.announce_type]')" '[2,"New","new"]'
done
raw '<version version="v1"><date>Wed, 02 Sep 2026 10:00:00 GMT</date></version>' \
    >"$T/first"
raw '<version version="v1"><date>Wed, 02 Sep 2026 10:00:00 GMT</date></version>' \
    '<version version="v2"><date>Thu, 03 Sep 2026 10:00:00 GMT</date></version>' \
    >"$T/second"
is '.. and the later one has its date' "$(parse --merge "$T/first" "$T/second" |
    field updated)" '"2026-09-03T10:00:00Z"'
out='2613.00001'
row '--max ends the reading' ids parse --max 1 "$T/cs.LG.xml" "$T/absent"
printf '{"id":"0704.0001"}\0\n' >"$T/nul"
is 'a NUL after an object' "$(status_of parse "$T/nul")" 1
status=1 err="arxiv-fetch: $FIXTURES/doctype.xml: refused: it has a DOCTYPE"
row 'a DOCTYPE with entities' parse "$FIXTURES/doctype.xml"
status=1 err="arxiv-fetch: $T: Is a directory"
row 'a directory' parse "$T"
status=1 err="arxiv-fetch: $T/absent: No such file or directory"
row 'no file' parse "$T/absent"
status=1 err='arxiv-fetch: <stdin>: empty'
row 'nothing' parse
in='<html><body>busy</body></html>' status=1
err='arxiv-fetch: <stdin>: an HTML page, not a feed'
row 'a page for people' parse
in='Rate exceeded.' status=1
err='arxiv-fetch: <stdin>: not a feed: it begins with "Rate exceeded."'
row 'a line of text' parse
echo '<?xml version="1.0" encoding="UTF-7"?><rss>+!!+2AA-</rss>' >"$T/utf7.xml"
is 'an encoding that nobody can read, in our words alone' \
    "$(parse "$T/utf7.xml" 2>&1 | grep -c -v '^arxiv-fetch: ')" 0
in='<opml/>' status=1
err="arxiv-fetch: <stdin>: <opml> is not an arXiv feed"
row 'some other XML' parse
head -c 1500 "$FIXTURES/rss/cs.LG.xml" >"$T/cut.xml"
is 'a feed that is cut' "$(status_of parse "$T/cut.xml")" 1
like '.. says where' "$(cat "$T/err")" \
    "arxiv-fetch: $T/cut.xml:30: not well-formed XML: *"
cat "$FIXTURES/rss/cs.LG.xml" "$FIXTURES/rss/cs.LG.xml" |
    parse >"$T/out" 2>"$T/err"
is 'feeds one behind the other' $? 1
like '.. says what to do' "$(cat "$T/err")" \
    'arxiv-fetch: <stdin>:*: another document begins here: give each as a file'
printf '<rss><channel><item><title>\377</title></item></channel></rss>' \
    >"$T/bad.xml"
is 'bytes that are not UTF-8' "$(status_of parse "$T/bad.xml")" 1

# What was really served.
if have_shared; then
	feeds=$SHARED/feeds
	wrong=$(sed 1d "$feeds/INDEX.tsv" |
	    grep -E '^(rss|rss-generated|api|oai|oai-generated|kaggle)/' |
	    while read -r file _ entries _; do
		case $file in
		# An error that has the form of an entry.
		api/new-id_abc*) entries=0 ;;
		esac
		got=$(parse "$feeds/$file" 2>/dev/null | wc -l)
		[ "$got" -eq "$entries" ] || echo "$file: $got of $entries"
	    done)
	is 'real answers: as many papers as they have' "$wrong" ''
	is 'a real feed that is cut: what there is of it' \
	    "$(parse "$feeds"/atom/*TRUNCATED.xml 2>/dev/null | wc -l |
	    tr -d ' ')" 86
	f=$feeds/rss/quant-ph-2025-04-28.xml
	is 'real types' "$(parse "$f" | field announce_type | sort | uniq -c |
	    tr -s ' \n' ' ')" "$(grep -o '<arxiv:announce_type>[a-z-]*' "$f" |
	    sed 's/.*>\(.*\)/"\1"/' | sort | uniq -c | tr -s ' \n' ' ')"
	is 'real dates' "$(parse "$f" | field announced | sort -u)" \
	    '"2025-04-28"'
	f=$feeds/kaggle/arxiv-metadata-oai-snapshot-200.jsonl
	is 'the snapshot: numbers of authors' \
	    "$(parse "$f" | "$PYTHON" -c 'import json, sys
print([len(json.loads(x)["authors"]) for x in sys.stdin])')" \
	    "$("$PYTHON" -c 'import json, sys
print([len(json.loads(x)["authors_parsed"]) for x in sys.stdin])' <"$f")"
	f=$feeds/oai/cs2016-arXiv-page1.xml
	is 'OAI: names of authors' "$(parse "$f" | field authors | md5sum)" \
	    "$("$PYTHON" - "$f" <<'X' | md5sum
import json, re, sys, xml.etree.ElementTree as tree
ns = "{http://arxiv.org/OAI/arXiv/}"
for record in tree.parse(sys.argv[1]).iter(ns + "arXiv"):
    names = []
    for author in record.iter(ns + "author"):
        part = lambda x: author.findtext(ns + x) or ""
        key = part("keyname")
        if part("suffix"):
            key = key.rstrip(", ")
        name = " ".join((part("forenames"), key, part("suffix")))
        names.append(" ".join(name.replace("*", "").split()))
    print(json.dumps(names, ensure_ascii=False))
X
)"
	is 'both dialects of the query interface: the same paper' \
	    "$(parse "$feeds"/api/new-id_2104.12255v1* | field title)" '"0"'
else
	skip 'real answers' 'no shared data folder'
fi

ok 'no paper was lost in any run' conserved "$T/report"

done_testing
