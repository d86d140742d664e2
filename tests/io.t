#!/bin/sh
# What holds for all four tools: descriptors, write errors, bad lines, and
# bytes that are not theirs.
. "$(dirname "$0")/lib.sh"

cat >"$T/topics.md" <<'X'
1. Sparse models
   - Relevant: mixture of experts, pruning
   - Irrelevant: surveys

Keywords: sparse, routing
X
cat >"$T/feed.xml" <<'X'
<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.LG updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.LG</link>
<description>cs.LG updates on the arXiv.org e-print archive.</description>
<lastBuildDate>Fri, 17 Oct 2025 04:00:00 +0000</lastBuildDate><pubDate>Fri, 17 Oct 2025 00:00:00 -0400</pubDate>
<item><title>Sparse Routing</title><link>https://arxiv.org/abs/2513.00001</link>
<description>arXiv:2513.00001v1 Announce Type: new 
Abstract: A router.</description>
<guid isPermaLink="false">oai:arXiv.org:2513.00001v1</guid><category>cs.LG</category>
<pubDate>Fri, 17 Oct 2025 00:00:00 -0400</pubDate><arxiv:announce_type>new</arxiv:announce_type>
<dc:creator>Ada Example</dc:creator></item></channel></rss>
X
printf '%s\n' '{"id":"2513.00001","title":"Sparse Routing","abstract":"A router.","categories":["cs.LG"]}' >"$T/papers"

# Each tool as a filter of records, with what it needs.  arxiv-fetch reads
# feeds; its row is apart where records are meant.
run() {
	tool=$1
	shift
	case $tool in
	arxiv-fetch) arxiv-fetch --parse "$@" ;;
	paper-filter) paper-filter "$@" ;;
	llm-score) llm-score --backend lexical -T "$T/topics.md" "$@" ;;
	digest-render) digest-render -f markdown "$@" ;;
	esac
}
input() {
	case $1 in
	arxiv-fetch) echo "$T/feed.xml" ;;
	*) echo "$T/papers" ;;
	esac
}
tools='arxiv-fetch paper-filter llm-score digest-render'
filters='paper-filter llm-score'

for tool in $tools; do
	file=$(input "$tool")
	is "$tool: a good run" "$(status_of run "$tool" "$file")" 0
	ok "$tool: writes something" test -s "$T/out"

	if [ -e /dev/full ]; then
		got=0
		run "$tool" "$file" >/dev/full 2>"$T/err" || got=$?
		is "$tool >/dev/full: status" "$got" 1
		like "$tool >/dev/full: says so" "$(cat "$T/err")" \
		    "$tool: write error: <stdout>: No space left on device"
	fi

	got=0
	run "$tool" "$file" >&- 2>"$T/err" || got=$?
	is "$tool with stdout closed: status" "$got" 1
	like "$tool with stdout closed: says so" "$(cat "$T/err")" \
	    "*write error: <stdout>: Bad file descriptor*"

	got=0
	run "$tool" <&- >"$T/out" 2>"$T/err" || got=$?
	is "$tool with stdin closed: status" "$got" 1

	got=0
	run "$tool" "$T" >"$T/out" 2>"$T/err" || got=$?
	is "$tool on a directory: status" "$got" 1
	like "$tool on a directory: says so" "$(cat "$T/err")" \
	    "*$T: Is a directory*"
	got=0
	run "$tool" <"$T" >"$T/out" 2>"$T/err" || got=$?
	is "$tool with a directory as stdin: status" "$got" 1

	got=0
	run "$tool" "$T/none" >"$T/out" 2>"$T/err" || got=$?
	is "$tool on a missing file: status" "$got" 1
	like "$tool on a missing file: says so" "$(cat "$T/err")" \
	    "*$T/none: No such file or directory*"

	echo old >"$T/kept"
	got=0
	run "$tool" -o "$T/kept" "$T/none" >"$T/out" 2>"$T/err" || got=$?
	case $tool in
	digest-render) is "$tool -o keeps the old file" "$(cat "$T/kept")" old ;;
	esac
	is "$tool -o leaves no temporary file" "$(echo "$T"/kept.*)" "$T/kept.*"

	run "$tool" "$file" >"$T/stdout" 2>/dev/null
	run "$tool" -o "$T/o" "$file" >"$T/out" 2>/dev/null
	ok "$tool -o FILE holds what stdout would" cmp "$T/o" "$T/stdout"
	ok "  and stdout nothing" test ! -s "$T/out"

	in='' err="$tool: unknown option --nonsense
