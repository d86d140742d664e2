# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# What is made of the archive, sourced by paperround: the digests of days,
# overviews of several, the web site.

# suffix FORMAT prints the end of the file's name.
suffix() {
	case $1 in
	markdown) echo md ;;
	text)	echo txt ;;
	email)	echo eml ;;
	atom)	echo atom.xml ;;
	jsonfeed|slack) echo "$1.json" ;;
	bibtex)	echo bib ;;
	*)	echo "$1" ;;
	esac
}

# render_day RESULT: the digest of $DAY follows the archive, in every wanted
# format.
render_day() {
	[ "$1" != empty ] || return 0
	base=$(archive_base "$DAY")
	digests "$DAY" "$base.report" "$base.jsonl" "$DAY"
}

has_digests() {
	for kind in $FORMATS; do
		[ -f "$DATA/digest/$DAY.$(suffix "$kind")" ] || return
	done
}

# digests LABEL REPORT PAPERS DAY [OPTION ...] makes them, and leaves in $there
# what was made.  Fails if anything is missing.
digests() {
	about_what=$1 there='' lacking=0
	shift
	for kind in $FORMATS; do
		publish "$kind" \
		    "$DATA/digest/$about_what.$(suffix "$kind")" "$@"
		case $? in
		0)	there="$there $kind"
			continue ;;
		1)	there="$there $kind"
			warn "$about_what: papers are missing, see above" ;;
		*)	warn "$about_what: no $kind digest, since RENDER" \
			    "failed$(render_hint)" ;;
		esac
		lacking=1
	done
	return $lacking
}

# --------------------------------------------------------------- overviews

cmd_week() {
	end=$(need_day "${1:-$TODAY}") || exit
	overview "$(week_of "$end")" "$(day_plus "$end" -6)" "$end" \
	    "$end" --view week
}

cmd_month() {
	month=${1:-${TODAY%-*}}
	is_day "$month-01" || misuse "'$month' is not a month like 2025-10"
	overview "$month" "$month-01" "$(last_day "$month")" "$month" \
	    --view month
}

# overview LABEL FROM UNTIL DATE OPTION .. renders several days as one digest.
overview() {
	label=$1 from=$2 until=$3 dated=$4
	shift 4
	gathered=$STATE/runs/$label/papers.jsonl
	mkdir -p "${gathered%/*}" || die 1 "cannot make ${gathered%/*}"
	reports=$(reports_between "$from" "$until")
	[ -n "$reports" ] ||
		die 1 "the archive has nothing $(span "$from" "$until"); try" \
		    "'$PROG since $from'"
	by_lines
	for file in $reports; do
		[ ! -e "$file" ] || set -- "$@" --report "$file"
	done
	by_words
	total=0
	papers_between "$from" "$until" |
	    over_files paper-filter -q -o "$gathered" || {
		warn "$label: papers are missing, see above"
		total=1
	}
	digests "$label" "" "$gathered" "$dated" "$@" || total=1
	[ -z "$there" ] || say "$label: in $DATA/digest"
	tell_gaps "$from" "$until"
	# Asked for by name, so sent however often it is asked for.
	queue "$label" "" "$gathered" "$dated" "$@" || total=1
	finish_run "$total"
}

tell_gaps() {
	# shellcheck disable=SC2046 # a list of days
	set -- $(gaps "$1" "$2")
	[ $# = 0 ] ||
		warn "not in the archive: $*; try '$PROG since $1'"
}

# ---------------------------------------------------------------- the site

# build_site: make knows what one more day changes.
build_site() {
	# From the folder itself, since make cannot tell blanks in names.
	if ! RENDER=$RENDER SITE_URL=$SITE_URL PAPERROUND_DATADIR=$SHARE \
	    make -s -j"$(processors)" -C "$DATA" \
	    -f "$SHARE/site.mk" ARCHIVE=archive SITE=site
	then
		warn "the site could not be built; see make's message above"
		return 1
	fi
	if [ -s "$DATA/site/.links/flawed" ]; then
		warn "papers are missing in the site, see above"
		return 1
	fi
}

cmd_site() {
	need_papers
	build_site || exit 1
	say "the site is in $(cd "$DATA/site" && pwd -P)"
}

# What follows is run by site.mk, in its $SITE and of its $ARCHIVE.  One shell
# makes a month, since to start one, and mv, for each page would take longer
# than to render it.

# site_days MONTH FILE ..: the pages of a month, 2025/10, whose days the names
# of these files begin with; and what they show, unless no more than a link has
# changed.  $FORMULAS are options of a page.
site_days() {
	of=$1 pages='' shown='' failed=0
	shift
	for file; do
		day=${file##*/}
		day=${day%%.*}
		case " $pages " in
		*" $day "*) ;;
		*)	pages="$pages $day" ;;
		esac
		case "$file $shown " in
		"$SITE/.links/"*|*" $day "*) ;;
		*)	shown="$shown $day" ;;
		esac
	done
	new=$SITE/.new/$of
	rm -rf "$new" && mkdir -p "$new" || return
	for day in $pages; do
		# shellcheck disable=SC2086 # words
		set -- $FORMULAS
		# shellcheck source=/dev/null
		. "$SITE/.links/$day"
		site_flaw "$of/$day.html" render html "$new/$day.html" \
		    "$ARCHIVE/$of/$day.report" "$ARCHIVE/$of/$day.jsonl" \
		    "$day" "$@" || failed=1
	done
	for day in $shown; do
		site_flaw "$of/$day.html" render_best "$new/$day.jsonl" \
		    "$ARCHIVE/$of/$day.report" "$ARCHIVE/$of/$day.jsonl" \
		    "$day" || failed=1
	done
	site_move "$SITE/$of" "$new"/*.html &&
	    site_move "$SITE/.best/$of" "$new"/*.jsonl || return
	[ $failed = 0 ] || return 1
	[ -z "$shown" ] || site_gather "$of"
}

# site_flaw PAGE COMMAND ..: a page made of what could be read stays, and is
# named.
site_flaw() {
	page=$1
	shift
	"$@" || { [ $? = 1 ] && echo "$page" >>"$SITE/.links/flawed"; }
}

# site_move FOLDER FILE ..: there may be none.
site_move() {
	folder=$1
	shift
	[ ! -f "$1" ] || mv -f "$@" "$folder"
}

# site_gather MONTH: what its days show, in one file.
site_gather() {
	shown=$SITE/.best/$1
	set -- "$ARCHIVE/$1"/[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9].jsonl
	for file; do
		shift
		set -- "$@" "$shown/${file##*/}"
	done
	awk 1 "$@" >"$shown.part" && mv -f "$shown.part" "$shown.jsonl"
}

