# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# The doctor, sourced by paperround: looks for what is wrong and says what to
# do about it.  Each check says one thing; "!" marks those that need care, and
# leaves $SICK set.

well()	{ printf '%s\n' "  $*" || SICK=yes; }
ill()	{ printf '%s\n' "! $*"; SICK=yes; }

# No message shows what an address may hold besides its server.
hide() { sed 's,//[^/@ ]*@,//..@,g; s,\(//[^? ]*\)?[^ ]*,\1?..,g'; }
complaint() {
	said=$(hide <"$RUN/log" | sed -n '/./{ p; q; }')
	line "${said:-it does not say why}"
}

cmd_doctor() {
	SICK=
	echo "Settings"
	check_config
	check_tools
	check_keys
	! have jq || check_stages
	echo "Machine"
	check_disk "$DATA"
	check_disk "$STATE"
	check_net
	echo "Runs"
	! have jq || check_runs
	check_deliveries
	[ -z "$SICK" ] || die 1 "look at the lines that begin with '!'"
	say "all is well"
}

check_config() {
	if [ -f "$CONFIG/paperround.conf" ]; then
		well "configuration: $CONFIG"
	else
		ill "no configuration, so the defaults apply: run '$PROG init'"
	fi
	check_names
	check_values
	check_program FETCH "$FETCH"
	check_program FILTER "$FILTER"
	check_program SCORE "$SCORE"
	check_program SECOND "$SECOND"
	[ -z "$LIBRARY" ] || check_library
	check_program DELIVER_COMMAND "${DELIVER_COMMAND-}"
	check_program RENDER "$RENDER"
	if grep -q '[[:alnum:]]' "$TOPICS" 2>/dev/null; then
		well "topics: $TOPICS"
	else
		ill "topics: $TOPICS is empty: say there what you want to read"
	fi
}

check_library() {
	check_program ENRICH "$ENRICH"
	case $LIBRARY in
	zotero:?*)
		well "LIBRARY: $LIBRARY, which is not asked here"
		return ;;
	esac
	if ! library_is_there; then
		ill "LIBRARY: $LIBRARY is no file that can be read"
		return
	fi
	work_folder
	if library_records "$LIBRARY" >"$work/library" 2>"$work/log"
	then
		number=$(lines "$work/library")
		well "LIBRARY: $LIBRARY, $number" \
		    "$([ "$number" = 1 ] && echo entry || echo entries)"
	else
		ill "LIBRARY: $(head -n 1 "$work/log")"
	fi
}

# What programs look for in their environment.
KEYS='OPENAI_API_KEY ANTHROPIC_API_KEY LLM_API_KEY S2_API_KEY'

# A variable that nobody looks at may be a mistyped one.
check_names() {
	[ -f "$CONFIG/paperround.conf" ] || return 0
	known=$(sed -n 's/^#\([A-Z][A-Z_]*\)=.*/\1/p' \
	    "$SHARE/paperround.conf" | sort -u)
	# shellcheck disable=SC2013 # they are words
	for f in $(sed -n 's/^\([A-Z][A-Z_]*\)=.*/\1/p' \
	    "$CONFIG/paperround.conf" | sort -u); do
		case " $KEYS " in
		*" $f "*) continue ;;
		esac
		printf '%s\n' "$known" | grep -qx "$f" && continue
		# shellcheck disable=SC2086 # words
		hint=$(meant "$f" $known)
		if [ -n "$hint" ]; then
			ill "paperround.conf sets $f, which means nothing here$hint"
		else
			well "paperround.conf sets $f, which means nothing here"
		fi
	done
}

check_values() {
	for f in CATCH_UP SEEN_DAYS KEEP_RUNS; do
		! why=$(no_number $f days) || ill "$why"
	done
	! why=$(no_number DELIVER_TIMEOUT seconds) || ill "$why"
	for f in TRAIN SITE; do
		eval "value=\${$f}"
		case $value in
		yes|no)	;;
		*)	ill "$f: '$value' is neither yes nor no, and means no" ;;
		esac
	done
	# shellcheck disable=SC2153 # it is not SMTP_URL
	case $SITE_URL in
	''|http://*|https://*) ;;
	*)	ill "SITE_URL: '$SITE_URL' is no address like" \
		    "https://ann.example.org/papers" ;;
	esac
	for f in $KEYS; do
		eval "value=\${$f:+set}"
		[ -z "$value" ] || env | grep -q "^$f=" ||
			ill "$f is set, but no program sees it: write export $f"
	done
}

