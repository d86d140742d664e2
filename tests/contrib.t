#!/bin/sh
# The programs in scripts/contrib take the place of the tools.
# shellcheck disable=SC2016 # for the shells that are started here
. "$(dirname "$0")/lib.sh"

PATH=$SRCDIR/scripts/contrib:$PATH
cat >"$T/papers.jsonl" <<'END'
{"id":"2513.00001","title":"Sparse \"routing\"","abstract":"Pruning of experts","n":12345678901234567890}
{"id":"2513.00002","title":"Bees","abstract":"Swarms"}
END

# ------------------------------------------------------------- filter-jq
in=$(cat "$T/papers.jsonl")
out='{"id":"2513.00002","title":"Bees","abstract":"Swarms"}'
PAPERROUND_REPORT=$T/report
export PAPERROUND_REPORT
row "filter-jq" filter-jq '.title | test("bees"; "i")'
unset PAPERROUND_REPORT
is "  reports" "$(cat "$T/report")" \
    '{"tool":"filter-jq","in":2,"out":1,"dropped":{"jq":1},"exit":0}'
echo '{' >"$T/broken"
ok "filter-jq: a line that is no JSON" \
    sh -c '! filter-jq .id <"$0"' "$T/broken"
ok "filter-jq: an expression that is none" \
    sh -c '! filter-jq ")" <"$0"' "$T/papers.jsonl"

# ------------------------------------------------------------- score-words
printf 'sparse\npruning\nrouting\n' >"$T/words"
in=$(cat "$T/papers.jsonl")
out='{"id":"2513.00001","title":"Sparse \"routing\"","abstract":"Pruning of experts","n":12345678901234567890,"score":{"relevance":4,"novelty":null,"comment":"sparse pruning routing","backend":"words","model":"awk"}}
{"id":"2513.00002","title":"Bees","abstract":"Swarms","score":{"relevance":1,"novelty":null,"comment":"","backend":"words","model":"awk"}}'
row "score-words" score-words "$T/words"
is "  what it makes is shown" "$(score-words "$T/words" <"$T/papers.jsonl" |
    digest-render -f jsonl --min-relevance 3 | jq -r .id)" 2513.00001
# Words as they stand: whole ones, in any case, and no pattern.
printf 'Graph\r\n\nab\n[x]\nq"\\\ngraph\nover time\n' >"$T/odd"
in='{"id":"1","title":"abab Über.graphs? Graph, [x]: öab"}
{"id":"2","title":"(AB) over time"}'
out='{"id":"1","title":"abab Über.graphs? Graph, [x]: öab","score":{"relevance":3,"novelty":null,"comment":"graph [x]","backend":"words","model":"awk"}}
{"id":"2","title":"(AB) over time","score":{"relevance":3,"novelty":null,"comment":"ab over time","backend":"words","model":"awk"}}'
row "  whole words" score-words "$T/odd"
status=2 err="score-words: cannot read $T/none"
row "score-words: no words" score-words "$T/none"

# ------------------------------------------------------------ render-pandoc
mkdir "$T/bin"
cat >"$T/bin/pandoc" <<'END'
#!/bin/sh
while [ $# -gt 1 ]; do
	case $1 in
	-t) to=$2 ;;
	-o) out=$2 ;;
	esac
	shift
done
{ echo "$to:"; cat "$1"; } >"$out"
END
chmod +x "$T/bin/pandoc"
command -v pandoc >/dev/null || PATH=$T/bin:$PATH
ok "render-pandoc" render-pandoc -f rst --date 2025-10-16 -o "$T/today.rst" \
    "$T/papers.jsonl"
ok "  made it" grep -q 'Bees' "$T/today.rst"
is "  a form that digest-render knows" "$(render-pandoc -f jsonl \
    <"$T/papers.jsonl" | head -n 1)" "$(head -n 1 "$T/papers.jsonl")"
echo old >"$T/today.rst"
is "  without papers" "$(status_of render-pandoc -f rst -o "$T/today.rst" \
    /dev/null)" 1
