# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# Reading, sourced by paperround: lists of what the archive has, single papers,
# and what the reader makes of them.
#
#	marks.jsonl	beside the archive, a line a decision: only added to
#	list		in the state, the ids of the last list that was
#			shown: what a number on the command line means


# work_folder makes $work, which goes when we end, however that is.
work_folder() {
	work=$(make_temporary "${TMPDIR:-/tmp}/paperround") || exit
	trap leave EXIT
	trap_signals
}

# ------------------------------------------------------------- which papers

# ids_of NUMBER|ID .. prints the ids, a line each.  A number is a place in the
# last list, where 2,4-6 are four; an id may have a version or be an address on
# arXiv.
ids_of() {
	for which; do
		case $which in
		*[!0-9,-]*) printf '%s\n' "$which" | sed '
			s|^https\{0,1\}://[a-z.]*arxiv[.]org/[a-z]*/||
			s/^[aA][rR][xX][iI][vV]://
			s/[.]pdf$//
			s|^\([0-9]\{4\}[.][0-9]\{4,5\}\)v[0-9]\{1,\}$|\1|
			s|^\([a-z-]*[.A-Z]*/[0-9]\{7\}\)v[0-9]\{1,\}$|\1|' ;;
		*)	places "$which" "$STATE/list" 2>/dev/null || {
				warn "there is no $which in the last list," \
				    "which has $(lines "$STATE/list");" \
				    "'$PROG show' makes one"
				return 2
			} ;;
		esac
	done
}

# places WHICH FILE prints these lines, if there are all of them.
places() {
	awk -v which="$1" '
		{ line[NR] = $0 }
		END {
			n = split(which, part, ",")
			for (i = 1; i <= n; i++) {
				m = split(part[i], end, "-")
				if (end[1] < 1 || m > 2 || end[m] > NR ||
				    end[1] + 0 > end[m] + 0)
					exit 1
				for (k = end[1] + 0; k <= end[m] + 0; k++)
					print line[k]
			}
		}' "$2"
}

# find_papers ID .. prints their newest records, in this order and as they are.
find_papers() {
	jq -nr "\$ARGS.positional[] | $AS_SEEN" --args "$@" >"$work/ids"
	records_of "$work/ids" -r | jq -Rnr '
		(reduce inputs as $line ({};
		    ($line | [fromjson? | objects | .id | strings]) as $id |
		    if $id == [] or has($id[0]) then . else .[$id[0]] = $line
		    end)) as $found |
		$ARGS.positional[] | $found[.] // empty' --args "$@"
}

# Sets from and until to the days that are meant: a day, the last seven, or
# what --since and --until say.
which_days() {
	until=$(need_day "${OPT_UNTIL:-$TODAY}") || exit
	from=$(need_day "${OPT_SINCE:-$(day_plus "$until" -6)}") || exit
	[ "${1:-week}" = week ] || {
		until=$(need_day "$1") || exit
		from=$until
	}
}

# gather FROM UNTIL: the papers of these days, and their reports as options in
# $reports, a line each.  $gathered is 1 if some could not be read.
gather() {
	papers_between "$1" "$2" |
	    over_files paper-filter -q -o "$work/gathered"
	gathered=$?
	[ $gathered -le 1 ] || no_room "to $work" || exit
	reports=$(reports_between "$1" "$2" | sed 'i\
--report')
}

# ----------------------------------------------------------------- showing

# to_pager COMMAND ..: where a person reads, in colour and by the pager.
to_pager() {
	pager=${PAGER-less}
	if [ -t 1 ] && [ -z "${NO_COLOR-}" ] && [ "${TERM:-dumb}" != dumb ] &&
	    have "${pager%% *}" && [ "$pager" != cat ]
	then
		: "${COLUMNS=$(stty size </dev/tty 2>/dev/null | cut -d' ' -f2)}"
		export COLUMNS
		# What fits on a screen needs no key to end it.
		LESS=${LESS-FRX}
		export LESS
		"$@" --color=always | eval "$pager"
	else
		"$@"
	fi
}

