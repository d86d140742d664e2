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
done_testing
