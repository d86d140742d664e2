#!/bin/sh
# SPDX-License-Identifier: ISC
# The screen that learns: --train, and --screen local.
. "$(dirname "$0")/lib.sh"

# archive DAYS [PAPERS-A-DAY]: scored papers; a quarter is about ice, and
# selected
archive() {
	awk -v days="$1" -v n="${2:-40}" 'BEGIN {
		for (d = 1; d <= days; d++)
			for (i = 1; i <= n; i++) {
				ice = i % 4 == 0
				printf "{\"id\":\"25%02d.%05d\",\"title\":" \
				    "\"On %s\",\"abstract\":\"We look at " \
				    "%s number %d with care.\",\"announced\":" \
				    "\"2025-10-%02d\",\"score\":{\"relevance\"" \
				    ":%d,\"novelty\":8}}\n", d, i,
				    ice ? "ice" : "sand",
				    ice ? "ice" : "sand", i, d, ice ? 9 : 3
			}
	}'
}
train() {
	rm -f "$T/report"
	status_of llm-score --train "$@" --report "$T/report"
}
# screen MODEL ARG ..: prints id's last digits, keep and p's first digit
screen() {
	model=$1
	shift
	llm-score --screen local --screen-model "$model" --screen-only "$@"
}
keeps() {
	sed 's/.*"id":"\([^"]*\)".*"keep":\([a-z]*\).*/\1 \2/'
}

archive 8 >"$T/archive"
is 'training' "$(train "$T/archive" -o "$T/model")" 0
is 'what was learnt is told' "$(cat "$T/err")" \
	'llm-score: trained on 320 papers of 8 days, 80 of them selected, by scores
llm-score: to find 98 % of what is selected (at least 96.3 %, from 80, of which 1 would be missed), 24.7 % of the papers would be sent (AUC 1.000, tried on days that were not learnt from)'
like 'and reported' "$(cat "$T/report")" \
	'*"in":320,"out":0,"dropped":{"learnt":320},"failed":0,"train":{"papers":320,"selected":80,"days":8,"auc":1,"recall":0.98,"at_least":0.963,"tried":80,"missed":1,"share":0.2469},"exit":0}'
is 'a model begins with text' "$(head -n 4 "$T/model" | tail -n 2)" \
	'papers 320
selected 80'
is 'a model has its own checksum' "$(head -c -32 "$T/model" | sha256sum |
	cut -c1-64)" "$(tail -c 32 "$T/model" | od -An -v -tx1 | tr -d ' \n')"
ok 'a model is less than 8 MB' test "$(wc -c <"$T/model")" -lt 8000000

llm-score -q --train "$T/archive" >"$T/model2" 2>"$T/err"
is '-q' "$(cat "$T/err")" ''
ok 'the same bytes again' cmp "$T/model" "$T/model2"
sed -n '161,$p' "$T/archive" >"$T/late"
sed -n '1,160p' "$T/archive" >"$T/early"
llm-score -q --train "$T/late" --train "$T/early" -o "$T/model2"
ok 'whatever the order of files' cmp "$T/model" "$T/model2"
# Fields whose words mean other things, papers that stand in two days, and two
# records of a day: the first that is read decides none of it.
backwards() {
	llm-score -q --train "$1" -o "$T/model2" &&
		awk '{ line[NR] = $0 }
		    END { for (i = NR; i > 0; i--) print line[i] }' "$1" |
		llm-score -q --train - -o "$T/model3" &&
		cmp "$T/model2" "$T/model3"
}
jq -c '.categories = (if .id < "2503" then ["math.CO"] else
    ["none.XX","a.name-that-is-longer-than-any","cs.LG","cs.AI"] end)' "$T/archive" >"$T/fields"
ok 'nor that of papers of two fields' backwards "$T/fields"
jq -c 'if .score.relevance == 9 then ., (.announced = "2025-10-09" |
    .score.relevance = 2), (.announced = "2025-10-09" | .title = "On snow")
    else . end' "$T/archive" >"$T/twice"
