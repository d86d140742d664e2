#!/bin/sh
# digest-render --template: what a program gets and prints, one file a paper,
# and the templates that are shipped.
. "$(dirname "$0")/lib.sh"
fixtures=$SRCDIR/tests/fixtures/digest-render

# paper ID [MORE]
paper() {
	printf '{"id":"%s","title":"Title %s"%s}\n' "$1" "$1" "${2:+,$2}"
}
template() {
	printf '%s\n' "$1" >"$T/t.jq"
	shift
	digest-render --now 2025-10-17 --template "$T/t.jq" "$@"
}

# What it gets and prints.
paper 2513.00001 '"title":"An $\\alpha$ \u001b[1m","x":{"y":[1]},"score":{"relevance":9,"comment":"c"}' |
    sed 's/"title":"Title [^"]*",//' >"$T/one"
in='' out='2513.00001 An α [1m 1 9 c https://arxiv.org/abs/2513.00001' \
    row "records, with the texts of documents over them" template \
    '.papers[] | "\(.id) \(.title) \(.x.y[0]) \(.score.relevance) \(.why) \(.url)"' \
    "$T/one"
paper 2513.00004 '"authors":["A. Bee","C. Dee"],"score":{"relevance":9}' >"$T/brief"
paper 2513.00005 '"authors":["A. Bee","C. Dee"],"match":{"authors":["C. Dee"]}' >>"$T/brief"
out='A. Bee +1, 9·–
C. Dee +1, ' row "  and what lines of a few words have" template \
    '"\(.byline), \(.scores)"' --each --keep-order "$T/brief"
out='My 2025-10-17
{"arxiv":null,"scanned":1,"relevant":1,"shown":1}' row "the digest" \
    template '.digest | .heading, .totals' --title My "$T/one"
paper 2513.00002 >"$T/two"
paper 2513.00001 >"$T/one.jsonl"
out='My Title 2513.00001
My Title 2513.00002' row "--each: a paper, which knows the digest" template \
    '"\(.digest.title) \(.title)"' --each --title My \
    --keep-order "$T/one.jsonl" "$T/two"
out='a	b
c' row "what it prints is printable" template \
    '"a\tb\nc\u001b\u202e"' "$T/two"
err="digest-render: $T/t.jq:2: syntax error, unexpected '}', expecting end of file"
printf '.papers |\n}' >"$T/bad.jq"
like "a syntax error has its line" \
    "$(digest-render --template "$T/bad.jq" "$T/two" 2>&1)" \
    "digest-render: $T/bad.jq:2: syntax error, unexpected*"
err=
is "  and is misuse" "$(status_of digest-render --template "$T/bad.jq" "$T/two")" 2
echo old >"$T/o"
is "a program that halts by an error" "$(
    printf '"x", ("no" | halt_error)' >"$T/bad.jq"
    status_of digest-render --template "$T/bad.jq" "$T/two"
    cat "$T/out" "$T/err")" \
    "1
digest-render: $T/bad.jq: halt_error: no"
is "a program that fails" "$(printf 'error("no")' >"$T/bad.jq"
    status_of digest-render -o "$T/o" --template "$T/bad.jq" "$T/two")" 1
is "  says why" "$(cat "$T/err")" "digest-render: $T/bad.jq: no"
is "  and leaves FILE as it was" "$(cat "$T/o")" old
status=1 out='Title 2513.00001
Title 2513.00003' err="digest-render: $T/t.jq: 2513.00002: no"
for n in 1 2 3; do paper "2513.0000$n"; done >"$T/three"
row "  for one paper of several hides no other" template \
    'if .id == "2513.00002" then error("no") else .title end' --each "$T/three"
# What libjq 1.6 does not read: half of a pair, and more levels than 256, here
# or where the paper stands in the end.
printf '%s\n' '{"id":"2513.00004","title":"Half \ud800","x":"\udc00"}' >"$T/half"
out='Half � �' row "half of a pair of surrogates" template \
    '.papers[] | "\(.title) \(.x)"' "$T/half"
