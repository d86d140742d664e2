#!/bin/sh
# What a tool still can do once its options are read, if its input turned it
# against the user: tests/fault/escape.c tries, from inside, what code that was
# smuggled in would like to do, and says what was not refused.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"
. "$SRCDIR/tests/llm-score-lib.sh"

[ -z "${SANITIZED-}${VALGRIND-}" ] || {
	skip "confinement" "off: this build needs more than a tool does"
	done_testing
}
start_arxiv
cleanup="server_stop; kill $server"
server '[]'
papers 3 >"$T/papers"
mkdir "$T/cache" "$T/place" "$T/elsewhere" "$T/notes"

# tries FOLDER-OF-ITS-OWN COMMAND ..
tries() {
	(
		echo kept >"$T/elsewhere/file"
		export ESCAPE="$T/elsewhere"
		own=$1
		shift
		[ -z "$own" ] || {
			rm -rf "$own/new"
			echo kept >"$own/file"
			export OWN="$own"
		}
		LD_PRELOAD=$BUILD/tests/fault/escape.so exec "$@"
	)
}
tries '' /bin/true 2>"$T/all"
# Whoever runs this can do at least these; root can do more.
possible='read list stat write create empty truncate rename exchange unlink
link symlink mkdir rmdir mkfifo chmod fchmod chown fchown utimens futimens chdir
inet inet6 unix pair listen accept bind fork clone vfork execve execveat
memfd_exec kill tgkill sigqueue pidfd_kill own_signal which_signal ptrace
vm_read setpriority prlimit setsid setuid prctl tiocsti'
missing=
for call in $possible; do
	grep -q " $call " "$T/all" || missing="$missing $call"
done
is 'unconfined: what is tried works' "$missing" ''
like '  and programs run' "$(cat "$T/all")" '* ran.'
tap_note "of $(grep -c '^    ROW' "$SRCDIR/tests/fault/escape.c") calls, $(
	grep ^tried "$T/all" | wc -w) work here unconfined"

# Of what a kernel lacks, the rest is tested all the same where it can be.
lacking=$(tries '' paper-filter --verbose "$T/papers" 2>&1 >/dev/null |
	sed -n 's/^[^:]*: \(.*confined by .*\)/\1/p')
case $lacking in
*'confined by anything'*)
	skip "confinement" "$lacking"
	done_testing
	;;
esac

# confined NAME WHAT-IT-CAN OWN COMMAND ..: with and without -o, all works as
# ever.
confined() {
	name=$1 can=$2 own=$3
	shift 3
	"$@" >"$T/plain" 2>/dev/null
	tries "$own" "$@" --verbose >"$T/out" 2>"$T/err"
	if [ -n "$lacking" ]; then
		skip "$name" "$lacking"
	else
		# Who may read other processes' files depends.
		is "$name: smuggled code can" \
		    "$(grep ^tried "$T/err" | sed 's/ proc / /; s/ own:proc / /')" "tried:$can."
	fi
	ok "$name: writes what it writes" test -s "$T/out"
	ok "$name: the same as ever" cmp "$T/out" "$T/plain"
	echo old >"$T/place/o"
	tries "$own" "$@" -o "$T/place/o" >/dev/null 2>"$T/err"
	[ -n "$lacking" ] || is "$name -o FILE: smuggled code can" \
	    "$(grep ^tried "$T/err" | sed 's/ proc / /; s/ own:proc / /')" "tried:$can."
	ok "$name: -o FILE is put in place" cmp "$T/place/o" "$T/plain"
	is "$name: nothing is left beside it" "$(ls "$T/place")" o
	[ "$1" = digest-render ] || {
		rm -f "$T/r"
		tries "$own" "$@" --report "$T/r" >/dev/null 2>&1
		ok "$name: the report is written" grep -q '"exit":0}' "$T/r"
	}
	[ -n "$lacking" ] || is "$name: nothing elsewhere" "$(cat "$T"/elsewhere/*)" kept
}
now=2026-11-20T05:15:00Z
confined paper-filter '' '' paper-filter -k matter "$T/papers"
confined 'paper-filter -w' '' '' paper-filter -w '.id != ""' "$T/papers"
confined 'paper-filter --near' '' '' paper-filter \
    --near "$(head -n 1 "$T/papers" | jq -r .id)" "$T/papers"
confined 'paper-filter --cites' '' '' paper-filter \
    --cites "$T/papers" "$T/papers"
confined 'arxiv-fetch --parse' '' '' arxiv-fetch --parse --now "$now" \
    "$FIXTURES/rss/cs.LG.xml"
confined 'llm-score --backend lexical' '' '' llm-score \
    --backend lexical -T "$T/topics.md" "$T/papers"
confined 'llm-score --backend local' '' '' llm-score \
    --backend local -T "$T/topics.md" "$T/papers"
