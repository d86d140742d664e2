#!/bin/sh
# The completions that make install puts in place: made from the option
# tables, loaded into the shells and asked.
# shellcheck disable=SC2016 # for the shells that are started here
. "$(dirname "$0")/lib.sh"

generate=$SRCDIR/scripts/completions/generate
tools='arxiv-fetch paper-filter llm-score digest-render paperround'

# offered WORD .. prints what bash offers for the last word.
offered() {
	bash -c '
		. "$1"
		shift
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		function=$(complete -p "$1" | sed "s/.*-F \([^ ]*\).*/\1/")
		"$function"
		echo "${COMPREPLY[*]}"' sh "$T/bash-$1" "$@"
}

for tool in $tools; do
	at=$(command -v "$tool")
	ok "$tool: bash" sh -c '"$0" bash "$1" >"$2"' "$generate" "$at" \
	    "$T/bash-$tool"
	ok "$tool: zsh" sh -c '"$0" zsh "$1" >"$2"' "$generate" "$at" \
	    "$T/zsh-$tool"
	ok "$tool: bash can read it" bash -n "$T/bash-$tool"
	# Every option of the table is offered.
	missing=$("$tool" --list-options | cut -f2 | while read -r name; do
		[ -z "$name" ] ||
			case " $(offered "$tool" "--$name") " in
			*" --$name "*) ;;
			*) echo "$name" ;;
			esac
	done)
	is "$tool: bash offers every option" "$missing" ""
	missing=$("$tool" --list-options | cut -f2 | while read -r name; do
		[ -z "$name" ] || grep -q -- "--${name}[^a-z-]" "$T/zsh-$tool" ||
			echo "$name"
	done)
	is "$tool: zsh knows every option" "$missing" ""
	if command -v zsh >/dev/null; then
		ok "$tool: zsh can read it" zsh -n "$T/zsh-$tool"
	else
		skip "$tool: zsh can read it" "no zsh"
	fi
done

is "a choice" "$(offered digest-render -f mark)" markdown
is "a command" "$(offered paperround mon)" month
cd "$T" || exit 1
: >"$T/papers.jsonl"
is "a file" "$(offered paper-filter pape)" papers.jsonl
is "a file for an option" "$(offered digest-render --report pape)" \
    papers.jsonl
status=2 err='usage: generate bash|zsh TOOL'
row "misuse" "$generate" fish paperround
done_testing
