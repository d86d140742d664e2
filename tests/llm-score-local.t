#!/bin/sh
# SPDX-License-Identifier: ISC
# The judge that knows words: --backend local.
. "$(dirname "$0")/lib.sh"

printf '%s\n' '# Sparse experts {#moe}' 'mixture of experts, routing' \
	'# Small numbers' 'quantization, low-bit training' '' \
	'Please leave out medical images.' >"$T/topics"
paper() {
	printf '{"id":"%s","title":"%s","abstract":"%s","categories":["cs.LG"]}\n' \
		"$@"
}
{
	paper 1 'Routing in sparse mixtures of experts' \
		'We train a mixture of experts whose router picks few experts for each token of a large language model.'
	paper 2 'Four-bit weights' \
		'Quantization of weights and activations to few bits makes large language models smaller.'
	paper 3 'Segmentation of medical images' \
		'A known network segments tumours in medical images of the liver.'
	paper 4 'Snow on mountains' 'How deep snow lies in spring.'
} >"$T/papers"
judge() {
	llm-score --backend local --category cs.LG "$@"
}
topics() {
	judge -T "$T/topics" "$@"
}

topics "$T/papers" >"$T/judged" 2>"$T/err"
is 'nothing is said of good topics' "$(cat "$T/err")" ''
is 'wanted ones are at the top, others at the bottom' \
	"$(jq -c '[.id, .score.relevance >= 8, .score.relevance <= 3]' "$T/judged" |
	tr -d '\n')" \
	'["1",true,false]["2",true,false]["3",false,true]["4",false,true]'
is 'a comment for a reader' "$(jq -r .score.comment "$T/judged")" \
	'Matched: mixture of experts, routing. Near: Sparse experts.
Matched: quantization. Near: Small numbers.
Against: medical images.
Nothing you asked for is in it.'
is 'the topics it is near to' "$(jq -c '.score.topics[0]' "$T/judged" |
	tr '\n' ' ')" '"moe" "small-numbers" null null '
is 'who judged' "$(jq -c '.score|[.novelty, .backend, .model]' "$T/judged" |
	sort -u)" '[null,"local","vectors"]'
is 'p has four digits at most' "$(grep -cE '"p":0\.0*[0-9]{1,4},|"p":[0-9]\.?[0-9]{0,3}e-[0-9]+,' \
	"$T/judged")" 4
is 'other bytes pass through' "$(head -n 1 "$T/judged" | sed 's/,"score".*/}/')" \
	"$(head -n 1 "$T/papers")"

printf '%s\n' 'low-rank methods, LoRA, sparse experts' >"$T/phrases"
is 'without topics, the phrase it is near to in other words' "$(
	paper 1 'Fine-tuning with LoRA' 'Adapters of a matrix decomposition.' |
		judge -T "$T/phrases" | jq -r .score.comment)" \
	'Matched: lora. Near: low rank methods.'

printf '%s\n' 'quantization, low-bit training, pruning' 'No flurbgnurb.' \
	>"$T/odd"
is 'an unwanted word in a title counts, even one that is unknown' "$(
	paper 1 'A flurbgnurb of few bits' 'It makes networks small.' |
		judge -T "$T/odd" | jq -r '.score|"\(.relevance) \(.comment)"')" \
	'3 Against: flurbgnurb.'

# A record's judgement is the same alone, in any order, in any company.

"$PYTHON" - "$T/papers" >"$T/many" <<'END'
import json, random, sys
random.seed(7)
papers = [json.loads(line) for line in open(sys.argv[1])]
words = " ".join(p["title"] + " " + p["abstract"] for p in papers).split()
words += "neural networks\n bayesian é ∂ \\alpha $x$ galaxies transformers".split(" ")
for i in range(200):
    n = random.choice((1, 3, 30, 300))
    text = " ".join(random.choice(words) for _ in range(n))
    print(json.dumps({"id": str(i), "title": text[:60], "abstract": text}))
END
printf '%s\n' '{"id":"1"}' >"$T/ids"
same() {
	"$@" "$T/many" 2>/dev/null | sort >"$T/together"
	sort -R "$T/many" | "$@" 2>/dev/null | sort >"$T/shuffled"
	sed -n '1~9p' "$T/many" | while IFS= read -r tap_line; do
		printf '%s\n' "$tap_line" | "$@" 2>/dev/null
	done | sort >"$T/alone"
	[ "$(wc -l <"$T/together")" = 200 ] &&
		cmp "$T/together" "$T/shuffled" &&
		[ -z "$(comm -13 "$T/together" "$T/alone")" ] &&
		[ -s "$T/alone" ]
}
ok 'the same in any company, by topics' same topics
ok 'and by likes' same judge --like "$T/papers" --dislike "$T/ids" \
	--earlier "$T/papers"

