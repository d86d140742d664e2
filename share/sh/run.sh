# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# A run, sourced by paperround: the stages of a day, and the commands today,
# day and since.
#
# sh has no pipefail, so each stage writes a file and leaves a status that is
# looked at before the next one starts; that also lets a failed run go on
# where it stopped.  All of this stands in a folder a day, runs/2025-10-17:
#
#	seen		the ids that other days brought
#	score.1/	an attempt at a stage, here the first at scoring
#	  papers.jsonl	what it wrote
#	  report.jsonl	what it reports
#	  log		its messages
#	  stamp		its status, and what its result depends on
#	score.part/	an attempt that is under way, or was killed
#	papers.jsonl	what the day came to, and report.jsonl of it
#
# An attempt gets its number when it has ended, by one rename, and its report
# stays: what it cost was spent, whatever came after.

# ---------------------------------------------------------------- commands

cmd_today() {
	: "${OPT_DELIVER:=yes}"
	begin_run
	settle_days
	settled=$?
	make_day "$TODAY"
	total=$(worse $? $settled)
	# An outage would meet the other days just as well.
	case $total in
	0|1)	catch_up || total=$(worse "$total" 1) ;;
	esac
	finish_run "$total" "$TODAY"
}

# settle_days: what the last days brought and was filed, but no more than that:
# the run was killed, could not render, or was none that delivers.
settle_days() {
	filed=$(outcomes "$(day_plus "$TODAY" "-$CATCH_UP")" \
	    "$(day_plus "$TODAY" -1)" | jq -Rr "$GOOD") || return
	unsettled=0
	for past in $filed; do
		[ -s "$(archive_base "$past").jsonl" ] || continue
		open_day "$past" || return
		has_digests || render_day "done" || unsettled=1
		settle_day || unsettled=1
	done
	return $unsettled
}

# catch_up makes the announcements of the last days that a run missed or did
# not finish, but none from before the archive began.
catch_up() {
	caught=0
	behind=$(gaps "$(day_plus "$TODAY" "-$CATCH_UP")" "$TODAY") || return 1
	for past in $behind; do
		make_day "$past" || caught=1
	done
	return $caught
}

cmd_day() {
	day=$(need_day "$1") || exit
	begin_run
	make_day "$day"
	finish_run $? "$day"
}

cmd_since() {
	day=$(need_day "$1") || exit
	begin_run
	total=0
	missing=$(missing_days "$day" "$TODAY") || exit 1
	for past in $missing; do
		make_day "$past" || total=$(worse "$total" $?)
		case $total in
		"$REFUSED"|"$MISTAKE") break ;;
		esac
	done
	finish_run "$total"
}

# begin_run is what every run begins with.  Where nobody looks on, it says
# nothing but what went wrong.
begin_run() {
	[ -t 2 ] || OPT_QUIET=yes
	for name in CATCH_UP SEEN_DAYS KEEP_RUNS; do
		! why=$(no_number $name days) ||
			die 2 "$why; see $CONFIG/paperround.conf"
	done
	open_channels || exit
}

# finish_run STATUS [DAY] is what every run ends with; a person gets to see
# what the day has brought.
finish_run() {
	ending=$1
	if has_papers; then
		[ "$SITE" != yes ] || build_site || ending=$(worse "$ending" 1)
		# In the first weeks there may be too little to learn from.
		[ "$TRAIN" != yes ] || train || [ $? = "$TRY_LATER" ] ||
			ending=$(worse "$ending" 1)
	fi
	deliver_all || ending=$(worse "$ending" 1)
	find "$STATE/runs/." "$STATE/sent/." ! -name . -prune \
	    -mtime "+$KEEP_RUNS" -exec rm -rf {} +
	if [ -n "${2-}" ] && [ "$ending" != "$MISTAKE" ] && [ -t 1 ] &&
	    [ -z "$OPT_QUIET" ]; then
		show_best "$2"
	fi
	exit "$ending"
}

