#!/bin/sh
# The web site: its pages, their links, and what one more day rebuilds.
. "$(dirname "$0")/lib.sh"

data=$T/data
export PAPERROUND_DATA="$data" PAPERROUND_STATE="$T/state"
# As if it were not installed.
export KATEX="$T/katex"

# day DATE: an archived day with one paper.
day() {
	folder=$data/archive/$(echo "$1" | cut -c1-4)/$(echo "$1" | cut -c6-7)
	mkdir -p "$folder"
	printf '{"id":"2513.%s","title":"Paper of %s","announced":"%s","score":{"relevance":9,"novelty":8,"comment":"x","backend":"openai","model":"m"}}\n' \
	    "$(echo "$1" | tr -d - | cut -c4-8)" "$1" "$1" >"$folder/$1.jsonl"
	{
		printf '{"tool":"arxiv-fetch","feeds":[{"category":"cs.LG","status":"ok","entries":1,"kept":1,"announced":"%s"}],"arxiv_total":1,"in":1,"out":1,"exit":0}\n' "$1"
		echo '{"tool":"llm-score","backend":"openai","model":"m","in":1,"out":1,"scored":1,"exit":0,"health":"ok"}'
		printf '{"tool":"paperround","version":"0.1.0","date":"%s","result":"done","papers":1,"scored":1,"exit":0}\n' "$1"
	} >"$folder/$1.report"
	# Older than any page, whatever the file system's clock can tell.
	touch -d '2020-01-01' "$folder/$1.jsonl" "$folder/$1.report"
}
# changed: what a build made, without the folder of intermediate files.
changed() {
	touch "$T/mark"
	sleep 0.02
	paperround -q site || echo "failed"
	(cd "$data/site" && find . -newer "$T/mark" -type f ! -path './.*' | sort |
	    sed 's,^./,,' | tr '\n' ' ')
}

day 2025-09-29
day 2025-09-30
day 2025-10-01
is "from scratch" "$(changed)" \
    "2025/09/2025-09-29.html 2025/09/2025-09-30.html 2025/09/index.html 2025/10/2025-10-01.html 2025/10/index.html atom.xml feed.json index.html "
is "again: nothing" "$(changed)" ""
day 2025-10-02
is "one more day: it, the one before, the month, the index, the feeds" \
    "$(changed)" \
    "2025/10/2025-10-01.html 2025/10/2025-10-02.html 2025/10/index.html atom.xml feed.json index.html "
is "nothing more" "$(changed)" ""
touch "$data/archive/2025/09/2025-09-29.jsonl"
is "a day made anew" "$(changed)" \
    "2025/09/2025-09-29.html 2025/09/index.html atom.xml feed.json index.html "

rm "$data/site/2025/09/2025-09-30.html"
is "a page that was removed" "$(changed | tr ' ' '\n' | grep 09-30)" \
    "2025/09/2025-09-30.html"
# A day that came to nothing has no page, but is known of.
folder=$data/archive/2025/10
cat >"$folder/2025-10-03.report" <<'REPORT'
{"tool":"arxiv-fetch","feeds":[{"category":"cs.LG","status":"empty","entries":0,"kept":0}],"arxiv_total":0,"in":0,"out":0,"exit":0}
{"tool":"paperround","version":"0.1.0","date":"2025-10-03","result":"empty","papers":0,"scored":0,"exit":0}
REPORT
is "a day without papers: the month and the index" "$(changed)" \
    "2025/10/index.html index.html "
day 2025-10-06
rm "$folder/2025-10-06.report"
like "a day without a report" "$(changed)" "*2025/10/2025-10-06.html*"
# Files that are no day's: their characters would mean something to make and to
# the shell.
mkdir "$T/odd"
for odd in '`id`-aa-bb' '$(ls-00-00' '2025-10-1&' '2025-10-0 x' '2025-10-$$' \
    "2025-10-'x" '2025-10-2;' '2025-10-07 x'; do
	echo '{"id":"1"}' >"$T/odd/$odd.jsonl"
	echo '{"id":"1"}' >"$T/odd/$odd.report"
done
cp "$T/odd/"* "$folder"
is "names that are no day's" "$(paperround -q site 2>&1; changed)" ""
(cd "$T/odd" && ls) | (cd "$folder" && tr '\n' '\0' | xargs -0 rm)

