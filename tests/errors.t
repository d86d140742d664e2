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

# What is wrong with every line is told of a few, then counted.
many() { seq 1 "$1" | paper-filter "$2" 2>&1 >/dev/null | cut -d : -f 3-; }
told='1: not a JSON object at byte 1; skipped
2: not a JSON object at byte 1; skipped
3: not a JSON object at byte 1; skipped'
is "three bad lines" "$(many 3 -e)" "$told"
is "four" "$(many 4 -e)" "$told
4: not a JSON object at byte 1; skipped"
is "many" "$(many 421 -e)" "$told
 <stdin>:421: not a JSON object at byte 1; skipped"
is "many: counted" "$(seq 1 421 | paper-filter 2>&1 | tail -n 1)" \
    "paper-filter: … and 418 more of this kind, the last: <stdin>:421:\
 not a JSON object at byte 1; skipped"
is "many, with --verbose" "$(many 421 --verbose | grep -c skipped)" 421
is "many that have no line" "$(seq 1 9 | sed 's/.*/{"id":"&","title":"x"}/' |
    paper-filter --sort-by '.title | tonumber' 2>&1 >/dev/null | grep -c .)" 4
is "many of two kinds" "$({
	seq 1 9
	seq 1 9 | sed 's/.*/{"title":"&"}/'
} | paper-filter 2>&1 | grep -c 'and 6 more of this kind')" 2

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

says 'two runs in one' 2 '*--emit-batch and --merge-batch cannot be used together*' \
    score -m x --emit-batch openai --merge-batch "$T/papers"
says 'titles do not wait' 2 '*--screen titles cannot be used with a batch*' \
    score -m x --emit-batch openai --screen titles
says 'one dialect, then another' 2 '*--emit-batch anthropic cannot be used with --backend openai*' \
    score -m x --backend openai --emit-batch anthropic
says 'what is liked is for training' 2 '*--like needs --train*' \
    score --backend lexical --like "$T/papers"
says 'a key sent in the open' 2 '*http without TLS is for loopback only*' \
    score -m x --base-url http://example.com/v1
says 'an id and a category' 2 '*a category does not go with the other options*' \
    arxiv-fetch --id 2513.00001 cs.LG
says 'a mistyped option' 2 '*unknown option --keywrod; did you mean --keyword[?]*' \
    paper-filter --keywrod x
says 'a mistyped choice' 2 '*tpic: not one of *; did you mean topic[?]*' \
    digest-render --group-by tpic
says 'one of a list' 2 '*--announce: rpelace: not one of *; did you mean replace[?]*' \
    arxiv-fetch -t new,rpelace cs.LG
says 'a mistyped provider' 2 '*olama: not an absolute URL; did you mean ollama[?]*' \
    score -m x --base-url olama
says 'a mistyped model' 77 '*gpt5 is not known; did you mean gpt-5[?]*no key*' \
    env -u OPENAI_API_KEY -u LLM_API_KEY llm-score -T "$T/topics.md" -m gpt5 \
    "$T/papers"
says 'a choice cut short' 2 '*md: not one of *; did you mean markdown[?]*' \
    digest-render -f md
says 'a mistyped category' 2 '*cs.LGG: not an arXiv category; did you mean cs.LG[?]*' \
    arxiv-fetch cs.LGG
says '.. of another archive' 2 '*heplat: *did you mean hep-lat[?]*' \
    arxiv-fetch heplat
says 'an end without a beginning' 2 '*--until needs --since*' \
    arxiv-fetch --until 2026-01-01 cs.LG
says 'an end before the beginning' 2 '*--until is before --since*' \
    arxiv-fetch --from 2026-01-02 --until 2026-01-01 cs.LG
says 'an option without its value' 2 '*-k: needs an argument*--help*' \
    paper-filter -k
says 'a letter that is no option' 2 '*unknown option -Y*' paper-filter -Y
says 'a value that nobody wants' 2 '*--count=3: takes no argument*' \
    paper-filter --count=3
says 'a time that is none' 2 '*--now: noon: not a time*' paper-filter --now noon
says '  in the environment' 2 '*SOURCE_DATE_EPOCH: noon: not a whole number*' \
    env SOURCE_DATE_EPOCH=noon digest-render "$T/papers"
says 'a list with a hole' 2 '*--category: cs.LG,,cs.AI: an empty list item*' \
    paper-filter -c cs.LG,,cs.AI
says 'a keyword that is not UTF-8' 2 '*--keyword: not UTF-8: x <-- here*' \
    paper-filter -k "$(printf 'x\377')"
