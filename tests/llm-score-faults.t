#!/bin/sh
# Whatever the server does: every paper has a score or the reason why not, and
# shellcheck disable=SC2016
# the exit status tells an outage from a refusal from a blemish.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/llm-score-lib.sh"

papers 8 >"$T/papers"

# Fatal for the run: stop at once.
fault "401" '[{"status":401,"body":{"error":{"message":"Invalid API Key","type":"authentication_error","code":401}}}]' \
    77 "0 scored, auth 8, 1 requests"
like "401: says what to look at" "$(cat "$T/err")" \
    "*is the key this provider's?*no more requests: 401: *"
is "401: the report says outage" "$(report .health)" outage
fault "401 from Anthropic" '[{"status":401,"body":{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}}]' \
    77 "0 scored, auth 8, 1 requests" --backend anthropic
fault "403" '[{"status":403,"body":{"error":{"message":"no access to this model"}}}]' \
    77 "0 scored, auth 8, 1 requests"
fault "402" '[{"status":402,"body":{"error":{"code":402,"message":"Insufficient credits"}}}]' \
    77 "0 scored, auth 8, 1 requests"
fault "404, no such model" '[{"status":404,"body":{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}}]' \
    77 "0 scored, auth 8, 1 requests"
fault "429, quota gone" '[{"status":429,"body":{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}}]' \
    77 "0 scored, auth 8, 1 requests"
fault "404, not even an error" '[{"status":404,"body":"404 page not found"}]' \
    77 "0 scored, auth 8, 1 requests"
like "404, what to look at" "$(cat "$T/err")" "*a base URL often ends in /v1"
fault "404 of Ollama" '[{"status":404,"body":{"error":"model x not found, try pulling it first"}}]' \
    77 "0 scored, auth 8, 1 requests"
fault "400, no credit at Anthropic" '[{"status":400,"body":{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API"}}}]' \
    77 "0 scored, auth 8, 1 requests" --backend anthropic
fault "400, no such model" '[{"status":400,"body":{"error":{"message":"The model x does not exist"}}}]' \
    77 "0 scored, auth 8, 1 requests"
for status in 405 410; do
	fault "$status" '[{"status":'$status',"body":"not here"}]' \
	    77 "0 scored, auth 8, 1 requests"
done
papers 5000 >"$T/papers"
fault "401, long before all is read" '[{"status":401,"body":"{}"}]' \
    77 "0 scored, auth 5000, 1 requests" -j 1
papers 16 >"$T/papers"
sed '3s/We look/MARKED we look/' "$T/papers" >"$T/new" && mv "$T/new" "$T/papers"
fault "402, while an answer comes that lacks a paper" \
    '[{"match":"MARKED","delay":0.5,"answer":{"omit":["P3"]}},{"status":402,"body":"{}"}]' \
    77 "7 scored, auth 9, 2 requests" -j 2
papers 8 >"$T/papers"
for code in credit_balance_exhausted organization_spend_limit_exceeded \
    project_spend_limit_exceeded organization_usage_limit_exceeded \
    billing_hard_limit_reached; do
	fault "429, $code" '[{"status":429,"body":{"error":{"message":"m","code":"'$code'"}}}]' \
	    77 "0 scored, auth 8, 1 requests"
done
fault "429, Anthropic's spend limit" '[{"status":429,"body":{"type":"error","error":{"type":"rate_limit_error","message":"m","details":{"error_code":"enforced_spend_limit_reached"}}}}]' \
    77 "0 scored, auth 8, 1 requests" --backend anthropic
fault "400, a key that Gemini refuses" '[{"status":400,"body":[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]}]' \
    77 "0 scored, auth 8, 1 requests"
fault "a redirect" '[{"status":302,"headers":{"Location":"http://127.0.0.1:9/"},"body":""}]' \
    77 "0 scored, auth 8, 1 requests"
fault "429, tomorrow again" '[{"status":429,"body":[{"error":{"code":429,"message":"Quota exceeded for metric: requests per day","status":"RESOURCE_EXHAUSTED"}}]}]' \
    75 "0 scored, outage 8, 1 requests"
