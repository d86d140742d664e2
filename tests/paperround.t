#!/bin/sh
# The script by itself: its stages are stand-ins of one line each, so what is
# looked at is how they are wired, what is archived and what is delivered.
# shellcheck disable=SC2016 # what stands in the configuration is for its shell
. "$(dirname "$0")/lib.sh"

# A blank in every path that it uses.
HOME="$T/my home"
mkdir "$HOME"
conf="$HOME/.config/paperround/paperround.conf"
data="$HOME/.local/share/paperround"
state="$HOME/.local/state/paperround"
export T
now=2025-10-16T12:00:00Z

# fresh [LINE ..] begins anew, with these lines as the configuration.
fresh() {
	rm -rf "$HOME"
	mkdir -p "${conf%/*}"
	echo "sparse experts" >"${conf%/*}/topics.md"
	cat >"$conf" <<-'END'
	FETCH='echo "fetch $WHEN" >>"$T/calls"; cat "$T/feed"'
	FILTER='echo filter >>"$T/calls"; cat'
	SCORE='echo score >>"$T/calls"; sed "s/}$/,\"score\":{\"relevance\":9,\"novelty\":null}}/"'
	FORMATS=markdown
	END
	printf '%s\n' "$@" >>"$conf"
	: >"$T/calls"
	papers 1 2 3 >"$T/feed"
}
papers() {
	for n; do
		echo "{\"id\":\"2513.0000$n\",\"title\":\"Paper $n\",\"announced\":\"2025-10-16\"}"
	done
}
today() { status_of paperround --now "$now" "$@"; }
calls() { tr '\n' ' ' <"$T/calls"; }
archived() { cat "$data/archive/2025/10/2025-10-16.$1"; }
came_to() { archived report | tail -n 1 | jq -r '"\(.result) \(.papers) \(.scored) \(.exit)"'; }

# ------------------------------------------------------------------ misuse
status=2 err="paperround: there is no option --x; try 'paperround --help'"
row "an unknown option" paperround --x
status=2 err="paperround: there is no command 'x'; try 'paperround --help'"
row "an unknown command" paperround x
for command in day since star note search; do
	status=2
	err="paperround: $command: an operand is empty; try 'paperround --help'"
	row "an empty operand: $command" paperround $command 1 ''
done
status=2 err="paperround: there is no command ''; try 'paperround --help'"
row "an empty command" paperround ''
status=2 err="paperround: there is no command 'serach'; did you mean search?"
row "a mistyped command" paperround serach
status=2 err="paperround: there is no option --no-delivr; did you mean --no-deliver?"
row "a mistyped option" paperround today --no-delivr
out='usage: paperround [option ...] day

  day DAY        the digest of a past announcement, 2025-10-17

      --deliver        today, day, since, week, month: deliver what is made
      --no-deliver     today, day, since, week, month: do not deliver it
      --force          today, day, since: replace a day even by a worse one

more: man paperround'
for words in 'help day' 'day --help' '-h day'; do
	asked=$out
	# shellcheck disable=SC2086 # words
	row "paperround $words" env -u HOME paperround $words
	out=$asked
done
out=''
# An option that nobody heeds would be a filter that is not applied.
fresh 'FETCH="exit 77"'
while read -r option words; do
	status=2
	err="paperround: $option does not go with ${words%% *}; try 'paperround help ${words%% *}'"
	# shellcheck disable=SC2086 # words
	row "paperround $words" paperround $words
done <<'END'
-w unread -w .x
--where show --where .x 1
--starred search --starred sparse
--since show --since 7d
--top week --top 3
--top star --top 1 2
--pdf show --pdf 1
-f today -f html
--again since 2025-10-14 --again 2025-10-14
--force deliver --force
--newest near --newest 1
--deliver search --deliver x
END
status=2 err="paperround: --test does not go with today; try 'paperround help today'"
row "without a command it is today" paperround --test mail
like "what holds for a list holds for going through it" \
    "$(paperround help triage)" "*--since DAY*--until DAY*"
is "help, of all" "$(paperround help)" "$(paperround --help)"
is "help, of each command" "$(for command in $(paperround --list-commands); do
	paperround help "$command" | sed -n "3s/^  $command .*/y/p"
done | wc -l)" "$(paperround --list-commands | wc -l)"
status=2 err="paperround: there is no command 'serach'; did you mean search?"
row "help, of none" paperround help serach
status=2 err="paperround: '2025-13-01' is not a day like 2025-10-17; try 'paperround --help'"
row "no such day" paperround day 2025-13-01
status=2 err="paperround: 2025-10-17 is still to come; try 'paperround --help'"
row "a day to come" paperround --now "$now" day 2025-10-17
status=2 err="paperround: --now: 'x' is not a time; try 'paperround --help'"
row "no time" paperround --now x
status=2 err="paperround: day: say which day, like 2025-10-17; try 'paperround --help'"
row "day without a day" paperround day
fresh "if"
is "a configuration that sh cannot read" "$(today)" 2
like "  is named" "$(cat "$T/err")" "*paperround.conf*"
for f in FETCH FILTER SCORE RENDER; do
	for command in today doctor; do
		fresh "$f="
		status=2 err="paperround: $f is empty in paperround.conf; leave it out for the default"
		row "an empty $f: $command" paperround --now "$now" $command
	done
done
fresh SECOND= LIBRARY= ENRICH= CATCH_UP= SITE_URL=
is "what may be empty" "$(today)" 0

# -------------------------------------------------------------------- init
rm -rf "$HOME"
is "init" "$(status_of paperround init)" 0
for f in paperround.conf topics.md authors.txt; do
	ok "  wrote $f" test -s "${conf%/*}/$f"