ok 'nor that of records of one paper' backwards "$T/twice"
jq -c 'select(.score.relevance == 9) | .announced = "2025-09-30" |
    .score.relevance = 2' "$T/archive" | cat "$T/archive" - >"$T/older"
llm-score -q --train "$T/older" -o "$T/model2"
ok 'the newest of these is learnt from' cmp "$T/model" "$T/model2"
llm-score -q -o "$T/model2" --train "$T/late" "$T/early"
ok 'operands are more of them' cmp "$T/model" "$T/model2"
is 'a part that is not there' "$(train "$T/early" "$T/gone" -o "$T/model2")" 1
like 'is told' "$(cat "$T/err")" '*no model is written*'
ok 'and the old model stays' cmp "$T/model" "$T/model2"

# Screening

cat >"$T/papers" <<'END'
{"id":"1","title":"On ice","abstract":"We look at ice.","n":1e400}
{"id":"2","title":"On sand","abstract":"We look at sand.","score":{"relevance":2},"score_error":{"code":"x"}}
{"id":"3","title":"On sand","abstract":"Sand.","match":{"authors":["A. B."]}}
{"id":"4","title":"On sand","abstract":"Sand.","screen":{"keep":true}}
END
cp "$T/model" "$T/m"
is 'what is like the selected is kept, and what followed authors wrote' \
	"$(screen "$T/m" --screen-explore 0 "$T/papers" | keeps)" \
	'1 true
2 false
3 true
4 false'
model=local-$(tail -c 32 "$T/model" | od -An -v -tx1 | tr -d ' \n' | cut -c1-12)
like 'the key screen' "$(screen "$T/m" "$T/papers" | head -n 1)" \
	'{"id":"1","title":"On ice","abstract":"We look at ice.","n":1e400,"screen":{"keep":true,"p":0.9*,"by":"local","model":"'"$model"'"}}'
like '--screen-only leaves scores alone; screen is replaced' \
	"$(screen "$T/m" --screen-explore 0 "$T/papers" | sed -n '2p;4p')" \
	'{"id":"2",*"score":{"relevance":2},"score_error":{"code":"x"},"screen":{"keep":false,*}
{"id":"4","title":"On sand","abstract":"Sand.","screen":{"keep":false,"p":*'
{
	head -n 1 "$T/papers"
	sed -n 1,9p "$T/archive"
	echo '{"id":"5","title":"On ice"}'
} >"$T/one"
is 'of eleven papers one has no text: no outage' "$(status_of llm-score \
	--screen local --screen-model "$T/m" --screen-only "$T/one")" 1
is 'it is told' "$(cat "$T/err")" \
	'llm-score: no answer of the screen for 1 of 11 papers, the first: no_text: title or abstract is missing'
# Where not all of confinement is to be had, a tool says so.
is 'what to expect' "$(screen "$T/m" --screen-explore 0 --verbose /dev/null 2>&1 |
	grep -v "confined by")" \
	"llm-score: $T/m: about 24.7 % of the papers will be kept"
is '--screen-threshold 0 keeps all' \
	"$(screen "$T/m" --screen-threshold 0 "$T/papers" | grep -c 'keep":true')" 4
is '--screen-threshold 1 keeps but followed authors' \
	"$(screen "$T/m" --screen-threshold 1 --screen-explore 0 "$T/papers" |
	keeps | grep true)" '3 true'
is '--screen-recall 0 keeps hardly any' \
	"$(screen "$T/m" --screen-recall 0 --screen-explore 0 "$T/archive" |
	grep -c 'keep":true')" \
	"$(screen "$T/m" --screen-recall 0 --screen-explore 0 "$T/archive" |
	grep -c 'relevance":9.*keep":true')"
like '--screen-explore keeps a share all the same, and tells' \
	"$(screen "$T/m" --screen-explore 1 "$T/papers" | sed -n 2p)" \
	'*"screen":{"keep":true,*,"explore":1,"recall":0.98}}'
