#!/bin/sh
# paper-filter: keywords and people, and what the key match says of them.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/paper-filter.sh"

cat >"$T/p" <<'X'
{"id":"k1","title":"Sparse Mixtures of Experts","abstract":"LLMs and a low\u2010rank MoE by Erd\\H{o}s.","comment":"ICLR"}
{"id":"k2","title":"Fine-tuning of Paul Erdős' graphs","abstract":"An abstract, e.g. a.b"}
{"id":"k3","title":"漢字 and naïve $O(n^2)$ sparse attention","abstract":"llms"}
{"id":"k4"}
{"id":"k5","title":null,"abstract":17}
X
# keyword:field:what the offsets cut out of the field
hits() {
	paper-filter "$@" "$T/p" | jq -r '.id as $id | . as $p |
	    .match.keywords[] | "\($id) \(.keyword):\(.field):" +
	    $p[.field][.offset:.offset + .length]'
}

out='k1 k3' && row "-k" pf -k sparse
out='k1 k2 k3' && row "-k twice: one is enough" pf -k sparse -k graphs
out='k1' && row "-k with a capital: case counts" pf -k Sparse
out='k1 k3' && row "  but not that of an escape" pf -k 'sparse\W'
out='k1' && row "  nor without regard to it" pf -k 'LLMs'
out='k1 k3' && row "-k in lower case: it does not" pf -k 'llms'
out='k1 k2' && row "accents in the keyword" pf -k 'Erdős'
out='k1 k2' && row "no accents in the keyword" pf -k 'erdos'
out='k3' && row "an accent in the text" pf -k 'naive'
out='k1' && row "any kind of hyphen" pf -k 'low-rank'
out='k3' && row "letters of other scripts" pf -k '漢.'
out='k3' && row "TeX is read" pf -k 'O\(n2\)'
out='k2' && row "a dot is a dot when escaped" pf -k 'a\.b'
out='k1 k3' && row "alternatives" pf -k 'mixtures of|attention'
out='k1 k2 k3' && row "a keyword without anything to look for first" pf -k '[a-z]{3}'
out='k1 k2 k3' && row "\\p" pf -k '\p{L}'
out='' && row "no text, no match" pf -k 'id'
out='k1' && row "--fields" pf -k iclr --fields comment
out='' && row "  only these" pf -k iclr --fields title,abstract
cat >"$T/lists" <<'X'
{"id":"l1","authors":["Ana Garc\u00eda","Bo Li"],"score":{"topics":["moe","r l"]}}
{"id":"l2","authors":"Garcia","score":{"topics":"moe"}}
{"id":"l3","authors":[1,"X"],"score":null}
X
out='l1' && row "--fields: a list of names" ids -k garcia --fields authors "$T/lists"
is "  joined by commas" "$(paper-filter -k 'a, bo' --fields authors "$T/lists" |
    jq -c '.match.keywords[0] | [.field, (.offset, .length)]')" '["authors",4,10]'
out='l1' && row "  topics" ids -k '^moe' --fields topics "$T/lists"
out='l2 l3' && row "  without them" ids -x moe --fields topics "$T/lists"
out='k2 k3 k4 k5' && row "-x" pf -x moe
out='k4 k5' && row "-x twice: neither" pf -x moe -x 'graphs|字'
out='k3' && row "-k and -x" pf -k sparse -x experts

printf '%s\n' '{"id":"a","title":"wait... for it"}' \
    '{"id":"b","title":"waitabc for it"}' >"$T/dots"
is "three dots are dots" "$(paper-filter -k 'wait… for' "$T/dots" | jq -r .id)" a
is "a match of nothing, behind what is folded away" \
    "$(echo '{"id":"a","title":"a {} b"}' | paper-filter -k '(?= b)' |
    jq -c '.match.keywords[0] | [.offset, .length]')" '[4,0]'

printf '%s\n' '# wanted' '' 'graphs' 'naive' >"$T/k"
printf 'sparse\r\n' >"$T/x"
out='k2 k3' && row "-K" pf -K "$T/k"
out='k2' && row "-K and -X" pf -K "$T/k" -X "$T/x"
out='k1 k2 k3' && row "-K and -k" pf -K "$T/k" -k experts
misuse "--keyword: missing closing parenthesis: foo(bar <-- here --> "
row "a bad keyword" pf -k 'foo(bar'
misuse "--exclude: quantifier does not follow a repeatable item: a| <-- here --> *"
row "a bad excluded keyword: the place" pf -x 'a|*'
echo '[x' >>"$T/k"
misuse "$T/k:5: missing terminating ] for character class: [x <-- here --> "
row "a bad keyword in a file: the line" pf -K "$T/k"
misuse "--keyword: an empty keyword would match every paper"
row "an empty keyword" pf -k ''
misuse "--fields: titel: not one of title|abstract|comment|journal_ref|report_no|authors|topics; did you mean title?"
row "a field that is none" pf -k x --fields titel
err="paper-filter: $T/none: cannot be read: No such file or directory" status=1
row "a file that is not there" pf -K "$T/none"

