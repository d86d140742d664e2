#!/bin/sh
# paperround as a reader: lists, single papers, marks, and a key a paper.
. "$(dirname "$0")/lib.sh"

HOME="$T/my home"
data="$HOME/.local/share/paperround"
state="$HOME/.local/state/paperround"
marks=$data/marks.jsonl
now=2025-10-17T12:00:00Z
round() { COLUMNS=80 paperround --now "$now" "$@"; }

# paper N TITLE RELEVANCE [MORE]: one of the 17th of October.
paper() {
	printf '{"id":"2510.0000%s","title":"%s","abstract":"Of %s.","authors":["A B"],"announced":"%s","score":{"relevance":%s,"novelty":8,"comment":"Good."}%s}\n' \
	    "$1" "$2" "$2" "${day:-2025-10-17}" "$3" "${4-}"
}
# archive DAY: standard input are its papers.
archive() {
	mkdir -p "$data/archive/2025/10"
	cat >"$data/archive/2025/10/$1.jsonl"
	echo '{"tool":"paperround","date":"'"$1"'","result":"done","exit":0}' \
	    >"$data/archive/2025/10/$1.report"
}
fresh() {
	rm -rf "$HOME"
	mkdir -p "$HOME"
	{
		paper 1 One 8
		paper 2 Two 10
		paper 3 Three 9
		paper 4 Four 2
		echo '{"id":"hep-th/0001001","title":"Failed","score_error":{"code":"timeout","detail":""}}'
		echo '{"id":"10.1101/x","title":"Bio","url":"https://www.biorxiv.org/content/10.1101/x","score":{"relevance":8,"novelty":7}}'
	} | archive 2025-10-17
	day=2025-10-16
	{ paper 2 'Two of yesterday' 10; paper 5 Five 9; } | archive 2025-10-16
	day=
}
ids() { cut -s -f 2 | tr '\n' ' '; }

# ------------------------------------------------------------------- lists
rm -rf "$HOME"
mkdir "$HOME"
status=1 err="paperround: the archive has no papers yet; run 'paperround today' first"
row "nothing to show yet" round show
mkdir "$T/home of a file"
: >"$T/home of a file/.local"
err=$(HOME="$T/home of a file" round show 2>&1)
like "no folder can be made" "$err" "*
paperround: cannot make the folder $T/home of a file/.local/share/paperround/archive"
is "  which is said once" "$(echo "$err" | wc -l)" 2
fresh
is "show: the last day" "$(round show 2>"$T/err" | ids)" \
    "2510.00002 2510.00003 2510.00001 10.1101/x "
is "  and what it is without" "$(cat "$T/err")" \
    "digest-render: Warning: 1 of 6 papers could not be scored (timeout 1)."
is "  that day" "$(round show 2025-10-16 | ids)" "2510.00002 2510.00005 "
is "  yesterday" "$(round show yesterday | ids)" "2510.00002 2510.00005 "
is "  the week, each paper once" "$(round show week 2>"$T/err" | cut -f2 | sort | tr '\n' ' ')" \
    "10.1101/x 2510.00001 2510.00002 2510.00003 2510.00005 "
cp "$data/archive/2025/10/2025-10-16.jsonl" "$T/whole"
truncate -s -40 "$data/archive/2025/10/2025-10-16.jsonl"
for what in "show week" unread; do
	# shellcheck disable=SC2086 # command and operand
	is "$what: a torn line" "$(status_of round $what)" 1
	is "  hides nothing else" "$(cut -s -f 2 "$T/out" | sort | tr '\n' ' ')" \
	    "10.1101/x 2510.00001 2510.00002 2510.00003 "
	like "  and is named" "$(cat "$T/err")" "*2025-10-16.jsonl:2: *"
done
cp "$T/whole" "$data/archive/2025/10/2025-10-16.jsonl"
is "  a day of the week, the last one" "$(round show thu | ids)" \
    "2510.00002 2510.00005 "
is "  days ago" "$(round show 1d --top 1 | ids)" "2510.00002 "
is "    all have numbers" "$(round show -f jsonl 2 | jq -r .id)" 2510.00005
status=2 err="paperround: 'abc' is not a day like 2025-10-17; try 'paperround --help'"
row "  no day" round show abc
status=1 err="paperround: the archive has nothing for 2025-10-15; try 'paperround since 2025-10-15'"
row "  a day that is not there" round show 2025-10-15
status=2 err="paperround: show: week stands alone; try 'paperround --help'"
row "  two things at once" round show week 3
is "  as anything else" "$(round show -f jsonl | head -n 1 | jq -r .title)" Two
rm "$data/archive/2025/10/2025-10-17.jsonl"
echo '{"tool":"arxiv-fetch","feeds":[{"category":"cs.LG","status":"failed"}],"exit":75}' \
    >"$data/archive/2025/10/2025-10-17.report"
