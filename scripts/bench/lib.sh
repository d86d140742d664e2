# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# What the parts of the bench share.  A part says which tool it is about,
# makes its input in three sizes, and asks questions of ours and of peers:
#
#   tool=paper-filter
#   inputs papers records 1200 12000 120000
#   at_most 16 MB
#   peer jq 25 "jq -c 'select(.id)' INPUT"
#   question 'an id' papers 'paper-filter -w .id INPUT'
#
# Each question is measured at each of $BENCH_SIZES, and each peer of it gives
# a row of the table.  INPUT stands for the path of the input.
set -eu
unset CDPATH
here=$(cd "$(dirname "$0")" && pwd)
[ -n "${BENCH_DIR-}" ] || exec "$here/run" "$(basename "$0")"
dir=$BENCH_DIR/$(basename "$0")
mkdir "$dir"
tab=$(printf '\t')
tool=$(basename "$0")
asked=
: >"$dir/peers"
: >"$dir/limits"

say() {
	printf 'bench: %s\n' "$*" >&2
}

# note TEXT: stands below the table.
note() {
	printf '%s\n' "$*" >>"$BENCH_DIR/notes"
}

# has NAME [MODULE]: true if the command is there, or Python's module; what is
# not is noted.
has() {
	if [ $# = 1 ]; then
		! command -v "$1" >/dev/null || return 0
	else
		! "$PYTHON" -c "import $2" 2>/dev/null || return 0
	fi
	grep -qsF "Left out, not installed: $1." "$BENCH_DIR/notes" ||
	    note "Left out, not installed: $1."
	return 1
}

# known KIND SIZE LABEL AMOUNT: there is such an input; growth is reckoned by
# the amount.
known() {
	printf '%s\n' "$2" >>"$dir/$1.sizes"
	printf '%s\n' "$3" >"$dir/$1.$2.label"
	printf '%s\n' "$4" >"$dir/$1.$2.amount"
}

# inputs KIND UNIT SMALL MEDIUM LARGE: makes these numbers of UNIT with
# inputs.py, as far as the sizes are asked for.
inputs() {
	for size in $BENCH_SIZES; do
		case $size in
		small) n=$3 ;;
		medium) n=$4 ;;
		large) n=$5 ;;
		esac
		say "making $n $2 for $tool"
		"$PYTHON" "$here/inputs.py" "$1" "$n" >"$dir/$1.$size"
		bytes=$(wc -c <"$dir/$1.$size")
		known "$1" "$size" "$(awk -v n="$n" -v unit="$2" -v b="$bytes" \
		    'BEGIN { printf "%d %s, %.3g MB", n, unit, b / 1e6 }')" "$bytes"
	done
}

# at_most NUMBER s|MB [SIZE]: what the next question may take of ours.
at_most() {
	printf '%s\t%s\t%s\n' "$1" "$2" "${3:-all}" >>"$dir/limits"
}

# peer LABEL TIMES COMMAND: one to measure the next question beside; it is
# wanted to take at least so many times our time at the largest size, "-" if
# nothing is wanted.  COMMAND =N is no command, but N seconds.
peer() {
	case $3 in =*) ;; *) has "${3%% *}" || return 0 ;; esac
	printf '%s\t%s\t%s\n' "$@" >>"$dir/peers"
}

# best RUNS COMMAND: the least seconds it took; what else the machine does
# only adds.
best() {
	# grep stops at the first match when it sees /dev/null.
	case $2 in *grep*) output=pipe ;; *) output=null ;; esac
	hyperfine -N -n x -r "$1" --output $output --export-csv "$dir/csv" "$2" \
	    </dev/null >/dev/null 2>"$dir/err" || {
		say "this failed: $2"
		cat "$dir/err" >&2
		sh -c "$2" 2>&1 >/dev/null </dev/null | tail -n 5 >&2
		exit 1
	}
	awk -F, 'END { print $7 }' "$dir/csv"
}

# first COMMAND: a run that takes the memory, and warms the caches: prints
# seconds and MB.
first() {
	if [ -x /usr/bin/time ]; then
		s=$(best 1 "/usr/bin/time -f %M -o $dir/kb $1")
		awk -v s="$s" 'END { printf "%s\t%.1f\n", s, $1 / 1024 }' "$dir/kb"
	else
		printf '%s\t-\n' "$(best 1 "$1")"
	fi
}