# The nearest earlier papers

head -n 3 "$T/papers" >"$T/earlier"
is '--earlier: the three that are nearest, with titles, but not itself' \
	"$(topics --earlier "$T/earlier" "$T/papers" | jq -c 'select(.id == "1")
	| [(.near | length), (.near | map(.id) | sort), (.near[0].title | type),
	.near[0].cos >= .near[1].cos]')" \
	'[2,["2","3"],"string",true]'
is 'and all else is the same' \
	"$(topics --earlier "$T/earlier" "$T/papers" | jq -c 'del(.near)')" \
	"$(topics "$T/papers" | jq -c .)"
status=2 err="llm-score: $T/gone: No such file or directory"
row 'earlier papers that cannot be read' judge -T "$T/topics" \
	--earlier "$T/gone" "$T/papers"

# Likes and dislikes

is 'likes alone' "$(judge --like "$T/ids" --earlier "$T/papers" "$T/papers" |
	jq -r .score.relevance | sort -n | tail -n 1)" 10
like 'a like is named' "$(head -n 1 "$T/papers" >"$T/first"
	sed 's/"id":"1"/"id":"9"/' "$T/first" |
		judge --like "$T/first" | jq -r .score.comment)" \
	'Like 1, which you liked.'
printf '%s\n' '{"id":"1","mark":"star"}' '{"id":"2","mark":"star"}' \
	'{"id":"2","mark":"none"}' '{"id":"1","mark":"read"}' \
	'{"id":"3","mark":"drop"}' '{"id":"4","note":"cold"}' >"$T/marks"
marks() {
	judge --like "$T/marks" --dislike "$T/marks" --earlier "$T/papers" "$@"
}
is 'the last mark of a paper holds' "$(marks "$T/papers" |
	jq -r .score.comment | grep -o 'Like [0-9], .*d' | sort -u)" \
	'Like 1, which you starred'
marks "$T/papers" >"$T/marked"
is 'stars and drops' "$(jq -s '(.[0].score.p > .[3].score.p) and
	(.[3].score.p > .[2].score.p)' "$T/marked")" true
scored() { # BACKEND: that of the first paper, which is liked
	jq -c '. + {score: {relevance: 9, novelty: 9, backend: "'"$1"'"}}' \
		"$T/first" >"$T/scored"
	topics --like "$T/scored" "$T/papers" | jq .score.p | head -n 1
}
first=$(topics --like "$T/first" "$T/papers" | jq .score.p | head -n 1)
is 'what the local judge scored is liked as anything' "$(scored local)" "$first"
ok 'what a model picked counts less' \
	awk "BEGIN { exit !($(scored openai) < $first) }"
ok 'likes change the prompt' test \
	"$(jq -r .score.prompt "$T/marked" | sort -u)" != \
	"$(jq -r .score.prompt "$T/judged" | sort -u)"
ok 'the more is selected as a rule, the more is shown' test \
	"$(topics --usual 1/2 "$T/many" 2>/dev/null | jq .score.relevance |
		awk '{ n += $1 } END { print n }')" -gt \
	"$(topics --usual 1/100 "$T/many" 2>/dev/null | jq .score.relevance |
		awk '{ n += $1 } END { print n }')"

# A trained model

"$PYTHON" - >"$T/archive" <<'END'
import json
for i in range(60):
    good = i % 3 == 0
    text = "snow falls on ice" if good else "sun shines on sand"
    print(json.dumps({"id": str(i), "title": text, "abstract": text + str(i),
        "announced": "2025-10-%02d" % (1 + i // 10),
        "score": {"relevance": 9 if good else 2, "novelty": 9}}))
END
llm-score -q --train "$T/archive" -o "$T/model" 2>/dev/null
{
	paper a 'Snow and ice' 'Snow falls on ice.'
	paper b 'Sun and sand' 'The sun shines on sand.'
} >"$T/weather"
judge --screen-model "$T/model" "$T/weather" >"$T/judged2" 2>"$T/err"
is 'a model alone' "$(jq -r .score.comment "$T/judged2"; cat "$T/err")" \
	'Like what you chose before.
Unlike what you chose before.'
ok 'topics and a model' test "$(topics --screen-model "$T/model" \
	"$T/weather" | jq -r .score.p | sort -gr | tr '\n' ' ')" = \
	"$(topics --screen-model "$T/model" "$T/weather" | jq -r .score.p |
		tr '\n' ' ')"
