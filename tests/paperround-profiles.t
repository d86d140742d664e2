#!/bin/sh
# Two readers on one machine: each has all of its own, and one fetch will do.
# shellcheck disable=SC2016 # what stands in the configuration is for its shell
. "$(dirname "$0")/lib.sh"

HOME="$T/my home"
config=$HOME/.config/paperround
data=$HOME/.local/share/paperround
mkdir -p "$config"
export T
for n in 1/cs.LG 2/cs.AI 3/cs.CL; do
	echo '{"id":"2513.0000'${n%/*}'","title":"Paper '${n%/*}'","announced":"2025-10-16","categories":["'${n#*/}'"]}'
done >"$T/feed"
round() { COLUMNS=80 paperround --now 2025-10-16T12:00:00Z "$@"; }
judge="SCORE='sed \"s/}\$/,\\\"score\\\":{\\\"relevance\\\":9}}/\"'"
cat >"$config/paperround.conf" <<END
FETCH='echo "fetch \$DAY" >>"\$T/calls"; [ \$(cat "\$T/exit") = 0 ] || exit 75; cat "\$T/feed"'
$judge
END
echo 0 >"$T/exit"
ids() { round "$@" | cut -s -f 2 | tr '\n' ' '; }

status=2 err="paperround: there is no profile 'ann'; 'paperround -p ann init' makes one"
row "nobody of that name" round -p ann today
for name in ../x .x 'a b' -x a/b; do
	status=2 err="paperround: -p: '$name' is no name of letters, digits, '.', '_', '-'; try 'paperround --help'"
	row "'$name' is no name" round -p "$name" init
done
for option in -p --profile --since -w; do
	status=2 err="paperround: $option: the argument is empty; try 'paperround --help'"
	row "nor is nothing: $option" round search $option '' x
done
is "one is made" "$(round -q -p ann init 2>&1)" ""
ok "  with all that is to be filled in" test -s "$config/profiles/ann/topics.md"
like "  and says how it goes on" "$(round -p ann init 2>&1)" \
    "*then: paperround -p ann today"
status=2 err="paperround: there is no profile 'an'; did you mean ann?; 'paperround -p an init' makes one"
row "a name mistyped" round --profile an today
printf '%s\n' FETCH_FROM=default "CATEGORIES='cs.LG cs.CL'" "$judge" \
    >"$config/profiles/ann/paperround.conf"

is "a day of hers" "$(round -p ann today 2>&1)" ""
is "  in her categories" "$(ids -p ann show)" "2513.00001 2513.00003 "
is "  with what the fetch reports" "$(head -n 1 \
    "$data/profiles/ann/archive/2025/10/2025-10-16.report" | jq -r .tool)" \
    arxiv-fetch
is "a day of the other reader's" "$(round today 2>&1)" ""
is "  in all categories" "$(ids show)" "2513.00001 2513.00002 2513.00003 "
is "  was fetched already" "$(cat "$T/calls")" "fetch 2025-10-16"
is "  a day before as well" "$(round -p ann day 2025-10-15 2>&1
    tail -n 1 "$T/calls")" "fetch 2025-10-15"

err='paperround -p ann: starred 2513.00003'
row "her star" round -p ann star 2
is "  is no other reader's" "$(find "$data" -name marks.jsonl)" \
    "$data/profiles/ann/marks.jsonl"
out="default      2025-10-16 $config
ann          2025-10-16 $config/profiles/ann"
listed=$out
row "profiles" round profiles
out=$listed
row "  the same to each reader" round -p ann profiles
is "the one without a name has one" "$(ids -p default show)" "$(ids show)"
is "the papers and nothing else" "$(round fetch | jq -r .id | tr '\n' ' ')" \
    "2513.00001 2513.00002 2513.00003 "
is "her doctor knows what she may set" \
    "$(PAPERROUND_PROBE=http://127.0.0.1:1/ round -p ann doctor 2>&1 |
	grep -c 'means nothing')" 0

# What goes wrong with the one fetch goes wrong for all.
echo 75 >"$T/exit"
is "an outage" "$(round -p ann day 2025-10-14 2>"$T/err"; echo $?)" 75
like "  is told" "$(cat "$T/err")" "*paperround -p ann: 2025-10-14: an outage*"
echo 0 >"$T/exit"
is "  and made good" "$(round -p ann day 2025-10-14 2>&1; echo $?)" 0
mkfifo "$T/go"
paperround-helper lock "$HOME/.local/state/paperround/lock" sh -c \
    'echo x >"$T/busy"; cat "$T/go" >/dev/null' &
await "$T/busy"
round -q -p ann day 2025-10-13 2>"$T/err" &
pid=$!
until [ -d "$HOME/.local/state/paperround/profiles/ann/runs/2025-10-13/fetch.part" ]; do
	sleep 0.05
done
sleep 0.5 # long enough to fail in, if it did not wait
echo x >"$T/go"
wait $pid
is "the other's run is waited for" "$?" 0
is "  without a word" "$(cat "$T/err")" ""
echo FETCH_FROM=ann >>"$config/paperround.conf"
is "nor do two wait for each other" "$(round -q -p ann day 2025-10-12 2>"$T/err"
    echo $?)" 2
like "  which is told" "$(cat "$T/err")" \
    "*paperround: FETCH_FROM: 'ann' fetches from this profile*"
sed -i '/^FETCH_FROM/d' "$config/paperround.conf"
echo FETCH_FROM=ann >>"$config/profiles/ann/paperround.conf"
echo FETCH_FROM=defualt >>"$config/profiles/ann/paperround.conf"
status=2 err="paperround -p ann: FETCH_FROM: there is no profile 'defualt'; did you mean default?"
row "nor from nobody" round -p ann today
echo FETCH_FROM=ann >>"$config/profiles/ann/paperround.conf"
status=2 err="paperround -p ann: FETCH_FROM: 'ann' is this profile itself"
row "nobody fetches from themselves" round -p ann today
done_testing
