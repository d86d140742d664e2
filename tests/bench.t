#!/bin/sh
# The bench: the form of its table and the sums in it, with peers and without.
# No time is asserted.
. "$(dirname "$0")/lib.sh"

if ! command -v hyperfine >/dev/null; then
	skip 'the bench' 'no hyperfine'
	done_testing
fi

# A copy, where no ../shared stands beside it: input is made up.
mkdir -p "$T/project/scripts" "$T/tools" "$T/tmp"
cp -R "$SRCDIR/scripts/bench" "$T/project/scripts"
cat >"$T/python" <<END
#!/bin/sh
case "\$*" in *jinja2) exit 1 ;; esac
exec $PYTHON "\$@"
END
chmod +x "$T/python"
bench() {
	status_of env TMPDIR="$T/tmp" BUILD="${tools:-$BUILD}" BENCH_ROUNDS=0 \
	    BENCH_SIZES="${sizes-small}" PYTHON="${python:-$PYTHON}" \
	    "$T/project/scripts/bench/run" "$@"
}
# column N QUESTION [INPUT]: that column in its rows.
column() {
	awk -F ' *[|] *' -v n="$1" -v question="$2" -v input="${3-}" \
	    '$3 == question && $4 ~ input { print $n }' "$T/out"
}

python=$T/python
is 'digests at one size' "$(bench digest-render)" 0
is 'say where the papers are from' "$(head -n 1 "$T/out")" \
	'Papers and feeds are made up.'
is 'are one table' "$(grep '^|' "$T/out" | head -n 1 | tr -s ' ')" \
	'| tool | question | input | ours s | ours MB | growth | peer | peer s | peer MB | peer/ours | wanted | met |'
is 'of rows as wide as its head' "$(grep '^|' "$T/out" |
	awk -F '|' '{ print NF }' | sort -u)" 14
is 'with each question' "$(grep '^| digest-render ' "$T/out" |
	awk -F ' *[|] *' '{ print $3 }' | uniq -c | awk '{ print $2 $1 }' |
	tr '\n' ' ')" \
	'html1 markdown1 text1 short1 email1 atom1 jsonfeed1 slack1 bibtex1 ris1 csljson1 csv1 tsv1 ids1 jsonl1 '
is 'its inputs' "$(column 4 html | sed 's/,.*//' | tr '\n' ' ')" \
	'424 papers '
ok 'times that are numbers' awk -F ' *[|] *' \
	'/^\| digest-/ && !($5 + 0 > 0) { exit 1 }' "$T/out"
is 'and what is wanted' "$(column 12 html)" '<= 0.020 s'
is 'a peer that is not there has no row' "$(column 8 html)" -
is 'but a line' "$(grep -c '^Left out, not installed: Jinja2.$' "$T/out")" 1
is 'nothing stays behind' "$(ls "$T/tmp")" ''

# Times that are given: what is made of them.
python='' sizes='small large'
cat >"$T/project/scripts/bench/startup" <<'END'
#!/bin/sh
. "$(dirname "$0")/lib.sh"
known numbers small 'ten' 10
known numbers large 'a hundred' 100
at_most 100 s
peer half 0.6 =0.5
peer double 0.4 =0.5
peer slow - =16
question given numbers =1
END
is 'peers of known time' "$(bench startup)" 0
ok 'the quotient is that of the times' awk -F ' *[|] *' '/^\| startup/ {
	n++
	bad += !($5 == 1 && $11 == ($8 == "slow" ? 16 : 0.5))
	} END { exit !(n == 5 && !bad) }' "$T/out"
is 'what is wanted of all sizes, and of the largest' \
	"$(column 12 given | tr '\n' ';')" \
	'<= 100 s;;;<= 100 s, >= 0.6 times;>= 0.4 times;'
is 'what is met' "$(column 13 given | tr '\n' ';')" 'yes;;;no;yes;'
is 'the sum of it' "$(sed -n '/^Met/,$p' "$T/out" | head -n 2)" \
	'Met: 2 of the 3 rows in which something is wanted.
Missed: startup, given, a hundred, beside half: <= 100 s, >= 0.6 times.'
is 'growth over ten times the input' "$(column 7 given hundred | uniq)" 0.10

is 'a peer that would take minutes is left out' \
	"$(grep '^Left out' "$T/out")" \
	'Left out, too slow: startup, given, a hundred, beside slow, about 160 s.'

# A tool that fails has no time.
printf '#!/bin/sh\necho "no such luck" >&2\nexit 1\n' >"$T/tools/digest-render"
chmod +x "$T/tools/digest-render"
tools=$T/tools sizes=small
is 'a tool that fails' "$(bench digest-render)" 1
is 'has no row' "$(grep -c '^| digest' "$T/out")" 0
ok 'its message is shown' grep -q 'no such luck' "$T/err"
is 'nothing stays behind' "$(ls "$T/tmp")" ''

is 'a part that is not there' "$(bench jinja)" 2
is 'and the message' "$(cat "$T/err")" "bench: no part 'jinja'; there are \
startup paper-filter arxiv-fetch llm-score local digest-render pages paperround"
sizes=tiny
is 'a size that is not there' "$(bench startup)" 2
is 'and the message' "$(cat "$T/err")" \
	"bench: BENCH_SIZES: no size 'tiny'; there are small, medium, large"
done_testing
