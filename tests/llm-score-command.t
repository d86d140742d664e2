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

# A signal while one runs, and one that ignores it: both are waited for below,
# beside the other rows.
papers 3 >"$T/three"
# interrupt NAME BEGINNING: leaves the process in $pid.
interrupt() {
	llm-score -T "$T/topics.md" --no-cache --command \
	    "$2 echo \$\$ >'$T/$1'; sleep 20; echo $1 >'$T/late'" "$T/three" \
	    >"$T/$1.out" 2>/dev/null &
	pid=$!
	await "$T/$1"
	kill -TERM $pid
}
interrupt running ''
running=$pid
interrupt deaf "trap '' TERM;"
deaf=$pid

# How it ends
ends() {
	printf '#!/bin/sh\n%s\n' "$1" >"$T/bad"
	chmod +x "$T/bad"
	shift
	ask --command "$T/bad" -j 1 "$@"
}
papers 1 >"$T/papers"
is 'last words are cut between characters' "$(ends "printf '%s\n' $(printf '%099d' 0 | sed 's/0/é/g')x >&2; exit 1" >/dev/null
    jq -r .score_error.detail "$T/out" | iconv -f UTF-8 -t UTF-8 | sed 's/.*: é*//')" x
is '77: refused for good' "$(ends 'echo log in first >&2; exit 77'; told)" '77
0 scored, auth 1, 0 requests'
is '  in its words' "$(cat "$T/err")" \
    'llm-score: no more requests: the command refused: log in first'
is '75: tried again' "$(ends "echo x >>$T/asked; echo busy >&2; exit 75"; told; asked)" '75
0 scored, http 1, 0 requests
2'
is '  in its words' "$(jq -r .score_error.detail "$T/out")" \
    'the command cannot answer now: busy'
is 'another failure: tried again' "$(ends "echo x >>$T/asked; echo oops >&2; exit 3"; asked
    jq -r .score_error.detail "$T/out"; report .errors)" '75
2
the command ended with 3: oops
{"command":2}'
is '  of which the end counts' "$(ends 'seq 999 >&2; exit 4'
    jq -r .score_error.detail "$T/out" | grep -c -x 'the command ended with 4: [0-9 ]* 999')" '75
1'
is '  without a word' "$(ask --command 'kill -9 $$'; jq -r .score_error.detail "$T/out")" '75
the command ended with 137: no explanation'
papers 4 >"$T/papers"
is '  which one paper is at fault for' "$(ends "cat >$T/q; ! grep -q 'matter 3' $T/q || exit 3; $T/judge <$T/q" --retries 3; told)" '75
3 scored, http 1, 0 requests'
papers 1 >"$T/papers"
is 'a program that is not there' "$(ask --command nowhere; told)" '77
0 scored, auth 1, 0 requests'
like '  what happened, and what to do' "$(cat "$T/err")" \
    'llm-score: no more requests: the command cannot be run: *nowhere: *not found; is its program installed, and may it be run?'
is 'one that may not be run' "$(ask --command "$T/papers"; grep -c 'cannot be run: .*denied; is its' "$T/err")" '77
1'
is 'one that says too much' "$(ends 'yes | head -c 9000000'; jq -c .score_error "$T/out")" '75
{"code":"too_long","detail":"the answer is larger than allowed"}'
is 'one that says nothing' "$(ends 'cat >/dev/null'; told)" '75
0 scored, parse 1, 0 requests'
is 'one that takes too long' "$(ask --command 'sleep 60' --timeout 1 --retries 0; jq -c .score_error "$T/out")" '75
{"code":"timeout","detail":"the command took too long"}'
is 'one that ends who starts it' "$(ask --command 'kill -9 $PPID'; cat "$T/err")" '1
llm-score: --command: the process that starts it has ended'
# after NAME STATUS: that, what became of the command, and what it wrote.
after() {
	echo "$2 $(kill -0 "$(cat "$T/$1")" 2>/dev/null || echo ended
	    cat "$T/late" 2>/dev/null)"
}
wait $running
is 'one that still runs after a signal' "$(after running $?)" '143 ended'
wait $deaf
is '  and one that does not hear of it' "$(after deaf $?)" '143 ended'
is '  gave no score' "$(jq -r .score_error.code "$T/running.out" | sort | uniq -c | xargs)" '3 interrupted'
is 'one that reads nothing' "$(ends "exec $T/judge </dev/null" >/dev/null; told)" \
    '0 scored, parse 1, 0 requests'

# Misuse
is 'a command without its backend' "$(ask --command x --backend openai -m x)" 2
is 'the backend without a command' "$(ask --backend command)" 2
is 'a key for a command' "$(ask --command x --key-file "$T/papers")" 2
is 'a price for a command' "$(ask --command x --max-cost 1)" 2

done_testing
