#!/bin/sh
# SPDX-License-Identifier: ISC
# Topics drafted from a library: llm-score --draft-topics.
. "$(dirname "$0")/lib.sh"

# titles CATEGORY: a paper for each line of standard input.
titles() {
	awk -v category="$1" '{ printf "{\"id\":\"%s.%d\",\"title\":\"%s\",\"categories\":[\"%s\"]}\n",
	    category, NR, $0, category }'
}
titles cs.LG >"$T/three" <<'X'
Sparse Mixture of Experts with Balanced Routing
Expert Routing in a Mixture of Experts
Mixtures of Experts for Translation
Load Balancing of Experts in Language Models
Upcycling Dense Networks into a Mixture of Experts
Post-Training Quantization of Language Models
Quantization of Activations to Four Bits
Weight Quantization with Rotations
Low-Bit Quantization of Vision Transformers
Quantization of the KV Cache
Few-Bit Quantization for a KV Cache
Bayesian Optimization of Molecules
Drug Discovery by Bayesian Optimization
Multi-objective Bayesian optimization and its regret
Fast Bayesian Optimization with Gaussian Processes
Gaussian Processes in high dimensions
X
draft() { llm-score --draft-topics "$@"; }
draft "$T/three" >"$T/topics" 2>"$T/err"
is "nothing to complain of" "$? $(cat "$T/err")" "0 "
is "a topic for each of three subjects" \
    "$(sed -n 's/^[0-9]\. .*{#\(.*\)}/\1/p' "$T/topics" | sort | paste -s -d ' ' -)" \
    'bayesian-optimization kv-cache mixture-of-experts'
ok "  in the case of a sentence, names in theirs" \
    grep -q '^[0-9]. Bayesian optimization {#bayesian-optimization}$' "$T/topics"
is "  room for what is not wanted" "$(grep -c '^   - Irrelevant:$' "$T/topics")" 3
is "  and no line is too long" "$(awk 'length > 80' "$T/topics")" ""
draft <"$T/three" >"$T/again"
ok "the same papers, the same bytes" cmp "$T/topics" "$T/again"

# What is written is what the judge reads.
sed -n 's/^[0-9]\. \(.*\) {#.*/\1/p; /Relevant:/,/Irrelevant:/{
	/Irrelevant:/d; s/.*Relevant://; s/, */\n/g; p; }' "$T/topics" |
    sed 's/^ *//; s/,$//' | grep . | tr 'A-Z-' 'a-z ' | sort >"$T/written"
llm-score --explain-topics --category cs.LG -T "$T/topics" |
    sed -n 's/^wanted: //p' | sort >"$T/read"
ok "each phrase is read as one" cmp "$T/written" "$T/read" ||
    tap_note "$(diff "$T/written" "$T/read")"
{
	echo '{"id":"1","title":"Experts for speech","abstract":"A mixture of experts."}'
	echo '{"id":"2","title":"On snow","abstract":"How deep it lies in spring."}'
} | llm-score -T "$T/topics" --category cs.LG |
    jq -c '.score.relevance' >"$T/judged"
ok "the judge tells papers by it" sh -c '[ "$1" -ge 7 ] && [ "$2" -le 4 ]' sh \
    "$(sed -n 1p "$T/judged")" "$(sed -n 2p "$T/judged")"

# --------------------------------------------------- libraries of any kind
head -n 1 "$T/three" >"$T/one"
ok "one paper makes a topic" sh -c 'llm-score --draft-topics "$0" |
    grep -qi "^1\. .*{#"' "$T/one"
is "what comes twice counts once" \
    "$(cat "$T/three" "$T/three" | draft - 2>"$T/err" | cksum)" \
    "$(cksum <"$T/topics")"
is "  and that is said" "$(cat "$T/err")" \
    "llm-score: left out 16 papers that stood there already"