deep() {
	awk -v n="$1" 'BEGIN {
		while (--n > 0) { open = open "["; shut = shut "]" }
		print "{\"id\":\"2513.00005\",\"x\":" open shut "}"
	}' >"$T/deep"
}
# left_out OPTION BEFORE AFTER: the deep paper is, from between two others; what
# stands around the reason.
left_out() {
	status=1 out='2513.00002
2513.00004' err="digest-render: $2: libjq cannot read this record:\
 Exceeds depth limit for parsing$3"
	row "one that libjq does not read takes no other with it $1" template \
	    '(.papers[]?, select(has("papers") | not)) | .id' --keep-order \
	    ${1:+"$1"} "$T/two" "$T/deep" "$T/half"
}
deep 500
if paper-filter -w . "$T/deep" >/dev/null 2>&1; then
	skip 'one that libjq does not read' 'this one reads it'
else
	left_out --each "$T/t.jq: 2513.00005" ''
	left_out '' "$T/deep:1" '; left out'
	deep 255
	left_out '' "$T/deep:1" '; left out'
fi
for options in '--template telegram -f html' '--each' '--split x' \
    '--template telegram --force' '--template nothing-of-the-kind' \
    '--template /nonexistent' "--template telegram --split $T/one/x"; do
	# shellcheck disable=SC2086 # words
	is "misuse: $options" "$(cd "$T" || exit
	    status_of digest-render $options "$T/two")" 2
done

like "a template's name that is nearly right" \
    "$(digest-render --template telegarm "$T/two" 2>&1)" \
    'digest-render: --template: telegarm: *; did you mean telegram[?]*'

# One file a paper.
note() {
	digest-render --template "$T/n.md.jq" --split "$T/notes" "$@"
}
echo '.title' >"$T/n.md.jq"
out="$T/notes/2513.00001.md
$T/notes/2513.00002.md
$T/notes/2513.00003.md" row "--split makes the folder and names its files" \
    note "$T/three"
cp "$T/n.md.jq" "$T/n.jq"
out=$T/notes/2513.00002.txt row "  as text, where the template's says nothing" \
    digest-render --template "$T/n.jq" --split "$T/notes" "$T/two"
echo mine >"$T/notes/2513.00002.md"
rm "$T/notes/2513.00003.md"
out=$T/notes/2513.00003.md row "  what is there already is not touched" \
    note "$T/three"
is "  nor lost" "$(cat "$T/notes/2513.00002.md")" mine
note --force "$T/three" >/dev/null
is "  but with --force" "$(cat "$T/notes/2513.00002.md")" "Title 2513.00002"
echo elsewhere >"$T/elsewhere"
ln -sf "$T/elsewhere" "$T/notes/2513.00001.md"
note --force "$T/three" >/dev/null
is "  a link there is replaced, not followed" "$(cat "$T/elsewhere")" elsewhere
rm "$T/notes/2513.00002.md"
mkdir "$T/notes/2513.00002.md"
out="$T/notes/2513.00001.md
$T/notes/2513.00003.md" status=1 \
    err="digest-render: $T/notes/2513.00002.md: Is a directory" \
    row "  nor is a folder" note --force "$T/three"
rmdir "$T/notes/2513.00002.md"
rm -r "$T/notes"
for id in ../../up .hidden a/b a:b / "$(printf '%0300d' 0)"; do
	paper "$id"
done >"$T/ids"
note "$T/ids" >"$T/out"
is "names are safe, whatever the ids" \
    "$(cd "$T/notes" && find . -type f | sed 's/0\{200\}/0../' | sort)" "./-.-..-up.md
./-.md
./-hidden.md
./0...md
./a-b-n6.md
./a-b.md"
is "  and are what was said" "$(sort "$T/out")" \
    "$(find "$T/notes" -type f | sort)"
echo 'if .id == "2513.00001" then empty else "x" end' >"$T/n.md.jq"
rm -r "$T/notes"
out="$T/notes/2513.00002.md
$T/notes/2513.00003.md" row "what prints nothing makes no file" note "$T/three"
rm -r "$T/notes"
mkdir "$T/notes"
chmod 500 "$T/notes"
if [ "$(id -u)" != 0 ]; then
	is "a folder that cannot be written: status" "$(status_of note "$T/three")" 1
else
	skip "a folder that cannot be written" "root can"
fi
chmod 700 "$T/notes"

