#!/bin/sh
# SPDX-License-Identifier: ISC
# The shapes in which providers and go-betweens answer, refuse and account, as
# far as they differ from what one would expect.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/llm-score-lib.sh"

papers 8 >"$T/papers"
all='8 scored, 1 requests'

# The answer is somewhere else, or wrapped.
fault "thinking before it" '[{"answer":{"before":"<think>\nP1 fits {9}\n</think>\n"}}]' 0 "$all"
fault "an answer in one key" '[{"answer":{"before":"{\"ratings\":","after":"}"}}]' 0 "$all"
fault "a mark of byte order" '[{"answer":{"before":"\ufeff"}}]' 0 "$all"
fault "an answer as reasoning" '[{"answer":{"as":"reasoning_content"}}]' 0 "$all"
fault "reasoning that is no answer" '[{"times":1,"answer":{"as":"reasoning_content","before":"I may say "}}]' 0 "8 scored, 3 requests"
fault "an answer as arguments" '[{"answer":{"as":"tool_calls","finish":"tool_calls"}}]' 0 "$all"
fault "parts, some of them thoughts" '[{"answer":{"as":"thinking"}}]' 0 "$all"
fault "a tool's input at Anthropic" '[{"answer":{"as":"tool_use","finish":"tool_use"}}]' 0 "$all" --backend anthropic
fault "a comma too many" '[{"answer":{"swap":["}}","},}"]}}]' 0 "$all"
fault "TeX in a comment" '[{"answer":{"swap":["About","\\alpha"]}}]' 0 "$all"
like "  is kept" "$(head -n 1 "$T/out")" '*"comment":"\\\\alpha Paper*'
fault "a rating with what it is out of" '[{"answer":{"set":{"P2":{"novelty":"7/10"}}}}]' 0 "$all"
fault "the end is missing: the rest is asked for" '[{"times":1,"answer":{"truncate":400}}]' 0 "8 scored, 2 requests"
is "  half of it was good" "$(jq -s '[.[].n]' "$log" | tr -d ' \n')" '[8,4]'
fault "the end is missing by length" '[{"times":1,"answer":{"finish":"length","truncate":400}}]' 0 "8 scored, 2 requests"
fault "thinking that fills the answer" '[{"times":1,"answer":{"finish":"length","content":"<think>\"P1\":{\"comment\":\"x\",\"relevance\":9,\"novelty\":9}"}}]' \
    0 "8 scored, 3 requests"
is "  is no rating" "$(jq -r .score.comment "$T/out" | grep -c '^x$')" 0

# The body
fault "another 2xx" '[{"status":201}]' 0 "$all"
fault "an empty error beside a good answer" '[{"answer":{"top":{"error":{}}}}]' 0 "$all"
fault "an error of zeros" '[{"answer":{"top":{"error":{"code":0,"message":""},"base_resp":{"status_code":0,"status_msg":"success"}}}}]' 0 "$all"
fault "a page" '[{"body":"<!DOCTYPE html><title>Sign in</title>"}]' 75 "0 scored, http 8, 1 requests" --retries 0
is "  is named" "$(jq -r .score_error.detail "$T/out" | sort -u)" '200: a page instead of an answer: Sign in'
fault "a page with a status" '[{"times":1,"status":520,"body":"<html>origin"}]' 0 "8 scored, 2 requests"
fault "no money, in a 200" '[{"body":{"choices":null,"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}}]' \
    77 "0 scored, auth 8, 1 requests"
fault "nothing but words, in a 200" '[{"times":1,"body":{"code":"busy","message":"busy"}}]' 0 "8 scored, 2 requests"
fault "an end without an answer" '[{"times":1,"answer":{"finish":"error","content":""}}]' 0 "8 scored, 2 requests"

