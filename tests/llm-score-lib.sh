# shellcheck shell=sh disable=SC2034,SC2154
# For tests of llm-score that ask the scripted server; sourced after lib.sh.
#
#   server SCRIPT       a server that plays the script (a JSON array of rules,
#                       see server/llm_server.py): $url is its base URL, $log
#                       what it was asked
#   script SCRIPT       from now on the same server plays this; its log is empty
#   internet HOST ..    that server by a proxy, as those; false without openssl.
#                       What is a script for each stands in $T/server/HOST.script
#   certificate HOST .. for these, in $T/ca.pem, with its key in $T/server.pem
#   papers N [TEXT]     N papers on stdout; TEXT stands in every abstract
#   score ARG ..        runs llm-score on $T/papers without a cache; leaves
#                       $T/out, $T/err, $T/report and prints the status
#   told                prints what came of it: papers scored, codes of the
#                       others, requests the server saw, and any breach of
#                       what always holds: all papers come out, in order, each
#                       with a score or the reason why not

command -v jq >/dev/null || {
	echo "1..0 # SKIP jq is missing"
	exit 0
}

# A seed whose first waits before another try are short.
PAPERROUND_SEED=29592
export PAPERROUND_SEED

server_pid=
server_n=0
cleanup='server_stop'
mkdir "$T/server"

server_stop() {
	[ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null
	[ -z "$server_pid" ] || wait "$server_pid" 2>/dev/null
	server_pid=
}

server_start() {
	"$PYTHON" "$SRCDIR/tests/server/llm_server.py" "$T/server" &
	server_pid=$!
	while [ ! -s "$T/server/port" ]; do
		kill -0 "$server_pid" 2>/dev/null || {
			echo "Bail out! the test server does not start"
			exit 1
		}
		sleep 0.02
	done
}

certificate() {
	tap_names=
	for tap_host; do
		tap_names=$tap_names,DNS:$tap_host
	done
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test \
	    -addext "subjectAltName=${tap_names#,}" \
	    -keyout "$T/key.pem" -out "$T/ca.pem" 2>/dev/null &&
		cat "$T/key.pem" "$T/ca.pem" >"$T/server.pem"
}

internet() {
	certificate "$@" || return
	server_stop
	rm -f "$T/server/port"
	export LLM_SERVER_PROXY="$T/server.pem"
	server_start
	https_proxy=http://127.0.0.1:$(cat "$T/server/port")
	unset CURL_CA_BUNDLE SSL_CERT_DIR
	SSL_CERT_FILE=$T/ca.pem
	export https_proxy SSL_CERT_FILE
}

script() {
	printf '%s\n' "$1" >"$T/server/script.new"
	mv "$T/server/script.new" "$T/server/$server_n.script"
	: >"$log"
}

server() {
	[ -n "$server_pid" ] || server_start
	server_n=$((server_n + 1))
	log=$T/server/$server_n.log
	script "$1"
	url=http://127.0.0.1:$(cat "$T/server/port")/$server_n/v1
}

cat >"$T/topics.md" <<'X'
# What I read

1. Mixtures of experts {#moe}
2. Quantization {#quant}
X

papers() {
	awk -v n="$1" -v text="${2-}" 'BEGIN {
		for (i = 1; i <= n; i++)
			printf "{\"id\":\"2513.%05d\",\"title\":\"Paper %d\"," \
			    "\"abstract\":\"We look at matter %d. %s\"," \
			    "\"n\":12345678901234567890,\"z\":1e400}\n",
			    i, i, i, text
	}'
}

score() {
	rm -f "$T/report"
	status_of llm-score -T "$T/topics.md" -m gpt-5 --base-url "$url" \
	    --no-cache --report "$T/report" "$@" "$T/papers"
}

told() {
	jq -rsn --slurpfile in "$T/papers" --slurpfile out "$T/out" \
	    --slurpfile log "$log" '
	    ([$out[] | select(.score)] | length) as $scored |
	    ([$out[] | .score_error.code // empty] | group_by(.) |
		map("\(.[0]) \(length), ") | join("")) as $codes |
	    (if [$in[].id] == [$out[].id] then "" else ", papers lost" end) as
		$lost |
	    (if all($out[]; has("score") != has("score_error")) then ""
		else ", both or neither" end) as $both |
	    "\($scored) scored, \($codes)\($log | length) requests\($lost)\($both)"'
}

# fault NAME SCRIPT STATUS TOLD [ARG ..]: eight papers in one batch
fault() {
	name=$1
	server "$2"
	want=$3 story=$4
	shift 4
	is "$name: status" "$(score -n 8 --retries 2 --max-unscored 0.5 "$@")" "$want"
	is "$name: what came of it" "$(told)" "$story"
}

# the third paper is special
bad() {
	sed '3s/We look/MARKED we look/' "$T/papers" >"$T/new" &&
		mv "$T/new" "$T/papers"
}

# report FILTER: of the last report line
report() {
	tail -n 1 "$T/report" | jq -rc "$1"
}
