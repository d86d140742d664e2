#!/bin/sh
# A clock that is set to another time in the middle of a run, or between two:
# nobody waits for hours, and nothing is lost or asked for in a hurry.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"
. "$SRCDIR/tests/llm-score-lib.sh"

[ -z "${SANITIZED-}${VALGRIND-}" ] || {
	skip 'a clock that jumps' 'preloading needs an ordinary build'
	done_testing
}
[ -f "$BUILD/tests/fault/clock.so" ] || {
	skip 'a clock that jumps' 'no preload: make check builds it'
	done_testing
}
start_arxiv
cleanup="server_stop; kill $server"
server '[{"times":1,"status":503,"body":"{}"}]'
papers 12 >"$T/papers"
clock="env LD_PRELOAD=$BUILD/tests/fault/clock.so"

ask() {
	# shellcheck disable=SC2086
	timeout 60 $clock CLOCK="$1" arxiv-fetch --base-url "$URL" \
	    --pace 0.1 --no-cache -q cs.LG cs.AI
}
score() {
	# shellcheck disable=SC2086
	timeout 60 $clock CLOCK="$1" llm-score -T "$T/topics.md" -m gpt-5 \
	    --base-url "$url" -n 4 --no-cache --max-time 30 "$T/papers"
}
is 'the preload works' "$($clock CLOCK=1:-86400 arxiv-fetch --parse \
    --report "$T/report" "$T/root/rss/cs.LG.xml" >/dev/null
    jq -r .started "$T/report" | cut -c1-10)" \
    "$(date -u -d '1 day ago' +%F)"

for jump in 2:-7200 2:7200 4:-86400 4:86400 6:-31536000 9:31536000; do
	forget_requests
	ask "$jump" >"$T/out" 2>"$T/err"
	is "arxiv-fetch, clock $jump: asks for both" "$(requests)" \
	    '/rss/cs.LG /rss/cs.AI'
	ok '  no faster than it may' spaced 2 0.1
	server '[{"times":1,"status":503,"body":"{}"}]'
	is "llm-score, clock $jump: status" "$(status_of score "$jump")" 0
	is '  every paper is scored' "$(jq -c 'select(.score)' "$T/out" |
		wc -l | tr -d ' ')" 12
done
forget_requests
ask 1:0 >/dev/null 2>&1
is 'after all that, today is asked for as ever' "$(requests)" \
    '/rss/cs.LG /rss/cs.AI'

done_testing
