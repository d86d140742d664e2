#!/bin/sh
# SPDX-License-Identifier: ISC
# A program that is asked instead of a server.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/llm-score-lib.sh"

# The program: it rates what it is asked about, and counts how often it was.
cat >"$T/judge" <<'X'
#!/bin/sh
echo x >>"$(dirname "$0")/asked"
cat >"$(dirname "$0")/question.$$"
awk -F '[< ]+' '
	/^<<P[0-9]/ { printf "%s\"%s\":{\"comment\":\"c\",\"relevance\":%d,\"novelty\":7,\"topics\":[]}",
	    n++ ? "," : "Sure!\n{", $2, 1 + NR % 9 }
	END { print "}" }' "$(dirname "$0")/question.$$"
X
chmod +x "$T/judge"
log=$T/log
: >"$log"
ask() {
	rm -f "$T/asked" "$T/report"
	status_of llm-score -T "$T/topics.md" --no-cache --report "$T/report" \
	    --retries 1 "$@" "$T/papers"
}
asked() {
	wc -l <"$T/asked" | tr -d ' '
}

papers 20 >"$T/papers"
is 'a program judges' "$(ask --command "$T/judge"; told)" '0
20 scored, 0 requests'
is '  papers in batches' "$(asked)" 3
is '  told in the scores' "$(jq -c '[.score.backend, .score.model]' "$T/out" | sort -u)" \
    "[\"command\",\"$T/judge\"]"
is '  under another name' "$(ask --command "$T/judge" -m mine
    jq -r .score.model "$T/out" | sort -u)" '0
mine'
is '  with all of the prompt' "$(cat "$T"/question.* | grep -c -e '# What I read' -e '^# Papers')" 12
is '  a shell reads it' "$(ask --command "cat | '$T/judge' 2>/dev/null" -n 20; asked)" '0
1'
is '  at no known cost' "$(report '[.cost, .requests.sent]')" '[null,1]'
is 'its answers are kept' "$(ask --command "$T/judge" --cache "$T/c.db" >/dev/null
    status_of llm-score --command "$T/judge" -T "$T/topics.md" --cache "$T/c.db" "$T/papers"
    status_of llm-score --command "$T/judge" -T "$T/topics.md" --cache "$T/c.db" "$T/papers"
    asked)" '0
0
3'
is 'as many requests as allowed' "$(ask --command "$T/judge" --max-requests 2 -n 5; told)" '1
10 scored, budget 10, 0 requests'

# How it ends
ends() {
	printf '#!/bin/sh\n%s\n' "$1" >"$T/bad"
	chmod +x "$T/bad"
	ask --command "$T/bad" -j 1
}
papers 1 >"$T/papers"
is '77: refused for good' "$(ends 'echo log in first >&2; exit 77'; told)" '77
0 scored, auth 1, 0 requests'
like '  in its words' "$(cat "$T/err")" '*no more requests: 403: log in first*'
is '75: tried again' "$(ends "echo x >>$T/asked; exit 75"; told; asked)" '75
0 scored, http 1, 0 requests
2'
is 'another failure' "$(ends 'echo oops >&2; exit 3'; jq -r .score_error.detail "$T/out")" '75
500: oops'
is '  without a word' "$(ends 'exit 3'; jq -r .score_error.detail "$T/out")" '75
500: the command failed without a word'
is 'a program that is not there' "$(ask --command "$T/none"; told)" '77
0 scored, auth 1, 0 requests'
is 'one that says nothing' "$(ends 'cat >/dev/null'; told)" '75
0 scored, parse 1, 0 requests'
is 'one that takes too long' "$(ask --command 'sleep 60' --timeout 1 --retries 0; jq -c .score_error "$T/out")" '75
{"code":"timeout","detail":"the command took too long"}'
is 'one that reads nothing' "$(ends "exec $T/judge </dev/null" >/dev/null; told)" \
    '0 scored, parse 1, 0 requests'

# Misuse
is 'a command without its backend' "$(ask --command x --backend openai -m x)" 2
is 'the backend without a command' "$(ask --backend command)" 2
is 'a key for a command' "$(ask --command x --key-file "$T/papers")" 2
is 'a price for a command' "$(ask --command x --max-cost 1)" 2

done_testing
