#!/bin/sh
# Every example of the manual and of the shipped files is run as it stands
# there, whichever page it is in: one that is added is run too.  arXiv, the
# model, Slack and the mail's way are played on loopback; only they are
# replaced.  Where parallel is called, paper-filter-parallel.t runs it.
# shellcheck disable=SC2016,SC2034 # for the shells that are started here
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/examples.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"
. "$SRCDIR/tests/llm-score-lib.sh"

# arXiv has the sample day, and something on those of the examples.
sample=$SRCDIR/share/sample
cp -R "$FIXTURES" "$T/fixtures"
cp "$sample"/*.xml "$T/fixtures/rss"
sed 's/cs\.AI/math.OC/' "$sample/cs.AI.xml" >"$T/fixtures/rss/math.OC.xml"
# listing CATEGORY: the page that says the same as the feed.
listing() {
	awk -F '[<>]' '
	function section(type, name) {
		print "<dl id=\"articles\"><h3>" name " submissions (showing " \
		    n[type] + 0 " of " n[type] + 0 " entries)</h3>" dt[type] "</dl>"
	}
	$2 == "link" { id = $3; sub(/.*\//, "", id) }
	$2 == "arxiv:announce_type" {
		all++
		type = substr($3, 1, 3)
		n[type]++
		dt[type] = dt[type] "<dt><a href =\"/abs/" id "\" id=\"" id \
		    "\">arXiv:" id "</a></dt><dd></dd>\n"
	}
	END {
		print "<h3>Showing new listings for Thursday, 16 October 2025</h3>"
		print "<div class=\"paging\">Total of " all " entries</div>"
		section("new", "New")
		section("cro", "Cross")
		section("rep", "Replacement")
	}' "$sample/$1.xml" >"$T/fixtures/list/$1.html"
}
listing cs.LG
listing cs.AI
jq -c '. + [
    {"id": "2510.13999", "datestamp": "2025-10-17",
     "versions": ["Thu, 16 Oct 2025 10:00:00 GMT"], "categories": "cs.LG",
     "title": "Told", "authors": "Ada Example", "abstract": "At length."},
    (.[0] | .id = "2513.00001" | .h_index = 50)]' \
    "$FIXTURES/papers.json" >"$T/fixtures/papers.json"
FIXTURES=$T/fixtures
start_arxiv
arxiv=$server
SOURCE_DATE_EPOCH=$(date -u -d 2025-10-16T12:00:00Z +%s)
export SOURCE_DATE_EPOCH
server '[]'
mkdir "$T/www" "$T/bin"
echo 2025-10-16 >"$T/www/now"
: >"$T/www/faults"
"$PYTHON" "$SRCDIR/tests/server/month_server.py" "$T/www" &
played=$!
cleanup='kill $arxiv $played 2>/dev/null; server_stop'
for _ in $(seq 100); do
	[ ! -s "$T/www/port" ] || break
	sleep 0.1
done

# What stands before the tools in PATH: they ask the servers above, nobody
# waits, and nothing is mailed or printed.
program() {
	{ echo '#!/bin/sh'; cat; } >"$T/bin/$1"
	chmod +x "$T/bin/$1"
}
program arxiv-fetch <<END
case " \$* " in
*' --parse '*|*' --version '*) exec $BUILD/arxiv-fetch "\$@" ;;
*' --date '*|*' --source '*|*' --enrich '*)
	set -- --now 2026-11-25T12:00:00Z "\$@" ;;
esac
exec $BUILD/arxiv-fetch --pace 0 "\$@" --base-url $URL
END
program llm-score <<END
case " \$* " in
*' -m '*) exec $BUILD/llm-score "\$@" --base-url $url ;;
esac
exec $BUILD/llm-score "\$@"
END
program library <<END
exec $SRCDIR/scripts/contrib/library "\$@"
END
program sleep <<END
echo "\$@" >>$T/slept
END
program claude <<'PROGRAM'
awk -F '[< ]+' '
	/^<<P[0-9]/ { printf "%s\"%s\":{\"comment\":\"c\",\"relevance\":9,\"novelty\":7,\"topics\":[]}",
	    n++ ? "," : "{", $2 }
	END { print "}" }'
PROGRAM
for name in sendmail lp; do
	program $name <<END
cat >$T/$name.got
END
done
# Who gets messages far away.
program curl <<END
case "\$*" in
*telegram.curl*|*discord.curl*|*https://ntfy.sh*) cat >>$T/curl.got ;;
*) exec $(command -v curl) "\$@" ;;
esac
END
for name in less show; do
	program $name <<'END'
case ${1-} in
-*) cat ;;
*) cat "$@" ;;
esac
END
done
program fzf <<'END'
head -n 1
END
PATH=$T/bin:$PATH BROWSER=echo
export BROWSER
OPENAI_API_KEY=right LLM_BATCH_URL=$url
export OPENAI_API_KEY LLM_BATCH_URL

# What the examples read, and only if they say so.
mkdir "$T/files"
cd "$T/files" || exit 1
cp "$sample"/*.xml "$SRCDIR/share/topics.md" .
cp cs.LG.xml feed.xml
gzip -c cs.AI.xml >math.OC.xml.gz
i=0
while [ $i -lt 120 ]; do
	i=$((i + 1))
	printf '{"id":"2513.%05d","title":"On %s %d","abstract":"%s of experts are learned.","authors":["Ada Example","B","C%d","D"],"categories":["cs.LG"],"announce_type":"new"}\n' \
	    $i "$([ $((i % 4)) = 0 ] && echo "a survey" || echo "sparse diffusion")" $i \
	    "$([ $((i % 3)) = 0 ] && echo Mixtures || echo Sums)" $i
done >papers.jsonl
cp papers.jsonl arxiv.jsonl
cp papers.jsonl wanted.jsonl
"$BUILD/arxiv-fetch" --parse --merge cs.LG.xml cs.AI.xml |
    "$BUILD/llm-score" --backend lexical -T topics.md --report run.jsonl \
	>scored.jsonl
echo "http://127.0.0.1:$(cat "$T/www/port")/slack" >webhook-url
echo '[{"id":"x","title":"Sparse","abstract":"Experts."},{"id":"y"}]' \
    >library.json
cp scored.jsonl library.jsonl
mkdir -p "$HOME/papers"
"$BUILD/digest-render" -f bibtex scored.jsonl >refs.bib
cp refs.bib "$HOME/papers"


# data FILE NAME COMMAND ..: what the example shows is read, not run.
data() {
	is "$2: status" "$(shift 2; status_of "$@")" 0
	is "  and nothing to complain of" "$(cat "$T/err")" ""
}

# What an example may write: files here and at home, mail, a message.
written() {
	find . "$HOME" "$T"/*.got "$T/www/slack" -type f -exec cksum {} + \
	    2>/dev/null | sort
}

example() {
	name="${1##*/}: $(head -n 1 "$1")"
	case $(head -n 1 "$1") in
	'1. Sparse experts'*)
		data "$1" "$name" "$BUILD/llm-score" --backend lexical -T "$1" \
		    scored.jsonl
		like "  its topics are found" "$(cat "$T/out")" \
		    '*"topics":\["moe"*'
		return ;;
	'# people'*)
		echo '{"id":"1","authors":["Ana García"]}' >one
		data "$1" "$name" paper-filter -a "$1" --require-author one
		like "  its people are found" "$(cat "$T/out")" \
		    '*"match":{"authors":\["Ana García"\]*'
		return ;;
	'2513.00001 2025-10-17')
		data "$1" "$name" paper-filter --seen "$1" papers.jsonl
		is "  the paper seen is gone" "$(wc -l <"$T/out")" \
		    $(($(wc -l <papers.jsonl) - 1))
		return ;;
	'{"id"'*)
		tr -d '\n' <"$1" >one
		echo >>one
		data "$1" "$name" paper-filter -c cs.LG one
		ok "  it is a paper" cmp one "$T/out"
		like "  whose author has a name" \
		    "$(jq -r '.authors[1]' one)" 'Bj\\"orn Sample'
		return ;;
	[0-9A-Z]*' * '*|PATH=*)
		crontab "$1" "$name"
		return ;;
	digest.html:*)
		ok "$name" make -s -f "$1" -B digest.html
		ok "  makes a page" grep -q '<html' digest.html
		return ;;
	parallel*)
		return ;;
	esac
	rm -rf "$HOME/.cache"
	written >"$T/before"
	is "$name" "$(status_of sh -eu "$1" </dev/null)" 0
	written >"$T/after"
	! grep -q enrich "$1" || cp "$T/out" "$T/$(basename "$1" .04).cited"
	ok "  it writes something" sh -c \
	    'test -s "$0/out" || ! cmp -s "$0/before" "$0/after"' "$T"
	is "  and complains of nothing" "$(grep -v -e '^paperround\( -p ann\)\{0,1\}: ' \
	    -e '^ [1-5] [0-9]' \
	    -e 'does not exist yet' -e 'leave no trace in OAI' -e 'has no HTML of it' \
	    -e 'trained on' -e 'too little to set' -e 'too few papers to set' "$T/err")" ""
}

