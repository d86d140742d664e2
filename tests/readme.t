#!/bin/sh
# Every command in the README is run, in the order in which it stands there,
# by somebody with an empty HOME.  arXiv is the sample day, the model one that
# answers on loopback.
# shellcheck disable=SC2016 # for the shells that are started here
. "$(dirname "$0")/lib.sh"

readme=$SRCDIR/README.md
# block N LANGUAGE prints the Nth fenced block of that language.
block() {
	awk -v n="$1" -v fence="\`\`\`$2" '
	$0 == fence { inside = ++i == n; next }
	/^```/ { inside = 0 }
	inside' "$readme"
}

mkdir "$T/www" "$T/bin" "$T/clone" "$T/work"
echo 2025-10-16 >"$T/www/now"
: >"$T/www/faults"
"$PYTHON" "$SRCDIR/tests/server/month_server.py" "$T/www" &
server=$!
cleanup="kill $server 2>/dev/null"
await "$T/www/port"
url=http://127.0.0.1:$(cat "$T/www/port")

# The tools, but for where the network would be asked.
cat >"$T/bin/arxiv-fetch" <<END
#!/bin/sh
case " \$* " in
*' --parse '*|*' --version '*) exec $BUILD/arxiv-fetch "\$@" ;;
esac
exec $BUILD/arxiv-fetch --parse $SRCDIR/share/sample/cs.LG.xml $SRCDIR/share/sample/cs.AI.xml
END
cat >"$T/bin/llm-score" <<END
#!/bin/sh
case " \$* " in
*' -m '*) exec $BUILD/llm-score --base-url $url/v1 "\$@" ;;
esac
exec $BUILD/llm-score "\$@"
END
chmod +x "$T/bin/arxiv-fetch" "$T/bin/llm-score"
PATH=$T/bin:$PATH
OPENAI_API_KEY=right
PAPERROUND_PROBE=$url/rss/cs.LG
noon=$(date -u -d 2025-10-16T12:00:00Z +%s)
export OPENAI_API_KEY PAPERROUND_PROBE

# A clone whose packages are there and whose build is done.
(cd "$SRCDIR" && tar cf - lib tools man share scripts) |
    (cd "$T/clone" && tar xf -)
cat >"$T/clone/Makefile" <<END
all:
	mkdir -p build
	cp $BUILD/arxiv-fetch $BUILD/llm-score $BUILD/paper-filter $BUILD/digest-render $BUILD/paperround-helper build
layout lint check:
	echo \$@ >>$T/made
END
echo 'packages_install() { :; }' >>"$T/clone/scripts/packages.sh"

cp "$SRCDIR"/share/sample/*.xml "$T/work"
cp "$SRCDIR/share/topics.md" "$T/work"
printf '@misc{a%d, title={%s}, year=2024}\n' 1 'Sparse mixtures of experts' \
	2 'Routing tokens to experts' 3 'Pruning language models' \
	4 'Quantization of large language models' >"$T/work/refs.bib"

n=1
while block "$n" sh >"$T/block" && [ -s "$T/block" ]; do
	case $(cat "$T/block") in
	scripts/*)
		# By the real clock, and with no way to arXiv.
		cd "$T/clone" || exit 1
		unset SOURCE_DATE_EPOCH CI
		https_proxy=http://127.0.0.1:1
		export https_proxy ;;
	*)	cd "$T/work" || exit 1
		unset https_proxy
		SOURCE_DATE_EPOCH=$noon
		export SOURCE_DATE_EPOCH ;;
	esac
	is "README, block $n: $(head -n 1 "$T/block")" \
	    "$(status_of sh -e "$T/block" </dev/null)" 0
	[ "$tap_failed" = 0 ] || tap_note "$(cat "$T/out" "$T/err" | head -n 40)"
	n=$((n + 1))
done
ok "there were some" test "$n" -gt 8
ok "the pipeline wrote its page" grep -q '<html' "$T/work/today.html"
ok "quickstart made a digest" \
    test -s "$T/clone/build/quickstart/sample/digest/2025-10-16.md"
ok "today made one too" \
    test -s "$HOME/.local/share/paperround/digest/2025-10-16.html"
ok "the site is there" test -s "$HOME/.local/share/paperround/site/index.html"

is "selftest checks the layout and all else" \
    "$(tr '\n' ' ' <"$T/made")" 'layout check '

is "there is no other block" "$(grep -c '^```[a-z]' "$readme")" "$((n - 1))"

# CONTRIBUTING: the example of a test is one, and what make is to make exists.
cd "$SRCDIR" || exit 1
sed -n "s/^    //p" CONTRIBUTING.md >"$T/indented"
grep -A 1 "^in=" "$T/indented" >"$T/row"
ok "CONTRIBUTING has a test" test -s "$T/row"
ok "  that passes" sh -c \
    '. "$SRCDIR/tests/lib.sh"; . "$1"; done_testing' "$0" "$T/row"
sed 's/ *#.*//; s/ && /\n/g' "$T/indented" | grep '^make' >"$T/makes"
ok "CONTRIBUTING names targets" test -s "$T/makes"
while read -r command; do
	ok "  $command" sh -c "$command -n"
done <"$T/makes"

# Files that the README links to are there.
grep -o '](\([^)]*\))' "$readme" | tr -d '()]' | while read -r to; do
	[ -e "$SRCDIR/$to" ] || echo "$to"
done >"$T/dead"
is "no dead link in the README" "$(cat "$T/dead")" ""

# The pictures, which scripts/shots -r makes.
for picture in day paper phone; do
	ok "the picture $picture is shown" grep -q "docs/$picture.png" "$readme"
	ok "  and small" test "$(wc -c <"$SRCDIR/docs/$picture.png")" -lt 60000
done
done_testing
