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

cmd_deliver() {
	deliver_all || exit 1
}

# ------------------------------------------------------------- into the outbox

# queue_day RESULT queues the papers of $DAY that no delivery has brought yet:
# all of them the first time, the late ones if a day that was incomplete is
# finished afterwards.  An outage is told once, until it ends.
queue_day() {
	base=$(archive_base "$DAY")
	if [ "$1" = outage ]; then
		outage_is_news || return 0
		queue "$DAY-outage" "$base.report.jsonl" "$base.jsonl" \
		    --date "$DAY"
		return
	fi
	[ "$DAY" != "$TODAY" ] || rm -f "$STATE/outage"
	[ "$1" != empty ] || return 0
	brought=$STATE/seen/$DAY
	if [ -f "$brought" ]; then
		late=$RUN/new.jsonl
		paper-filter -q -w "$IS_JUDGED" --seen "$brought" -o "$late" \
		    "$base.jsonl" || return 1
		[ -s "$late" ] || return 0
		# The day's report speaks of more papers than these.
		queue "$DAY-late-$(lines "$brought")" "" "$late" \
		    --title 'Late papers' --date "$DAY" || return
	else
		queue "$DAY" "$base.report.jsonl" "$base.jsonl" \
		    --date "$DAY" || return
	fi
	# Only now: a paper counts as brought when its delivery is queued.
	: >>"$brought"
	[ ! -f "$base.jsonl" ] ||
		paper-filter -q -w "$IS_JUDGED" --mark-seen "$brought" \
		    "$base.jsonl" >/dev/null
}

# One that could not be judged comes again, when it could be.
IS_JUDGED='has("score_error") | not'

# An outage that goes on for days is told on its first.  A past day that
# cannot be made up for is told too, but begins none.
outage_is_news() {
	[ "$OPT_DELIVER" = yes ] || return 1
	[ "$DAY" = "$TODAY" ] || return 0
	[ ! -f "$STATE/outage" ] && echo "$DAY" >"$STATE/outage"
}

# queue LABEL REPORT PAPERS [OPTION ...] renders for each channel.
queue() {
	[ "$OPT_DELIVER" = yes ] || return 0
	queued=$1 unqueued=0
	shift
	for channel in $DELIVER; do
		[ ! -e "$STATE/sent/$queued.$channel" ] || continue
		if queue_one "$channel" "$@"; then
			mv -f "$STATE/part" "$STATE/outbox/$queued.$channel"
		else
			warn "$queued: could not prepare it for $channel"
			unqueued=1
		fi
	done
	return $unqueued
}

# queue_one CHANNEL REPORT PAPERS [OPTION ...] renders to $STATE/part.
queue_one() {
	way=$1 report_of=$2 papers_of=$3
	shift 3
	case $way in
	mail)	to=$(echo "${MAIL_TO:-$(id -un)}" | sed 's/[, ][, ]*/, /g')
		set -- --mail-from "${MAIL_FROM:-$(id -un)@$(uname -n)}" \
		    --mail-to "$to" "$@"
		way=email ;;
	slack)	;;
	directory) way=html ;;
	command) way=${DELIVER_FORMAT:-markdown} ;;
	*)	warn "DELIVER: there is no way called '$way'"
		return 1 ;;
	esac
	render "$way" "$STATE/part" "$report_of" "$papers_of" "$@"
}

# ------------------------------------------------------------ out of the outbox

# deliver_all sends what waits.  Fails if anything could not be sent.
deliver_all() {
	undelivered=0
	for item in "$STATE"/outbox/*; do
		case $item in
		*'/*')	continue ;;
		*.sending)
			warn "$item was being sent when a run was killed; it may" \
			    "have arrived: remove it, or drop .sending from" \
			    "its name to send it again"
			undelivered=1
			continue ;;
		esac
		deliver_one "$item" || undelivered=1
	done
	return $undelivered
}

# deliver_one FILE: outbox/LABEL.CHANNEL.
deliver_one() {
	name=${1##*/}
	label=${name%.*} channel=${name##*.}
	mv "$1" "$1.sending" || return 1
	if ("send_$channel" "$1.sending" "$label") 9>&- </dev/null; then
		mv "$1.sending" "$STATE/sent/$name" || return 1
		say "$label: delivered by $channel"
	else
		mv "$1.sending" "$1"
		warn "$label: $channel failed; the next run tries again"
		return 1
	fi
}

# ------------------------------------------------------------------ the ways

# send_CHANNEL FILE LABEL; status 0 means that it has arrived.  Each runs in a
# shell of its own and without the lock, since a mailer may go on in the
# background; what it has in hand ends in .sending.

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
	mkdir -p "$DIRECTORY" && put "$1" "$DIRECTORY/$2.html"
}

# The user's command reads the digest; LABEL says which one it is.
send_command() {
	: "${DELIVER_COMMAND:?is not set in paperround.conf}"
	LABEL=$2
	export LABEL
	eval "$DELIVER_COMMAND" <"$1"
}