done
ok "  wrote the prompts" test -s "${conf%/*}/prompts/criteria.md"
is "  every setting is commented out" "$(grep '^[^#]' "$conf")" ""
echo mine >"$conf"
is "init again" "$(status_of paperround -q init)" 0
is "  keeps what there is" "$(cat "$conf")" mine
rm -rf "$HOME"
(umask 000 && paperround -q init)
is "init lets nobody else in" "$(find "$HOME/.config/paperround" -perm /077)" ""
(umask 000 && paperround -q week) >"$T/out" 2>"$T/err"
ok "a command makes its folders" test -d "$HOME/.local/state/paperround/outbox"
is "  where not everybody can write" "$(find "$HOME" -perm -0002 ! -type l)" ""
for f in "$conf" "${conf%/*}"; do
	chmod o+w "$f"
	echo 'echo "was run"' >"$conf"
	is "others can write ${f##*/}" "$(status_of paperround doctor)" 2
	like "  it is not run" "$(cat "$T/out" "$T/err")" \
	    "paperround: $f: others can write it, and it is run; try: chmod go-w '$f'*"
	chmod o-w "$f"
done
# Nor by a group that others are in, nor what others own.
for f in "$conf" "${conf%/*}"; do
	[ "$(id -u)" = 0 ] || {
		skip "whose ${f##*/} is" "not root"
		continue
	}
	chmod g+w "$f"
	like "a group of one can write ${f##*/}" \
	    "$(paperround -q week 2025-10-17 2>"$T/err")" "was run*"
	chgrp 4242 "$f"
	is "a group can write ${f##*/}" "$(status_of paperround doctor)" 2
	like "  it is not run" "$(cat "$T/out" "$T/err")" \
	    "paperround: $f: others can write it, and it is run; try: chmod go-w '$f'*"
	chgrp 0 "$f"
	chown 4242 "$f"
	is "another one's ${f##*/}" "$(status_of paperround doctor)" 2
	like "  it is not run" "$(cat "$T/out" "$T/err")" \
	    "paperround: $f belongs to another user, and it is run; try: chown 0 '$f'*"
	chown 0 "$f"
done

# ------------------------------------------------------------------- a day
fresh
is "a day" "$(today)" 0
is "  each stage ran once" "$(calls)" "fetch  filter score "
is "  in the archive" "$(archived jsonl | jq -r .score.relevance | tr '\n' ' ')" \
    "9 9 9 "
is "  what it came to" "$(came_to)" "done 3 3 0"
is "  stages that do not report are reported on" \
    "$(archived report | jq -r '"\(.tool) \(.in) \(.out)"' | sed 3q | tr '\n' ';')" \
    "arxiv-fetch 0 3;paper-filter 3 3;score stage 3 3;"
ok "  the digest" grep -q 'Paper 2' "$data/digest/2025-10-16.md"
touch -d 2020-01-01 "$data/archive/2025/10/2025-10-16.jsonl"
is "again" "$(today)" 0
is "  nothing was run" "$(calls)" "fetch  filter score "
ok "  and nothing in the archive touched" test "$T/feed" -nt \
    "$data/archive/2025/10/2025-10-16.jsonl"
echo '# changed' >>"$conf"
is "after a change of the configuration" "$(today)" 0
is "  only the fetched papers are kept" "$(calls)" \
    "fetch  filter score filter score "
is "a past day" "$(status_of paperround --now "$now" day 2025-10-15)" 0
like "  is asked for by its date" "$(calls)" "*fetch --date 2025-10-15*"

# US Eastern time has the say, with its daylight saving.
for at in 2025-10-17T03:59:59Z=2025-10-16 2025-10-17T04:00:00Z=2025-10-17 \
    2025-11-04T04:59:59Z=2025-11-03; do
	fresh
	paperround -q --now "${at%=*}" today
	ok "${at%=*} is ${at#*=}" test -d "$state/runs/${at#*=}"
done

# --------------------------------------------------------- what can go wrong
fresh 'FETCH=:'
is "nothing was announced" "$(today)" 0
is "  what it came to" "$(came_to)" "empty 0 0 0"
ok "  no file of papers" test ! -e "$data/archive/2025/10/2025-10-16.jsonl"
ok "  and no digest" test ! -e "$data/digest/2025-10-16.md"

fresh 'FILTER="cat >/dev/null"'
is "nothing passed the filter" "$(today)" 0
is "  what it came to" "$(came_to)" "filtered 0 0 0"

for code in 75 77; do
	fresh "FETCH='exit $code'"
	is "fetching fails with $code" "$(today)" $code
	is "  what it came to" "$(came_to)" "outage 0 0 $code"
	is "  no other stage ran" "$(calls)" ""
done
fresh "FETCH='cat \"\$T/feed\"; exit 1'"
is "fetching fails in part" "$(today)" 1
is "  what it came to" "$(came_to)" "partial 3 3 1"
like "  how to get the rest" "$(cat "$data/digest/2025-10-16.md")" \
    "*Warning:*'paperround day 2025-10-16' tries again.*"
sed -i 's/; exit 1//' "$conf"
is "  and what is made good" "$(today)" 0
like "  is told as that" "$(cat "$data/digest/2025-10-16.md")" \
    '*Note:\*\* Not everything came at first; a later try got it.*'
is "  and no more as missing" \
    "$(grep -c Warning "$data/digest/2025-10-16.md")" 0
fresh "FETCH='exit 1'"
is "fetching fails in part, and nothing is left: no quiet day" "$(today)" 75
fresh "FETCH='[ -e \"\$T/again\" ] && exec cat \"\$T/feed\"; : >\"\$T/again\"; tail -c 100 \"\$T/feed\"; exit 1'"
rm -f "$T/again"
is "fetching that is cut short" "$(today)" 1
is "  is made good by the next run" "$(today)" 0
is "  with all papers" "$(came_to)" "done 3 3 0"
# A mistake is none that a later run helps: nothing comes of the day, and what
# the archive has of it stays.
mistaken() {
	is "$1" "$(today)" 2
	like "  is told" "$(cat "$T/err")" "*$2"
	is "  and no day comes of it" \
	    "$(find "$data/archive" "$data/digest" -type f)" ""
}
see="see paperround.conf ('paperround doctor' tries every stage)"
for f in FETCH FILTER SCORE; do
	fresh "$f=nonsense"
	mistaken "$f that is not there" \
	    "paperround: 2025-10-16: $f: there is no program 'nonsense'; $see"
	is "  in the words of no shell" "$(wc -l <"$T/err")" 1