out='k1 sparse:title:Sparse
k3 sparse:title:sparse'
row "where a keyword was found" hits -k sparse
out='k1 Mixtures? of:title:Mixtures of
k1 erdos:abstract:Erd\H{o}s.
k2 erdos:title:Erdős'"'"'
k3 naive:title:naïve
k3 attention$:title:attention'
row "all keywords of all fields" hits -k erdos -k 'Mixtures? of' -k naive -k 'attention$'
out='k3 \(n2\) sparse:title:$O(n^2)$ sparse
k3 ^..:title:漢字
k3 ^..:abstract:ll'
row "ends within a word that folding changed" hits -k '\(n2\) sparse' -k '^..' -w '.id == "k3"'

paper-filter -k sparse "$T/p" | paper-filter -k experts |
    paper-filter -k sparse >"$T/out"
out='["sparse","experts"]'
row "an earlier match is kept, and not twice" jq -c '[.match.keywords[].keyword]' "$T/out"

# Twenty keywords one by one and together give the same.
printf '%s\n' sparse mixture expert llm low rank moe erd fine tun paul graph \
    abstract '\bof\b' naive attention 漢 字 'e\.g' and >"$T/many"
while read -r k; do paper-filter -k "$k" "$T/p"; done <"$T/many" |
    jq -c '.id as $id | .match.keywords[] | [$id, .]' | sort >"$T/single"
paper-filter -K "$T/many" "$T/p" |
    jq -c '.id as $id | .match.keywords[] | [$id, .]' | sort >"$T/together"
ok "keywords do not disturb each other" cmp "$T/single" "$T/together"
ok "  and there are many" test "$(wc -l <"$T/single")" -gt 20

# An expression that backtracks without end is stopped.
printf '{"id":"slow","title":"%s!"}\n' "$(printf 'a%.0s' $(seq 1 60))" >"$T/slow"
is "a keyword that never ends: status" \
    "$(status_of timeout 60 paper-filter -k '^(a|aa)+$' "$T/slow")" 1
like "  message" "$(cat "$T/err")" "paper-filter: $T/slow:1: keyword * takes too long *"

out='long' && row "a group repeated over a long text" sh -c '
	{ printf "{\"id\":\"long\",\"abstract\":\""
	  i=0; while [ $i -lt 5000 ]; do i=$((i + 1)); printf "word %d " $i; done
	  printf "end\"}\n"; } | paper-filter -k "^(\w+\s+)*end$" | jq -r .id'
out='k1' && row "names of groups are no capitals" pf -k '(?<Name>llms) and'

# People.
cat >"$T/a.txt" <<'X'
# people I follow
Yann LeCun, 1688882
Ana García	# at home
Müller, Max
P. Erdős
X
cat >"$T/q" <<'X'
{"id":"a1","authors":["Yann LeCun","X Y"],"title":"one","score":{"relevance":1,"novelty":1}}
{"id":"a2","authors":["Y. LeCun"],"title":"two","categories":["cs.LG"]}
{"id":"a3","authors":["Yann LeCun"],"author_info":[{"name":"Yann LeCun","s2_id":"999","h_index":2}]}
{"id":"a4","authors":["Yan Lecan"],"author_info":[{"name":"Yan Lecan","s2_id":1688882}]}
{"id":"a5","authors":["Zoe Zed","Garc\\'ia, Ana","Max M\\\"uller"],"title":"survey"}
{"id":"a6","authors":["Paul Erd\\H{o}s"]}
{"id":"a7","authors":["Petra Erdos"]}
{"id":"a8","authors":["Nobody Known"],"title":"eight","screen":{"keep":false}}
{"id":"a9","author_info":[{"h_index":3}]}
X
people() {
	paper-filter -q "$@" "$T/q" | jq -r '"\(.id) \(.match.authors // [] | join("; "))" +
	    (if .match.authors_unsure then " ?" else "" end)'
}
out="a1 Yann LeCun
a2 Y. LeCun ?
a4 Yan Lecan
a5 Garc\\'ia, Ana; Max M\\\"uller
a6 Paul Erd\\H{o}s ?
a7 Petra Erdos ?"
row "--require-author" people -a "$T/a.txt" --require-author
out='a1
a2
a3
a4
a5
a6
a7
a8
a9'
row "-a alone drops nobody" sh -c 'paper-filter -q -a "$1/a.txt" "$1/q" | jq -r .id' sh "$T"
err="paper-filter: $T/q:2: Y. LeCun matches Yann LeCun by initials only
paper-filter: $T/q:6: Paul Erd\\H{o}s matches P. Erdős by initials only"
out=9 && row "initials are told once" paper-filter -a "$T/a.txt" --count "$T/q"
in='{"id":"d","authors":["Yann LeCun","..","Ana García"]}
'
out='{"id":"d","authors":["Yann LeCun","..","Ana García"],"match":{"authors":["Yann LeCun","Ana García"]}}'
row "a name without a letter is nobody's" paper-filter -a "$T/a.txt"
printf 'Yann LeCun\nYves LeCun\n' >"$T/two.txt"
in='{"id":"u","authors":["Y. LeCun"]}
'
out=1 err="paper-filter: <stdin>:1: Y. LeCun matches Yann LeCun by initials only; others on the list do, too"
row "initials of two on the list" paper-filter -a "$T/two.txt" --require-author --count
out='a1 a2 a4 a5 a6 a7' && row "-a passes by -k" sh -c '
	paper-filter -q -a "$1/a.txt" -k nothing "$1/q" | jq -r .id | paste -s -d " "' sh "$T"
