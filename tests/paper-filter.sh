# shellcheck shell=sh disable=SC2034
# For the tests of paper-filter.

# ids ARG ..: of the papers that pass, on one line; messages and status as they
# are.  The papers are in $T/pf.out.
ids() {
	tap_pf=0
	paper-filter "$@" >"$T/pf.out" || tap_pf=$?
	[ ! -s "$T/pf.out" ] ||
	    sed 's/^{"id":"\([^"]*\)".*/\1/' "$T/pf.out" | paste -s -d ' ' -
	return "$tap_pf"
}

# pf ARG ..: the same of the papers in $T/p.
pf() {
	ids "$@" "$T/p"
}

# misuse MESSAGE: what the next row is to say.
misuse() {
	err="paper-filter: $1
try 'paper-filter --help'" status=2
}