done
fresh FILTER=paper-filtr
mistaken "one that is mistyped" "'paper-filtr'; did you mean paper-filter[?]; $see"
for f in "FILTER='cat | nonsense'=FILTER ended with status 127" \
    "FILTER='paper-filter -k ('=FILTER ended with status 2" \
    "SCORE='llm-score --nonsense'=SCORE ended with status 2" \
    "SCORE='llm-score -T none'=SCORE ended with status 2"; do
	fresh "${f%=*}"
	mistaken "${f%=*}" "?
paperround: 2025-10-16: ${f##*=}, a mistake in it or in what it reads; $see"
done
fresh 'DELIVER=command' "DELIVER_COMMAND='echo \"\$LABEL\" >>\"\$T/mailed\"'" \
    "FETCH='cat \"\$T/feed\"; exit 1'"
: >"$T/mailed"
paperround -q --now 2025-10-15T12:00:00Z today 2>/dev/null
today >/dev/null
echo 'SCORE="exit 2"' >>"$conf"
is "a mistake after a run in part" "$(today)" 2
is "  leaves what that brought" "$(came_to)" "partial 3 3 1"
is "  nothing else is delivered" "$(tr '\n' ' ' <"$T/mailed")" \
    "2025-10-15 2025-10-16 "
echo 'SCORE="cat; exit 75"' >>"$conf"
sed -i '/FETCH=.*exit 1/s/.*/FETCH="exit 2"/' "$conf"
is "a mistake in FETCH" "$(today)" 2
sed -i '/^FETCH="exit 2"/d; /^SCORE=".*exit/d' "$conf"
is "  when there is none any more" "$(today)" 0
is "  the day is made" "$(came_to)" "done 3 3 0"
fresh 'SCORE="exit 2"'
paperround -q --now "$now" since 2025-10-14 2>"$T/err"
is "a mistake that meets each day is told of the first" "$? $(calls)" \
    "2 fetch --date 2025-10-14 filter "
fresh "SCORE='sed \"1s/}\$/,\\\"score\\\":{\\\"relevance\\\":9}}/;2s/.*/{/;2q\"; kill -9 \$(exec sh -c \"echo \\\$PPID\")'"
is "a scorer that is killed" "$(today)" 1
is "  the papers that it did not judge are kept" \
    "$(archived jsonl | jq -c '[.id, .score_error.code]' | tr '\n' ' ')" \
    '["2513.00001",null] ["2513.00002","not_judged"] ["2513.00003","not_judged"] '
is "  what it came to" "$(came_to)" "partial 3 1 1"
fresh "SCORE='sed 1d'"
is "a scorer that loses a paper" "$(today)" 1
like "  is told on" "$(cat "$T/err")" "*the score stage lost papers*"
is "  which is kept" "$(came_to)" "partial 3 2 1"
# The disk fills up while it is found out what was not judged.
fresh "SCORE='sed 1q'"
mkdir -p "$T/full"
cat >"$T/full/paper-filter" <<END
#!/bin/sh
case "\$*" in
*--seen*/judged*) "$BUILD/paper-filter" "\$@" | head -c 100; exit 1 ;;
esac
exec "$BUILD/paper-filter" "\$@"
END
chmod +x "$T/full/paper-filter"
is "a full disk" "$(PATH=$T/full:$PATH status_of timeout 60 \
    "$SRCDIR/scripts/paperround" --now "$now" today)" 1
is "  no torn line is kept" "$(archived jsonl | jq -rc '[.id[-1:], .score_error.code]' | tr '\n' ' ')" \
    '["1",null] ["2","not_judged"] '
sed -i '/^SCORE.*1q/d' "$conf"
is "  the next run" "$(today)" 0
is "  has all papers" "$(archived jsonl | jq -r .id | sort | tr '\n' ' ')" \
    "2513.00001 2513.00002 2513.00003 "
# A second look.
rescored() { archived jsonl | jq -r '"\(.score.relevance)\(.score.first // "")"' | tr '\n' ' '; }
second="SECOND='echo second >>\"\$T/calls\"; sed \"/Paper 2/s/9,/7,\\\"first\\\":9,/\"'"
fresh "$second"
is "a second look" "$(today)" 0
is "  has the last word" "$(rescored)" "9 79 9 "
is "  after the first" "$(calls)" "fetch  filter score second "
is "  is reported on" "$(archived report | jq -r .tool | tr '\n' ' ')" \
    "arxiv-fetch paper-filter score stage second stage paperround "
is "  again" "$(today)" 0
is "  nothing was run" "$(calls)" "fetch  filter score second "
sed -i '/^SECOND/s/sed/exit 77; sed/' "$conf"
is "  one that fails" "$(today)" 1
like "  is told" "$(cat "$T/err")" "*the second look failed in part (status 77)*"
fresh "${second%\'}; exit 75'"
is "  one that does its work in part" "$(today)" 1
is "  is heeded as far as it went" "$(rescored) $(came_to)" "9 79 9  partial 3 3 1"
fresh "SECOND='no-such-program'"
is "  one that is not there" "$(today)" 1
is "  changes nothing" "$(rescored) $(came_to)" "9 9 9  partial 3 3 1"
fresh "SECOND='sed 1d'"
is "  one that loses a paper" "$(today)" 0
is "  does not" "$(rescored)" "9 9 9 "

# One day's bad file ends neither the other days nor a delivery.
fresh DELIVER=command "DELIVER_COMMAND='echo \"\$LABEL\" >>\"\$T/mailed\"'" \
    "SCORE='sed \"s/}\$/,\\\"score\\\":{\\\"relevance\\\":9}}/\"; [ \$DAY != 2025-10-16 ] || echo scored'"
: >"$T/mailed"
paperround -q --now 2025-10-13T12:00:00Z today
echo by hand >"$state/outbox/2025-10-01.command"
is "a scorer that writes what is no paper" "$(today)" 1
like "  is told on" "$(cat "$T/err")" \
    "*2025-10-16: the score stage wrote what is no paper*"
is "  what it came to" "$(came_to)" "partial 3 3 1"
is "  every delivery is made, and the other days" \
    "$(sort "$T/mailed" | tr '\n' ' ')" \
    "2025-10-01 2025-10-13 2025-10-14 2025-10-15 2025-10-16 "
