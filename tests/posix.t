#!/bin/sh
# SPDX-License-Identifier: ISC
# paperround needs no more than the utilities of POSIX, jq, make and our own
# tools: each stands behind a shim that refuses what POSIX does not have.
#
# POSIX_RUNS names the shells to try, each with an awk ("dash/mawk bash/gawk"), and
# has them do all there is; without it the one that is installed gets its month.
# shellcheck disable=SC2016 # what stands in the configuration is for its shell
. "$(dirname "$0")/lib.sh"

SHIM_UTILITIES=$SRCDIR/tests/posix/utilities SHIM_REFUSED=$T/refused
export SHIM_UTILITIES SHIM_REFUSED
mkdir "$T/shims"
grep -v '^#' "$SHIM_UTILITIES" | while read -r name _; do
	ln -s "$SRCDIR/tests/posix/shim" "$T/shims/$name"
done
for name in jq curl; do
	ln -s "$(command -v $name)" "$T/shims/$name"
done
cat >"$T/shims/make" <<END
#!/bin/sh
exec $(command -v make) SHELL="$T/shell" "\$@"
END
chmod +x "$T/shims/make"
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
	shimmed cp -L x y
	shimmed tr -s '[:space:]' ' '
	echo 'BEGIN { print systime() }' >"$T/now.awk"
	PATH="$T/shims" awk -f "$T/now.awk"
} 2>&1 </dev/null | tr '\n' ' ')" \
	'date: * date: * readlink: * mktemp: * sed: * grep: * grep: * find: * xargs: * sort: * cp: * tr: * awk: *'
is '  and what it has is not' "$(printf 'b\na\n' | shimmed sort -r |
	shimmed sed -n 's/^a/x/p' | PATH="$T/shims" awk '{ print $1 }' |
	shimmed tr '[:alpha:]' '[y*]' | shimmed tr -d '\n ')" y

# The shells by which it is run: how each is told to be one of POSIX.
started() {
	case $1 in
	bash)	echo "bash --posix" ;;
	yash)	echo "yash --posix" ;;
	busybox) echo "busybox ash" ;;
	*)	echo "$1" ;;
	esac
}
# The same of an awk.
real_awk() {
	case $1 in
	gawk)	echo "$(command -v gawk) --posix" ;;
	busybox) echo "$(command -v busybox) awk" ;;
	*)	command -v "$1" ;;
	esac
}

# ours NAME ARGUMENT ..: one of ours.
ours() {
	program=$SRCDIR/scripts/$1
	shift
	PATH="$T/shims" "$T/shell" "$program" "$@"
}
round() { ours paperround --now "$now" "$@"; }
# step NAME STATUS COMMAND ..: nothing that it calls is refused.
step() {
	name=$1 wanted=$2
	shift 2
	: >"$SHIM_REFUSED"
	before=$tap_failed
	is "$run: $name" "$(status_of "$@" <"$given") $(cat "$SHIM_REFUSED")" \
	    "$wanted "
	[ "$tap_failed" = "$before" ] || tap_note "$(head -n 20 "$T/err")"
	given=/dev/null
}
given=/dev/null
PAPERROUND_PROBE=http://127.0.0.1:9
export T PAPERROUND_PROBE

# month: what one does in it.
month() {
	rm -rf "$HOME"
	mkdir "$HOME"
	now=2025-10-16T12:00:00Z
	step init 0 round -q init
	cat >"$conf" <<-'END'
	FETCH='arxiv-fetch --parse --merge "$T/cs.LG.xml" "$T/cs.AI.xml"'
	FILTER=cat DELIVER=directory DIRECTORY=$HOME/copies SITE=yes
	END
	step today 0 round today
	step 'today again' 0 round today
	now=2025-10-17T12:00:00Z
	step 'a past day' 0 round day 2025-10-16
	step since 0 round since 2d
	step show 0 round show thursday
	step star 0 round star 1 2
	step note 0 round note 1 'to read'
	step unread 0 round unread
	step search 0 round search -f ids sparse
	step 'search --where' 0 round search --where '.score.relevance > 8'
	step near 0 round near 1
	step week 0 round week
	step month 0 round month 2025-10
	step site 0 round site
	step export 0 round export --starred -f bibtex
	step audit 1 round audit
	step profiles 0 round profiles
	step train 1 round train
	step doctor 1 round doctor
	cp "$conf" "$T/conf"
	echo "FILTER='cat ('" >>"$conf"
	step 'a mistake in a stage' 2 round day thursday
	echo "FILTER=nonsense" >>"$conf"
	step 'no such stage' 2 round day thursday
	mv "$T/conf" "$conf"
	ok "$run: the copy is there" test -s "$HOME/copies/2025-10-16.html"
	ok "$run: the site is there" \
		test -s "$HOME/.local/share/paperround/site/index.html"
	step 'options for completion' 0 round --list-options
	like "$run: each a line, in columns" "$(cat "$T/out")" \
		"p	profile	NAME	another *	pdf		open: the PDF*"
}