like "  an outage says so" "$(round show 2>&1)" '*Outage: *'

# ----------------------------------------------------------- numbers, papers
fresh
round show >"$T/list" 2>"$T/err"
like "a number is a place in the last list" "$(round show 2)" \
    '*Three*https://arxiv.org/abs/2510.00003*Good.*Of Three.*'
round show 2025-10-16 >/dev/null
like "  the last one" "$(round show 2)" '*Of Five.*'
like "  also after a paper was shown" "$(round show 2 1)" '*Of Five.*Of Two.*'
status=2 err="paperround: there is no 7 in the last list, which has 2; 'paperround show' makes one"
row "  not more than it has" round show 7
rm "$state/list"
status=2 err="paperround: there is no 1 in the last list, which has 0; 'paperround show' makes one"
row "  nor without a list" round show 1
for id in 2510.00001 arXiv:2510.00001 2510.00001v3 \
    https://arxiv.org/abs/2510.00001 http://arxiv.org/pdf/2510.00001v2.pdf \
    https://www.arxiv.org/html/2510.00001v1; do
	like "$id is an id" "$(round show "$id")" '*Of One.*'
done
like "what failed can be shown" "$(round show hep-th/0001001v2)" '*Failed*'
like "  and what is below the cutoffs" "$(round show 2510.00004)" '*Of Four.*'
status=1 err='paperround: not in the archive: 2510.99999 x/y' \
    out=$(round show -f jsonl 2510.00001)
row "what is not there is named" round show -f jsonl 2510.00001 2510.99999 x/y
is "a record is as it was" "$(round show -f jsonl hep-th/0001001)" \
    "$(grep hep-th "$data/archive/2025/10/2025-10-17.jsonl")"
is "the newest of two" "$(round show -f jsonl 2510.00002 | jq -r .title)" Two

# -------------------------------------------------------------------- open
round show >/dev/null 2>"$T/err"
BROWSER='echo'
export BROWSER
out='https://arxiv.org/abs/2510.00002
https://arxiv.org/abs/hep-th/9901001'
row "open: numbers and ids" round open 1 hep-th/9901001v2
out=https://arxiv.org/pdf/2510.00002
row "  --pdf" round open --pdf 1
out=https://arxiv.org/html/2510.00002
row "  --html" round open --html 1
out=https://www.biorxiv.org/content/10.1101/x
row "  what is not arXiv's" round open --pdf 4
status=1 err='paperround: 10.1101/y: no address is known of it'
row "  what nobody knows" round open 10.1101/y
echo '{"id":"z","url":"file:///etc/passwd"}' | archive 2025-10-14
status=1 err='paperround: z: file:///etc/passwd is no address of a web page'
row "  no file of this machine" round open z
BROWSER='echo opened:other' out='opened https://arxiv.org/abs/2510.00002'
row "  the first of several, with its words" round open 1
BROWSER=
mkdir "$T/none"
for f in sh dirname readlink awk sed date cat find sort jq xargs grep mkdir \
    mktemp rm expr cut paperround; do
	ln -s "$(command -v $f)" "$T/none/$f"
done
like "  without any browser the address" \
    "$(BROWSER='' PATH=$T/none round open 1 2>&1)" \
    '*set BROWSER, or go to https://arxiv.org/abs/2510.00002'

# ------------------------------------------------------------------- marks
fresh
round show >/dev/null 2>"$T/err"
err='paperround: starred 2510.00002 2510.00001'
row "star" round star 1 3
err='paperround: dropped 2510.00003'
row "drop" round drop 2
err='paperround: noted on 10.1101/x'
row "note" round note 4 'as "good"' as it gets
is "the marks" "$(cat "$marks")" \
'{"id":"2510.00002","mark":"star","time":"2025-10-17T12:00:00Z"}
{"id":"2510.00001","mark":"star","time":"2025-10-17T12:00:00Z"}
{"id":"2510.00003","mark":"drop","time":"2025-10-17T12:00:00Z"}
{"id":"10.1101/x","note":"as \"good\" as it gets","time":"2025-10-17T12:00:00Z"}'
is "unread: what has no mark" "$(round unread | ids)" "2510.00005 "
is "  numbers mean this list" "$(round show -f jsonl 1 | jq -r .id)" 2510.00005
round -q unmark 2510.00001
is "  a mark taken back" "$(round unread | ids)" "2510.00005 2510.00001 "
round -q read 2510.00001
round -q unmark 2510.00001
is "  what is read stays read" "$(round unread | ids)" "2510.00005 "
is "  the first of them" "$(round unread --since yesterday --top 1 | ids)" \
    "2510.00005 "
