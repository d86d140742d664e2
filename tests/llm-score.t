#!/bin/sh
# llm-score with a server that behaves: records, batches, the report.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/llm-score-lib.sh"

server '[]'
papers 20 >"$T/papers"
is "all is well" "$(score)" 0
is "every paper has a score" "$(told)" "20 scored, 3 requests"
is "nothing on stderr" "$(cat "$T/err")" ""
is "in the order of the input" "$(jq -r .id "$T/out")" "$(jq -r .id "$T/papers")"
sed 's/,"score":.*/}/' "$T/out" >"$T/back"
ok "bytes that are not ours are as they were" cmp "$T/back" "$T/papers"
is "the keys of a score" \
    "$(head -n 1 "$T/out" | jq -c '.score | keys_unsorted')" \
    '["relevance","novelty","comment","topics","backend","model","prompt"]'
is "batches are even" "$(jq -c .n "$log" | sort | xargs)" "6 7 7"
is "the schema is asked for" "$(jq -r .format "$log" | sort -u)" json_schema
is "papers have local ids" \
    "$(jq -r .user "$log" | grep -c '^<<P[1-7] [0-9a-f]*>>$')" 20
is "no arXiv id is sent" "$(grep -c 2513 "$log")" 0

is "report: counts" "$(report '[.in,.out,.failed,.scored,.unscored,.exit]')" '[20,20,0,20,0,0]'
is "report: requests" "$(report .requests)" '{"sent":3,"ok":3,"retried":0,"failed":0}'
is "report: tokens are priced" "$(report '
    (.cost.output * 1e6 | round) == .tokens.output * 10 and
    (.cost.total - .cost.input - .cost.output | fabs) < 0.000002')" true
is "report: health" "$(report '[.backend,.model,.health]')" '["openai","gpt-5","ok"]'
is "report: the prompt, without papers" \
    "$(report '(.prompt.user | contains("[PAPER LIST HERE]")) and
	(.prompt.system | contains("Quantization {#quant}"))')" true

is "from stdin" "$(status_of llm-score -T "$T/topics.md" -m gpt-5 \
    --base-url "$url" --no-cache <"$T/papers")" 0
is "twice the same" "$(score -j 1 -n 5 && cp "$T/out" "$T/one" &&
    score -j 8 -n 5 && cmp "$T/one" "$T/out" && echo same)" "0
0
same"

server '[]'
: >"$T/papers"
is "no papers: nothing to do" "$(score)" 0
is "no papers: nothing asked" "$(told)" "0 scored, 0 requests"
is "no papers: health" "$(report .health)" ok

cat >"$T/papers" <<'X'
{"id":"2513.00001","title":"T"}
{"id":"2513.00002","title":"T","abstract":""}
{"id":"2513.00003","title":"T","abstract":"A.","score":{"relevance":3},"score_error":{"code":"x"}}
{"id":"2513.00004","title":"[r9 n2] fixed","abstract":"A."}
{"id":"2513.00005","title":"T2","abstract":"A.","score_error":{"code":"x"}}
X
is "papers without text: too many" "$(score)" 75
is "papers without text: why" "$(jq -c '[.id[-1:],.score_error.code]' "$T/out" | head -2 | xargs)" \
    "[1,no_text] [2,no_text]"
is "score replaces score and score_error" \
    "$(sed -n 3p "$T/out" | jq -c 'keys_unsorted')" '["id","title","abstract","score"]'
is "ratings arrive" "$(sed -n 4p "$T/out" | jq -c '[.score.relevance,.score.novelty]')" '[9,2]'
is "a share of unscored papers can be allowed" "$(score --max-unscored 0.5)" 1
is "report: degraded" "$(report .health)" degraded
is "--keep-scored" "$(score --keep-scored --max-unscored 1; sed -n 3p "$T/out")" \
    "1
$(sed -n 3p "$T/papers")"

printf '%s\n' '{"id":"2513.00001","title":"A","abstract":"B","score":{"relevance":1},"screen":{"keep":false}}' >"$T/papers"
is "put aside by an earlier screen: passes" "$(score; cat "$T/out")" "0
$(cat "$T/papers")"
is "put aside: counted" "$(report .screened_out)" 1
is "--screen none: scored after all" "$(score --screen none; jq -c '.score|has("comment")' "$T/out")" "0
true"

# U+200B, a blank of no width
printf '%s\n' '{"id":"2513.00001","title":"A","abstract":"\u200b"}' >"$T/papers"
: >"$log"
is "text that nobody sees is none" "$(score; told)" "75
0 scored, no_text 1, 0 requests"

# bad lines
printf '%s\n' '{"id":"2513.00001","title":"A","abstract":"B"}' 'nonsense' '{"title":"no id"}' >"$T/papers"
is "bad lines: the rest goes on" "$(score)" 1
is "bad lines: counted" "$(report '[.in,.out,.failed]')" '[3,1,2]'

# misuse
for args in '-m gpt-5' '-T topics.md -m gpt-5 --base-url http://example.org/v1' \
    '-T topics.md --backend openai' '-T missing.md -m x --base-url http://127.0.0.1:1' \
    '-T topics.md -m x --screen local' '-T topics.md -m x --screen-only' \
    '-T topics.md -m x --no-cache --cache-only'; do
	# shellcheck disable=SC2086
	is "misuse: $args" "$(cd "$T" && status_of llm-score $args papers)" 2
	is "misuse: one message" "$(grep -c '^llm-score: ' "$T/err")" 1