# crontab FILE NAME runs each line as cron does: by sh, from HOME, with no
# terminal and little in the environment.  Where paperround is installed, and
# when, is ours to say; a line that begins with # and a time is run too.
mkdir -p "$T/prefix/bin"
cp "$T/bin/arxiv-fetch" "$T/bin/llm-score" "$T/prefix/bin"
for name in paper-filter digest-render paperround-helper; do
	ln -s "$BUILD/$name" "$T/prefix/bin"
done
cat >"$T/prefix/bin/paperround" <<END
#!/bin/sh
exec $SRCDIR/scripts/paperround --now 2025-10-16T12:00:00Z "\$@"
END
chmod +x "$T/prefix/bin/paperround"
crontab() {
	mkdir -p "$HOME/.config/paperround"
	grep '^#SCORE=.*openai.key' "$SRCDIR/share/paperround.conf" |
	    sed 's/^#//' >"$HOME/.config/paperround/paperround.conf"
	(umask 077 && echo right >"$HOME/.config/paperround/openai.key")
	rm -rf "$HOME/.local" "$HOME/.cache"
	paperround -q -p ann init
	sed "s,/usr/local/bin,$T/prefix/bin,; s/^#\([0-9]\)/\1/" "$1" >"$T/cron"
	path=/usr/bin:/bin
	while read -r minute hour day month week command; do
		case $minute in
		PATH=*) path=${minute#*=} ;;
		'#'* | [A-Z]*=* | '') ;;
		*)	is "$2: $command" "$(cd "$HOME" && status_of setsid -w \
			    env -i HOME="$HOME" LOGNAME=me SHELL=/bin/sh \
			    PATH="$path" /bin/sh -c "$command" </dev/null)" 0
			is "  $minute $hour $day $month $week: no mail" \
			    "$(cat "$T/out" "$T/err")" ""
			ok "  the digest is there" test -s \
			    "$HOME/.local/share/paperround/digest/2025-10-16.html" ;;
		esac
	done <"$T/cron"
}