# site_overview PAGE FORMAT PAPERS DATE REPORTS [OPTION ...] makes what is about
# more than a day; REPORTS is a pattern, for thousands of files: to append them
# one by one would take a second.
site_overview() {
	over=$1 kind=$2 papers_of=$3 dated=$4 reports=$5
	shift 5
	reports=$(for file in $reports; do
		[ ! -e "$file" ] || printf '%s\n' --report "$file"
	done)
	IFS='
'
	# shellcheck disable=SC2086 # a line each
	set -- "$@" $reports
	unset IFS
	site_flaw "$over" publish "$kind" "$over" "" "$papers_of" "$dated" "$@"
}

# site_index PAGE PAPERS REPORTS [OPTION ...]: the index, which has all feeds.
site_index() {
	over=$1 papers_of=$2 reports=$3
	shift 3
	set -- "$@" --feed 'New papers=atom.xml' \
	    --feed 'New papers (JSON)=feed.json'
	while IFS='	' read -r _ address label; do
		set -- "$@" --feed "$label=feeds/$address.xml"
	done <"$SITE/.links/topics"
	site_overview "$over" html "$papers_of" "" "$reports" "$@"
}

# site_feed NAME ADDRESS FORMAT PAPERS REPORTS [OPTION ...] makes a feed, which
# says where it stands and what it is of, if that is known.  ADDRESS is NAME as
# URLs have it.
site_feed() {
	over=$SITE/$1 address=$2 kind=$3 papers_of=$4 reports=$5
	shift 5
	[ -z "${SITE_URL-}" ] || set -- --up "Papers=${SITE_URL%/}/index.html" \
	    --feed "Feed=${SITE_URL%/}/$address" "$@"
	site_overview "$over" "$kind" "$papers_of" "" "$reports" \
	    --top "$FEED_PAPERS" "$@"
}

# site_topics LIST FILE ..: a feed of each topic that papers in these files
# have, and a list of them: the name of the file, the same in a URL, the topic.
# Topics that make the same name share a feed; a model may have invented some,
# so that there is an end to them.
site_topics() {
	list=$1
	shift
	rm -rf "$list.papers"
	mkdir -p "$list.papers" "$SITE/feeds" || return
	cat -- "$@" | jq -Rrn '
		def name: ascii_downcase | gsub("[^\\p{L}\\p{N}]+"; "-") |
		    ltrimstr("-") | rtrimstr("-") | .[:60];
		[inputs | . as $line | fromjson? | objects | .score | objects |
		    .topics | arrays | .[] | strings |
		    { name: name, topic: gsub("[[:cntrl:]=]"; " "), $line } |
		    select(.name != "")] |
		group_by(.name) | sort_by(-length) | .[:100][] |
		unique_by(.line)[] |
		"\(.name)\t\(.name | @uri)\t\(.topic)\t\(.line)"' |
	    awk -F '\t' -v dir="$list.papers" '
		{ file = dir "/" $1 }
		file != last { print $1 FS $2 FS $3; close(last); last = file }
		{ print substr($0, length($1 $2 $3) + 4) >file }' \
	    >"$list.part" || return
	while IFS='	' read -r slug address label; do
		site_feed "feeds/$slug.xml" "feeds/$address.xml" atom \
		    "$list.papers/$slug" "" --view list --title "$label" ||
			return
	done <"$list.part"
	rm -rf "$list.papers"
	mv -f "$list.part" "$list"
}
