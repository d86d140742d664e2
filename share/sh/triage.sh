# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# triage, sourced by paperround: one unread paper after the other, a key each.
#
# Every decision is in marks.jsonl before the next paper is shown, so nothing
# is lost when the terminal goes away in the midst of it.

cmd_triage() {
	if [ ! -t 0 ] || [ ! -t 1 ]; then
		die 2 "triage needs a terminal; '$PROG unread' does not"
	fi
	work_folder
	find_unread "$@"
	# Better to know now than with the first key.
	{ true >>"$MARKS"; } 2>/dev/null || no_room "$MARKS" || exit
	modes=$(stty -g) || exit 1
	trap 'keys_end; leave' EXIT
	# Who comes back from a stop finds the terminal as the shell has it.
	trap 'keys_begin' CONT
	total=$(lines "$work/unread") at=1 stars=0 drops=0 history=
	keys_begin
	while [ "$at" -le "$total" ]; do
		triage_paper no
		triage_key || break
	done
	keys_end
	say "$stars starred, $drops dropped, $((total - stars - drops)) left"
}

# The keys come one by one and unseen; Ctrl-C and Ctrl-Z work as ever.
keys_begin() { stty -icanon -echo min 1 time 0; }
keys_end() { stty "$modes" 2>/dev/null; }

# triage_paper ABSTRACT shows the paper that is at.
triage_paper() {
	sed -n "${at}p" "$work/unread" >"$work/paper"
	echo
	render text - "" "$work/paper" "" --title '' --keep-order --abstracts "$1"
	printf '%s ' "[$at/$total] star drop later open abstract undo quit:"
}

# triage_key does what the next key says; fails where there is no more to do.
triage_key() {
	while :; do
		key=$(dd bs=1 count=1 2>/dev/null)
		case $key in
		s)	triage_mark star || return ;;
		d)	triage_mark drop || return ;;
		l)	echo later
			history="- $history" at=$((at + 1)) ;;
		o)	echo open
			browse "$(address "$(triage_id)")" ;;
		a)	echo abstract
			triage_paper yes
			continue ;;
		u)	triage_undo || return ;;
		q)	echo quit
			return 1 ;;
		'')	# A blank or Enter is no empty key, but the end is.
			triage_gone && return 1
			continue ;;
		*)	continue ;;
		esac
		return 0
	done
}

# The command substitution takes Enter away, and a closed terminal gives none.
triage_gone() { ! stty -g >/dev/null 2>&1; }

triage_id() { jq -r .id "$work/paper"; }

# triage_mark MARK for this paper, and on to the next.
triage_mark() {
	echo "$1"
	add_marks "$1" "" "$(triage_id)" || return
	history="$1 $history" at=$((at + 1))
	triage_count "$1" 1
}

triage_count() {
	case $1 in
	star)	stars=$((stars + $2)) ;;
	drop)	drops=$((drops + $2)) ;;
	esac
}

# triage_undo goes back one paper and takes back its mark.
triage_undo() {
	echo undo
	[ "$at" -gt 1 ] || return 0
	at=$((at - 1)) last=${history%% *} history=${history#* }
	[ "$last" != - ] || return 0
	sed -n "${at}p" "$work/unread" >"$work/paper"
	triage_count "$last" -1
	add_marks none "" "$(triage_id)"
}