# check_program NAME COMMAND: that a stage's first word is a program.
check_program() {
	! why=$(no_program "$2") || ill "$1: $why"
}

check_tools() {
	for tool in arxiv-fetch paper-filter llm-score digest-render; do
		if ! at=$(command -v "$tool"); then
			ill "$tool is not installed: run make install"
		elif ! found=$("$tool" --version 2>&1); then
			ill "$at does not start: $found"
		else
			case $found in
			"$tool $VERSION"*) well "$at, version $VERSION" ;;
			*)	ill "$at is another version than $VERSION:" \
				    "install them together" ;;
			esac
		fi
	done
	have jq || ill "jq is not installed, and no command but init works" \
	    "without it: install the package jq"
	have paperround-helper ||
		ill "paperround-helper is missing: install paperround again"
	for tool in curl make; do
		have "$tool" ||
			ill "$tool is not installed; some commands need it"
	done
}

# What the stages would do is learnt without doing it: tools that stand in for
# ours, wherever they stand in the command lines, note how they are called, and
# then ours are asked what they make of that, without papers or a network.
check_stages() {
	DAY=$TODAY WHEN='' SEEN=/dev/null RUN=$STATE/runs/doctor
	export DAY WHEN SEEN RUN
	rm -rf "$RUN" && mkdir -p "$RUN/bin" || return
	jq -nc --arg day "$DAY" '{ id: "2513.00001", title: "A paper",
	    abstract: "Nothing.", announced: $day, categories: ["cs.LG"] }' \
	    >"$RUN/one.jsonl"
	# shellcheck disable=SC2016 # for the script
	printf '%s\n' '#!/bin/sh' \
	    'printf "%s\n" "$CALLED_BY" "$@" >"$RUN/${0##*/}.$$.call"' \
	    'exec cat' >"$RUN/bin/tool"
	chmod +x "$RUN/bin/tool"
	# Nor may what else stands there ask anybody.
	for f in arxiv-fetch paper-filter llm-score digest-render curl; do
		ln -s tool "$RUN/bin/$f"
	done
	check_stage FETCH "$FETCH"
	check_stage FILTER "$FILTER"
	check_stage SCORE "$SCORE"
	[ -z "$SECOND" ] || check_stage SECOND "$SECOND"
	[ -z "$LIBRARY" ] || check_stage ENRICH "$ENRICH"
	check_render
	rm -rf "$RUN"
}

# check_stage NAME COMMAND.  A filter of somebody's own is cheap enough to try.
check_stage() {
	case $1:$2 in
	*arxiv-fetch*|*paper-filter*|*llm-score*|FILTER:*) ;;
	*)	well "$1: a program of yours, not tried here"
		return ;;
	esac
	# shellcheck disable=SC2030 # only there
	if ! (CALLED_BY=$1 PATH=$RUN/bin:$PATH
	    export CALLED_BY
	    eval "$2") <"$RUN/one.jsonl" >/dev/null 2>"$RUN/log"; then
		ill "$1 fails: $(complaint)"
		rm -f "$RUN"/*.call
		return
	fi
	called='' sickness=$SICK SICK=''
	for call in "$RUN"/*.call; do
		[ -f "$call" ] || continue
		called=yes tool=${call##*/}
		case $tool in
		arxiv-fetch.*) over_files check_fetch <"$call" ;;
		paper-filter.*) over_files check_filter <"$call" ;;
		llm-score.*) over_files check_score <"$call" ;;
		esac
		rm -f "$call"
	done
	case $1:$called$SICK in
	*:yes|FILTER:) well "$1 has what it needs" ;;
	*:)	well "$1: how it calls our tools cannot be seen" ;;
	esac
	SICK=$SICK$sickness
}

# Nobody listens there, so only misuse says anything.
check_fetch() {
	stage=$1
	shift
	case " $* " in
	*' --parse '*) return ;;
	esac
	no_proxy='*' arxiv-fetch "$@" -o - --no-cache --pace 0 --retries 0 \
	    --base-url http://127.0.0.1:9 </dev/null >/dev/null 2>"$RUN/log"
	[ $? != 2 ] || ill "$stage fails: $(complaint)"
	sed -n 's/^arxiv-fetch: \(.* is no category .*\)/\1/p' "$RUN/log" \
	    >"$RUN/unknown"
	while read -r f; do
		ill "$stage: $f"
	done <"$RUN/unknown"
}

check_filter() {
	stage=$1
	shift
	paper-filter "$@" -o - --mark-seen "$RUN/marked" \
	    --rejects "$RUN/rejected" </dev/null >/dev/null 2>"$RUN/log" ||
		ill "$stage fails: $(complaint)"
}

