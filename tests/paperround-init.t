#!/bin/sh
# paperround init PROVIDER: who reads the papers, set up in one step.  The
# servers are the scripted one, by their real names behind a proxy; the
# terminal is a real one.
# shellcheck disable=SC2016 # what stands in the configuration is for its shell
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/llm-score-lib.sh"

conf=$HOME/.config/paperround/paperround.conf
fresh() { rm -rf "$HOME"; mkdir "$HOME"; }
init() { status_of paperround init "$@"; }
# The setting as paperround reads it.
score_line() { sed -n 's/^SCORE=//p' "$conf"; }
unset GEMINI_API_KEY OPENROUTER_API_KEY DEEPSEEK_API_KEY

# ------------------------------------------------------------------ misuse
is 'nobody known' "$(init opnai </dev/null)" 2
like '  gets a suggestion' "$(cat "$T/err")" \
    "*'opnai' is nobody known; did you mean openai?"
is '  and writes nothing' "$(ls -A "$HOME")" ''
is 'nobody known at all' "$(init pigeon </dev/null)" 2
like '  gets a list' "$(cat "$T/err")" '*; those known are openai anthropic *'
is 'azure needs an address' "$(init azure gpt </dev/null)" 2
like '  says so' "$(cat "$T/err")" '*https://YOURS.openai.azure.com/openai/v1*'
is 'command needs a command' "$(init command </dev/null)" 2
is '  that there is' "$(init command 'no-such -p' </dev/null)" 2
is '  and has no quotes' "$(init command "echo 'x'" </dev/null)" 2
is 'a model that is none' "$(init openai 'x$(id)' </dev/null)" 2
is '  nor an address' "$(init ollama 'http://[::1]/$(id)' </dev/null)" 2
is '  or two words' "$(init ollama 'a b' </dev/null)" 2
is 'no key' "$(init openai </dev/null)" 2
is '  changes nothing' "$(score_line; ls "${conf%/*}"/*.key* 2>/dev/null)" ''

# --------------------------------------------------- the usual models live
# Each name is llm-score's too; each model has a price and lives through 2027.
sed -n '/^	openai /,/^	command /p' "$SRCDIR/share/sh/init.sh" |
    awk '$2 != "-" { print $1, $2 }' >"$T/usual"
ok 'the usual models' test "$(wc -l <"$T/usual")" -ge 8
while read -r name model; do
	to=--base-url=$name
	[ "$name" != anthropic ] || to=--backend=$name
	is "$name: $model" "$(status_of llm-score --list-models --cache-only \
	    --now 2027-11-01T00:00:00Z "$to" -m "$model"
	    awk -F '\t' 'NR == 2 && $4 > 0 { print $1 }' "$T/out"; cat "$T/err")" "0
$model"
done <"$T/usual"

# --------------------------------------------------------- this machine's
fresh
server '[{"body":{"data":[{"id":"nomic-embed-text"},{"id":"qwen3:8b"},{"id":"other"}]}}]'
is 'a server on this machine' "$(init ollama "$url" </dev/null)" 0
is '  its first model that reads' "$(score_line)" \
    "'llm-score --base-url=\"$url\" -m \"qwen3:8b\" -T \"\$TOPICS\"' # by init"
is '  another one' "$(init ollama other "$url" </dev/null; score_line)" "0
'llm-score --base-url=\"$url\" -m \"other\" -T \"\$TOPICS\"' # by init"
is '  one that it lacks' "$(init ollama othr "$url" </dev/null)" 1
is '  changes nothing' "$(score_line)" \
    "'llm-score --base-url=\"$url\" -m \"other\" -T \"\$TOPICS\"' # by init"
server '[{"body":{"data":null}}]'
is '  without a model' "$(init ollama "$url" </dev/null)" 1
server '[{"body":{"data":[{"id":"$(touch x)"}]}}]'
is '  with one whose name is code' "$(init ollama "$url" </dev/null)" 2
is 'nobody there' "$(init ollama x http://127.0.0.1:9/v1 </dev/null)" 75

# --------------------------------------------------------------- a command
fresh
is 'a command' "$(init command 'cat -u' </dev/null; score_line)" \
    "0
'llm-score --command \"cat -u\" -T \"\$TOPICS\" --max-requests 200' # by init"

# ------------------------------------------------------------------ a key
if ! internet api.openai.com api.anthropic.com openrouter.ai \
    generativelanguage.googleapis.com api.deepseek.com mine.openai.azure.com
then
	skip 'providers by name' 'openssl is missing'
	done_testing
fi
# has HOST MODEL: what it has, for who has the right key.
has() {
	printf '[{"has":"no such words","key":"sk-right-1234","body":{"data":[{"id":"%s"}]}}]\n' "$2" \
	    >"$T/server/$1.script"
}
has api.openai.com gpt-6-luna
has api.anthropic.com claude-haiku-5-5
has openrouter.ai openai/gpt-6-luna
has generativelanguage.googleapis.com models/gemini-3.5-flash-lite
has api.deepseek.com deepseek-flash
has mine.openai.azure.com base-model
typed() { "$PYTHON" "$SRCDIR/tests/server/keys.py" 'not shown' "$@" >"$T/tty"; }

if terminals 'a key that is typed'; then
	fresh
	typed 'sk-right-1234\r' paperround init openai
	is 'a key that is typed' "$?" 0
	is '  is in a file' "$(cat "${conf%/*}/openai.key")" sk-right-1234
	is '  that only its owner reads' \
	    "$(stat -c %a "${conf%/*}/openai.key")" 600
	is '  and is not shown' "$(grep -c right "$T/tty")" 0
	is '  the terminal is as it was' "$(tail -n 1 "$T/tty")" 'modes kept'
	is '  the setting' "$(score_line)" "'llm-score --base-url=openai -m \"gpt-6-luna\" -T \"\$TOPICS\" --key-file \"\$CONFIG/openai.key\" --max-cost 1' # by init"
	ok '  what a day costs' grep -qE \
	    'a day of 360 papers costs \$0\.0[0-9]+ likely before reasoning, \$0\.[0-9]+ at worst' \
	    "$T/tty"
	is '  after the line that is the default' \
	    "$(grep -B 1 '^SCORE=' "$conf" | cut -c 1-18 | head -n 1)" \
	    "#SCORE='llm-score "
	typed '\r' paperround init openai
	is 'Enter keeps it' "$?:$(cat "${conf%/*}/openai.key")" 0:sk-right-1234
	cp "$conf" "$T/before"
	typed 'sk-wrong-9876\r' paperround init openai
	is 'a wrong one' $? 77
	is '  is not kept' "$(cat "${conf%/*}"/openai.key*)" sk-right-1234
	ok '  the server says why' grep -q 'Incorrect API key' "$T/tty"
	is '  without showing it' "$(grep -c wrong "$T/tty")" 0
	ok '  the setting is as it was' cmp -s "$conf" "$T/before"
	for key in '\x03=130' '\x1c=131' '\x04=0'; do
		typed "${key%=*}" paperround init openai
		is "${key%=*}" "$?:$(tail -n 1 "$T/tty" | sed 's/.*: //')" \
		    "${key#*=}:modes kept"
	done
	typed '!' paperround init openai
	is '  leaves nothing behind' "$(ls "${conf%/*}"/*.part 2>/dev/null)" ''
fi

# give NAME [MODEL [URL]]: the key comes by a pipe
give() { echo sk-right-1234 | status_of paperround init "$@"; }
while read -r name who model budget; do
	fresh
	is "$name" "$(give "$name"; score_line)" "0
'llm-score $who -m \"$model\" -T \"\$TOPICS\" --key-file \"\$CONFIG/$name.key\" --max-cost $budget' # by init"
done <<'X'
openai --base-url=openai gpt-6-luna 1
anthropic --backend=anthropic claude-haiku-5-5 1
openrouter --base-url=openrouter openai/gpt-6-luna 1
gemini --base-url=gemini gemini-3.5-flash-lite 1
deepseek --base-url=deepseek deepseek-flash 1
X
fresh
is 'azure' "$(give azure mine 'https://mine.openai.azure.com/openai/v1?api-version=1&x=y'
    score_line)" "0
'llm-score --base-url=\"https://mine.openai.azure.com/openai/v1?api-version=1&x=y\" -m \"mine\" -T \"\$TOPICS\" --key-file \"\$CONFIG/azure.key\"' # by init"
is '  with its own header' "$(jq -r .key "$T/server/mine.openai.azure.com.log")" \
    sk-right-1234
has api.openai.com gpt-6.1-sol
is 'a dearer model has a larger budget' "$(give openai gpt-6.1-sol
    score_line | sed 's/.*--max-cost \([0-9]*\).*/\1/')" '0
4'
is 'a model that the key is not good for' "$(give openai gpt-6-luna)" 1
is 'a slip of the finger' "$(give openai gpt-6-lunna)" 1
like '  gets a suggestion' "$(cat "$T/err")" '*did you mean gpt-6-luna?*'
echo 'export OPENAI_API_KEY="sk-right-1234"' | paperround -q init openai gpt-6.1-sol
is 'a line of a shell is a key too' "$?" 0

# What is written there works.
fresh
give openai gpt-6.1-sol >/dev/null
echo "FETCH='arxiv-fetch --parse \"\$SHARE\"/sample/cs.LG.xml'" >>"$conf"
is 'a day read by the model' "$(status_of paperround -q --now \
    2025-10-16T12:00:00Z; jq -r '.score.model' \
    "$HOME"/.local/share/paperround/archive/2025/10/*.jsonl | sort -u)" '0
gpt-6.1-sol'
is '  with the key of the file' "$(tail -n 1 "$T/server/api.openai.com.log" |
    jq -r .key)" sk-right-1234
