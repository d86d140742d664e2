#!/bin/sh
# make static: two tools that need no library of the system, the same bytes
# wherever they are built, and that do what the others do.
#
#   STATIC_LIBS   where scripts/static-libs put the libraries; it asks Debian's
#                 mirror, so a test does not
. "$(dirname "$0")/lib.sh"

libs=${STATIC_LIBS:-$BUILD.static-libs}
for name in libcjson libonig libjq; do
	[ -s "$libs/$name.a" ] || {
		skip "static" "no $name.a: scripts/static-libs $libs"
		done_testing
	}
done
[ -z "${SANITIZED-}" ] || {
	skip "static" "the flags are the sanitizer's"
	done_testing
}

for place in here else/where; do
	mkdir -p "$T/$place"
	(cd "$SRCDIR" && tar cf - Makefile lib tools share scripts) |
	    (cd "$T/$place" && tar xf -)
	ok "builds in $place" make -s -j2 -C "$T/$place" static STATIC_LIBS="$libs"
done
static=$T/here/build.static
"$BUILD/arxiv-fetch" --parse "$SRCDIR/share/sample/cs.LG.xml" >"$T/papers"
for t in paper-filter digest-render; do
	ok "$t is the same from both" \
	    cmp "$static/$t" "$T/else/where/build.static/$t"
	is "$t asks for no library" \
	    "$(readelf -lW "$static/$t" | grep -c INTERP)" 0
	like "$t is position independent" "$(readelf -hW "$static/$t")" "*DYN*"
	is "$t has no symbols" "$(readelf -SW "$static/$t" | grep -c symtab)" 0
	is "$t says its version" "$("$static/$t" --version)" \
	    "$("$BUILD/$t" --version)"
done
same() {
	name=$1 tool=$2
	shift 2
	"$BUILD/$tool" "$@" "$T/papers" >"$T/shared.out" 2>&1
	"$static/$tool" "$@" "$T/papers" >"$T/static.out" 2>&1
	ok "$name: it writes something" test -s "$T/static.out"
	ok "  the same as ever" cmp "$T/shared.out" "$T/static.out"
}
same "a filter" paper-filter -c cs.LG -k 'spars(e|ity)'
same "jq, with a regular expression" \
    paper-filter -w '.title | test("attention"; "i")'
same "an expression that is none" paper-filter -w '.title |'
same "a page" digest-render -f html --now 2025-10-16
same "a template" digest-render --now 2025-10-16 \
    --template "$SRCDIR/share/templates/ntfy.jq"
done_testing