archive 25 | screen "$T/m" --screen-explore 0.1 >"$T/explored"
is 'about that share' "$(grep -c '"explore":0.1,' "$T/explored" |
	awk '{ print ($1 > 50 && $1 < 100 ? "yes" : $1) }')" yes
archive 25 | sort -r | screen "$T/m" --screen-explore 0.1 | sort >"$T/again"
sort "$T/explored" >"$T/explored2"
ok 'the same papers each time' cmp "$T/explored2" "$T/again"

llm-score --backend lexical -T "$SRCDIR/share/topics.md" --screen local \
	--screen-model "$T/m" --screen-explore 0 --report "$T/report" \
	"$T/papers" >"$T/out"
is 'what was put aside is not scored' "$(grep -c '"score":' "$T/out")" 2
like 'and counted' "$(cat "$T/report")" \
	'*"scored":2,"screened_out":2,"unscored":0,"health":"ok"*'
like 'nor keeps it an old score' "$(sed -n 2p "$T/out")" \
	'{"id":"2","title":"On sand","abstract":"We look at sand.","screen":{*}}'

# What is learnt from

is 'an archive with all kinds of papers' "$({
	archive 3
	cat <<'END'
{"id":"n1","title":"On ice","abstract":"Ice.","announced":"2025-10-01","score":{"relevance":9,"novelty":null}}
{"id":"n2","title":"On ice","abstract":"Ice.","announced":"2025-10-01","score":{"relevance":9,"novelty":6}}
{"id":"a1","title":"On fog","abstract":"Fog.","announced":"2025-10-01","score":{"relevance":1,"novelty":1},"match":{"authors":["A"]}}
{"id":"s1","title":"On sand","abstract":"Sand.","screen":{"keep":false}}
{"id":"e1","title":"On sand","abstract":"Sand.","score_error":{"code":"http"}}
{"id":"t1","title":"On sand","score":{"relevance":1}}
{"id":"l1","title":"On sand","abstract":"Sand.","score":{"relevance":9,"novelty":null,"backend":"lexical"}}
{"id":"n1","title":"On ice","abstract":"Ice.","announced":"2025-10-02","score":{"relevance":9,"novelty":null}}
END
	} >"$T/kinds"; train "$T/kinds" -o "$T/m2")" 0
is 'null passes, followed authors count' "$(head -n 1 "$T/err")" \
	'llm-score: trained on 123 papers of 3 days, 32 of them selected, by scores'
is 'too little is told' "$(tail -n 1 "$T/err")" \
	'llm-score: that is too little to set papers aside: this model keeps all of them'
for why in '"screened_out":1' '"unscored":1' '"no_text":1' '"local":1' \
	'"repeated":1' '"learnt":123'; do
	like "left out, and counted: $why" "$(cat "$T/report")" "*$why*"
done
is 'a model of too little screens nothing' "$(screen "$T/m2" "$T/papers" \
	2>"$T/err" | grep -c 'keep":true')" 4
is 'and says so' "$(cat "$T/err")" \
	"llm-score: $T/m2: trained on too few papers to set any aside (32 selected of 123, 3 days); all are kept"

archive 6 >"$T/few"
is 'few that are selected' "$(train "$T/few" -o "$T/m2")" 0
like 'are all above the line' "$(cat "$T/err")" \
	'*(at least 97.4 %, from 60, of which 0 would be missed)*
llm-score: under 80 selected papers tell no share: *'

archive 8 | sed 's/"relevance":9/"relevance":7/' >"$T/seven"
is '--min-relevance' "$(train "$T/seven" --min-relevance 7 -o "$T/m2")" 0
ok 'same labels, same model' cmp "$T/m2" "$T/model"
is 'a higher one: one class' "$(train "$T/seven" -o "$T/none")" 75
is 'is too little so far' "$(cat "$T/err")" \
	'llm-score: --train: none of the 320 papers is selected; training needs both kinds'
