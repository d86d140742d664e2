#!/bin/sh
# SPDX-License-Identifier: ISC
# paper-filter --near: how near papers are to one that is named.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/paper-filter.sh"

cat >"$T/p" <<'X'
{"id":"moe","title":"Sparse mixtures of experts","abstract":"We route tokens to experts with a gating network, so that large language models are trained with less compute.","categories":["cs.LG"],"n":1e400}
{"id":"ice","title":"Sea ice from satellites","abstract":"We map the thickness of Arctic sea ice with radar altimetry over two winters.","categories":["cs.LG"]}
{"id":"gate","title":"Load balancing for expert routing","abstract":"A loss that balances the load of experts in transformer language models with conditional computation.","categories":["cs.LG"],"near":[{"id":"old","cos":1}]}
{"id":"?","title":"Zzyzx","abstract":"","categories":["cs.LG"]}
X
near() {
	paper-filter "$@" | jq -r '"\(.id) \(.near | map(.id) | join(","))"'
}

out='gate moe
ice moe
moe 
? ' && row '--near ID --top ranks; no paper is near to itself' \
	near --near moe --top 4 "$T/p"
out='moe 
ice moe
gate moe
? ' && row '  without --top the order stays' near --near moe "$T/p"
is '  stdin is read twice, however it comes' \
	"$(sed '' "$T/p" | near --near moe --top 1; near --near moe --top 1 \
	- <"$T/p")" 'gate moe
gate moe'
is '  nor looked for where there is no title' \
	"$({ echo '{"id":"none"}'; cat "$T/p"; } | near --near moe --top 1)" 'gate moe'
is 'the key near replaces an older one, and all else is as it was' \
	"$(paper-filter --near moe "$T/p" | sed 's/,"near":.*//')" \
	"$(sed 's/,"near":.*//; s/}$//' "$T/p")"
is '  of four digits, nearer than what speaks of something else' \
	"$(paper-filter --near moe "$T/p" | jq -s '.[2].near[0].cos as $a |
	.[1].near[0].cos as $b | $a > $b + .2 and $a < 1 and
	($a * 10000 | fabs - floor) < 1e-6')" true
out='gate' && row '--where sees it' pf --near moe -w '.near[0].cos > .4'
out='ice gate ? moe' && row '--sort-by goes before it' \
	pf --near moe --sort-by .n --top 4
out='2' && row '--rejects has it' sh -c 'paper-filter --near moe -k gating \
	--rejects "$1/no" "$1/p" >/dev/null; grep -c "\"near\":.*cos" "$1/no"' sh "$T"

sed -n 1,2p "$T/p" >"$T/two"
out='gate moe,ice
moe ice
ice moe
? ' && row '--near FILE: the nearest of its papers first' \
	near --near "$T/two" --top 4 "$T/p"
{
	echo moe
	echo '{"id":"ice","mark":"star"}'
} >"$T/ids"
is '  ids and marks are looked up in the input' \
	"$(near --near "$T/ids" "$T/p")" "$(near --near "$T/two" "$T/p")"
is '  and twice is one more' "$(near --near moe --near ice "$T/p")" \
	"$(near --near "$T/two" "$T/p")"
is 'the same alone as in company' \
	"$(paper-filter --near "$T/two" "$T/p" | tail -n 2)" \
	"$(tail -n 2 "$T/p" | paper-filter --near "$T/two")"

status=2 err='paper-filter: --near nope: neither a file, nor the id of a paper in the input; name a file with the paper'
row 'an id that is nowhere' paper-filter --near nope "$T/p"
: >"$T/none"
status=2 err="paper-filter: $T/none: no paper to compare with"
row 'an empty file' paper-filter --near "$T/none" "$T/p"
like 'no vectors' "$(PAPERROUND_DATADIR=$T status_of paper-filter --near moe \
	"$T/p"; cat "$T/err")" '2*vectors/computing is not installed*'

# What is told of it, and by a digest.
printf '%s\n' '{"id":"2501.00001","title":"Load <b> balancing of experts","abstract":"A loss that balances the load of experts in transformer language models with conditional computation.","categories":["cs.LG"],"announced":"2025-01-02","mark":"star"}' \
	'{"id":"10.1/a&b","title":"Balanced loads of experts","abstract":"Expert routing in language models: load balancing.","categories":["cs.LG"]}' \
	>"$T/known"
sed -n 3p "$T/p" | paper-filter --near "$T/known" >"$T/near"
is 'near has what the record says of it' "$(jq -c '.near | map(del(.cos))' \
	"$T/near")" '[{"id":"2501.00001","title":"Load <b> balancing of experts","announced":"2025-01-02","mark":"star"},{"id":"10.1/a&b","title":"Balanced loads of experts"}]'
is '  the page links it' "$(digest-render -f html "$T/near" |
	grep -o 'Near: .*</p>')" 'Near: <a href="https://arxiv.org/abs/2501.00001" rel="noopener">Load &lt;b&gt; balancing of experts</a> (2025-01-02, starred); <a href="https://doi.org/10.1/a&amp;b" rel="noopener">Balanced loads of experts</a>.</p>'
is '  and text tells it' "$(digest-render -f text "$T/near" |
	tr -s ' \n' '  ' | grep -o 'Near: .* experts gate')" \
	'Near: Load <b> balancing of experts (2025-01-02, starred); Balanced loads of experts gate'
is '  but nothing of another subject' "$(sed 's/"cos":[.0-9]*/"cos":0.59/g' \
	"$T/near" | digest-render -f html | grep -c 'class="near"')" 0
done_testing