fault "429, an hour to wait" '[{"status":429,"headers":{"Retry-After":"3600"},"body":"{}"}]' \
    75 "0 scored, http 8, 1 requests"

# To be tried again.
for status in 408 409 425 429 500 502 503 504 529; do
	fault "$status, once" '[{"times":1,"status":'$status',"headers":{"Retry-After":"0"},"body":{"error":{"message":"m"}}}]' \
	    0 "8 scored, 2 requests"
done
fault "503 while loading" '[{"times":1,"status":503,"body":{"error":{"message":"Loading model","type":"unavailable_error","code":503}}}]' \
    0 "8 scored, 2 requests"
fault "429 with retry-after-ms" '[{"times":1,"status":429,"headers":{"retry-after-ms":"10"},"body":{"error":{"code":429,"message":"slow down","metadata":{"raw":"x"}}}}]' \
    0 "8 scored, 2 requests"
fault "498 of a busy tier" '[{"times":1,"status":498,"body":"{}"}]' 0 "8 scored, 2 requests"
fault "connection closed" '[{"times":1,"close":true}]' 0 "8 scored, 2 requests"
fault "body cut" '[{"times":1,"cut":40}]' 0 "8 scored, 2 requests"
fault "timeout" '[{"times":1,"delay":3}]' 0 "8 scored, 2 requests" --timeout 1
fault "x-should-retry: false" '[{"status":500,"headers":{"x-should-retry":"false"},"body":"{}"}]' \
    75 "0 scored, http 8, 1 requests"
fault "x-should-retry: true" '[{"times":1,"status":400,"headers":{"x-should-retry":"true"},"body":"{}"}]' \
    0 "8 scored, 2 requests"
fault "500 for ever" '[{"status":500,"body":"oops"}]' \
    75 "0 scored, http 8, 2 requests" --retries 1
fault "the server is down" '[{"close":true}]' 75 "0 scored, http 8, 1 requests" --retries 0
fault "an error in a 200" '[{"times":1,"body":{"error":{"code":502,"message":"Provider returned error"}}}]' \
    0 "8 scored, 2 requests"
fault "an error in a choice" '[{"times":1,"body":{"choices":[{"error":{"code":429,"message":"x"},"message":{"content":""}}]}}]' \
    0 "8 scored, 2 requests"
fault "no credit, in a 200" '[{"body":{"error":{"code":402,"message":"no credits"}}}]' \
    77 "0 scored, auth 8, 1 requests"
fault "an error as a string" '[{"times":1,"status":503,"body":{"error":"server busy"}}]' \
    0 "8 scored, 2 requests"
fault "a page of HTML" '[{"times":1,"body":"<html>gateway</html>"}]' 0 "8 scored, 2 requests"
fault "a 200 without choices" '[{"times":1,"body":{"choices":[]}}]' 0 "8 scored, 2 requests"
fault "blank lines as keep-alive" '[{"keepalive":40}]' 0 "8 scored, 1 requests"

# Too long.
fault "400, context of OpenAI" '[{"atleast":5,"status":400,"body":{"error":{"message":"too long","code":"context_length_exceeded"}}}]' \
    0 "8 scored, 3 requests"
fault "400, context of llama.cpp" '[{"atleast":3,"status":400,"body":{"error":{"code":400,"message":"request (15061 tokens) exceeds the available context size (4096 tokens)","type":"exceed_context_size_error","n_prompt_tokens":15061,"n_ctx":4096}}}]' \
    0 "8 scored, 7 requests"
fault "400, context of vLLM" '[{"atleast":5,"status":400,"body":{"object":"error","message":"This model has a maximum context length of 4096 tokens","type":"BadRequestError","code":400}}]' \
    0 "8 scored, 3 requests"