# present FORMAT PAPERS OPTION .. prints papers for a person or a pipe.
present() {
	wanted=${OPT_FORMAT:-$1} shown=$2
	shift 2
	case $wanted in
	short|text) to_pager render "$wanted" - "" "$shown" "" "$@" ;;
	*)	render "$wanted" - "" "$shown" "" "$@" ;;
	esac
}

# present_list PAPERS OPTION ..: and from now on numbers mean these, also those
# that --top leaves out.
present_list() {
	shown=$1
	shift
	# Where the list of all is what is printed, it is made once.
	if [ "${OPT_FORMAT:-short}" = short ] && [ -z "$OPT_TOP" ] && [ ! -t 1 ]
	then
		render short - "" "$shown" "" "$@" >"$work/list"
		set -- $?
	else
		render short "$work/list" "" "$shown" "" "$@" -q 2>/dev/null
		set -- "" "$@"
	fi
	cut -s -f 2 "$work/list" >"$work/numbered" 2>/dev/null
	put "$work/numbered" "$STATE/list" ||
		warn "numbers still mean the list before this one"
	if [ -n "$1" ]; then
		cat "$work/list" && return "$1"
	else
		shift
		present short "$shown" "$@" ${OPT_TOP:+--top "$OPT_TOP"}
	fi
}

cmd_show() {
	work_folder
	case ${1-} in
	'')	latest=$(reports_between 0000 "$TODAY" | tail -n 1)
		[ -n "$latest" ] || need_papers
		show_days "$(basename "$latest" | cut -c1-10)" ;;
	week|today|yesterday|????-??-??|[0-9]*d|[a-z]*day|[a-z][a-z][a-z])
		[ $# = 1 ] || misuse "show: $1 stands alone"
		show_days "$1" ;;
	*)	show_papers "$@" ;;
	esac
}

show_days() {
	which_days "$1"
	gather "$from" "$until"
	[ -n "$reports" ] || [ -s "$work/gathered" ] ||
		die 1 "the archive has nothing $(span "$from" "$until"); try" \
		    "'$PROG since $from'"
	view=day
	[ "$from" = "$until" ] || view=week
	by_lines
	# shellcheck disable=SC2086 # lines
	set -- $reports
	by_words
	present_list "$work/gathered" --view $view --date "$until" "$@" &&
		return $gathered
}

# show_best DAY: what a run ends with, the ten best and where the rest is.
show_best() {
	page=
	for kind in $FORMATS; do
		file=$DATA/digest/$1.$(suffix "$kind")
		[ "$kind" != html ] && [ -n "$page" ] || page=$file
	done
	(PAGER=cat OPT_TOP=10
	work_folder
	show_days "$1")
	[ ! -s "$STATE/list" ] || printf '%s\n' "all: $PROG show · one: $PROG show 1 \
· page: file://$(printf '%s\n' "$page" | sed 's/ /%20/g')"
}

# show_papers NUMBER|ID ..: all there is to read of each, also of those that
# nobody scored or would show.
show_papers() {
	ids=$(ids_of "$@") || exit
	by_lines
	# shellcheck disable=SC2086 # lines
	set -- $ids
	by_words
	find_papers "$@" >"$work/found"
	printed=0
	if [ "$OPT_FORMAT" = jsonl ]; then
		cat "$work/found" || printed=1
	elif [ -s "$work/found" ]; then
		present text "$work/found" --view list --title '' --keep-order ||
			printed=$?
	fi
	need_found "$work/found" "$@"
	return $printed
}

# need_found PAPERS ID ..: fails unless these are all of them.
need_found() {
	jq -r .id "$1" >"$work/known"
	shift
	[ "$(lines "$work/known")" = $# ] ||
		die 1 "not in the archive:" \
		    "$(printf '%s\n' "$@" | grep -vxF -f "$work/known" |
			paste -s -d ' ' -)"
}

