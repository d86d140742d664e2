#!/bin/sh
# SPDX-License-Identifier: ISC
# scripts/agreement, and what it says of the local judge: how well it agrees with
# the LLM that selected a reader's papers, however the reader's topics are
# written, on papers of October 2025, of which nothing was learnt.  They are not
# wholly unseen: rules were chosen on earlier months, but the figures of October
# were looked at more than once meanwhile.
. "$(dirname "$0")/lib.sh"

agreement() {
	"$PYTHON" "$SRCDIR/scripts/agreement" "$@"
}
scored() {
	printf '{"id":"%s","score":{"relevance":%s,"novelty":%s}}\n' "$@"
}
{
	scored a 9 8
	scored b 8 null
	scored c 9 6
	scored z 9 9
} >"$T/labels"
{
	scored a 7 null
	scored b 9 null
	scored c 8 null
	scored d 1 null
	scored e 7 null
	printf '%s\n' '{"id":"f","score_error":{"code":"http"}}'
} >"$T/judged"
# Selected: a and b.  Of the six pairs with c, d, e, b wins three; a wins
# against d, ties with e, and loses to c: 4.5 of 6.
is 'agreement of two judges' \
	"$(agreement --labels "$T/labels" "$T/judged")" 'papers 5
selected 2
auc 0.7500
sent 2
share 0.4000
recall 0.5000
precision 0.5000
precision_at_n 0.5000
share_at_0.9 0.8000
share_at_0.95 0.8000
share_at_0.98 0.8000
share_at_0.99 0.8000
spearman -0.8660'
screened() {
	printf '{"id":"%s","screen":{"keep":%s,"p":%s}}\n' "$@"
}
{
	screened a true 0.9
	screened d true 0.8
	screened b false 0.2
	screened e false 0.1
} >"$T/judged"
is 'agreement with a screen' "$(agreement --labels "$T/labels" "$T/judged" |
	tr '\n' ' ')" 'papers 4 selected 2 auc 0.7500 sent 2 share 0.5000 recall 0.5000 precision 0.5000 precision_at_n 0.5000 share_at_0.9 0.7500 share_at_0.95 0.7500 share_at_0.98 0.7500 share_at_0.99 0.7500 spearman nan '
is 'no papers' "$(agreement --labels "$T/labels" /dev/null | sed -n 1,3p |
	tr '\n' ' ')" 'papers 0 selected 0 auc nan '

if ! [ -d "$SHARED/data/scored" ]; then
	skip 'agreement with an LLM' 'no ../shared/data/scored'
	done_testing
fi

gzip -dc "$SHARED/data/scored/papers.jsonl.gz" >"$T/all"
jq -c 'select(.announced >= "2025-10-01")' "$T/all" >"$T/labels"
jq -c 'del(.score)' "$T/labels" >"$T/papers"
# What was not selected was seen, and is scored so.
jq -c 'select(.announced < "2025-10-01") |
	.score //= { relevance: 1, novelty: 1 }' "$T/all" >"$T/before"
# after N: the papers of the last N days before.
after() {
	jq -r .announced "$T/before" | sort -u | tail -n "$1" | head -n 1
}

# row NAME AUC PRECISION [OPTION ..]: at least these, less .02 and .04, which is
# what the choice of a month makes.
judged=$T/judged
level() {
	name=$1 auc=$2 precision=$3
	shift 3
	llm-score -q --backend local --category cs.LG,cs.AI "$@" "$T/papers" \
		>"$judged"
	agreement --labels "$T/labels" "$judged" >"$T/figures"
	got_auc=$(sed -n 's/^auc //p' "$T/figures")
	got_precision=$(sed -n 's/^precision_at_n //p' "$T/figures")
	echo "# $name: $got_auc / $got_precision (wanted: $auc / $precision)"
	ok "$name" awk -v a="$got_auc" -v b="$got_precision" -v c="$auc" \
		-v d="$precision" \
		'BEGIN { exit !(a >= c - .02 && b >= d - .04) }'
	shown=$(jq -s 'map(select(.score.relevance >= 8)) | length' "$judged")
	ok "  shown are $shown, the LLM picked $picked: within a factor of two" \
		test $((shown * 2)) -ge "$picked" -a "$shown" -le $((picked * 2))
}

picked=$(grep -c '"score"' "$T/labels")
topics=$SHARED/data/topics
lists=$SRCDIR/share/topics.md
sed '/^Please leave out/,$d' "$topics/prose.md" >"$T/prose"
level 'topics as lists' .895 .56 -T "$lists"
level 'as headings' .89 .53 -T "$topics/headings.md"
level 'as phrases' .89 .53 -T "$topics/phrases.md"
level 'as prose' .86 .45 -T "$T/prose"
level 'as prose with a "not"' .76 .29 -T "$topics/prose.md"
is '  a title of what is unwanted, and nothing wanted, is not above 3' \
	"$(jq -r 'select(.score.relevance > 3 and
	(.score.comment | test("^Matched") | not) and
	(.title | test("medical image|recommender system|robot|survey"; "i"))) |
	.title' "$judged" | grep -v 'Robust')" ''

for seed in 1 2 3 4 5; do
	grep '"model":"reference"' "$T/before" | awk -v n=$((seed * 37)) \
		'NR % 197 == n % 197' | head -n 10 >"$T/likes"
	level "ten likes ($seed) and lists" .91 .58 -T "$lists" \
		--like "$T/likes"
done

for days in 20 60; do
	jq -c --arg from "$(after $days)" 'select(.announced >= $from)' \
		"$T/before" | llm-score -q --train - --category cs.LG,cs.AI \
		-o "$T/model.$days" 2>/dev/null
	[ $days = 20 ] && limits='.945 .645' || limits='.95 .65'
	# shellcheck disable=SC2086
	level "trained on $days days" $limits -T "$lists" \
		--screen-model "$T/model.$days"
	# shellcheck disable=SC2086
	level "  and by that alone" $limits --screen-model "$T/model.$days"
	llm-score --screen local --screen-model "$T/model.$days" \
		--screen-only --screen-explore 0 "$T/papers" |
		agreement --labels "$T/labels" - >"$T/figures"
	recall=$(sed -n 's/^recall //p' "$T/figures")
	share=$(sed -n 's/^share //p' "$T/figures")
	echo "# screened at 98 %: recall $recall, $share sent (wanted: .965, .42)"
	ok '  and screened' awk -v r="$recall" -v s="$share" \
		'BEGIN { exit !(r >= .965 - .02 && s <= .42 + .04) }'
done
done_testing
