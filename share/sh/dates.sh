# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# Days, sourced by paperround.  date(1) does not calculate everywhere, so we do:
# with the number of days since 1970, which fits in the 32 bits that some shells
# have.  All of them print, so what they set stays in the subshell around them.

# arXiv announces by the day of US Eastern time.
EASTERN=EST5EDT,M3.2.0,M11.1.0

# day_number DAY, the year beginning with March, so that a leap day is its last.
# The 1 before a part keeps 08 from being octal.
day_number() {
	month=${1#*-} day=$((1${1##*-} - 100)) year=$((1${1%%-*} - 10000))
	month=$((1${month%-*} - 100)) early=0
	[ "$month" -gt 2 ] || early=1
	year=$((year + 4800 - early)) month=$((month + 12 * early - 3))
	echo $((day + (153 * month + 2) / 5 + 365 * year + year / 4 -
	    year / 100 + year / 400 - 2472633))
}

# day_of NUMBER, the other way round: centuries, years in them, days of a year.
day_of() {
	days=$(($1 + 2472632))
	century=$(((4 * days + 3) / 146097))
	days=$((days - 146097 * century / 4))
	year=$(((4 * days + 3) / 1461))
	days=$((days - 1461 * year / 4))
	month=$(((5 * days + 2) / 153))
	printf '%04d-%02d-%02d\n' $((100 * century + year - 4800 + month / 10)) \
	    $((month + 3 - 12 * (month / 10))) \
	    $((days - (153 * month + 2) / 5 + 1))
}

day_plus()	{ day_of $(($(day_number "$1") + $2)); }
is_before()	{ expr "$1" '<' "$2" >/dev/null; }
is_day() {
	case $1 in
	[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]) ;;
	*)	return 1 ;;
	esac
	[ "$(day_plus "$1" 0)" = "$1" ]
}

# weekday DAY: its name.
weekday() {
	past=$((($(day_number "$1") % 7 + 7) % 7))
	set -- thursday friday saturday sunday monday tuesday wednesday
	shift $past
	echo "$1"
}

# week_of DAY: 2025-W42, the week being in the year where its Thursday is.
week_of() {
	number=$(day_number "$1")
	number=$((number - (number + 3) % 7 + 3))
	thursday=$(day_of $number)
	printf '%s-W%02d\n' "${thursday%%-*}" \
	    $(((number - $(day_number "${thursday%%-*}-01-01")) / 7 + 1))
}

# last_day MONTH
last_day() {
	next=$(day_plus "$1-01" 31)
	day_plus "${next%-*}-01" -1
}

# seconds_of TIME: since 1970; fails if it is not a time.
seconds_of() {
	case $1 in
	@*[!0-9]*|@) return 1 ;;
	@*)	line "${1#@}"
		return ;;
	esac
	day=${1%%T*} clock=${1#??????????}
	is_day "$day" || return 1
	case $clock in
	'')	clock=T00:00Z ;;
	T[01][0-9]:[0-5][0-9]Z|T2[0-3]:[0-5][0-9]Z) ;;
	T[01][0-9]:[0-5][0-9]:[0-5][0-9]Z|T2[0-3]:[0-5][0-9]:[0-5][0-9]Z) ;;
	*)	return 1 ;;
	esac
	day_number "$day" | awk -v clock="${clock#T}" '{
		split(clock, part, ":")
		printf "%.0f\n", 86400 * $1 + 3600 * part[1] + 60 * part[2] + part[3]
	}'
}

# today by the clock, or by the time that was given, of which date(1) knows no
# day everywhere, but jq does.
today() {
	if [ -z "${SOURCE_DATE_EPOCH-}" ] || ! have jq; then
		TZ=$EASTERN date +%Y-%m-%d
	else
		TZ=$EASTERN jq -rn --argjson time "$SOURCE_DATE_EPOCH" \
		    '$time | localtime | strftime("%Y-%m-%d")'
	fi
}

# set_clock [TIME] sets $TODAY, for the tools too if the time was given.
set_clock() {
	if [ -n "${1-}" ]; then
		SOURCE_DATE_EPOCH=$(seconds_of "$1") ||
			misuse "--now: '$1' is not a time"
	fi
	[ -z "${SOURCE_DATE_EPOCH-}" ] || export SOURCE_DATE_EPOCH
	TODAY=$(today) || exit
}

# need_day WORD prints the day that is meant, as all the tools take it:
# 2025-10-17, or told from today: today, yesterday, monday (the last one), 7d.
need_day() {
	asked=$1
	case $1 in
	today)	asked=$TODAY ;;
	yesterday) asked=$(day_plus "$TODAY" -1) ;;
	[a-z]*)	for back in 0 1 2 3 4 5 6; do
			past=$(day_plus "$TODAY" "-$back")
			name=$(weekday "$past")
			case $1 in
			"$name"|"${name%"${name#???}"}") asked=$past ;;
			esac
		done ;;
	*[!0-9]*d|???????*d) ;;
	[0-9]*d) back=${1%d}
		back=${back#"${back%%[!0]*}"}
		asked=$(day_plus "$TODAY" "-${back:-0}") ;;
	esac
	is_day "$asked" || misuse "'$1' is not a day like 2025-10-17"
	! is_before "$TODAY" "$asked" || misuse "$1 is still to come"
	echo "$asked"
}

# span FROM UNTIL: the days as a message names them.
span()	{ [ "$1" = "$2" ] && echo "for $1" || echo "from $1 to $2"; }
