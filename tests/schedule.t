#!/bin/sh
# The files to copy that start paperround every morning: what can be checked
# of them here is checked, the workflow's steps are run as a script.
# shellcheck disable=SC2016 # for the shells that are started here
. "$(dirname "$0")/lib.sh"

share=$SRCDIR/share

# ----------------------------------------------------------------- systemd
if command -v systemd-analyze >/dev/null; then
	mkdir -m 700 "$T/runtime"
	XDG_RUNTIME_DIR=$T/runtime
	for f in service timer; do
		cp "$share/systemd/paperround@.$f" "$T/paperround@default.$f"
	done
	export XDG_RUNTIME_DIR
	is "systemd has nothing to say about the units" \
	    "$(systemd-analyze verify --user --man=no \
		"$T/paperround@default.service" \
		"$T/paperround@default.timer" 2>&1)" ""
	sed -n 's/^OnCalendar=//p' "$share/systemd/paperround@.timer" >"$T/times"
	ok "the timer has times" test -s "$T/times"
	while read -r when; do
		ok "systemd understands '$when'" \
		    systemd-analyze calendar "$when"
	done <"$T/times"
else
	skip "systemd units" "no systemd-analyze"
fi

# -------------------------------------------------------------------- cron
# Five fields, then a command that there is; not all know settings.
grep -v '^#' "$share/cron/paperround" >"$T/lines"
ok "cron: there are lines" test -s "$T/lines"
while read -r minute hour day month week command; do
	case $minute,$hour,$day,$month,$week in
	*[!0-9,*/-]*) fail "cron: a time: $minute $hour $day $month $week" ;;
	*)	pass "cron: a time: $minute $hour $day $month $week" ;;
	esac
	like "cron: $command" "$command" \
	    "PATH=/usr/local/bin:\$PATH paperround -q *"
	ok "  is a command of paperround" sh -c \
	    'paperround --list-commands | grep -qx "$1"' sh "${command##* }"
done <"$T/lines"

# --------------------------------------------------------- GitHub workflows
flow=$share/github/paperround.yml
ci=$SRCDIR/.github/workflows/ci.yml
for file in "$flow" "$ci"; do
	[ -e "$file" ] || {
		skip "the workflow ${file##*/}" "it is not in this tree"
		continue
	}
	if "$PYTHON" -c 'import yaml' 2>/dev/null; then
		ok "the workflow ${file##*/} is YAML" "$PYTHON" -c \
		    'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$file"
	else
		skip "the workflow ${file##*/} is YAML" "no python3-yaml"
	fi
	# Older ones want a Node that GitHub has no more.
	is "  its actions are of today" "$(sed -n 's/.*uses: *//p' "$file" |
	    sort -u | tr '\n' ' ')" \
	    "actions/checkout@v5 actions/deploy-pages@v5 actions/upload-pages-artifact@v5 "
done

# step NAME prints the script of a step.
step() {
	awk -v name="$1" '
	/^      - / { inside = ($0 == "      - name: " name); run = 0 }
	inside && /^        run: [|]/ { run = 1; next }
	run && !/^          / { run = 0 }
	run { print substr($0, 11) }' "$flow"
}

# A repository as the workflow finds it: with its configuration, and beside
# it a built paperround.
command -v git >/dev/null || {
	skip "the steps of the workflows" "no git"
	done_testing
}
git init -q --bare "$T/origin.git"
git clone -q "$T/origin.git" "$T/repo" 2>/dev/null
cd "$T/repo" || exit 1
git config user.name x
git config user.email x@example.org
mkdir config .paperround
cp -R "$SRCDIR/scripts" "$SRCDIR/share" .paperround
cat >.paperround/Makefile <<END
all:
	mkdir -p build
	cp $BUILD/arxiv-fetch $BUILD/paper-filter $BUILD/llm-score $BUILD/digest-render $BUILD/paperround-helper build
END
# Nothing is to be installed by a test.
echo 'packages_install() { echo "$@" >../installed; }' \
    >>.paperround/scripts/packages.sh
echo .paperround >.git/info/exclude
cat >config/paperround.conf <<'END'
FETCH='arxiv-fetch --parse "$SHARE"/sample/cs.LG.xml "$SHARE"/sample/cs.AI.xml'
FILTER=cat
END
git add config
git commit -qm config
unset PAPERROUND_DATADIR
PAPERROUND_CONFIG=$PWD/config PAPERROUND_DATA=$PWD PAPERROUND_STATE=$PWD/state
SOURCE_DATE_EPOCH=$(date -u -d 2025-10-16T12:00:00Z +%s)
export PAPERROUND_CONFIG PAPERROUND_DATA PAPERROUND_STATE SOURCE_DATE_EPOCH
PATH=/usr/bin:/bin
for name in Build Digest Site Save Status; do
	step "$name" >"$T/step"
	ok "the workflow has a step $name" test -s "$T/step"
	is "  it works" "$(status_of bash -e "$T/step")" 0
done
like "the packages would have been installed" "$(cat installed)" "*libxml2-dev*"
ok "the site is there to be published" test -s site/index.html
ok "  with the day" test -s site/2025/10/2025-10-16.html
git clone -q "$T/origin.git" "$T/pushed" 2>/dev/null
ok "the archive was pushed" \
    test -s "$T/pushed/archive/2025/10/2025-10-16.jsonl"
# A run that failed is shown as failed, after all was saved.
echo 'FETCH="exit 77"' >>config/paperround.conf
for name in Digest Site Save; do
	step "$name" >"$T/step"
	is "after a refusal: $name" "$(status_of bash -e "$T/step")" 0
