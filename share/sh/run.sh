# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# A run, sourced by paperround: the stages of a day, and the commands today,
# day and since.
#
# sh has no pipefail, so each stage writes a file and leaves a status that is
# looked at before the next one starts; that also lets a failed run go on
# where it stopped.  All of this stands in a folder a day:
#
#	runs/2025-10-17/seen		the ids that other days brought
#	runs/2025-10-17/NAME.jsonl	what a stage wrote
#	runs/2025-10-17/NAME.report.jsonl
#	runs/2025-10-17/NAME.log	its messages
#	runs/2025-10-17/NAME.stamp	its status, and what it depends on

# ---------------------------------------------------------------- commands

cmd_today() {
	: "${OPT_DELIVER:=yes}"
	make_day "$TODAY"
	total=$?
	# An outage would meet the other days just as well.
	case $total in
	0|1)	catch_up || total=$(worse "$total" 1) ;;
	esac
	finish_run "$total"
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
	need_day "$1"
	make_day "$1"
	finish_run $?
}

cmd_since() {
	need_day "$1"
	total=0
	missing=$(missing_days "$1" "$TODAY") || exit 1
	for past in $missing; do
		make_day "$past" || total=$(worse "$total" $?)
		[ "$total" != "$REFUSED" ] || break
	done
	finish_run "$total"
}

# finish_run STATUS is what every run ends with.
finish_run() {
	ending=$1
	if has_papers; then
		[ "$SITE" = no ] || build_site || ending=$(worse "$ending" 1)
		# In the first weeks there may be too little to learn from.
		[ "$TRAIN" = no ] || train
	fi
	deliver_all || ending=$(worse "$ending" 1)
	find "$STATE/runs" "$STATE/sent" -mindepth 1 -maxdepth 1 \
	    -mtime "+$KEEP_RUNS" -exec rm -rf {} +
	exit "$ending"
}

# ------------------------------------------------------------------- a day

# make_day DAY fetches, filters, scores and archives one announcement, renders
# its digest, says what came of it and queues it for delivery.  Returns what
# it is worth: 0, or the gravest status.
make_day() {
	DAY=$1 RUN=$STATE/runs/$1 SEEN=$STATE/runs/$1/seen WHEN=
	[ "$DAY" = "$TODAY" ] || WHEN="--date $DAY"
	export DAY RUN SEEN WHEN
	{ mkdir -p "$RUN" && seen_except "$DAY" >"$SEEN"; } || no_room "to $RUN"
	run_stages
	worth=$?
	# From here on the archive has the say: it may know a better run.
	outcome=$(archive_day "$worth") || exit
	# shellcheck disable=SC2086 # words: the result, papers, exit status
	set -- $outcome
	render_day "$1" || worth=$(worse "$worth" 1)
	tell "$@"
	queue_day "$1" || worth=$(worse "$worth" 1)
	return "$worth"
}

# run_stages is the pipe.  A stage that failed in part (1) still gives valid
# papers to the next; what could not do its work ends it.  Returns the
# gravest status.
run_stages() {
	stage fetch /dev/null "$FETCH"
	so_far=$?
	[ $so_far -le 1 ] || return "$(worse 0 $so_far)"
	stage filter "$RUN/fetch.jsonl" "$FILTER"
	filtered=$?
	so_far=$(worse "$so_far" $filtered)
	[ $filtered -le 1 ] || return "$so_far"
	# Something failed and nothing is left: no quiet day.
	[ "$so_far" = 0 ] || [ -s "$RUN/filter.jsonl" ] || return "$TRY_LATER"
	stage score "$RUN/filter.jsonl" "$SCORE"
	so_far=$(worse "$so_far" $?)
	if [ "$(lines "$RUN/score.jsonl")" -lt "$(lines "$RUN/filter.jsonl")" ]
	then
		keep_unscored
		so_far=$(worse "$so_far" 1)
	fi
	return "$so_far"
}

# keep_unscored: a scorer that did not start, was killed or is no good has not
# judged all papers.  They stay, and say that; every other byte of them is as
# it was.
keep_unscored() {
	judged_by=$(stage_status score)
	: >"$RUN/judged"
	{
		paper-filter -q --mark-seen "$RUN/judged" "$RUN/score.jsonl"
		paper-filter -q --seen "$RUN/judged" "$RUN/filter.jsonl" |
		    jq -Rr --arg status "$judged_by" '
			{ score_error: { code: "not_judged", detail:
			    "the score stage ended with status \($status)" } }
			as $error |
			until(endswith("}"); .[:-1]) | rtrimstr("}") +
			    "," + ($error | tojson | ltrimstr("{"))'
	} >"$RUN/score.part"
	mv -f "$RUN/score.part" "$RUN/score.jsonl" || no_room "to $RUN"
	[ "$judged_by" != 0 ] ||
		warn "$DAY: the score stage lost papers; see $RUN"
}