# ------------------------------------------------------------------- a day

# make_day DAY fetches, filters, scores and archives one announcement, renders
# its digest, says what came of it and queues it for delivery.  Returns what
# it is worth: 0, or the gravest status.  What goes wrong with it ends no other
# day's work, nor any delivery.
make_day() {
	open_day "$1" || return
	run_stages
	worth=$?
	# The day is not there, as one that nobody has made yet.
	[ "$worth" != "$MISTAKE" ] || return "$worth"
	# From here on the archive has the say: it may know a better run.
	outcome=$(archive_day "$worth") || return
	# shellcheck disable=SC2086 # words: the result, papers, exit status
	set -- $outcome
	render_day "$1" || worth=$(worse "$worth" 1)
	tell "$@"
	queue_day "$1" || worth=$(worse "$worth" 1)
	return "$worth"
}

# open_day DAY: the folder in which it is made.
open_day() {
	DAY=$1 RUN=$STATE/runs/$1 SEEN=$STATE/runs/$1/seen WHEN=
	[ "$DAY" = "$TODAY" ] || WHEN="--date $DAY"
	export DAY RUN SEEN WHEN
	{ mkdir -p "$RUN" && seen_except "$DAY" >"$SEEN"; } ||
		no_room "to $RUN"
}

# gather_marked puts the papers that the reader marked into $MARKED, for SCORE
# to learn from; it is empty without any.
gather_marked() {
	export MARKED=
	[ -s "$DATA/marks.jsonl" ] || return 0
	jq -rR "fromjson? | objects | select(.mark) | .id | strings | $AS_SEEN" \
	    "$DATA/marks.jsonl" >"$RUN/marked"
	records_of "$RUN/marked" >"$RUN/marked.jsonl"
	rm -f "$RUN/marked"
	[ ! -s "$RUN/marked.jsonl" ] || MARKED=$RUN/marked.jsonl
}

# run_stages is the pipe.  A stage that failed in part (1) still gives valid
# papers to the next; what could not do its work ends it, and after a mistake
# nothing comes of the day.  Returns the gravest status.
run_stages() {
	rm -f "$RUN/papers.jsonl"
	stage fetch /dev/null "$FETCH"
	so_far=$?
	[ $so_far -le 1 ] || return "$(worse 0 $so_far)"
	stage filter "$(attempt fetch)/papers.jsonl" "$FILTER"
	filtered=$?
	so_far=$(worse "$so_far" $filtered)
	[ $filtered -le 1 ] || return "$so_far"
	to_score=$(attempt filter)/papers.jsonl
	# Something failed and nothing is left: no quiet day.
	[ "$so_far" = 0 ] || [ -s "$to_score" ] || return "$TRY_LATER"
	gather_marked
	open_library
	stage score "$to_score" "$SCORE"
	so_far=$(worse "$so_far" $?)
	[ "$so_far" != "$MISTAKE" ] || return "$so_far"
	complete_papers "$to_score" "$(attempt score)" ||
		so_far=$(worse "$so_far" 1)
	[ "$so_far" -gt 1 ] || second_look || so_far=1
	[ "$so_far" -gt 1 ] || find_cites || so_far=1
	[ "$so_far" -gt 1 ] || find_near || so_far=1
	return "$so_far"
}

# second_look runs SECOND, if it is set, on the papers as SCORE left them.  It
# can make a day no worse: what it does not write stays as it was.
second_look() {
	[ -n "$SECOND" ] || return 0
	stage second "$RUN/papers.jsonl" "$SECOND"
	looked=$?
	[ $looked = 0 ] || warn "$DAY: the second look failed in part (status" \
	    "$looked); other papers have the scores of the first"
	take_over second || looked=1
	return $((looked > 0))
}

# take_over NAME: of the papers that the stage wrote, what it wrote; the others
# stay as they were.
take_over() {
	change_papers --dedup "$(attempt "$1")/papers.jsonl"
}