is "  leaves the old one" "$(cat "$T/today.rst")" old

# ------------------------------------------------------------------ library
cat >"$T/refs.bib" <<'END'
% entries of many hands
@string{nips = "Advances in Things"}
@String(pub = {A Press})
@preamble{"\newcommand{\x}{y}"}
@comment{ignored @article{no, title={x}} }
@inproceedings{example2017,
  title = {Sparsity Is All You {Need}},
  author = {Example, Ada and {The Group of Bees and Friends} and others},
  booktitle = nips # " 30", year = 2017,
  eprint = {1706.99999}, archiveprefix = {arXiv},
}
@article{goedel, author="G{\"o}del, Kurt and de la Cruz, Jr., Juan",
 title={{\"U}ber $x^{2}$ and
   \c{c}a}, journal={Monatshefte}, year={1931},
 doi = {https://doi.org/10.1007/BF017}}
@misc{old, title={Old}, howpublished={arXiv preprint hep-th/9901999v2}}
@incollection{child, title={A chapter}, author={C D}, crossref={Book},
  url={https://arxiv.org/abs/2510.99999v2}}
@article{broken, title={no end, author={X}
@article{after, title="Quoted {"}braces{"}", journal={CoRR},
  volume={abs/2301.99999}}
@book{book, title={The Book}, editor={Ed Itor}, year={2001}, doi={10.1/b},
  publisher=pub}
@article{nofield, title {x}}
@misc{last, title={2013.99999 is no month}, note="10.5/1706.1234"}
END
status=1
out='{"id":"1706.99999","title":"Sparsity Is All You Need","authors":["Ada Example","The Group of Bees and Friends"],"journal_ref":"Advances in Things 30","year":2017,"key":"example2017","source":"library"}
{"id":"10.1007/BF017","title":"\\\"Uber $x^{2}$ and \\c{c}a","authors":["Kurt G\\\"odel","Juan de la Cruz, Jr."],"doi":"10.1007/BF017","journal_ref":"Monatshefte","year":1931,"key":"goedel","source":"library"}
{"id":"hep-th/9901999","title":"Old","key":"old","source":"library"}
{"id":"2510.99999","title":"A chapter","authors":["C D"],"journal_ref":"The Book","url":"https://arxiv.org/abs/2510.99999v2","year":2001,"key":"child","source":"library"}
{"id":"2301.99999","title":"Quoted \"braces\"","journal_ref":"CoRR","key":"after","source":"library"}
{"id":"10.1/b","title":"The Book","authors":["Ed Itor"],"doi":"10.1/b","year":2001,"key":"book","source":"library"}
{"id":"last","title":"2013.99999 is no month","key":"last","source":"library"}'
err="library: $T/refs.bib:19: @article{broken: does not end, or something in it is no field
library: $T/refs.bib:24: @article{nofield: does not end, or something in it is no field"
row "library: BibTeX" library "$T/refs.bib"
cat >"$T/more.bib" <<'END'
@article{acc, author={{\O}ystein {\AA}s AND Mu{\~n}oz~B, J.}, title={Na{\"\i}ve {B}ees}}
@online{sub, title={Bees}, subtitle={A {Study}}, url={https://doi.org/10.1038/x-1}}
@article{, title={Without a key}}
@article{
  title = {Nor here}, year = 1999}
@misc{page, title={Pages}, note={pages 1803.12345 and corrections}}
END
out='{"id":"acc","title":"Na{\\\"\\i}ve Bees","authors":["{\\O}ystein {\\AA}s","J. Mu\\~noz B"],"key":"acc","source":"library"}
{"id":"10.1038/x-1","title":"Bees: A Study","doi":"10.1038/x-1","url":"https://doi.org/10.1038/x-1","key":"sub","source":"library"}
{"id":"Without a key","title":"Without a key","source":"library"}
{"id":"Nor here","title":"Nor here","year":1999,"source":"library"}
{"id":"page","title":"Pages","key":"page","source":"library"}'
more=$out
row "  accents, subtitles, DOIs in addresses, no key" library "$T/more.bib"
if command -v busybox >/dev/null; then
	mkdir "$T/awk"
	ln -s "$(command -v busybox)" "$T/awk/awk"
	out=$more
	row "  with another awk" env PATH="$T/awk:$PATH" \
	    "$SRCDIR/scripts/contrib/library" "$T/more.bib"
else
	skip "library: with another awk" "no busybox"
fi
ok "  and says what it is for" sh -c 'library --help | grep -q "refs.bib >"'
printf '@misc{a, title={Caf\351}}\n@misc{b, title={B}\n' >"$T/latin.bib"
status=1 out='{"id":"a","title":"Café","key":"a","source":"library"}'
err="library: $T/latin.bib:2: @misc{b: does not end, or something in it is no field"
row "  in Latin 1, the last one cut off" library "$T/latin.bib"

printf 'TY  - JOUR\r\nTI  - A title that\r\n  goes on\r\nAU  - Müller, Jan\r\nAU  - Li, Bo\r\nPY  - 2020/05/01\r\nDO  - 10.48550/arXiv.2005.99999\r\nER  - \r\n\r\nTY  - CONF\nT1  - Second\nA1  - X, Y\nY1  - 1999\nID  - k2\nTY  - JOUR\nTI  - Third\nUR  - https://example.org\nER  - \n' >"$T/refs.ris"
status=1 err="library: $T/refs.ris:10: this entry has no ER line"
out='{"id":"2005.99999","title":"A title that goes on","authors":["Jan Müller","Bo Li"],"doi":"10.48550/arXiv.2005.99999","year":2020,"source":"library"}
{"id":"k2","title":"Second","authors":["Y X"],"year":1999,"key":"k2","source":"library"}
{"id":"Third","title":"Third","url":"https://example.org","source":"library"}'
row "library: RIS" library "$T/refs.ris"

in='[{"id":"v","type":"article","title":"Bees\nfly","author":[{"family":"V","given":"A."},{"literal":"Group"}],"issued":{"date-parts":[[2017,6]]},"DOI":"10.5/x","URL":"http://arxiv.org/abs/1706.99999v5","container-title":"Things"},{"id":3,"title":"Number","abstract":"x","author":[],"issued":{"raw":"May 2001"}}]'
out='{"id":"1706.99999","title":"Bees fly","authors":["A. V","Group"],"doi":"10.5/x","journal_ref":"Things","url":"http://arxiv.org/abs/1706.99999v5","year":2017,"key":"v","source":"library"}
{"id":"3","title":"Number","abstract":"x","year":2001,"key":"3","source":"library"}'
row "library: CSL-JSON" library
in='[{"id":"x","title":"One"},5,{"id":"y","title":"Two","author":"A. B"},{"id":"z","title":"Three","author":[{"family":"C"}]}]'
status=1 err='library: standard input: entry 2: is not one of a library
library: standard input: entry 3: is not one of a library'
out='{"id":"x","title":"One","key":"x","source":"library"}
{"id":"z","title":"Three","authors":["C"],"key":"z","source":"library"}'
row "  entries of another shape are named, the rest goes on" library

in='# mine
2510.99999v2	read twice # indeed
arXiv:hep-th/9901999
https://arxiv.org/abs/2301.99999
doi:10.1234/abc

nonsense
2513.00001'
status=1 err="library: standard input:7: neither an arXiv id nor a DOI: nonsense
library: standard input:8: neither an arXiv id nor a DOI: 2513.00001"
out='{"id":"2510.99999","source":"library"}
{"id":"hep-th/9901999","source":"library"}
{"id":"2301.99999","source":"library"}
{"id":"10.1234/abc","doi":"10.1234/abc","source":"library"}'
row "library: ids" library
in=$(cat "$T/papers.jsonl")
out=$in && row "library: records" library -
printf '\357\273\277TY  - JOUR\nTI  - Bees\nID  - b\n' >"$T/a\\nb.ris"
status=1 out='{"id":"b","title":"Bees","key":"b","source":"library"}' \
    err="library: $T/a\\nb.ris:1: this entry has no ER line"
row "library: a name with a backslash, a mark of the byte order" \
    library "$T/a\\nb.ris"
status=1 err="library: $T/none: cannot be read"
row "library: no file" library "$T/none"
like "library: JSON that is none" "$(echo '{"a"' | library 2>&1)" \
    "*library: standard input: is not the JSON of a library"

cat >"$T/zotero.json" <<'END'
[{"key":"K1","data":{"key":"K1","itemType":"preprint","title":"Sparse things",
  "abstractNote":"About them.","creators":[{"creatorType":"author",
  "firstName":"Ada","lastName":"Example"},{"creatorType":"author",
  "name":"A Group"}],"extra":"arXiv:2510.01234 [cs]","url":""}},
 {"key":"K2","data":{"key":"K2","title":"Without abstract","abstractNote":""}},
 {"key":"K3","data":{"key":"K3","title":"A book","abstractNote":"Long."}}]
END
in=$(cat "$T/zotero.json")
out='{"id":"2510.01234","title":"Sparse things","abstract":"About them.","authors":["Ada Example","A Group"],"key":"K1","source":"library"}
{"id":"K2","title":"Without abstract","key":"K2","source":"library"}
{"id":"K3","title":"A book","abstract":"Long.","key":"K3","source":"library"}'
row "library: an export of Zotero" library

# A web server for the two that fetch.
"$PYTHON" "$SRCDIR/tests/server/contrib_server.py" "$T/zotero.json" "$T/port" &
server=$!
cleanup="kill $server 2>/dev/null"
await "$T/port"
ZOTERO_URL=http://127.0.0.1:$(cat "$T/port") BIORXIV_URL=$ZOTERO_URL
export ZOTERO_URL BIORXIV_URL
is "library from the web" "$(ZOTERO_KEY=secret library zotero:1 | jq -r .id |
    tr '\n' ' ')" "2510.01234 K2 K3 "
is "  with a wrong key" "$(ZOTERO_KEY=x status_of library zotero:1)" 75
is "  without TLS" "$(ZOTERO_KEY=x ZOTERO_URL=http://zotero.example \
    status_of library zotero:1)" 75
like "    it is not asked" "$(cat "$T/err")" "*http without TLS is for loopback*"

# ------------------------------------------------------------ fetch-biorxiv
is "fetch-biorxiv without TLS" "$(BIORXIV_URL=http://biorxiv.example \
    status_of fetch-biorxiv 2025-10-16)" 75
is "  nobody is asked" "$(cat "$T/err")" \
    "paperround: http without TLS is for loopback only; use https"
is "fetch-biorxiv reads all pages" "$(fetch-biorxiv 2025-10-16 |
    jq -c '[.id, .authors, .announced]')" \
    '["10.1101/2025.0",["Ada, E.","Bob, S."],"2025-10-16"]
["10.1101/2025.1",["Ada, E.","Bob, S."],"2025-10-16"]
["10.1101/2025.2",["Ada, E.","Bob, S."],"2025-10-16"]'
is "  only some categories" "$(fetch-biorxiv 2025-10-16 zoology | jq -r .id)" \
    "10.1101/2025.1"
is "  its papers are papers" "$(fetch-biorxiv 2025-10-16 |
    paper-filter -c genomics --count)" 2
is "  no server" "$(BIORXIV_URL=http://127.0.0.1:1 status_of \
    fetch-biorxiv 2025-10-16)" 75

# ------------------------------------ what stands at the head of each of them
mkdir -p "$HOME/.config/paperround"
cd "$T" || exit 1
cp words words.txt
sed "/^@article{\(broken\|nofield\)/d" refs.bib >good.bib
mv good.bib refs.bib
sed -n 's/^#	\([a-z-]* .*\)/\1/p' "$SRCDIR"/scripts/contrib/*[!k] |
    sed 's/ \[.*//; s/USERID/1/' >"$T/usages"
ok "there are examples" test "$(wc -l <"$T/usages")" -ge 6
while read -r line; do
	echo "$line" >"$T/usage"
	is "$line" "$(ZOTERO_KEY=secret status_of sh -e "$T/usage" </dev/null
	    cat "$T/err")" 0
done <"$T/usages"

# ---------------------------------------- all of them at once, by paperround
# As their heads say, but that few words are enough.
cp "$T/words" "$HOME/.config/paperround/words.txt"
echo cells >>"$HOME/.config/paperround/words.txt"
sed -n 's/^#[^=]*[	 ]\([A-Z]*=.*\)/\1/p' "$SRCDIR"/scripts/contrib/*[!k] \
    >"$HOME/.config/paperround/paperround.conf"
echo 'RENDER="$RENDER --min-relevance 2"' \
    >>"$HOME/.config/paperround/paperround.conf"
is "paperround with all of them" \
    "$(status_of paperround --now 2025-10-16T12:00:00Z today)" 0
base=$HOME/.local/share/paperround
is "  what it came to" \
    "$(tail -n 1 "$base/archive/2025/10/2025-10-16.report" |
	jq -r '"\(.result) \(.scored)"')" "done 2"
ok "  the page" grep -q 'Cells 2' "$base/digest/2025-10-16.html"
ok "  the other forms" test -s "$base/digest/2025-10-16.epub" -a \
    -s "$base/digest/2025-10-16.docx"

# ------------------------------------------------------------------ lab.mk
mkdir -p "$T/lab/readers/ada" "$T/lab/readers/ben" "$T/lab/readers/cy"
cd "$T/lab" || exit 1
echo '1. Sparse experts' >readers/ada/topics.md
echo '@misc{x, title={Sparse experts of old}, eprint={1706.03762}}' \
	>readers/ada/refs.bib
echo '1. Bees' >readers/ben/topics.md
echo '-k bees' >readers/ben/filter
printf '@misc{x%d, title={%s}, year=2024}\n' 1 'Sparse mixtures of experts' \
	2 'Routing tokens to experts' 3 'Pruning language models' \
	>readers/cy/refs.bib
# FETCH is given -o and a file, the scorer -T and files, what enriches -o and
# files: stand-ins for all of them.
cat >"$T/bin/fetch" <<END
#!/bin/sh
echo x >>$T/fetched
cp $T/papers.jsonl "\$2"
END
cat >"$T/bin/score" <<'END'
#!/bin/sh
score-words "$2" <"$5" >"$4"
END
cat >"$T/bin/enrich" <<'END'
#!/bin/sh
sed 's/}$/,"references":[{"arxiv":"1706.03762"}]}/' "$3" >"$2"
exit 1
END
chmod +x "$T/bin/fetch" "$T/bin/score" "$T/bin/enrich"
PATH=$T/bin:$SRCDIR/scripts/contrib:$PATH
run() {
	make -s -j 2 -f "$SRCDIR/scripts/contrib/lab.mk" DAY=2025-10-16 \
	    FETCH=fetch SCORE=score ENRICH=enrich \
	    RENDER='digest-render -f html --min-relevance 1' 2>"$T/err"
}
ok 'lab.mk' run
ok '  a page for each reader' grep -q Sparse site/ada/2025-10-16.html
ok '    with what she knows' grep -q 'Cites 1 of yours: Sparse experts of old' \
	site/ada/2025-10-16.html
ok '  one who has no library' grep -q Bees site/ben/2025-10-16.html
ok '    with his papers only' sh -c '! grep -q Sparse site/ben/2025-10-16.html'
ok '  one whose library makes the topics' grep -q Relevant work/cy.topics
is '  one site' "$(grep -c '2025-10-16</a>' site/index.html)" 3
is '  fetched once' "$(wc -l <"$T/fetched" | tr -d ' ')" 1
ok 'again' run
is '  nothing is fetched' "$(wc -l <"$T/fetched" | tr -d ' ')" 1
touch readers/ada/topics.md
ok 'a change' run
is '  makes one page anew' "$(find site -name '2025*' -newer \
	readers/ada/topics.md)" site/ada/2025-10-16.html
done_testing
