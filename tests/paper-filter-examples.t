#!/bin/sh
# The examples of paper-filter(1), as they stand in the page, do something.
. "$(dirname "$0")/lib.sh"

cd "$T" || exit 1
i=0
while [ $i -lt 300 ]; do
	i=$((i + 1))
	printf '{"id":"2513.%05d","title":"On %s %d","abstract":"%s of experts are learned.","authors":["A","B","C%d","D"],"categories":["cs.LG"],"announce_type":"new"}\n' \
	    $i "$([ $((i % 4)) = 0 ] && echo "a survey" || echo "sparse diffusion")" $i \
	    "$([ $((i % 3)) = 0 ] && echo Mixtures || echo Sums)" $i
done >papers.jsonl
# What the last example calls.
mkdir bin
printf '#!/bin/sh\ncat "$1"\n' >bin/show
chmod +x bin/show
PATH=$T/bin:$PATH

# One file for each example: .Dl lines and literal displays.
awk '
	/^\.Sh / { examples = $2 == "EXAMPLES" }
	!examples { next }
	function unescape(s) { gsub(/\\e/, "\\", s); gsub(/\\\(aq/, "\047", s); return s }
	/^\.Dl / { print unescape(substr($0, 5)) >("example." ++n); next }
	/^\.Bd / { inside = 1; ++n; next }
	/^\.Ed/ { inside = 0; next }
	inside { print unescape($0) >("example." n) }
' "$SRCDIR/man/paper-filter.1"

n=0
for example in example.*; do
	n=$((n + 1))
	got=0
	timeout 60 sh -e "$example" >out 2>err || got=$?
	is "$(head -1 "$example"): status" "$got" 0
	ok "  it writes something" test -s out
	grep -v 'does not exist yet' err >err.other
	is "  and complains of nothing" "$(cat err.other)" ""
done
ok "there are some examples" test $n -ge 5
is "the papers shown are marked" "$(wc -l <seen.txt)" 300
done_testing