# Without papers no model is asked, but the key is looked for.
check_score() {
	stage=$1 asks='' url='' before=''
	shift
	for f; do
		case $before:$f in
		*:-m*|*:--model=*|*:--model|*:--command*) asks=yes ;;
		*:--base-url=*)	url=${f#*=} ;;
		--base-url:*)	url=$f ;;
		esac
		before=$f
	done
	if ! llm-score "$@" -o - </dev/null >/dev/null 2>"$RUN/log"; then
		ill "$stage fails: $(complaint)"
	elif [ -z "$asks" ]; then
		well "$stage: no model reads the papers, words are compared"
	fi
	[ -z "$asks" ] || check_model "$@"
	case $url in
	*://*)	check_server "$url" ;;
	esac
}

check_model() {
	price=$(price_of_day llm-score "$@")
	well "$stage: ${price:-its price is not known: see --prices in llm-score(1)}"
	llm-score "$@" --list-models --cache-only 2>&1 >/dev/null </dev/null |
		sed -n 's/^llm-score: //;/ shut down on /p' >"$RUN/ends"
	[ ! -s "$RUN/ends" ] || ill "$stage: $(head -n 1 "$RUN/ends")"
}

# The last stage reads a paper and writes a document, each time it is used.
check_render() {
	for f in $FORMATS; do
		render "$f" "$RUN/document" "" "$RUN/one.jsonl" "$DAY" \
		    2>"$RUN/log" </dev/null && continue
		ill "RENDER fails to make $f: $(complaint)$(render_hint)"
		return
	done
	well "RENDER has what it needs"
}

