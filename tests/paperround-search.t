#!/bin/sh
# paperround search: what words mean, and what is found by them.
# shellcheck disable=SC2016,SC1003 # words that a shell might take for its own
. "$(dirname "$0")/lib.sh"

data=$HOME/.local/share/paperround
archive=$data/archive/2025/10
round() { COLUMNS=80 paperround --now 2025-10-17T12:00:00Z "$@"; }
mkdir -p "$archive"
cat >"$archive/2025-10-17.jsonl" <<'X'
{"id":"1","title":"Sparse Mixtures of Experts","abstract":"Routing of low\u2010rank LLMs in C++.","authors":["Yoshua M. Bengio","Bo Li"],"categories":["cs.LG"],"announced":"2025-10-17","score":{"relevance":9,"novelty":8,"topics":["Mixture of experts"]}}
{"id":"2","title":"A survey of experts","abstract":"All of them, by P\u00e9ter Erd\u0151s.","comment":"NeurIPS 2025","authors":["Ana Bengio"],"categories":["cs.CL"],"announced":"2025-10-17","score":{"relevance":2,"novelty":2}}
{"id":"3","title":"Bees","authors":["P. Followed"],"categories":["q-bio.PE"],"announced":"2025-10-17","match":{"authors":["P. Followed"]},"score":{"relevance":1,"novelty":1,"topics":["bees"]}}
{"id":"4","title":"The expert that failed","abstract":"x","score_error":{"code":"timeout","detail":""}}
{"id":"5","title":"An expert put aside","abstract":"x","screen":{"keep":false}}
X
cat >"$archive/2025-10-10.jsonl" <<'X'
{"id":"6","title":"Start of the art","abstract":"Bia and quantizing it's start","announced":"2025-10-10","score":{"relevance":8,"novelty":8}}
{"id":"2","title":"An old survey","abstract":"x","announced":"2025-10-10","score":{"relevance":5,"novelty":5}}
X
for d in 17 10; do
	echo '{"tool":"paperround","date":"2025-10-'$d'","result":"done","exit":0}' \
	    >"$archive/2025-10-$d.report"
done

# finds "ID .." TERM ..
finds() {
	wanted=$1
	shift
	is "search $*" "$(round -q search --newest -f jsonl "$@" 2>"$T/err" |
	    jq -r .id | tr '\n' ' '; cat "$T/err")" "$wanted"
}
finds "1 2 4 5 " expert
finds "1 " experts routing
finds "1 4 5 " expert -survey
finds "1 " 'mixture of experts'
finds "1 " 'low rank'
finds "1 " low-rank llm
finds "1 " C++
finds "2 " erdos
finds "2 " Erdős
finds "2 " neurips
finds "6 " art
finds "6 " 'it'"'"'s'
finds "6 " 'quant*'
finds "2 4 5 " '/EXPERT|experts?/'
finds "1 2 " '/^(Sparse|A) /'
finds "1 2 " author:bengio
finds "1 " 'author:Yoshua Bengio'
finds "1 " 'author:"yoshua bengio" routing'
finds "2 " -author:Yoshua author:bengio
finds "1 2 " cat:cs.*
finds "1 " cat:cs.LG,q-bio.PE -cat:q-bio expert
finds "1 " topic:mixture
finds "3 " 'topic:be*'
finds "1 2 3 4 5 " since:6d
finds "6 2 " until:monday
finds "1 2 4 5 " 'expert since:yesterday'
finds "3 " --since thursday bee
finds "1 2 3 4 5 " --since 3d
finds "3 " -w '.score.topics == ["bees"]'
finds "1 " expert -w '.score.relevance > 5'

# Nothing of a word is for a shell.
mkdir "$T/empty"
cd "$T/empty" || exit 1
for word in '$(touch x)' '`touch x`' "';touch x;'" "'\$(touch x)" '"$(touch x)"' \
    '\' "/a';touch x;'/" "cat:cs.LG';touch x;'" "-author:';touch x'" '*' '%s'; do
	round -q search -- "$word" >"$T/out" 2>&1
	is "  not of $word" "$(ls)" ""
done
like "an expression that fails for all is told of some" \
    "$(round -q search -w '.title | test(1)' 2>&1 | wc -l)" "[1-9]"

# Papers by people one follows are not found for every word.
finds "3 " bees
is "the best first" "$(round -q search -f jsonl expert | jq -r .id |
    tr '\n' ' ')" "1 2 4 5 "
out=' 1 9·8 Sparse Mixtures of Experts                   Bengio +1  Mixture…	1'
err='paperround: 4 found'
row "a line a paper, the first of them" round search expert --top 1
is "  numbers mean all of them" "$(round show -f jsonl 2 | jq -r .id)" 2
for f in text markdown html; do
	like "$f says so, and nothing else" \
	    "$(round search -q -f $f expert | sed 's/<[^>]*>//g' |
		grep -e ' found' -e scanned -e relevant)" "*4*"
done
is "  the paper itself, once, and the newest of it" \
    "$(round search -q survey -f jsonl | jq -r .title)" "A survey of experts"
! terminals "a search on a terminal" || {
	NO_COLOR=1 TERM=xterm "$PYTHON" "$SRCDIR/tests/server/keys.py" never '' \
	    paperround --now 2025-10-17T12:00:00Z search expert >"$T/seen" 2>&1
	like "on a terminal the head says it" "$(cat "$T/seen")" \
	    'Search: expert · 4 found
 1 *modes kept'
}

try="; try 'paperround --help'"
nothing="paperround: nothing in the archive matches"
status=1 err="$nothing; 'word*' is all that begins with word"
row "what is not there" round search zebra
status=1 err="$nothing; a regular expression stands between slashes: '/expert.*routing/'"
row "  a regular expression without slashes" round search 'expert.*routing'
status=1 err="$nothing; a regular expression stands between slashes: '/a\\b(c)\\n/'"
row "  with what an echo would take for characters" round search 'a\b(c)\n'
status=1 err=$nothing
row "  nobody of that name" round search author:zebra
status=2 err="paperround: search: say what for$try"
row "nothing asked" round search
status=2 err="paperround: search: say what for$try"
row "  nor within quotes" round search '" "'
status=2 err="paperround: search: author: what$try"
row "nobody asked for" round search bees author:
status=2 err="paperround: search: missing closing parenthesis: a( <-- here --> $try"
row "a regular expression that is none" round search expert '/a(/'
status=2 err="paperround: '17.10.2025' is not a day like 2025-10-17$try"
row "a day that is none" round search --since 17.10.2025 x
status=2 err="paperround: 2025-10-18 is still to come$try"
row "  that is to come" round search x since:2025-10-18
status=2 err="paperround: --top: '0' is no number from 1 on$try"
row "no paper at all" round search --top 0 x
status=2 err="paperround: there is no option -k$try"
row "an option of another program" round search -k x
status=2 err="paperround: there is no option -xyz$try"
row "  only a search leaves out words" round show -xyz
done_testing