ok 'the same in any company, by a model' same topics \
	--screen-model "$T/model"
ok 'and by a screen' same llm-score --screen local --screen-only \
	--screen-model "$T/model"
misuse() {
	tap_name=$1 tap_want=$2
	shift 2
	is "$tap_name" "$(status_of llm-score "$@" </dev/null
		head -n 1 "$T/err")" "2
llm-score: $tap_want"
}
misuse 'a model that is none' \
	"$T/papers: not a model that --train wrote; create it again with --train" \
	--backend local --screen-model "$T/papers"

# What was understood

status=2 err="llm-score: --explain-topics reads --topics FILE and nothing else
try 'llm-score --help'"
row '--explain-topics of papers' judge -T "$T/topics" --explain-topics "$T/papers"
status=2 err="llm-score: --rescore needs a model to ask
try 'llm-score --help'"
row '--rescore' judge -T "$T/topics" --rescore . "$T/papers"
status=2 err="llm-score: vectors/computing is not installed; set PAPERROUND_DATADIR to where it is"
row 'no vectors' env PAPERROUND_DATADIR="$T" llm-score --backend local \
	--category cs.LG -T "$T/topics" "$T/papers"
is 'earlier papers without a title are near to none' "$({
	echo '{"id":"x"}'
	head -n 1 "$T/papers"
} >"$T/earlier"
	topics --earlier "$T/earlier" "$T/papers" | jq -c '.near[].id' | sort -u)" \
	"\"$(head -n 1 "$T/papers" | jq -r .id)\""
is 'a topic in unknown words is none of a paper' "$(sed '$a\
9. Flurbgnurb {#f}\
   - Relevant: xqzzy' "$T/topics" >"$T/more"
	judge -T "$T/more" "$T/papers" | jq -c '.score.topics // []' |
	    grep -c '"f"')" 0
out='wanted: sparse experts
wanted: mixture of experts
wanted: routing
wanted: small numbers
wanted: quantization
wanted: low bit training
unwanted: medical images'
row '--explain-topics' judge -T "$T/topics" --explain-topics
out='wanted: sparse experts
wanted: quantization
wanted: pruning'
err="llm-score: --topics: there is no file 'sparse experts, quantization, pruning': it is taken for topics"
row '  of words instead of a file' \
	judge -T 'sparse experts, quantization, pruning' --explain-topics
status=2 err='llm-score: my topics.md: No such file or directory'
row '  but not of a file that is not there' judge -T 'my topics.md' --explain-topics
printf '%s\n' 'flurbgnurb theory' >"$T/odd"
out='wanted: flurbgnurb theory
unknown: flurbgnurb'
err="llm-score: $T/odd: only 1 phrase to judge by; add more, or papers you liked with --like (--explain-topics prints what was understood)"
row 'unknown words, and too little' judge -T "$T/odd" --explain-topics

# A field of its own

is 'the group that knows the words' "$(printf '%s\n' \
	'galaxy clusters, dark matter halos, cosmic microwave background' \
	>"$T/sky"
	paper 1 'Dark matter halos' 'Galaxies in clusters and their halos.' |
	llm-score --backend local -T "$T/sky" | jq .score.relevance)" 10

# Misuse

status=2
err="llm-score: $T/none: nothing in it is wanted; name what you read about, as in \"graph neural networks\""
printf '%s\n' 'I would like papers, please.' >"$T/none"
row 'topics that say nothing' judge -T "$T/none"
status=2
printf '%s\n' 'flurbgnurb' >"$T/none"
err="llm-score: $T/none: none of its words is known; name what you read about in other words too"
row 'topics of unknown words' judge -T "$T/none"
status=2
err="llm-score: $T/ids: no paper to learn from; marks and ids need --earlier FILE with their papers"
row 'likes that are nowhere' judge --like "$T/ids"
printf '%s\n' '{"id":"77","mark":"drop"}' '{"id":"78","mark":"read"}' \
	>"$T/dropped"