# -------------------------------------------------------------------- open

cmd_open() {
	work_folder
	ids=$(ids_of "$@") || exit
	opened=0
	by_lines
	# shellcheck disable=SC2086 # lines
	set -- $ids
	by_words
	for id; do
		browse "$(address "$id")" || opened=1
	done
	exit $opened
}

# address ID prints where the paper is, as the record or arXiv has it.
address() {
	find_papers "$1" | jq -nr --arg id "$1" --arg form "${OPT_FORM:-abs}" '
		(first(inputs) // {}) as $paper |
		def arxiv: "https://arxiv.org/\($form)/\($id | @uri)";
		if $id | test("^([0-9]{4}[.][0-9]{4,5}|[a-z-]+([.][A-Z]{2})?/[0-9]{7})$")
		then arxiv | gsub("%2F"; "/")
		elif $form == "pdf" then $paper.pdf // $paper.url
		else $paper.url end // ""'
}

browse() {
	case $1 in
	http://*|https://*) ;;
	'')	warn "$id: no address is known of it"
		return 1 ;;
	*)	warn "$id: $1 is no address of a web page"
		return 1 ;;
	esac
	for browser in "${BROWSER-}" xdg-open open; do
		# One of several that are separated by colons.
		browser=${browser%%:*}
		have "${browser%% *}" || continue
		# shellcheck disable=SC2086 # words
		$browser "$1"
		return
	done
	warn "there is no browser; set BROWSER, or go to $1"
	return 1
}

# ------------------------------------------------------------------- marks

# add_marks MARK NOTE ID ..: one line for each.  An empty MARK or NOTE is none.
add_marks() {
	mark=$1 note=$2
	shift 2
	jq -nc --arg mark "$mark" --arg note "$note" '
		(env.SOURCE_DATE_EPOCH // "" |
		    if . == "" then now else tonumber end | todate) as $time |
		$ARGS.positional[] | { id: . } +
		    if $mark != "" then { $mark } else {} end +
		    if $note != "" then { $note } else {} end + { $time }' \
	    --args "$@" >"$work/marks" || no_room "$work" || return
	# What a full disk cut short must not take the next line with it.
	if [ -s "$MARKS" ] && [ "$(tail -c 1 "$MARKS" | wc -l)" -eq 0 ]; then
		echo | cat - "$work/marks" >"$work/whole"
	else
		cp "$work/marks" "$work/whole"
	fi || no_room "$work" || return
	{ cat "$work/whole" >>"$MARKS"; } 2>/dev/null || no_room "$MARKS"
}

# need_ids ID ..: a typo would stay among the marks.  What is an id of arXiv's,
# or has the slash or colon of another one, may be a paper from elsewhere; all
# others must be in the archive.
need_ids() {
	odd=$(printf '%s\n' "$@" | grep -Ev -e '[/:]' \
	    -e '^(0[7-9]|1[0-4])[01][0-9][.][0-9]{4}$' \
	    -e '^(1[5-9]|[2-9][0-9])[01][0-9][.][0-9]{5}$') || return 0
	by_lines
	# shellcheck disable=SC2086 # lines
	set -- $odd
	by_words
	find_papers "$@" >"$work/found"
	need_found "$work/found" "$@"
}

# mark_papers MARK NOTE WORD NUMBER|ID ..
mark_papers() {
	mark=$1 note=$2 word=$3
	shift 3
	work_folder
	ids=$(ids_of "$@") || exit
	by_lines
	# shellcheck disable=SC2086 # lines
	set -- $ids
	by_words
	[ "$mark" = none ] || need_ids "$@"
	add_marks "$mark" "$note" "$@" || exit
	say "$word $*"
}