is "  of a day" "$(round unread 2025-10-17 2>&1)" \
    "paperround: nothing is unread for 2025-10-17"
is "  --since" "$(round unread --since 2025-10-17 2>&1)" \
    "paperround: nothing is unread for 2025-10-17"
status=1 err="paperround: not in the archive: foo 2510.0001"
row "star a typo" round star foo 2510.00001 2510.0001
status=1 err="paperround: not in the archive: fo"
row "  note" round note fo well
for which in 2-9 3-2 1- -1 1,9 0 2025-10-16; do
	status=2 err="paperround: there is no $which in the last list, which has 1; 'paperround show' makes one"
	row "star $which" round star -- "$which"
done
is "  none of which was marked" "$(grep -c . "$marks")" 7
round show >/dev/null 2>&1
err='paperround: starred 2510.00002 2510.00003 2510.00001 10.1101/x'
cp "$marks" "$T/marks"
row "several numbers" round star 1-2 3,4
err='paperround: noted on 2510.00003 2510.00001'
row "  with one note" round note 2-3 both
is "  each has it" "$(tail -n 2 "$marks" | jq -r '.id + " " + .note')" \
    "2510.00003 both
2510.00001 both"
cp "$T/marks" "$marks"
status=2 err="paperround: star: say which papers; try 'paperround --help'"
row "star what" round star
status=2 err="paperround: note: say which paper, and what; try 'paperround --help'"
row "note what" round note 1

# What was cut short takes no other mark with it.
printf '{"id":"2510.0' >>"$marks"
before=$(cat "$marks")
round -q star 2510.00005
is "after a torn line" "$(cat "$marks")" "$before
$(tail -n 1 "$marks")"
is "  the new one counts" "$(round unread 2>&1)" \
    "paperround: nothing is unread from 2025-10-11 to 2025-10-17"
if [ "$(id -u)" != 0 ]; then
	chmod a-w "$marks"
else
	mv "$marks" "$T/marks"
	mkdir "$marks"
fi
is "marks that cannot be written" "$(status_of round star 2510.00003)" 1
like "  are said not to be" "$(cat "$T/err")" "*cannot write $marks*"

