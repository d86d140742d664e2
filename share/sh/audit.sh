# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# The audit, sourced by paperround: is what the screen puts aside worth
# reading?
#
#	audit.jsonl	beside the archive, a line for each paper that was drawn
#			by chance among those put aside; what the reader says of
#			these in marks.jsonl tells what the screen misses

# The papers of the days of which standard input has the files: those put aside
# by a screen, each once.
put_aside() {
	over_files paper-filter -q --dedup -w '.screen.keep == false'
}

# draw_audit makes $work/shown of ten papers of $work/aside next to the line and
# ten by chance, the same all day; what the reader marked is not shown again.
draw_audit() {
	marked_ids >"$work/marked"
	paper-filter -q --sample 10 --seed "$(echo "$until" | tr -d -)" \
	    "$work/aside" >"$work/drawn" &&
	paper-filter -q --seen "$work/marked" --top 10 \
	    --sort-by '-(.screen.p // 0)' "$work/aside" >"$work/near" &&
	paper-filter -q --dedup "$work/near" "$work/drawn" |
	    paper-filter -q --seen "$work/marked" |
	    jq -c 'del(.screen, .score_error)' >"$work/shown" || exit 1
	{ [ ! -f "$AUDIT" ] || cat "$AUDIT"
	jq -c '{ id, day: (.announced // .published // "")[:10] }' \
	    "$work/drawn"; } |
	    jq -Rnr '[inputs | fromjson? | objects] | unique_by(.id)[] | tojson' \
	    >"$work/audit" && put "$work/audit" "$AUDIT" || exit 1
}

# audit_figures prints what the marks say: how many of the papers drawn by
# chance were marked, how many of them starred, how many papers were put aside
# in those days, and how many starred among those that were sent.
audit_figures() {
	{ cat "$MARKS" 2>/dev/null || :; } | jq -Rnr '
		reduce (inputs | fromjson? | objects) as $m ({};
		    if $m.mark == "none" then del(.[$m.id])
		    elif $m.mark == "star" or $m.mark == "drop" or
			$m.mark == "read" then .[$m.id] = $m.mark
		    else . end) | tojson' >"$work/said"
	jq -Rr 'fromjson? | .day' "$AUDIT" | sort >"$work/days"
	papers_between "$(head -n 1 "$work/days")" \
	    "$(tail -n 1 "$work/days")" | over_files paper-filter -q --dedup |
	    jq -nr --slurpfile said "$work/said" --slurpfile drawn "$AUDIT" '
		$said[0] as $said |
		[$drawn[].id | select($said[.])] as $answered |
		[$answered[] | select($said[.] == "star")] as $missed |
		reduce inputs as $p ({ aside: 0, starred: 0 };
		    if $p.screen.keep == false then .aside += 1
		    elif $said[$p.id] == "star" then .starred += 1
		    else . end) |
		"\($answered | length) \($missed | length) \(.aside) \(.starred)"'
}

# tell_recall MARKED MISSED ASIDE STARRED: the share of what the reader wants
# that was sent, and where it is in four of five cases (Clopper and Pearson).
tell_recall() {
	awk -v m="$1" -v k="$2" -v aside="$3" -v starred="$4" '
	# The chance that at most k of m are wanted, if each is with chance q.
	function chance(k, q,    i, term, sum) {
		term = sum = (1 - q) ^ m
		for (i = 1; i <= k; i++) {
			term *= (m - i + 1) / i * q / (1 - q)
			sum += term
		}
		return sum
	}
	# Where that chance is p.
	function at(k, p,    low, high, q, i) {
		low = 0
		high = 1
		for (i = 0; i < 50; i++) {
			q = (low + high) / 2
			if (chance(k, q) > p)
				low = q
			else
				high = q
		}
		return q
	}
	function recall(q) {
		return 100 * starred / (starred + q * aside)
	}
	BEGIN {
		most = k == m ? 1 : at(k, 0.1)
		least = k == 0 ? 0 : at(k - 1, 0.9)
		printf "of what you want, %.0f %% was sent (%.0f to %.0f %%," \
		    " in four of five cases): of %d papers put aside, you" \
		    " starred %d of %d drawn by chance; of those sent, %d\n",
		    recall(k / m), recall(most), recall(least), aside, k, m,
		    starred
	}'
}

cmd_audit() {
	need_papers
	work_folder
	which_days "${1-}"
	papers_between "$from" "$until" | put_aside >"$work/aside"
	[ -s "$work/aside" ] ||
		die 1 "no paper was put aside $(span "$from" "$until"): there is" \
		    "nothing to audit"
	draw_audit
	present_list "$work/shown" --view list --keep-order \
	    --title "Put aside: ten next to the line, ten by chance" || exit
	# shellcheck disable=SC2046 # four numbers
	set -- $(audit_figures)
	if [ "${1:-0}" -gt 0 ] && [ "$4" -gt 0 ]; then
		say "$(tell_recall "$@")"
	else
		say "star what you would have read, here and of what was sent," \
		    "mark the rest as read, and '$PROG audit' tells what the" \
		    "screen misses"
	fi
}

# ------------------------------------------------- what the screen promised

# screen_now prints what screen.model says of papers that the screen judged, by
# the checksum at the end of its file; nothing where each run makes a new one,
# so that none would ever have judged enough of them.
screen_now() {
	[ "$TRAIN" = yes ] || [ ! -f "$STATE/screen.model" ] || {
		printf local-
		tail -c 32 "$STATE/screen.model" | od -An -v -tx1 |
		    tr -d ' \n' | cut -c 1-12
	}
}

# screen_watch prints how many of the papers that this screen let pass by chance
# in the last 60 days were selected, how many it promised at most, and "broken"
# where chance makes that of one in twenty such screens, else "kept".
screen_watch() {
	papers_between "$(day_plus "$TODAY" -60)" "$TODAY" |
	    over_files paper-filter -q --dedup --arg "now=$(screen_now)" \
	    -w '.screen.by == "local" and .screen.keep and .score != null and
		($now == "" or .screen.model == $now)' |
	    jq -nr '
		reduce inputs as $p ({ sent: 0, missed: 0 };
		    if ($p.score.relevance // 0) < 8 or
			($p.score.novelty // 7) < 7 then .
		    elif $p.screen.explore == null then .sent += 1
		    else .missed += 1 | .share = $p.screen.explore |
			.recall = ($p.screen.recall // .recall) end) |
		.missed as $missed |
		(if .recall == null then $missed
		else .sent * (1 - .recall) / .recall * .share end) as $most |
		# Of less than so many, by the rule of rare events.
		(reduce range(1; $missed) as $k ({ term: 1, sum: 1 };
		    .term *= $most / $k | .sum += .term) |
		    1 - .sum * ($most * -1 | exp)) as $chance |
		"\($missed) \($most * 10 | round / 10)",
		if $missed > 1 and $chance < 0.05 then "broken" else "kept" end'
}

# screen_missed prints how many it missed if that is more than was promised, else
# 0; without a screen nothing is read.
screen_missed() {
	case $SCORE in
	*screen.model*)
		screen_watch | awk '{ line[NR] = $1 }
		    END { print (line[2] == "broken" ? line[1] : 0) }' ;;
	*)	echo 0 ;;
	esac
}