fresh DELIVER=command "DELIVER_COMMAND='echo \"\$LABEL\" >>\"\$T/mailed\"'"
: >"$T/mailed"
paperround -q --now 2025-10-14T12:00:00Z today
# A folder where a file of the day belongs.
mkdir -p "$data/archive/2025/10/2025-10-16.report/x"
is "a day that cannot be filed" "$(today)" 1
is "  is not there" "$(find "$data/archive" -name '*16.report' -type f)" ""
is "  the others are" "$(tr '\n' ' ' <"$T/mailed")" "2025-10-14 2025-10-15 "
rm -r "$data/archive/2025/10/2025-10-16.report"
is "  and it is, as soon as it can be" "$(today; came_to)" "0
done 3 3 0"

# What scoring cost is counted once, whatever becomes of an attempt.
fresh "SCORE='n=\$(cat \"\$T/n\"); echo \$((n + 1)) >\"\$T/n\"
	[ \$n != 3 ] || kill -9 \$(exec sh -c \"echo \\\$PPID\")
	echo \"{\\\"tool\\\":\\\"llm-score\\\",\\\"n\\\":\$n}\" >>\"\$PAPERROUND_REPORT\"
	case \$n in
	1) exit 1 ;;
	2) kill -9 \$PPID; kill -9 \$\$ ;;
	esac
	sed \"s/}\$/,\\\"score\\\":{\\\"relevance\\\":9}}/\"'"
echo 1 >"$T/n"
for _ in 1 2 3 4; do
	setsid paperround -q --now "$now" today >/dev/null 2>&1
done
is "attempts at scoring: in part, run killed, stage killed, done" "$(came_to)" \
    "done 3 3 0"
is "  each is in the report, once" "$(archived report |
    jq -c 'select(.tool | test("score")) | .n // .killed // .exit' | tr '\n' ' ')" \
    "1 2 true 137 4 "

for f in site train; do
	fresh
	is "$f without an archive" "$(status_of paperround $f)" 1
	like "  says so" "$(cat "$T/err")" "paperround: the archive has no papers yet*"
done
fresh "SCORE='sed \"s/}\$/,\\\"score_error\\\":{\\\"code\\\":\\\"auth\\\"}}/\"; exit 77'"
is "a wrong key" "$(today)" 77
is "  what it came to" "$(came_to)" "outage 3 0 77"
ok "  the digest says so" grep -qi 'not scored\|unscored\|outage' \
    "$data/digest/2025-10-16.md"
sed -i '/^SCORE=.*exit 77/d' "$conf"
is "  with the right key" "$(today)" 0
is "  what it came to" "$(came_to)" "done 3 3 0"
is "  without fetching again" "$(grep -c fetch "$T/calls")" 1

# What stays is as it was: numbers, blanks, the end of the line.
fresh "SCORE=false"
printf '{"id":"2513.00001","n":12345678901234567890.50 }  \r\n' >"$T/feed"
is "an unjudged paper" "$(today)" 1
is "  keeps its bytes" "$(archived jsonl)" \
    '{"id":"2513.00001","n":12345678901234567890.50 ,"score_error":{"code":"not_judged","detail":"the score stage ended with status 1"}}'

# ------------------------------------------------------------------- RENDER
fresh FORMATS="'markdown text'" "RENDER='jq -r .title; echo \"\$FORMAT \$DAY \$(grep -c done \"\$REPORT\")\"'"
is "a renderer that is a filter" "$(today)" 0
is "  nothing of it is on standard output" "$(cat "$T/out")" ""
for f in md=markdown txt=text; do
	is "  its output is the ${f#*=} digest" \
	    "$(tr '\n' ';' <"$data/digest/2025-10-16.${f%=*}")" \
	    "Paper 1;Paper 2;Paper 3;${f#*=} 2025-10-16 1;"
done
is "  an overview is one, too" \
    "$(status_of paperround --now "$now" week)" 0
like "  by the day with which it ends" "$(tail -n 1 "$data/digest/2025-W42.txt")" \
    "text 2025-10-16 0"
fresh "RENDER='cat >/dev/null; echo half; exit 1; : \$FORMAT'"
is "a renderer that fails" "$(today)" 1
like "  is told on" "$(cat "$T/err")" "*no markdown digest, since RENDER failed*"
is "  and leaves no file" "$(ls "$data/digest")" ""
status=1 out=half err="paperround: RENDER failed with status 1"
row "  a list says so, too" paperround --now "$now" show
fresh "RENDER='jq -r .title | grep .'"
is "a filter that is given options" "$(today)" 1
like "  learns why" "$(cat "$T/err")" "*no markdown digest, since RENDER failed; it names no \$FORMAT, so *"
fresh "RENDER='digest-render -f \$FORMAT --report \"\$REPORT\" --date \$DAY \$NAV'"
is "a renderer with all that is set" "$(today)" 0
cp "$data/digest/2025-10-16.md" "$T/named"
echo "RENDER=digest-render" >>"$conf"
is "  and one to which it is added" "$(today)" 0
is "  make the same" "$(grep -v 'UTC' "$data/digest/2025-10-16.md")" \
    "$(grep -v 'UTC' "$T/named")"
fresh "RENDER='printf \"%s|\" \$FORMAT \$NAV'"
today >/dev/null
is "options, words of them as one" "$(paperround search -q '/Paper [12]/' -f text)" \
    "text|--view|list|--title|Search: /Paper [12]/|"

# --------------------------------------- a finished day is never made worse
fresh
today >/dev/null
echo "FETCH='papers' SCORE='head -n 1; exit 75'" >>"$conf"
sed -i "s/FETCH='papers'//" "$conf"
is "a worse run" "$(today)" 75
is "  leaves the archive as it was" "$(came_to)" "done 3 3 0"
is "  and says so, also when quiet" "$(today -q; cat "$T/err")" "75
paperround: 2025-10-16: the archive has it from a better run; kept that"
is "  forced" "$(today --force)" 75
is "  replaces it" "$(came_to)" "outage 3 1 75"
fresh 'DELIVER=command' "DELIVER_COMMAND='echo \"\$LABEL\" >>\"\$T/mailed\"'"
: >"$T/mailed"
today >/dev/null
echo "FETCH='exit 75'" >>"$conf"
rm -rf "$state/runs"
is "an outage after a good run" "$(today)" 75
is "  is no news: the day is there" "$(tr '\n' ' ' <"$T/mailed")" "2025-10-16 "
ok "  and begins no outage" test ! -e "$state/outage"
fresh
today >/dev/null
papers 1 >"$T/feed"
rm -rf "$state/runs"
is "fewer papers" "$(today)" 0
is "  leave the archive as it was" "$(came_to)" "done 3 3 0"