done

# topics
is "topics from the environment" "$(PAPERROUND_TOPICS=$T/topics.md status_of llm-score \
    -m gpt-5 --base-url "$url" --no-cache "$T/papers")" 1
: >"$T/empty.md"
is "topics: none" "$(score -T "$T/empty.md")" 2
printf 'caf\351\n' >"$T/latin.md"
is "topics: not UTF-8" "$(score -T "$T/latin.md")" 2
is "topics: why" "$(cat "$T/err")" "llm-score: $T/latin.md: not UTF-8 at byte 3"
is "version, with libraries" "$(llm-score --version | grep -c -e curl -e SQLite)" 1

# A run that could not do its work leaves -o FILE as it was.
papers 2 >"$T/papers"
down() {
	echo good >"$T/kept"
	rm -f "$T/kept.part"
	status_of llm-score -T "$T/topics.md" -m gpt-5 --retries 0 \
	    --base-url http://127.0.0.1:1/v1 -o "$T/kept" "$@"
}
is "-o: no answers" "$(down --no-cache "$T/papers")" 75
is "  the file is as it was" "$(cat "$T/kept")" good
is "  what came of the papers stands beside it" \
    "$(jq -r .score_error.code "$T/kept.part" | sort -u)" http
like "  which is said, also when quiet" \
    "$(down -q --no-cache "$T/papers" >/dev/null; cat "$T/err")" \
    "*$T/kept is as it was; what was scored is in $T/kept.part"
is "-o: no answers, but a cache" \
    "$(down --cache "$T/kept.db" "$T/papers")" 75
is "  the file is as it was" "$(cat "$T/kept")" good
ok "  and nothing is beside it" test ! -e "$T/kept.part"
like "  which is said" "$(cat "$T/err")" '*kept is as it was; what was scored is in the cache'
is "-o: refused" "$(echo good >"$T/kept"
    status_of llm-score -T "$T/topics.md" -m gpt-5 --no-cache -o "$T/kept" "$T/papers")" 77
is "  the file is as it was" "$(cat "$T/kept")" good
is "-o: not with --dry-run" "$(down --dry-run --no-cache "$T/papers")" 0
is "  the file is as it was" "$(cat "$T/kept")" good
is "-o: judged by words" "$(echo '{"id":"2501.00001"}' |
    status_of llm-score -q --backend lexical -T "$T/topics.md" -o "$T/kept")" 75
is "  the file is as it was" "$(cat "$T/kept")" good
like "  which is said, and why" "$(cat "$T/err")" \
    '*no score for 1 of 1 papers, the first: no_text*kept is as it was*'

# keys
papers 1 >"$T/papers"
is "no key for a server elsewhere" "$(status_of llm-score -T "$T/topics.md" -m gpt-5 \
    --report "$T/report" "$T/papers")" 77
is "no key: the report says outage" "$(report '[.exit,.health]')" '[77,"outage"]'
printf 'sk-secret-key-0123456789\n' >"$T/key"
chmod 644 "$T/key"
is "a key that others may read" "$(score --key-file "$T/key")" 77
chmod 600 "$T/key"
is "a key from a file" "$(score --key-file "$T/key" --verbose)" 0
is "the key was used" "$(tail -n 1 "$log" | jq .auth)" true
is "the key is told to nobody" "$(cat "$T/out" "$T/err" "$T/report" | grep -c secret)" 0

# Files that shells read hold keys too.
for line in 'OPENAI_API_KEY=sk-0123' 'export OPENAI_API_KEY="sk-0123"' \
    "OTHER=x\nOPENAI_API_KEY='sk-0123'\n" \
    '"sk-0123"' ' sk-0123 \n\n' '# the key\nsk-0123' '\nsk-0123\r\n' \
    'ANYTHING_ELSE=sk-0123' 'openai_api_key = sk-0123' \
    '\357\273\277sk-0123'; do
	# shellcheck disable=SC2059
	printf "$line" >"$T/key"
	is "a key file: $line" "$(score --key-file "$T/key"
	    tail -n 1 "$log" | jq -r .key)" "0
sk-0123"
done
is "a line's end behind a key in the environment" "$(LLM_API_KEY='sk-0123
' score; tail -n 1 "$log" | jq -r .key)" "0
sk-0123"
for key in abc0123= Abc_0123== sk-or-v1-0/1+2=; do
	echo "$key" >"$T/key"
	is "a key that is no setting: $key" "$(score --key-file "$T/key"
	    tail -n 1 "$log" | jq -r .key)" "0
$key"
done
while IFS='|' read -r line wrong; do
	printf '%s\n' "$line" >"$T/key"
	is "no key: $line" "$(score --key-file "$T/key"; cat "$T/err")" "77
llm-score: the key $wrong"
done <<'X'
Bearer sk-0123|contains ' ', which no key does; a file holds the key alone, or lines NAME=value
{"key":"sk-0123"}|contains '{', which no key does; a file holds the key alone, or lines NAME=value
OPENAI_API_KEY=|is empty
X

done_testing
