# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# The configuration, sourced by paperround: init writes it, and sets up who
# reads the papers.

# Whoever can read them; the model, unless another is named ("-": the first that
# the server has); where keys are made ("-": none is needed).
providers() {
	cat <<-'END'
	openai      gpt-6-luna             https://platform.openai.com/api-keys
	anthropic   claude-haiku-5-5       https://console.anthropic.com/settings/keys
	gemini      gemini-3.5-flash-lite  https://aistudio.google.com/apikey
	openrouter  openai/gpt-6-luna      https://openrouter.ai/settings/keys
	deepseek    deepseek-flash         https://platform.deepseek.com/api_keys
	mistral     mistral-small-latest   https://console.mistral.ai/api-keys
	groq        openai/gpt-oss-120b    https://console.groq.com/keys
	xai         grok-4                 https://console.x.ai
	azure       -                      https://portal.azure.com
	ollama      -                      -
	llama.cpp   -                      -
	vllm        -                      -
	command     -                      -
	END
}

# usual_of NAME prints the usual model and where keys are made; misuse if it is
# nobody's name.
usual_of() {
	providers | awk -v name="$1" '
		$1 == name { print $2, $3; found = 1 }
		END { exit !found }' && return
	# shellcheck disable=SC2046 # words
	set -- "$1" $(providers | awk '{ print $1 }')
	name=$1 hint=$(meant "$@")
	shift
	die 2 "init: '$name' is nobody known${hint:-; those known are $*}"
}

# init copies what there is not yet.
cmd_init() {
	[ $# = 0 ] || usual_of "$1" >/dev/null || exit
	# Keys will lie there, and what is there is run.
	umask 077
	mkdir -p "$CONFIG/prompts" || die 1 "cannot make $CONFIG"
	for file in paperround.conf topics.md authors.txt prompts/system.md \
	    prompts/criteria.md; do
		if [ -e "$CONFIG/$file" ]; then
			[ $# -gt 0 ] || say "kept $CONFIG/$file"
		else
			put "$SHARE/$file" "$CONFIG/$file" || exit
			say "wrote $CONFIG/$file"
		fi
	done
	[ $# = 0 ] || init_provider "$@"
	say "say in topics.md what you want to read, then: $PROG today"
}

# init_provider NAME [MODEL] [URL] has SCORE ask it.  Nothing is written that
# was not tried.
init_provider() {
	case ${2-} in
	*://*)	set -- "$1" "${3-}" "$2" ;;
	esac
	# shellcheck disable=SC2046 # words
	set -- "$1" "${2-}" "${3-}" $(usual_of "$1")
	configure
	key='' asked="--base-url=${3:-$1}"
	case $1 in
	anthropic) asked="--backend=anthropic${3:+ --base-url=$3}" ;;
	azure)	[ -n "$3" ] || die 2 "init azure: name the deployment and its" \
		    "address: $PROG init azure NAME" \
		    "https://YOURS.openai.azure.com/openai/v1" ;;
	esac
	if [ "$1" = command ]; then
		init_command "$2"
	else
		plain_words "$2" "$3"
		[ "$5" = - ] || read_key "$1" "$5"
		choose_model "$1" "$2" "$4"
	fi
	set_score
}

# No word of a server's or of the command line's may end the quotes that it is
# put in.
plain_words() {
	for word; do
		case $word in
		*[!A-Za-z0-9._:/@%?=\&~+-]*)
			die 2 "init: '$word' is no model and no address" ;;
		esac
	done
}

