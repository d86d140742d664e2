#!/bin/sh
# SPDX-License-Identifier: ISC
# paperround needs no more than the utilities of POSIX, jq, make and our own
# tools: each stands behind a shim that refuses what POSIX does not have.
# POSIX_SHELLS names the shells to try ("dash bash mksh yash busybox").
# shellcheck disable=SC2016 # what stands in the configuration is for its shell
. "$(dirname "$0")/lib.sh"

SHIM_UTILITIES=$SRCDIR/tests/posix/utilities SHIM_REFUSED=$T/refused
export SHIM_UTILITIES SHIM_REFUSED
mkdir "$T/shims" "$T/sh"
grep -v '^#' "$SHIM_UTILITIES" | while read -r name _; do
	ln -s "$SRCDIR/tests/posix/shim" "$T/shims/$name"
done
for name in jq make; do
	ln -s "$(command -v $name)" "$T/shims/$name"
done
for name in arxiv-fetch paper-filter llm-score digest-render \
	paperround-helper; do
	ln -s "$BUILD/$name" "$T/shims/$name"
done
cp "$SRCDIR"/share/sample/*.xml "$T"

# The shim refuses what it should, and lets the rest be.
shimmed() { PATH="$T/shims" "$@"; }
: >"$SHIM_REFUSED"
like 'what POSIX does not have is refused' "$({
	shimmed date -d yesterday
	shimmed date +%s
	shimmed readlink -f /
	shimmed mktemp
	shimmed sed -i s/a/b/ x
	shimmed grep -P a x
	shimmed grep a x -h
	shimmed find . -maxdepth 1
	shimmed xargs -0 echo
	shimmed sort -V x
} 2>&1 </dev/null | tr '\n' ' ')" \
	'date: * date: * readlink: * mktemp: * sed: * grep: * grep: * find: * xargs: * sort: *'
is '  and what it has is not' "$(printf 'b\na\n' | shimmed sort -r |
	shimmed sed -n 's/^a/x/p' | PATH="$T/shims" awk '{ print $1 }')" x

# The shells by which it is run: how each is told to be one of POSIX.
started() {
	case $1 in
	bash)	echo "bash --posix" ;;
	yash)	echo "yash --posix" ;;
	busybox) echo "busybox ash" ;;
	*)	echo "$1" ;;
	esac
}

round() {
	# shellcheck disable=SC2046 # words
	PATH="$T/shims" "$T/shell" "$SRCDIR/scripts/paperround" --now "$now" "$@"
}
# step NAME STATUS COMMAND ..
step() {
	name=$1 wanted=$2
	shift 2
	: >"$SHIM_REFUSED"
	is "$shell: $name" "$(status_of round "$@" </dev/null) $(cat "$SHIM_REFUSED")" \
	    "$wanted "
	[ "$tap_failed" = 0 ] || tap_note "$(head -n 20 "$T/err")"
}

# month: what one does in it.
month() {
	HOME="$T/a home of $shell's"
	rm -rf "$HOME"
	mkdir "$HOME"
	now=2025-10-16T12:00:00Z
	step init 0 -q init
	cat >"$HOME/.config/paperround/paperround.conf" <<-'END'
	FETCH='arxiv-fetch --parse --merge "$T/cs.LG.xml" "$T/cs.AI.xml"'
	FILTER=cat DELIVER=directory DIRECTORY=$HOME/copies SITE=yes
	END
	step today 0 today
	step 'today again' 0 today
	now=2025-10-17T12:00:00Z
	step 'a past day' 0 day 2025-10-16
	step since 0 since 2d
	step show 0 show thursday
	step star 0 star 1 2
	step note 0 note 1 'to read'
	step unread 0 unread
	step search 0 search -f ids sparse
	step 'search --where' 0 search --where '.score.relevance > 8'
	step near 0 near 1
	step week 0 week
	step month 0 month 2025-10
	step site 0 site
	step export 0 export --starred -f bibtex
	step audit 1 audit
	step profiles 0 profiles
	step train 1 train
	step doctor 1 doctor
	ok "$shell: the copy is there" test -s "$HOME/copies/2025-10-16.html"
	ok "$shell: the site is there" \
		test -s "$HOME/.local/share/paperround/site/index.html"
}
PAPERROUND_PROBE=http://127.0.0.1:9
export T PAPERROUND_PROBE
for shell in ${POSIX_SHELLS-dash}; do
	if ! command -v "$shell" >/dev/null; then
		skip "$shell" "it is not installed"
		continue
	fi
	printf '#!/bin/sh\nexec %s %s "$@"\n' \
	    "$(command -v "$shell")" "$(started "$shell" | cut -s -d ' ' -f 2)" \
	    >"$T/shell"
	chmod +x "$T/shell"
	ln -sf "$T/shell" "$T/shims/sh"
	month
done
done_testing
