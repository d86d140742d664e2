#!/bin/sh
# Each program's --help, its option table and its page name the same options,
# the pages are clean mdoc, and the table of exit statuses is in all of them.
. "$(dirname "$0")/lib.sh"

# Options of the table: "-x" and "--long", one a line.
from_table() {
	"$1" --list-options | awk -F '\t' '
	    $1 != "" { print "-" $1 } $2 != "" { print "--" $2 }' | sort -u
}

# Options that the page has an item for:
#	.It Fl x , Fl -long Ar arg
#	.It Fl x , -long Ar arg
from_page() {
	awk '$1 == ".It" {
		inside = 0
		for (i = 2; i <= NF; i++) {
			if ($i == "Fl")
				inside = 1
			else if ($i ~ /^[A-Z][a-z]$/)
				inside = 0
			else if (inside && $i != ",") {
				sub(/[=[].*/, "", $i)
				gsub(/\\&/, "", $i)
				print "-" $i
			}
		}
	}' "$1" | sort -u
}

# Options at the beginning of the lines of --help, on standard input.
from_help() {
	sed -n 's/^  *\(-[^ ,]*\)\(, \(--[a-z0-9-]*\)\)\{0,1\}.*/\1 \3/p' |
	    tr ' ' '\n' | sed 's/[=[].*//' | grep . | sort -u
}

# Headings of the page and of --help, each before the options under it.
page_headings() {
	awk '/^\.S[hs] / { sub(/^\.S[hs] /, ""); heading = $0 }
	$1 == ".It" {
		for (i = 2; i <= NF; i++)
			if ($i ~ /^-[a-z]/) print heading ": -" $i
	}' "$1" | sort -u
}
help_headings() {
	awk '/^[A-Z].*:$/ { heading = $0 }
	match($0, /^  (-.,|   ) --[a-z-]+/) {
		print heading " " substr($0, 7, RLENGTH - 6)
	}' | sort -u
}

for tool in arxiv-fetch paper-filter llm-score digest-render paperround; do
	page=$SRCDIR/man/$tool.1
	if [ ! -f "$page" ]; then
		fail "$tool has a page"
		continue
	fi
	from_table "$tool" >"$T/table"
	ok "$tool has options" test -s "$T/table"
	"$tool" --help all >"$T/all"
	is "$tool: --help fits a terminal" \
	    "$(LC_ALL=C.UTF-8 awk 'length > 80' "$T/all")" ""
	is "$tool: --help spells defaults alike" \
	    "$(grep -E '\[[0-9]+\]|default [^:]|\([0-9]+\)$' "$T/all")" ""
	is "$tool: --help all has what the table has" \
	    "$(from_help <"$T/all")" "$(cat "$T/table")"
	is "$tool: the page has what the table has" "$(from_page "$page")" \
	    "$(cat "$T/table")"
	for section in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES \
	    'SEE ALSO'; do
		ok "$tool: the page has $section" \
		    grep -qx "\\.Sh $section" "$page"
	done
done

# What a feed can be, in the source and in both pages.
for state in $(sed -n '/const state_names/,/;/p' \
    "$SRCDIR/tools/arxiv-fetch/feed_status.c" | grep -o '"[a-z]*"' | tr -d '"'); do
	ok "a feed that is $state is in arxiv-fetch(1)" \
	    grep -q "^\.It Cm $state\$" "$SRCDIR/man/arxiv-fetch.1"
	ok "  and in paper(5)" grep -q "Qo $state Qc" "$SRCDIR/man/paper.5"
done

for tool in arxiv-fetch paper-filter llm-score digest-render; do
	"$tool" --help >"$T/few"
	"$tool" --help all >"$T/all"
	is "$tool: --help has ten options" \
	    "$(grep -cE '^  (-.,|   ) --' "$T/few")" 10
	is "$tool: they are as in --help all" \
	    "$(grep '^  ' "$T/few" | grep -vxFf "$T/all")" ""
	help_headings <"$T/all" >"$T/headings"
	ok "$tool: each option has a heading" test "$(wc -l <"$T/headings")" \
	    -eq "$("$tool" --list-options | grep -c .)"
	page_headings "$SRCDIR/man/$tool.1" >"$T/page"
	is "$tool: the page's headings are those of --help" \
	    "$(grep -vxFf "$T/page" "$T/headings")" ""
done

for script in paperround llm-batch; do
	is "$script is of the same version as the tools" \
	    "$("$script" --version)" "$(paper-filter --version |
		sed "1s/paper-filter \([^ ]*\).*/$script \1/;q")"
	like "$script --help: how to use it" "$("$script" --help)" \
	    "usage: $script *"
done

# What can be configured is commented in the one and described in the other.
is "paperround.conf and its page have the same variables" \
    "$(sed -n 's/^#\([A-Z_]*\)=.*/\1/p' "$SRCDIR/share/paperround.conf" | sort -u)" \
    "$(sed -n '/^\.Ss Configuration/,/^\.Ss A run/s/^\.It Ev //p' \
	"$SRCDIR/man/paperround.1" | tr -d , | tr ' ' '\n' | grep . | sort -u)"

# The page would break it, and the two parts are no command.
is "an example fits its line" "$(sed -n 's/^\.Dl //p' "$SRCDIR"/man/*.[157] |
    sed 's/\\(../x/g' | awk 'length($0) > 67')" ""

if command -v mandoc >/dev/null; then
	for page in "$SRCDIR"/man/*.[157]; do
		is "${page##*/} is clean mdoc" \
		    "$(mandoc -Tlint -W warning "$page" 2>&1)" ""
		mandoc -Tutf8 -O width=80 "$page" | sed 's/.\x08//g' >"$T/page"
		ok "  fits a terminal" test "$(wc -L <"$T/page")" -le 80
	done
else
	skip "the pages are clean mdoc" "no mandoc"
fi

# A macro that quotes the rest of its line would quote the next one, too.
is "no quotation is inside another" "$(awk '/^\./ {
	n = 0
	for (i = 1; i <= NF; i++)
		n += $i ~ /^\.?[QDS]q$/
	if (n > 1)
		print FILENAME ":" FNR ": " $0
}' "$SRCDIR"/man/*.[157])" ""

# A page that is referred to exists, if it is one of ours.
sed -n 's/^\.Xr \([a-z-]*\) \([157]\).*/\1.\2/p' "$SRCDIR"/man/*.[157] |
    sort -u >"$T/names"
while read -r name; do
	case $name in
	arxiv-*|paper*|llm-*|digest-*)
		ok "$name, referred to, exists" test -f "$SRCDIR/man/$name" ;;
	esac
done <"$T/names"
done_testing