try '$tool --help'" status=2
	row "$tool: an unknown option" "$tool" --nonsense
	like "$tool: the beginning of several options" \
	    "$("$tool" --ver 2>&1)" "$tool: --ver may be *--verbose*, --version
try *"
	is "$tool -h: status" "$(status_of "$tool" -h)" 0
	is "$tool --help: status" "$(status_of "$tool" --help)" 0
	like "$tool --help: on stdout" "$(cat "$T/out")" "usage: $tool *"
	is "$tool --help: nothing on stderr" "$(cat "$T/err")" ""
	like "$tool --version" "$("$tool" --version)" "$tool [0-9]*.[0-9]*"
	got=0
	"$tool" --help >/dev/full 2>"$T/err" || got=$?
	is "$tool --help >/dev/full" "$got" 1
done

# A reader that goes away: more output than a pipe holds, then 141 by
# SIGPIPE, or 1 where it is ignored; never half a line.
i=0
while [ $i -lt 2000 ]; do
	i=$((i + 1))
	printf '{"id":"2513.%05d","title":"Sparse %0200d","abstract":"x"}\n' $i $i
done >"$T/many"
for tool in $filters; do
	got=$( (
		set +e
		run "$tool" --report "$T/pipe.report" "$T/many" 2>"$T/err"
		echo $? >"$T/status"
	) | head -1 | wc -l)
	is "$tool | head -1: a whole line" "$got" 1
	is "$tool | head -1: status" "$(cat "$T/status")" 141
	is "$tool | head -1: silent" "$(cat "$T/err")" ""
	like "$tool | head -1: the report was written" \
	    "$(tail -n 1 "$T/pipe.report")" "*\"exit\":141*"
done

for tool in $filters; do
	(
		set +e
		trap '' PIPE
		run "$tool" "$T/many" 2>"$T/err"
		echo $? >"$T/status"
	) | head -1 >"$T/out"
	is "$tool | head -1, SIGPIPE ignored: status" "$(cat "$T/status")" 1
done

# A disk that is full for a line longer than what is gathered.
{
	printf '{"id":"a","x":"'
	head -c 1000000 /dev/zero | tr '\0' x
	printf '"}\n'
} >"$T/wide"
is "a full disk for a long reject: status" \
    "$(status_of paper-filter -k y --rejects /dev/full "$T/wide")" 1
like "  says so" "$(cat "$T/err")" \
    "paper-filter: write error: /dev/full: No space left on device*"

# More files than may be open: as many as the system lets us are, but for what
# else is needed; the last ones wait for their turn.
many=
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
	printf '{"id":"m%s","title":"Sparse"}\n' $i >"$T/m$i"
	many="$many $T/m$i"
done
# shellcheck disable=SC2086,SC3045 # names; it is there wherever ours runs
is "more files than may be open" \
    "$(ulimit -n 20; run llm-score $many 2>&1 | grep -c '^{"id":"m[0-9]*"')" 24
mkfifo "$T/first" "$T/last"
{
	exec 9>"$T/last" # when it is open, all others are
	rm "$T/m24"
	echo '{"id":"first"}' >"$T/first"
} >/dev/null 2>&1 &
# shellcheck disable=SC2086,SC3045 # names; it is there wherever ours runs
is "  than may be open at first" "$(ulimit -S -n 20
    timeout 20 paper-filter --count "$T/first" $many "$T/last" 2>&1)" 25
kill $! 2>/dev/null

# Blank lines are nobody's papers.
for tool in $filters; do
	printf '\n{"id":"a","title":"x","abstract":"x"}\n \t\r\n' |
	    run "$tool" --report "$T/blank" >"$T/out" 2>"$T/err"
	like "$tool: blank lines are passed over" "$(tail -n 1 "$T/blank")" \
	    '*"in":1,"out":1,*"exit":0}'
done

