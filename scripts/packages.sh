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
firefox-esr python3-html5lib python3-aiosmtpd tidy libjs-katex cmark-gfm brotli dpkg-dev git curl
zsh fish openssh-client hyperfine time'

# What `make lint` looks with, and a server that nobody wants started on their
# own machine: for CI's.
CI_PACKAGES='clang-format cppcheck shellcheck openssh-server'

# The peers that `make bench` measures ours beside.
BENCH_PACKAGES='hyperfine time jq miller libxml2-utils python3 python3-feedparser
python3-jinja2 python3-sklearn'

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