says 'bytes that would act on a terminal' 1 '*no\\x1bsuch: No such file*' \
    paper-filter "$(printf 'no\033such')"

# Lists that a paper must be found by, and by which none can be.
printf '# none yet\n\n' >"$T/none.txt"
says 'a file without a keyword' 0 \
    "paper-filter: $T/none.txt has no keyword, so none is found in any paper" \
    paper-filter -K "$T/none.txt" "$T/papers"
says '  is not alone' 0 '' paper-filter -k x -K "$T/none.txt" "$T/papers"
says '  of those that are not wanted' 0 '' paper-filter -X "$T/none.txt" \
    "$T/papers"
says 'a list of nobody that is required' 0 \
    "paper-filter: $T/none.txt names nobody: only papers in which an earlier\
 run found somebody pass" \
    paper-filter -a "$T/none.txt" --require-author "$T/papers"
says '  or is not' 0 '' paper-filter -a "$T/none.txt" "$T/papers"

# Nobody types records: a terminal is a forgotten file.
cat >"$T/typed.py" <<'X'
import os, pty, subprocess, sys
sys.exit(subprocess.call(sys.argv[1:], stdin=pty.openpty()[1]))
X
! terminals 'at a terminal' || {
	for tool in paper-filter digest-render 'arxiv-fetch --parse'; do
		# shellcheck disable=SC2086 # a tool and its option
		says "$tool at a terminal" 2 \
		    '*no FILE, and stdin is a terminal*' \
		    "$PYTHON" "$T/typed.py" $tool
	done
	says 'ids at a terminal' 2 \
	    '*the ids are to be read from stdin, which is a terminal*' \
	    "$PYTHON" "$T/typed.py" arxiv-fetch --id-file -
}

# Keys.
printf 'sk-\001\n' >"$T/odd"
printf '\n' >"$T/empty"
chmod 600 "$T/odd" "$T/empty"
says 'an effort that is none' 2 '*hgih*not one of none|minimal|low|medium|high|xhigh|max*' \
    score -m x --effort hgih --no-cache
says 'a key that is none' 77 "*the key contains \\\\x01, which no key does; a file holds the key alone, or lines NAME=value*" \
    score -m x --key-file "$T/odd" --no-cache
says 'an empty key' 77 '*the key is empty*' \
    score -m x --key-file "$T/empty" --no-cache
like '  is not shown' "$(cat "$T/err")" 'llm-score: the key is empty'

says 'a key file that is not there' 77 \
    "*--key-file: $T/none: No such file or directory*" \
    score -m x --key-file "$T/none" --no-cache
says 'a folder instead of a key' 77 '*--key-file: /: Is a directory*' \
    score -m x --key-file / --no-cache

# Files that are something else.
says 'no price table' 2 "*--prices: $T/none: No such file or directory*" \
    score -m x --prices "$T/none" --base-url http://127.0.0.1:9/v1
says 'no prompt' 2 "*$T/none: No such file or directory*" \
    score -m x --system "$T/none" --base-url http://127.0.0.1:9/v1
cp -R "$PAPERROUND_DATADIR" "$T/share"
echo 'Answer.' >"$T/share/prompts/output.md"
says 'a prompt without its place' 2 '*output.md: has no line @KEYS@*' \
    env PAPERROUND_DATADIR="$T/share" llm-score -T "$T/topics.md" -m x \
    --base-url http://127.0.0.1:9/v1 "$T/papers"
says 'no report can be written' 2 "*--report: $T/none/r: No such file*" \
    paper-filter --report "$T/none/r" "$T/papers"
says 'no list of authors' 1 "*$T/none: cannot be read: No such file*" \
    paper-filter -a "$T/none" "$T/papers"
says 'no place for the ids seen' 1 \
    "*$T/papers/seen: cannot be read: Not a directory*" \
    paper-filter -s "$T/papers/seen" "$T/papers"
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
kind 'a compressed file' 'compressed: decompress it'
printf '\357\273\277' | cat - "$T/papers" >"$T/kind"
kind 'a byte order mark' 'text with a byte order mark: remove'
printf '%%PDF-1.4\n' >"$T/kind"
kind 'a PDF' 'a PDF: records come from arxiv-fetch'
echo '{"id":"2513.00001","authors":["A"],"categories":["cs.LG"]}' >"$T/kind"
says 'records where saved answers are meant' 1 \
    '*:1: entry skipped: already a record of paper(5): --parse is not for it*' \
    arxiv-fetch --parse "$T/kind"
