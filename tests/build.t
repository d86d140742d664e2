#!/bin/sh
# The build and what is made of it: a tarball that builds, the same binaries from
# there, with clang too; install and uninstall are complete, and so are packages.
. "$(dirname "$0")/lib.sh"

[ -z "${SANITIZED-}" ] || {
	skip "build" "the flags are the sanitizer's"
	done_testing
}

tools='arxiv-fetch paper-filter llm-score digest-render'

# What there is, without what was built from it.
packed() {
	(cd "$SRCDIR" && tar cf - --exclude=./build --exclude='./build.*' .)
}
mkdir -p "$T/else/wh ere"
if changed=$(git -C "$SRCDIR" status --porcelain 2>&1) && [ -z "$changed" ]; then
	make -s -C "$SRCDIR" BUILD="$T/dist" dist >/dev/null 2>&1
	tarball=$(echo "$T"/dist/paperround-*.tar.gz)
	ok "make dist" test -s "$tarball"
	tar xzf "$tarball" -C "$T/else/wh ere" --strip-components=1
	(cd "$T/else/wh ere" && find . -type f | sort) >"$T/has"
	packed | tar tf - | sort >"$T/packed"
	is "  where there is no git, all of it too" \
	    "$(comm -23 "$T/has" "$T/packed")" ""
else
	skip "make dist" "no clone, or one with changes"
	packed | (cd "$T/else/wh ere" && tar xf -)
fi
ok "builds in another directory" make -s -j2 -C "$T/else/wh ere" all
for t in $tools; do
	ok "$t is the same from there" cmp "$BUILD/$t" \
	    "$T/else/wh ere/build/$t"
done
# Not by prove: that of Perl 5.40 cannot start what has a blank in its name.
ok "  and tests itself" sh -c 'make -s -C "$1" $2 && "$1/$2"' sh \
    "$T/else/wh ere" build/tests/unit/common/json

# Hardening: position independent, full RELRO, no executable stack, checked
# library calls, stack protector.
if command -v readelf >/dev/null; then
	for t in $tools; do
		readelf -hldW "$T/else/wh ere/build/$t" >"$T/elf" 2>/dev/null
		readelf --dyn-syms -W "$T/else/wh ere/build/$t" >"$T/syms" 2>/dev/null
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
	    "$(ldd "$T/else/wh ere/build/$t" | grep -E 'libcurl|libxml2|libjq')" ""
done
PATH="$T/else/wh ere/build:$PATH"
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
make -n -C "$T/else/wh ere" -W lib/common/base/utf8.c V=1 CFLAGS='-O0 -DUSER' \
    CPPFLAGS=-DCPP build/lib/common/base/utf8.o >"$T/flags" 2>&1
like "the user's CFLAGS come after ours" "$(cat "$T/flags")" \
    "*-DCPP*-Wall*-O2*-O0 -DUSER*"
rm -f "$T/else/wh ere/build/paper-filter"
make -n -C "$T/else/wh ere" V=1 LDFLAGS=-Wl,--user all >"$T/flags" 2>&1
like "the user's LDFLAGS come after ours" "$(cat "$T/flags")" \
    "*-Wl,-z,relro*-Wl,--user*"

if command -v clang >/dev/null; then
	ok "builds with clang" make -s -j2 -C "$T/else/wh ere" \
	    BUILD=build.clang CC=clang HARDEN= CFLAGS=-O0 all
else
	skip "builds with clang" "no clang"
fi

# What headers define inline is called then, whoever calls it.
ok "links unoptimised, and where nothing confines" make -s -j2 \
    -C "$T/else/wh ere" BUILD=build.O0 HARDEN= CFLAGS=-O0 CONFINE=none \
    build.O0/paper-filter
like "  and says so" "$("$T/else/wh ere/build.O0/paper-filter" --verbose \
    "$T/paper" 2>&1)" '*not confined by anything*'

