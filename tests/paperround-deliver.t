#!/bin/sh
# What each channel is given: every paper once, whatever is killed, is
# misconfigured or comes late.
# shellcheck disable=SC2016 # what stands in the configuration is for its shell
. "$(dirname "$0")/lib.sh"

conf="$HOME/.config/paperround/paperround.conf"
data="$HOME/.local/share/paperround"
state="$HOME/.local/state/paperround"
export T
now=2025-10-16T12:00:00Z

# fresh [LINE ..] begins anew, with these lines as the configuration.
fresh() {
	rm -rf "$HOME" "$T/public"
	mkdir -p "${conf%/*}"
	echo topic >"${conf%/*}/topics.md"
	cat >"$conf" <<-'END'
	FETCH='cat "$T/feed"'
	FILTER=cat
	SCORE='sed "s/}$/,\"score\":{\"relevance\":9,\"novelty\":null}}/"'
	RENDER='digest-render --min-novelty 1'
	FORMATS=markdown
	DELIVER_FORMAT=jsonl
	DELIVER_COMMAND='echo "$LABEL" >>"$T/labels"; cat >>"$T/mailed"'
	DIRECTORY=$T/public
	END
	printf '%s\n' "$@" >>"$conf"
	: >"$T/labels"
	: >"$T/mailed"
	papers 1 2 3 >"$T/feed"
}
papers() {
	for n; do
		echo "{\"id\":\"2513.0000$n\",\"title\":\"Paper $n\",\"announced\":\"2025-10-16\"}"
	done
}
today() { status_of paperround --now "$now" "$@"; }
mailed() { jq -r '.id[-1:]' "$T/mailed" | tr '\n' ' '; }
labels() { tr '\n' ' ' <"$T/labels"; }

