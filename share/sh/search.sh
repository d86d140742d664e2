# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# Searching, sourced by paperround: what the words of a search mean, and which
# papers of the archive have them all.
#
# Each word is a paper-filter, and they stand in a pipe: the first one reads
# the archive, the others what is left.  A word that is wanted is one for
# which --exclude would drop the paper, inverted: --keyword spares papers by
# people whom the reader follows.

# search_terms TERM .. prints what they mean, a line each: "since" or "until"
# with a day, "what" with a key that lacks its word, "filter" with options of
# paper-filter, quoted for eval.
search_terms() {
	printf '%s\n' "$@" | WHERE=$OPT_WHERE awk '
	function quote(s) {
		gsub(/\047/, "\047\\\047\047", s)
		return "\047" s "\047"
	}
	# Whole words in any case, one or several of what they name.  What is
	# joined by a hyphen may be by a blank; a star is the rest of a word.
	function words(s, between, ending,    n, i, w, rest, re) {
		n = split(s, w, " ")
		for (i = 1; i <= n; i++) {
			s = w[i]
			rest = ending
			if (rest != "" && s ~ /[^s]s$/ && length(s) > 3)
				s = substr(s, 1, length(s) - 1)
			if (sub(/[*]$/, "", s))
				rest = "\\w*"
			gsub(/[][\\.^$*+?(){}|]/, "\\\\&", s)
			gsub(/-/, "[ -]", s)
			re = re (i > 1 ? between : "") "(?<!\\w)" s rest "(?!\\w)"
		}
		return "(?i)" re
	}
	function filter(option, value, more) {
		print "filter", option "=" quote(value), more
	}
	function look(re, fields) {
		filter((no ? "" : "-v ") "--exclude", re, "--fields " fields)
	}
	function text(s, fields) {
		if (s ~ /^\/..*\/$/)
			look(substr(s, 2, length(s) - 2), fields)
		else
			look(words(s, "[ -]", "(?:s|es)?"), fields)
	}
	function term(t,    key, s) {
		no = t ~ /^-./
		if (no)
			t = substr(t, 2)
		s = t
		if (match(t, "^(" KEYS "):.")) {
			key = substr(t, 1, RLENGTH - 2)
			s = substr(t, RLENGTH)
		}
		gsub(/^"|"$/, "", s)
		if (t ~ "^(" KEYS "):$")
			print "what", t
		else if (key == "since" || key == "until")
			print key, s
		else if (key == "cat")
			filter((no ? "-v " : "") "--category", s)
		else if (key == "author")
			look(words(s, "[^,]* ", ""), "authors")
		else if (key == "topic")
			text(s, "topics")
		else if (s ~ /[^ ]/)
			text(s, "title,abstract,comment,journal_ref")
	}
	BEGIN {
		KEYS = "author|cat|topic|since|until"
		WORD = "-?((" KEYS "):)?(\"[^\"]*\"|/([^/\\\\]|[\\\\].)+/|[^ ]+)"
	}
	# A phrase comes without its quotes, which are the shell'\''s.  A whole
	# search may come as one word too: then there is some sign of it.
	/"/ || $0 ~ " (-|(" KEYS "):)[^ ]" {
		while (match($0, WORD)) {
			word = substr($0, RSTART, RLENGTH)
			$0 = substr($0, RSTART + RLENGTH)
			term(word)
		}
		next
	}
	/[^ ]/ { term($0) }
	END {
		if (ENVIRON["WHERE"] != "")
			filter("--where", ENVIRON["WHERE"])
	}'
}

# search_pipe prints the pipe of the terms that standard input has: its first
# program reads the files "$@".  A status that is not 0 goes to $work/flawed.
search_pipe() {
	sed -n 's/^filter //p' | awk '{
		printf "%s{ paper-filter %s %s || echo $? >>\"$work/flawed\"; }",
		    (NR > 1 ? " | " : ""), $0, (NR > 1 ? "" : "-- \"$@\"")
	}'
}

