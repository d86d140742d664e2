#!/bin/sh
# SPDX-License-Identifier: ISC
# How well the local judge agrees with the LLM that selected a reader's papers,
# however the reader's topics are written: on papers of October 2025, of which
# nothing was learnt or chosen.
. "$(dirname "$0")/lib.sh"

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
}

topics=$SHARED/data/topics
lists=$SRCDIR/share/topics.md
sed '/^Please leave out/,$d' "$topics/prose.md" >"$T/prose"
level 'topics as lists' .895 .56 -T "$lists"
shown=$(jq -s 'map(select(.score.relevance >= 8)) | length' "$judged")
picked=$(grep -c '"score"' "$T/labels")
echo "# shown $shown, picked $picked"
ok '  as many are shown as the LLM picked, within a factor of two' \
	test $((shown * 2)) -ge "$picked" -a "$shown" -le $((picked * 2))
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
		"$T/before" | llm-score -q --train - -o "$T/model.$days" \
		2>/dev/null
	[ $days = 20 ] && limits='.945 .645' || limits='.95 .65'
	# shellcheck disable=SC2086
	level "trained on $days days" $limits -T "$lists" \
		--screen-model "$T/model.$days"
done
done_testing
