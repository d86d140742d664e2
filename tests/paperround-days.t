#!/bin/sh
# Days with whatever may happen to a run; see paperround-days.py.  DAYS and
# SEED in the environment try more of them, or the same ones again.
. "$(dirname "$0")/lib.sh"

[ -d /proc/self ] || {
	skip "days" "no /proc to find a run's processes in"
	done_testing
}
export BUILD
"$PYTHON" "$SRCDIR/tests/paperround-days.py" "$T" "${DAYS:-10}" "${SEED:-1}"