# measure: of $dir/commands (label, times wanted, command) makes $dir/measured
# (label, times wanted, seconds, MB).  Each command runs in turn, in several
# rounds, so that a busy moment hits all of them.  What is slow runs once.
measure() {
	i=0
	while IFS=$tab read -r label times command; do
		i=$((i + 1))
		case $command in
		=*) printf '%s\t-\n' "${command#=}" >"$dir/time.$i" ;;
		*) first "$command" >"$dir/time.$i" ;;
		esac
	done <"$dir/commands"
	for _ in $(seq "$BENCH_ROUNDS"); do
		i=0
		while IFS=$tab read -r label times command; do
			i=$((i + 1))
			case $command in =*) continue ;; esac
			runs=$(awk 'NR == 1 {
				n = int(0.3 / $1)
				n = n < 1 ? 1 : n > 40 ? 40 : n
				print ($1 > 1.5 ? 0 : n)
			}' "$dir/time.$i")
			[ "$runs" = 0 ] || best "$runs" "$command" >>"$dir/time.$i"
		done <"$dir/commands"
	done
	i=0
	while IFS=$tab read -r label times command; do
		i=$((i + 1))
		awk -v OFS="$tab" -v label="$label" -v times="$times" '
		    NR == 1 { mb = $2 }
		    NR == 1 || $1 < s { s = $1 }
		    END { print label, times, s, mb }' "$dir/time.$i"
	done <"$dir/commands" >"$dir/measured"
}

# rows QUESTION LABEL SIZE: of $dir/measured, ours first, makes the rows of the
# table.  The limits of ours are held in the first row.
rows() {
	awk -F "$tab" -v tool="$tool" -v question="$1" -v input="$2" \
	    -v size="$3" -v grown="$grown" -v form="$BENCH_FORM" '
	function short(x) {
		return sprintf(x < 100 ? "%.3g" : "%.0f", x)
	}
	function want(text, met) {
		wanted = wanted (wanted ? ", " : "") text
		missed = missed || !met
	}
	function row(peer, s, mb, ratio) {
		printf form, tool, question, input, short(ours),
		    ours_mb, growth, peer, s, mb, ratio, wanted,
		    wanted ? (missed ? "no" : "yes") : ""
		wanted = missed = ""
	}
	FILENAME ~ /limits$/ {
		n_limits++
		limit[n_limits] = $1
		unit[n_limits] = $2
		at[n_limits] = $3
		next
	}
	FILENAME ~ /before$/ {
		before[$1] = $3
		next
	}
	!seen++ {
		ours = $3
		ours_mb = $4
		if (grown)
			growth = sprintf("%.2f", ours / before["ours"] / grown)
		for (i = 1; i <= n_limits; i++)
			if ((at[i] == "all" || at[i] == size) &&
			    !(unit[i] == "MB" && ours_mb == "-"))
				want("<= " limit[i] " " unit[i],
				    (unit[i] == "MB" ? ours_mb : ours) + 0 <= limit[i])
		next
	}
	{
		if ($2 != "-" && size == "large")
			want(">= " $2 " times", $3 / ours >= $2)
		row($1, short($3), $4, short($3 / ours))
	}
	END {
		if (seen == 1)
			row("-", "-", "-", "-")
	}' "$dir/limits" "$dir/before" "$dir/measured"
}

# patient QUESTION LABEL: of $dir/commands, leaves out those that would take
# minutes, by the time that they took for the smaller input.
patient() {
	[ -n "$grown" ] || return 0
	awk -F "$tab" -v where="$tool, $1, $2" -v grown="$grown" \
	    -v notes="$BENCH_DIR/notes" '
	FILENAME ~ /before$/ {
		s[$1] = $3 * grown
		next
	}
	!($1 in s) || s[$1] > 100 {
		printf "Left out, too slow: %s, beside %s%s.\n", where, $1,
		    $1 in s ? sprintf(", about %.0f s", s[$1]) : "" >>notes
		next
	}
	{ print }' "$dir/before" "$dir/commands" >"$dir/patient"
	mv "$dir/patient" "$dir/commands"
}

# question NAME KIND COMMAND: measures ours and the peers named since the last
# question, at each size of that kind of input (or at those in $only).
question() {
	if [ "$asked" != "$tool $1" ]; then
		asked="$tool $1"
		: >"$dir/before"
		grown=
	fi
	for size in ${only:-$(cat "$dir/$2.sizes")}; do
		say "$tool: $1, $size"
		input=$dir/$2.$size
		{
			printf 'ours\t-\t%s\n' "$3"
			cat "$dir/peers"
		} | sed "s|INPUT|$input|g" >"$dir/commands"
		amount=$(cat "$input.amount")
		[ ! -s "$dir/before" ] || grown=$(awk -v now="$amount" \
		    -v before="$amount_before" 'BEGIN { print now / before }')
		patient "$1" "$(cat "$input.label")"
		measure
		rows "$1" "$(cat "$input.label")" "$size" >"$dir/rows"
		cat "$dir/rows"
		cat "$dir/rows" >>"$BENCH_DIR/table"
		cp "$dir/measured" "$dir/before"
		amount_before=$amount
	done
	: >"$dir/peers"
	: >"$dir/limits"
}

# wait_for FILE: until a server has written where it listens.
wait_for() {
	for _ in $(seq 100); do
		[ ! -s "$1" ] || return 0
		sleep 0.1
	done
	say "no server after 10 seconds"
	exit 1
}