# Every link between pages leads to a page.
cd "$data/site" || exit 1
dead=$(find . -name '*.html' | while read -r page; do
	grep -o 'href="[^"#:]*\.\(html\|xml\|json\)"' "$page" | cut -d'"' -f2 |
	    while read -r link; do
		[ -f "$(dirname "$page")/$link" ] || echo "$page: $link"
	done
done)
is "no dead link" "$dead" ""
ok "a day links to the one before" \
    grep -q 'href="[^"]*2025-09-30.html"' 2025/10/2025-10-01.html
ok "  to the one after" \
    grep -q 'href="[^"]*2025-10-02.html"' 2025/10/2025-10-01.html
ok "  to its month" grep -q 'href="[^"]*10/index.html"' 2025/10/2025-10-01.html
ok "the index links to the months" \
    grep -q 'href="2025/09/index.html"' index.html
ok "a month links to its days" \
    grep -q 'href="[^"]*2025-10-02.html"' 2025/10/index.html
ok "the feed is XML" xmllint --noout atom.xml
ok "the other feed is JSON" jq -e .items feed.json
like "every page tells of the feeds" "$(grep -L 'type="application/atom+xml"' \
    index.html 2025/*/*.html; grep '^<link rel="alternate"' 2025/10/index.html)" \
    '<link rel="alternate" type="application/atom+xml" title="New papers" href="../../atom.xml">
<link rel="alternate" type="application/feed+json" * href="../../feed.json">'

# Topics have feeds of their own, whatever they are called; two that make the
# same name share one.
is "no topics, no feeds of them" "$(ls feeds)" ""
folder=$data/archive/2025/10
topics() {
	sed "s/\"score\":{/&\"topics\":$2,/" "$folder/2025-10-0$1.jsonl" \
	    >"$T/topics"
	mv "$T/topics" "$folder/2025-10-0$1.jsonl"
}
topics 1 '["Bees \& <co>=1","öl","..\/..\/x"]'
topics 2 '["bees, co 1!"]'
topics 6 '["bees, co 1!","???"]'
like "papers with topics" "$(changed)" \
    "*index.html atom.xml feed.json feeds/bees-co-1.xml feeds/x.xml feeds/öl.xml index.html "
entries() { sed -n 's/^<title>Paper of \(.*\)<.title>/\1/p' "$1" | tr '\n' ' '; }
is "  one of three papers, the last first" "$(entries feeds/bees-co-1.xml)" \
    "2025-10-06 2025-10-02 2025-10-01 "
is "  one of one" "$(entries feeds/öl.xml)" "2025-10-01 "
is "  the index has them" "$(sed -n 's/^<link rel="alternate".* title="\(.*\)" href="\(feeds.*\)">/\1 \2/p' \
    index.html)" \
    "Bees &amp; &lt;co&gt; 1 feeds/bees-co-1.xml
../../x feeds/x.xml
öl feeds/%C3%B6l.xml"
ok "  and they are XML" xmllint --noout feeds/*.xml
is "one more time" "$(changed)" ""

# Feeds that know where they are.
conf=$HOME/.config/paperround/paperround.conf
mkdir -p "${conf%/*}"
echo SITE_URL=https://ann.example/p/ >"$conf"
is "the address of the site: only feeds have it" "$(changed)" \
    "atom.xml feed.json feeds/bees-co-1.xml feeds/x.xml feeds/öl.xml index.html "
self() { sed -n 's/^<link rel="\(self\|alternate\)".* href="\(.*\)".>/\1 \2/p' "$1" | head -2; }
is "  of the feed" "$(self atom.xml)" \
    "alternate https://ann.example/p/index.html
self https://ann.example/p/atom.xml"
is "  of one of a topic" "$(self feeds/öl.xml | tail -1)" \
    "self https://ann.example/p/feeds/%C3%B6l.xml"
is "  of the other kind" "$(jq -r .feed_url,.home_page_url feed.json | tr '\n' ' ')" \
    "https://ann.example/p/feed.json https://ann.example/p/index.html "
rm "$conf"
is "a feed has so many papers" "$(FEED_PAPERS=2 PAPERROUND_STATE="$T/state" \
    make -s -C "$data" -f "$SRCDIR/share/site.mk" ARCHIVE=archive SITE=site
    entries atom.xml)" "2025-10-06 2025-10-02 "

is "without KaTeX no page asks for it" "$(grep -rl 'katex/' --include='*.html' .)" ""

# With KaTeX: one copy, and a link beside the pages.
mkdir -p "$KATEX/fonts"
for file in katex.min.js katex.min.css fonts/Some-Regular.woff2; do
	echo "/* $file */" >"$KATEX/$file"