fault "413" '[{"atleast":5,"status":413,"body":""}]' 0 "8 scored, 3 requests"
fault "finish_reason length" '[{"atleast":5,"answer":{"finish":"length","truncate":90}}]' \
    0 "8 scored, 3 requests"
fault "length with nothing said" '[{"atleast":5,"answer":{"finish":"length","content":""}}]' \
    0 "8 scored, 3 requests"
fault "Anthropic's max_tokens" '[{"atleast":5,"answer":{"finish":"max_tokens","truncate":90}}]' \
    0 "8 scored, 3 requests" --backend anthropic
papers 8 "$(awk 'BEGIN { for (i = 0; i < 100; i++) printf "words of it " }')" >"$T/papers"
fault "a question cut in silence" '[{"atleast":5,"answer":{"usage":{"prompt_tokens":600}}}]' \
    0 "8 scored, 3 requests"
papers 8 >"$T/papers"
bad
fault "one paper is always too long" '[{"match":"MARKED","answer":{"finish":"length","truncate":9}}]' \
    1 "7 scored, length 1, 8 requests"
fault "one paper never fits" '[{"match":"MARKED","status":413,"body":""}]' \
    1 "7 scored, too_long 1, 7 requests"

papers 8 >"$T/papers"
fault "Anthropic's context window" '[{"atleast":5,"answer":{"finish":"model_context_window_exceeded","content":""}}]' \
    0 "8 scored, 3 requests" --backend anthropic
papers 2 "$(awk 'BEGIN { for (i = 0; i < 99; i++) printf "words of it " } END { print "TAIL" }' </dev/null)" |
    tr -d '\n' | sed 's/}{/}\
{/g' >"$T/papers"
fault "an abstract too long to be read is cut" '[{"match":"TAIL","status":413,"body":""}]' \
    0 "2 scored, 5 requests"
papers 8 >"$T/papers"
bad

# One paper's fault.
fault "400 for one paper" '[{"match":"MARKED","status":400,"body":{"error":{"message":"cannot process"}}}]' \
    1 "7 scored, http 1, 7 requests"
fault "422 for one paper" '[{"match":"MARKED","status":422,"body":{"error":{"message":"cannot process"}}}]' \
    1 "7 scored, http 1, 7 requests"
fault "451 for one paper" '[{"match":"MARKED","status":451,"body":"no"}]' \
    1 "7 scored, http 1, 7 requests"
fault "a content filter before the model" '[{"match":"MARKED","status":400,"body":{"error":{"code":"content_filter","message":"The response was filtered","innererror":{}}}}]' \
    1 "7 scored, filter 1, 7 requests"
fault "a content filter after the model" '[{"match":"MARKED","answer":{"finish":"content_filter","truncate":20}}]' \
    1 "7 scored, filter 1, 7 requests"
fault "moderation" '[{"match":"MARKED","status":403,"body":{"error":{"code":403,"message":"flagged","metadata":{"reasons":["x"],"flagged_input":"MARKED"}}}}]' \
    1 "7 scored, filter 1, 7 requests"
fault "a refusal" '[{"match":"MARKED","answer":{"refusal":"I cannot help with that."}}]' \
    1 "7 scored, refusal 1, 7 requests"
fault "Anthropic refuses" '[{"match":"MARKED","answer":{"finish":"refusal","content":""}}]' \
    1 "7 scored, refusal 1, 7 requests" --backend anthropic
fault "the same 500 for one paper" '[{"match":"MARKED","status":500,"headers":{"Retry-After":"0"},"body":"cannot parse"}]' \
    1 "7 scored, http 1, 15 requests" --retries 3
papers 8 >"$T/papers"

# Parameters.
fault "max_completion_tokens is unknown" '[{"has":"max_completion_tokens","status":400,"body":{"error":{"message":"Unsupported parameter: max_completion_tokens","param":"max_completion_tokens","code":"unsupported_parameter"}}}]' \
    0 "8 scored, 2 requests"
fault "an effort the model does not have" '[{"has":"reasoning_effort","status":400,"body":{"error":{"message":"Unsupported value","param":"reasoning_effort","code":"unsupported_value"}}}]' \
    0 "8 scored, 2 requests" --effort none