err='llm-score: left out 1 paper without a title
llm-score: no topics: there is no paper with a title; ids alone say nothing'
in='{"id":"2510.13999"}' status=1
row "an id alone" llm-score --draft-topics
err='llm-score: no topics: there is no paper with a title; ids alone say nothing'
in='' status=1
row "nothing" llm-score --draft-topics
err="llm-score: left out 1 paper in words that are not known
llm-score: no topics: the papers' words are not known; --category may name the field, and English titles help"
in='{"id":"1","title":"Die Bewegung von ruhenden suspendierten Teilchen"}' status=1
row "another language" llm-score --draft-topics
{
	cat "$T/three"
	echo '{"id":"f","title":"La mécanique des fluides et ses équations différentielles","abstract":"Nous étudions les équations du mouvement des fluides dans un domaine borné."}'
} | draft >"$T/out" 2>"$T/err"
ok "among others it is left out" cmp "$T/out" "$T/topics"
is "  and that is said" "$(cat "$T/err")" \
    "llm-score: left out 1 paper in words that are not known"
{
	echo 'none'
	cat "$T/three"
} | draft >"$T/out" 2>"$T/err"
is "a line that is no paper" "$? $(cat "$T/err")" \
    "1 llm-score: <stdin>:1: not a JSON object at byte 1; skipped"
ok "  costs no other" cmp "$T/out" "$T/topics"
{
	cat "$T/three" "$T/one"
	printf '%s\n' none '{"id":"2510.13999"}' \
	    '{"id":"1","title":"Die Bewegung von ruhenden suspendierten Teilchen"}'
} | draft --report "$T/report" >"$T/out" 2>"$T/err"
ok "the report says where each paper is" grep -q \
    '"in":20,"out":0,"dropped":{"no_title":1,"repeated":1,"unknown":1,"draft":16},"failed":1' \
    "$T/report"
err="llm-score: --category xx: arXiv has no such archive; a category is like cs.LG or hep-th"
status=2
row "a category that is none" llm-score --draft-topics --category xx "$T/three"

# TeX, formulas and addresses are no phrases; nor is what papers say of
# themselves.
cat >"$T/tex" <<'X'
{"id":"1","title":"The $\\mathcal{O}(n^2)$ bound of \\textbf{sparse} graph coloring","abstract":"We propose a novel method for graph coloring, see https://example.org/x. Graph coloring is hard."}
{"id":"2","title":"Graph coloring {and} $K_{3,3}$ minors","abstract":"In this paper we propose a novel algorithm for graph coloring."}
{"id":"3","title":"Na\\\"ive graph colorings","abstract":"We propose a novel approach."}
X
draft --category math.CO "$T/tex" >"$T/out"
ok "a phrase of a few papers" grep -qi '^1\. Graph coloring {#graph-coloring}$' "$T/out"
is "  and none of TeX or of every paper" \
    "$(grep -iE '[\\$_]|mathcal|textbf|http|example|propose|novel|paper' "$T/out")" ""

is "in the order of their subjects' sizes" "$({
	sed -n 1,3p "$T/three"
	sed -n 12,15p "$T/three"
	printf '%s\n' 'Entropy search in Bayesian optimization' \
	    'Bayesian optimization of robots' | titles x
} | draft --category cs.LG | sed -n 's/^1\. \(.*\) {.*/\1/p')" "Bayesian optimization"

# Few papers need what their abstracts say; many have titles enough.
with_abstracts() {
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++)
		printf "{\"id\":\"%d\",\"title\":\"Graph coloring %d\",\"abstract\":\"Quantum annealing.\"}\n", i, i }' |
	    draft --category math.CO | sed -n 's/^[0-9]\. \(.*\) {.*/\1/p' | sort |
	    paste -s -d , -
}
is "the subjects of 59 papers are in their abstracts too" \
    "$(with_abstracts 59)" "Graph coloring,Quantum annealing"
is "  those of 60 are in their titles" "$(with_abstracts 60)" "Graph coloring"

# A large library is bounded by what is kept.  So are its phrases, of which
# there are thousands here: words of the titles above, side by side.
jq -r .title "$T/three" | awk '
	{ for (i = 1; i <= NF; i++) word[n++] = $i }
	END { for (i = 0; i < 10010; i++)
		printf "{\"id\":\"%d\",\"title\":\"Graph coloring number %d " \
		    "and the trees: %s %s %s\"}\n", i, i, word[i % n],
		    word[int(i / n) % n], word[i * 7 % n] }' |
    draft --category math.CO >"$T/out" 2>"$T/err"
is "beyond 10,000 papers" "$(cat "$T/err")" \
    "llm-score: left out 10 papers beyond the first 10,000"
ok "  the draft is of these" grep -q 'raph coloring' "$T/out"
done_testing
