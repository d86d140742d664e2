#!/bin/sh
# SPDX-License-Identifier: ISC
# The reader's library in the daily run: what cites it, and what that may cost.
# shellcheck disable=SC2016 # what stands in the configuration is for its shell
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"

HOME="$T/my home"
conf="$HOME/.config/paperround/paperround.conf"
data="$HOME/.local/share/paperround"
export T

# fresh [LINE ..] begins anew, with these lines as the configuration.
fresh() {
	rm -rf "$HOME"
	mkdir -p "${conf%/*}"
	cat >"$conf" <<-'END'
	LIBRARY="$CONFIG/refs.bib"
	FETCH='cat "$T/feed"' FILTER=cat FORMATS=markdown
	SCORE='sed "s/}$/,\"score\":{\"relevance\":3,\"novelty\":3}}/"'
	ENRICH='echo asked >>"$T/calls"; cat "$T/answer"'
	END
	printf '%s\n' "$@" >>"$conf"
	cat >"${conf%/*}/refs.bib" <<-'END'
	@article{r, title={Routing of sparse experts}, author={Ada Example}, year=2024}
	END
	: >"$T/calls"
}
papers() {
	for n in 1 2; do
		printf '{"id":"2513.0000%s","title":"Paper %s","announced":"2025-10-16"%s}\n' \
		    $n $n "$1"
	done
}
scored=',"score":{"relevance":3,"novelty":3}'
papers '' >"$T/feed"
{
	papers "$scored" | sed '1s/}$/,"references":[{"title":"Routing of Sparse Experts","year":2024}]}/'
} >"$T/answer"
today() { status_of paperround --now 2025-10-16T12:00:00Z today; }
archived() { cat "$data/archive/2025/10/2025-10-16.$1"; }
cites() { archived jsonl | jq -c '[.id, .match.cites[]?.id]' | sort | tr '\n' ' '; }
asked() { wc -l <"$T/calls"; }

fresh
is "a day with a library" "$(today)" 0
is "  what cites it is marked" "$(cites)" '["2513.00001","r"] ["2513.00002"] '
ok "  which changes no cutoff" grep -q '^Total relevant papers: 0$' \
    "$data/digest/2025-10-16.md"
is "  the stage is reported on" "$(archived report | jq -r .tool | tail -n 2 |
    tr '\n' ' ')" "enrich stage paperround "
is "  again" "$(today)" 0
is "  nothing is asked" "$(asked)" 1

# A library that changes, breaks or goes.
sed 's/{r,/{s,/' "${conf%/*}/refs.bib" >"$T/bib" && cp "$T/bib" "${conf%/*}/refs.bib"
is "another library" "$(today) $(cites)" \
    '0 ["2513.00001","s"] ["2513.00002"] '
echo '@article{x, title={Never' >>"${conf%/*}/refs.bib"
is "one that is broken in part" "$(today) $(cites)" \
    '0 ["2513.00001","s"] ["2513.00002"] '
like "  is told" "$(cat "$T/err")" \
    "library: *refs.bib:2: @article{x: does not end*paperround: LIBRARY: * cannot be read in part*"
is "  once" "$(today) $(cat "$T/err")" '0 '
echo '{"x"' >"${conf%/*}/refs.bib"
is "one of which nothing is left" "$(today) $(cites)" \
    '0 ["2513.00001","s"] ["2513.00002"] '