# One paper takes no other along.
bad
seven='7 scored, filter 1, 7 requests'
fault "no choice" '[{"match":"MARKED","body":{"choices":[],"usage":{"prompt_tokens":900,"total_tokens":900}}}]' 1 "$seven"
is "  is paid for" "$(report '.tokens.input >= 3600')" true
fault "a filter without a message" '[{"match":"MARKED","body":{"choices":[{"finish_reason":"content_filter"}]}}]' 1 "$seven"
fault "a filter with words" '[{"match":"MARKED","answer":{"finish":"content_filter: RECITATION","content":""}}]' 1 "$seven"
fault "a reason nobody knows" '[{"match":"MARKED","answer":{"finish":"blocklisted","content":""}}]' 1 "$seven"
fault "a 403 about the content" '[{"match":"MARKED","status":403,"body":{"code":"no permission","error":"Content violates usage guidelines."}}]' 1 "$seven"
fault "an inspection" '[{"match":"MARKED","status":400,"body":{"error":{"code":"data_inspection_failed","message":"m"}}}]' 1 "$seven"
fault "a filter of answers" '[{"match":"MARKED","status":400,"body":{"error":{"message":"Output blocked by content filtering policy"}}}]' 1 "$seven"
papers 12 | sed '2,8s/We look/MARKED we look/' >"$T/papers"
fault "complaints in a row about single papers" '[{"match":"MARKED","status":400,"body":{"error":{"message":"cannot process"}}}]' \
    75 "5 scored, http 7, 12 requests" -n 1 -j 1
fault "filters in a row, before anything is answered" '[{"match":"MARKED","status":400,"body":{"error":{"code":"DataInspectionFailed","message":"m"}}}]' \
    75 "5 scored, filter 7, 12 requests" -n 1 -j 1
papers 8 >"$T/papers"

# Refused for good, or for a while
none='0 scored, auth 8, 1 requests'
fault "suspended" '[{"status":429,"body":{"error":{"type":"exceeded_current_quota_error","message":"Your account is suspended"}}}]' 77 "$none"
fault "disabled" '[{"status":403,"body":{"error":{"message":"This account has been disabled"}}}]' 77 "$none"
fault "in arrears" '[{"status":400,"body":{"error":{"code":"Arrearage","message":"make sure your account is in good standing"}}}]' 77 "$none"
fault "a day's quota" '[{"status":429,"body":[{"error":{"code":429,"message":"Quota exceeded","details":[{"violations":[{"quotaId":"RequestsPerDayPerProject"}]},{"retryDelay":"30s"}]}}]}]' \
    75 "0 scored, outage 8, 1 requests"
fault "a minute's quota" '[{"times":1,"status":429,"body":[{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details","details":[{"violations":[{"quotaId":"RequestsPerMinutePerProject"}]},{"@type":"x","retryDelay":"1.2s"}]}}]}]' \
    0 "8 scored, 2 requests"
ok "  is waited for" test "$(report '.seconds >= 1.2')" = true
fault "a delay in words" '[{"times":1,"status":429,"body":{"error":{"message":"Rate limit reached. Please try again in 1.1s. Visit x"}}}]' \
    0 "8 scored, 2 requests"
ok "  is waited for" test "$(report '.seconds >= 1.1')" = true
fault "too many, for nobody knows how long" '[{"times":1,"status":429,"body":"{}"}]' 0 "8 scored, 2 requests"
ok "  is waited for" test "$(report '.seconds >= 2')" = true

# Parameters
fault "a list of what is wrong" '[{"has":"\"max_completion_tokens\"","status":422,"body":{"message":{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted"}]}}}]' \
    0 "8 scored, 2 requests"
fault "a list without an envelope" '[{"has":"reasoning_effort","status":422,"body":{"detail":[{"loc":["body","reasoning_effort"],"msg":"Extra inputs are not permitted"}]}}]' \
    0 "8 scored, 2 requests" --effort low
fault "words without a list" '[{"has":"reasoning_effort","status":400,"body":{"code":"x","error":"Model does not support parameter reasoningEffort."}}]' \
    0 "8 scored, 2 requests" --effort low
fault "deprecated" '[{"has":"\"temperature\"","status":400,"body":{"error":{"message":"`temperature` is deprecated for this model."}}}]' \
    0 "8 scored, 2 requests" -m some-model