status_of paperround --now 2025-10-16T12:00:00Z doctor >/dev/null
is '  and pleases the doctor' "$(grep 'SCORE\|openai' "$T/out" | sed 's/[0-9.]* likely.*/../')" \
    "  ${conf%/*}/openai.key: only you can read it
  SCORE: a day of 27 papers costs \$..
  SCORE has what it needs"
init command 'cat -u' </dev/null >/dev/null
echo "SECOND='llm-score -m gpt-6-luna --key-file \"\$CONFIG/none\"'" >>"$conf"
status_of paperround --now 2025-10-16T12:00:00Z doctor >/dev/null
is 'the doctor, of a command and a second look' \
    "$(grep 'SCORE\|SECOND' "$T/out")" \
    "  SCORE: its price is not known: see --prices in llm-score(1)
  SCORE has what it needs
! SECOND fails: llm-score: judging needs --topics FILE
  SECOND: its price is not known: see --prices in llm-score(1)"

# ------------------------------------------- what else stands there is kept
fresh
mkdir -p "${conf%/*}"
printf '%s\n' '# mine' "SCORE='my-scorer'" 'CATEGORIES=math.OC' >"$conf"
has api.openai.com gpt-6-luna
is "a reader's own SCORE" "$(give openai; sed 's/llm-score.*/../' "$conf")" "0
# mine
SCORE='my-scorer'
CATEGORIES=math.OC
SCORE='.."
is '  again' "$(give openai; grep -c '^SCORE' "$conf")" '0
2'
echo "  SCORE=later" >>"$conf"
is '  one that comes later' "$(give openai)" 0
like '  is said' "$(cat "$T/err")" '*another SCORE*comes after it*'
mkdir "$T/dotfiles"
mv "$conf" "$T/dotfiles/p"
ln -s "$T/dotfiles/p" "$conf"
is '  through a link' "$(give openai; grep -c 'by init' "$T/dotfiles/p")" '0
1'
ok '  which stays' test -L "$conf"
echo 'if' >"$T/dotfiles/p"
is 'a configuration that cannot be read' "$(give openai)" 2
is '  is as it was' "$(cat "$conf")" if

done_testing
