# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# The archive, sourced by paperround: what it has, what it lacks, how a day is
# filed, and the screen that is fitted to it.
#
#	archive/2025/10/2025-10-17.jsonl	the papers, with their scores
#	archive/2025/10/2025-10-17.report	the stages' reports and, as its
#						last line, the outcome
#
# A day without announcement has a report only, so that a gap in the archive
# always means a run that was missed, or ended by a mistake in a stage.

archive_base() {
	printf '%s\n' "$DATA/archive/${1%%-*}/$(echo "$1" | cut -c6-7)/$1"
}

DAY_GLOB='[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'

# days_between FROM UNTIL: of the files that standard input names, those of
# these days, oldest first.
days_between() {
	sort | awk -F / -v from="$1" -v until="$2" '
		{ day = substr($NF, 1, 10) }
		day >= from && day <= until'
}

# papers_between, reports_between FROM UNTIL: the archive's files of them.
papers_between() {
	find -L "$DATA/archive" -type f -name "$DAY_GLOB.jsonl" | days_between "$@"
}
reports_between() {
	find -L "$DATA/archive" -type f \( -name "$DAY_GLOB.report" -o \
	    -name "$DAY_GLOB.report.jsonl" \) | days_between "$@"
}

# records_of FILE [-r]: the records that have any of the ids in FILE, a list of
# seen ones; from the oldest day on, or from the newest.  paper-filter picks
# them, since jq would take seconds for all, and says which lines are none.
records_of() {
	papers_between 0000 9999 | sort ${2+"$2"} |
		over_files paper-filter -q -v --seen "$1" --
}

# An id as a list of seen ones has it, for jq.
# shellcheck disable=SC2034 # read.sh and run.sh use it
AS_SEEN='gsub("%"; "%25") | gsub(" "; "%20") | sub("^#"; "%23")'

# migrate: reports were called .report.jsonl by 0.1.0.  Who does not hold the
# lock reads them under either name.
migrate() {
	find -L "$DATA/archive" -type f -name "$DAY_GLOB.report.jsonl" -exec sh -c '
		for file; do
			mv -f "$file" "${file%.jsonl}" || exit
		done' sh {} +
}

has_papers() { [ -n "$(papers_between 0000 9999)" ]; }

# Fails, with a message, if there is nothing to make anything of.
need_papers() {
	has_papers ||
		die 1 "the archive has no papers yet; run '$PROG today' first"
}

# The day with which the archive begins.
archive_first() {
	{
		reports_between 0000 9999 | head -n 1
		papers_between 0000 9999 | head -n 1
	} | sed 's,.*/,,; s/[.].*//' | sort | head -n 1
}

# --------------------------------------------------------------- the outcome

# outcomes FROM UNTIL prints how these days ended, each a line of JSON.  Most
# of a report is the stages', so jq gets to see what looks like our line only.
outcomes() {
	reports_between "$1" "$2" | over_files awk "$OUTCOME"
}
OUTCOME='index($0, "\"tool\":\"paperround\"")'

# The days of those of which nothing is missing, for jq -R.
GOOD='fromjson? | select(.tool == "paperround" and .exit == 0) | .date'

# last_good FROM UNTIL prints the last such day.
last_good() {
	outcomes "$1" "$2" | jq -Rnr "[inputs | $GOOD] | max // empty"
}

# missing_days FROM UNTIL prints the days of announcement of which the archive
# has no run, no finished one, or no papers where there were some.
missing_days() {
	{
		find -L "$DATA/archive" -type f -name "$DAY_GLOB.jsonl" \
		    -size +0 | sed 's,.*/\(..........\).*,"\1",'
		outcomes "$1" "$2"
		arxiv-fetch --schedule --since "$1" --until "$2"
	} | jq -Rnr '
		reduce (inputs | fromjson?) as $line ([{}, []];
		    if $line | type == "string" then
			.[0][$line] = "papers"
		    elif $line.feed then .[1] += [$line.day]
		    elif $line.tool == "paperround" and $line.exit == 0 and
			($line.papers == 0 or .[0][$line.date]) then
			.[0][$line.date] = "good"
		    else . end) |
		.[0] as $is | .[1][] | select($is[.] != "good")'
}

# gaps FROM UNTIL: the same, since the archive began and before today.
gaps() {
	first=$(archive_first)
	[ -n "$first" ] || return 0
	yesterday=$(day_plus "$TODAY" -1)
	! is_before "$1" "$first" || set -- "$first" "$2"
	! is_before "$yesterday" "$2" || set -- "$1" "$yesterday"
	is_before "$2" "$1" || missing_days "$@"
}

