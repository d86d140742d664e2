#!/bin/sh
# SPDX-License-Identifier: ISC
# paperround audit and near: what the screen puts aside, and more like this.
. "$(dirname "$0")/lib.sh"

HOME="$T/my home"
data="$HOME/.local/share/paperround"
now=2025-10-17T12:00:00Z
round() { COLUMNS=100 paperround --now "$now" "$@"; }
ids() { cut -s -f 2 | tr '\n' ' '; }
day=$data/archive/2025/10/2025-10-17

# papers FROM UNTIL KEEP P SCORE SUBJECT: numbered so.
papers() {
	awk -v from="$1" -v until="$2" -v keep="$3" -v p="$4" -v score="$5" \
	    -v subject="$6" 'BEGIN {
		for (i = from; i <= until; i++)
			printf "{\"id\":\"2510.%05d\",\"title\":\"%s %d\"," \
			    "\"abstract\":\"We look at %s.\",\"categories\":" \
			    "[\"cs.LG\"],\"announced\":\"2025-10-17\"," \
			    "\"screen\":{\"keep\":%s,\"p\":%s,\"by\":\"local\"" \
			    ",\"model\":\"local-1\"}%s}\n", i, subject, i,
			    subject, keep, sprintf(p, i), score
	}'
}
fresh() {
	rm -rf "$HOME"
	mkdir -p "$data/archive/2025/10"
	{
		papers 1 40 false 0.0%02d '' 'sea ice'
		papers 41 60 true 0.5 ',"score":{"relevance":9,"novelty":8}' \
		    'sparse experts'
	} >"$day.jsonl"
	echo '{"tool":"paperround","date":"2025-10-17","result":"done","exit":0}' \
	    >"$day.report"
}

# ------------------------------------------------------------------- audit
mkdir -p "$HOME"
status=1 err="paperround: the archive has no papers yet; run 'paperround today' first"
row 'audit without an archive' round audit
fresh
is 'audit' "$(status_of round audit)" 0
ids <"$T/out" >"$T/shown"
is '  the ten next to the line come first' "$(cut -d ' ' -f 1-10 "$T/shown")" \
    "$(seq -f 2510.000%.0f 40 -1 31 | tr '\n' ' ' | sed 's/ $//')"
n=$(wc -w <"$T/shown")
ok "  then those drawn by chance: $n" test "$n" -gt 10 -a "$n" -le 20
is '  none that was sent' "$(tr ' ' '\n' <"$T/shown" |
	grep -c '2510.000[456][1-9]')" 0
like '  and what to do' "$(cat "$T/err")" '*star what you would have read*'
drawn=$data/audit.jsonl
is '  what was drawn is remembered' "$(wc -l <"$drawn")" 10
cp "$drawn" "$T/drawn"
round audit >"$T/again" 2>/dev/null
is '  the same ones all day' "$(ids <"$T/again")" "$(cat "$T/shown")"
ok '  once' cmp "$drawn" "$T/drawn"
round star 1 2>/dev/null
is 'numbers mean the list; what is marked is shown no more' \
    "$(round audit 2>/dev/null | ids | cut -d ' ' -f 1)" 2510.00039

# Another reader has another audit.
fresh
profile=$data/profiles/ann
mkdir -p "$HOME/.config/paperround/profiles/ann" "$profile"
cp -R "$data/archive" "$profile"
is 'of a profile' "$(round -p ann audit 2>/dev/null | ids)" "$(cat "$T/shown")"
is '  what was drawn is with its archive' "$(wc -l <"$profile/audit.jsonl"
    ls "$data")" '10
archive
profiles'

# One of ten that were drawn is starred, nine are read; of those sent, 18.
fresh
round audit >/dev/null 2>&1
jq -r .id "$drawn" >"$T/ids"
# shellcheck disable=SC2046 # ids
round read -q $(sed 1d "$T/ids")
round star -q "$(head -n 1 "$T/ids")"
like 'nothing starred of what was sent: no figure' "$(round audit 2>&1)" \
    '*mark the rest as read*'
# shellcheck disable=SC2046 # ids
round star -q $(seq -f 2510.000%.0f 41 58)
# By hand: 18 / (18 + 40 / 10); Clopper and Pearson have .0105 and .3369.
like 'recall, from the marks' "$(round audit 2>&1)" \
    '*of what you want, 82 % was sent (57 to 98 %, in four of five cases): of 40 papers put aside, you starred 1 of 10 drawn by chance; of those sent, 18'