cmd_star()	{ mark_papers star '' starred "$@"; }
cmd_drop()	{ mark_papers drop '' dropped "$@"; }
cmd_read()	{ mark_papers read '' "marked as read" "$@"; }
cmd_unmark()	{ mark_papers none '' "took back the mark of" "$@"; }

cmd_note() {
	paper=$1
	shift
	mark_papers '' "$*" "noted on" "$paper"
}

# starred_ids prints those of which a star is the last that was said, as JSON
# strings.
starred_ids() {
	[ ! -f "$MARKS" ] || jq -Rnc '
		reduce (inputs | fromjson? | objects |
		    select((.id | type == "string") and
			(.mark | IN("star", "drop", "none")))) as $m ({};
		    .[$m.id] = ($m.mark == "star")) |
		to_entries[] | select(.value) | .key' "$MARKS"
}

# find_starred makes $work/starred of their newest records, in the order of the
# archive, and $work/lost of the ids that it has not.
find_starred() {
	starred_ids >"$work/ids" || no_room "to $work" || return
	[ -s "$work/ids" ] || die 1 "no paper is starred; '$PROG star' does it"
	jq -r "$AS_SEEN" "$work/ids" >"$work/seen" || no_room "to $work" || return
	records_of "$work/seen" >"$work/lines"
	jq -Rnr --slurpfile ids "$work/ids" '
		($ids | map({ key: ., value: true }) | from_entries) as $wanted |
		reduce inputs as $line ({};
		    ($line | [fromjson? | objects | .id | strings]) as $id |
		    if $id != [] and $wanted[$id[0]] then .[$id[0]] = $line
		    else . end) | .[]' "$work/lines" >"$work/starred" &&
	    jq -r .id "$work/starred" >"$work/known" || no_room "to $work" ||
		return
	jq -r . "$work/ids" | grep -vxF -f "$work/known" >"$work/lost"
	[ -s "$work/starred" ] || die 1 "none of the $(lines "$work/ids")" \
	    "$(plural "$(lines "$work/ids")" paper) that are starred is in the" \
	    "archive"
}

# export: what is starred, for another program.
cmd_export() {
	[ -n "$OPT_STARRED" ] || misuse "export: say what, as in" \
	    "'$PROG export --starred -f bibtex'"
	work_folder
	find_starred || exit
	present bibtex "$work/starred" --view list --keep-order \
	    --title Starred || exit
	[ ! -s "$work/lost" ] || die 1 "starred, but not in the archive:" \
	    "$(paste -s -d ' ' "$work/lost")"
}

# marked_ids prints those that are read, starred or dropped, as a file of seen
# ids has them.
marked_ids() {
	[ -f "$MARKS" ] || return 0
	jq -Rnr '
		reduce (inputs | fromjson? | objects |
		    select(.id | type == "string")) as $m ({};
		    if $m.mark == "star" or $m.mark == "drop" then
			.[$m.id].star = true
		    elif $m.mark == "none" then .[$m.id].star = false
		    elif $m.mark == "read" or ($m | has("note")) then
			.[$m.id].read = true
		    else . end) |
		to_entries[] | select(.value.star or .value.read) | .key |
		'"$AS_SEEN" "$MARKS"
}

# find_unread [DAY|week] makes $work/unread of what a digest of these days
# shows and nobody has marked.
find_unread() {
	which_days "${1-}"
	gather "$from" "$until"
	[ -s "$work/gathered" ] ||
		die 1 "the archive has no papers $(span "$from" "$until")"
	marked_ids >"$work/marked" && render_best "$work/relevant" "" \
	    "$work/gathered" "" -q || exit 1
	paper-filter -q --seen "$work/marked" -o "$work/unread" \
	    "$work/relevant" || exit
	[ -s "$work/unread" ] || {
		say "nothing is unread $(span "$from" "$until")"
		exit 0
	}
}

cmd_unread() {
	work_folder
	find_unread "$@"
	present_list "$work/unread" --title Unread && return $gathered
}