# change_papers OPTION .. [FILE ..]: what paper-filter makes of the papers.
change_papers() {
	paper-filter -q -o "$RUN/papers.part" "$@" "$RUN/papers.jsonl"
	changed=$?
	mv -f "$RUN/papers.part" "$RUN/papers.jsonl" || no_room "to $RUN" ||
		return
	return $changed
}

# find_cites marks the papers that cite the reader's library, after ENRICH has
# asked what they refer to.  Like a second look it can make a day no worse.
find_cites() {
	[ -n "$OWN" ] || return 0
	stage enrich "$RUN/papers.jsonl" "$ENRICH"
	asked=$?
	[ $asked = 0 ] || warn "$DAY: what some papers cite could not be" \
	    "found out (status $asked)"
	take_over enrich || asked=1
	change_papers --cites "$OWN" || asked=1
	return $((asked > 0))
}

# find_near tells with each paper which of those that the reader knows it is
# like, whoever judged it.
find_near() {
	gather_known || no_room "to $RUN" || return
	[ -s "$RUN/known.jsonl" ] || return 0
	change_papers --near "$RUN/known.jsonl"
}

# gather_known: what is starred, the library, and what the digests of the last
# weeks showed, each once, in $RUN/known.jsonl.  A line that is no paper tells
# nothing.
gather_known() {
	{
		[ -z "$MARKED" ] || add_stars "$MARKED"
		# An id alone is like nothing.
		[ -z "$OWN" ] || paper-filter -q -w .title "$OWN"
		papers_between "$(day_plus "$DAY" "-$SEEN_DAYS")" \
		    "$(day_plus "$DAY" -1)" |
			over_files paper-filter -q --min-relevance 8 --
	} 2>/dev/null | paper-filter -q --dedup -o "$RUN/known.jsonl" 2>/dev/null
	[ $? -le 1 ]
}

# add_stars FILE: its papers that are starred, and that they are.
add_stars() {
	starred_ids >"$RUN/starred" &&
	    jq -Rc --slurpfile ids "$RUN/starred" '
		($ids | map({ key: ., value: true }) | from_entries) as $is |
		fromjson? | objects | select($is[.id // ""]) | .mark = "star"' \
		"$1"
}

# complete_papers FILTERED ATTEMPT makes $RUN/papers.jsonl of what a scorer
# wrote.  One that did not start, was killed or is no good has not judged all
# papers: they stay, and say that; every other byte of them is as it was.
# Fails if anything was wrong.
complete_papers() {
	flawed=0 scorer=$(attempt_status "$2")
	rm -f "$RUN/judged"
	paper-filter -q --mark-seen "$RUN/judged" -o "$RUN/papers.part" \
	    "$2/papers.jsonl" || {
		warn "$DAY: the score stage wrote what is no paper; see $2"
		flawed=1
	}
	# It is there if anything was judged.
	[ -f "$RUN/judged" ] || printf '' >"$RUN/judged"
	paper-filter -q --seen "$RUN/judged" "$1" >"$RUN/unjudged"
	if [ -s "$RUN/unjudged" ]; then
		flawed=1
		[ "$scorer" != 0 ] ||
			warn "$DAY: the score stage lost papers; see $2"
		jq -Rr --arg status "$scorer" '
			{ score_error: { code: "not_judged", detail:
			    "the score stage ended with status \($status)" } }
			as $error |
			# One that a full disk has torn is no paper.
			select(test("[}]\\s*$")) | sub("[}]\\s*$"; ",") +
			    ($error | tojson | ltrimstr("{"))' \
		    <"$RUN/unjudged" >>"$RUN/papers.part" ||
			no_room "to $RUN" || return
	fi
	mv -f "$RUN/papers.part" "$RUN/papers.jsonl" || no_room "to $RUN" ||
		return
	return $flawed
}

# tell RESULT PAPERS STATUS says what came of the day.
tell() {
	case $1 in
	empty)	say "$DAY: nothing was announced" ;;
	filtered) say "$DAY: no paper passed the filter" ;;
	done)	say "$DAY: $2 papers looked at" ;;
	partial) warn "$DAY: something is missing, as the digest in" \
		    "$DATA/digest says; $(next_step "$3")" ;;
	*)	warn "$DAY: an outage: $(next_step "$3"); its messages are in" \
		    "$RUN" ;;
	esac
}

