#!/bin/sh
# What rarely goes wrong, and what is said of it: files that are something
# else, folders that are not there, services that answer nothing.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"

start_arxiv
NOW=2026-11-25T12:00:00Z
echo '1. Sparse models {#moe}' >"$T/topics.md"
printf '%s\n' '{"id":"2513.00001","title":"Sparse","abstract":"x"}' >"$T/papers"

# says NAME STATUS PATTERN COMMAND ..: its status, and what it says on stderr.
says() {
	name=$1 want=$2 pattern=$3
	shift 3
	is "$name: status" "$(status_of "$@")" "$want"
	like "$name: says so" "$(cat "$T/err")" "$pattern"
}
score() {
	llm-score -T "$T/topics.md" "$@" "$T/papers"
}

# Options that make no sense.
says 'a backend without a model' 2 '*--backend openai needs --model*' \
    score --backend openai
says 'titles without a model' 2 '*--screen titles needs a model*' \
    score --screen titles
says 'a batch without a model' 2 '*a batch needs --model*' \
    score --emit-batch openai
says "a key for claude is Anthropic's" 77 '*no key: set ANTHROPIC_API_KEY*' \
    score -m claude-x --no-cache
says 'an empty set of choices' 2 '*not one of none|titles|local*' \
    score --screen ''

# Keys.
printf 'sk-\001\n' >"$T/odd"
printf '\n' >"$T/empty"
chmod 600 "$T/odd" "$T/empty"
says 'a key that is none' 77 '*a character that no key has*' \
    score -m x --key-file "$T/odd" --no-cache
says 'an empty key' 77 '*the key is empty*' \
    score -m x --key-file "$T/empty" --no-cache
like '  is not shown' "$(cat "$T/err")" 'llm-score: the key is empty'

# Files that are something else.
printf 'topics \377' >"$T/latin1"
says 'topics that are not UTF-8' 2 "*$T/latin1*UTF-8*" \
    llm-score -T "$T/latin1" "$T/papers"
says 'a prompt that is not UTF-8' 2 "*$T/latin1: not UTF-8 text*" \
    score -m x --base-url http://127.0.0.1:9/v1 --system "$T/latin1"
says 'no prompts installed' 2 '*system.md is not installed; set PAPERROUND_DATADIR*' \
    env PAPERROUND_DATADIR="$T/none" llm-score -T "$T/topics.md" -m x \
    --base-url http://127.0.0.1:9/v1 "$T/papers"
says 'a cache that is none' 1 "*$T/topics.md: *not a database*" \
    score -m x --base-url http://127.0.0.1:9/v1 --cache "$T/topics.md"
is '  is left alone' "$(cat "$T/topics.md")" '1. Sparse models {#moe}'
says 'a checkpoint that is none' 1 "*--resume: $T/topics.md: not a checkpoint*" \
    arxiv-fetch --base-url "$URL" --source oai --set cs --resume "$T/topics.md"
says 'a checkpoint that is a folder' 1 "*--resume: $T: Is a directory*" \
    arxiv-fetch --base-url "$URL" --source oai --set cs --resume "$T"

# Days that arXiv says nothing of.
past() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --no-cache --pace 0 \
	    --retries 0 --date 2026-11-20 -t new --report "$T/report" cs.LG
}
script '/oai 503'
says 'a past day that cannot be had' 75 '*cs.LG*503*' past
like '  failed, in the report' "$(tail -n 1 "$T/report")" \
    '*"status":"failed"*"exit":75}'
printf '%s\n' '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">' \
    '<responseDate>2026-11-25T12:00:00Z</responseDate>' \
    '<error code="noRecordsMatch">none</error></OAI-PMH>' >"$T/root/none.xml"
script '/oai file:none.xml'
is 'a past day without papers: status' "$(status_of past)" 0
like '  is empty, in the report' "$(tail -n 1 "$T/report")" \
    '*"status":"empty"*'
script '/api 503'
says 'ids that cannot be asked about' 75 '*503*' arxiv-fetch \
    --base-url "$URL" --no-cache --pace 0 --retries 0 \
    --report "$T/report" --id 2613.00001
like '  are counted as failed' "$(tail -n 1 "$T/report")" '*"failed":1,*'

# No place to write.
says 'neither HOME nor a cache' 1 '*neither XDG_CACHE_HOME nor HOME is set*' \
    env -u HOME arxiv-fetch --base-url "$URL" cs.LG
awk 'BEGIN {
	s = sprintf("%02000d", 0)
	for (i = 0; i < 6000; i++)
		printf "{\"id\":\"2513.%05d\",\"n\":%d,\"x\":\"%s\"}\n",
		    i, i * 7919 % 6000, s
}' >"$T/many"
paper-filter --sort-by .n "$T/many" >"$T/sorted"
is 'sorting more than fits in memory' "$(jq -c .n "$T/sorted" | head -3 |
	paste -s -d ' ' -)" '0 1 2'
TMPDIR=$T/none paper-filter --sort-by .n --verbose "$T/many" >"$T/got" 2>"$T/err"
ok '  without a temporary folder too' cmp "$T/sorted" "$T/got"
like '  which is told with --verbose' "$(cat "$T/err")" '*stays in memory*'
[ -n "${SANITIZED-}${VALGRIND-}" ] || {
	says '  a full temporary folder' 1 \
	    '*temporary file: No space left on device*' \
	    env FAIL=write:1:ENOSPC LD_PRELOAD="$BUILD/tests/fault/fail.so" \
	    paper-filter --sort-by .n "$T/many"
	is '  gives nothing rather than a part' "$(wc -c <"$T/out")" 0
}

done_testing