# archive_day STATUS files the papers and reports of a run that was worth
# STATUS, unless the archive has something better.  Prints what the archive
# then has of the day: result, papers, exit status.
archive_day() {
	base=$(archive_base "$DAY")
	papers=$RUN/papers.jsonl
	[ -s "$papers" ] || papers=/dev/null
	fetched=no
	[ ! -s "$(attempt fetch)/papers.jsonl" ] || fetched=yes
	judge_run "$1" "$fetched" "$(filed_as "$base")" \
	    <"$papers" >"$RUN/outcome" || {
		warn "cannot count the papers in $papers"
		return 1
	}
	{
		read -r verdict result count status
		read -r line
	} <"$RUN/outcome"
	if [ "$verdict" = worse ]; then
		kept="$DAY: the archive has it from a better run; kept that"
		if [ "$1" = 0 ]; then say "$kept"; else warn "$kept"; fi
	else
		file_report "$line" && mkdir -p "${base%/*}" &&
		    file_papers "$result" "$papers" "$base.jsonl" &&
		    put "$RUN/report.jsonl" "$base.report" || return 1
	fi
	echo "$result $count $status"
}

# filed_as BASE prints the outcome that the archive has of a day.  Where the
# report lost it, the papers are worth what is scored of them, and no more, so
# that the day is made again.
filed_as() {
	{
		[ ! -f "$1.report" ] || awk "$OUTCOME" "$1.report"
		[ ! -f "$1.jsonl" ] || cat "$1.jsonl"
	} | jq -Rnc 'reduce (inputs | fromjson? | objects) as $o ({};
		    if $o.tool == "paperround" then .was = $o
		    else .papers += 1 |
			if $o | has("score_error") then . else .scored += 1 end
		    end) |
		.was // (select(.scored) | { tool: "paperround",
		    result: "partial", papers, scored, exit: 1 })'
}

# file_papers RESULT PAPERS TARGET: before the report, which says that the day
# is there.
file_papers() {
	[ "$1" = empty ] || put "$2" "$3"
}

# earlier_reports NAME prints those of all attempts at a stage but the last.
earlier_reports() {
	last=$(attempt "$1") number=1
	while [ "$RUN/$1.$number" != "$last" ] &&
	    [ -f "$RUN/$1.$number/report.jsonl" ]; do
		cat "$RUN/$1.$number/report.jsonl"
		number=$((number + 1))
	done
}

# file_report OUTCOME makes $RUN/report.jsonl.  Earlier attempts stand first:
# what scoring cost was spent, and what was fetched late is said to be late.
# The outcome stands last.
file_report() {
	{
		earlier_reports score
		earlier_reports second
		earlier_reports fetch
		for name in fetch filter score second enrich; do
			part=$(attempt $name)/report.jsonl
			[ ! -f "$part" ] || cat "$part"
		done
		printf '%s\n' "$1" | jq -c --argjson missed "$(screen_missed)" '
			if $missed > 0 then .screen_missed = $missed
			else . end'
	} >"$RUN/report.jsonl" || no_room "to $RUN"
}

# judge_run STATUS FETCHED OLD reads the run's papers and compares it with the
# line OLD, with which the report in the archive ends.  Prints two lines: "new"
# or "worse", and result, papers and exit status of the better one; then its
# outcome.  No run replaces one with a better status, or with as good a one
# and more scored papers.
judge_run() {
	jq -nr --argjson exit "$1" --arg fetched "$2" --arg old "$3" \
	    --arg force "$OPT_FORCE" --arg version "$VERSION" --arg date "$DAY" '
		def gravity: { "0": 0, "75": 2, "77": 3 }[tostring] // 1;
		def rank: [(.exit | gravity), -(.scored // 0)];
		def result:
			if .exit == 0 and .scored > 0 then "done"
			elif .exit == 0 and $fetched == "yes" then "filtered"
			elif .exit == 0 then "empty"
			elif .exit == 1 and .scored > 0 then "partial"
			else "outage" end;
		reduce inputs as $paper ({ papers: 0, scored: 0, $exit };
		    .papers += 1 |
		    if $paper | has("score_error") then . else .scored += 1 end) |
		{ tool: "paperround", $version, $date, result: result,
		    papers, scored, exit } as $new |
		(($old | fromjson? | select(.tool == "paperround")) // null) as $was |
		if $was == null or $force != "" or ($new | rank) <= ($was | rank)
		then ["new", $new] else ["worse", $was] end |
		"\(.[0]) \(.[1].result) \(.[1].papers) \(.[1].exit)",
		    (.[1] | tojson)'
}

# ----------------------------------------------------------------- the screen

# train: what was selected teaches the screen what to send to a model.  Returns
# 75 if there is too little to learn from yet.
train() {
	model=$STATE/screen.model
	set -- -o "$model.part" --category "$CATEGORIES"
	by_lines
	for file in $(papers_between 0000 9999); do
		set -- "$@" --train "$file"
	done
	by_words
	for file in "$CONFIG/like.jsonl" "$DATA/marks.jsonl"; do
		[ ! -f "$file" ] || set -- "$@" --like "$file"
	done
	rm -f "$model.part"
	llm-score ${OPT_QUIET:+-q} "$@"
	trained=$?
	if [ $trained -gt 1 ] || [ ! -f "$model.part" ]; then
		warn "no screen was made; see what llm-score says above"
		[ $trained = "$TRY_LATER" ] || trained=1
		return $trained
	fi
	paperround-helper finish "$model.part" "$model" && return $trained
}

cmd_train() {
	need_papers
	train || exit 1
	say "wrote $STATE/screen.model; to use it see SCORE in paperround.conf"
}