says 'a file where a category is meant' 2 \
    "*$T/kind: not an arXiv category; to read a file, use --parse*" \
    arxiv-fetch "$T/kind"
says 'commas between categories' 2 '*; separate several with blanks*' \
    arxiv-fetch cs.LG,cs.AI
says 'an empty query' 2 '*--query is empty*' arxiv-fetch --query ''
says 'requests that are no file' 1 "*$T/none: not a file*" \
    env OPENAI_API_KEY=x llm-batch submit openai "$T/none"

# A model that cannot be reached.
says 'no server' 75 \
    '*no score for 1 of 1 papers, the first: http: *; running it again asks *' \
    score -m x --base-url http://127.0.0.1:9/v1 --retries 0
says '  nothing is kept' 75 '*, the first: http: *' \
    score -m x --base-url http://127.0.0.1:9/v1 --retries 0 --no-cache
ok '  so that all would be asked again' \
    test -z "$(grep 'asks for these only' "$T/err")"
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
printf 'CATCH_UP=3\r\n' >"$conf"
says '  with the line ends of Windows' 2 \
    "*$conf has the line ends of another system; try: *" paperround today
echo 'test -e /nowhere || exit 0' >"$conf"
says '  that ends what reads it' 2 \
    "paperround: $conf ends with an exit: *" paperround today
echo 'TOPICS=$HOME/topics.md' >"$conf"
says '  that would set what it cannot' 2 \
    "*TOPICS and AUTHORS cannot be set in paperround.conf: they are *" \
    paperround today
echo 'KEEP_RUNS=x' >"$conf"
says '  with a number that is none' 2 \
    "*KEEP_RUNS: 'x' is no number of days; see $conf" paperround today
echo 'FETCH='\''arxiv-fetch --parse "$SHARE/sample/cs.LG.xml"'\' >"$conf"
is 'closed output and messages: a day is made' "$(status_of sh -c \
    'paperround --now 2025-10-16T12:00:00Z today >&- 2>&-')" 0
ok '  with its digest' test -s \
    "$HOME/.local/share/paperround/digest/2025-10-16.html"
rm -rf "$HOME/.local/share/paperround"
{
	echo "FETCH='arxiv-fetch --parse \$SHARE/sample/cs.LG.xml'"
	echo 'RENDER=none'
} >"$conf"
says 'no renderer' 1 '*2025-10-16: no html digest, since RENDER failed*' \
    paperround --now 2025-10-16T12:00:00Z today

# A run that cannot be kept: where its folder would be there is a file.
mkdir -p "$HOME/.local/state/paperround/runs"
: >"$HOME/.local/state/paperround/runs/2025-10-10"
says 'no place for a run' 1 "*cannot write to *2025-10-10; 'paperround doctor' tells what room is left*" \
    paperround --now 2025-10-16T12:00:00Z day 2025-10-10

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
is 'a past day without papers: status' "$(status_of past)" 75
like '  is missing, in the report' "$(tail -n 1 "$T/report")" \
    '*"status":"missing"*'
script '/api 503'
says 'ids that cannot be asked about' 75 '*503*' arxiv-fetch \
    --base-url "$URL" --no-cache --pace 0 --retries 0 \
    --report "$T/report" --id 2613.00001
like '  are counted as failed' "$(tail -n 1 "$T/report")" '*"failed":1,*'

# Names, folders and pages that cannot be.
says 'a name that no host can have' 75 '*cs.LG: URL using bad/illegal format*' \
    arxiv-fetch --retries 0 --no-cache --base-url \
    "https://$(printf '%070d' 0 | sed 's/0/ä/g')/" cs.LG
says 'no folder for answers' 1 "*$T/none: No such file or directory*" \
    env TMPDIR="$T/none" arxiv-fetch --base-url "$URL" --no-cache cs.LG
NOW=2026-11-20T05:15:00Z
says '  for want of a better one, /tmp' 0 '' \
    env TMPDIR= arxiv-fetch --base-url "$URL" --now "$NOW" --no-cache cs.LG