# ------------------------------------------------------------------ triage
status=2 err="paperround: triage needs a terminal; 'paperround unread' does not"
row "triage without a terminal" round triage
# triage KEYS: what there is to see, and whether the terminal is as before.
triage() {
	keys=$1
	shift
	fresh
	TERM=xterm NO_COLOR=1 timeout 60 "$PYTHON" "$SRCDIR/tests/server/keys.py" \
	    'quit:' "$keys" paperround --now "$now" triage "$@" \
	    >"$T/seen" 2>&1
	echo $?
}
marked() { jq -r '"\(.mark) \(.id)"' "$marks" | tr '\n' ';'; }
! terminals "triage" || {
	is "triage: star, drop, later, to the end" "$(triage 's d l s' 2025-10-17)" 0
	is "  the marks" "$(marked)" \
	    "star 2510.00002;drop 2510.00003;star 10.1101/x;"
	like "  the sum" "$(cat "$T/seen")" "*2 starred, 1 dropped, 1 left*modes kept"
	like "  a paper and what can be said" "$(cat "$T/seen")" \
	    '*Two*A B*?1/4? star drop*?2/4?*'
	is "quit" "$(triage 'q' 2025-10-17)" 0
	is "  has marked nothing" "$(marked)" ""
	like "  modes" "$(cat "$T/seen")" "*4 left*modes kept"
	is "undo" "$(triage 's d u u q' 2025-10-17)" 0
	is "  takes back" "$(marked)" \
	    "star 2510.00002;drop 2510.00003;none 2510.00003;none 2510.00002;"
	is "undo at the first" "$(triage 'u l u q' 2025-10-17)" 0
	is "  takes back nothing" "$(marked)" ""
	is "the abstract" "$(triage 'a q' 2025-10-17)" 0
	like "  is there when asked for" "$(sed 's/Of Two/ABSTRACT/' "$T/seen")" \
	    '*quit: abstract*ABSTRACT*'
	BROWSER='echo opened' is "open" "$(triage 'o q' 2025-10-17)" 0
	is "other keys do nothing" "$(triage 'x\x1b[Bs q' 2025-10-17)" 0
	is "  but the one that is one" "$(marked)" "star 2510.00002;"
	is "Ctrl-C" "$(triage 's \x03' 2025-10-17)" 130
	is "  has lost nothing" "$(marked)" "star 2510.00002;"
	like "  and the terminal is as before" "$(cat "$T/seen")" "*modes kept"
	is "a terminal that is closed" "$(triage 's !' 2025-10-17)" 0
	is "  has lost nothing" "$(marked)" "star 2510.00002;"
	fresh
	mkdir "$marks"
	TERM=xterm timeout 60 "$PYTHON" "$SRCDIR/tests/server/keys.py" \
	    'quit:' q paperround --now "$now" triage >"$T/seen" 2>&1
	is "marks that cannot be written" $? 1
	like "  are told before the first key" "$(cat "$T/seen")" \
	    "*cannot write*modes kept"
	# A list on a terminal.
	fresh
	TERM=xterm PAGER='sed s/^/P:/' "$PYTHON" "$SRCDIR/tests/server/keys.py" \
	    never '' paperround --now "$now" show >"$T/seen" 2>&1
	like "a list on a terminal: head, pager, links" "$(cat "$T/seen")" \
	    'P:*Fri 17 Oct*P: 1 *]8;;https://arxiv.org/abs/2510.00002*Two*'
	NO_COLOR=1 TERM=xterm PAGER='sed s/^/P:/' \
	    "$PYTHON" "$SRCDIR/tests/server/keys.py" never '' \
	    paperround --now "$now" show >"$T/seen" 2>&1
	like "  as it is without colour" "$(cat "$T/seen")" \
	    'Fri 17 Oct*
 1 10·8 Two *'
	# A run ends with the best of the day.
	fresh
	for n in 1 2 3 4 5 6 7 8 9; do
		paper "$n" "Title $n" 9
		paper "1$n" "More $n" 8
	done >"$T/feed"
	mkdir -p "$HOME/.config/paperround"
	printf '%s\n' "FETCH='cat \"\$T/feed\"'" FILTER=cat \
	    "SCORE='echo \"(\$PAPERROUND_STAGE)\" >&2; cat'" \
	    >"$HOME/.config/paperround/paperround.conf"
	export T
	TERM=xterm NO_COLOR=1 "$PYTHON" "$SRCDIR/tests/server/keys.py" \
	    never '' paperround --now "$now" today >"$T/seen" 2>&1
	is "today on a terminal" $? 0
	like "  progress knows its stage" "$(cat "$T/seen")" \
	    '*(2025-10-17 score)*'
	like "  ends with the ten best and where the rest is" \
	    "$(tail -n 16 "$T/seen")" '*Fri 17 Oct*
 1 9·8 Title 1 *
10 8·8 More 1 *
* 8 more
all: paperround show *page: file://*/my%20home/*/2025-10-17.html
modes kept'
	is "  numbers go on behind them" "$(round show -f jsonl 18 | jq -r .title)" \
	    "More 9"
}
is "without a terminal a good run says nothing" \
    "$(round today --force 2>&1)" ""
# ------------------------------------------ what the next day learns of marks
fresh
mkdir -p "$HOME/.config/paperround"
printf '%s\n' "FETCH='cat \"\$HOME/new\"'" "FILTER='cat'" \
    "FORMATS=markdown" >"$HOME/.config/paperround/paperround.conf"
echo '{"id":"2510.00009","title":"One","abstract":"Of One.","announced":"2025-10-20"}' \
    >"$HOME/new"
round star 2510.00001 >/dev/null 2>&1
paperround --now 2025-10-20T12:00:00Z -q today >"$T/out" 2>"$T/err"
like "a run knows what is starred" \
    "$(jq -r .score.comment "$data/archive/2025/10/2025-10-20.jsonl")" \
    "*Like 2510.00001, which you starred.*"

# -------------------------------------------------- what cannot be printed
fresh
round -q star 2510.00001
round show >/dev/null 2>&1
while read -r want command; do
	# shellcheck disable=SC2086 # command, operands and options
	round -q $command >/dev/full 2>"$T/err"
	is "$command >/dev/full" "$?" "$want"
	ok "  says why" test -s "$T/err"