# ------------------------------------------------------------ one at a time
fresh "FETCH='echo x >\"\$T/started\"; sleep 5; cat \"\$T/feed\"'"
rm -f "$T/started"
paperround -q --now "$now" today &
first=$!
while [ ! -s "$T/started" ]; do sleep 0.05; done
status=75 err='paperround: another run is under way; try again later'
row "a second run at the same time" paperround --now "$now" today
kill "$first"
wait "$first" 2>/dev/null

# A signal reaches the stage, which may wind up, and is waited for.
fresh "FETCH='trap \"sleep 0.3; echo x >\$T/told; exit 75\" TERM; echo x >\"\$T/started\"; while :; do sleep 0.1; done'"
rm -f "$T/started"
setsid paperround -q --now "$now" today &
first=$!
await "$T/started"
kill "$first"
wait "$first"
is "a signal ends a run" $? 143
ok "  its stage was told, and waited for" test -e "$T/told"
ok "  and no other one began" test ! -e "$state/runs/2025-10-16/filter.part"

# Whatever still works holds the lock.
fresh "FETCH='echo \$\$ >\"\$T/started\"; until [ -e \"\$T/go\" ]; do sleep 0.05; done; cat \"\$T/feed\"'"
rm -f "$T/started" "$T/go"
setsid paperround -q --now "$now" today &
first=$!
await "$T/started"
kill -9 "$first" "$(cat "$T/started")"
wait "$first" 2>/dev/null
status=75 err='paperround: another run is under way; try again later'
row "a stage that outlived its run holds the lock" \
    paperround --now "$now" today
: >"$T/go"
until [ "$(today)" != 75 ]; do sleep 0.05; done
is "  until it ends" "$(came_to)" "done 3 3 0"

# -------------------------------------------------------- missed and behind
fresh
paperround -q --now 2025-10-13T12:00:00Z today
: >"$T/calls"
is "after two days without a run" "$(today)" 0
is "  they are made" "$(calls)" \
    "fetch  filter score fetch --date 2025-10-14 filter score fetch --date 2025-10-15 filter score "
: >"$T/calls"
paperround -q --now "$now" since 2025-10-09
is "since" "$(grep fetch "$T/calls" | tr '\n' ' ')" \
    "fetch --date 2025-10-09 fetch --date 2025-10-10 "
# Papers that were brought with one day are not brought with another.
fresh 'FILTER="paper-filter -q --seen \"\$SEEN\""'
paperround -q --now 2025-10-15T12:00:00Z today
papers 3 4 >"$T/feed"
today >/dev/null
is "a paper announced twice is brought once" "$(archived jsonl | jq -r .id)" \
    2513.00004

# ------------------------------------------------------------- deliveries
fresh 'DELIVER="directory command"' 'DIRECTORY="$T/public html"' \
    "DELIVER_COMMAND='[ ! -e \"\$T/broken\" ] || exit 1; cat >>\"\$T/mailed\"; echo \"\$LABEL\" >>\"\$T/mailed\"'"
: >"$T/mailed"
: >"$T/broken"
is "a delivery that fails" "$(today)" 1
like "  is told" "$(cat "$T/err")" "*2025-10-16: command failed; the next run tries again*"
ok "  the other one arrived" test -s "$T/public html/2025-10-16.html"
rm "$T/broken" "$T/public html/2025-10-16.html"
is "the next run" "$(today)" 0
is "  sends it" "$(tail -n 1 "$T/mailed")" 2025-10-16
ok "  and not what had arrived" test ! -e "$T/public html/2025-10-16.html"
is "and one more" "$(today)" 0
is "  sends nothing" "$(grep -c '^2025-10-16' "$T/mailed")" 1
mv "$state/sent/2025-10-16.command" "$state/outbox/2025-10-16.command.sending"
is "a delivery in doubt" "$(today)" 1
like "  is told" "$(cat "$T/err")" "*may have arrived*"
is "  and not repeated" "$(grep -c '^2025-10-16' "$T/mailed")" 1
fresh 'DELIVER=command' "DELIVER_COMMAND='cat >>\"\$T/mailed\"; kill -9 \$(exec sh -c \"echo \\\$PPID\")'"
: >"$T/mailed"
is "a way of delivery that is killed" "$(today)" 1
like "  may have been through" "$(cat "$T/err")" "*may have arrived*"
is "  and is not tried again" "$(today; grep -c '^# ' "$T/mailed")" "1
1"
fresh 'DELIVER=command' "DELIVER_COMMAND='cat >>\"\$T/mailed\"'"
: >"$T/mailed"
is "told not to deliver" "$(today --no-deliver)" 0
is "  it does not" "$(cat "$T/mailed")" ""
rm -rf "$HOME/.local"
is "told to deliver" "$(today --deliver)" 0
ok "  it does, as ever" test -s "$T/mailed"
fresh 'DELIVER=command' "DELIVER_COMMAND='echo \"\$LABEL\" >>\"\$T/mailed\"'" \
    'FETCH="[ \$DAY != 2025-10-14 ] && [ ! -e \"\$T/down\" ] || exit 75; papers \$DAY"' \
    'papers() { echo "{\"id\":\"2513.000${1##*-}\",\"title\":\"x\"}"; }'
: >"$T/mailed"
rm -f "$T/down"
for d in 13 15 16; do
	paperround -q --now "2025-10-${d}T12:00:00Z" today
done 2>"$T/outages"
: >"$T/down"
for d in 17 20; do
	paperround -q --now "2025-10-${d}T12:00:00Z" today