ok 'and nothing is written' test ! -e "$T/none"
like 'the papers are accounted for' "$(cat "$T/report")" \
	'*"in":320,"out":0,"dropped":{"not_learnt":320},"failed":0,*'
is 'nothing to learn from' "$(train /dev/null -o "$T/none")" 75

printf '%s\n' '{"id":"z","title":"On fog","abstract":"Fog and fog."}' \
	'{"id":"z2","title":"On fog","abstract":"More fog."}' >"$T/likes"
is '--like' "$(train "$T/archive" --like "$T/likes" -o "$T/m2")" 0
like 'counts them as selected' "$(cat "$T/err")" \
	'*trained on 322 papers of 8 days, 82 of them selected*'
fog='{"id":"9","title":"On fog","abstract":"We look at fog."}'
p_of() {
	printf '%s\n' "$fog" | screen "$1" | sed 's/.*"p":\([^,]*\).*/\1/'
}
is 'and learns from them' "$(echo "$(p_of "$T/m2") $(p_of "$T/model")" |
	awk '{ print ($1 > $2 ? "yes" : $0) }')" yes

head -n 40 "$T/archive" | jq -c 'if .score.relevance >= 8
	then { id, mark: "drop" } else { id, mark: "star" } end' >"$T/marks"
last=$(tail -n 1 "$T/marks" | sed 's/star\|drop/none/')
echo "$last" >>"$T/marks"
is 'marks' "$(train "$T/archive" --like "$T/marks" -o "$T/m2")" 0
like 'go before what a model said, the last of a paper first' \
	"$(cat "$T/err")" "*selected, by scores and marks (* stars, * drops)*"
is 'are accounted for' "$(jq -c '[.in, .dropped]' "$T/report")" \
	'[361,{"mark":41,"learnt":320}]'
is 'so is a part of an archive' "$(train "$T/early" "$T/gone" -o "$T/none"
	jq -c '[.in, .dropped]' "$T/report")" '1
[160,{"not_learnt":160}]'
ok 'and change what is learnt' test -n "$(cmp "$T/m2" "$T/model")"
sed 's/"score":{/&"backend":"local",/' "$T/archive" >"$T/keyless"
is 'what a local judge scored says nothing' \
	"$(train "$T/keyless" -o "$T/m3")" 75
like 'and what to do is said' "$(cat "$T/err")" \
	"llm-score: --train: no papers to learn from: none has a model's score, or a mark in --like FILE"
head -n 40 "$T/keyless" | jq -c 'select(.title == "On ice") |
	{ id, mark: "star" }' | head -n 3 >"$T/stars"
is 'but for what is marked: three stars will do' \
	"$(train "$T/keyless" --like "$T/stars" -o "$T/m3")" 0
like 'the others are not selected, and it is said who says so' \
	"$(head -n 1 "$T/err")" \
	'*on 320 papers of 8 days, 3 of them selected, by marks alone (3 stars, 0 drops)'
is 'of a paper like the starred ones more is thought' "$({
	echo '{"id":"i","title":"On ice","abstract":"We look at ice."}'
	echo '{"id":"s","title":"On sand","abstract":"We look at sand."}'
} | screen "$T/m3" 2>/dev/null | jq -s '.[0].screen.p > .[1].screen.p')" true
is 'which says nothing of how many are selected as a rule' "$(
	llm-score -q --backend local --screen-model "$T/m3" \
		-T "$SRCDIR/share/topics.md" "$T/papers" | jq -c .score.p)" "$(
	llm-score -q --backend local --screen-model "$T/m3" --usual 8/100 \
		-T "$SRCDIR/share/topics.md" "$T/papers" | jq -c .score.p)"
# What is looked for only in papers with good scores would give these away.
sed '/"relevance":9/s/}$/,"match":{"cites":[{"id":"1"},{"id":"2"}]}}/' \
    "$T/archive" >"$T/citing"
