#!/bin/sh
# SPDX-License-Identifier: ISC
# The local screen before a language model: what it puts aside costs nothing.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/llm-score-lib.sh"

awk 'BEGIN {
	for (i = 1; i <= 400; i++)
		printf "{\"id\":\"a%d\",\"title\":\"On %s\",\"abstract\":\"We " \
		    "look at number %d.\",\"announced\":\"2025-10-%02d\"," \
		    "\"score\":{\"relevance\":%d,\"novelty\":8}}\n", i,
		    i % 4 ? "sand" : "ice", i, i % 8 + 1, i % 4 ? 2 : 9
}' >"$T/archive"
llm-score -q --train "$T/archive" -o "$T/model"

awk 'BEGIN {
	for (i = 1; i <= 20; i++)
		printf "{\"id\":\"2513.%05d\",\"title\":\"On %s\"," \
		    "\"abstract\":\"We look at it.\"}\n", i,
		    i % 5 ? "sand" : "ice"
}' >"$T/papers"
screened() {
	score --screen local --screen-model "$T/model" --screen-explore 0 \
	    -n 8 -j 1 "$@"
}

server '[]'
is 'a screened run' "$(screened)" 0
is 'asks about what is kept' "$(jq -s 'map(.n) | add' "$log")" 4
is 'and scores it' "$(jq -r 'select(.score) | .id[-2:]' "$T/out" | xargs)" \
    '05 10 15 20'
is 'all papers come out' "$(jq -r .id "$T/out" | wc -l)" 20
is 'each with what the screen said' \
    "$(jq -c '[.screen.keep, has("score"), has("score_error")]' "$T/out" |
	sort | uniq -c | xargs)" '16 [false,false,false] 4 [true,true,false]'
is 'report' "$(report '[.scored,.screened_out,.unscored,.health]')" \
    '[4,16,0,"ok"]'

server '[{"status":500}]'
is 'the model is down: a score is missing for what was kept' \
    "$(screened --retries 0)" 75
is 'and only for that' "$(jq -c '[.screen.keep, has("score_error")]' "$T/out" |
    sort | uniq -c | xargs)" '16 [false,false] 4 [true,true]'

server '[]'
is 'a run that fills the cache' "$(status_of llm-score -T "$T/topics.md" \
    -m gpt-5 --base-url "$url" --cache "$T/cache.db" "$T/papers")" 0
status_of llm-score -T "$T/topics.md" -m gpt-5 --base-url "$url" \
    --cache "$T/cache.db" --screen local --screen-model "$T/model" \
    --screen-explore 0 "$T/papers" >/dev/null
is 'puts the same papers aside that are in the cache' \
    "$(jq -c '[.screen.keep, has("score")]' "$T/out" | sort | uniq -c |
	xargs)" '16 [false,false] 4 [true,true]'

server '[]'
is 'without --screen, what was put aside passes' "$(cp "$T/out" "$T/papers" &&
    score -n 8)" 0
ok 'as it is' test "$(grep '"keep":false' "$T/out")" = \
    "$(grep '"keep":false' "$T/papers")"
is 'with --screen none it is scored' "$(score --screen none)" 0
is 'all of it' "$(jq -r 'select(.score) | .id' "$T/out" | wc -l)" 20
done_testing