check_keys() {
	for f in "$CONFIG"/*.key "$CONFIG"/netrc "$CONFIG"/slack.url; do
		[ -f "$f" ] || continue
		if [ -z "$(find -H "$f" -prune \( -perm -0040 -o -perm -0020 \
		    -o -perm -0010 -o -perm -0004 -o -perm -0002 -o -perm -0001 \
		    \))" ]; then
			well "$f: only you can read it"
		else
			ill "$f: others can read it: chmod 600 $f"
		fi
	done
}

check_disk() {
	free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1024) }')
	if [ ! -w "$1" ]; then
		ill "$1 cannot be written"
	elif [ "$free" -lt 100 ]; then
		ill "$1: only $free MB free: make room"
	else
		well "$1: $free MB free"
	fi
}

# reach URL [ARGUMENT ..]: whether anybody answers there.
reach() {
	server=$(line "$1" | paperround-helper url web) || return
	shift
	line "$server" | curl -q -sS --max-time 20 --config - "$@"
}

# check_server URL: the model's.
check_server() {
	shown=$(line "$1" | hide)
	if reach "$1" -o /dev/null 2>"$RUN/log"; then
		well "$shown can be reached"
	else
		ill "$shown cannot be reached: $(complaint)"
	fi
}

# arXiv's answer tells both whether it can be reached and what time it is.
check_net() {
	case $FETCH in
	*arxiv-fetch*) ;;
	*)	well "FETCH: a program of yours, so arXiv is not asked"
		return ;;
	esac
	url=${PAPERROUND_PROBE:-https://rss.arxiv.org/feed/status}
	if ! head=$(reach "$url" -I 2>&1); then
		ill "arXiv cannot be reached: $head"
		return
	fi
	well "arXiv can be reached"
	theirs=$(printf '%s\n' "$head" | tr -d '\r' |
	    sed -n 's/^[Dd]ate: //p' | head -n 1)
	off=$(jq -nr --arg theirs "$theirs" 'now - ($theirs |
	    strptime("%a, %d %b %Y %H:%M:%S GMT") | mktime) | floor' \
	    2>/dev/null) || return 0
	if [ "${off#-}" -gt 300 ]; then
		ill "the clock is $off seconds off: set it (timedatectl)"
	else
		well "the clock is right"
	fi
}

check_runs() {
	last=$(last_good "$(day_plus "$TODAY" -29)" "$TODAY")
	if [ -z "$(archive_first)" ]; then
		well "no run yet: start with '$PROG today'"
	elif [ -z "$last" ]; then
		ill "no good run in 30 days: run '$PROG today'"
	elif is_before "$last" "$(day_plus "$TODAY" -3)"; then
		ill "the last good run was $last: is $PROG still started?"
	else
		well "last good run: $last"
	fi
	# shellcheck disable=SC2046 # a list of days
	set -- $(gaps "$(day_plus "$TODAY" -30)" "$TODAY")
	if [ $# -gt 0 ]; then
		ill "not in the archive: $*: run '$PROG since $1'"
	else
		well "no announcement is missing"
	fi
	check_holidays
	check_archive
	check_screen
}

# Those that are not known look like outages.
check_holidays() {
	next=$((${TODAY%%-*} + 1))
	case $TODAY in
	*-12-*)	;;
	*)	return 0 ;;
	esac
	arxiv-fetch --schedule --since "$next-01-31" --until "$next-01-31" |
	    grep -q '"holidays_known":true' ||
		ill "arXiv's holidays of $next are not known and will look" \
		    "like outages: install a newer $PROG, or list them in" \
		    "${XDG_CONFIG_HOME:-${HOME-}/.config}/paperround/holidays"
}

# Each paper is read, which is faster than one thinks.
check_archive() {
	# shellcheck disable=SC2069 # the messages are what is wanted
	spoilt=$(papers_between 0000 9999 |
	    over_files paper-filter --count 2>&1 >/dev/null | head -n 3)
	[ -z "$spoilt" ] ||
		ill "the archive cannot be read in part: $spoilt"
	spoilt=$(reports_between 0000 9999 | over_files spoilt_reports |
	    head -n 3)
	[ -z "$spoilt" ] ||
		ill "the archive has reports with lines that are none: $spoilt"
	foreign=$(find -L "$DATA/archive" -type f ! -name "$DAY_GLOB.jsonl" \
	    ! -name "$DAY_GLOB.report*" | head -n 1)
	[ -z "$foreign" ] ||
		ill "$foreign is no file of the archive, and is not read"
}

check_screen() {
	case $SCORE in
	*screen.model*) ;;
	*)	return 0 ;;
	esac
	if [ ! -f "$STATE/screen.model" ]; then
		ill "there is no screen yet: run '$PROG train'"
	elif [ -n "$(find -L "$STATE/screen.model" -mtime +30)" ]; then
		ill "the screen is older than a month: run '$PROG train'"
	else
		well "the screen is less than a month old"
	fi
	have jq || return 0
	# shellcheck disable=SC2046 # three words
	set -- $(screen_watch)
	if [ "${3-}" = broken ]; then
		ill "the screen misses more than it promised: of the papers" \
		    "it let pass by chance, $1 were selected, where $2 were" \
		    "to be expected; train again: run '$PROG train'"
	fi
}

# check_address web|mail NAME URL: that it may be asked, if it is set.
check_address() {
	[ -z "$3" ] || why=$(printf '%s\n' "$3" |
	    paperround-helper url "$1" 2>&1 >/dev/null) ||
		ill "$2: ${why#"$PROG: "}"
}

# What each way of delivery needs.
check_mail() {
	[ -n "${MAIL_TO-}" ] || ill "DELIVER: mail needs MAIL_TO, an address"
	# shellcheck disable=SC2031 # it is as it was
	[ -n "${SMTP_URL-}" ] ||
		(PATH=$PATH:/usr/sbin:/usr/lib; have "${SENDMAIL:-sendmail}") ||
		ill "DELIVER: mail needs ${SENDMAIL:-sendmail}, or SMTP_URL"
	check_address mail SMTP_URL "${SMTP_URL-}"
}
need_setting()	{ [ -n "$2" ] || ill "DELIVER: $1 needs $3"; }
check_slack() {
	need_setting slack "${SLACK_WEBHOOK-}" SLACK_WEBHOOK
	check_address web SLACK_WEBHOOK "${SLACK_WEBHOOK-}"
}
check_directory() { need_setting directory "${DIRECTORY-}" DIRECTORY; }
check_command()	{ need_setting command "${DELIVER_COMMAND-}" DELIVER_COMMAND; }

check_deliveries() {
	for f in $DELIVER; do
		if is_channel "$f"; then
			"check_$f"
		else
			ill "DELIVER: there is no way called '$f'$(meant "$f" \
			    mail slack directory command)"
		fi
	done
	waiting=$(find -L "$STATE/outbox" -type f | wc -l)
	if [ "$waiting" -gt 0 ]; then
		ill "$waiting still to be delivered, in $STATE/outbox: run" \
		    "'$PROG deliver'"
	else
		well "nothing waits to be delivered"
	fi
	[ ! -f "$STATE/outage" ] ||
		ill "an outage since $(cat "$STATE/outage"): see its report" \
		    "in $DATA/archive"
}