# More of it, for which servers are needed; once.
servers() {
	. "$SRCDIR/tests/llm-score-lib.sh"
	cleanup='server_stop; kill $others 2>/dev/null'
	mkdir "$T/smtp" "$T/www"
	: >"$T/www/faults"
	echo 2025-10-17 >"$T/www/now"
	"$PYTHON" "$SRCDIR/tests/server/month_server.py" "$T/www" &
	others=$!
	"$PYTHON" "$SRCDIR/tests/server/smtp_server.py" "$T/smtp" \
		2>"$T/smtp/log" &
	others="$others $!"
	echo '[{"key":"K","data":{"key":"K","title":"Bees"}}]' >"$T/zotero.json"
	"$PYTHON" "$SRCDIR/tests/server/contrib_server.py" "$T/zotero.json" \
		"$T/contrib.port" &
	others="$others $!"
	await "$T/www/port"
	await "$T/smtp/port"
	await "$T/contrib.port"
	ZOTERO_URL=http://127.0.0.1:$(cat "$T/contrib.port")
	BIORXIV_URL=$ZOTERO_URL ZOTERO_KEY=secret LLM_API_KEY=sk-test
	export ZOTERO_URL BIORXIV_URL ZOTERO_KEY LLM_API_KEY
}

deliveries() {
	rm -f "$T/smtp"/mail.* "$T/www/slack"
	cat >>"$conf" <<-END
	DELIVER='mail slack command directory'
	SMTP_URL=smtp://127.0.0.1:$(cat "$T/smtp/port")
	MAIL_FROM='Paper Round <paperround@example.org>'
	MAIL_TO='one@example.org gone@example.org'
	SLACK_WEBHOOK=http://127.0.0.1:$(cat "$T/www/port")/slack
	DELIVER_COMMAND='cat >"\$HOME/\$LABEL"'
	END
	step 'deliver, by all ways' 0 round deliver --again 2025-10-16
	is "$run: one mail came" "$(cat "$T/smtp"/mail.* | grep -c '^To one@')" 1
	like "$run: the other was refused" "$(cat "$T/err")" \
		'*mail: gone@example.org is refused: 550*'
	ok "$run: Slack was told" test -s "$T/www/slack"
	ok "$run: the command was" test -s "$HOME/2025-10-16"
	echo slack >"$T/www/faults"
	step 'deliver, refused' 1 round --deliver month
	: >"$T/www/faults"
	step 'deliver: a test' 0 round deliver --test command
	step 'deliver: dropped' 0 round deliver --drop 2025-10.slack
	step 'deliver: nothing is left' 0 round deliver
}

reading() {
	step read 0 round read 3
	step 'read: by id' 0 round read 2513.00004v2
	step unmark 0 round unmark 1
	export BROWSER=true
	step open 0 round open 1
	given=$T/refs.bib
	step 'topics, of a library' 0 round topics -
	step 'topics, of papers' 0 round topics 1 2 3 4
	step help 0 round help audit
	terminals "$run: triage" || return
	step triage 0 env TERM=xterm NO_COLOR=1 PATH="$T/shims" "$PYTHON" \
		"$SRCDIR/tests/server/keys.py" quit: 's a u d l o q' "$T/shell" \
		"$SRCDIR/scripts/paperround" --now "$now" triage
	like "$run: triage: what came of it" "$(cat "$T/out")" \
		'*0 starred, 1 dropped, * left*modes kept*'
}

library() {
	cp "$T/refs.bib" "$HOME/my refs.bib"
	echo "LIBRARY=\$HOME/'my refs.bib' ENRICH=cat" >>"$conf"
	now=2025-10-16T12:00:00Z
	step 'today, with a library' 0 round --no-deliver today
	ok "$run: what is near to it is told" grep -q '"near":' \
		"$HOME/.local/share/paperround/archive/2025/10/2025-10-16.jsonl"
}

