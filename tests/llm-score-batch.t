#!/bin/sh
# --emit-batch, llm-batch and --merge-batch: from papers to scores by way of a
# batch, with what is missing asked again.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/llm-score-lib.sh"

OPENAI_API_KEY=sk-test ANTHROPIC_API_KEY=sk-test
export OPENAI_API_KEY ANTHROPIC_API_KEY

cache=cache
batch() { # PROVIDER MODEL ARG ..
	provider=$1 model=$2
	shift 2
	llm-score -T "$T/topics.md" -m "$model" --backend "$provider" \
	    --cache "$T/$cache-$provider.db" --report "$T/report" "$@" "$T/papers"
}

through() { # PROVIDER MODEL SCRIPT
	server "$3"
	LLM_BATCH_URL=$url
	export LLM_BATCH_URL
	papers 23 >"$T/papers"
	sed '5s/We look/MARKED we look/' "$T/papers" >"$T/p" && mv "$T/p" "$T/papers"

	is "$1: requests are written" "$(status_of batch "$1" "$2" --emit-batch "$1" -n 5)" 0
	mv "$T/out" "$T/requests"
	is "$1: papers are accounted for" "$(report '[.in,.out,.dropped]')" '[23,0,{"batch":23}]'
	is "$1: five papers a request" "$(wc -l <"$T/requests")" 5
	is "$1: ids are short enough" \
	    "$(jq -r '.custom_id | select(test("^[A-Za-z0-9_-]{1,64}$") | not)' "$T/requests")" ""
	is "$1: nothing was sent" "$(cat "$log")" ""
	is "$1: submit" "$(llm-batch submit "$1" "$T/requests")" b-1
	is "$1: not ready" "$(status_of llm-batch poll "$1" b-1; cat "$T/out")" "75
in_progress"
	is "$1: fetch" "$(status_of llm-batch fetch "$1" b-1)" 0
	mv "$T/out" "$T/results"
	is "$1: every request has a result" "$(wc -l <"$T/results")" 5

	is "$1: merge" "$(status_of batch "$1" "$2" --merge-batch "$T/results" --max-unscored 0.5)" 1
	is "$1: what came of it" "$(told)" "18 scored, http 5, 5 requests"
	is "$1: nothing but the batch was asked" "$(report .requests.sent)" 5
	is "$1: half the price" "$(report "((.cost.output * 1e6 | round) - $4 * .tokens.output | fabs) < 1")" true

	is "$1: merged again, from the cache" \
	    "$(status_of batch "$1" "$2" --merge-batch "$T/results" --max-unscored 0.5
	       report .from_cache)" "1
18"
	is "$1: what is missing is asked again" \
	    "$(batch "$1" "$2" --emit-batch "$1" -n 5 | wc -l)" 1
	batch "$1" "$2" --emit-batch "$1" -n 5 >"$T/requests"
	is "$1: the others are judged already" "$(report .dropped)" \
	    '{"batch":5,"judged":18}'
	server '[]'
	LLM_BATCH_URL=$url
	llm-batch submit "$1" "$T/requests" >"$T/id"
	llm-batch poll "$1" b-1 >"$T/state"
	llm-batch fetch "$1" b-1 >"$T/results2"
	is "$1: and merged: all have a score" \
	    "$(status_of batch "$1" "$2" --merge-batch "$T/results,$T/results2"; told)" "0
23 scored, 1 requests"
}

through openai gpt-5 '[{"match":"MARKED","status":500,"body":"batch_expired"}]' 5
through anthropic claude-haiku-4-5 '[{"match":"MARKED","type":"expired"}]' 2.5

cache=other
papers 3 >"$T/papers"
is "votes: a request each" "$(batch openai gpt-5 --emit-batch openai --votes 3 | jq -r .custom_id | sort -u | wc -l)" 3
batch openai gpt-5 --emit-batch openai --votes 3 | sed 1d | jq -c '{custom_id,
    response: {status_code: 200, body: {choices: [{finish_reason: "stop",
    message: {content: (reduce ("P1", "P2", "P3") as $p ({}; .[$p] =
	{comment: "c", relevance: 5, novelty: 5, topics: []}) | tojson)}}]}}}' >"$T/results"
is "  one without a result" "$(status_of batch openai gpt-5 --merge-batch "$T/results" --votes 3
    jq -c .score.votes "$T/out" | sort -u; report .health)" '1
