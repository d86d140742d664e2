# shellcheck shell=sh disable=SC2154,SC2034
# SPDX-License-Identifier: ISC
#
# What is made from the archive, sourced by paperround: overviews of several
# days, search, the local screen, the web site.

# days_between SUFFIX FROM UNTIL: the archive's files of these days, oldest
# first.
days_between() {
	find "$DATA/archive" -type f -name "*$1" | sort |
	    awk -F / -v from="$2" -v until="$3" '
		{ day = substr($NF, 1, 10) }
		day >= from && day <= until'
}

# overview VIEW LABEL FROM UNTIL renders several days as one digest.
overview() {
	view=$1 label=$2 from=$3 until=$4
	RUN=$STATE/runs/$label DAY=$until
	mkdir -p "$RUN" || die 1 "cannot make $RUN"
	days_between -[0-9][0-9].jsonl "$from" "$until" |
	    xargs -r -d '\n' cat >"$RUN/papers.jsonl"
	set --
	IFS='
'
	for f in $(days_between .report.jsonl "$from" "$until"); do
		set -- "$@" --report "$f"
	done
	unset IFS
	[ $# -gt 0 ] ||
		die 1 "the archive has nothing from $from to $until; try" \
		    "'$PROG since $from'"
	case $view in
	month)	set -- --view month --date "$label" "$@" ;;
	*)	set -- --view "$view" --date "$until" "$@" ;;
	esac
	total=0
	for f in $FORMATS; do
		out=$DATA/digest/$label.$(suffix "$f")
		render "$f" "$out" "" "$RUN/papers.jsonl" "$@" || {
			warn "$label: no $f digest"
			total=1
		}
	done
	say "$label: in $DATA/digest"
	overview_gaps "$from" "$until"
	# Asked for by name, so sent however often it is asked for.
	rm -f "$STATE/sent/$label".*
	queue_all "$label" "$RUN/papers.jsonl" "" "$@" || total=1
	finish_run "$total"
}

# gaps FROM UNTIL prints the weekdays without a good run, since the archive
# began and before today.
gaps() {
	past=$1 first=$(archive_first)
	[ -n "$first" ] || return 0
	if expr "$past" '<' "$first" >/dev/null; then
		past=$first
	fi
	while expr "$past" '<=' "$2" '&' "$past" '<' "$TODAY" >/dev/null; do
		! is_missing "$past" || printf ' %s' "$past"
		past=$(day_plus "$past" 1)
	done
}

overview_gaps() {
	missing=$(gaps "$1" "$2")
	[ -z "$missing" ] || warn "not in the archive:$missing; try" \
	    "'$PROG since $(echo "$missing" | cut -c2-11)'"
}

cmd_week() {
	end=${1:-$TODAY}
	need_day "$end"
	overview week "$(date -u -d "$end" +%G-W%V)" \
	    "$(day_plus "$end" -6)" "$end"
}

cmd_month() {
	month=${1:-$(echo "$TODAY" | cut -c1-7)}
	is_day "$month-01" || misuse "'$month' is not a month like 2025-10"
	last=$(date -u -d "$month-01 +1 month -1 day" +%F)
	overview month "$month" "$month-01" "$last"
}

# search: the archive, newest first, through the same two filters.
cmd_search() {
	[ -n "${1-}$where" ] || misuse "search: say what for"
	title="Search: ${1-$where}"
	[ -z "${1-}" ] || set -- -k "$1"
	[ -z "$where" ] || set -- "$@" -w "$where"
	found=$(mktemp) || die 1 "cannot make a temporary file"
	trap 'rm -f "$found"' EXIT
	days_between -[0-9][0-9].jsonl "${since:-0000}" "${until:-9999}" |
	    sort -r | xargs -r -d '\n' cat | paper-filter --dedup "$@" >"$found" ||
		die $? "the search failed"
	[ -s "$found" ] || die 1 "nothing in the archive matches"
	render "$format" - "" "$found" --title "$title" --keep-order \
	    --min-relevance 1 --min-novelty 1
}

# train: what was selected teaches the screen what to send to a model.
train() {
	set -- -o "$STATE/screen.model"
	IFS='
'
	for f in $(days_between -[0-9][0-9].jsonl 0000 9999); do
		set -- "$@" --train "$f"
	done
	unset IFS
	[ ! -f "$CONFIG/like.jsonl" ] || set -- "$@" --like "$CONFIG/like.jsonl"
	llm-score ${quiet:+-q} "$@" 9>&- || {
		warn "no screen was made; see what llm-score says above"
		return 1
	}
}

# Fails, with a message, if there is nothing to make anything of.
need_papers() {
	[ -n "$(days_between -[0-9][0-9].jsonl 0000 9999)" ] ||
		die 1 "the archive has no papers yet; run '$PROG today' first"
}

cmd_train() {
	need_papers
	train || exit 1
	say "wrote $STATE/screen.model; to use it see SCORE in paperround.conf"
}

# site: make knows what one more day changes.
build_site() {
	# From the folder itself, since make cannot tell blanks in names; and
	# a dollar is the shell's, not make's.
	if ! make -s -j"$(nproc)" -C "$DATA" -f "$SHARE/site.mk" \
	    ARCHIVE=archive SITE=site \
	    RENDER="$(echo "$RENDER" | sed 's/\$/$$/g')" 9>&-
	then
		warn "the site could not be built; see make's message above"
		return 1
	fi
}

cmd_site() {
	need_papers
	build_site || exit 1
	say "the site is in $DATA/site"
}