fault "one message, whatever the status" '[{"has":"\"role\": \"system\"","status":500,"body":{"error":{"code":500,"message":"System role not supported"}}}]' \
    0 "8 scored, 2 requests"
is "  with all in it" "$(tail -n 1 "$log" | jq -c '[.messages, (.user | contains("What I read"))]')" '[1,true]'
fault "roles in turn" '[{"has":"\"role\": \"system\"","status":400,"body":{"message":"Conversation roles must alternate user/assistant/user/.."}}]' \
    0 "8 scored, 2 requests"
fault "a failed generation is one bad answer" '[{"times":1,"status":400,"body":{"error":{"code":"json_validate_failed","message":"Generated JSON does not match the expected schema","failed_generation":"{}"}}}]' \
    0 "8 scored, 3 requests"
is "  and no missing feature" "$(jq -r .format "$log" | sort -u)" json_schema
fault "bounds of strings that are not known" '[{"has":"maxLength","status":400,"body":{"error":{"message":"Invalid schema for response_format: maxLength is not permitted"}}}]' \
    0 "8 scored, 2 requests"
is "  cost them, not the schema" "$(jq -r .format "$log" | sort -u)" json_schema
fault "room for a smaller answer" '[{"has":"max_completion_tokens\": 6144","status":400,"body":{"message":"max_completion_tokens is too large: 6144. This model'\''s maximum context length is 8192 tokens and your request has 3000 input tokens"}}]' \
    0 "8 scored, 2 requests"
is "  all of it is used" "$(tail -n 1 "$log" | jq .limit)" 5192
fault "room that the question leaves" '[{"has":"max_completion_tokens\": 6144","status":400,"body":{"error":{"message":"This model'\''s maximum context length is 8192 tokens. However, you requested 9144 tokens (3000 in the messages, 6144 in the completion)."}}}]' \
    0 "8 scored, 2 requests"
is "  all of it is used" "$(tail -n 1 "$log" | jq .limit)" 5192
fault "no bound is small enough" '[{"atleast":5,"status":400,"body":{"error":{"message":"max_completion_tokens is too large"}}}]' \
    0 "8 scored, 8 requests"
is "  until the question is" "$(jq -c '[.n, .limit]' "$log" | xargs)" \
    '[8,6144] [8,3072] [8,1536] [8,768] [8,384] [8,192] [4,192] [4,192]'

# A context that is too small
fault "every question is too long" '[{"status":400,"body":{"error":{"message":"m","code":"context_length_exceeded"}}}]' \
    75 "0 scored, outage 3, too_long 5, 11 requests" -j 1
papers 12 >"$T/papers"
fault "a paper at a time fits" '[{"atleast":2,"status":400,"body":{"error":{"message":"m","code":"context_length_exceeded"}}}]' \
    0 "12 scored, 17 requests" -n 6 -j 1
papers 8 >"$T/papers"

# Money
fault "reasoning beside the rest" '[{"answer":{"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1300,"completion_tokens_details":{"reasoning_tokens":200}}}}]' 0 "$all"
is "  is paid for" "$(report '[.tokens.output,.tokens.reasoning]')" '[300,200]'
fault "an account of zeros" '[{"answer":{"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}}]' 0 "$all"
is "  is none" "$(report '.cost.total > 0 and .cost.unsettled > 0')" true
fault "the provider's share apart" '[{"answer":{"usage":{"cost":0.1,"is_byok":true,"cost_details":{"upstream_inference_cost":0.2}}}}]' 0 "$all"
is "  is added" "$(report '.cost.total * 1e6 | round')" 300000
fault "a cost under another name" '[{"answer":{"usage":{"estimated_cost":0.25}}}]' 0 "$all"
is "  is the cost" "$(report .cost.total)" 0.25
fault "a tier that the answer names" '[{"answer":{"top":{"service_tier":"priority"}}}]' 0 "$all"
is "  has its price" "$(report '(.cost.output * 1e6 | round) == 20 * .tokens.output')" true
papers 64 >"$T/papers"
server '[]'
is "a budget that ends" "$(score -n 4 -j 1 --max-cost 0.05)" 1
like "  says what was spent, what is left and what that needs" "$(cat "$T/err")" \
    '*$0.0* of $0.0500 spent; * papers are left, which need about $0.*'

