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

copy "$T/else/where"
ok "builds in another directory" make -s -j2 -C "$T/else/where" all
for t in $tools; do
	ok "$t is the same from there" cmp "$BUILD/$t" \
	    "$T/else/where/build/$t"
done

# Hardening: position independent, full RELRO, no executable stack, checked
# library calls, stack protector.
if command -v readelf >/dev/null; then
	for t in $tools; do
		readelf -hldW "$T/else/where/build/$t" >"$T/elf" 2>/dev/null
		readelf --dyn-syms -W "$T/else/where/build/$t" >"$T/syms" 2>/dev/null
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
	    "$(ldd "$T/else/where/build/$t" | grep -E 'libcurl|libxml2|libjq')" ""
done
PATH=$T/else/where/build:$PATH
echo '{"id":"2510.00001","title":"Sparse experts"}' >"$T/paper"
local_judge() {
	llm-score -q --backend local -T 'sparse experts' "$T/paper"
}
is "saved files are read without libcurl" \
    "$(LD_DEBUG=libs arxiv-fetch --parse /dev/null 2>&1 | grep -c libcurl)" 0
is "the local judge works without it" \
    "$(LD_DEBUG=libs local_judge 2>&1 | grep -c libcurl)" 0
mkdir "$T/so"
echo 'no library' >"$T/so/libcurl.so.4"
err="arxiv-fetch: HTTP and addresses need libcurl (package libcurl4): $T/so/libcurl.so.4: file too short"
status=1
row "whoever asks a server is told that it is missing" \
    env LD_LIBRARY_PATH="$T/so" arxiv-fetch --no-cache cs.LG

# Only one file: what is asked is the order of the flags.
make -n -C "$T/else/where" -W lib/common/base/utf8.c V=1 CFLAGS='-O0 -DUSER' \
    CPPFLAGS=-DCPP build/lib/common/base/utf8.o >"$T/flags" 2>&1
like "the user's CFLAGS come after ours" "$(cat "$T/flags")" \
    "*-DCPP*-Wall*-O2*-O0 -DUSER*"
rm -f "$T/else/where/build/paper-filter"
make -n -C "$T/else/where" V=1 LDFLAGS=-Wl,--user all >"$T/flags" 2>&1
like "the user's LDFLAGS come after ours" "$(cat "$T/flags")" \
    "*-Wl,-z,relro*-Wl,--user*"

if command -v clang >/dev/null; then
	ok "builds with clang" make -s -j2 -C "$T/else/where" \
	    BUILD=build.clang CC=clang HARDEN= CFLAGS=-O0 all
else
	skip "builds with clang" "no clang"
fi

# What headers define inline is called then, whoever calls it.
ok "links unoptimised, and where nothing confines" make -s -j2 \
    -C "$T/else/where" BUILD=build.O0 HARDEN= CFLAGS=-O0 CONFINE=none \
    build.O0/paper-filter
like "  and says so" "$("$T/else/where/build.O0/paper-filter" --verbose \
    "$T/paper" 2>&1)" '*not confined by anything*'

ok "installs" make -s -C "$T/else/where" install DESTDIR="$T/dest" PREFIX=/usr
for t in $tools; do
	ok "$t is installed" test -x "$T/dest/usr/bin/$t"
	ok "$t has its page" test -s "$T/dest/usr/share/man/man1/$t.1"
done
ok "paper(5) is installed" test -s "$T/dest/usr/share/man/man5/paper.5"
ok "the helper is out of the way" \
    test -x "$T/dest/usr/libexec/paperround/paperround-helper"
ok "uninstalls" make -s -C "$T/else/where" uninstall DESTDIR="$T/dest" PREFIX=/usr
is "nothing is left" "$(find "$T/dest" ! -type d)" ""

touch "$T/else/where/lib/common/base/slice.h"
like "a changed header rebuilds what includes it" \
    "$(make -n -C "$T/else/where" all 2>&1)" "*strbuf.c*"

ok "cleans" make -s -C "$T/else/where" clean
ok "  the build folder is gone" test ! -e "$T/else/where/build"
done_testing