is 'no star is no like' "$(topics --like "$T/dropped" "$T/papers" |
	jq .score.p)" "$(jq .score.p "$T/judged")"
status=2
err='llm-score: no paper is liked yet: judging needs --topics FILE'
row 'and nothing to judge by' judge --like "$T/dropped"
status=2
err="llm-score: $T/absent: No such file or directory"
row 'likes that cannot be read' judge --like "$T/absent"
printf '%s\n' 1 77 88 >"$T/some"
like 'likes of which some are nowhere' \
	"$(judge --like "$T/some" --earlier "$T/papers" 2>&1 >/dev/null </dev/null)" \
	"llm-score: $T/some: 2 papers are not in the files of --earlier"
misuse 'neither topics nor likes' 'judging needs --topics FILE' \
	--backend local
misuse 'likes for another judge' \
	'--like needs --train or --backend local' \
	--backend lexical -T "$T/topics" --like "$T/papers"
misuse 'categories for another judge' '--category needs --backend local' \
	--backend lexical -T "$T/topics" --category cs.LG
misuse 'a category of no archive' \
	'--category x/y: arXiv has no such archive; a category is like cs.LG or hep-th' \
	--backend local -T "$T/topics" --category cs.LG,x/y
misuse 'an odd share' '--usual 3: is not N/M, as in 12/340' \
	--backend local -T "$T/topics" --usual 3

# What scripts/make-vectors learns from

is 'the words of papers, with a bar between sentences' "$(
	paper 1 'Routing, \\emph{sparse}' 'Mixtures of Experts. And so on' |
		"$BUILD/scripts/terms")" \
	"$(printf 'routing sparse\tmixtures of experts | and so on')"

# Damaged vectors

mkdir -p "$T/data/vectors"
vectors=$T/data/vectors/computing
damaged() {
	tap_name=$1 tap_want=$2
	like "$tap_name" "$(PAPERROUND_DATADIR=$T/data status_of judge \
		-T "$T/topics" "$T/papers"; cat "$T/err")" "2
llm-score: $vectors: $tap_want; install it again"
}
cp "$SRCDIR/share/vectors/computing" "$vectors"
is 'a whole copy will do' "$(PAPERROUND_DATADIR=$T/data judge \
	-T "$T/topics" "$T/papers" | cmp - "$T/judged" && echo same)" same
printf x | dd of="$vectors" bs=1 seek=500000 conv=notrunc 2>/dev/null
damaged 'a byte changed' damaged
head -c 100000 "$SRCDIR/share/vectors/computing" >"$vectors"
damaged 'cut' damaged
# patched OFFSET BYTES: with a checksum that is right.
patched() {
	"$PYTHON" - "$SRCDIR/share/vectors/computing" "$vectors" "$@" <<'END'
import struct, sys
data = bytearray(open(sys.argv[1], "rb").read())
at, value = int(sys.argv[3]), bytes.fromhex(sys.argv[4])
data[at : at + len(value)] = value
h = 0
for (w,) in struct.iter_unpack("<Q", data[32:]):
    h = ((h ^ w) * 0x9E3779B97F4A7C15) & (1 << 64) - 1
    h ^= h >> 32
data[24:32] = struct.pack("<Q", h)
open(sys.argv[2], "wb").write(data)
END
}
patched 8 01020304
damaged 'the other byte order' 'made for the other byte order'
patched 12 02
damaged 'another version' 'made for another version of paperround'
patched 48 20
damaged 'another dimension' 'made for another version of paperround'
patched 52 ffffff7f
damaged 'more terms than there is room for' damaged
patched 72 01
damaged 'a part at an odd place' damaged
patched 80 f8ffffffffffff7f
damaged 'a part beyond the end' damaged
patched 56 00
damaged 'no buckets' damaged
patched 60 00000000
damaged 'no categories' damaged
mkdir "$T/data/none"
like 'not installed' "$(PAPERROUND_DATADIR=$T/data/none status_of judge \
	-T "$T/topics" "$T/papers"; cat "$T/err")" \
	"2*vectors/computing is not installed*"
echo hello >"$vectors"
damaged 'something else' 'no file of word vectors'
: >"$vectors"
like 'empty' "$(PAPERROUND_DATADIR=$T/data status_of judge -T "$T/topics" \
	"$T/papers"; cat "$T/err")" "2
llm-score: $vectors: cannot be mapped; install it again"
done_testing
