#!/bin/sh
# SPDX-License-Identifier: ISC
# What is known of models: who serves them, what they cost, what they refuse,
# and when they end.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/llm-score-lib.sh"

unset LLM_API_KEY OPENAI_API_KEY ANTHROPIC_API_KEY GEMINI_API_KEY
unset GOOGLE_API_KEY OPENROUTER_API_KEY DEEPSEEK_API_KEY MISTRAL_API_KEY
unset GROQ_API_KEY XAI_API_KEY
table=$SRCDIR/share/models.tsv
tab=$(printf '\t')

# The table itself

is 'every row has all columns' "$(awk -F '\t' '!/^#/ && NF != 15' "$table")" ''
is 'every row was looked up on a day' \
    "$(awk -F '\t' '!/^#/ && $15 !~ /^20[0-9][0-9]-[01][0-9]-[0-3][0-9]$/' "$table")" ''
is 'a model is named once' \
    "$(awk -F '\t' '!/^#/ && $3 == "-" {print $1}' "$table" | sort | uniq -d)" ''
is 'what begins a model is its usual price' \
    "$(awk -F '\t' '!/^#/ {if ($1 != last && $3 != "-") print; last = $1}' "$table")" ''
is 'families have no price' "$(awk -F '\t' '/^[^#]*\*/ && $4 != "-"' "$table")" ''

# -m alone says who is asked: the key that is missing tells.

papers 1 >"$T/papers"
asks() {
	status_of llm-score -T "$T/topics.md" --no-cache -m "$1" "$T/papers" \
	    >/dev/null
	sed -n 's/.*no key: set \([A-Z_]*\) .*/\1/p' "$T/err"
}
while read -r model key; do
	is "$model: asked with $key" "$(asks "$model")" "$key"
done <<'X'
gpt-6-luna OPENAI_API_KEY
unheard-of OPENAI_API_KEY
claude-haiku-5-5 ANTHROPIC_API_KEY
claude-next ANTHROPIC_API_KEY
gemini-3.8-flash GEMINI_API_KEY
deepseek-flash DEEPSEEK_API_KEY
mistral-large-latest MISTRAL_API_KEY
grok-4 XAI_API_KEY
anthropic/claude-x OPENROUTER_API_KEY
X
server '[]'
is 'never against --base-url' "$(status_of llm-score -T "$T/topics.md" \
    -m claude-haiku-5-5 --base-url "$url" --no-cache "$T/papers"
    jq -r .path "$log" | sed 's/.*v1//')" '0
/chat/completions'

# What a model refuses is not sent, not even in a batch.

sent() {
	server '[]'
	status_of llm-score -T "$T/topics.md" --no-cache --base-url "$url" \
	    "$@" "$T/papers" >/dev/null
	jq -r '.keys[]' "$log" | grep -x temperature
}
is 'temperature is sent' "$(sent -m some-model)" temperature
is 'but not to a model that refuses it' "$(sent -m gpt-6-luna)" ''
is 'nor to one of its family' "$(sent -m vendor/gpt-6.3-new)" ''
is 'nor in a batch' "$(llm-score -T "$T/topics.md" --no-cache -m gpt-6-luna \
    --emit-batch openai "$T/papers" | jq -r '.body | has("temperature")')" false
printf 'some-model\tx\t-\t1\t-\t-\t1\t-\t-\t-\t-\ttemperature,schema\n' >"$T/own"
is "the user's table says so too" "$(sent -m some-model --prices "$T/own")" ''
server '[]'
is '  of the schema too' "$(score -m some-model --prices "$T/own"
    jq -r .format "$log")" '0
json_object'

# What a day costs, as the README has it.

scored=$SHARED/data/scored/papers.jsonl.gz
if [ -r "$scored" ]; then
	zcat "$scored" | grep '"announced":"2025-10-17"' >"$T/papers"
	while read -r model price; do
		is "$model: the README's price" "$(LLM_API_KEY=k llm-score \
		    --now 2026-11-30T12:00:00Z -m "$model" --no-cache --dry-run \
		    -T "$SRCDIR/share/topics.md" "$T/papers" |
		    awk '/^cost/ { printf "%.2f", substr($2, 2) }')" "$price"
	done <<-X
	$(sed -n 's/^| `\(.*\)` | \$\(.*\) |/\1 \2/p' "$SRCDIR/README.md")
	X
	papers 1 >"$T/papers"
else
	skip "the README's prices" 'no shared data'
fi

# --list-models

list() {
	status_of llm-score --now 2026-11-28 --list-models "$@"
}
is 'a list' "$(list; cut -f 1 "$T/out" | sed -n '1p;/^gpt-6-luna$/p')" '0
# model
gpt-6-luna'
is '  of one provider' "$(list --backend anthropic; cut -f 2 "$T/out" | sort -u)" '0
anthropic
provider'
is '  of one model, with its steps' "$(list -m gpt-5.6; cut -f 1,3,4 "$T/out")" \
    "0
# model${tab}when${tab}input
gpt-5.6${tab}-${tab}5
gpt-5.6${tab}prompt>272000${tab}10"
is '  which lives: no word of it' "$(cat "$T/err")" ''
is 'a model that ends soon' "$(list -m gpt-5-mini)" 0
like '  is warned of' "$(cat "$T/err")" \
    '*gpt-5-mini is shut down on 2026-12-11; the nearest in price is gpt-5.6-luna (USD 0.2 in, 1.2 out*'