2
degraded'
is "    is told" "$(cat "$T/err")" "llm-score: 3 of 3 scores rest on fewer answers than --votes \
asks for, the first: missing: the batch has no answer about it"
is "at most ten papers a request" "$(papers 11 >"$T/papers"
    batch openai gpt-5 --emit-batch openai -n 64 | wc -l)" 2
is "what one provider alone is told" "$(batch openai gpt-5 \
    --base-url https://openrouter.ai/api/v1 --emit-batch openai -n 64 |
    jq -c .body.provider | sort -u)" '{"require_parameters":true}'
is "a region's host is still the provider's" "$(batch openai gpt-5 \
    --base-url https://eu.api.openai.com/v1 --emit-batch openai -n 64 |
    jq -c .body.provider | sort -u)" null
is "a password in the URL" "$(status_of batch openai gpt-5 \
    --base-url https://me:secret@api.openai.com/v1 --emit-batch openai)" 2
printf '1. One {#x}\n2. Two {#y}\n3. Three {#x}' >"$T/doubled"
is "an id that two topics have is one" "$(batch openai gpt-5 -T "$T/doubled" \
    --emit-batch openai | jq -c 'first(.. | .topics?.items?.enum // empty)' |
    sort -u)" '["x","y"]'
papers 5 >"$T/papers"
batch openai gpt-5 --emit-batch openai -n 1 | jq -r .custom_id >"$T/ids"
{
	while read -r id && read -r body <&3; do
		printf '{"custom_id":"%s","response":{"status_code":200,"body":%s}}\n' \
		    "$id" "$body"
	done <"$T/ids" 3<<'X'
{"choices":[]}
{"choices":[{"finish_reason":"length","message":{"content":"{"}}]}
{"choices":[{"finish_reason":"stop","message":{"content":"Sure!"}}]}
X
	printf '{"custom_id":"%s","response":{"status_code":500}}\n' \
	    "$(sed -n 4p "$T/ids")"
	printf '{"custom_id":"%s","result":{"type":"errored","error":{"type":"error","error":{"message":"busy"}}}}\n' \
	    "$(tail -n 1 "$T/ids")"
} >"$T/results"
is "results that are no scores" \
    "$(status_of batch openai gpt-5 --merge-batch "$T/results")" 75
is "each for its own reason" "$(jq -r .score_error.code "$T/out" | xargs)" \
    'http length parse http http'
like "in the provider's words" "$(tail -n 1 "$T/out")" '*the batch says: busy*'
jq -c '.response.body = {"choices":[{"finish_reason":"stop","message":{"content":
    "{\"P1\":{\"comment\":\"c\",\"relevance\":5,\"novelty\":5,\"topics\":[]}}"}}]} |
    .response.status_code = 200 | del(.result)' "$T/results" >"$T/good"
is "of two results, the better one" "$(for files in "$T/good,$T/results" \
    "$T/results,$T/good"; do
	cache=better$cache
	status_of batch openai gpt-5 --merge-batch "$files"
    done | xargs)" '0 0'
papers 3 >"$T/papers"
echo '{"custom_id":"mine","response":{}}' >"$T/results"
is "a result of somebody else's" \
    "$(status_of batch openai gpt-5 --merge-batch "$T/results")" 75
like "is told too" "$(cat "$T/err")" "llm-score: *results:1: not a result*"
echo 'no result' >"$T/results"
is "a line that is no result" "$(status_of batch openai gpt-5 --merge-batch "$T/results")" 75
like "is told" "$(cat "$T/err")" "llm-score: *results:1: not a result*"
long=$(printf '%150s' '' | tr ' ' x)
id=$(batch openai gpt-5 --emit-batch openai -n 3 | jq -r .custom_id)
printf '{"custom_id":"%s","error":{"message":"%s"}}\n' "$id" \
    "$(echo "$long" | sed 's/x$/é and more/')" >"$T/results"
batch openai gpt-5 --merge-batch "$T/results" >"$T/out" 2>/dev/null
is "a long message is cut between characters" \
    "$(jq -r .score_error.detail "$T/out" | sort -u | sed 's/x*$//')" "the batch says: "