ok "installs" make -s -C "$T/else/wh ere" install DESTDIR="$T/dest" PREFIX=/usr
for t in $tools; do
	ok "$t is installed" test -x "$T/dest/usr/bin/$t"
	ok "$t has its page" test -s "$T/dest/usr/share/man/man1/$t.1"
done
ok "paper(5) is installed" test -s "$T/dest/usr/share/man/man5/paper.5"
ok "the helper is out of the way" \
    test -x "$T/dest/usr/libexec/paperround/paperround-helper"
ok "uninstalls" make -s -C "$T/else/wh ere" uninstall DESTDIR="$T/dest" PREFIX=/usr
is "nothing is left" "$(find "$T/dest" ! -type d)" ""

# Debian's packages, of what is built already: what is tested is the packing.
# scripts/check-deb makes them as they should be made.
if ! command -v dpkg-buildpackage >/dev/null || ! command -v dh >/dev/null; then
	skip "packages" "no dpkg-dev or no debhelper"
	done_testing
fi
cd "$T/else/wh ere" || exit 1
ok "packages are made" env DEB_BUILD_OPTIONS='nocheck noautodbgsym' \
    PREFIX=/usr dpkg-buildpackage -b -d -nc -us -uc
set -- "$T"/else/paperround_*.deb "$T"/else/paperround-tools_*.deb \
    "$T"/else/paperround-data_*.deb
is "  three of them" "$(ls "$T"/else/*.deb)" "$(printf '%s\n' "$@" | sort)"
like "they depend on what is loaded" "$(dpkg-deb -f "$2" Depends)," \
    "*libc6*libcurl4*libjq1*liblinear4*"
like "  and on jq" "$(dpkg-deb -f "$1" Depends)," "*jq*"
is "each file that make installs is in one of them" \
    "$(for deb; do dpkg-deb -c "$deb"; done |
    awk '/^-/ && !/\/usr\/share\/(doc|lintian)\// { sub("^[.]", "", $6)
	sub("[.]gz$", "", $6); print $6 }' | sort)" \
    "$(cd debian/tmp && find . -type f | sed 's/^[.]//' | sort)"

root=$T/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
: >"$root/var/lib/dpkg/status"
: >"$root/var/lib/dpkg/available"
dpkg_root() {
	dpkg --root="$root" --force-not-root --force-depends --force-bad-path \
	    --log=/dev/null "$@"
}
ok "they are installed" dpkg_root -i "$@"
PATH=$root/usr/bin:$PATH
PAPERROUND_DATADIR=$root/usr/share/paperround
export PAPERROUND_DATADIR
version=$(cat "$SRCDIR/share/VERSION")
for t in arxiv-fetch paper-filter llm-score digest-render paperround llm-batch; do
	like "$t runs from the package" \
	    "$("$root/usr/bin/$t" --version | head -n 1) " "$t $version *"
done
printf '1. Sparse models\n   - Relevant: pruning\n' >"$T/topics.md"
echo '{"id":"2513.00001","title":"Pruning","abstract":"Pruning."}' |
    "$root/usr/bin/paper-filter" |
    "$root/usr/bin/llm-score" -q -T "$T/topics.md" |
    "$root/usr/bin/digest-render" --date 2025-10-17 --min-relevance 1 >"$T/md"
like "a paper goes through the installed pipe" "$(cat "$T/md")" "*Pruning*"
ok "they are removed" dpkg_root --purge paperround paperround-tools paperround-data
is "nothing of it is left" \
    "$(find "$root" -path "$root/var/lib/dpkg" -prune -o ! -type d -print)" ""

touch "$T/else/wh ere/lib/common/base/slice.h"
like "a changed header rebuilds what includes it" \
    "$(make -n -C "$T/else/wh ere" all 2>&1)" "*strbuf.c*"

ok "cleans" make -s -C "$T/else/wh ere" clean
ok "  the build folder is gone" test ! -e "$T/else/wh ere/build"
done_testing
