# shellcheck shell=sh disable=SC2034,SC2154
# For tests that make the Nth call of a kind fail (fault/fail.c); sourced
# after lib.sh.  Ends the test where that cannot be.
#
#   with_fault FAULT COMMAND ..    the command with that fault; it reads
#                                  $input; output in $T/got, messages in
#                                  $T/err, status in $got
#   sweep NAME KIND SUFFIX COMMAND ..
#                                  the fault at the 1st call, the 2nd and so
#                                  on, until nothing is left to fail.  The
#                                  test has two functions: judge prints what
#                                  is wrong after a run, reset comes before
#                                  each.  Past $dense calls the steps grow,
#                                  unless FAULT_ALL is set

[ -z "${SANITIZED-}${VALGRIND-}" ] || {
	skip "faults" "preloading needs an ordinary build"
	done_testing
}
preload=$BUILD/tests/fault/fail.so
[ -f "$preload" ] || {
	skip "faults" "no preload: make check builds it"
	done_testing
}
dense=40 growth=12 input=/dev/null
reset() { :; }

with_fault() {
	fault=$1
	shift
	got=0
	: >"$T/hit"
	: >"$T/got"
	FAIL=$fault FAIL_HIT=$T/hit LD_PRELOAD=$preload \
	    "$@" <"$input" >>"$T/got" 2>"$T/err" || got=$?
}

# ended_badly: says so of a run that hung or crashed.
ended_badly() {
	case $fault,$got in
	*SIGTERM,143 | *SIGKILL,137) return 1 ;;
	esac
	case $got in
	142) echo "hangs" ;; # SIGALRM, which the preload asks for
	12[89] | 1[3-9]? | 2??) echo "killed by signal $((got - 128))" ;;
	*) return 1 ;;
	esac
}

sweep() {
	name=$1 kind=$2 suffix=$3
	shift 3
	wrong='' elsewhere=''
	n=1
	runs=0
	while reset && with_fault "$kind:$n$suffix" "$@" && [ -s "$T/hit" ]; do
		runs=$((runs + 1))
		what=$(ended_badly || judge)
		# By the shell alone: there are thousands of runs.
		while read -r said; do
			case $said in
			crashed*) elsewhere=$said ;;
			esac
		done <"$T/err"
		[ -z "$what" ] || wrong="$wrong
$kind:$n$suffix: $what: $(head -1 "$T/err")"
		n=$((n + 1))
		[ $n -lt $dense ] || [ -n "${FAULT_ALL-}" ] ||
		    n=$((n + n / growth))
	done
	is "$name: $kind$suffix ($runs runs)" "$wrong" ""
	[ -z "$elsewhere" ] || tap_note "$elsewhere"
	# A preload that is not there would pass everything.
	ok "$name: $kind$suffix hit something" test "$runs" -gt 0
}