papers 8 >"$T/papers"
for account in '"cost":3.5' '"prompt_tokens":2000000'; do
	server "[{\"answer\":{\"usage\":{$account}}}]"
	is "an answer dearer than what was set aside, $account" \
	    "$(score -n 2 -j 4 --max-cost 1)" 1
	is "  is told, and why" "$(sed 's/\$[0-9.]*/$N/' "$T/err")" \
	    'llm-score: $N spent, more than the $1.0000 that --max-cost allows: an answer cost more than was set aside for it; look at the provider'"'s account"
	is "  by the report as well" "$(report '.cost.total > 1')" true
	script "[{\"answer\":{\"usage\":{$account}}}]"
	is "  and nothing more is asked" "$(score -n 2 -j 1 --max-cost 1; told)" '1
2 scored, budget 6, 1 requests'
	is "  which is told too" "$(grep -c ' spent' "$T/err")" 2
done

# Batches
papers 3 >"$T/papers"
merge() {
	status_of llm-score -T "$T/topics.md" -m gpt-5 --no-cache \
	    --max-unscored 1 --merge-batch "$T/results" "$@" "$T/papers"
}
llm-score -T "$T/topics.md" -m gpt-5 --no-cache -n 1 --emit-batch openai "$T/papers" |
    jq -r .custom_id >"$T/ids"
{
	printf '\357\273\277'
	jq -nRrc '[inputs] as $i |
	    {custom_id: $i[2], error: {code: "batch_expired", message: "it expired"}},
	    {custom_id: $i[1], response: {status_code: 200, body: {error: {message: "The server had an error"}}}},
	    {custom_id: $i[0], response: {status_code: 200, body: {choices: [{finish_reason: "stop", message: {content: "{\"P1\":{\"comment\":\"c\",\"relevance\":9,\"novelty\":8}}"}}], usage: {prompt_tokens: 9, completion_tokens: 9}}}}' "$T/ids" |
	    sed "s/\$/$(printf '\r')/"
} >"$T/results"
is "results with marks and line ends of other systems" "$(merge; grep -c 'not a result' "$T/err")" '1
0'
is "  are told apart" "$(jq -r '.score.relevance // .score_error.detail' "$T/out")" \
    '9
the batch says: The server had an error
the batch says: it expired'
sed 's/"prompt_tokens":9/"prompt_tokens":2000000/' "$T/results" >"$T/dear"
mv "$T/dear" "$T/results"
is "a batch dearer than was allowed" "$(merge --max-cost 1)" 1
like "  is told" "$(cat "$T/err")" \
    '*$1.2500 spent, more than the $1.0000 that --max-cost allows: so much the answers of the batch cost; *'

# A network with a certificate authority of its own
command -v openssl >/dev/null || {
	echo '# openssl is missing: no certificate to trust'
	done_testing
	exit
}
server_stop
rm -f "$T/server/port"
certificate localhost
LLM_SERVER_CERT=$T/server.pem server_start
url=https://localhost:$(cat "$T/server/port")/tls/v1
trusting() {
	env -u SSL_CERT_FILE -u SSL_CERT_DIR -u CURL_CA_BUNDLE "$@" \
	    LLM_API_KEY=k llm-score -T "$T/topics.md" -m gpt-5 --no-cache \
	    --base-url "$url" --retries 0 "$T/papers" 2>/dev/null |
	    grep -c '"score":'
}
is 'a certificate that nobody vouches for' "$(trusting X=)" 0
for variable in SSL_CERT_FILE CURL_CA_BUNDLE; do
	is "  but \$$variable" "$(trusting "$variable=$T/ca.pem")" 3
done

done_testing