# search_files COMMAND: what it prints of $work/files, each paper once, in
# $work/found.  As
# many pipes as there are processors take a part of the files each.
search_files() {
	parts=$(processors)
	split -l $((($(lines "$work/files") + parts - 1) / parts)) \
	    "$work/files" "$work/part."
	for part in "$work"/part.*; do
		over_files "$@" <"$part" >"$work/found.${part##*.}" &
	done
	wait
	paper-filter -q --dedup -o "$work/found" "$work"/found.*
}

# search_day KEY OPTION DAY prints the day that a term says, else the option, else
# that DAY.
search_day() {
	said=$(sed -n "s/^$1 //p" "$work/terms" | tail -n 1)
	: "${said:=$2}"
	[ -n "$said" ] || { echo "$3"; return; }
	need_day "$said"
}

# search_nothing TERM ..: what may help.
search_nothing() {
	case "${1-:} " in
	*:*|/*)	hint= ;;
	*[][\\^\$+?\(\)\{\}\|]*|*.\**)
		hint="; a regular expression stands between slashes: '/$1/'" ;;
	*)	hint="; 'word*' is all that begins with word" ;;
	esac
	die 1 "nothing in the archive matches$hint"
}

# search: the best first, through the same filters as a day.  What cannot be
# read is told by name and place, and the rest is searched.
cmd_search() {
	work_folder
	search_terms "$@" >"$work/terms"
	what=$(sed -n 's/^what //p' "$work/terms")
	[ -z "$what" ] || misuse "search: $what what"
	[ -s "$work/terms" ] || [ -n "$OPT_SINCE$OPT_UNTIL" ] ||
		misuse "search: say what for"
	need_papers
	from=$(search_day since "$OPT_SINCE" "$(archive_first)") &&
		until=$(search_day until "$OPT_UNTIL" "$TODAY") || exit
	pipe=$(search_pipe <"$work/terms")
	eval "search_part() { ${pipe:-paper-filter -- \"\$@\"}; }"
	# What is wrong with a term is told once, before anything is read.
	wrong=$(search_part </dev/null 2>&1)
	[ -z "$wrong" ] || misuse "search: $(line "$wrong" |
	    sed 's/^paper-filter: \(--exclude: \)\{0,1\}//; q')"
	rm -f "$work/flawed"
	papers_between "$from" "$until" | sort -r >"$work/files"
	[ -s "$work/files" ] ||
		die 1 "the archive has no papers $(span "$from" "$until")"
	search_files search_part || : >"$work/flawed"
	[ -s "$work/found" ] || search_nothing "$@"
	[ -t 1 ] || say "$(lines "$work/found") found"
	present_list "$work/found" --view list --title "Search: ${*:-${OPT_WHERE:-since $from}}" \
	    ${OPT_NEWEST:+--keep-order} || exit
	[ ! -e "$work/flawed" ] || exit 1
}

# near_part FILE ..: what they have that is near to the papers of $near.
near_part() {
	paper-filter -q --seen "$work/known" -w "${OPT_WHERE:-true}" \
	    --near "$near" --top "$most" -- "$@" || echo $? >>"$work/flawed"
}

# near PAPER ..: what the archive has that is most like these papers.
cmd_near() {
	need_papers
	work_folder
	ids=$(ids_of "$@") || exit
	by_lines
	# shellcheck disable=SC2086 # lines
	set -- $ids
	by_words
	find_papers "$@" >"$work/named"
	need_found "$work/named" "$@"
	from=$(need_day "${OPT_SINCE:-$(archive_first)}") &&
		until=$(need_day "${OPT_UNTIL:-$TODAY}") || exit
	near=$work/named most=${OPT_TOP:-10}
	papers_between "$from" "$until" | sort -r >"$work/files"
	nothing="the archive has nothing else $(span "$from" "$until")"
	[ -s "$work/files" ] || die 1 "$nothing"
	search_files near_part
	paper-filter -q --sort-by '-(.near[0].cos // -1)' --top "$most" \
	    -o "$work/nearest" "$work/found" || exit
	[ -s "$work/nearest" ] || die 1 "$nothing"
	OPT_TOP=
	present_list "$work/nearest" --view list --keep-order \
	    --title "Near $(printf '%s\n' "$@" | paste -s -d ' ' -)" || exit
	[ ! -e "$work/flawed" ] || exit 1
}
