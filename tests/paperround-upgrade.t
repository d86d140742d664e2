#!/bin/sh
# Who has run 0.1.0 goes on with this version: the archive, the state, the
# configuration, the cache and the screen are those that 0.1.0 wrote; see
# tests/fixtures/paperround/make-0.1.0.
. "$(dirname "$0")/lib.sh"

tar -xzf "$SRCDIR/tests/fixtures/paperround/0.1.0.tar.gz" -C "$HOME"
data=$HOME/.local/share/paperround state=$HOME/.local/state/paperround
archive=$data/archive/2026/11
W=$T/www
mkdir "$W"
: >"$W/faults"
echo 2026-11-10 >"$W/now"
"$PYTHON" "$SRCDIR/tests/server/month_server.py" "$W" &
server=$!
cleanup="kill $server 2>/dev/null"
await "$W/port"
URL=http://127.0.0.1:$(cat "$W/port")
PAPERROUND_PROBE=$URL/rss/cs.LG
OPENAI_API_KEY=right
export URL PAPERROUND_PROBE OPENAI_API_KEY

go() {
	paperround --now 2026-11-10T06:00:00Z "$@" </dev/null
}
sums() {
	(cd "$archive" && sha256sum 2026-11-0*.jsonl | grep -v report)
}
before=$(sums)

is "doctor finds one thing wrong" "$(status_of go doctor)" 1
is "  what could not be delivered" "$(grep '^!' "$T/out")" \
    "! 1 still to be delivered, in $state/outbox: run 'paperround deliver'"
like "  and no day missing" "$(cat "$T/out")" \
    "*last good run: 2026-11-09*no announcement is missing*"
cp "$state/screen.model" "$T/screen.model"

is "a new day" "$(status_of go today)" 0
is "  without a complaint" "$(cat "$T/err")" ""
is "  and once more" "$(status_of go today)" 0
is "what was scored before is not paid for again" \
    "$(grep -c 'POST /v1' "$W/log")" 2
is "what waited was delivered, and nothing twice" \
    "$(jq -r .id "$HOME/delivered" | sort | uniq -d)" ""
cat "$archive"/*.jsonl | jq -r .id | sort >"$T/archived"
jq -r .id "$HOME/delivered" | sort >"$T/delivered"
ok "  nor forgotten" cmp "$T/archived" "$T/delivered"
is "  of all days" "$(grep -c . "$T/delivered")" 43

is "the archive's reports have their new names" \
    "$(find "$archive" -name '*.report' | wc -l) $(find "$archive" \
    -name '*.report.jsonl')" "7 "
is "  its papers are as they were" "$(sums)" "$before"

is "search" "$(status_of go search until:2026-11-09 bees)" 0
like "  finds what was there" "$(cat "$T/out")" "*2600.06003*"
is "show, of an old day" "$(status_of go show 2026-11-03)" 0
like "  its papers" "$(cat "$T/out")" "*2600.03001*"
is "star" "$(status_of go star 2600.03001)" 0

for what in week 'month 2026-11' site train; do
	# shellcheck disable=SC2086 # words
	is "$what" "$(status_of go $what)" 0
done
ok "the week's page" test -s "$data/digest/2026-W46.html"
ok "the month's page" test -s "$data/digest/2026-11.html"
for day in 02 03 04 05 06 09 10; do
	ok "the site has 2026-11-$day" \
	    test -s "$data/site/2026/11/2026-11-$day.html"
done
ok "  one that was made up for has its papers" \
    grep -q 2600.05002 "$data/site/2026/11/2026-11-05.html"
screened() {
	llm-score --screen local --screen-model "$1" --screen-only \
	    "$archive/2026-11-09.jsonl"
}
is "0.1.0's screen is understood" "$(status_of screened "$T/screen.model")" 0
is "  and keeps what it did" "$(jq -c .screen.keep "$T/out" | sort -u)" true
# What stands in scripts and configurations: the names of options.
while read -r tool option; do
	"$tool" "$option" </dev/null 2>&1 | grep unknown | sed "s/^/$option: /"
done <"$SRCDIR/tests/fixtures/paperround/options-0.1.0" >"$T/unknown"
is "no option of 0.1.0 is unknown" "$(cat "$T/unknown")" ""
is "doctor is content" "$(status_of go doctor)" 0

# 0.1.0 was killed while the model read the day.
HOME=$T/killed
mkdir "$HOME"
tar -xzf "$SRCDIR/tests/fixtures/paperround/0.1.0.tar.gz" -C "$HOME"
data=$HOME/.local/share/paperround state=$HOME/.local/state/paperround
rm "$data/archive/2026/11/2026-11-09."* "$state/seen/2026-11-09" \
    "$state/outbox/"* "$state/runs/2026-11-09/seen" \
    "$state/runs/2026-11-09/report.jsonl" "$state/runs/2026-11-09/score."*
echo 2026-11-09 >"$W/now"
is "a day that 0.1.0 began" \
    "$(status_of paperround --now 2026-11-09T08:00:00Z today)" 0
is "  is finished" "$(jq -r 'select(.score) | .id' \
    "$data/archive/2026/11/2026-11-09.jsonl" | grep -c .)" 6
is "  and delivered" "$(grep -c . "$HOME/delivered")" 37
done_testing