mkdir "$T/data"
grep '^gpt-5-mini' "$table" >"$T/data/models.tsv"
is '  where no other is known' "$(PAPERROUND_DATADIR=$T/data list -m gpt-5-mini
    cat "$T/err")" '0
llm-score: gpt-5-mini is shut down on 2026-12-11'
is 'not half a year before' "$(status_of llm-score --now 2026-05-01 \
    --list-models -m gpt-5-mini; cat "$T/err")" 0
is 'a model that has ended' "$(list -m o4-mini; grep -c 'was shut down on 2026-10-23' "$T/err")" '0
1'
is 'a slip of the finger' "$(list -m gpt-6-lunna; cat "$T/err")" \
    '1
llm-score: gpt-6-lunna is not known; did you mean gpt-6-luna?'
is 'an unknown model' "$(list -m zzz; cat "$T/err")" '1
llm-score: zzz is not known'
is 'no papers' "$(list "$T/papers")" 2

# joined with what the server has
server '[{"body":{"data":[{"id":"models/gpt-6-luna"},{"id":"gpt-5-mini","shutdown_date":"2027-09-01"},{"id":"new-one"}]}}]'
is 'a server is asked' "$(LLM_API_KEY=k list --base-url "$url" -m gpt-6-luna
    tail -n 1 "$T/out" | cut -f 10)" '0
yes'
is '  for its dates' "$(LLM_API_KEY=k list --base-url "$url" -m gpt-5-mini
    tail -n 1 "$T/out" | cut -f 9,10)" "0
2027-09-01${tab}yes"
is '  a model that only it knows' "$(LLM_API_KEY=k list --base-url "$url" -m new-one
    tail -n 1 "$T/out" | cut -f 1,10)" "0
new-one${tab}yes"
is '  and one that it lacks' "$(LLM_API_KEY=k list --base-url "$url" -m gpt-5
    tail -n 1 "$T/out" | cut -f 10)" '0
no'
is 'all that it has' "$(LLM_API_KEY=k list --base-url "$url"; cut -f 1 "$T/out")" '0
# model
gpt-6-luna
gpt-5-mini
new-one'
server '[{"body":{"data":[{"id":"evil\n\u001b]0;x\u0007\ty\u009b2J\u202e"}]}}]'
is 'a name that is meant for the terminal' "$(LLM_API_KEY=k list --base-url "$url"
    sed 1d "$T/out")" "0
evil\\x0a\\x1b]0;x\\x07\\x09y\\xc2\\x9b2J\\xe2\\x80\\xae${tab}other${tab}-${tab}-${tab}-${tab}-${tab}-${tab}-${tab}-${tab}yes"
is 'nobody is asked with --cache-only' "$(LLM_API_KEY=k list --cache-only \
    --base-url "$url" -m gpt-6-luna; tail -n 1 "$T/out" | cut -f 10)" '0
-'
server '[{"key":"right","body":{"data":[]}}]'
is 'a key that is refused' "$(LLM_API_KEY=sk-wrong1234 list --base-url "$url" \
    -m gpt-6-luna; tail -n 1 "$T/out" | cut -f 10; cat "$T/err")" '77
-
llm-score: other: its list of models: 401: Incorrect API key provided: ************'
is '  whatever the model' "$(LLM_API_KEY=sk-wrong1234 list --base-url "$url" \
    -m no-such; grep -c known "$T/err")" '77
0'
server '[{"status":500,"body":"no"}]'
is 'a server that does not tell' "$(LLM_API_KEY=k list --base-url "$url")" 75
server '[{"body":{"x":1}}]'
is 'what is no list' "$(LLM_API_KEY=k list --base-url "$url"; cat "$T/err")" '75
llm-score: other: its list of models: is none'
server '[{"body":{"data":[{"id":"claude-haiku-5-5"}]}}]'
is 'the list of Anthropic' "$(LLM_API_KEY=k list --backend anthropic \
    --base-url "$url" -m claude-haiku-5-5; tail -n 1 "$T/out" | cut -f 10)" '0
yes'
like '  is asked for whole' "$(jq -r .path "$log")" '*/models?limit=1000'

# In a run
server '[{"status":404,"body":{"error":{"message":"The model does not exist","code":"model_not_found"}}}]'
is 'an unknown model in a run' "$(score -m gpt-6-lunna)" 77
like '  gets a suggestion' "$(cat "$T/err")" '*did you mean gpt-6-luna?*'
is 'no price for it' "$(score -m gpt-6-lunna --max-cost 1)" 2
like '  nor without one' "$(cat "$T/err")" '*did you mean gpt-6-luna?*'

# Where everybody may read the list, a key is tried elsewhere.
if internet openrouter.ai; then
	echo '[{"key":"right","body":{"data":[{"id":"openai/gpt-6-luna"}]}}]' \
	    >"$T/server/openrouter.ai.script"
	is 'OpenRouter' "$(LLM_API_KEY=right list --base-url openrouter \
	    -m openai/gpt-6-luna; tail -n 1 "$T/out" | cut -f 10)" '0
yes'
	is '  tries the key first' \
	    "$(jq -r .path "$T/server/openrouter.ai.log")" \
	    '/openrouter.ai/api/v1/key
/openrouter.ai/api/v1/models'
	is '  and asks no more with a wrong one' "$(LLM_API_KEY=wrong list \
	    --base-url openrouter; wc -l <"$T/server/openrouter.ai.log")" '77
3'
	server_stop
	is '  nobody there' \
	    "$(LLM_API_KEY=right list --base-url openrouter)" 75
else
	skip 'OpenRouter' 'openssl is missing'
fi

done_testing