out='a1 a2 a4 a6 a7' && row "  but not by -x" sh -c '
	paper-filter -q -a "$1/a.txt" -k nothing -x survey "$1/q" | jq -r .id | paste -s -d " "' sh "$T"
out='a2' && row "  nor by -c" sh -c '
	paper-filter -q -a "$1/a.txt" -k nothing -c cs.LG "$1/q" | jq -r .id | paste -s -d " "' sh "$T"
out='a1 a2 a3 a4 a5 a6 a7 a9' && row "-a passes by cutoffs" sh -c '
	paper-filter -q -a "$1/a.txt" --min-relevance 5 "$1/q" | jq -r .id | paste -s -d " "' sh "$T"
out='a1' && row "  later too" sh -c '
	paper-filter -q -a "$1/a.txt" "$1/q" | paper-filter --min-relevance 5 -k nothing -w ".id == \"a1\"" | jq -r .id' sh "$T"
out='a3' && row "--require-author of an earlier run" sh -c '
	printf "%s\n" "{\"id\":\"a3\",\"match\":{\"authors\":[\"X\"],\"mine\":1}}" "{\"id\":\"a4\"}" |
	    paper-filter --require-author | jq -r .id' sh
in='{"id":"a3","authors":["Ana Garcia"],"match":{"mine":1.0,"authors":["X"]}}'
out='{"id":"a3","authors":["Ana Garcia"],"match":{"authors":["X","Ana Garcia"],"mine":1.0}}'
row "other members of match stay" paper-filter -a "$T/a.txt"
out=9 err="paper-filter: --authors: there is no file 'Yann LeCun': it is taken for names
paper-filter: $T/q:2: Y. LeCun matches Yann LeCun by initials only"
row "-a NAME" paper-filter -a 'Yann LeCun' --count "$T/q"
out=5 && row "  and some more" paper-filter -q -a 'Yann LeCun, Ana Garcia' -a 'Erdos, Petra' \
    --require-author --count "$T/q"
status=1 err="paper-filter: my authors.txt: cannot be read: No such file or directory"
row "  but no file's" paper-filter -a 'my authors.txt' "$T/q"
printf '%s\n' LeCun 'Philip Torr <x@y>' 'Philip Torr, 123abc' 'Ana Garcia' '# X' 'X, 12' >"$T/odd.txt"
out=0 err="paper-filter: $T/odd.txt:1: LeCun: matches nobody who has a given name: write it too
paper-filter: $T/odd.txt:2: Philip Torr <x@y>: matches nobody: write Name, or Name, S2id
paper-filter: $T/odd.txt:3: Philip Torr, 123abc: matches nobody: write Name, or Name, S2id"
row "lines that match nobody" paper-filter -a "$T/odd.txt" --count /dev/null
echo ', 123' >"$T/b.txt"
misuse "$T/b.txt:1: a name is missing: "
row "a line that is no name" paper-filter -a "$T/b.txt" "$T/q"

printf '%s\n' '{"id":"h1","author_info":[{"name":"A","h_index":3},{"name":"B","h_index":40}]}' \
    '{"id":"h2","author_info":[{"name":"A","h_index":3}]}' \
    '{"id":"h3","author_info":[{"name":"A","h_index":null}]}' \
    '{"id":"h4"}' '{"id":"h5","author_info":[{"h_index":1}],"match":{"authors":["A"]}}' >"$T/h"
out='h1 h3 h4 h5' && row "--min-h-index" sh -c '
	paper-filter --min-h-index 20 --rejects "$1/r" "$1/h" | jq -r .id | paste -s -d " "' sh "$T"
out='h2 h_index' && row "  its reason" jq -r '.id + " " + .rejected' "$T/r"

done_testing
