#!/bin/sh
# The release: a tarball that builds, and a package that installs, runs and
# goes away.
. "$(dirname "$0")/lib.sh"

[ -z "${SANITIZED-}" ] || {
	skip "package" "the build is the sanitizer's"
	done_testing
}

# What there is, without what was built from it.
packed() {
	(cd "$SRCDIR" && tar cf - --exclude=./build --exclude='./build.*' .)
}
mkdir "$T/unpacked"
if git -C "$SRCDIR" rev-parse --verify -q HEAD >/dev/null 2>&1; then
	make -s -C "$SRCDIR" BUILD="$T/dist" dist >/dev/null 2>&1
	tarball=$(echo "$T"/dist/paperround-*.tar.gz)
	ok "make dist" test -s "$tarball"
	tar xzf "$tarball" -C "$T/unpacked" --strip-components=1
	(cd "$T/unpacked" && find . -type f | sort) >"$T/has"
	packed | tar tf - | sort >"$T/packed"
	is "  where there is no git, all of it too" \
	    "$(comm -23 "$T/has" "$T/packed")" ""
else
	skip "make dist" "not a git checkout"
	packed | (cd "$T/unpacked" && tar xf -)
fi
cd "$T/unpacked" || exit 1
ok "it builds" make -s -j2 PREFIX=/usr all
unit=build/tests/unit/common/json
ok "  and tests itself" make -s PREFIX=/usr check TESTS=$unit UNITS=$unit \
    FAULTS= FUZZERS=

if ! command -v dpkg-deb >/dev/null || ! command -v dpkg-shlibdeps >/dev/null
then
	skip "package" "no dpkg-dev"
	done_testing
fi

# The objects are there already: what is tested is the packing.
BUILD=build scripts/mkdeb "$T" >"$T/name" 2>"$T/log"
deb=$(cat "$T/name")
ok "mkdeb" test -s "$deb" || tap_note "$(tail -5 "$T/log")"
like "it depends on what it loads" "$(dpkg-deb -f "$deb" Depends)" "*libc6*libcurl4, libjq1, liblinear4, jq*"

root=$T/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
: >"$root/var/lib/dpkg/status"
: >"$root/var/lib/dpkg/available"
dpkg_root() {
	dpkg --root="$root" --force-not-root --force-depends --force-bad-path \
	    --log=/dev/null "$@"
}
ok "installs" dpkg_root -i "$deb"
PATH=$root/usr/bin:$PATH
PAPERROUND_DATADIR=$root/usr/share/paperround
version=$(cat "$SRCDIR/share/VERSION")
for t in arxiv-fetch paper-filter llm-score digest-render paperround llm-batch; do
	like "$t runs from the package" \
	    "$("$root/usr/bin/$t" --version | head -n 1) " "$t $version *"
done
printf '1. Sparse models\n   - Relevant: pruning\n' >"$T/topics.md"
echo '{"id":"2513.00001","title":"Pruning","abstract":"Pruning."}' |
    "$root/usr/bin/paper-filter" |
    "$root/usr/bin/llm-score" --backend lexical -T "$T/topics.md" |
    "$root/usr/bin/digest-render" --date 2025-10-17 --min-relevance 1 >"$T/md" 2>"$T/err"
like "a paper goes through the installed pipe" "$(cat "$T/md")" "*Pruning*"
ok "removes" dpkg_root --purge paperround
is "nothing of it is left" \
    "$(find "$root" -path "$root/var/lib/dpkg" -prune -o ! -type d -print)" ""
done_testing