init_command() {
	[ -n "$1" ] || die 2 "init command: say which command, as in:" \
	    "$PROG init command 'claude -p'"
	case $1 in
	*[\"\'\\\$\`]*) die 2 "init command: quotes and the like belong into a" \
	    "script: name that" ;;
	esac
	have "${1%% *}" || die 2 "init command: there is no program '${1%% *}'"
	# Nobody knows what it costs.
	score="llm-score --command \"$1\" -T \"\$TOPICS\" --max-requests 200"
}

# read_key NAME PAGE reads a key into $CONFIG/NAME.key.part, whose name it
# leaves in $key: from the terminal, or else one line of standard input.  No
# other program gets to see it.
read_key() {
	key=$CONFIG/$1.key.part
	rm -f "$key"
	trap 'rm -f "$key"; leave' EXIT
	trap_signals
	if [ -t 0 ]; then
		say "keys of $1 are made at $2"
		modes=$(stty -g)
		trap 'stty "$modes"; rm -f "$key"; leave' EXIT
		# Nor may the terminal be left without echo by those.
		trap 'exit 131' QUIT
		trap '' TSTP
		# First, since what is pasted comes as fast as the question.
		stty -echo
		if [ -f "${key%.part}" ]; then
			printf 'key, not shown (Enter: the one there is): ' >&2
		else
			printf 'key, not shown: ' >&2
		fi
		(umask 077 && exec sed 1q >"$key")
		stty "$modes"
		trap 'rm -f "$key"; leave' EXIT
		echo >&2
	else
		(umask 077 && exec sed 1q >"$key")
	fi
	grep -q '[^[:space:]]' "$key" || cp -p "${key%.part}" "$key" 2>/dev/null ||
		die 2 "init: no key was given, so nothing is changed"
}

# choose_model NAME MODEL USUAL asks the server what it has, which costs
# nothing, and sets $score for one of it.
choose_model() {
	model=${2:-${3#-}} served=no
	# What azure calls a model has the name of its deployment.
	set -- "$1" "$([ "$1" = azure ] || echo "$model")"
	# shellcheck disable=SC2086 # words
	list=$(llm-score $asked ${key:+--key-file "$key"} ${2:+-m "$2"} \
	    --list-models) || die $? "init: nothing is changed"
	[ -n "$model" ] || model=$(printf '%s\n' "$list" |
	    awk -F '\t' '$10 == "yes" && !/embed/ { print $1; exit }')
	[ -n "$model" ] || die 1 "init: $1 has no model: give it one, and its" \
	    "name: $PROG init $1 MODEL"
	[ "$1" = azure ] ||
		served=$(printf '%s\n' "$list" | awk -F '\t' 'END { print $10 }')
	case $1:$served in
	azure:*|*:yes) ;;
	*)	die 1 "init: $1 does not have $model (any more); name one that" \
		    "it has: $PROG init $1 MODEL" ;;
	esac
	plain_words "$model"
	if [ -n "$key" ]; then
		paperround-helper finish "$key" "${key%.part}" || exit 1
		say "$1 takes the key; it is in ${key%.part}"
	fi
	asked=$(printf '%s\n' "$asked" | sed 's,=\([^ ]*://.*\),="\1",')
	score="llm-score $asked -m \"$model\" -T \"\$TOPICS\""
	[ -z "$key" ] || score="$score --key-file \"\$CONFIG/$1.key\""
}

# ------------------------------------------------------------- what it costs

# usual_day prints the last day of the archive, or else ten times the sample,
# which is about what is announced in cs.LG and cs.AI.
usual_day() {
	papers=$(papers_between 0000 9999 | tail -n 1)
	if [ -n "$papers" ]; then
		cat "$papers"
		return
	fi
	for _ in 0 1 2 3 4 5 6 7 8 9; do
		arxiv-fetch -q --parse "$SHARE"/sample/*.xml
	done
}

# price_of_day COMMAND [ARGUMENT ..] prints what a usual day costs with
# llm-score called like this; nothing if that is not known.
price_of_day() {
	usual_day | "$@" --no-cache --dry-run -o - 2>/dev/null | awk '
		$1 == "papers" { n = $2 + 0 }
		sub(/^cost +[$]/, "") {
			print "a day of " n " papers costs $" $0 }'
}

# budget PRICE prints the --max-cost that leaves room for long answers and
# large days, from a price as price_of_day has it.
budget() {
	printf '%s\n' "${1#*\$}" | awk '{
		for (limit = 1; limit < 3 * $1; limit *= 2)
			;
		print limit
	}'
}

# ------------------------------------------------------------------ writing

# set_score puts $score into paperround.conf, with a limit of what a day may
# cost, in place of what an earlier init put there.  A line of the reader's
# stays; the last one counts.
set_score() {
	price=$(eval "price_of_day $score")
	[ -z "$price" ] || {
		score="$score --max-cost $(budget "$price")"
		say "$price"
	}
	conf=$(real_name "$CONFIG/paperround.conf")
	cp -p "$conf" "$conf.part" &&
		score_line="SCORE='$score' # by init" awk '
		function is_ours() { return /^SCORE=.*# by init$/ }
		FNR == NR {
			ours = ours || is_ours()
			theirs = theirs || !is_ours() && /^[^#]*SCORE=/
			next
		}
		is_ours() || !ours && !theirs && /^#SCORE=/ {
			if (/^#/)
				print
			if (!done++)
				print ENVIRON["score_line"]
			next
		}
		{ print }
		END {
			if (!done)
				print ENVIRON["score_line"]
		}' "$conf" "$conf" >"$conf.part" &&
		paperround-helper finish "$conf.part" "$conf" || no_room "$conf" ||
		exit
	say "wrote into $conf: SCORE='$score'"
	# shellcheck source=/dev/null disable=SC2153 # it sets it
	[ "$(. "$conf" >/dev/null; line "$SCORE")" = "$score" ] ||
		warn "another SCORE in $conf comes after it, and counts"
}
