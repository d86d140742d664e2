#!/bin/sh
# paper-filter: what holds for any options, over made-up and real papers.
. "$(dirname "$0")/lib.sh"

if ! echo '{"id":"a"}' | paper-filter -w . >/dev/null 2>"$T/err"; then
	skip "properties" "$(cat "$T/err")"
	done_testing
fi
set --
if [ -d "$SHARED/data/days" ]; then
	set -- "$SHARED"/data/days/2025-09-1*.jsonl
else
	echo "# real papers are left out: no $SHARED/data/days"
fi
"$PYTHON" "$(dirname "$0")/paper-filter-property.py" "$T" "$@"
