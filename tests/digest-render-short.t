#!/bin/sh
# digest-render -f short: a line a paper keeps its columns, whatever is in it.
. "$(dirname "$0")/lib.sh"

paper() {
	printf '{"id":"%s","title":"%s","authors":%s,"score":{"relevance":%s,"novelty":%s,"comment":"%s","topics":["%s"]}}\n' "$@"
}
short() {
	COLUMNS=$1 digest-render -f short --keep-order --min-relevance 1 \
	    --min-novelty 1 "$T/papers" ${2+"$2"}
}

# Latin, wide, combining, right to left, emoji with and without a selector.
{
	paper 2513.00001 'A title that is long enough to be cut somewhere' \
	    '["Mike Lasby","B","C"]' 10 9 'Prunes experts.' moe
	paper 2513.00002 '漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字' \
	    '["李 明"]' 9 8.5 '漢字の意見' 漢字
	paper 2513.00003 'é́é́é́é́é́ combining é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́' \
	    '["Zoë Noël Jr."]' 8 7 '' ''
	paper 2513.00004 'שלום עולם של למידה עמוקה ועוד הרבה מילים בכותרת' \
	    '["דוד לוי","x"]' 8 null '' moe
	paper 2513.00005 '🚀🚀🚀 rockets ❤️ and more 🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀' '[]' 7 7 '' ''
	paper hep-ex/0101001 '' '["ATLAS Collaboration"]' 7 1 '' ''
} >"$T/papers"

out=' 1 10·9  A title that… 	2513.00001
 2 9·8.5 漢字漢字漢字… 	2513.00002
 3 8·7   é́é́é́é́é́ combini…	2513.00003
 4 8·–   שלום עולם של… 	2513.00004
 5 7·7   🚀🚀🚀 rocket…	2513.00005
 6 7·1   hep-ex/0101001	hep-ex/0101001'
row "40 columns" short 40
out=' 1 10·9  A title that is long enough to be…  Lasby +2      moe 	2513.00001
 2 9·8.5 漢字漢字漢字漢字漢字漢字漢字漢字…   明            漢字	2513.00002
 3 8·7   é́é́é́é́é́ combining é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́é́…  Noël              	2513.00003
 4 8·–   שלום עולם של למידה עמוקה ועוד הרב…  לוי +1        moe 	2513.00004
 5 7·7   🚀🚀🚀 rockets ❤ and more 🚀🚀🚀…                     	2513.00005
 6 7·1   hep-ex/0101001                      ATLAS Colla…      	hep-ex/0101001'
row "80 columns" short 80
is "120 columns have the comment" "$(short 120 | sed -n 1p)" \
    ' 1 10·9  A title that is long enough to be…  Lasby +2            moe   Prunes experts.                 	2513.00001'

mkdir "$T/widths"
set --
width=40
while [ $width -le 220 ]; do
	short $width >"$T/widths/$width"
	set -- "$@" short:$width "$T/widths/$width"
	width=$((width + 1))
done
is "no line is too long from 40 to 220 columns" \
    "$("$PYTHON" "$SRCDIR/tests/formats/check.py" 6 "$@" 2>&1 |
	grep -v ': fine$')" ''

is "cut has the ids" "$(short 80 | cut -f2 | head -n 2 | tr '\n' ' ')" \
    '2513.00001 2513.00002 '
is "a tab in a title or an id is none of ours" \
    "$(printf '%s\n' '{"id":"a\tb","title":"c\td"}' | digest-render -f short |
	tr -dc '\t' | wc -c)" 1
in='{"id":"a","title":"T","authors":["X Y"],"score":{"relevance":8,"novelty":null}}'
out=' 1 8 T                                                                Y	a'
row "without any novelty there is none to read" digest-render -f short

is "a window that is too narrow is as narrow as can be" \
    "$(short 7 --color | head -n 2 | tail -n 1)" "$(short 20 --color | head -n 2 |
	tail -n 1)"
is "  and what is no width is none" "$(short none)" "$(short 80)"

# Days, where there are several.
{
	echo '{"id":"a","announced":"2025-10-16"}'
	echo '{"id":"b","announced":"2025-10-17"}'
	echo '{"id":"c"}'
} >"$T/days"
out=' 1 10-16 – a                                                           	a
 2 10-17 – b                                                           	b
 3       – c                                                           	c'
row "papers of several days have it" digest-render -f short "$T/days"
echo '{"id":"d","announced":"2024-10-17"}' >>"$T/days"
is "  and the year where those differ" \
    "$(digest-render -f short "$T/days" | cut -c4-13 | sort | tail -n 1)" \
    2025-10-17

# What went wrong is not among the papers.
echo '{"tool":"arxiv-fetch","feeds":[{"category":"cs.LG","status":"failed"}],"exit":75}' >"$T/report"
: >"$T/none"
digest-render -f short --report "$T/report" "$T/none" >"$T/out" 2>"$T/err"
is "an outage is no line" "$(cat "$T/out")" ''
like "  but a message" "$(cat "$T/err")" '*Outage: *Nothing could be fetched*'
is "  unless quiet" "$(digest-render -q -f short --report "$T/report" \
    "$T/none" 2>&1)" ''
out='Thu 17 Oct 2024 · 4 papers
 1 2025-10-16 – a
… 3 more
'
sgr() { "$@" | sed "s/$(printf '\033')\\[[0-9;]*m//g"; }
COLUMNS=80 sgr digest-render -f short --color --top 1 --date 2024-10-17 \
    "$T/days" | sed "s/$(printf '\033')]8;;[^$(printf '\033')]*$(printf '\033')\\\\//g" >"$T/out"
is "a head and what is not shown, as for a terminal" "$(cat "$T/out")" "${out%?}"
out=''
like "groups have their labels there" "$(COLUMNS=80 digest-render -f short \
    --color --view week --min-relevance 1 --min-novelty 1 "$T/papers")" \
    '*moe (2)*'
done_testing
