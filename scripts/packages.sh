# shellcheck shell=sh disable=SC2034
# The packages paperround is built, run and tested with, by their names in
# Debian 12.  Sourced by quickstart and selftest.

BUILD_PACKAGES='gcc make pkg-config libc6-dev libcurl4-openssl-dev libxml2-dev
libcjson-dev libjq-dev libpcre2-dev libsqlite3-dev liblinear-dev libstemmer-dev
libutf8proc-dev libssl-dev zlib1g-dev'

# What the scripts call, and what the tools look for, when they run.
RUN_PACKAGES='jq ca-certificates'

TEST_PACKAGES='clang mandoc perl python3
libxml2-utils valgrind parallel chromium chromium-driver python3-selenium
firefox-esr musl-tools python3-html5lib python3-aiosmtpd nghttp2-server tidy libjs-katex cmark-gfm brotli dpkg-dev debhelper git curl
zsh fish mksh openssh-client hyperfine time'

# What finds in a page what keeps people from reading it; Debian has it not.
# MPL-2.0, and never part of ours: it is kept in the cache of who runs tests.
AXE_VERSION=4.14.1
AXE_SHA512=1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5

# What `make lint` looks with, and a server that nobody wants started on their
# own machine: for CI's.
CI_PACKAGES='clang-format cppcheck shellcheck openssh-server'

# The shells and awks of `make check-shells`.  Not for everybody: with gawk, awk
# would be another one for all that is tested.
SHELL_PACKAGES='mksh yash busybox mawk gawk original-awk'

# The peers that `make bench` measures ours beside.
BENCH_PACKAGES='hyperfine time jq miller libxml2-utils python3 python3-feedparser
python3-jinja2 python3-sklearn chromium chromium-driver python3-selenium
firefox-esr'

# What `make coverage` counts with; it does not install it.
COVERAGE_PACKAGES='gcovr'

# packages_missing NAME .. prints those that are not installed.
packages_missing() {
	for p; do
		dpkg-query -W -f='${Status}' "$p" 2>/dev/null |
		    grep -q 'install ok installed' || printf '%s ' "$p"
	done
}

# packages_install NAME .. installs what is missing, or says what to install
# and stops with 2.
packages_install() {
	if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null
	then
		echo "This is not Debian or a relative of it. Please install what" >&2
		echo "corresponds to these packages, then run make:" >&2
		echo "$@" >&2
		exit 2
	fi
	missing=$(packages_missing "$@")
	[ -n "$missing" ] || return 0
	sudo=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || {
			echo "Please install as root: apt-get install $missing" >&2
			exit 2
		}
		sudo=sudo
	fi
	echo "Installing: $missing" >&2
	$sudo apt-get update -q >&2 || :
	# shellcheck disable=SC2086
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
	    -o DPkg::Lock::Timeout=300 \
	    --no-install-recommends $missing >&2 || {
		echo "apt-get could not install: $missing" >&2
		exit 2
	}
}

# axe_path prints where axe-core is kept.
axe_path() {
	echo "${XDG_CACHE_HOME:-$HOME/.cache}/paperround-tests/axe-core-$AXE_VERSION.js"
}

# axe_fetch puts it there; fails where it cannot be had, or is another one.
axe_fetch() {
	axe=$(axe_path)
	[ ! -s "$axe" ] || return 0
	mkdir -p "${axe%/*}" &&
	    curl -fsSL --max-time 60 -o "$axe.tgz" \
	    "https://registry.npmjs.org/axe-core/-/axe-core-$AXE_VERSION.tgz" &&
	    echo "$AXE_SHA512  $axe.tgz" | sha512sum -c - >/dev/null &&
	    tar -xzOf "$axe.tgz" package/axe.min.js >"$axe.part" &&
	    mv "$axe.part" "$axe"
	axe_status=$?
	rm -f "$axe.tgz" "$axe.part"
	return $axe_status
}