# Lines that are no papers.
nul() { printf '{"id":"a","x":"\000"}\n'; }
long() {
	printf '{"id":"a","x":"'
	head -c 4200000 /dev/zero | tr '\0' x
	printf '"}\n'
}
bad_lines() {
	echo 'not JSON'
	echo '[1]'
	echo '{"title":"no id"}'
	printf '{"id":"a","x":"\377"}\n'
	nul
	echo '{"id":"a","id":"b"}'
	long
	printf '%s\n' '{"id":"good","title":"Sparse","abstract":"x"}'
	printf '{"id":"cut'
}
bad_lines >"$T/bad"
for tool in $filters digest-render; do
	rm -f "$T/bad.report"
	got=0
	PAPERROUND_REPORT=$T/bad.report run "$tool" "$T/bad" >"$T/out" \
	    2>"$T/err" || got=$?
	is "$tool on bad lines: status" "$got" 1
	sed 's/ at byte.*//' "$T/err" | grep "^$tool: $T/bad:" >"$T/got"
	cat >"$T/want" <<X
$tool: $T/bad:1: not a JSON object
$tool: $T/bad:2: not a JSON object
$tool: $T/bad:3: no id
$tool: $T/bad:4: invalid UTF-8
$tool: $T/bad:5: control character in string
$tool: $T/bad:6: duplicate key
$tool: $T/bad:7: line of more than 4194304 bytes skipped
$tool: $T/bad:9: cut short
X
	is "$tool on bad lines: each is named" "$(cat "$T/got")" \
	    "$(cat "$T/want")"
	case $tool in
	digest-render) ;;
	*)
		like "$tool on bad lines: the good one goes on" \
		    "$(cat "$T/out")" '{"id":"good",*'
		like "$tool on bad lines: counted" "$(cat "$T/bad.report")" \
		    '*"in":9,"out":1,*"failed":8,*"exit":1}'
		;;
	esac
done

# A feed where records are meant is met with what to do, once.
for tool in $filters digest-render; do
	run "$tool" "$T/feed.xml" >/dev/null 2>"$T/err"
	is "$tool on a feed: names the tool for it" \
	    "$(grep -c 'feed.xml is XML or HTML: arxiv-fetch --parse' "$T/err")" 1
done

# Of two outputs that are one file, what one of them wrote would be lost: nothing
# is read, written or made.
one_file() {
	err="$2: $3
try '$2 --help'" status=2
	# shellcheck disable=SC2086 # words
	row "$1" run "$2" $4 "$(input "$2")"
}
(
	cd "$T" && mkdir one && cd one && mkdir folder
	echo old >there
	ln there hard
	ln -s there soft
	ln -s folder other
)
cd "$T/one" || exit 1
for tool in arxiv-fetch paper-filter llm-score; do
	one_file "$tool: -o is the report" $tool \
	    '--output and --report are the same file: r' '-o r --report r'
	PAPERROUND_REPORT=r
	export PAPERROUND_REPORT
	one_file "$tool:   which the environment names" $tool \
	    '--output and --report are the same file: ./r' '-o ./r'
	unset PAPERROUND_REPORT
done
both='--rejects and --output are the same file:'
one_file 'rejects into -o' paper-filter "$both new" '-o new --rejects new'
one_file '  spelled differently' paper-filter "$both other/../new" \
    '-o new --rejects other/../new'
one_file '  in a folder with two names' paper-filter "$both other/new" \
    "-o $T/one/folder/new --rejects other/new"
one_file '  by a link' paper-filter "$both there" '-o soft --rejects there'
one_file '  by a hard link' paper-filter "$both there" '-o hard --rejects there'
one_file '  both on stdout' paper-filter \
    '--rejects and stdout are the same file: -' '--rejects -'
one_file '  both on stdout, in so many words' paper-filter "$both -" \
    '--rejects - -o -'
one_file 'ids into the rejects' paper-filter \
    '--mark-seen and --rejects are the same file: new' \
    '--mark-seen new --rejects new'
one_file 'answers into -o' llm-score \
    '--cache and --output are the same file: new' '--cache new -o new'
# shellcheck disable=SC2094 # which is what must be refused
run paper-filter --rejects there <"$T/papers" >>there 2>"$T/err"
is 'rejects into the file that is stdout: status' $? 2
like '  which is said' "$(cat "$T/err")" \
    '*: --rejects and stdout are the same file: there*'
# shellcheck disable=SC2094
arxiv-fetch --source oai --base-url http://127.0.0.1:9 --retries 0 \
    --resume there >>there 2>"$T/err"