done 2>>"$T/outages"
is "a past day that cannot be made is told once, and hides no outage" \
    "$(tr '\n' ' ' <"$T/mailed")" \
    "2025-10-13 2025-10-14-outage 2025-10-15 2025-10-16 2025-10-17-outage "
is "  each run that met an outage says so" \
    "$(sed 's/paperround: \(.*\): an outage: later, .*/\1/' "$T/outages" |
	tr '\n' ' ')" "2025-10-14 2025-10-14 2025-10-17 2025-10-20 "
fresh 'DELIVER=pigeon'
is "an unknown way of delivery" "$(today)" 1
like "  is named" "$(cat "$T/err")" "*there is no way called 'pigeon'*"

# ------------------------------------------------- what the archive is for
fresh
today >/dev/null
is "week" "$(status_of paperround --now "$now" week)" 0
ok "  its digest" grep -q 'Paper 1' "$data/digest/2025-W42.md"
is "month" "$(status_of paperround --now "$now" month 2025-10)" 0
ok "  its digest" grep -q 'Paper 1' "$data/digest/2025-10.md"
is "a month without papers" "$(status_of paperround month 2024-01)" 1

# Files that are not as they should be: what can be read is, and the place is
# told.
torn=$data/archive/2025/10/2025-10-15.jsonl
papers 4 5 >"$torn"
came='{"tool":"paperround","date":"2025-10-15","result":"done","papers":2,"scored":2,"exit":0}'
echo "$came" >"${torn%.jsonl}.report"
truncate -s -1 "$torn"
is "a last line without its end" \
    "$(status_of paperround search Paper --newest -f jsonl)" 0
is "  is a line" "$(jq -r '.id[-1:]' "$T/out" | tr '\n' ' ')" "1 2 3 4 5 "
truncate -s -40 "$torn"
is "a line that was cut" \
    "$(status_of paperround search Paper --newest -f jsonl)" 1
is "  hides nothing else" "$(jq -r '.id[-1:]' "$T/out" | tr '\n' ' ')" "1 2 3 4 "
like "  and is named" "$(cat "$T/err")" "*2025-10-15.jsonl:2: *"
for what in "week" "month 2025-10" "site"; do
	# shellcheck disable=SC2086 # command and operand
	is "$what" "$(status_of paperround --now "$now" $what)" 1
	like "  names it" "$(cat "$T/err")" "*2025-10-15.jsonl:2: *"
done
ok "  the week has the rest" grep -q 'Paper 4' "$data/digest/2025-W42.md"
ok "  the site has its page" grep -q 'Paper 4' \
    "$data/site/2025/10/2025-10-15.html"
papers 4 5 >"$torn"
printf '%s\n{"tool":"llm-sc' "$came" >"${torn%.jsonl}.report"
for what in "week" "month 2025-10" "site" "show week" \
    "deliver --again 2025-10-15"; do
	echo "DELIVER=command DELIVER_COMMAND='cat >\"\$T/again\"'" >>"$conf"
	# shellcheck disable=SC2086 # command and operand
	is "$what: a report that was torn" \
	    "$(status_of paperround --now "$now" $what)" 1
	like "  is named" "$(cat "$T/err")" "*2025-10-15.report:2: *"
done
ok "  hides nothing in the week" grep -q 'Paper 5' "$data/digest/2025-W42.md"
ok "  nor in the site" grep -q 'Paper 5' \
    "$data/site/2025/10/2025-10-15.html"
ok "  nor in what is sent" grep -q 'Paper 5' "$T/again"
sed -i '/^DELIVER=command/d' "$conf"
truncate -s -40 "$torn"
echo x >"$data/archive/2025/10/2025-10-15 (copy).jsonl"
PAPERROUND_PROBE=http://127.0.0.1:1/ \
    status_of paperround --now "$now" doctor >"$T/status"
like "the doctor finds it" "$(cat "$T/out")" \
    "*! the archive cannot be read in part: *2025-10-15.jsonl:2: *"
like "  in reports, too" "$(cat "$T/out")" \
    "*! the archive has reports with lines that are none: *2025-10-15.report*"
like "  and what does not belong there" "$(cat "$T/out")" \
    "*(copy).jsonl is no file of the archive*"

# ---------------------------------------------------------------- the screen
fresh
jq -nc 'range(600) | . as $n | ($n % 30) as $day | ($n % 6 == 0) as $good |
    { id: "2513.\(10000 + $n)", title: (if $good then "Sparse experts \($n)"
	else "Bees and tides \($n)" end), abstract: "A paper, at length.",
	announced: "2025-09-\($day + 1 | tostring | if length < 2
	    then "0" + . else . end)",
	score: { relevance: (if $good then 9 else 2 end), novelty: 8 } }' \
    >"$T/scored"
mkdir -p "$data/archive/2025/09"
for d in $(jq -r .announced "$T/scored" | sort -u); do
	grep "\"announced\":\"$d\"" "$T/scored" >"$data/archive/2025/09/$d.jsonl"
	echo '{"tool":"paperround","date":"'"$d"'","result":"done","papers":20,"scored":20,"exit":0}' \
	    >"$data/archive/2025/09/$d.report.jsonl"
done
# As 0.1.0 named reports.
PAPERROUND_PROBE=http://127.0.0.1:1/ \
    status_of paperround --now 2025-10-01T12:00:00Z doctor >"$T/status"
like "an archive of 0.1.0 is read" "$(cat "$T/out")" \
    "*last good run: 2025-09-30*no announcement is missing*"
is "train" "$(status_of paperround train)" 0
is "  only papers are called jsonl then" \
    "$(find "$data/archive" -name '*.jsonl' | sort | grep -c report)" 0
is "  and every report is there" "$(find "$data/archive" -name '*.report' |
    wc -l)" "$(find "$data/archive" -name '*.jsonl' | wc -l)"
like "  says what it is worth" "$(cat "$T/err")" "*trained on 600 papers of 30 days*"
ok "  the screen" test -s "$state/screen.model"
cat >>"$conf" <<'END'
SCORE='llm-score --backend lexical -T "$TOPICS" --screen local --screen-model "$STATE/screen.model"'
TRAIN=yes CATCH_UP=0
END
jq -nc '"Sparse experts", "Bees and tides" |
    {id: "2513.0000\(length % 10)", title: ., abstract: "x"}' >"$T/feed"
