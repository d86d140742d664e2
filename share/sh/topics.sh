# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# A draft of topics.md, sourced by paperround: out of a library, of papers by
# their ids, or of what is starred, and what it would have brought.

# to_records: the libraries of $work/files as papers, and those whose ids are
# known.  One may be standard input.
to_records() {
	jq -Rc '{ id: . }' "$work/named"
	[ -s "$work/files" ] || return 0
	by_lines
	# shellcheck disable=SC2046 # lines
	set -- $(cat "$work/files")
	by_words
	library_records "$@"
}

# sort_operands WORD .. makes lines of them: $work/files of what the script of
# libraries reads, $work/ids of papers.
sort_operands() {
	: >"$work/files"
	for operand; do
		case $operand in
		-|zotero:?*) printf '%s\n' "$operand" >>"$work/files" ;;
		*)	if [ -f "$operand" ]; then
				printf '%s\n' "$operand" >>"$work/files"
				continue
			fi
			ids_of "$operand" >"$work/id" || exit
			grep -Eq '^[0-9]{4}[.][0-9]{4,5}$|/[0-9]{7}$|^10[.]' \
			    "$work/id" || die 2 "topics: there is no file" \
			    "'$operand', and no paper has that id"
			cat "$work/id" ;;
		esac
	done >"$work/named"
}

# untitled prints the ids of papers that $work/library says nothing of.
untitled() {
	jq -Rr 'fromjson? | objects | select((.title // "") == "") | .id |
	    strings' "$work/library"
}

# look_up: papers of which a library knows the id only are looked for in the
# archive, then at arXiv.
look_up() {
	untitled >"$work/untitled"
	[ -s "$work/untitled" ] || return 0
	by_lines
	# shellcheck disable=SC2046 # lines
	set -- $(cat "$work/untitled")
	by_words
	find_papers "$@" >"$work/found"
	jq -r .id "$work/found" >"$work/known"
	grep -vxF -f "$work/known" "$work/untitled" |
	    grep -Ex '[0-9]{4}[.][0-9]{4,5}|[a-z.-]+/[0-9]{7}' >"$work/asked"
	[ ! -s "$work/asked" ] ||
		arxiv-fetch --id-file "$work/asked" >>"$work/found" || looked=1
	cat "$work/found" >>"$work/library"
	{
		jq -Rc 'fromjson? | objects | select((.title // "") != "")' \
		    "$work/library" >"$work/titled" &&
		    mv -f "$work/titled" "$work/library"
	} || no_room "to $work"
}

# gather_library WORD .. makes $work/library of what they name; what is wrong
# with a part of it sets $looked.
gather_library() {
	if [ $# = 0 ] && [ -n "$LIBRARY" ]; then
		set -- "$LIBRARY"
		library_is_there || die 2 "LIBRARY names $LIBRARY, which is no file"
	fi
	if [ $# = 0 ]; then
		[ -s "$MARKS" ] || misuse "topics: say out of what: a file" \
		    "like refs.bib, or papers"
		find_starred || exit
		mv -f "$work/starred" "$work/library"
		return
	fi
	sort_operands "$@"
	to_records >"$work/library" || looked=1
	look_up || looked=1
}

# last_week makes $work/week of the archive's last seven days, or without an
# archive of the sample; prints when that was.
last_week() {
	latest=$(papers_between 0000 9999 | sed -n '$s,.*/,,; $s/[.].*//p')
	if [ -z "$latest" ]; then
		arxiv-fetch -q --parse -o "$work/week" "$SHARE"/sample/*.xml &&
			echo "of the sample day"
		return
	fi
	first=$(day_plus "$latest" -6)
	papers_between "$first" "$latest" |
	    over_files paper-filter -q --dedup -o "$work/week"
	span "$first" "$latest"
}

# try_topics says what the draft would have selected.
try_topics() {
	when=$(last_week)
	[ -s "$work/week" ] || return 0
	llm-score -q --backend local --screen none "$@" -T "$work/topics.md" \
	    -o "$work/judged" "$work/week" || return
	paper-filter -q -w '.score.relevance >= 8' --sort-by '-.score.p' \
	    -o "$work/best" "$work/judged" || return
	say "with these topics the local judge selects $(lines "$work/best") of" \
	    "$(lines "$work/week") papers $when"
	[ ! -s "$work/best" ] || [ -n "$OPT_QUIET" ] ||
		COLUMNS=78 digest-render -q -f short --view list --keep-order \
		    --top 5 "$work/best" | cut -f 1 >&2
	say "strike out what you do not want, add what you do, and name under" \
	    "Irrelevant what you have seen enough of; then it is a topics.md"
}

# topics [FILE|PAPER ..]: the draft on standard output, the rest for people.
cmd_topics() {
	work_folder
	looked=0
	gather_library "$@"
	# Without a configuration nobody said which categories are read.
	set --
	[ ! -f "$CONFIG/paperround.conf" ] || set -- --category "$CATEGORIES"
	llm-score ${OPT_QUIET:+-q} --draft-topics "$@" -o "$work/topics.md" \
	    "$work/library"
	drafted=$?
	[ -s "$work/topics.md" ] || exit "$drafted"
	cat "$work/topics.md" || exit 1
	try_topics "$@" || drafted=1
	exit "$(worse "$drafted" "$looked")"
}