like "  is told" "$(cat "$T/err")" "*is not the JSON of a library*nothing in*"
rm "${conf%/*}/refs.bib"
is "none" "$(today) $(cites)" '0 ["2513.00001","s"] ["2513.00002"] '
like "  is told" "$(cat "$T/err")" "*LIBRARY: *refs.bib cannot be read"
sed -i '/^LIBRARY/d' "$conf"
is "none is asked for" "$(today) $(cites)" '0 ["2513.00001"] ["2513.00002"] '
is "  nothing of all that was asked anew" "$(asked)" 1
fresh
is "no library ever" "$(rm "${conf%/*}/refs.bib"; today) $(cites) $(asked)" \
    '0 ["2513.00001"] ["2513.00002"]  0'

# An outage takes nothing with it, is told, and is made up for.
fresh "ENRICH='cat; exit 1'"
is "no answer" "$(today) $(cites)" '1 ["2513.00001"] ["2513.00002"] '
like "  is told" "$(cat "$T/err")" "*what some papers cite could not be found out (status 1)*"
is "  the day is there" "$(archived report | tail -n 1 | jq -r .result)" partial
sed -i '/^ENRICH=.cat;/d' "$conf"
is "  until the next run" "$(today) $(cites)" \
    '0 ["2513.00001","r"] ["2513.00002"] '
fresh "ENRICH='sed 1d'"
is "a program that loses a paper" "$(today) $(cites)" \
    '0 ["2513.00001"] ["2513.00002"] '
fresh "ENRICH='no-such-program'"
is "no program" "$(today) $(cites)" '1 ["2513.00001"] ["2513.00002"] '

# What arXiv has made no page of yet is asked for again.
fresh "ENRICH='echo asked >>\"\$T/calls\"; cat \"\$T/answer\"; echo \"\$T_REPORT\" >\"\$PAPERROUND_REPORT\"'"
report() {
	export T_REPORT='{"tool":"arxiv-fetch","in":2,"out":2,"enriched":{"by":"html","known":1,"unknown":'"$1"',"unanswered":0},"exit":0}'
}
report 1
is "a page that is not made yet" "$(today) $(today) $(asked)" "0 0 2"
report 0
is "  is asked for until it is" "$(today) $(today) $(asked)" "0 0 3"
# What is near, whoever judges: the library, what is starred, what was shown.
paper() {
	printf '{"id":"2513.0000%s","title":"%s","abstract":"We route tokens to experts with a gating network.","categories":["cs.LG"],"announced":"2025-10-1%s"}\n' "$@"
}
fresh ENRICH=cat 'SCORE="sed \"s/}\$/,\\\"score\\\":{\\\"relevance\\\":9,\\\"novelty\\\":9}}/\""'
paper 1 'Load balancing of sparse experts' 5 >"$T/feed"
is "a day before" "$(status_of paperround --now 2025-10-15T12:00:00Z today)" 0
paperround -q star 2513.00001
paper 2 'Routing tokens to sparse experts' 6 >"$T/feed"
is "a day after" "$(today)" 0
is "  has what is near, of both" "$(archived jsonl | jq -c '.near |
    map([.id, .mark, .announced])')" \
    '[["2513.00001","star","2025-10-15"],["r",null,null]]'

# All of it, from arXiv's own pages; 2613.09999 has none yet.
start_arxiv
fresh "ENRICH='arxiv-fetch --enrich html --base-url $URL --pace 0 --retries 0 --cache \"\$T/pages\"'" \
    "FETCH='cat \"\$T/arxiv\"'"
echo 'arXiv:1706.03762' >"${conf%/*}/refs.bib"
papers '' | sed '1s/2513.00001/2613.01001/; 2s/2513.00002/2613.09999/' >"$T/arxiv"
is "by arXiv's pages and a list of ids" "$(today) $(cites)" \
    '0 ["2613.01001","1706.03762"] ["2613.09999"] '
is "  each is asked for" "$(requests)" '/html/2613.01001 /html/2613.09999'
forget_requests
is "  again" "$(today) $(cites)" \
    '0 ["2613.01001","1706.03762"] ["2613.09999"] '
is "  only what was not there" "$(requests)" '/html/2613.09999'

# ------------------------------------------------------------------ the doctor
examined() {
	PAPERROUND_PROBE=http://127.0.0.1:9 paperround --now 2025-10-16T12:00:00Z \
	    doctor 2>&1 | grep 'LIBRARY\|ENRICH'
}
fresh "unset ENRICH"
is "the doctor, of a library" "$(examined)" \
    "  LIBRARY: ${conf%/*}/refs.bib, 1 entry
  ENRICH has what it needs"
echo '@article{x, title={Never' >>"${conf%/*}/refs.bib"
like "  that cannot be read" "$(examined)" \
    "! LIBRARY: *refs.bib:2: @article{x: does not end*"
rm "${conf%/*}/refs.bib"
like "  that is not there" "$(examined)" \
    "! LIBRARY: ${conf%/*}/refs.bib is no file that can be read*"
echo "ENRICH='arxiv-fetch --enrich htm'" >>"$conf"
like "  and of what asks" "$(examined)" "*! ENRICH fails: arxiv-fetch: *htm*"
fresh LIBRARY=zotero:12 "ENRICH=cat"
is "  and of a server" "$(examined)" \
    "  LIBRARY: zotero:12, which is not asked here
  ENRICH: a program of yours, not tried here"
done_testing
