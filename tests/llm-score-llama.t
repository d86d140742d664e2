#!/bin/sh
# End to end with a real llama.cpp server and a tiny model of random weights:
# it says nothing of sense, which is what a server may do; what it says must
# end as scores or reasons.
#
# Runs where LLAMA_SERVER names the binary and ../shared/wire is at hand.
. "$(dirname "$0")/lib.sh"

if [ -z "${LLAMA_SERVER-}" ]; then
	echo "1..0 # SKIP LLAMA_SERVER names no llama.cpp server"
	exit 0
fi
if [ ! -f "$SHARED/wire/mkgguf.py" ]; then
	echo "1..0 # SKIP ../shared/wire/mkgguf.py is not there"
	exit 0
fi

"$PYTHON" "$SHARED/wire/mkgguf.py" "$T/tiny.gguf" >/dev/null
port=$(($$ % 20000 + 20000))
"$LLAMA_SERVER" -m "$T/tiny.gguf" --host 127.0.0.1 --port "$port" -c 32768 \
    -np 2 --api-key sk-right >"$T/server.log" 2>&1 &
server=$!
cleanup='kill $server 2>/dev/null; wait $server 2>/dev/null'
n=0
until curl -sf "http://127.0.0.1:$port/health" >/dev/null; do
	n=$((n + 1))
	if [ $n -ge 100 ] || ! kill -0 $server 2>/dev/null; then
		echo "Bail out! llama.cpp does not start: $(tail -n 3 "$T/server.log")"
		exit 1
	fi
	sleep 0.1
done

echo '1. Experts {#moe}' >"$T/topics.md"
for i in 1 2 3 4; do
	printf '{"id":"2513.0000%d","title":"Paper %d","abstract":"About it."}\n' $i $i
done >"$T/papers"
score() {
	status_of llm-score -T "$T/topics.md" -m tiny --no-cache --timeout 60 \
	    --base-url "http://127.0.0.1:$port/v1" --report "$T/report" "$@" "$T/papers"
}

LLM_API_KEY=sk-wrong
export LLM_API_KEY
is "a wrong key" "$(score)" 77
LLM_API_KEY=sk-right

for backend in openai anthropic; do
	got=$(score -n 2 -j 2 --backend $backend)
	case $got in
	0 | 1 | 75) pass "$backend: ends as it should ($got)" ;;
	*) fail "$backend: ends with $got: $(tail -n 2 "$T/err")" ;;
	esac
	is "$backend: all papers come out" \
	    "$(sed 's/.*"id":"\([^"]*\)".*/\1/' "$T/out" | tr '\n' ' ')" \
	    "2513.00001 2513.00002 2513.00003 2513.00004 "
	is "$backend: each with a score or a reason" \
	    "$(grep -c -e '"score":{' -e '"score_error":{' "$T/out")" 4
	tap_note "$(sed 's/.*"score/score/' "$T/out")"
	like "$backend: tokens are counted" "$(tail -n 1 "$T/report")" '*"output":[1-9]*'
done
done_testing
