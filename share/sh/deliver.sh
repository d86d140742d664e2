# shellcheck shell=sh disable=SC2154
# SPDX-License-Identifier: ISC
#
# Deliveries, sourced by paperround.  What is to be sent is first rendered
# into the outbox, one file per digest and channel:
#
#	outbox/2025-10-17.mail		waits
#	outbox/2025-10-17.mail.sending	is on its way
#	sent/2025-10-17.mail		arrived
#
# A channel that fails leaves its file in the outbox, so it is tried again by
# the next run.  A file found as .sending belongs to a run that was killed:
# whether it arrived cannot be known, so it is reported and not sent again.

# deliver_queue DAY queues the papers of a day that no delivery has brought
# yet: all of them the first time, the late ones if a day that was incomplete
# is finished afterwards.  An outage is told once, until it ends.
deliver_queue() {
	day=$1 base=$(archive_base "$1")
	if [ "$result" = outage ]; then
		outage_is_news || return 0
		queue_all "$day-outage" "$base.jsonl" "$base.report.jsonl" \
		    --date "$day"
		return
	fi
	[ "$day" != "$TODAY" ] || rm -f "$STATE/outage"
	[ "$result" != empty ] || return 0
	seen=$STATE/seen/$day
	new=$STATE/runs/$day/new.jsonl
	if [ -f "$seen" ]; then
		paper-filter -q -w 'has("score_error") | not' --seen "$seen" \
		    -o "$new" "$base.jsonl" || return 1
		[ -s "$new" ] || return 0
		# The day's report speaks of more papers than these.
		queue_all "$day-late-$(lines "$seen")" "$new" "" \
		    --title 'Late papers' --date "$day" || return
	else
		queue_all "$day" "$base.jsonl" "$base.report.jsonl" \
		    --date "$day" || return
	fi
	# Only now: a paper counts as brought when its delivery is queued.
	: >>"$seen"
	[ ! -f "$base.jsonl" ] ||
		paper-filter -q -w 'has("score_error") | not' \
		    --mark-seen "$seen" "$base.jsonl" >/dev/null
}

# An outage that goes on for days is told on its first.  A past day that
# cannot be made up for is told too, but begins none.
outage_is_news() {
	[ "$deliver" = yes ] || return 1
	[ "$day" = "$TODAY" ] || return 0
	[ ! -f "$STATE/outage" ] && echo "$day" >"$STATE/outage"
}

# queue_all LABEL PAPERS REPORT [OPTION ...] renders for each channel.
queue_all() {
	[ "$deliver" = yes ] || return 0
	label=$1 papers=$2 report=$3
	shift 3
	failed=0
	for channel in $DELIVER; do
		[ ! -e "$STATE/sent/$label.$channel" ] || continue
		if queue_one "$@"; then
			mv -f "$STATE/part" "$STATE/outbox/$label.$channel"
		else
			warn "$label: could not prepare it for $channel"
			failed=1
		fi
	done
	return $failed
}

queue_one() {
	case $channel in
	mail)	to=$(echo "${MAIL_TO:-$(id -un)}" | sed 's/[, ][, ]*/, /g')
		set -- --mail-from "${MAIL_FROM:-$(id -un)@$(uname -n)}" \
		    --mail-to "$to" "$@"
		kind=email ;;
	slack)	kind=slack ;;
	directory) kind=html ;;
	command) kind=${DELIVER_FORMAT:-markdown} ;;
	*)	warn "DELIVER: there is no way called '$channel'"
		return 1 ;;
	esac
	render "$kind" "$STATE/part" "$report" "$papers" "$@"
}

# deliver_all sends what waits.  Fails if anything could not be sent.
deliver_all() {
	failed=0
	for f in "$STATE"/outbox/*; do
		case $f in
		*'/*')	continue ;;
		*.sending)
			warn "$f was being sent when a run was killed; it may" \
			    "have arrived: remove it, or drop .sending from" \
			    "its name to send it again"
			failed=1
			continue ;;
		esac
		deliver_one "$f" || failed=1
	done
	return $failed
}

deliver_one() {
	label=${1##*/} channel=${1##*.} label=${label%.*}
	mv "$1" "$1.sending" || return 1
	if (send_"$channel" "$1.sending") 9>&- </dev/null; then
		mv "$1.sending" "$STATE/sent/$label.$channel" || return 1
		say "$label: delivered by $channel"
	else
		mv "$1.sending" "$1"
		warn "$label: $channel failed; the next run tries again"
		return 1
	fi
}

# curl gets addresses and secrets from a file, since everybody can read a
# command line.
curl_with() {
	curl --silent --show-error --fail --max-time "${DELIVER_TIMEOUT:-60}" \
	    --config - "$@"
}

quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

send_mail() {
	if [ -z "${SMTP_URL-}" ]; then
		# cron's PATH does not have the folder where it usually is.
		PATH=$PATH:/usr/sbin:/usr/lib ${SENDMAIL:-sendmail} -t -oi <"$1"
		return
	fi
	{
		printf 'url = "%s"\n' "$(quoted "$SMTP_URL")"
		printf 'mail-from = "%s"\n' "$(quoted "${MAIL_FROM-}")"
		for to in $(echo "${MAIL_TO-}" | tr , ' '); do
			printf 'mail-rcpt = "%s"\n' "$(quoted "$to")"
		done
		[ -z "${SMTP_NETRC-}" ] ||
			printf 'netrc-file = "%s"\n' "$(quoted "$SMTP_NETRC")"
		case $SMTP_URL in
		smtp://127.*|smtp://localhost*|smtps:*) ;;
		*)	echo ssl-reqd ;;
		esac
	} | curl_with --crlf --upload-file "$1"
}

# Slack takes a message a line.  Those that arrived are cut off the file, so
# that after a failure the rest is sent and not the whole.
send_slack() {
	: "${SLACK_WEBHOOK:?is not set in paperround.conf}"
	while [ -s "$1" ]; do
		head -n 1 "$1" >"$STATE/part"
		printf 'url = "%s"\n' "$(quoted "$SLACK_WEBHOOK")" |
		    curl_with --output /dev/null \
			--header 'Content-Type: application/json' \
			--data-binary @"$STATE/part" || return 1
		sed 1d "$1" >"$STATE/part" && mv "$STATE/part" "$1"
	done
}

# A folder that a web server shows, or that is copied elsewhere by rsync.
send_directory() {
	: "${DIRECTORY:?is not set in paperround.conf}"
	mkdir -p "$DIRECTORY" && put "$1" "$DIRECTORY/$label.html"
}

# The user's command reads the digest; LABEL says which one it is.
send_command() {
	: "${DELIVER_COMMAND:?is not set in paperround.conf}"
	LABEL=$label
	export LABEL
	eval "$DELIVER_COMMAND" <"$1"
}
