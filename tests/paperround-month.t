#!/bin/sh
# A whole month by a given clock, against a stand-in for arXiv and a model:
# weekends, a holiday, feeds that are late, a paper announced twice, three
# days with a wrong key, a killed run, arXiv down, a webhook that fails.  In
# the end no paper may be lost, none brought twice, no outage untold.
. "$(dirname "$0")/lib.sh"

W=$T/www
mkdir "$W"
: >"$W/faults"
echo 2026-11-01 >"$W/now"
"$PYTHON" "$SRCDIR/tests/server/month_server.py" "$W" &
server=$!
cleanup="kill $server 2>/dev/null"
await "$W/port"
url=http://127.0.0.1:$(cat "$W/port")

PAPERROUND_CONFIG=$T/config PAPERROUND_DATA=$T/data PAPERROUND_STATE=$T/state
export PAPERROUND_CONFIG PAPERROUND_DATA PAPERROUND_STATE
OPENAI_API_KEY=right
export OPENAI_API_KEY
mkdir "$T/config"
echo 'Sparse experts and bees.' >"$T/config/topics.md"
cat >"$T/config/paperround.conf" <<END
FETCH='arxiv-fetch --verify --base-url $url --pace 0 --retries 0 --cache $T/answers \$WHEN \$CATEGORIES'
SCORE='llm-score --base-url $url/v1 -m month-1 -n 4 -j 1 --retries 0 --cache $T/scores.db -T "\$TOPICS"'
RENDER='digest-render --min-relevance 1 --min-novelty 1'
FORMATS=markdown
SITE=yes
DELIVER='command slack mail'
MAIL_TO=reader@example.org
SENDMAIL=$T/sendmail
DELIVER_FORMAT=jsonl
DELIVER_COMMAND='cat >"$T/delivered/\$LABEL"; echo "\$LABEL" >>"$T/labels"'
SLACK_WEBHOOK=$url/slack
END
cat >"$T/sendmail" <<END
#!/bin/sh
exec cat >$T/mails/\$(find $T/mails -type f | wc -l)
END
chmod +x "$T/sendmail"
mkdir "$T/delivered" "$T/mails"
: >"$T/labels"

# run DAY TIME: a morning; its status goes to $T/statuses.
run() {
	echo "$1" >"$W/now"
	got=$(status_of paperround -q --now "${1}T$2:00Z" today)
	echo "$1 $2 $got" >>"$T/statuses"
	sed "s/^/$1 $2: /" "$T/err" >>"$T/messages"
}

# killed DAY TIME: a run that is killed while the model thinks.
killed() {
	echo "$1" >"$W/now"
	echo slow >"$W/faults"
	setsid paperround -q --now "${1}T$2:00Z" today >/dev/null 2>&1 &
	victim=$!
	for _ in $(seq 300); do
		! grep -q "$1 POST /v1" "$W/log" || break
		sleep 0.1
	done
	kill -9 -"$victim"
	wait "$victim" 2>/dev/null
	: >"$W/faults"
}

day=1
while [ "$day" -le 30 ]; do
	d=2026-11-$(printf %02d "$day")
	case $day in
	4)	echo late ;;
	6)	echo late:cs.AI ;;
	10|11|12) echo key ;;
	20)	echo slack ;;
	24)	echo down ;;
	esac >"$W/faults"
	[ "$day" != 17 ] || killed "$d" 07
	run "$d" 07
	case $day in
	4|20)	: >"$W/faults"
		run "$d" 10 ;;
	esac
	day=$((day + 1))
done

# ------------------------------------------------------------- the archive
"$PYTHON" "$SRCDIR/tests/server/month_server.py" --plan 2026-11-01 2026-11-30 |
    sort >"$T/plan"
find "$T/data/archive" -name '*-[0-9][0-9].jsonl' | sort | while read -r f; do
	jq -r --arg day "$(basename "$f" .jsonl)" \
	    '[$day, .id, .title] | @tsv' "$f"
done | sort >"$T/archived"
ok "the plan has papers" test "$(wc -l <"$T/plan")" -gt 100
ok "every paper is in the archive, once, on its day" \
    diff "$T/plan" "$T/archived"
is "each of them with a score" "$(cat "$T"/data/archive/*/*/*-[0-9][0-9].jsonl |
    jq -c 'select(.score | not) | .id')" ""