is 'the place of a harvest into its papers: status' $? 2
is 'nothing was written or made' "$(cat there; echo *)" 'old
folder hard other soft there'
is 'a device is no file' "$(status_of paper-filter -k y -o /dev/null \
    --rejects /dev/null --report /dev/null --mark-seen /dev/null "$T/papers")" 0
is 'the same name in two folders' "$(status_of paper-filter -k y -o new \
    --rejects folder/new "$T/papers"; wc -l <folder/new)" '0
1'
cp "$T/papers" in
for tool in $tools; do
	file=$(input "$tool")
	cp "$file" in
	# Without the refusal it would have no end.
	# shellcheck disable=SC2094 # which is what must be refused
	(
		ulimit -f 100
		run $tool in >>in 2>"$T/err"
	) 2>/dev/null
	is "$tool: into its own input: status" $? 2
	like "$tool:   which is said" "$(cat "$T/err")" \
	    "$tool: the input and stdout are the same file: in*"
	# shellcheck disable=SC2094
	(
		ulimit -f 100
		run $tool <in >>in 2>"$T/err"
	) 2>/dev/null
	is "$tool:   which is stdin" "$?$(cat "$T/err")" \
	    "2$tool: the input and stdout are the same file: -
try '$tool --help'"
	ok "$tool:   which stays as it was" cmp in "$file"
done
err="llm-score: the input and --report are the same file: ./in
try 'llm-score --help'" status=2
row 'a report into the input' run llm-score --report in there ./in
PAPERROUND_REPORT=in
export PAPERROUND_REPORT
err="paper-filter: the input and --report are the same file: in
try 'paper-filter --help'" status=2
row '  which the environment names' paper-filter in
unset PAPERROUND_REPORT
for option in mark-seen rejects; do
	err="paper-filter: the input and --$option are the same file: in
try 'paper-filter --help'" status=2
	row "--$option is the input" paper-filter -k y --$option in there in
done
ok '  which stays as it was' cmp in "$T/papers"
# shellcheck disable=SC2094
is '  and what is not read is no input' "$(
    status_of arxiv-fetch --schedule --report in <in; grep -c '"tool"' in)" '0
1'
cp "$T/papers" in
is 'a file may become what is made of it' "$(status_of paper-filter -k y \
    -o in in; wc -l <in)" '0
0'
mkdir far
ln -s ../folder/made far/dangling
ln -s ./far/dangling dangling
ln -s loop loop
for tool in $tools; do
	rm -f folder/made
	run "$tool" "$(input "$tool")" 2>/dev/null >want
	(umask 027; run "$tool" -o dangling "$(input "$tool")" 2>/dev/null)
	ok "$tool: -o is a link to nothing yet, which is made" \
	    cmp folder/made want
	ln -sf "$T/one/folder/made" absolute
	echo old >folder/made
	run "$tool" -o absolute "$(input "$tool")" 2>/dev/null
	ok "$tool:   to a file, which is replaced" cmp folder/made want
	is "$tool:   and the links stay" "$(find folder/made -perm 640
	    readlink dangling far/dangling absolute; echo ./*.* folder/*)" \
	    "folder/made
./far/dangling
../folder/made
$T/one/folder/made
./*.* folder/made folder/new"
done
rm folder/made
one_file 'rejects into what a link will be' paper-filter \
    "$both dangling" '-o folder/made --rejects dangling'
is 'a link that leads in a circle' "$(
    status_of paper-filter -o loop "$T/papers"; cat "$T/err")" '1
paper-filter: loop: Too many levels of symbolic links'
cd "$T" || exit 1

# Bytes that no tool owns.
odd='{"id":"x","n":12345678901234567890,"z":1e400}'
for tool in $filters; do
	printf '%s\n' "$odd" | run "$tool" 2>/dev/null >"$T/out"
	like "$tool keeps odd numbers" "$(cat "$T/out")" "${odd%\}}*"
done
spaced=' { "id" : "x" , "é\u00e9" : [ 1.50 , "\/" ] , "title":"Sparse" } '
printf '%s' "$spaced" | paper-filter >"$T/out"
is "paper-filter copies a line as it is" "$(cat "$T/out")" "$spaced"
is "an empty input is no error for a filter" \
    "$(status_of paper-filter /dev/null)" 0
is "  unless -e asks" "$(status_of paper-filter -e /dev/null)" 1

done_testing