contributed() {
	given=$T/papers.jsonl
	step filter-jq 0 ours contrib/filter-jq '.title | test("a")'
	printf 'experts\n' >"$T/words"
	given=$T/papers.jsonl
	step score-words 0 ours contrib/score-words "$T/words"
	given=$T/papers.jsonl
	step render-pandoc 0 ours contrib/render-pandoc -f rst -o "$T/made"
	step fetch-biorxiv 0 ours contrib/fetch-biorxiv 2025-10-16 zoology
	for kind in refs.bib refs.ris refs.json ids; do
		step "library $kind" 0 ours contrib/library "$T/$kind"
		ok "$run: library $kind: is read" test -s "$T/out"
	done
	step 'library of Zotero' 0 ours contrib/library zotero:1
	rm -rf "$T/lab"
	mkdir -p "$T/lab/readers/ada" "$T/lab/readers/ben"
	echo '1. Sparse experts' >"$T/lab/readers/ada/topics.md"
	cp "$T/refs.bib" "$T/lab/readers/ben"
	step lab.mk 0 env PATH="$T/shims" make -s -C "$T/lab" \
		-f "$SRCDIR/scripts/contrib/lab.mk" DAY=2025-10-16 \
		FETCH="arxiv-fetch --parse --merge $T/cs.LG.xml $T/cs.AI.xml" \
		ENRICH="paper-filter" SCORE='llm-score --backend local' \
		LIBRARY="$SRCDIR/scripts/contrib/library"
	ok "$run: lab.mk: a page for each" test -s \
		"$T/lab/site/ben/2025-10-16.html" -a -s "$T/lab/site/index.html"
}

batch() {
	server '[]'
	papers 3 >"$T/papers"
	llm-score -T "$T/topics.md" -m gpt-5 --no-cache --emit-batch openai \
		"$T/papers" >"$T/requests"
	export LLM_BATCH_URL="$url"
	step 'llm-batch submit' 0 ours llm-batch submit openai "$T/requests"
	step 'llm-batch poll' 75 ours llm-batch poll openai b-1
	step 'llm-batch fetch' 0 ours llm-batch fetch openai b-1
	server '[{"status":500,"body":"no \n such  luck"}]'
	LLM_BATCH_URL=$url
	step 'llm-batch: an error' 75 ours llm-batch poll openai models
	is "$run: llm-batch: in one line" "$(cat "$T/err")" \
		'llm-batch: 500: no such luck'
}

# What make builds is there already.
quickly() {
	rm -rf "$T/clone"
	mkdir "$T/clone"
	cp -R "$SRCDIR/scripts" "$SRCDIR/share" "$T/clone"
	printf '%s\n' all: '	mkdir -p $(BUILD)' \
	    '	for t in $(TOOLS); do ln -sf $(FROM)/$$t $(BUILD); done' \
	    >"$T/clone/Makefile"
	export TOOLS="arxiv-fetch paper-filter llm-score digest-render \
paperround-helper" FROM="$BUILD"
	step quickstart 0 env -u PAPERROUND_DATADIR PATH="$T/shims" \
		"$T/shell" "$T/clone/scripts/quickstart" -n -s
	step 'quickstart, without arXiv' 0 env -u PAPERROUND_DATADIR \
		https_proxy=http://127.0.0.1:9 PATH="$T/shims" \
		"$T/shell" "$T/clone/scripts/quickstart" -n
	unset TOOLS FROM
}

if [ -n "${POSIX_RUNS-}" ]; then
	servers
	cat >"$T/refs.bib" <<'END'
@misc{one, title={Sparse mixtures of {Experts}}, author={Ada, E. and B, S.},
  eprint={2401.04088}, year=2024}
@article{two, title="Routing tokens to " # "experts", year=2023}
@article{three, title={Pruning language models}, year=2022}
END
	printf 'TY  - JOUR\r\nTI  - Bees\r\nAU  - Ada, E.\r\nER  - \r\n' \
		>"$T/refs.ris"
	echo '[{"id":"x","title":"Bees","issued":{"date-parts":[[2024]]}}]' \
		>"$T/refs.json"
	echo 'https://arxiv.org/abs/2401.04088v1 # one' >"$T/ids"
	arxiv-fetch -q --parse -o "$T/papers.jsonl" "$T/cs.LG.xml"
	# It is asked for by its options -t, -o and a file.
	cat >"$T/shims/pandoc" <<'END'
#!/bin/sh
cp "$7" "$6"
END
	chmod +x "$T/shims/pandoc"
fi
for run in ${POSIX_RUNS-dash}; do
	shell=${run%/*} awk=${run#*/}
	if ! command -v "$shell" >/dev/null || ! command -v "$awk" >/dev/null
	then
		skip "$run" "it is not installed"
		continue
	fi
	printf '#!/bin/sh\nexec %s %s "$@"\n' \
	    "$(command -v "$shell")" "$(started "$shell" | cut -s -d ' ' -f 2)" \
	    >"$T/shell"
	chmod +x "$T/shell"
	ln -sf "$T/shell" "$T/shims/sh"
	case $run in
	*/*)	REAL_AWK=$(real_awk "$awk")
		export REAL_AWK ;;
	esac
	HOME="$T/a \\new home of $shell's" conf=$HOME/.config/paperround/paperround.conf
	month
	[ -n "${POSIX_RUNS-}" ] || continue
	reading
	deliveries
	library
	contributed
	batch
	quickly
done
done_testing