# next_step STATUS says what to do about a day that is not finished.
next_step() {
	if [ "$1" = "$REFUSED" ]; then
		echo "try '$PROG doctor'"
	elif [ "$DAY" = "$TODAY" ]; then
		echo "later, '$PROG today' tries again"
	else
		echo "later, '$PROG day $DAY' tries again"
	fi
}

# ----------------------------------------------------------------- a stage

# attempt NAME prints the folder of the last attempt at a stage that ended,
# or of one that never was.
attempt() {
	number=0
	while [ -d "$RUN/$1.$((number + 1))" ]; do
		number=$((number + 1))
	done
	printf '%s\n' "$RUN/$1.$number"
}

# attempt_status FOLDER prints the status with which it ended; nothing if it
# was killed or never was.
attempt_status() { sed -n '1s/ .*//p' "$1/stamp" 2>/dev/null; }

# attempt_end NAME: what is under way has ended, and is the last attempt.
attempt_end() {
	last=$(attempt "$1")
	paperround-helper finish "$RUN/$1.part" \
	    "${last%.*}.$((${last##*.} + 1))"
}

# stage NAME INPUT COMMAND runs the command line from the file INPUT, as one
# more attempt.  One that succeeded before with the same command,
# configuration and input is not run again.  Returns its status, or that of a
# mistake.
stage() {
	stamp=$(stage_stamp "$@")
	before=$(attempt "$1")
	if [ "$(cat "$before/stamp" 2>/dev/null)" = "0 $stamp" ] &&
	    ! stage_waits "$1" "$before"; then
		return 0
	fi
	stage_killed "$1" && mkdir -p "$RUN/$1.part" ||
		no_room "to $RUN" || return
	stage_run "$@"
	ended=$?
	[ -s "$RUN/$1.part/report.jsonl" ] || stage_report "$1" "$2" $ended
	case $ended in
	0|1|"$TRY_LATER"|"$REFUSED") ;;
	"$MISTAKE"|126|127)
		tell_mistake "$1" "$3" "$ended"
		ended=$MISTAKE ;;
	*)	warn "$DAY: the $1 stage ended with status $ended; see $RUN" ;;
	esac
	# What was fetched in part before is added to: papers that a feed gave
	# in the morning and nobody gives later, as cross lists, are not lost.
	if [ "$1" = fetch ] && [ "$(attempt_status "$before")" = 1 ]; then
		[ "$ended" != "$MISTAKE" ] || return "$ended"
		[ "$ended" -le 1 ] || return 1
		merge_fetched "$before"
		case $? in
		0)	;;
		1)	ended=1 ;;
		*)	return 1 ;;
		esac
	fi
	echo "$ended $stamp" >"$RUN/$1.part/stamp" && attempt_end "$1" ||
		no_room "to $RUN" || return
	return "$ended"
}

# tell_mistake NAME COMMAND STATUS: no later run will do better.
tell_mistake() {
	# shellcheck disable=SC2018,SC2019 # a stage's name
	setting=$(echo "$1" | tr a-z A-Z)
	if why=$(no_program "$2"); then
		why="$setting: $why"
	else
		why="$setting ended with status $3, a mistake in it or in what it reads"
	fi
	warn "$DAY: $why; see paperround.conf ('$PROG doctor' tries every stage)"
}

# stage_waits NAME ATTEMPT: papers whose pages arXiv had not made by then are
# asked for again; those that were there are kept.
stage_waits() {
	[ "$1" = enrich ] && grep -q '"unknown":[1-9]' "$2/report.jsonl"
}

