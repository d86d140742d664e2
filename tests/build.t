#!/bin/sh
# The build itself: two directories give the same binaries, clang is content,
# the user's flags come last, install and uninstall are complete.
. "$(dirname "$0")/lib.sh"

[ -z "${SANITIZED-}" ] || {
	skip "build" "the flags are the sanitizer's"
	done_testing
}

copy() {
	mkdir -p "$1"
	(cd "$SRCDIR" && tar cf - Makefile lib tools man share scripts) |
	    (cd "$1" && tar xf -)
}
tools='arxiv-fetch paper-filter llm-score digest-render'

copy "$T/one"
copy "$T/two/deeper"
ok "builds in one directory" make -s -j2 -C "$T/one" all
ok "builds in another" make -s -j2 -C "$T/two/deeper" all
for t in $tools; do
	ok "$t is the same from both" cmp "$T/one/build/$t" \
	    "$T/two/deeper/build/$t"
done

# Hardening: position independent, full RELRO, no executable stack, checked
# library calls, stack protector.
if command -v readelf >/dev/null; then
	for t in $tools; do
		readelf -hldW "$T/one/build/$t" >"$T/elf" 2>/dev/null
		readelf --dyn-syms -W "$T/one/build/$t" >"$T/syms" 2>/dev/null
		ok "$t: position independent" grep -q 'Type: *DYN' "$T/elf"
		ok "$t: relocations read-only" grep -q GNU_RELRO "$T/elf"
		ok "$t: bound at start" grep -Eq 'BIND_NOW|Flags:.* NOW' "$T/elf"
		ok "$t: no executable stack" sh -c \
		    "grep GNU_STACK '$T/elf' | grep -qv RWE"
		ok "$t: stack protector" grep -q __stack_chk_fail "$T/syms"
		ok "$t: checked library calls" grep -q '_chk@' "$T/syms"
	done
else
	skip "hardening" "no readelf"
fi
for t in paper-filter digest-render; do
	is "$t links neither curl nor libxml2 nor libjq" \
	    "$(ldd "$T/one/build/$t" | grep -E 'libcurl|libxml2|libjq')" ""
done

# Only one file: what is asked is the order of the flags.
make -n -C "$T/one" -W lib/common/utf8.c V=1 CFLAGS='-O0 -DUSER' \
    CPPFLAGS=-DCPP build/lib/common/utf8.o >"$T/flags" 2>&1
like "the user's CFLAGS come after ours" "$(cat "$T/flags")" \
    "*-DCPP*-Wall*-O2*-O0 -DUSER*"
rm -f "$T/one/build/paper-filter"
make -n -C "$T/one" V=1 LDFLAGS=-Wl,--user all >"$T/flags" 2>&1
like "the user's LDFLAGS come after ours" "$(cat "$T/flags")" \
    "*-Wl,-z,relro*-Wl,--user*"

touch "$T/one/lib/common/slice.h"
like "a changed header rebuilds what includes it" \
    "$(make -n -C "$T/one" all 2>&1)" "*strbuf.c*"

if command -v clang >/dev/null; then
	ok "builds with clang" make -s -j2 -C "$T/one" BUILD=build.clang CC=clang all
else
	skip "builds with clang" "no clang"
fi

ok "installs" make -s -C "$T/two/deeper" install DESTDIR="$T/dest" PREFIX=/usr
for t in $tools; do
	ok "$t is installed" test -x "$T/dest/usr/bin/$t"
	ok "$t has its page" test -s "$T/dest/usr/share/man/man1/$t.1"
done
ok "paper(5) is installed" test -s "$T/dest/usr/share/man/man5/paper.5"
ok "uninstalls" make -s -C "$T/two/deeper" uninstall DESTDIR="$T/dest" PREFIX=/usr
is "nothing is left" "$(find "$T/dest" ! -type d)" ""

ok "cleans" make -s -C "$T/one" clean
ok "  the build folder is gone" test ! -e "$T/one/build"
done_testing
