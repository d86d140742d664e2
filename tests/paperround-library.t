#!/bin/sh
# SPDX-License-Identifier: ISC
# What a reader has read already: topics drafted from it, and what is starred
# for other programs.
. "$(dirname "$0")/lib.sh"

HOME="$T/my home"
config="$HOME/.config/paperround" data="$HOME/.local/share/paperround"
round() { COLUMNS=80 paperround --now 2025-10-17T12:00:00Z "$@"; }
mkdir -p "$HOME"
cat >"$T/refs.bib" <<'X'
@article{a, title={Sparse {M}ixture of experts for language models}, year=2024}
@article{b, title={Expert routing in a mixture of experts}}
@article{c, title={Quantization of large language models to four bits}}
@misc{d, title={Post-training quantization of vision transformers}}
@article{e, title={A mixture of experts with expert choice routing}}
@article{f, title={Low-bit quantization by rotations}}
X

# ------------------------------------------------------------------- topics
err="paperround: topics: say out of what: a file like refs.bib, or papers; try 'paperround --help'"
status=2
row "topics: of nothing" round topics
err="paperround: topics: there is no file 'refs.bip', and no paper has that id"
status=2
row "  of a file that is not there" round topics refs.bip
round topics "$T/refs.bib" >"$T/topics" 2>"$T/err"
is "a BibTeX file: status" $? 0
ok "  its subjects" grep -q '^[0-9]\. Mixture of experts {#mixture-of-experts}$' \
    "$T/topics"
like "  what they would bring, of the sample" "$(head -n 1 "$T/err")" \
    "paperround: with these topics the local judge selects [1-9]* of 36 papers of the sample day"
like "  by title" "$(sed -n 2p "$T/err")" ' 1 10 *'
is "  five at most" "$(grep -c '^ [0-9]' "$T/err")" 5
ok "  nothing of the reader's is written" test ! -e "$config"
is "  quietly" "$(round -q topics "$T/refs.bib" 2>&1)" "$(cat "$T/topics")"
is "  by standard input" "$(round -q topics - <"$T/refs.bib" 2>&1)" \
    "$(cat "$T/topics")"
{
	cat "$T/refs.bib"
	echo '@article{broken, title={Never'
} >"$T/broken.bib"
round -q topics "$T/broken.bib" >"$T/out" 2>"$T/err"
is "what cannot be read is told" "$? $(cat "$T/err")" \
    "1 library: $T/broken.bib:7: @article{broken: does not end, or something in it is no field"
ok "  and costs nothing else" cmp "$T/out" "$T/topics"
{
	echo '@misc{x, title={Quantization of KV caches}}'
} >"$T/more.bib"
round -q topics "$T/refs.bib" "$T/more.bib" >"$T/out" 2>"$T/err"
is "two files" "$? $(cat "$T/err")" "0 "
is "  are one library" "$(cat "$T/refs.bib" "$T/more.bib" | round -q topics -)" \
    "$(cat "$T/out")"

mkdir -p "$config" "$data/archive/2025/10"
{
	echo "LIBRARY=$T/refs.bib"
	echo 'CATEGORIES="cs.LG cs.CL"'
} >"$config/paperround.conf"
is "LIBRARY" "$(round -q topics 2>&1 | grep -c '^[0-9]\. ')" \
    "$(grep -c '^[0-9]\. ' "$T/topics")"
echo "LIBRARY='$T/none.bib'" >"$config/paperround.conf"
status=2 err="paperround: LIBRARY names $T/none.bib, which is no file"
row "  that is not there" round topics
rm "$config/paperround.conf"

# paper ID TITLE: one of the archive.
paper() {
	printf '{"id":"%s","title":"%s","abstract":"Of %s.","authors":["A B"],"announced":"%s","score":{"relevance":8,"novelty":8}}\n' \
	    "$1" "$2" "$2" "$day"
}
archive() {
	cat >"$data/archive/2025/10/$1.jsonl"
	echo '{"tool":"paperround","date":"'"$1"'","result":"done","exit":0}' \
	    >"$data/archive/2025/10/$1.report"
}
day=2025-10-07
{
	paper 2510.00009 'An older mixture of experts'
	paper 2510.00001 'Mixture of experts, first version'
} | archive $day
day=2025-10-17
{
	paper 2510.00001 'Sparse mixture of experts'
	paper 2510.00002 'Routing in a mixture of experts'
	paper hep-th/0510001 'Strings'
	echo '{"id":"2510.00003","title":"A mixture of experts put aside","abstract":"Experts.","screen":{"keep":false}}'
} | archive $day
round topics 2510.00001 2510.00002v2 >"$T/out" 2>"$T/err"
is "papers of the archive, by id" "$? $(sed -n 's/^1\. //p' "$T/out")" \
    "0 Mixture of experts {#mixture-of-experts}"
