#!/bin/sh
# The first command of the README, as a stranger runs it: a fresh copy, an
# empty HOME, no packages installed by it here and no network asked.
# shellcheck disable=SC2016 # for the shells that are started here
. "$(dirname "$0")/lib.sh"

mkdir "$T/clone"
(cd "$SRCDIR" && tar cf - Makefile lib tools man share scripts) |
    (cd "$T/clone" && tar xf -)
# What make builds there is tested elsewhere; here it takes what there is.
cat >"$T/clone/Makefile" <<END
all:
	mkdir -p '\$(BUILD)'
	cp $BUILD/arxiv-fetch $BUILD/paper-filter $BUILD/llm-score $BUILD/digest-render $BUILD/paperround-helper '\$(BUILD)'
END
cd "$T/clone" || exit 1
unset PAPERROUND_DATADIR
PATH=/usr/bin:/bin

is "quickstart" "$(status_of scripts/quickstart -n -s)" 0
is "  prints where the digests are" "$(cat "$T/out")" \
    "$T/clone/build/quickstart/sample/digest/2025-10-16.md
$T/clone/build/quickstart/sample/digest/2025-10-16.html"
md=$T/clone/build/quickstart/sample/digest/2025-10-16.md
html=$T/clone/build/quickstart/sample/digest/2025-10-16.html
like "  the head says that the papers are invented" \
    "$(head -n 1 "$md")" "*invented papers*"
like "  and that no LLM read them" "$(head -n 8 "$md")" "*No LLM read these*"
ok "  the topics find something" grep -q 'Quiet Experts' "$md"
ok "  the page too" grep -q 'Quiet Experts' "$html"
is "  HOME is left alone" "$(find "$HOME" -mindepth 1)" ""
is "again" "$(status_of scripts/quickstart -n -s)" 0
is "misuse" "$(status_of scripts/quickstart -x)" 2

# Without a way to arXiv.
http_proxy=http://127.0.0.1:1 https_proxy=http://127.0.0.1:1
export http_proxy https_proxy
is "quickstart, when arXiv cannot be reached" \
    "$(status_of scripts/quickstart -n)" 0
like "  says so" "$(cat "$T/err")" "*here is the sample day*"
like "  and in the digest" "$(head -n 1 "$md")" "*arXiv could not be reached*"
if ! command -v script >/dev/null; then
	skip "  on a terminal" "no script(1)"
elif terminals "  on a terminal"; then
	TERM=dumb script -qec 'stty cols 80; scripts/quickstart -n' /dev/null \
	    </dev/null 2>&1 | tr -d '\r' >"$T/tty"
	like "  on a terminal it ends with the day" "$(tail -n 60 "$T/tty")" \
	    "* 2513.0*relevance*/sample/digest/2025-10-16.html"
fi

# With one: the latest announcement, whatever day this is.
unset http_proxy https_proxy
mkdir "$T/www"
TZ=EST5EDT,M3.2.0,M11.1.0 date +%F >"$T/www/now"
: >"$T/www/faults"
"$PYTHON" "$SRCDIR/tests/server/month_server.py" "$T/www" &
server=$!
cleanup="kill $server 2>/dev/null"
await "$T/www/port"
cat >Makefile.live <<END
#!/bin/sh
exec $BUILD/arxiv-fetch --base-url http://127.0.0.1:$(cat "$T/www/port") --pace 0 "\$@"
END
chmod +x Makefile.live
sed -i "s,cp $BUILD/arxiv-fetch,cp Makefile.live build/arxiv-fetch; cp," Makefile
rm -rf build
is "quickstart, when arXiv can be reached" \
    "$(status_of scripts/quickstart -n)" 0
live=$(head -n 1 "$T/out")
like "  has a digest of a real day" "$live" \
    "$T/clone/build/quickstart/digest/20[0-9][0-9]-[0-9][0-9]-[0-9][0-9].md"
ok "    of that day's papers" grep -q 'Total arXiv papers' "$live"
ok "    and says nothing of a sample" sh -c '! grep -i "sample day" "$0"' "$live"

# Where there is no apt, it prints names and stops.
mkdir "$T/bin"
for tool in dirname sh cat make mkdir id; do
	ln -s "$(command -v "$tool")" "$T/bin/$tool"
done
is "on another system" "$(PATH=$T/bin status_of /bin/sh scripts/quickstart)" 2
like "  it prints the packages" "$(cat "$T/err")" "*libcurl4-openssl-dev*"

# On a terminal it shows the digest.
if ! command -v script >/dev/null; then
	skip "on a terminal it shows the digest" "no script(1)"
elif terminals "on a terminal it shows the digest"; then
	script -qec 'scripts/quickstart -n -s' /dev/null >"$T/tty" 2>&1 </dev/null
	ok "on a terminal it shows the digest" grep -q 'Quiet Experts' "$T/tty"
fi
done_testing
