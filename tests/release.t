#!/bin/sh
# scripts/release: what it refuses, and a tarball of the same bytes wherever and
# by whomever it is made.  The steps that take hours are other tests' makers.
# shellcheck disable=SC2016
. "$(dirname "$0")/lib.sh"

command -v git >/dev/null || {
	skip "release" "no git"
	done_testing
}
GIT_AUTHOR_DATE='2026-11-29T12:00:00Z' GIT_COMMITTER_DATE='2026-11-29T12:00:00Z'
export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
git config --global user.name x
git config --global user.email x@example.org
git config --global advice.detachedHead false
mkdir -p "$T/tree/scripts" "$T/tree/share" "$T/tree/src"
cd "$T/tree" || exit 1
cp "$SRCDIR/scripts/release" scripts
cat >CHANGELOG.md <<'END'
# Changes

## 1.2.3 (2026-11-29)

* News.

## 1.2.2 (2026-01-01)

* Old.
END
echo 1.2.3 >share/VERSION
echo build >.gitignore
echo b >src/b
echo a >src/a
git init -q .
git add .
git commit -qm x
release() {
	scripts/release "$@"
}

err='release: tree'
row "a tree as it should be" release tree
status=2
err="release: no step 'tre'; there are: tree lint selftest asan suites tarball chroots packages notes sums"
row "a step that is none" release tree tre

echo c >src/c
status=1
err='release: tree
release: not committed:
?? src/c'
row "a file that nobody committed" release
git add src/c
status=1
err='release: tree
release: not committed:
A  src/c'
row "and a step after it is not taken" release tree tarball
ok "  no tarball" test ! -e build/release/paperround-1.2.3.tar.gz
git commit -qm c

# refuses NAME WHY: what is changed is committed, and taken back afterwards.
refuses() {
	git commit -qam change
	status=1 err="release: tree
release: $2"
	row "$1" release tree
	git reset -q --hard HEAD~1
}
echo 1.2 >share/VERSION
refuses "half a version" "share/VERSION is '1.2', which is no version"
echo 1.2.4 >share/VERSION
refuses "a version without changes" \
    "CHANGELOG.md begins with '1.2.3 (2026-11-29)', not with '1.2.4 (YYYY-MM-DD)'"
sed 's/^## 1.2.3.*/## Not yet released/' CHANGELOG.md >c && mv c CHANGELOG.md
refuses "changes without a version" \
    "CHANGELOG.md begins with 'Not yet released', not with '1.2.3 (YYYY-MM-DD)'"
mkdir debian
echo 'paperround (1.2.2-1) unstable; urgency=medium' >debian/changelog
git add debian
refuses "another version for Debian" \
    "debian/changelog begins with '1.2.2', not with '1.2.3'"
mkdir debian
echo 'paperround (1.2.3-1) unstable; urgency=medium' >debian/changelog
git add debian
git commit -qm debian
err='release: tree'
row "the same for Debian" release tree
git tag v1.2.3 HEAD~1
status=1 err="release: tree
release: the tag v1.2.3 is another commit: $(git rev-parse HEAD~1)"
row "a tag elsewhere" release tree
git tag -f v1.2.3 >/dev/null
err='release: tree'
row "the tag here" release tree

err='release: tarball
release: notes
release: sums'
row "what is released" release tarball notes sums
is "the notes are this version's" "$(cat build/release/NOTES.md)" "* News."
ok "the sums are right" sh -c 'cd build/release && sha256sum -c --quiet SHA256SUMS'
tar -tzvf build/release/paperround-1.2.3.tar.gz >"$T/list"
is "the tarball is sorted, and nobody's" "$(awk '{ print $1, $2, $6 }' "$T/list")" \
"drwxr-xr-x 0/0 paperround-1.2.3/
-rw-r--r-- 0/0 paperround-1.2.3/.gitignore
-rw-r--r-- 0/0 paperround-1.2.3/CHANGELOG.md
drwxr-xr-x 0/0 paperround-1.2.3/debian/
-rw-r--r-- 0/0 paperround-1.2.3/debian/changelog
drwxr-xr-x 0/0 paperround-1.2.3/scripts/
-rwxr-xr-x 0/0 paperround-1.2.3/scripts/release
drwxr-xr-x 0/0 paperround-1.2.3/share/
-rw-r--r-- 0/0 paperround-1.2.3/share/VERSION
drwxr-xr-x 0/0 paperround-1.2.3/src/
-rw-r--r-- 0/0 paperround-1.2.3/src/a
-rw-r--r-- 0/0 paperround-1.2.3/src/b
-rw-r--r-- 0/0 paperround-1.2.3/src/c"
git clone -q . "$T/another place"
(cd "$T/another place" && umask 077 && TZ=Asia/Tokyo LC_ALL=C \
    OUT="$T/out" scripts/release tarball 2>/dev/null)
ok "another clone, umask and clock give the same bytes" \
    cmp build/release/paperround-1.2.3.tar.gz "$T/out/paperround-1.2.3.tar.gz"

# And this tree's: what it says of itself agrees.
version=$(cat "$SRCDIR/share/VERSION")
is "CHANGELOG begins with the version of this tree" \
    "$(sed -n 's/^## //p' "$SRCDIR/CHANGELOG.md" | sed 's/ (.*//; q')" "$version"
is "  and so does debian/changelog" \
    "$(sed -n '1s/^paperround (\(.*\)-[^-]*).*/\1/p' "$SRCDIR/debian/changelog")" \
    "$version"
done_testing