for options in '-f html' '-f markdown' '-f email' '--template ntfy'; do
	# shellcheck disable=SC2086 # words
	confined "digest-render $options" '' '' digest-render $options \
	    --now "$now" --date 2026-11-20 "$T/papers"
done

# What needs a folder can write, make, rename and remove plain files there.
files=' own:read own:list own:stat own:write own:create own:rename own:exchange own:unlink'
confined 'digest-render --split' " stat$files" "$T/notes" digest-render \
    --template obsidian.md --split "$T/notes" --force --now "$now" --date 2026-11-20 "$T/papers"
reads=' read list stat'
network="$reads inet inet6"
confined arxiv-fetch "$network$files own:mkdir" "$T/cache" arxiv-fetch \
    --base-url "$URL" --now "$now" --pace 0 --cache "$T/cache" cs.LG
confined 'arxiv-fetch, a cache of its own' "$network$files own:mkdir" \
    "$HOME/.cache/paperround" arxiv-fetch \
    --base-url "$URL" --now "$now" --pace 0 cs.LG
confined 'arxiv-fetch --no-cache' "$network own:read own:list own:stat" \
    "$T/cache" env TMPDIR="$T/cache" \
    arxiv-fetch --base-url "$URL" --now "$now" --pace 0 --no-cache cs.LG
confined llm-score "$network$files" "$T/cache" llm-score -T "$T/topics.md" \
    -m gpt-5 --base-url "$url" --cache "$T/cache/scores" "$T/papers"
confined 'llm-score, a cache of its own' "$network$files" \
    "$HOME/.cache/paperround" llm-score \
    -T "$T/topics.md" -m gpt-5 --base-url "$url" "$T/papers"
ok "the caches are in use" test -s "$HOME/.cache/paperround/scores.db" -a \
    -s "$T/cache/scores"
# shellcheck disable=SC2016 # of the command's shell
confined 'llm-score --command' "$reads" '' llm-score --no-cache \
    -T "$T/topics.md" --command 'n=$(grep -o "<<P[0-9]* " | tail -n 1)
	echo "{\"P1\":{\"relevance\":5,\"novelty\":5,\"comment\":\"c\"}}"' -n 1 "$T/papers"

# A draft needs the vectors of those words that its papers have.
confined 'llm-score --draft-topics' ' stat' '' llm-score --draft-topics \
    "$T/papers"

# Training reads the words' vectors, nothing else.
jq -c '.score = {relevance: 9, novelty: 8}' "$T/papers" >"$T/scored"
[ -n "$lacking" ] || is 'llm-score --train: smuggled code can' \
    "$(tries "$T/notes" llm-score --train "$T/scored" -o "$T/place/model" \
	2>&1 | grep ^tried)" 'tried: stat own:stat.'

# What can only be opened later: more files than may be open, named pipes.
many=
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
	printf '{"id":"m%s"}\n' $i >"$T/m$i"
	many="$many $T/m$i"
done
limited=$T/limited
printf '#!/bin/sh\nulimit -n 20\nexec "$@"\n' >"$limited"
chmod +x "$limited"
# shellcheck disable=SC2086 # words
{
	is 'more files than may be open' "$("$limited" paper-filter --count $many)" 24
	[ -n "$lacking" ] || is '  of all others none can be read' \
	    "$(tries "$T" "$limited" paper-filter --count $many 2>&1 |
		grep ^tried)" 'tried: stat own:stat.'
	is 'and of saved answers' "$(cp "$FIXTURES/rss/cs.LG.xml" "$T/a.xml"
	    set --
	    for i in $many; do set -- "$@" "$T/a.xml"; done
	    "$limited" arxiv-fetch --parse --now "$now" "$@" | wc -l)" \
	    "$(arxiv-fetch --parse --now "$now" "$T/a.xml" | wc -l)"
}
mkfifo "$T/pipe1" "$T/pipe2"
{
	cat "$T/m1" "$T/m2" >"$T/pipe1"
	sleep 0.2
	cat "$T/m3" >"$T/pipe2"
} &
is 'named pipes, written one after the other' \
    "$(paper-filter "$T/pipe1" "$T/missing" "$T/pipe2" 2>"$T/err" |
	jq -r .id | paste -s -d ' ' -)" 'm1 m2 m3'
is '  and what is missing is told' "$(cat "$T/err")" \
    "paper-filter: $T/missing: No such file or directory"

# A report that a tool before us makes while we start.
is 'a report that is not there yet' "$(
	{ sleep 0.2; paper-filter -k matter --report "$T/late" "$T/papers"; } |
	digest-render -f markdown --date 2026-11-20 --report "$T/late" 2>&1 |
	grep -c 'Total scanned papers: 3')" 1

# Looked up when no file can be opened any more.
is 'the time zone' "$(TZ=Asia/Tokyo paper-filter \
    -w '(0 | strflocaltime("%H")) == "09"' --count "$T/papers")" 3

done_testing