is "a bound on the cost" "$(status_of batch openai gpt-5 --emit-batch openai --max-cost 0.001)" 1
is "keeps what is too dear" "$(wc -l <"$T/out")" 0
is "  and tells of all" "$(sed 1d "$T/err")" \
    'llm-score: 3 of 3 papers are in no request, the first: budget: the next request might pass --max-cost'
{
	papers 12
	echo '{"id":"2513.00097","title":"No abstract"}'
} >"$T/papers"
for bound in "--max-cost 0.03" "--max-requests 1"; do
	# shellcheck disable=SC2086
	is "a bound: $bound" "$(status_of batch openai gpt-5 --emit-batch openai -n 4 $bound)" 1
	is "  keeps a request" "$(wc -l <"$T/out")" 1
	is "  the others are counted apart" "$(report '[.in,.dropped,.unscored,.health]')" \
	    '[13,{"budget":8,"no_text":1,"batch":4},9,"degraded"]'
	like "  and told" "$(cat "$T/err")" "*9 of 13 papers are in no request, the first: budget: *"
done
is "a bound within the votes of a paper" "$(status_of batch openai gpt-5 \
    --emit-batch openai -n 4 --votes 3 --max-requests 5)" 1
is "  leaves none with fewer" "$(wc -l <"$T/out") $(report .dropped.batch)" "3 4"
is "a bound that suffices" "$(papers 12 >"$T/papers"
    status_of batch openai gpt-5 --emit-batch openai -n 4 --max-requests 3
    report .dropped; cat "$T/err")" '0
{"batch":12}'
is "the wrong interface" "$(status_of batch openai gpt-5 --emit-batch anthropic)" 2

# The key does not go to anybody without TLS.
for url in http://batch.example.org/v1 http://localhost:x@127.0.0.1:1/v1; do
	is "the batch server $url" "$(LLM_BATCH_URL=$url LLM_API_KEY=sk-secret \
	    status_of llm-batch poll openai b-1)" 2
	like "  is refused" "$(cat "$T/err")" "llm-batch: LLM_BATCH_URL: *"
done

# What a provider says is no order to the terminal, nor does it give the key
# away by the way it is shown.
server '[{"status":500,"body":"No:\u001b]0;x\u0007 \u009b31m\u202e AIzaS\nyB2r8Tn\n5Vw0Qk7\n!"}]'
is "an error that is meant for the terminal" "$(LLM_BATCH_URL=$url \
    LLM_API_KEY=AIzaSyB2r8Tn5Vw0Qk7 status_of llm-batch poll openai models)" 75
is "  is only told" "$(cat "$T/err")" \
    'llm-batch: 500: No:]0;x 31m ***** ******* ******* !'

# A shell whose printf is a program: what that is called with, all can read.
if command -v mksh >/dev/null; then
	mkdir "$T/noted"
	cat >"$T/noted/printf" <<END
#!/bin/sh
echo "\$*" >>"$T/noted/arguments"
END
	chmod +x "$T/noted/printf"
	server '[]'
	is "in another shell" "$(PATH=$T/noted:$PATH LLM_BATCH_URL=$url \
	    status_of mksh "$(command -v llm-batch)" poll openai b-1)" 75
	ok "  no argument is the key" test ! -e "$T/noted/arguments"
else
	skip "in another shell" "no mksh"
fi

# What llm-batch cannot write or read is not passed over.
server '[]'
LLM_BATCH_URL=$url
batch anthropic claude-haiku-4-5 --emit-batch anthropic -n 1 >"$T/requests"
mkdir "$T/bin"
cat >"$T/bin/paste" <<'X'
#!/bin/sh
head -n 1 "$4"
exit 4
X
chmod +x "$T/bin/paste"
is "requests that cannot be read to their end" \
    "$(PATH=$T/bin:$PATH status_of llm-batch submit anthropic "$T/requests")" 1
is "  are not sent" "$(cat "$log")" ""
llm-batch submit anthropic "$T/requests" >"$T/id"
llm-batch poll anthropic b-1 >"$T/out"
full() { llm-batch "$@" >/dev/full; }
is "a full disk: submit" "$(status_of full submit anthropic "$T/requests")" 1
is "  poll" "$(status_of full poll anthropic b-1)" 1
is "  fetch" "$(status_of full fetch anthropic b-1)" 1

unset OPENAI_API_KEY
is "llm-batch without a key" "$(status_of llm-batch poll openai b-1)" 77
is "llm-batch without sense" "$(status_of llm-batch poll)" 2
done_testing