train "$T/citing" -o "$T/m4" >/dev/null
ok 'what papers cite is not learnt from' cmp "$T/model" "$T/m4"
is '  but spares a paper' "$({
	echo '{"id":"1","title":"On sand","abstract":"Sand."}'
	echo '{"id":"2","title":"On sand","abstract":"Sand.","match":{"cites":[{"id":"9"}]}}'
} | screen "$T/m" --screen-explore 0 2>/dev/null | jq -c .screen.keep |
	xargs)" 'false true'
head -n 2 "$T/stars" >"$T/two"
is 'two stars are too few' "$(train "$T/keyless" --like "$T/two" \
	-o "$T/none")" 75
is 'and what to do is said' "$(cat "$T/err")" \
	'llm-score: --train: 2 papers are starred or liked; no model scored any, so star 3 or more to learn from'
sed '41,$d' "$T/archive" | cat "$T/keyless" - >"$T/mixed"
is 'where a model scored some papers' \
	"$(train "$T/mixed" --like "$T/stars" -o "$T/m3")" 0
like 'only those count, and marks' "$(head -n 1 "$T/err")" \
	'*trained on 40 papers of 1 day, 10 of them selected, by scores and marks (3 stars, 0 drops)'

archive 8 2760 >"$T/large"
cat >"$T/likes" <<'END'
{"id":"z","title":"On fog","abstract":"Fog and fog."}
{"id":"z2","abstract":"More fog."}
END
is 'an archive larger than what is kept' \
	"$(train "$T/large" --like "$T/likes" -o "$T/m2")" 0
like 'the oldest papers are left out, and what says nothing' \
	"$(cat "$T/report")" \
	'*"in":22082,*"dropped":{"old":2081,"no_text":1,*'
sed 's/"announced":"2025-10-01"/"announced":"soon"/
    s/"announced":"2025-10-02"/"announced":"2025-10-32"/' "$T/archive" >"$T/odd"
is 'a date that is none' "$(train "$T/odd" -o "$T/m2")" 0
like 'makes them all of one day' "$(head -n 1 "$T/err")" '*320 papers of 7 days*'
cat >"$T/typed.py" <<'END'
import pty, subprocess, sys
sys.exit(subprocess.call(sys.argv[1:], stdout=pty.openpty()[1]))
END
! terminals 'a model is not shown on a terminal' || {
	is 'a model is not shown on a terminal' "$(status_of "$PYTHON" \
	    "$T/typed.py" llm-score --train "$T/archive")" 2
	like 'which is told' "$(cat "$T/err")" '*needs -o FILE*'
}

# Explored papers stand for those that were put aside.
sed 's/"score":{"relevance":3/"screen":{"keep":true,"explore":0.1},&/' \
	"$T/archive" >"$T/weighed"
is 'papers kept by chance' "$(train "$T/weighed" -o "$T/m2")" 0
like 'count more' "$(tail -n 1 "$T/err")" '*3.2 % of the papers would be sent*'

# Bad input

head -c 100000 "$T/model" >"$T/cut"
{ head -c 2000000 "$T/model"; printf x; tail -c +2000002 "$T/model"; } \
	>"$T/bit"
sed 's/^paperround-screen 2$/paperround-screen 3/' "$T/model" >"$T/newer"
for what in 'cut damaged' 'bit damaged' 'newer made by a newer llm-score' \
	'papers not a model that --train wrote'; do
	file=$T/${what%% *}
	is "a model that is $what" "$(status_of llm-score --screen local \
		--screen-model "$file" --screen-only "$T/papers")" 2
	is 'and the message' "$(cat "$T/err")" \
		"llm-score: $file: ${what#* }; create it again with --train"
done
"$PYTHON" - "$T/model" "$T/foreign" <<'END'
import hashlib, re, sys
data = open(sys.argv[1], "rb").read()[:-32]
data = re.sub(rb"(?<=\nvectors )\w{16}", b"0123456789abcdef", data, count=1)
open(sys.argv[2], "wb").write(data + hashlib.sha256(data).digest())
END
is 'a model of other vectors' "$(status_of llm-score --screen local \
	--screen-model "$T/foreign" --screen-only "$T/papers")" 2