round unmark -q "$(head -n 1 "$T/ids")"
round read -q "$(head -n 1 "$T/ids")"
like '  none starred' "$(round audit 2>&1)" '*100 % was sent (69 to 100 %,*'
status=1 err='paperround: no paper was put aside for 2025-10-15: there is nothing to audit'
row 'a day on which nothing was put aside' round audit 2025-10-15
status=2 err="paperround: 'soon' is not a day like 2025-10-17; try 'paperround --help'"
row 'no day' round audit soon

# ------------------------------------- papers that were let pass by chance
doctor() { round doctor 2>&1 | grep promised || echo nothing; }
# explored N RELEVANCE
explored() {
	papers 61 $((60 + $1)) true 0.001 ',"score":{"relevance":'"$2"',"novelty":8}' \
	    'sea ice' | sed 's/"local-1"/&,"explore":0.02,"recall":0.98/' |
	    by_model
}
# A model is named by its checksum, the last bytes of its file.
model=$HOME/.local/state/paperround/screen.model
by_model() { sed 's/"local-1"/"local-303030303030"/'; }
fresh
mkdir -p "$HOME/.config/paperround" "${model%/*}"
by_model <"$day.jsonl" >"$T/by" && mv "$T/by" "$day.jsonl"
# shellcheck disable=SC2016 # it expands it
echo 'SCORE='\''llm-score -m x --screen local --screen-model "$STATE/screen.model"'\' \
    >"$HOME/.config/paperround/paperround.conf"
printf '%032d' 0 >"$model"
explored 3 2 >>"$day.jsonl"
is 'doctor: what was let pass by chance is not selected' "$(doctor)" nothing
fresh_papers=$(cat "$day.jsonl")
explored 1 9 >>"$day.jsonl"
is '  one may be chance' "$(doctor)" nothing
printf '%s\n' "$fresh_papers" >"$day.jsonl"
explored 3 9 | sed 's/2510.000/2510.001/' >>"$day.jsonl"
like '  three of 20 are not' "$(doctor)" \
    "*the screen misses more than it promised: of the papers it let pass by chance, 3 were selected, where 0 were to be expected; train again: run 'paperround train'*"
printf '%032d' 1 | tr 0 2 >"$model"
is '  a new screen has promised nothing yet' "$(doctor)" nothing
echo 'TRAIN=yes' >>"$HOME/.config/paperround/paperround.conf"
like '  unless each day makes one' "$(doctor)" '*3 were selected*'
sed -i '/^TRAIN/d' "$HOME/.config/paperround/paperround.conf"
printf '%032d' 0 >"$model"

# The digest of the next day says so, too.
echo '{"id":"2510.00200","title":"Ice","abstract":"Ice.","announced":"2025-10-17"}' \
    >"$T/papers"
# shellcheck disable=SC2016 # the script expands it
cat >>"$HOME/.config/paperround/paperround.conf" <<END
FETCH='cat "$T/papers"'
FILTER=cat
SCORE='cat # screen.model'
FORMATS=text
END
is 'a day that is made' "$(status_of round --force today)" 0
is '  has it in its report' "$(tail -n 1 "$day.report" | jq .screen_missed)" 3
like '  and its digest says so' "$(tr -s ' \n' ' ' \
    <"$data/digest/2025-10-17.txt")" '*The screen misses more than it promised*'

# -------------------------------------------------------------------- near
fresh
is 'near: what is most like it, without itself' \
    "$(round near --top 3 2510.00001 2>"$T/err" | ids)" \
    '2510.00002 2510.00003 2510.00004 '
is '  a number is a place in the last list' \
    "$(round near --top 1 2 | ids)" '2510.00001 '
is '  ten, if nothing else is said' "$(round near 2510.00001 | ids | wc -w)" 10
is '  of several papers, near to one of them' \
    "$(round near --top 60 2510.00001 2510.00041 | ids | wc -w)" 58
is '  as records' "$(round near -f jsonl --top 1 2510.00041 |
    jq -c '[.title[:14], .near[0].id, .near[0].cos > 0.8]')" \
    '["sparse experts","2510.00041",true]'
is '  of those for which an expression holds' \
    "$(round near -w '.id > "2510.00058"' 2510.00001 | ids | wc -w)" 2
status=1 err='paperround: not in the archive: 2510.09999'
row '  not in the archive' round near 2510.09999
status=1 err='paperround: the archive has nothing else from 2025-10-01 to 2025-10-02'
row '  nor anything near it in those days' round near 2510.00001 \
    --since 2025-10-01 --until 2025-10-02
status=2 err="paperround: near: say which papers; try 'paperround --help'"
row '  near what' round near
done_testing
