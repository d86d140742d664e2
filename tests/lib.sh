# shellcheck shell=sh disable=SC2034
# TAP for shell tests.  Source it first, end with done_testing.
#
#   row NAME COMMAND [ARG ..]      runs it with stdin from $in (a string, or
#                                  nothing), then compares with $out, $err and
#                                  $status (unset: empty, empty, 0); all are
#                                  forgotten afterwards
#   ok NAME COMMAND ..             the command succeeds
#   is NAME GOT WANTED             two strings are the same
#   like NAME STRING PATTERN       the string matches a shell pattern
#   skip NAME REASON               said, not run
#   terminals NAME                 true, or skips what needs a terminal
#   await FILE                     a server's port file: until it is written
#
# Each test file has a folder of its own in $T, removed at the end, a HOME in
# it, and no configuration of the person who runs it.
set -u
unset CDPATH
LC_ALL=C.UTF-8
export LC_ALL

SRCDIR=${SRCDIR:-$(cd "$(dirname "$0")/.." && pwd)}
BUILD=${BUILD:-$SRCDIR/build}
# Not for the makes that tests start: those build somewhere else.
tap_build=$BUILD
unset BUILD
BUILD=$tap_build
PATH=$BUILD:$SRCDIR/scripts:$PATH
SHARED=$SRCDIR/../shared
VERSION=$(cat "$SRCDIR/share/VERSION")
# Debian's before another: it has the packages.
PYTHON=${PYTHON:-$(PATH=/usr/bin:$PATH command -v python3)}

T=$(mktemp -d "${TMPDIR:-/tmp}/paperround-test.XXXXXX") || exit 1
cleanup=:
trap 'eval "$cleanup"; rm -rf "$T"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$T/home
mkdir "$HOME"
export HOME PATH SRCDIR PYTHON
unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME XDG_DATA_HOME \
    XDG_RUNTIME_DIR PAPERROUND_REPORT PAPERROUND_STAGE PAPERROUND_TOPICS \
    OPENAI_API_KEY ANTHROPIC_API_KEY LLM_API_KEY S2_API_KEY \
    SOURCE_DATE_EPOCH NO_COLOR \
    MAKEFLAGS MAKELEVEL MFLAGS http_proxy https_proxy HTTPS_PROXY all_proxy \
    ALL_PROXY no_proxy NO_PROXY CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR
PAPERROUND_DATADIR=${PAPERROUND_DATADIR:-$SRCDIR/share}
export PAPERROUND_DATADIR

tap_n=0
tap_failed=0
in='' out='' err='' status=0

# For messages that quote shell-made strings over several lines.
tap_note() {
	printf '%s\n' "$1" | sed 's/^/# /'
}

await() {
	tap_tries=0
	until [ -s "$1" ]; do
		tap_tries=$((tap_tries + 1))
		[ $tap_tries -lt 400 ] || { echo "Bail out! no $1"; exit 1; }
		sleep 0.05
	done
}

pass() {
	tap_n=$((tap_n + 1))
	echo "ok $tap_n - $1"
}

fail() {
	tap_n=$((tap_n + 1))
	tap_failed=$((tap_failed + 1))
	echo "not ok $tap_n - $1"
}

ok() {
	tap_name=$1
	shift
	if "$@" >"$T/.ok" 2>&1; then
		pass "$tap_name"
	else
		fail "$tap_name"
		tap_note "status $? of: $*"
		sed 's/^/# /' "$T/.ok" | head -40
	fi
}

is() {
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1"
		tap_note "got:    $2"
		tap_note "wanted: $3"
	fi
}

like() {
	# shellcheck disable=SC2254
	case $2 in
	$3) pass "$1" ;;
	*)
		fail "$1"
		tap_note "got:    $2"
		tap_note "wanted: $3"
		;;
	esac
}

skip() {
	tap_n=$((tap_n + 1))
	echo "ok $tap_n # skip $1: $2"
}

# diff_or_note WHAT GOT-FILE WANTED-FILE
tap_diff() {
	diff -u "$3" "$2" >"$T/.diff" 2>&1 && return
	tap_note "$1 differs (- wanted, + got):"
	tail -n +3 "$T/.diff" | head -30 | sed 's/^/#   /'
}

# The same bytes.  Most rows say nothing by one of the two ways out, which takes
# no program to see.
tap_same() {
	if [ -s "$1" ] && [ -s "$2" ]; then
		cmp -s "$1" "$2"
	else
		[ ! -s "$1" ] && [ ! -s "$2" ]
	fi
}

row() {
	tap_name=$1
	shift
	printf '%s' "$in" >"$T/.in"
	printf '%s' "$out${out:+
}" >"$T/.want-out"
	printf '%s' "$err${err:+
}" >"$T/.want-err"
	tap_status=0
	"$@" <"$T/.in" >"$T/.out" 2>"$T/.err" || tap_status=$?
	if tap_same "$T/.out" "$T/.want-out" && tap_same "$T/.err" "$T/.want-err" &&
	    [ "$tap_status" = "$status" ]; then
		pass "$tap_name"
	else
		fail "$tap_name"
		tap_note "command: $*"
		tap_diff stdout "$T/.out" "$T/.want-out"
		tap_diff stderr "$T/.err" "$T/.want-err"
		[ "$tap_status" = "$status" ] ||
		    tap_note "status $tap_status, wanted $status"
	fi
	in='' out='' err='' status=0
}

# status_of COMMAND ..: prints its exit status; output goes to $T/out, $T/err.
status_of() {
	tap_status=0
	"$@" >"$T/out" 2>"$T/err" || tap_status=$?
	echo "$tap_status"
}

# terminals NAME: true where terminals can be made; else NAME is skipped.
terminals() {
	"$PYTHON" -c 'import pty; pty.openpty()' 2>/dev/null && return
	skip "$1" "no pseudo-terminals here"
	return 1
}

# have_shared: true where the shared data folder stands beside the project.
have_shared() {
	[ -d "$SHARED/golden" ]
}

done_testing() {
	echo "1..$tap_n"
	[ "$tap_failed" = 0 ]
	exit
}