like 'and the message' "$(cat "$T/err")" \
	"llm-score: $T/foreign: made with other word vectors than */computing; create it again with --train"
# What 0.1.0 wrote: without meanings.
"$PYTHON" - "$T/model" "$T/older" <<'END'
import hashlib, re, sys
data = open(sys.argv[1], "rb").read()[: -32 - 64 * 4]
data = data.replace(b"paperround-screen 2", b"paperround-screen 1", 1)
data = re.sub(rb"\nvectors .*", b"", data, count=1)
open(sys.argv[2], "wb").write(data + hashlib.sha256(data).digest())
END
is 'a model of version 1 is read' "$(screen "$T/older" --screen-explore 0 \
	"$T/papers" | keeps)" '1 true
2 false
3 true
4 false'
is 'no such model' "$(status_of llm-score --screen local \
	--screen-model "$T/absent" --screen-only "$T/papers")" 2
is 'and the message' "$(cat "$T/err")" \
	"llm-score: $T/absent: No such file or directory"
printf 'no json\n' | cat - "$T/archive" >"$T/broken"
is 'a broken line does not stop training' \
	"$(train "$T/broken" -o "$T/m2")" 1
ok 'but is counted' grep -q '"failed":1' "$T/report"
ok 'and the model is as if it were not there' cmp "$T/m2" "$T/model"

# Real days: train up to 2025-10-15, judge the rest.
if ! [ -d "$SHARED/data/days" ]; then
	skip 'agreement with an LLM' 'no ../shared/data'
	done_testing
fi
"$PYTHON" - "$SHARED/data" "$T" <<'END'
import glob, json, os, sys
data, out = sys.argv[1:]
early, late = open(out + "/days1", "w"), open(out + "/days2", "w")
for path in sorted(glob.glob(data + "/days/*.jsonl")):
    name = os.path.basename(path)
    labels = {}
    for line in open(data + "/labels/" + name):
        paper = json.loads(line)
        labels[paper["id"]] = paper["score"]
    for line in open(path):
        paper = json.loads(line)
        if not {"cs.LG", "cs.AI"} & set(paper["categories"]):
            continue
        f = late
        if name <= "2025-10-15.jsonl":
            f = early
            paper["score"] = labels.get(
                paper["id"], {"relevance": 1, "novelty": 1})
        f.write(json.dumps(paper) + "\n")
END
set --
for labels in "$SHARED"/data/labels/*.jsonl; do
	set -- "$@" --labels "$labels"
done
figure() {
	awk -v name="$1" '$1 == name { print $2 }' "$T/figures"
}
is 'training on real days' "$(train "$T/days1" --min-relevance 7 \
	--min-novelty 7 -o "$T/real")" 0
screen "$T/real" --screen-explore 0 "$T/days2" |
	"$SRCDIR/scripts/agreement" "$@" --min-relevance 7 - >"$T/figures"
is 'papers judged' "$(figure papers)" 1169
is 'of which are selected' "$(figure selected)" 72
ok "AUC is 0.95 or more: $(figure auc)" \
	awk "BEGIN { exit !($(figure auc) >= 0.95) }"
ok "36 % hold 98 % of the selected: $(figure share_at_0.98)" \
	awk "BEGIN { exit !($(figure share_at_0.98) <= 0.36) }"
ok "the threshold keeps 95 %: $(figure recall) in $(figure share)" \
	awk "BEGIN { exit !($(figure recall) >= 0.95 && $(figure share) < 0.36) }"
llm-score --backend lexical -T "$SRCDIR/share/topics.md" "$T/days2" |
	"$SRCDIR/scripts/agreement" "$@" --min-relevance 7 - >"$T/figures"
ok "the lexical judge's AUC is 0.83 or more: $(figure auc)" \
	awk "BEGIN { exit !($(figure auc) >= 0.83) }"
done_testing