done <<'END'
1 show
1 show 1
1 show 1 -f jsonl
1 show 1 -f html
2 show 1 -f nosuch
1 show week
1 unread
1 search of
1 near 1
1 export --starred
END
status=1 err="digest-render: write error: <stdout>: No space left on device
paperround: RENDER failed with status 1
paperround: not in the archive: 2510.99999"
row "show: and what is not there is named" sh -c 'exec "$@" >/dev/full' sh \
    paperround --now "$now" show 1 2510.99999

# ------------------------------------------- what a power cut left of a file
fresh
lost=$data/archive/2025/10/2025-10-17.jsonl
sed 's/"title":"One/&@@/' "$lost" | tr @ '\000' >"$T/holes"
printf '{"id":"2510.00006","ti\0\0\0\0' | cat "$T/holes" - >"$lost"
told="paper-filter: $lost:1: control character in string at byte 32; skipped
paper-filter: $lost:7: control character in string at byte 23 of a last line without newline; skipped"
err=$told out=2510.00003
row "NUL bytes: a paper beside them" round show -f ids 2510.00003
err=$told out='2510.00002
2510.00005'
row "  the newest of another day" round show -f ids 2510.00002 2510.00005
status=1 err="$told
paperround: not in the archive: 2510.00001"
row "  what they took" round show -f ids 2510.00001
err=$told out=https://www.biorxiv.org/content/10.1101/x
BROWSER="echo" row "  open" round open 10.1101/x
status=1 err="$told
paperround: not in the archive: 2510.3"
row "  star a typo" round star 2510.3
round -q star 2510.00003 10.1101/x 2510.00001
printf '\0\0\0' >>"$marks"
round -q star 2510.00005
status=1 err="$told
paperround: starred, but not in the archive: 2510.00001" out='2510.00005
2510.00003
10.1101/x'
row "  what is starred" round export --starred -f ids
printf '{"tool":"llm-score","note":"\0\0"}\n' | cat - "${lost%.jsonl}.report" \
    >"$T/report"
cp "$T/report" "${lost%.jsonl}.report"
is "  the month" "$(status_of round -q month)" 1
ok "    of what can be read" grep -q Three "$data/digest/2025-10.md"
mkdir -p "$HOME/.config/paperround"
printf '%s\n' "FETCH='cat \"\$T/feed\"'" FILTER=cat FORMATS=markdown CATCH_UP=0 \
    "SCORE='jq -r .id \"\$MARKED\" >\"\$T/known\"; cat'" \
    >"$HOME/.config/paperround/paperround.conf"
export T
paper 9 Nine 9 >"$T/feed"
err=$told
row "  a run tells" paperround --now 2025-10-20T12:00:00Z -q today
is "    and learns from the others" "$(tr '\n' ' ' <"$T/known")" \
    "2510.00005 2510.00003 10.1101/x "

# ------------------------------------------------ what a shell makes names of
fresh
mkdir "$T/names" "$T/shim"
: >"$T/names/2600.02000"
: >"$T/names/2600.02001"
# round_there ARGUMENT ..: where a pattern would find these.
round_there() { (cd "$T/names" && round "$@"); }
for command in star drop read show near; do
	status=1 err='paperround: not in the archive: *'
	row "$command '*'" round_there $command '*'
done
status=1 err='paperround: not in the archive: *'
row "note '*'" round_there note '*' well
status=1 err='paperround: *: no address is known of it'
row "open '*'" round_there open '*'
ok "  nothing is marked" test ! -e "$marks"
# Nor is a folder's name a pattern.
cp -R "$data" "$T/p*"
cp -R "$data" "$T/pab"
printf '%s\n' '#!/bin/sh' 'printf "%s\n" "$@" >>"$T/args"' >"$T/shim/llm-score"
chmod +x "$T/shim/llm-score"
mkdir -p "$HOME/.config/paperround"
printf '%s\n' FORMATS=markdown \
    "RENDER='printf \"%s\\n\" \"\$@\" >>\"\$T/args\"; digest-render'" \
    >"$HOME/.config/paperround/paperround.conf"
export T
for command in 'show week' month week train; do
	rm -f "$T/args"
	# shellcheck disable=SC2086 # command and operand
	PAPERROUND_DATA="$T/p*" PATH=$T/shim:$PATH round -q $command \
	    >"$T/out" 2>&1
	is "a folder p*: $command takes what is in it" \
	    "$(grep -c "^$T/p[*]/" "$T/args") $(grep -c "^$T/pab/" "$T/args")" \
	    "2 0"
done
done_testing
