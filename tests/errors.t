#!/bin/sh
# What rarely goes wrong, and what is said of it: files that are something
# else, folders that are not there, services that answer nothing.
# shellcheck disable=SC2016 # for the shells that are started here
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

# Files of another kind are known, and named once.
kind() {
	says "$1" 1 "*$T/kind is $2*" paper-filter "$T/kind"
	is "  once" "$(grep -c " is $2" "$T/err")" 1
}
jq -s . "$T/papers" >"$T/kind"
kind 'an array' 'a JSON array: jq -c*'
jq . "$T/papers" >"$T/kind"
kind 'records over several lines' 'JSON over several lines: jq -c'
gzip -c "$T/papers" >"$T/kind"
kind 'a compressed file' 'compressed: give what gzip -dc'
printf '\357\273\277' | cat - "$T/papers" >"$T/kind"
kind 'a byte order mark' 'text with a byte order mark: remove'
printf '%%PDF-1.4\n' >"$T/kind"
kind 'a PDF' 'a PDF: records come from arxiv-fetch'
echo '{"id":"2513.00001","authors":["A"],"categories":["cs.LG"]}' >"$T/kind"
says 'records where saved answers are meant' 1 \
    '*:1: entry skipped: a record already, as paper(5) has it: no --parse*' \
    arxiv-fetch --parse "$T/kind"
says 'a file where a category is meant' 2 \
    "*$T/kind: not a category of arXiv's; files are read with --parse*" \
    arxiv-fetch "$T/kind"
says 'commas between categories' 2 '*; give several with blanks between*' \
    arxiv-fetch cs.LG,cs.AI
says 'an empty query' 2 '*--query: it is empty*' arxiv-fetch --query ''
says 'requests that are no file' 1 "*$T/none: not a file*" \
    env OPENAI_API_KEY=x llm-batch submit openai "$T/none"

# A model that cannot be reached.
says 'no server' 75 \
    '*no score for 1 of 1 papers, the first: http: *; running it again asks *' \
    score -m x --base-url http://127.0.0.1:9/v1 --retries 0
says '  with -q too' 75 '*no score for 1 of 1 papers*' \
    score -q -m x --base-url http://127.0.0.1:9/v1 --retries 0
says 'an abstract is missing' 75 '*the first: no_text: title or abstract *' \
    sh -c 'echo "{\"id\":\"1\"}" | llm-score -T "$0" -m x \
	--base-url http://127.0.0.1:9/v1' "$T/topics.md"

# A cache that is none is gone on without.
: >"$T/file"
says 'a file as the cache' 0 "*cache: $T/file: Not a directory; going on *" \
    arxiv-fetch --base-url "$URL" --now 2026-11-20T12:00:00Z --pace 0 \
    --cache "$T/file" cs.LG

# paperround by somebody without a home, and in an outage.
says 'paperround without HOME' 2 \
    'paperround: HOME is not set: set it, or all of PAPERROUND_CONFIG*' \
    env -u HOME paperround today
says '  with an empty one' 2 '*HOME is not set*' env HOME= paperround today
is '  can still be asked how it is used' \
    "$(status_of env -u HOME paperround --help)" 0
is '  or told where everything is' "$(status_of env -u HOME \
    PAPERROUND_CONFIG="$T/pc" PAPERROUND_DATA="$T/pd" PAPERROUND_STATE="$T/ps" \
    paperround -q init)" 0
mkdir -p "$HOME/.config/paperround"
conf=$HOME/.config/paperround/paperround.conf
echo 'FETCH="exit 75"' >"$conf"
says 'an outage' 75 \
    "*2025-10-16: an outage: later, 'paperround today' tries again;*/runs/*" \
    paperround --now 2025-10-16T12:00:00Z today
says '  on a past day, with -q' 75 \
    "*2025-10-15: an outage: later, 'paperround day 2025-10-15' tries *" \
    paperround -q --now 2025-10-16T12:00:00Z day 2025-10-15
echo 'FETCH="exit 77"' >"$conf"
says 'a refusal' 77 "*2025-10-14: an outage: try 'paperround doctor';*" \
    paperround --now 2025-10-16T12:00:00Z day 2025-10-14
echo "CATEGORIES='" >"$conf"
says 'a configuration that is no shell script' 2 \
    "*$conf is not what sh can read; see its message above" paperround today
{
	echo "FETCH='arxiv-fetch --parse \$SHARE/sample/cs.LG.xml'"
	echo 'RENDER=none'
} >"$conf"
says 'no renderer' 1 '*2025-10-16: no html digest, since RENDER failed*' \
    paperround --now 2025-10-16T12:00:00Z today

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
