#!/bin/sh
# A key that a server knows and tells is written nowhere, however it is spelled.
. "$(dirname "$0")/lib.sh"

echo '# Anything' >"$T/topics.md"
"$PYTHON" "$(dirname "$0")/secrets.py" "$T"
