#!/bin/sh
# SPDX-License-Identifier: ISC
# What the local judges are made with and measured by: scripts/make-background
# and scripts/agreement.
. "$(dirname "$0")/lib.sh"

# The table of counts

table=$SRCDIR/tools/llm-score/local/background.tsv
tab=$(printf '\t')
is 'the table begins with its totals' \
	"$(head -n 2 "$table" | cut -f 1 | tr '\n' ' ')" '#papers #words '
ok 'it is in the order of its bytes' env LC_ALL=C sort -c "$table"
is 'it has no lines but counts' \
	"$(tail -n +3 "$table" | grep -cvE "^[^ $tab]+( [^ $tab]+)?${tab}[0-9]+\$")" 0
ok 'it is less than 1 MB' test "$(wc -c <"$table")" -lt 1000000

background() {
	BUILD=$BUILD make-background "$@"
}
paper() {
	printf '{"id":"%s","title":"%s","abstract":"%s","categories":["cs.LG"]}\n' \
		"$@"
}
for n in 1 2 3 4 5 6 7 8 9; do
	paper "$n" 'Snow cover' 'Snow covers all.'
done >"$T/papers"
paper 10 'Snow' 'Covered. In ice' >>"$T/papers"
is 'counts' "$(background "$T/papers")" "#papers${tab}10
#words${tab}49
all${tab}9
cover${tab}10
cs${tab}10
cs lg${tab}10
lg${tab}10
snow${tab}10"
printf '%s\n' 'Keywords:' '- Relevant: quantization' >"$T/topics"
is 'grades' "$(paper 1 Snow Ice. >"$T/one" &&
	background --grades "$T/topics" "$T/one" | tr -d ' ' |
	tr ',' '\n' | sort -u | wc -l)" 1

# Agreement

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
done_testing
