# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# Profiles, sourced by paperround: several readers, each with a configuration,
# an archive and marks, in a folder "profiles" of the three.  The one that
# needs no name is called default.  They may share what one of them fetches.

PROFILES=$CONFIG/profiles

# need_profile NAME: there must be one, unless it is being made.
need_profile() {
	[ "$1" != default ] || return 0
	case $1 in
	''|.*|-*|*[!A-Za-z0-9._-]*)
		misuse "-p: '$1' is no name of letters, digits, '.', '_', '-'" ;;
	esac
	# shellcheck disable=SC2046 # names
	[ "$COMMAND" = init ] || [ -d "$PROFILES/$1" ] ||
		die 2 "there is no profile '$1'$(meant "$1" \
		    $(profile_names)); '$PROG -p $1 init' makes one"
}

# use_profile NAME: from now on CONFIG, DATA and STATE are its.
use_profile() {
	[ "$1" != default ] || return 0
	CONFIG=$CONFIG/profiles/$1 DATA=$DATA/profiles/$1
	STATE=$STATE/profiles/$1 PROG="$PROG -p $1"
}

profile_names() {
	echo default
	ls "$PROFILES" 2>/dev/null
}

# profiles: each with the last day that it has, and where it is configured.
cmd_profiles() {
	for name in $(profile_names); do
		(use_profile "$name"
		[ -d "$DATA/archive" ] && last=$(reports_between 0000 9999 |
		    tail -n 1 | sed 's,.*/,,; s/[.].*//') || last=
		printf '%-12s %-10s %s\n' "$name" "${last:--}" "$CONFIG")
	done
}

# fetch_from NAME is FETCH where FETCH_FROM names a profile.
fetch_from() {
	[ "$1" != "${OPT_PROFILE:-default}" ] ||
		die 2 "FETCH_FROM: '$1' is this profile itself"
	# It would wait for us, and we for it.
	case " ${FETCHING-} " in
	*" $1 "*) die 2 "FETCH_FROM: '$1' fetches from this profile" ;;
	esac
	profile_names | grep -qxF -e "$1" || {
		# shellcheck disable=SC2046 # names
		hint=$(meant "$1" $(profile_names))
		die 2 "FETCH_FROM: there is no profile '$1'$hint"
	}
	echo "sh \"\$0\" \${OPT_QUIET:+-q} -p $1 fetch \"\$DAY\""
}

# fetch: the first stage of a day, for others; its report goes where they say.
cmd_fetch() {
	day=$(need_day "${1:-$TODAY}") || exit
	report=${PAPERROUND_REPORT-}
	# shellcheck disable=SC2034 # stage_run() uses it
	[ -t 2 ] || OPT_QUIET=yes
	open_day "$day" || exit
	stage fetch /dev/null "$FETCH"
	fetched=$?
	from=$(attempt fetch)
	[ ! -f "$from/papers.jsonl" ] || cat "$from/papers.jsonl" || exit 1
	[ -z "$report" ] || [ ! -f "$from/report.jsonl" ] ||
		cat "$from/report.jsonl" >>"$report" || exit 1
	exit $fetched
}