fault "no temperature" '[{"has":"temperature","status":400,"body":{"error":{"message":"Unsupported value: temperature does not support 0 with this model","param":"temperature","code":"unsupported_value"}}}]' \
    0 "8 scored, 2 requests" -m some-model
fault "no schema" '[{"has":"json_schema","status":400,"body":{"error":{"code":400,"message":"response_format type must be one of \"text\" or \"json_object\"","type":"invalid_request_error"}}}]' \
    0 "8 scored, 2 requests"
fault "no response_format at all" '[{"has":"response_format","status":400,"body":{"error":{"message":"response_format is not supported"}}}]' \
    0 "8 scored, 3 requests"
fault "remembered for the run" '[{"has":"response_format","status":400,"body":{"error":{"message":"response_format is not supported"}}}]' \
    0 "8 scored, 10 requests" -n 1 -j 1
fault "a bound that is too large" '[{"has":"max_completion_tokens\": 6144","status":400,"body":{"error":{"message":"max_tokens is too large: 6144. This model supports at most 4096","param":"max_tokens","code":"invalid_value"}}}]' \
    0 "8 scored, 2 requests"
fault "no bound at all" '[{"has":"\"max_","status":400,"body":{"error":{"message":"Unsupported parameter: max_tokens","param":"max_tokens","code":"unsupported_parameter"}}}]' \
    0 "8 scored, 3 requests"
fault "no bound, but a budget" '[{"has":"\"max_","status":400,"body":{"error":{"message":"Unsupported parameter: max_tokens","param":"max_tokens","code":"unsupported_parameter"}}}]' \
    1 "0 scored, budget 8, 2 requests" --max-cost 5
fault "a complaint that never ends" '[{"status":400,"body":{"error":{"message":"response_format is not supported"}}}]' \
    75 "0 scored, http 5, outage 3, 13 requests" -j 1
fault "no system message" '[{"has":"\"role\": \"system\"","status":400,"body":{"error":{"message":"Unsupported value: messages[0].role does not support system","param":"messages[0].role","code":"unsupported_value"}}}]' \
    0 "8 scored, 2 requests"
fault "Anthropic without output_config" '[{"has":"output_config","status":400,"body":{"type":"error","error":{"type":"invalid_request_error","message":"output_config: Extra inputs are not permitted"}}}]' \
    0 "8 scored, 2 requests" --backend anthropic

fault "Anthropic's effort and tier" '[{"lacks":"\"effort\": \"low\"","status":400,"body":"{}"},{"lacks":"\"service_tier\": \"auto\"","status":400,"body":"{}"}]' \
    0 "8 scored, 1 requests" --backend anthropic --effort low --service-tier auto
fault "OpenRouter finds nobody for what is asked" '[{"times":1,"status":404,"body":{"error":{"code":404,"message":"No endpoints found that support the requested parameters."}}}]' \
    0 "8 scored, 2 requests"

# Bad answers.
fault "a paper is missing" '[{"times":1,"answer":{"omit":["P3"]}}]' 0 "8 scored, 2 requests"
fault "an id twice" '[{"times":1,"answer":{"twice":["P3"]}}]' 0 "8 scored, 2 requests"
fault "ids that nobody asked for" '[{"answer":{"extra":{"P99":{"relevance":10},"P0":1,"note":"x"}}}]' \
    0 "8 scored, 1 requests"
