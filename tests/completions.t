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

# The same of fish, for a whole command line.
fish_offers() {
	fish -c 'source $argv[1]; complete -C $argv[2]' "$T/fish-${1%% *}" "$1" |
	    cut -f 1 | paste -s -d ' ' -
}

for tool in $tools; do
	at=$(command -v "$tool")
	"$tool" --list-options | cut -f 2 | grep . >"$T/options"
	for shell in bash zsh fish; do
		ok "$tool: $shell" sh -c '"$0" "$1" "$2" >"$3"' "$generate" \
		    "$shell" "$at" "$T/$shell-$tool"
		if command -v "$shell" >/dev/null; then
			ok "$tool: $shell can read it" "$shell" -n \
			    "$T/$shell-$tool"
		else
			skip "$tool: $shell can read it" "no $shell"
		fi
		is "$tool: $shell knows every option" \
		    "$(while read -r name; do
			grep -qE -- "(--|-l )$name([^a-z-]|\$)" \
			    "$T/$shell-$tool" || echo "$name"
		done <"$T/options")" ""
	done
	is "$tool: bash offers every option" "$(while read -r name; do
		case " $(offered "$tool" "--$name") " in
		*" --$name "*) ;;
		*) echo "$name" ;;
		esac
	done <"$T/options")" ""
done

is "a choice" "$(offered digest-render -f mark)" markdown
is "a command" "$(offered paperround mon)" month
is "a category" "$(offered paper-filter -c cs.L)" "cs.LG cs.LO"
is "  in a list" "$(offered paper-filter -c math.AG,hep-l)" math.AG,hep-lat
is "  that is asked for" "$(offered arxiv-fetch cs.LG stat.M)" \
    "stat.ME stat.ML"
is "one of a list" "$(offered paper-filter -t new,cr)" new,cross
is "a model" "$(offered llm-score -m gpt-6-l)" gpt-6-luna
is "a day" "$(offered paper-filter --since yes)" yesterday
PAPERROUND_DATA=$T/data PAPERROUND_CONFIG=$T/config
export PAPERROUND_DATA PAPERROUND_CONFIG
mkdir -p "$T/data/archive/2025/10" "$T/config/profiles/work"
: >"$T/data/archive/2025/10/2025-10-17.jsonl"
is "  of the archive" "$(offered paperround show 2025)" 2025-10-17
is "  of what can be of a day" "$(offered paperround triage 2025)" 2025-10-17
is "a profile" "$(offered paperround -p w)" work
if command -v fish >/dev/null; then
	is "fish: a choice" "$(fish_offers 'digest-render -f mark')" markdown
	is "fish: a command" "$(fish_offers 'paperround mon')" month
	is "fish: categories" "$(fish_offers 'paper-filter -c math.AG,hep-l')" \
	    math.AG,hep-lat
	is "fish: those asked for" "$(fish_offers 'arxiv-fetch hep-l')" hep-lat
	is "fish: a model" "$(fish_offers 'llm-score -m gpt-6-l')" gpt-6-luna
	is "fish: days" "$(fish_offers 'paperround show 2025')" 2025-10-17
	is "fish: a profile" "$(fish_offers 'paperround -p w')" work
else
	skip "fish" "no fish"
fi
cd "$T" || exit 1
: >"$T/papers.jsonl"
is "a file" "$(offered paper-filter pape)" papers.jsonl
is "a file for an option" "$(offered digest-render --report pape)" \
    papers.jsonl
status=2 err='usage: generate bash|zsh|fish TOOL'
row "misuse" "$generate" ksh paperround
done_testing