# ------------------------------------------------------------- the manual
for page in "$SRCDIR"/man/*.[0-9]; do
	name=${page##*/}
	manual_examples "$page" "$T/examples"
	cp -R "$T/files" "$T/$name"
	cd "$T/$name" || exit 1
	for e in "$T/examples/$name".*; do
		[ -e "$e" ] || { fail "$name has examples"; continue; }
		example "$e"
	done
done
ok "some slept until a batch was ready" test -s "$T/slept"
ok "one was mailed" grep -q '^To: me@example.org' "$T/sendmail.got"
ok "one went to Slack" grep -q '"blocks"' "$T/www/slack"
is "the papers shown are marked" "$(wc -l <"$T/paper-filter.1/seen.txt")" 120

ok "an author was cited" grep -q '"h_index":50' "$T/arxiv-fetch.1.cited"

# ------------------------------------------------------------- shipped files
crontab "$SRCDIR/share/cron/paperround" share/cron
# systemd has a longer PATH.
{
	echo PATH=/usr/local/bin:/usr/bin:/bin
	sed -n 's/^ExecStart=/* * * * * /p' \
	    "$SRCDIR/share/systemd/paperround@.service" | sed 's/%i/default/'
} >"$T/unit"
crontab "$T/unit" paperround@.service

# Each line of paperround.conf that is commented out, with the files it names:
# stages one by one, the deliveries all together.
config=$HOME/.config/paperround
state=$HOME/.local/state/paperround
conf=$config/paperround.conf
cp -R "$SRCDIR/share/prompts" "$config"
cp "$T/files/webhook-url" "$config/slack.url"
mkdir -p "$HOME/papers"
today() {
	rm -rf "$HOME/.cache" "$HOME/.local/share" "$state"/[!s]* "$state"/se*
	is "paperround.conf: $1" \
	    "$(status_of paperround -q today </dev/null)" 0
	is "  and nothing to complain of" \
	    "$(grep -v -e 'too few papers to set' -e 'has no HTML of it' \
	"$T/err")" ""
	ok "  the digest is there" test -s \
	    "$HOME/.local/share/paperround/digest/2025-10-16.html"
}
grep -E '^#(FETCH|FILTER|SCORE|RENDER)=' "$SRCDIR/share/paperround.conf" |
    sed 's/^#//' >"$T/stages"
while read -r line; do
	case $line in
	*screen.model*) paperround -q train ;;
	esac
	echo "$line" >"$conf"
	today "$line"
done <"$T/stages"
# Each pair of a form and a command, which may be several.
grep -E '^#DELIVER_(FORMAT|COMMAND)=' "$SRCDIR/share/paperround.conf" |
    sed 's/^#//' >"$T/pairs"
while read -r form && read -r line; do
	printf '%s\n' DELIVER=command "$form" "$line" >"$conf"
	rm -f "$T"/*.got
	written >"$T/before"
	today "$form"
	written >"$T/after"
	ok "  delivers something" sh -c '! cmp -s "$0/before" "$0/after"' "$T"
	case $form in
	*telegram*) ok "  with the chat" jq -e '.text and .chat_id' "$T/curl.got" ;;
	*jsonl) ok "  notes" sh -c 'grep -q "^relevance: " "$0"/vault/papers/*.md' \
	    "$HOME" ;;
	esac
done <"$T/pairs"
grep -E '^#[A-Z_]+=' "$SRCDIR/share/paperround.conf" |
    grep -vE '^#(FETCH(_FROM)?|FILTER|SCORE|RENDER|DELIVER|SMTP_.*)=' |
    sed "s/^#//; s,=/usr/sbin/,=$T/bin/," >"$conf"
echo "DELIVER='mail slack directory command'" >>"$conf"
rm "$T"/*.got "$T/www/slack"
today "everything else"
for file in "$T/sendmail.got" "$T/lp.got" "$T/www/slack" \
    "$HOME/papers/2025-10-16.txt" "$HOME/public_html/papers/2025-10-16.html"
do
	ok "  delivered: ${file##*/}" test -s "$file"
done
done_testing