# ------------------------------------------------ a kill after each step
mkdir "$T/bin"
cat >"$T/bin/paperround-helper" <<END
#!/bin/sh
[ "\$1" = finish ] || exec "$BUILD/paperround-helper" "\$@"
"$BUILD/paperround-helper" "\$@" || exit
n=\$((\$(cat "$T/steps") + 1))
echo \$n >"$T/steps"
[ \$n != "\$(cat "$T/fatal")" ] || kill -9 0
END
chmod +x "$T/bin/paperround-helper"
echo 0 >"$T/fatal"
# One that was on its way is in doubt, and said to be: it is looked for, as
# the message says.
resolve() {
	for item in "$state"/outbox/*.sending; do
		case $item in
		*.command.sending) arrived=$T/mailed ;;
		*)	arrived=$T/public/2025-10-16.html ;;
		esac
		if grep -q -e '{"id":"2513.00001","title"' \
		    -e 'abs/2513.00001' "$arrived" 2>/dev/null; then
			rm "$item"
		else
			mv "$item" "${item%.sending}"
		fi
	done
}
# killed: a run, after one more step than the one before; that it was not is
# left in $done.
killed() {
	fatal=$((fatal + 1))
	echo $fatal >"$T/fatal"
	echo 0 >"$T/steps"
	PATH=$T/bin:$PATH setsid paperround -q --now "$now" today \
	    >/dev/null 2>&1
	[ "$(cat "$T/steps")" = $fatal ] || done=yes
	# What was killed holds the lock until it is gone.
	flock -w 60 "$state/lock" true
}
# recovers [OPTION ..]: the next run does, as soon as nothing is in doubt.
recovers() {
	[ "$(today "$@")" = 0 ] || {
		grep -q 'may have arrived' "$T/err" && resolve &&
			[ "$(today "$@")" = 0 ]
	} || wrong="$wrong $fatal"
}
fatal=0 done='' wrong='' doubled=''
while [ -z "$done" ]; do
	fresh DELIVER="'command directory'"
	killed
	recovers
	[ "$(mailed)" = "1 2 3 " ] && [ -s "$T/public/2025-10-16.html" ] &&
		[ "$(wc -l <"$data/archive/2025/10/2025-10-16.jsonl")" = 3 ] ||
		doubled="$doubled $fatal"
done
ok "a run has steps" test $fatal -gt 10
is "killed after any of them, the next run is well" "$wrong" ""
is "  and every paper archived and delivered once" "$doubled" ""

# The next day's run makes up for it, too: of what was filed, and what was not.
later=2025-10-17T12:00:00Z
papers 4 >"$T/feed.2025-10-15"
papers 1 2 3 >"$T/feed.2025-10-16"
papers 5 >"$T/feed.2025-10-17"
fatal=0 done='' wrong='' doubled=''
while [ -z "$done" ]; do
	fresh DELIVER=command 'FETCH="cat \"\$T/feed.\$DAY\""'
	today -q --now 2025-10-15T12:00:00Z >/dev/null
	: >"$T/mailed"
	killed
	recovers --now "$later"
	[ "$(mailed | tr ' ' '\n' | sort | xargs)" = "1 2 3 5" ] &&
	    [ -s "$data/digest/2025-10-16.md" ] || doubled="$doubled $fatal"
done
is "killed after any of them, the run of the next day is well" "$wrong" ""
is "  and every paper delivered once, and rendered" "$doubled" ""

# ------------------------------------------------------ one channel of two
fresh DELIVER="'command emial'" 'SCORE="head -n 1 | $SCORE"'
is "a channel that there is not" "$(today)" 1
is "  the other one is given what there is" "$(mailed)" "1 "
sed -i '/^SCORE="head/d' "$conf"
is "late papers" "$(today)" 1
is "  reach the other one" "$(mailed)" "1 2 3 "
is "  once" "$(today; mailed)" "1
1 2 3 "
is "  as late ones" "$(labels)" "2025-10-16 2025-10-16-late-1 "
echo "DELIVER='command directory'" >>"$conf"
is "a channel that is added" "$(today)" 0
like "  says what it missed" "$(cat "$T/err")" \
    "paperround: directory: 1 day counted as delivered before this*"
ok "  and sends nothing" test ! -e "$T/public"
is "  says it once" "$(today; grep -c counted "$T/err")" "0
0"
papers 1 2 3 4 >"$T/feed"
rm -rf "$state/runs"
is "one more paper" "$(today)" 0
ok "  reaches it" grep -q 'Paper 4' "$T"/public/*late-3.html
is "  alone" "$(grep -c 'Paper 1' "$T"/public/*late-3.html)" 0

# --------------------------------- what a day had, and nobody has been given
fresh DELIVER=command 'FETCH="cat \"\$T/feed.\$DAY\""'
is "a good day" "$(today --now 2025-10-15T12:00:00Z)" 0
echo RENDER=false >>"$conf"
is "one that cannot be rendered" "$(today)" 1
is "  nor delivered" "$(labels)" "2025-10-15 "
sed -i '/^RENDER=false/d' "$conf"
is "  the next day" "$(today --now "$later")" 0
is "  it comes" "$(labels)" "2025-10-15 2025-10-16 2025-10-17 "
ok "  and has a digest" test -s "$data/digest/2025-10-16.md"
mv "$T/feed.2025-10-16" "$T/feed.lost"
fresh DELIVER=command 'FETCH="cat \"\$T/feed.\$DAY\" || exit 75"'
today --now 2025-10-15T12:00:00Z >/dev/null
is "an outage" "$(today)" 75
is "  is told" "$(labels)" "2025-10-15 2025-10-16-outage "
mv "$T/feed.lost" "$T/feed.2025-10-16"
is "  made good by hand" "$(status_of paperround --now "$later" day 2025-10-16)" 0
is "  its papers come with the next run" "$(today --now "$later" >/dev/null; labels)" \
    "2025-10-15 2025-10-16-outage 2025-10-16 2025-10-17 "
is "  once" "$(today --now "$later" >/dev/null; labels | wc -w)" 4
papers 6 >"$T/feed.2025-10-14"
is "a day before the channel" "$(status_of paperround --now "$later" day 2025-10-14)" 0
is "  is no news" "$(today --now "$later" >/dev/null; labels | wc -w)" 4

# ------------------------------------------------------ an archive that lost something
# damaged NAME: nothing is replaced by less, or told again; the day is made
# again as soon as it can be.
filed=$data/archive/2025/10/2025-10-16
damaged() {
	mv "$T/feed.2025-10-16" "$T/feed.lost"
	rm -rf "$state/runs"
	is "$1: an outage" "$(status_of paperround --now "$later" --deliver \
	    day 2025-10-16)" 75
	is "  replaces nothing" "$(wc -l <"$filed.jsonl" | tr -d ' ')" 3
	is "  nor does the next run, and nothing is sent" \
	    "$(today --now "$later" >/dev/null; wc -l <"$filed.jsonl" | tr -d ' '
	    labels | wc -w)" "3
4"
	mv "$T/feed.lost" "$T/feed.2025-10-16"
	is "  when it is over, the day is good again" "$(today --now "$later"
	    grep '"tool":"paperround"' "$filed.report" | jq .exit; labels | wc -w)" "0
0
4"
}
rm "$filed.report"
damaged "a report that is gone"
truncate -s -30 "$filed.report"
damaged "one that is torn"
echo >>"$filed.report"
damaged "one with a line too much"
for lost in rm truncate; do
	case $lost in
	rm)	rm "$filed.jsonl" ;;
	*)	: >"$filed.jsonl" ;;
	esac
	like "papers that are gone ($lost): doctor tells" \
	    "$(paperround --now "$later" doctor 2>&1)" '*2025-10-16*'
	is "  the next run makes them again" "$(today --now "$later"
	    wc -l <"$filed.jsonl" | tr -d ' '; labels | wc -w)" "0
3
4"
done

# ------------------------------------------------ deliveries that come later
fresh
is "a day without delivery" "$(today)" 0
status=2 err='paperround: --again: DELIVER in paperround.conf says no way to send it'
row "  is not sent again either" paperround deliver --again 2025-10-16
echo DELIVER=command >>"$conf"
is "with one" "$(today -q)" 0
like "  it says, also when quiet, what was before" "$(cat "$T/err")" \
    "paperround: command: 1 day counted as delivered before this channel existed; 'paperround deliver --again DAY' sends one"
is "  and sends nothing" "$(labels)" ""
is "asked for by name" \
    "$(status_of paperround --now "$now" --deliver day 2025-10-16)" 0
like "  it says how to have it" "$(cat "$T/err")" \
    "*2025-10-16: command has been given it; 'paperround deliver --again 2025-10-16' sends it once more*"
is "once more" "$(status_of paperround deliver --again 2025-10-16)" 0
is "  it is sent" "$(mailed)" "1 2 3 "
is "once more again" "$(status_of paperround deliver --again 2025-10-16)" 0
is "  too" "$(labels)" "2025-10-16 2025-10-16 "
is "a day that there is not" \
    "$(status_of paperround deliver --again 2025-10-15)" 1
like "  is named" "$(cat "$T/err")" "paperround: the archive has no 2025-10-15;*"

truncate -s -40 "$data/archive/2025/10/2025-10-16.jsonl"
is "a day that was torn" "$(: >"$T/mailed"
    status_of paperround deliver --again 2025-10-16)" 1
is "  what can be read of it is sent" "$(mailed)" "1 2 "
like "  and the place is told" "$(cat "$T/err")" "*2025-10-16.jsonl:3: *"

# A run that came to an outage has judged some.
fresh DELIVER=command 'SCORE="$SCORE | head -n 1; exit 75"' DELIVER_FORMAT=text
is "an outage" "$(today)" 75
is "  is told, without papers" "$(cat "$T/mailed")" \
    "Personalized Daily ArXiv Papers 2025-10-16

Outage: The day could not be finished. 'paperround day 2025-10-16' tries again.

– scanned · – relevant

Too little could be done to show anything: the papers come when the day is
finished."
: >"$T/mailed"
sed -i '/exit 75/d; /DELIVER_FORMAT=text/d' "$conf"
is "when it is over" "$(today)" 0
is "  they come, once" "$(mailed)" "1 2 3 "

# ----------------------------------------------------- a test; what is dropped
fresh DELIVER=directory
is "a test of a channel" "$(status_of paperround deliver --test command)" 0
is "  is sent" "$(labels)" "test "
like "  and short" "$(cat "$T/mailed")" '*"A test of paperround"*'
is "  by a channel that there is not" \
    "$(status_of paperround deliver --test pigeon)" 2
is "  by one that is not set up" \
    "$(status_of paperround deliver --test slack)" 1
is "  says what is missing" "$(cat "$T/err")" \
    "paperround: SLACK_WEBHOOK is not set in paperround.conf
paperround: test: slack failed"
echo "MAIL_TO=me@example.org SENDMAIL='$T/none -x'" >>"$conf"
is "  mail by nothing" "$(status_of paperround deliver --test mail)" 1
is "  says what is missing" "$(cat "$T/err")" \
    "paperround: there is no $T/none -x; set SENDMAIL, or SMTP_URL, in paperround.conf
paperround: test: mail failed"
echo 'DELIVER_COMMAND=false' >>"$conf"
is "  that fails" "$(status_of paperround deliver --test command)" 1
is "  and is not tried again" "$(ls "$state/outbox")" ""
echo x >"$state/outbox/2025-10-01.command"
echo x >"$state/outbox/2025-10-02.command.sending"
for f in 1 2; do
	is "what waits is dropped, by name" \
	    "$(status_of paperround deliver --drop 2025-10-0$f.command)" 0
done
is "  and is gone" "$(ls "$state/outbox")" ""
is "what does not wait is not" "$(status_of paperround deliver --drop x)" 1
echo x >"$state/outbox/2025-10-01.pigeon"
status=1 err="paperround: 2025-10-01.pigeon: there is no way called 'pigeon' to send it by; 'paperround deliver --drop 2025-10-01.pigeon' removes it"
row "what cannot be sent" paperround deliver

# What 0.1.0 delivered is neither sent again nor spoken of.
fresh DELIVER=command
today >/dev/null
rm -rf "$state/queued" "$state/channels"
is "after 0.1.0" "$(today)" 0
is "  nothing is sent again" "$(labels)" "2025-10-16 "
is "  nor said" "$(grep -c counted "$T/err")" 0
done_testing