like "  what the last week has brought, of all its papers" "$(cat "$T/err")" \
    '*selects [23] of 4 papers from 2025-10-11 to 2025-10-17*'
round -q show >/dev/null
is "  by number" "$(round -q topics 1 2 | sed -n 's/^1\. //p')" \
    "Mixture of experts {#mixture-of-experts}"
mkdir "$T/bin"
cat >"$T/bin/arxiv-fetch" <<'X'
#!/bin/sh
[ "$1" = --id-file ] || exit 2
sed 's/.*/{"id":"&","title":"Asked for: mixture of experts","abstract":"A mixture of experts."}/' "$2" |
    grep -v 99999
! grep -q 99999 "$2"
X
chmod +x "$T/bin/arxiv-fetch"
echo 'arXiv:2401.00001' >"$T/ids"
is "what the archive has not is asked for at arXiv" "$(
	PATH="$T/bin:$PATH" round -q topics "$T/ids" 2510.00002 |
	    sed -n 's/^1\. //p')" "Mixture of experts {#mixture-of-experts}"
PATH="$T/bin:$PATH" round -q topics 2510.00001 2510.00002 2401.99999 \
    >"$T/out" 2>"$T/err"
is "  what it has not either is no draft's end" \
    "$? $(sed -n 's/^1\. //p' "$T/out")" \
    "1 Mixture of experts {#mixture-of-experts}"
day=2025-10-01
{
	paper 2513.00001 'Mixture of experts'
	paper 2513.00002 'A mixture of experts'
} | archive $day
is "ids that arXiv has not made, but the archive has" \
    "$(round -q topics 2513.00001 2513.00002 | sed -n 's/^1\. //p')" \
    "Mixture of experts {#mixture-of-experts}"
echo '10.1000/x' >"$T/ids"
status=1 err='llm-score: no topics: there is no paper with a title; ids alone say nothing'
row "a DOI alone" round -q topics "$T/ids"

# ------------------------------------------------------------------- export
err="paperround: export: say what, as in 'paperround export --starred -f bibtex'; try 'paperround --help'"
status=2
row "export: of what" round export
err="paperround: no paper is starred; 'paperround star' does it" status=1
row "  nothing is starred" round export --starred
round -q star 2510.00002 2510.00001 hep-th/0510001 2510.00009
round -q unmark 2510.00009
round -q drop hep-th/0510001
round -q read 2510.00002
round -q note 2510.00003 well
is "what is starred, in the archive's order, the newest record" \
    "$(round -q export --starred -f jsonl | jq -r '.id + " " + .title')" \
    "2510.00001 Sparse mixture of experts
2510.00002 Routing in a mixture of experts"
is "  BibTeX" "$(round -q export --starred | grep -c '^@')" 2
is "  RIS" "$(round -q export --starred -f ris | grep -c '^TY  - ')" 2
is "  CSL-JSON" "$(round -q export --starred -f csljson | jq length)" 2
round -q topics >"$T/out" 2>"$T/err"
is "topics without a library are of these" \
    "$? $(sed -n 's/^1\. //p' "$T/out")" \
    "0 Mixture of experts {#mixture-of-experts}"
round -q star 2510.77777
echo '{"id":"x y","mark":"star","time":"2025-10-17T12:00:00Z"}' \
    >>"$data/marks.jsonl"
round -q export --starred -f ids >"$T/out" 2>"$T/err"
is "one that is not in the archive is named" "$? $(cat "$T/err")" \
    "1 paperround: starred, but not in the archive: 2510.77777 x y"
is "  and the others are there" "$(wc -l <"$T/out")" 2
echo '{"id":"2510.0000' >>"$data/marks.jsonl"
round -q unmark 2510.77777 'x y'
is "a torn mark hides no other" "$(round -q export --starred -f ids | wc -l)" 2
err="paperround: none of the 1 paper that are starred is in the archive" status=1
rm "$data/marks.jsonl"
round -q star 2510.77777
row "none of them" round export --starred
err="paperround: there is no option --stared; did you mean --starred?" status=2
row "a typo" round export --stared
err="paperround: there is no command 'topic'; did you mean topics?" status=2
row "  of a command" round topic
done_testing