rm "$state/screen.model"
paperround -q train 2>/dev/null
touch -d 2020-01-01 "$state/screen.model"
is "a day with the screen" "$(today)" 0
is "  puts aside what it may" \
    "$(archived jsonl | jq -c '[.title, .screen.keep]' | tr '\n' ' ')" \
    '["Sparse experts",true] ["Bees and tides",false] '
ok "  and is fitted anew" \
    test -n "$(find "$state/screen.model" -newermt 2021-01-01)"
mkdir "$state/screen.model.part"
is "a screen that cannot be written" "$(today)" 1
like "  is told" "$(cat "$T/err")" "*no screen was made; see what llm-score says above"
rmdir "$state/screen.model.part"
sed -i '/"relevance":9/d' "$data"/archive/2025/*/*.jsonl
is "  too little to learn from is no failure" "$(today)" 0
like "  and is told, too" "$(cat "$T/err")" "*no screen was made; see what llm-score says above"
is "  but where it was asked for" "$(status_of paperround train)" 1

# ------------------------------------------------------------------ doctor
fresh "FETCH='arxiv-fetch --parse \$T/none || cat \"\$T/feed\"'"
today >/dev/null
PAPERROUND_PROBE=http://127.0.0.1:1/
export PAPERROUND_PROBE
is "the doctor, without a network" \
    "$(status_of paperround --now "$now" doctor)" 1
is "  finds that" "$(grep '^!' "$T/out" | cut -c1-27)" \
    "! arXiv cannot be reached: "
fresh "SCORE='llm-score -m gpt-5-mini -T \"\$TOPICS\"'"
OPENAI_API_KEY=verysecret status_of paperround --now "$now" doctor >"$T/status"
like "the doctor knows the price of a day" "$(cat "$T/out")" \
    "*SCORE: a day of 360 papers costs \$0*"
fresh "SCORE='llm-score -m gpt-5-mini --now 2026-11-28 -T \"\$TOPICS\"'"
OPENAI_API_KEY=verysecret status_of paperround --now "$now" doctor >"$T/status"
like "  and until when the model lives" "$(cat "$T/out")" \
    "*SCORE: gpt-5-mini is shut down on 2026-12-11; the nearest in price is *"
is "  and shows no key" "$(grep -c verysecret "$T/out")" 0
fresh 'CATEGORY=cs.CV' 'CATEGORIES=x/y' 'DELIVER=pigeon' 'FILTER=false' "SCORE='llm-score -m x --key-file \"\$CONFIG/a.key\" -T \"\$TOPICS\"'"
echo secret >"${conf%/*}/a.key"
chmod 644 "${conf%/*}/a.key"
is "the doctor, with much to say" \
    "$(status_of paperround --now "$now" doctor)" 1
for what in 'FILTER fails: it does not say why' 'others can read it' \
    'SCORE fails' \
    "called 'pigeon'"; do
	like "  $what" "$(cat "$T/out")" "*! *$what*"
done
like "  a price that is not known" "$(cat "$T/out")" "*SCORE: its price is not known*"
like "  a name that nobody looks at" "$(cat "$T/out")" \
    "*sets CATEGORY, which means nothing here*"
is "  but not the key" "$(grep -c secret "$T/out")" 0

# What people get wrong, each with what to do about it.
finds() {
	wanted=$1
	shift
	fresh "$@"
	status_of paperround --now "$now" doctor >"$T/status"
	like "the doctor finds: $*" "$(cat "$T/out")" "*! $wanted*"
}
finds "DELIVER: mail needs MAIL_TO" DELIVER=mail
finds "DELIVER: mail needs $T/none, or SMTP_URL" DELIVER=mail MAIL_TO=a@b.c 'SENDMAIL=$T/none'
finds "DELIVER: slack needs SLACK_WEBHOOK" DELIVER=slack
finds "SLACK_WEBHOOK: http without TLS is for loopback only; use https" \
    DELIVER=slack SLACK_WEBHOOK=http://hooks.example.org/verysecret
finds "SMTP_URL: a user name in the URL is not accepted" DELIVER=mail \
    MAIL_TO=a@b.c SMTP_URL=smtp://me:verysecret@mail.example.org
is "  and shows no secret" "$(grep -c verysecret "$T/out")" 0
finds "DELIVER: directory needs DIRECTORY" DELIVER=directory
finds "DELIVER: there is no way called 'maill'; did you mean mail[?]" DELIVER=maill
finds "SCORE: there is no program 'llm-scor'; did you mean llm-score[?]" "SCORE='llm-scor -m x'"
finds "RENDER fails to make markdwn: *did you mean markdown[?]" "FORMATS='markdwn html'"
finds "RENDER fails to make markdown: *it names no *FORMAT, so *" "RENDER='jq -r .title | grep .'"
finds "FETCH fails: *x/y: not an arXiv category" CATEGORIES=x/y "FETCH='arxiv-fetch \$CATEGORIES'"
finds "FETCH: cs.XX is no category that *" CATEGORIES=cs.XX "FETCH='arxiv-fetch \$CATEGORIES'"
finds "FETCH fails: *--verfy; did you mean --verify[?]" "FETCH='cat; arxiv-fetch --verfy cs.LG | cat'"
finds "FILTER fails: *--primry; did you mean --primary[?]" "FILTER='arxiv-fetch --enrich s2 | paper-filter --primry'"
finds "DELIVER_COMMAND: there is no program 'sendmial'" "DELIVER_COMMAND='sendmial x'"
finds "CATCH_UP: 'seven' is no number of days" CATCH_UP=seven
finds "SITE_URL: 'ann.example' is no address like https:" SITE_URL=ann.example
finds "SITE: 'false' is neither yes nor no, and means no" SITE=false
finds "paperround.conf sets CATEGRIES, which means nothing here; did you mean CATEGORIES[?]" CATEGRIES=cs.LG
finds "OPENAI_API_KEY is set, but no program sees it: write export OPENAI_API_KEY" OPENAI_API_KEY=verysecret
is "  and shows no key" "$(grep -c verysecret "$T/out" "$T/err")" "$T/out:0
$T/err:0"
# Neither a network nor a file is touched, whatever the stages would do.
fresh my_url=http://127.0.0.1:1 "FETCH='arxiv-fetch cs.LG; curl \$my_url'" \
    "FILTER='arxiv-fetch --enrich s2 --base-url \$my_url | paper-filter --mark-seen \$T/touched'" \
    "SCORE='llm-score -m x --base-url \$my_url/v1 -T \"\$TOPICS\"'" \
    "SECOND='llm-score -m y --base-url \$my_url/v1 --rescore .x -T \"\$TOPICS\"'"
status_of paperround --now 2026-12-05T12:00:00Z doctor >"$T/status"
like "a day's stages are understood" "$(cat "$T/out")" \
    "*FETCH has what it needs*FILTER has what it needs*"
like "  next year's holidays are not known" "$(cat "$T/out")" \
    "*! arXiv's holidays of 2027 are not known *"
ok "  nothing is written" test ! -e "$T/touched"
fresh FETCH=true
status_of paperround --now "$now" doctor >"$T/status"
is "another FETCH: arXiv is not asked" "$(grep -c 'arXiv cannot' "$T/out")" 0
# A command line is not added to; what is in an address stays there.
fresh 'SCORE="llm-score -m gpt-5-mini --base-url http://127.0.0.1:1/v1?key=verysecret -T \"\$TOPICS\" | cat # as it is"'
cat >"$T/curl" <<'END'
#!/bin/sh
echo "$*" >>"$T/curls"
exec /usr/bin/curl "$@"
END
mkdir -p "$T/spy"
mv "$T/curl" "$T/spy/curl"
chmod +x "$T/spy/curl"
OPENAI_API_KEY=k PATH=$T/spy:$PATH status_of paperround --now "$now" doctor >"$T/status"
like "SCORE with a pipe and a comment" "$(cat "$T/out")" \
    "*SCORE: a day of 360 papers costs *! http://127.0.0.1:1/v1[?].. cannot be reached*"
is "  nobody sees what is secret" "$(cat "$T/out" "$T/err" "$T/curls" | grep -c verysecret)" 0

# Without jq: a clear word, from the doctor too.
mkdir "$T/bin"
ln -s /usr/bin/* "$T/bin"
rm "$T/bin/jq"
bare=$T/bin:$BUILD:$SRCDIR/scripts
fresh
said="jq is not installed, and nothing can be done without it"
is "without jq" "$(PATH=$bare today)" 2
like "  it says so" "$(cat "$T/err")" "paperround: $said: install*"
is "  nothing was run" "$(calls)" ""
is "  the doctor" "$(PATH=$bare status_of paperround --now "$now" doctor)" 1
like "  says so too" "$(cat "$T/out")" "*! jq is not installed*"
rm -rf "$HOME"
is "  init needs none" "$(PATH=$bare status_of paperround -q init)" 0

# ------------------------------------------------------ folders are elsewhere
fresh 'FILTER='\''paper-filter --seen "$SEEN"'\''' DELIVER=command \
    'DELIVER_COMMAND='\''cat >>"$T/got"; test ! -e "$T/down"'\'''
rm -f "$T/got" "$T/down"
is "a day" "$(status_of paperround --now 2025-10-13T12:00:00Z today)" 0
rm -rf "$T/disk"
mkdir "$T/disk"
for folder in archive/2025/10 archive/2025 archive digest; do
	to=$T/disk/$(echo "$folder" | tr / -)
	mv "$data/$folder" "$to"
	ln -s "$to" "$data/$folder"
done
for folder in runs seen queued outbox sent channels; do
	mv "$state/$folder" "$T/disk"
	ln -s "$T/disk/$folder" "$state/$folder"
done
papers 1 2 3 4 >"$T/feed"
is "folders that are links: what was missed is made up for" \
    "$(today today) $(paperround --list-days | sort | tr '\n' ' ')" \
    "0 2025-10-13 2025-10-14 2025-10-15 2025-10-16 "
is "  with each paper once" "$(cut -c 8-17 "$data"/archive/*/*/*.jsonl |
    sort | tr '\n' ' ')" "2513.00001 2513.00002 2513.00003 2513.00004 "
is "  show" "$(paperround --now "$now" show week | cut -f 2 | sort | tr '\n' ' ')" \
    "2513.00001 2513.00002 2513.00003 2513.00004 "
is "  and of one" "$(paperround --now "$now" -f ids show 2513.00001)" 2513.00001
is "  search" "$(paperround --now "$now" -q -f ids search paper | wc -l)" 4
for command in week month site; do
	is "  $command" "$(today -q $command)" 0
done
ok "  the pages" test -s "$data/site/2025/10/2025-10-13.html"
like "  a channel that is new" "$(rm "$T/disk/channels/command" \
    "$T"/disk/sent/*; paperround --now "$now" -q today 2>&1)" \
    "*command: 2 days counted as delivered*"
is "  the doctor finds all well" \
    "$(status_of paperround --now "$now" doctor)" 0
is "    and says so, or fails" "$(status_of sh -c '
    paperround --now "$1" doctor >/dev/full' sh "$now")" 1
: >"$T/down"
paperround --now "$now" -q deliver --again 2025-10-16 >/dev/null 2>&1
paperround --now "$now" doctor >"$T/out" 2>&1
like "  the doctor sees runs" "$(cat "$T/out")" "*last good run: 2025-10-16*
  no announcement is missing*"
like "  and what waits" "$(cat "$T/out")" "*! 1 still to be delivered*"
rm "$data/archive"
mv "$T/disk/archive" "$data/archive"
touch "$T/disk/archive-2025-10/notes"
like "  and what is foreign" "$(paperround --now "$now" doctor 2>&1)" \
    "*/notes is no file of the archive*"

like "--help" "$(paperround --help)" "usage: paperround*example: paperround*"
like "--version" "$(paperround --version)" "paperround [0-9]*"
is "  where cd would go elsewhere" "$(cd "$SRCDIR" && unset PAPERROUND_DATADIR &&
    CDPATH=. sh scripts/paperround --version 2>&1)" "$(paperround --version)"
done_testing