is "what the days came to" "$(for f in "$T"/data/archive/*/*/*.report; do
	tail -n 1 "$f" | jq -r '"\(.date[8:]):\(.result)"'
done | grep -v :done | tr '\n' ' ')" \
    "$(printf '%02d:empty ' 1 7 8 14 15 21 22 27 28 29)"

# ------------------------------------------------------- what was delivered
cat "$T/delivered"/* | jq -r .id | sort >"$T/ids"
is "no paper was delivered twice" "$(uniq -d "$T/ids")" ""
is "no paper was left out" "$(cut -f2 "$T/plan" | sort | comm -3 - "$T/ids")" ""
is "deliveries that tell of something special" \
    "$(grep -- '-[a-z]' "$T/labels" | tr '\n' ' ')" \
    "2026-11-04-outage 2026-11-06-late-5 2026-11-10-outage 2026-11-24-outage "
is "each label once" "$(sort "$T/labels" | uniq -d)" ""
is "the webhook got as many" "$(find "$T/state/sent" -name '*.slack' | wc -l)" \
    "$(find "$T/state/sent" -name '*.command' | wc -l)"
# mails: one a line, its subject and the papers that it names.
cat >"$T/mails.py" <<'END'
import email, email.policy, pathlib, re, sys
for path in sorted(pathlib.Path(sys.argv[1]).iterdir(), key=lambda p: int(p.name)):
    m = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    text = m.get_body(("plain",)).get_content()
    text = re.sub(r"\s+", " ", text)
    ids = sorted(set(re.findall(r"part (2\d{3}\.\d{5})", text)))
    print(m["Subject"], *ids)
END
"$PYTHON" "$T/mails.py" "$T/mails" >"$T/mailed"
is "as many mails" "$(wc -l <"$T/mailed")" "$(wc -l <"$T/labels")"
is "every paper is in one mail, but for those that tell of an outage" \
    "$(grep -v '^Outage' "$T/mailed" | grep -o '2[0-9]*[.][0-9]\{5\}' | sort)" \
    "$(cut -f2 "$T/plan" | sort)"
is "the outages' mails" \
    "$(sed -n 's/^Outage: .* \(2026-[0-9-]*\).*/\1/p' "$T/mailed" | tr '\n' ' ')" \
    "2026-11-04 2026-11-10 2026-11-24 "
is "the mails that speak of something missing" \
    "$(sed -n 's/^Something is missing: .* \(2026-[0-9-]*\) (.*/\1/p' "$T/mailed" | tr '\n' ' ')" \
    "2026-11-06 "
is "nothing waits" "$(ls "$T/state/outbox")" ""

# ------------------------------------------------------------ the statuses
is "the runs that did not end with 0" \
    "$(grep -v ' 0$' "$T/statuses" | cut -c9- | tr '\n' ';')" \
    "04 07 75;06 07 1;10 07 77;11 07 77;12 07 77;20 07 1;24 07 75;"
is "no key in any file" "$(grep -rl 'Bearer' "$T/data" "$T/state")" ""

# ---------------------------------------------------------------- the site
(cd "$T/data/site" && find . -name '????-*.html') | sed 's,.*/,,; s/.html//' |
    sort >"$T/pages"
is "the site has the days with papers" "$(cat "$T/pages")" \
    "$(cut -f1 "$T/plan" | sort -u)"
broken=$(grep -l 'class="outage"' "$T/data"/site/2026/11/2026-*.html)
is "  no page tells of an outage that is over" "$broken" ""

# ---------------------------------------------------------------- the money
is "no paper was paid for twice, but for those of the killed request" \
    "$(sort "$W/asked" | uniq -d | grep -v 'part 2600.17')" ""
ok "  and not all of that day's" \
    test "$(sort "$W/asked" | uniq -d | wc -l)" -lt 6

# ----------------------------------------------------------------- the rest
asked=$(wc -l <"$W/log")
run 2026-11-30 12
is "once more: nothing to do" "$(tail -n 1 "$T/statuses")" "2026-11-30 12 0"
is "  nothing was asked" "$(wc -l <"$W/log")" "$asked"
ok "the month in one page" paperround -q --now 2026-11-30T12:00:00Z month
ok "  it is there" test -s "$T/data/digest/2026-11.md"
[ "$tap_failed" = 0 ] || {
	tap_note "$(cat "$T/statuses")"
	tap_note "$(cat "$T/messages")"
}
done_testing