# The shipped ones: within the limits of who gets them, every paper once, and
# nothing of theirs is markup.
i=0
while [ $i -lt 130 ]; do
	i=$((i + 1))
	paper "2514.$((10000 + i))" '"score":{"relevance":9,"novelty":8,"comment":"<b>\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"&&&&&&&&&&&&&&&&&&&&&&&&&&&& 𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳𝒳"}'
done >"$T/many"
printf '{"tool":"arxiv-fetch","feeds":[{"category":"<b>","status":"failed"}],"exit":75}\n' >"$T/outage"
{
	printf '{"id":"w","title":"'
	printf '%0500d' 0 | sed 's/0/\\"/g'
	printf '","url":"https://a.b/%0900d","authors":["%0300d"],"score":{"relevance":9,"comment":"' 0 0
	printf '%0900d' 0 | sed 's/0/*/g'
	printf '"}}\n'
} >"$T/wide"
units='[.text | explode[] | if . > 65535 then 2 else 1 end] | add'
for name in many wide hostile.jsonl markup.jsonl outage; do
	file=$T/$name
	case $name in
	*.jsonl) file=$fixtures/$name ;;
	outage) file=/dev/null ;;
	esac
	set -- -q --report "$T/outage" --view list "$file"
	[ $name = outage ] || set -- -q "$file"
	[ $name != outage ] || set -- -q --report "$T/outage" "$file"
	digest-render -f ids "$@" >"$T/ids"
	digest-render --template telegram "$@" >"$T/telegram"
	is "telegram, $name: 4,096 characters at most" \
	    "$(jq "$units"' | select(. > 4096)' "$T/telegram")" ''
	is "  papers" "$(grep -o '<b>[0-9]*\.<.b>' "$T/telegram" | wc -l)" \
	    "$(wc -l <"$T/ids")"
	is "  no markup but ours" "$(jq -r '.text |
	    gsub("</?[bi]>|<a href=\"https?://[^\"<> ]*\">|</a>"; "") |
	    select(test("[<>]|&(?!amp;|lt;|gt;)"))' "$T/telegram")" ''
	digest-render --template discord "$@" >"$T/discord"
	is "discord, $name: 2,000 characters at most" \
	    "$(jq '.content | length | select(. > 2000)' "$T/discord")" ''
	is "  papers" "$(jq -r .content "$T/discord" |
	    grep -c '^\*\*[0-9]*\.\*\* ')" "$(wc -l <"$T/ids")"
	is "  no markup but ours" "$(jq -r '.content | gsub("\\\\.|^> |\\*\\*"; "") |
	    gsub("\\[[^\\[\\]]*\\]\\(<https?://[^<>]*>\\)"; "") |
	    gsub("(?m)^> "; "") | gsub("\n> "; "") |
	    select(test("[*_`~|<>#@\\[\\]]"))' "$T/discord")" ''
	digest-render --template ntfy "$@" >"$T/ntfy"
	ok "ntfy, $name: 4,096 bytes at most" test "$(wc -c <"$T/ntfy")" -le 4096
	ok "  something" test -s "$T/ntfy"
	rm -rf "$T/notes"
	digest-render --template obsidian.md --split "$T/notes" "$@" >"$T/out"
	is "obsidian, $name: notes" "$(wc -l <"$T/out")" "$(wc -l <"$T/ids")"
	is "  properties are YAML, which JSON is" "$(
	    while IFS= read -r note; do
		sed -n '2,/^---$/s/^[a-z]*: //p' "$note" | grep -v '^---$' |
		    jq -e . >/dev/null || echo "$note"
		sed -n '2,/^---$/p' "$note" | grep -vE '^(---|[a-z]+: .*)$'
	    done <"$T/out")" ''
done
like "telegram tells of an outage" "$(digest-render --template telegram \
    --report "$T/outage" /dev/null | jq -r .text)" '*<b>outage:</b> *nothing is known*'
like "ntfy says how many more" "$(digest-render --template ntfy "$T/many")" '*
… *[0-9] more'
is "the shipped ones are all tried" "$(ls "$SRCDIR/share/templates")" "discord.jq
ntfy.jq
obsidian.md.jq
telegram.jq"
done_testing