done
step Status >"$T/step"
is "  and Status" "$(status_of bash -e "$T/step")" 77

# morning DAY: all steps on a machine that has the repository only; prints with
# which status it is shown.
morning() {
	rm -rf "$T/machine"
	git clone -q "$T/origin.git" "$T/machine" 2>/dev/null
	(cd "$T/machine" || exit
	git config user.name x
	git config user.email x@example.org
	ln -s "$T/repo/.paperround" .paperround
	PAPERROUND_CONFIG=$T/config PAPERROUND_DATA=$PWD
	PAPERROUND_STATE=$PWD/state
	SOURCE_DATE_EPOCH=$(date -u -d "$1T12:00:00Z" +%s)
	for name in Digest Site Save; do
		step "$name" >"$T/step"
		bash -e "$T/step" >>"$T/log" 2>&1 || {
			echo "$name failed"
			exit
		}
	done
	step Status >"$T/step"
	status_of bash -e "$T/step")
}
mkdir "$T/config"
export T
cat >"$T/config/paperround.conf" <<'END'
FETCH='cat "$T/feed"' FILTER='paper-filter --seen "$SEEN"'
SCORE='sed "s/}$/,\"score\":{\"relevance\":9,\"novelty\":null}}/"'
FORMATS=markdown CATCH_UP=0 DELIVER=command
DELIVER_COMMAND='echo "$LABEL" >>"$T/got"; cat >/dev/null'
END
paper() { printf '{"id":"2513.0000%s","title":"Paper %s"}\n' "$1" "$1"; }
paper 1 >"$T/feed"
is "a morning" "$(morning 2025-10-20)" 0
# A line that is torn for good.
(cd "$T/machine" && printf '{"id":"2513.1' >>archive/2025/10/2025-10-20.jsonl &&
    git commit -qam torn && git push -q 2>/dev/null)
paper 2 >>"$T/feed"
is "a site without all papers is shown" "$(morning 2025-10-21)" 1
is "  after what there is was saved" "$(morning 2025-10-21)" 1
git -C "$T/machine" rm -q archive/2025/10/2025-10-20.jsonl
git -C "$T/machine" commit -qm mended
git -C "$T/machine" push -q 2>/dev/null
mv "$T/feed" "$T/away"
echo 'FETCH="exit 75"' >>"$T/config/paperround.conf"
for day in 22 23 24; do
	is "an outage goes on" "$(morning 2025-10-$day)" 75
done
is "  each digest was sent once, and one notice" "$(tr '\n' ' ' <"$T/got")" \
    "2025-10-20 2025-10-21 2025-10-22-outage "
if "$PYTHON" -c 'import aiosmtpd' 2>/dev/null; then
	"$PYTHON" "$SRCDIR/tests/server/smtp_server.py" "$T" 2>"$T/smtp.log" &
	cleanup="kill $! 2>/dev/null"
	await "$T/port"
	mv "$T/away" "$T/feed"
	cat >>"$T/config/paperround.conf" <<END
FETCH='cat "\$T/feed"' DELIVER=mail MAIL_FROM=paperround@example.org
MAIL_TO='one@example.org, slow@example.org'
SMTP_URL=smtp://127.0.0.1:$(cat "$T/port")
END
	paper 3 >>"$T/feed"
	echo '451 4.7.1 come back in 5 minutes' >"$T/slow"
	is "one of two is put off" "$(morning 2025-10-27)" 1
	is "  and gets it the next day" "$(morning 2025-10-28)" 0
		# shellcheck disable=SC2046 # names of ours
	is "  as nobody else does again" "$(sed -n 's/^To //p' \
	    $(grep -l 'Subject: .* 2025-10-27' "$T"/mail.*) | tr '\n' ' ')" \
	    "one@example.org slow@example.org "
else
	skip "mail" "no python3-aiosmtpd"
fi

# The project's own: what it runs of the tree is there, and it publishes the
# manuals.
[ -e "$ci" ] || done_testing
flow=$ci
mkdir -p "$T/project/.ci"
cd "$T/project" || exit 1
cp -R "$SRCDIR/scripts" "$SRCDIR/share" "$SRCDIR/man" "$SRCDIR/docs" \
    "$SRCDIR/tools" .
cp "$SRCDIR/.ci/run" .ci
echo 'packages_install() { echo "$@" >>installed; }' >>scripts/packages.sh
echo 'axe_fetch() { :; }' >>scripts/packages.sh
printf '.PHONY: docs\n' >Makefile
printf '%s:\n\techo $@ >>made\n' all lint layout check >>Makefile
printf 'docs:\n\tPATH=%s:$$PATH scripts/make-docs $(DOCS)\n' "$BUILD" >>Makefile
for suite in bookworm trixie; do
	step Test >"$T/step"
	ok "the workflow has a step Test" test -s "$T/step"
	is "  on $suite" "$(status_of env CI=true SUITE=$suite bash -e "$T/step")" 0
done
is "  with lint on the one and the layout on the other" \
    "$(tr '\n' ' ' <made)" "all lint check all layout check "
step Docs >"$T/step"
ok "the workflow has a step Docs" test -s "$T/step"
if command -v mandoc >/dev/null; then
	is "  it works" "$(status_of bash -e "$T/step")" 0
	ok "  and leaves what is published" test -s site/paper.5.html
	ok "  from where it is taken" grep -q '^          path: site$' "$ci"
else
	skip "Docs" "no mandoc"
fi
done_testing
