# shellcheck shell=sh disable=SC2034
# For the tests of arxiv-fetch: a server that plays arXiv, in $URL.

FIXTURES=$SRCDIR/tests/fixtures/arxiv-fetch

# A copy of the fixtures is served, so that a test may add to them.
# $server_args may hold more arguments.
server_args=
start_arxiv() {
	cp -R "$FIXTURES" "$T/root"
	: >"$T/script"
	: >"$T/log"
	# shellcheck disable=SC2086
	PYTHONDONTWRITEBYTECODE=1 "$PYTHON" "$SRCDIR/tests/server/arxiv_server.py" \
	    --root "$T/root" --script "$T/script" --log "$T/log" \
	    --port-file "$T/port" $server_args &
	server=$!
	cleanup="kill $server"
	await "$T/port"
	URL=http://127.0.0.1:$(cat "$T/port")
}

# script LINE ..: the faults to come; see tests/server/faults.py.  A comment
# makes it a new script even if the faults are the same again.
script_n=0
script() {
	script_n=$((script_n + 1))
	{
		echo "# $script_n"
		printf '%s\n' "$@"
	} >"$T/script.new"
	mv "$T/script.new" "$T/script"
}

forget_requests() {
	: >"$T/log"
}

# requests: the paths asked for since forget_requests, on one line.
requests() {
	sed 's/.*"path": "\([^"]*\)".*/\1/' "$T/log" | tr '\n' ' ' |
	    sed 's/ $//'
}

# header NAME: of the last request.
header() {
	tail -n 1 "$T/log" | sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p"
}

# spaced N SECONDS: N requests came, no two closer than that.
spaced() {
	sed 's/.*"t": \([0-9.]*\),.*/\1/' "$T/log" | awk -v n="$1" -v s="$2" '
	NR > 1 && $1 - last < s - 0.01 { bad = 1; print "only", $1 - last }
	{ last = $1 }
	END { if (NR != n) print NR, "requests"; exit bad || NR != n }'
}

# ids COMMAND ..: its papers' ids instead of its papers.
ids() {
	ids_status=0
	"$@" >"$T/.papers" || ids_status=$?
	sed 's/^{"id":"\([^"]*\)".*/\1/' "$T/.papers"
	return $ids_status
}

# conserved FILE ..: in each run report, what came in went out, was dropped
# for a reason, or failed.
conserved() {
	cat "$@" | "$PYTHON" -c 'import json, sys
bad = 0
for line in sys.stdin:
    r = json.loads(line)
    if r["in"] != r["out"] + sum(r["dropped"].values()) + r["failed"]:
        bad = print(line) or 1
sys.exit(bad)'
}