# tell RESULT PAPERS STATUS says what came of the day.
tell() {
	case $1 in
	empty)	say "$DAY: nothing was announced" ;;
	filtered) say "$DAY: no paper passed the filter" ;;
	done)	say "$DAY: $2 papers, in $DATA/digest" ;;
	partial) say "$DAY: something is missing, as the digest in" \
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

# stage NAME INPUT COMMAND runs the command line from the file INPUT to
# $RUN/NAME.jsonl.  One that succeeded before with the same command,
# configuration and input is not run again.  Returns its status.
stage() {
	stamp=$(stage_stamp "$@")
	if [ "$(cat "$RUN/$1.stamp" 2>/dev/null)" = "0 $stamp" ]; then
		return 0
	fi
	rm -f "$RUN/$1.report.part"
	# What an earlier attempt at scoring cost was spent all the same.
	[ "$1" != score ] || [ ! -f "$RUN/score.report.jsonl" ] ||
		cat "$RUN/score.report.jsonl" >>"$RUN/spent.report.jsonl"
	stage_run "$@"
	ended=$?
	[ -s "$RUN/$1.report.part" ] || stage_report "$1" "$2" $ended
	# If not, what an earlier attempt got in part stands.
	stage_keep "$1" $ended "$stamp" || return 1
	case $ended in
	0|1|"$TRY_LATER"|"$REFUSED") ;;
	*)	warn "$DAY: the $1 stage ended with status $ended; see $RUN" ;;
	esac
	return $ended
}

# stage_run NAME INPUT COMMAND.  A terminal gets to see progress; otherwise
# messages are kept.
stage_run() {
	PAPERROUND_REPORT=$RUN/$1.report.part
	export PAPERROUND_REPORT
	if [ -t 2 ]; then
		(trap_signals; eval "$3") <"$2" >"$RUN/$1.part"
		ran=$?
	else
		(trap_signals; eval "$3") <"$2" >"$RUN/$1.part" 2>"$RUN/$1.log"
		ran=$?
		cat "$RUN/$1.log" >&2
	fi
	unset PAPERROUND_REPORT
	return $ran
}

# The status with which a stage of this run ended; nothing if it did not.
stage_status() { sed -n '1s/ .*//p' "$RUN/$1.stamp" 2>/dev/null; }

# stage_stamp NAME INPUT COMMAND prints what its result depends on.  A fetched
# day stays the same whatever the other settings are, and can often not be
# fetched again.
stage_stamp() {
	echo "$3 $CATEGORIES" | cksum
	case $1 in
	filter)	cat "$2" "$SEEN" "$CONFIG"/*.* 2>/dev/null | cksum ;;
	score)	cat "$2" "$CONFIG"/*.* "$CONFIG"/prompts/* 2>/dev/null | cksum ;;
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
	    --argjson out "$(lines "$RUN/$1.part")" --argjson exit "$3" \
	    '{ $tool, by: "another program", $in, $out, $exit }' \
	    >"$RUN/$1.report.part"
}

# stage_keep NAME STATUS STAMP puts a stage's result in place.  What was
# fetched in part before is added to: papers that a feed gave in the morning
# and nobody gives later, as cross lists, are not lost.
stage_keep() {
	if [ "$1" = fetch ] && [ "$(stage_status fetch)" = 1 ]; then
		[ "$2" -le 1 ] && merge_fetched || return 1
	fi
	rm -f "$RUN/$1.stamp"
	{
		mv -f "$RUN/$1.part" "$RUN/$1.jsonl" &&
		mv -f "$RUN/$1.report.part" "$RUN/$1.report.jsonl" &&
		echo "$2 $3" >"$RUN/$1.stamp"
	} || no_room "to $RUN"
}

merge_fetched() {
	paper-filter --dedup --report "$RUN/fetch.report.part" \
	    -o "$RUN/fetch.both" "$RUN/fetch.part" "$RUN/fetch.jsonl" &&
		mv -f "$RUN/fetch.both" "$RUN/fetch.part"
}

# The ids delivered with other days than this one.  One file a day, so that a
# day can be made again.
seen_except() {
	find "$STATE/seen" -type f -name '[0-9]*' ! -name "$1" | sort |
	    tail -n "$SEEN_DAYS" | over_files cat
}
