#!/bin/sh
# --schedule: the days of announcement, the holidays, and what they cover.
. "$(dirname "$0")/lib.sh"

out='{"day":"2026-11-26","weekday":"Thursday","feed":true,"due":"2026-11-26T05:00:00Z","mailed":"2026-11-26T01:00:00Z","received_since":"2026-11-24T19:00:00Z","received_before":"2026-11-25T19:00:00Z","before":"2026-11-25","holidays_known":true}
{"day":"2026-11-27","weekday":"Friday","feed":false,"why":"holiday","holiday":"2026-11-26","name":"Thanksgiving","holidays_known":true}
{"day":"2026-11-28","weekday":"Saturday","feed":false,"why":"weekend","holidays_known":true}'
row 'a feed, a holiday, a weekend' arxiv-fetch --schedule \
    --since 2026-11-26 --until 2026-11-28
is 'a week from today, as it is in Ithaca' \
    "$(arxiv-fetch --now 2026-11-20T04:59:00Z --schedule |
	sed -n 's/^{"day":"\([^"]*\)".*/\1/p' | sed -n '1p;$p' | tr '\n' ' ')" \
    '2026-11-19 2026-11-25 '
is 'a holiday on a Sunday takes the feed of Monday' \
    "$(arxiv-fetch --schedule --since 2025-07-07 --until 2025-07-08 |
	sed 's/.*"feed":\([a-z]*\).*/\1/' | tr '\n' ' ')" 'false true '
# The shipped list, by the number of weekdays without a feed.
for year in 2024:9 2025:9 2026:8 2027:1; do
	is "days without a feed in ${year%:*}" \
	    "$(arxiv-fetch --schedule --since "${year%:*}-01-01" \
		--until "${year%:*}-12-31" | grep -c '"why":"holiday"')" \
	    "${year#*:}"
done
is 'a year of which no holidays are known' \
    "$(arxiv-fetch --schedule --since 2027-02-01 --until 2027-02-01 |
	grep -c '"holidays_known":false')" 1
mkdir -p "$HOME/.config/paperround"
echo '2027-02-01 # founding day' >"$HOME/.config/paperround/holidays"
out='{"day":"2027-02-02","weekday":"Tuesday","feed":false,"why":"holiday","holiday":"2027-02-01","name":"founding day","holidays_known":true}'
row "a holiday of the user's own" arxiv-fetch --schedule \
    --since 2027-02-02 --until 2027-02-02
for args in '--since 2026-01-01' '--schedule cs.LG' \
    '--schedule --since 2026-01-02 --until 2026-01-01' \
    '--schedule --since x'; do
	# shellcheck disable=SC2086
	is "misuse: $args" "$(status_of arxiv-fetch $args)" 2
done

done_testing
