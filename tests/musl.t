#!/bin/sh
# SPDX-License-Identifier: ISC
# Another C library: what tools share and what paper-filter is made of are
# compiled for musl, with nothing that only glibc has, and the unit tests that
# need no other library run.  Debian has the libraries for glibc only.
. "$(dirname "$0")/lib.sh"

[ -z "${SANITIZED-}${VALGRIND-}" ] || {
	skip "musl" "the ordinary build has it"
	done_testing
}
command -v musl-gcc >/dev/null || {
	skip "musl" "no musl-gcc (package musl-tools)"
	done_testing
}

# The libraries' headers without glibc's, which stand beside them.
arch=/usr/include/$(gcc -print-multiarch)
mkdir -p "$T/include/openssl"
for header in jq.h jv.h pcre2.h utf8proc.h cjson; do
	ln -s "/usr/include/$header" "$T/include"
done
ln -s "$arch/curl" "$T/include"
ln -s /usr/include/openssl/* "$arch"/openssl/* "$T/include/openssl"

units='compat confine json pace paper retry secret stream text'
# shellcheck disable=SC2046,SC2086
ok "compiles with musl" make -s -j2 -C "$SRCDIR" CC=musl-gcc BUILD="$T/musl" \
    CONFINE=none PKG_CONFIG=false HARDEN= HARDEN_LD= CFLAGS=-O0 \
    CPPFLAGS="-isystem $T/include -isystem $T/include/cjson" \
    "$T/musl/libcommon.a" "$T/musl/libpaper-filter.a" \
    $(printf "$T/musl/tests/unit/common/%s " $units)
for unit in $units; do
	"$T/musl/tests/unit/common/$unit" >"$T/tap" 2>&1
	status=$?
	is "$unit: all of it holds" "$status$(grep '^not ok' "$T/tap")" 0
done
done_testing