done
touch "$data"/archive/2025/1*/*.jsonl
ok "with KaTeX" paperround -q site
ok "  a day asks for what is beside it" \
    grep -q 'src="katex/katex.min.js"' 2025/10/2025-10-02.html
ok "  which is there" cmp 2025/10/katex/katex.min.js "$KATEX/katex.min.js"
ok "  with its fonts" test -s 2025/09/katex/fonts/Some-Regular.woff2

# The renderer may be given with variables and quotes, as everywhere.
echo "RENDER='digest-render --title \"Of \$DATA\"'" \
    >"$conf"
touch "$data/archive/2025/10/2025-10-01.jsonl"
is "a renderer with a variable" "$(status_of paperround -q site)" 0
ok "  which the shell sees" grep -q "<title>Of $data" 2025/10/2025-10-01.html
# A program that knows of one form only, and of no records.
echo "RENDER='echo \"It'\"'\"'s \$DAY\"; : \$FORMAT; jq -r .title'" \
    >"$conf"
touch "$data/archive/2025/10/2025-10-01.jsonl"
is "a renderer of another kind, with quotes" "$(status_of paperround -q site)" 0
is "  makes the day's page" "$(tr '\n' ' ' <2025/10/2025-10-01.html)" \
    "It's 2025-10-01 Paper of 2025-10-01 "
like "  and the month's" "$(tr '\n' ' ' <2025/10/index.html)" \
    "It's 2025-10 Paper of 2025-10-01 Paper of 2025-10-02*"
# Or fails if it is asked for some.
echo "RENDER='[ \$FORMAT != jsonl ] || exit 3; digest-render -f \$FORMAT -o -'" \
    >"$conf"
touch "$data/archive/2025/10/2025-10-01.jsonl"
is "a renderer that fails for records" "$(status_of paperround -q site)" 0
ok "  the index has all" cmp .best/2025/10/2025-10-01.jsonl \
    "$data/archive/2025/10/2025-10-01.jsonl"
# One that has some, but not this time.
cat >"$conf" <<'X'
RENDER='if [ "$FORMAT" = jsonl ] && ! [ -e "$T/tried" ]; then
	: >"$T/tried"
	exit 1
fi
digest-render -f "$FORMAT" --min-relevance 9 -o -'
X
export T
sed -i 's/"relevance":9/"relevance":8/' "$data/archive/2025/10/2025-10-02.jsonl"
is "a renderer without room for its records" "$(status_of paperround -q site)" 1
is "  has it the next time" "$(status_of paperround -q site)" 0
is "  and they are its own" "$(jq -r .id .best/2025/10/2025-10-02.jsonl)" ""
sed -i 's/"relevance":8/"relevance":9/' "$data/archive/2025/10/2025-10-02.jsonl"
rm "$conf"
# A failing stage leaves the old page.
cp index.html "$T/index"
touch "$data/archive/2025/10/2025-10-01.jsonl"
echo 'RENDER=false' >"$conf"
is "a renderer that fails" "$(status_of paperround -q site)" 1
ok "  the old page stays" cmp index.html "$T/index"

# Where paperround is may have any name that a folder can have.
for place in 'my tools' "it's a \$place"; do
	mkdir "$T/$place"
	cp -R "$SRCDIR/scripts" "$SRCDIR/share" "$T/$place"
	touch "$data"/archive/2025/1*/*.jsonl
	rm -f "$conf" index.html
	is "from the folder $place" "$(unset PAPERROUND_DATADIR
	    status_of "$T/$place/scripts/paperround" -q site)" 0
	ok "  there are pages" test -s index.html
done

# A folder's name may hold a line break, and an archive no report.
broken="$T/line
break"
mkdir -p "$broken"
cp -R "$data" "$broken/data"
rm -rf "$broken/data/site" "$broken/data/archive/"*/*/*.report \
    "$HOME/.config/paperround/paperround.conf"
export PAPERROUND_DATA="$broken/data"
is "a folder with a line break" "$(paperround site 2>&1)" \
    "paperround: the site is in $broken/data/site"
is "  and its pages" "$(cd "$broken/data/site" && find . -name '2025*.html' | wc -l)" 5
like "  search" "$(paperround -f ids search paper 2>&1)" "*2513.51001*"
like "  near" "$(paperround -f ids near 2513.51001 2>&1)" "*2513.51002*"
like "  star" "$(paperround star 2513.51001 2>&1)" "*starred 2513.51001"
is "  leaves nothing" "$(find /tmp -maxdepth 2 -name DATA -path '*paperround.*' \
    -lname "$T/*" 2>/dev/null)" ""
done_testing