kept() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --pace 0 --cache "$T/pages" cs.LG
}
mkdir "$T/pages"
: >"$T/pages/tmp.old"
: >"$T/pages/tmp.new"
touch -d '2020-01-01' "$T/pages/tmp.old"
says 'a cache with rests of killed runs' 0 '' kept
is '  is rid of the old ones' "$(find "$T/pages" -name 'tmp*' | wc -l)" 1
rm -r "$T/pages"
item='<item><title>T</title><guid>oai:arXiv.org:2613.00001v1</guid></item>'
date=Fri,_20_Nov_2026_05:00:00_GMT
script "/rss 200;Last-Modified=$date;body=<rss_version=\"2.0\"><channel><title>x</title><pubDate>$date</pubDate>$item</channel></rss> 304"
says 'a page with a date and no tag' 0 '' kept
mv "$T/out" "$T/first"
NOW=2026-11-21T05:15:00Z
says '  is asked for by that date' 0 '*nothing on Saturdays*' kept
is '  as the server wrote it' "$(header if-modified-since)" \
    "$(echo "$date" | tr _ ' ')"
ok '  and taken from the cache' cmp "$T/out" "$T/first"

page=$(find "$T/pages" -name '*.page')
damage() {
	cp "$page" "$T/page"
	head -c 1100 "$T/page" >"$page"
	forget_requests
}
damage
says 'a page that is damaged in the cache' 0 '' kept
is '  is asked for again' "$(requests) $(wc -l <"$T/out")" '/rss/cs.LG 2'
damage
NOW=2026-11-22T05:15:00Z
says '  when it is old too' 0 '*nothing on Sundays*' kept
is '  though the server has no other' "$(requests) $(wc -l <"$T/out")" \
    '/rss/cs.LG /rss/cs.LG 2'
rm -r "$T"/pages/*
mkdir -p "$page/x"
# Landlock knows only that a folder would go.
says 'a folder where a page should be kept' 0 "*cache: $page: *" \
    kept
says 'a file instead of a cache' 0 "*cache: $T/papers: *; going on without*" \
    arxiv-fetch --cache "$T/papers" --base-url "$URL" --now "$NOW" cs.LG
script '/rss 503'
! terminals 'the progress on a terminal' ||
    says 'the progress on a terminal' 0 \
    '*today: * cs.LG: asking*cs.LG: trying again after * s: HTTP status 503*' \
    env TERM=xterm PAPERROUND_STAGE=today \
    "$PYTHON" "$SRCDIR/tests/server/on_terminal.py" arxiv-fetch --no-cache \
    --base-url "$URL" --now "$NOW" --pace 0 cs.LG

says 'a signal between two requests' 143 '' \
    timeout --preserve-status -s TERM 2 arxiv-fetch --no-cache --pace 60 \
    --base-url "$URL" --now "$NOW" cs.LG cs.AI

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
like '  which is told with --verbose' "$(cat "$T/err")" '*stay in memory*'
[ -n "${SANITIZED-}${VALGRIND-}" ] || {
	says '  a full temporary folder' 1 \
	    '*temporary file: No space left on device*' \
	    env FAIL=write:1:ENOSPC LD_PRELOAD="$BUILD/tests/fault/fail.so" \
	    paper-filter --sort-by .n "$T/many"
	is '  gives nothing rather than a part' "$(wc -c <"$T/out")" 0
	says '  an interrupted write' 0 '' \
	    env FAIL=write:1:EINTR:once LD_PRELOAD="$BUILD/tests/fault/fail.so" \
	    paper-filter --sort-by .n "$T/many"
	ok '  loses nothing' cmp "$T/sorted" "$T/out"
	says 'a kernel without Landlock' 0 \
	    '*not confined by Landlock: Function not implemented*' \
	    env LD_PRELOAD="$BUILD/tests/fault/valgrind.so" arxiv-fetch \
	    --verbose --no-cache --base-url "$URL" --now "$NOW" cs.LG
	for n in 1 2 3 4; do
		is "an interrupted write, $n" "$(status_of env \
		    FAIL=write:$n:EINTR:once LD_PRELOAD="$BUILD/tests/fault/fail.so" \
		    arxiv-fetch --no-cache --base-url "$URL" --now "$NOW" \
		    --pace 0 cs.LG; wc -l <"$T/out")" "0
2"
	done
	# The input is read by fewer calls than that.
	says '  an interrupted look back' 0 '' \
	    env FAIL=read:1000:EINTR:once LD_PRELOAD="$BUILD/tests/fault/fail.so" \
	    paper-filter --sort-by .n "$T/many"
	ok '  loses nothing either' cmp "$T/sorted" "$T/out"
	says '  a look back that fails' 1 '*temporary file: Input/output error*' \
	    env FAIL=read:1000:EIO LD_PRELOAD="$BUILD/tests/fault/fail.so" \
	    paper-filter --sort-by .n "$T/many"
}

done_testing