is "unknown keys are counted" "$(report .answers.unknown)" 3
fault "a rating out of range" '[{"times":1,"answer":{"set":{"P2":{"relevance":11}}}}]' 0 "8 scored, 2 requests"
fault "a rating that is no whole number" '[{"times":1,"answer":{"set":{"P2":{"novelty":7.5}}}}]' 0 "8 scored, 2 requests"
fault "a rating as text" '[{"times":1,"answer":{"set":{"P2":{"novelty":"high"}}}}]' 0 "8 scored, 2 requests"
fault "null ratings" '[{"times":1,"answer":{"set":{"P2":{"novelty":null}}}}]' 0 "8 scored, 2 requests"
fault "an array of rows" '[{"times":1,"answer":{"array":true}}]' 0 "8 scored, 3 requests"
fault "not JSON" '[{"times":1,"answer":{"content":"Sure! Here you are:"}}]' 0 "8 scored, 3 requests"
fault "null content" '[{"times":1,"answer":{"content":null}}]' 0 "8 scored, 3 requests"
fault "content in parts" '[{"answer":{"parts":true}}]' 0 "8 scored, 1 requests"
fault "a code fence" '[{"answer":{"before":"```json\n","after":"\n```\n"}}]' 0 "8 scored, 1 requests"
fault "prose after it" '[{"times":1,"answer":{"after":" I hope this helps"}}]' 0 "8 scored, 1 requests"
fault "an unknown finish_reason" '[{"answer":{"finish":"insufficient_system_resource"}}]' 0 "8 scored, 1 requests"
fault "NUL in a comment" '[{"answer":{"set":{"P1":{"comment":"a\u0000b"}}}}]' 0 "8 scored, 1 requests"
is "NUL does not cut the comment" \
    "$(jq -c '.score.comment | select(startswith("a"))' "$T/out")" '"a�b"'
fault "no usage" '[{"answer":{"usage":null}}]' 0 "8 scored, 1 requests"
fault "always nonsense" '[{"answer":{"content":"no"}}]' 75 "0 scored, outage 3, parse 5, 11 requests" -j 1
fault "usage of DeepSeek" '[{"answer":{"usage":{"prompt_tokens":5000,"prompt_cache_hit_tokens":4000}}}]' 0 "8 scored, 1 requests"
is "its cached tokens" "$(report '[.tokens.input,.tokens.cached]')" '[1000,4000]'
fault "usage that does not add up" '[{"answer":{"usage":{"prompt_tokens":1000,"prompt_tokens_details":{"cached_tokens":800,"cache_write_tokens":500}}}}]' \
    0 "8 scored, 1 requests"
is "no tokens below zero" "$(report '[.tokens.input,.tokens.cached,.tokens.cache_write]')" '[0,800,200]'
fault "usage of Anthropic" '[{"answer":{"usage":{"input_tokens":1000,"cache_read_input_tokens":4000,"cache_creation_input_tokens":500}}}]' \
    0 "8 scored, 1 requests" --backend anthropic -m claude-haiku-4-5
is "its disjoint buckets" "$(report '[.tokens.input,.tokens.cached,.tokens.cache_write]')" '[1000,4000,500]'
is "its cost" "$(report .cost.input)" 0.002025
fault "the flex tier" '[{"has":"\"service_tier\": \"flex\"","answer":{"top":{"service_tier":"flex"}}}]' \
    0 "8 scored, 1 requests" --service-tier flex
is "its price" "$(report '(.cost.output * 1e6 | round) == 5 * .tokens.output')" true
fault "a cost told by the server" '[{"answer":{"usage":{"cost":0.5}}}]' 0 "8 scored, 1 requests"
is "the server's account wins" "$(report .cost.total)" 0.5
fault "a model without a price" '[]' 0 "8 scored, 1 requests" -m nobody-knows-it
is "an unknown price is not zero" "$(report '[.cost,.unpriced]')" '[null,true]'

# Details are for people: the key that a server quotes is cut out.
server '[{"status":401,"body":{"error":{"message":"Incorrect API key provided: sk-secre****6789. See https://x"}}}]'
printf 'sk-secret-key-0123456789\n' >"$T/key"
chmod 600 "$T/key"
score --key-file "$T/key" --verbose >/dev/null
is "a quoted key is cut out" "$(cat "$T/out" "$T/err" "$T/report" | grep -c -e sk-secre -e '\*6789')" 0
like "but the rest is told" "$(cat "$T/err")" "*Incorrect API key provided*"

done_testing