# stage_killed NAME makes way for a new attempt.  One at scoring that was
# killed counts as well, since it may have cost something; what it had been
# told by then it says itself.
stage_killed() {
	[ -d "$RUN/$1.part" ] || return 0
	if [ "$1" = score ] || [ "$1" = second ]; then
		jq -nc '{ tool: "score stage", by: "paperround", killed: true }' \
		    >>"$RUN/$1.part/report.jsonl" && attempt_end "$1"
	else
		rm -rf "$RUN/$1.part"
	fi
}

# stage_run NAME INPUT COMMAND.  Who looks on gets to see progress, in one line
# that says which stage it is; otherwise messages are kept.
stage_run() {
	printf '' >"$RUN/$1.part/papers.jsonl"
	# We have better words for that than the shell.
	no_program "$3" >/dev/null && return 127
	PAPERROUND_REPORT=$RUN/$1.part/report.jsonl PAPERROUND_STAGE="$DAY $1"
	export PAPERROUND_REPORT PAPERROUND_STAGE
	if [ -z "$OPT_QUIET" ]; then
		(trap_signals; eval "$3") <"$2" >"$RUN/$1.part/papers.jsonl"
		ran=$?
	else
		(trap_signals; eval "$3") <"$2" >"$RUN/$1.part/papers.jsonl" \
		    2>"$RUN/$1.part/log"
		ran=$?
		cat "$RUN/$1.part/log" >&2
	fi
	unset PAPERROUND_REPORT PAPERROUND_STAGE
	# To some shells what they cannot read is a failure like any other.
	[ $ran != 1 ] || line "$3" | sh -n 2>/dev/null || ran=$MISTAKE
	return "$ran"
}

# stage_stamp NAME INPUT COMMAND prints what its result depends on.  A fetched
# day stays the same whatever the other settings are, and can often not be
# fetched again.
stage_stamp() {
	line "$3 $CATEGORIES" | cksum
	case $1 in
	filter)	cat "$2" "$SEEN" "$CONFIG"/*.* 2>/dev/null | cksum ;;
	enrich)	cksum <"$2" ;;
	score|second) cat "$2" "$CONFIG"/*.* "$CONFIG"/prompts/* 2>/dev/null | cksum ;;
	esac
}

# stage_report NAME INPUT STATUS: a program that knows nothing of reports is
# reported on by us, as what it stands in for.  What a scorer did it has to
# say itself.
stage_report() {
	case $1 in
	fetch)	tool=arxiv-fetch ;;
	filter)	tool=paper-filter ;;
	*)	tool="$1 stage" ;;
	esac
	jq -nc --arg tool "$tool" --argjson in "$(lines "$2")" \
	    --argjson out "$(lines "$RUN/$1.part/papers.jsonl")" \
	    --argjson exit "$3" \
	    '{ $tool, by: "another program", $in, $out, $exit }' \
	    >"$RUN/$1.part/report.jsonl"
}

# merge_fetched FOLDER adds what another attempt had; what was torn of that, by
# a full disk for instance, is no fault of this one.  Returns 1 if something is
# missing of this one, 2 if nothing was added.
merge_fetched() {
	rm -f "$RUN/fetch.part/before" "$RUN/fetch.part/both"
	paper-filter -q -o "$RUN/fetch.part/before" "$1/papers.jsonl"
	[ -f "$RUN/fetch.part/before" ] || return 2
	paper-filter --dedup --report "$RUN/fetch.part/report.jsonl" \
	    -o "$RUN/fetch.part/both" "$RUN/fetch.part/papers.jsonl" \
	    "$RUN/fetch.part/before"
	merged=$?
	mv -f "$RUN/fetch.part/both" "$RUN/fetch.part/papers.jsonl" || return 2
	return $merged
}

# The ids delivered with other days than this one.  One file a day, so that a
# day can be made again.
seen_except() {
	find -L "$STATE/seen" -type f -name '[0-9]*' ! -name "$1" | sort |
	    tail -n "$SEEN_DAYS" | over_files cat
}
