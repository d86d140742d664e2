#!/bin/sh
# SPDX-License-Identifier: ISC
# The local judge without vectors: --backend lexical.
. "$(dirname "$0")/lib.sh"

topics=$T/topics.md
cat >"$topics" <<'END'
1. Sparse experts {#moe}
   - Relevant: mixture of experts, expert routing
2. Small numbers
   - Relevant: quantization
Keywords:
- Irrelevant: federated learning
END
lexical() {
	llm-score --backend lexical -T "$topics" "$@"
}

paper='{"id":"1","n":1e400,"title":"Mixture of experts","abstract":"With quantization."}'
prompt=$(lexical --report "$T/report" <<END | sed 's/.*"prompt":"\([^"]*\)".*/\1/'
$paper
END
)
score='"backend":"lexical","model":"bm25","prompt":"'$prompt'"}}'
like 'the prompt is a checksum' "$prompt" '[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'
like 'the report says who judged' "$(cat "$T/report")" \
	'*"out":1,*"backend":"lexical","model":"bm25","scored":1,"screened_out":0,"unscored":0,"health":"ok"*'

in=$paper
out='{"id":"1","n":1e400,"title":"Mixture of experts","abstract":"With quantization.","score":{"p":0.9981,"relevance":10,"novelty":null,"comment":"Matched: mixture of experts, quantization. Near: Sparse experts.","topics":["moe","small-numbers"],'$score
row 'a score is spliced in' lexical

in='{"id":"1","score":{"relevance":9},"title":"Snow","abstract":"Ice.","score_error":{"code":"http"}}'
out='{"id":"1","title":"Snow","abstract":"Ice.","score":{"p":0.04201,"relevance":4,"novelty":null,"comment":"Nothing you asked for is in it.","topics":[],'$score
row 'what an earlier run said is replaced; nothing is made up' lexical

in='{"id":"1","title":"Snow","abstract":"Ice.","score":{"relevance":9}}'
out=$in
row '--keep-scored' lexical --keep-scored

in='{"id":"1","title":"Snow","abstract":"Ice.","screen":{"keep":false}}'
out=$in
row 'what a screen put aside stays aside' lexical

in='{"id":"1","title":"Snow","score":{"relevance":9}}'
out='{"id":"1","title":"Snow","score_error":{"code":"no_text","detail":"title or abstract is missing"}}'
err='llm-score: no score for 1 of 1 papers, the first: no_text: title or abstract is missing'
status=75
row 'no text, no score' lexical
in='{"id":"1","title":"Snow"}
{"id":"2","title":"Snow","abstract":"Ice."}'
ok 'some without text: degraded' test "$(printf '%s\n' "$in" |
	status_of lexical --max-unscored 0.5 --report "$T/report2")" = 1
like 'and the report says so' "$(cat "$T/report2")" '*"health":"degraded"*'
in='{"id":"1","title":"Snow"}
{"id":"2","title":"Snow","abstract":"Ice."}
{"id":"3","title":"Snow","abstract":"Ice.","screen":{"keep":false}}'
is 'put aside: neither scored nor missing' "$(printf '%s\n' "$in" |
	status_of lexical --max-unscored 0.4 --report "$T/report3")" 75
like '  but counted' "$(cat "$T/report3")" '*"screened_out":1,"unscored":1,*'
in=''

row 'no papers are no failure' lexical
status=1
row 'but no score is one with -e' lexical -e

# The other papers of the day do not matter, nor does a second run.
printf '%s\n' "$paper" '{"id":"2","title":"Mixture of experts","abstract":"x"}' \
	>"$T/two"
lexical "$T/two" >"$T/out1"
printf '%s\n' "$paper" | lexical >"$T/out2"
is 'a score does not depend on other papers' "$(head -n 1 "$T/out1")" \
	"$(cat "$T/out2")"
lexical "$T/two" | cmp - "$T/out1" >/dev/null
is 'the same bytes again' "$?" 0

: >"$T/empty.md"
printf '%s\n' '- - -' >"$T/none.md"
is 'topics that name nothing' "$(status_of llm-score --backend lexical \
	-T "$T/none.md" "$T/two")" 2
is 'and the message' "$(cat "$T/err")" \
	"llm-score: $T/none.md: nothing in it is wanted; name what you read about, as in \"graph neural networks\""
printf '%s\n' 'flurbgnurb' >"$T/odd.md"
is 'a word that nobody knows is found all the same' \
	"$(echo '{"id":"1","title":"A flurbgnurb","abstract":"It flurbs."}' |
	llm-score -q --backend lexical -T "$T/odd.md" |
	jq -r '.score|"\(.relevance) \(.comment)"')" '10 Matched: flurbgnurb.'
is 'a word of a phrase alone is a hint: 5 at most' \
	"$(echo '{"id":"1","title":"Experts","abstract":"Experts, a mixture."}' |
	lexical | jq -r '.score|"\(.relevance) \(.comment)"')" \
	'5 Nothing you asked for is in it.'
is 'what is unwanted in a title, and nothing else' \
	"$(echo '{"id":"1","title":"Federated learning","abstract":"Experts."}' |
	lexical | jq -r '.score|"\(.relevance) \(.comment)"')" \
	'1 Against: federated learning.'

# The supplied topics, as `paperround init` hands them out.
for id in architecture efficiency systems representation; do
	ok "the supplied topics have {#$id}" \
		grep -q "{#$id}" "$SRCDIR/share/topics.md"
done
done_testing
