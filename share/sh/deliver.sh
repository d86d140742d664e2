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
#
# What each channel has been given is written down first, so that it gets each
# paper once, whatever happens to the others:
#
#	queued/2025-10-17.mail/ids	the papers of that digest
#	queued/2025-10-17.mail/document	until it is in the outbox
#	later/2025-10-17.mail		who has not got it, where others have
#	channels/mail			since when it is there; the days, and their
#					ids, that counted as delivered then

# One that could not be judged comes again, when it could be.
IS_JUDGED='has("score_error") | not'

cmd_deliver() {
	[ -z "$OPT_TEST" ] || {
		deliver_test "$OPT_TEST"
		exit
	}
	[ -z "$OPT_DROP" ] || {
		drop "$OPT_DROP"
		exit
	}
	undone=0
	[ -z "$OPT_AGAIN" ] || queue_again "$OPT_AGAIN" || undone=1
	deliver_all && exit $undone
	exit 1
}

# drop NAME: what waits by that name, or is in doubt, is not to be sent.
drop() {
	dropped=
	for item in "$STATE"/outbox/*; do
		case ${item##*/} in
		"$1"|"$1.sending")
			rm -f "$item" "$STATE/later/$1" || return
			dropped=yes ;;
		esac
	done
	[ -n "$dropped" ] || die 1 "nothing called '$1' waits in $STATE/outbox"
	say "$1: dropped"
}

# deliver_test CHANNEL sends an invented paper by it, and nothing else.
deliver_test() {
	is_channel "$1" || misuse "--test: there is no way called '$1'"
	RUN=$STATE/runs/test
	mkdir -p "$RUN" || no_room "to $RUN" || return
	jq -nc --arg day "$TODAY" '{ id: "test", title: "A test of paperround",
	    abstract: "Digests will come this way.", announced: $day }' \
	    >"$RUN/papers.jsonl" || no_room "to $RUN" || return
	prepare "$STATE/part" "$1" "" "$RUN/papers.jsonl" "$TODAY" \
	    --title 'Test of paperround' ||
		die 1 "test: could not prepare it for $1"
	paperround-helper finish "$STATE/part" "$STATE/outbox/test.$1" || return
	deliver_one "$STATE/outbox/test.$1" && return
	rm -f "$STATE/outbox/test.$1" "$STATE/later/test.$1"
	return 1
}

# queue_again DAY: all of it once more, by every channel.
queue_again() {
	[ -n "$DELIVER" ] ||
		die 2 "--again: DELIVER in paperround.conf says no way to send it"
	again=$(need_day "$1") || exit
	set -- "$again"
	base=$(archive_base "$1")
	[ -f "$base.report" ] ||
		die 1 "the archive has no $1; try '$PROG day $1'"
	RUN=$STATE/runs/$1
	mkdir -p "$RUN" || no_room "to $RUN" || return
	OPT_DELIVER=yes
	# Whatever of it can be read.
	rm -f "$RUN/again.jsonl"
	[ ! -f "$base.jsonl" ] ||
		paper-filter -q -o "$RUN/again.jsonl" "$base.jsonl" || {
		warn "$1: papers are missing, see above"
		undone=1
	}
	queue "$1" "$base.report" "$RUN/again.jsonl" "$1" && return "$undone"
}

# ---------------------------------------------------------------- channels

is_channel() {
	case $1 in
	mail|slack|directory|command) ;;
	*)	return 1 ;;
	esac
}

# open_channels: a channel that is new has missed what is there already.  It
# is not sent by surprise, and not kept silent about either.
open_channels() {
	[ "$OPT_DELIVER" = yes ] || return 0
	mkdir -p "$STATE/queued" "$STATE/channels" || no_room "to $STATE" ||
		return
	for channel in $DELIVER; do
		is_channel "$channel" || continue
		[ -f "$STATE/channels/$channel" ] || open_channel "$channel" ||
			no_room "to $STATE" || return
	done
}

open_channel() {
	find -L "$STATE/seen" -type f -name '[0-9]*' | over_files awk '
		{ n = split(FILENAME, path, "/"); print path[n], $1 }' \
		>"$STATE/channel.part" || return
	older=$(cut -d ' ' -f 1 "$STATE/channel.part" | sort -u | wc -l)
	# What 0.1.0 delivered by it is no news.
	[ "$older" = 0 ] || [ -n "$(find -L "$STATE/outbox" "$STATE/sent" \
	    -name "*.$1")" ] ||
		warn "$1: $older $(plural "$older" day) counted as delivered" \
		    "before this channel existed; '$PROG deliver --again DAY' sends one"
	echo "since $TODAY" >>"$STATE/channel.part" &&
	    paperround-helper finish "$STATE/channel.part" "$STATE/channels/$1"
}

# given DAY CHANNEL prints the ids of the day that the channel has been given.
given() {
	sed -n "s/^$1 //p" "$STATE/channels/$2" 2>/dev/null
	for ids in "$STATE/queued/$1.$2/ids" "$STATE/queued/$1"-late-*".$2/ids"
	do
		[ ! -f "$ids" ] || cat "$ids"
	done
}

# ------------------------------------------------------------- into the outbox

# queue_day RESULT queues the papers of $DAY for each channel that has not been
# given them yet: all of them the first time, the late ones if a day that was
# incomplete is finished afterwards.  An outage is told once, until it ends.
queue_day() {
	base=$(archive_base "$DAY")
	if [ "$1" = outage ]; then
		queue_outage "$base"
		return
	fi
	[ "$DAY" != "$TODAY" ] || rm -f "$STATE/outage"
	[ "$1" != empty ] || return 0
	[ ! -f "$base.jsonl" ] || mark_seen "$base.jsonl" || return
	[ "$OPT_DELIVER" = yes ] || return 0
	unqueued=0
	for channel in $DELIVER; do
		queue_new "$channel" "$base" || unqueued=1
	done
	return $unqueued
}

# settle_day: the same where nobody may have done it, but for what came before
# a channel was there.
settle_day() {
	base=$(archive_base "$DAY")
	mark_seen "$base.jsonl" || return
	[ "$OPT_DELIVER" = yes ] || return 0
	unqueued=0
	for channel in $DELIVER; do
		is_channel "$channel" || continue
		is_before "$DAY" "$(given since "$channel")" ||
			queue_new "$channel" "$base" || unqueued=1
	done
	return $unqueued
}

# mark_seen PAPERS: those that this day brings are not brought with another.
mark_seen() {
	seen=$STATE/seen/$DAY
	rm -f "$RUN/seen.part"
	[ -f "$seen" ] || printf '' >"$seen"
	paper-filter -q -w "$IS_JUDGED" --seen "$seen" \
	    --mark-seen "$RUN/seen.part" "$1" >/dev/null || return
	[ -s "$RUN/seen.part" ] || return 0
	cat "$seen" "$RUN/seen.part" >"$STATE/seen.part" &&
		paperround-helper finish "$STATE/seen.part" "$seen"
}

# queue_new CHANNEL BASE: what the channel has not been given of $DAY.
queue_new() {
	given "$DAY" "$1" >"$RUN/given"
	if [ ! -s "$RUN/given" ] && [ ! -d "$STATE/queued/$DAY.$1" ]; then
		queue_once "$DAY" "$1" "$2.report" "$2.jsonl" "$DAY"
		return
	fi
	late=$RUN/late.jsonl
	paper-filter -q -w "$IS_JUDGED" --seen "$RUN/given" -o "$late" \
	    "$2.jsonl" || return
	if [ ! -s "$late" ]; then
		[ "$COMMAND" = today ] || warn "$DAY: $1 has been given it;" \
		    "'$PROG deliver --again $DAY' sends it once more"
		return
	fi
	# The day's report speaks of more papers than these.
	queue_once "$DAY-late-$(lines "$RUN/given")" "$1" "" "$late" \
	    "$DAY" --title 'Late papers'
}

# queue_outage BASE: one that goes on for days is told on its first.  A past day
# that cannot be made up for is told too, but begins none.  Papers that were
# judged before it come with the others, when it is over.
queue_outage() {
	[ "$OPT_DELIVER" = yes ] || return 0
	[ "$DAY" != "$TODAY" ] || [ ! -f "$STATE/outage" ] || return 0
	unqueued=0
	for channel in $DELIVER; do
		queue_once "$DAY-outage" "$channel" "$1.report" "" "$DAY" ||
			unqueued=1
	done
	[ "$DAY" != "$TODAY" ] || echo "$DAY" >"$STATE/outage" || unqueued=1
	return $unqueued
}

# queue_once LABEL CHANNEL REPORT PAPERS DAY [OPTION ...]: the channel has been
# given these papers as soon as the folder has its name; the document then
# goes to the outbox, now or with the next run.
queue_once() {
	item=$1.$2
	[ ! -d "$STATE/queued/$item" ] || return 0
	shift
	rm -rf "$STATE/queued.part"
	mkdir "$STATE/queued.part" || no_room "to $STATE" || return
	if ! prepare "$STATE/queued.part/document" "$@"; then
		warn "${item%.*}: could not prepare it for $1"
		return 1
	fi
	[ ! -f "$3" ] || paper-filter -q -w "$IS_JUDGED" \
	    --mark-seen "$STATE/queued.part/ids" "$3" >/dev/null || return
	paperround-helper finish "$STATE/queued.part" "$STATE/queued/$item" &&
		hand_over "$STATE/queued/$item"
}

# hand_over FOLDER: its document, to the outbox.
hand_over() {
	paperround-helper finish "$1/document" "$STATE/outbox/${1##*/}"
}

# queue LABEL REPORT PAPERS DAY [OPTION ...]: for each channel, however often.
queue() {
	[ "$OPT_DELIVER" = yes ] || return 0
	queued=$1 unqueued=0
	shift
	for channel in $DELIVER; do
		if prepare "$STATE/part" "$channel" "$@"; then
			paperround-helper finish "$STATE/part" \
			    "$STATE/outbox/$queued.$channel" &&
			    [ "$in_part" = 0 ] || unqueued=1
		else
			warn "$queued: could not prepare it for $channel"
			unqueued=1
		fi
	done
	return $unqueued
}

# prepare OUTPUT CHANNEL REPORT PAPERS DAY [OPTION ...] renders for the channel;
# $in_part is 1 if not all could be read.
prepare() {
	document=$1 way=$2 report_of=$3 papers_of=$4 day_of=$5
	shift 5
	case $way in
	mail)	set -- --mail-from "$(mail_from)" \
		    --mail-to "$(mail_to)" "$@"
		[ -z "$SITE_URL" ] ||
			set -- --up "On the web=$(page_of "$day_of" "$*")" "$@"
		way=email ;;
	slack)	;;
	directory) way=html ;;
	command) way=${DELIVER_FORMAT:-markdown} ;;
	*)	warn "DELIVER: there is no way called '$way'"
		return 1 ;;
	esac
	in_part=0
	render "$way" "$document" "$report_of" "$papers_of" "$day_of" "$@" ||
		in_part=$?
	[ "$in_part" -le 1 ]
}

# page_of DAY OPTIONS prints where a reader finds the same on the web: the page
# of a month or a day, else the first one.
page_of() {
	page=${1%%-*}/$(echo "$1" | cut -c6-7)
	case " $2 " in
	*' --view month '*) page=$page/index ;;
	*' --view '*) page=index ;;
	*)	page=$page/$1
		[ -s "$DATA/archive/$page.jsonl" ] || page=index ;;
	esac
	echo "${SITE_URL%/}/$page.html"
}

# ------------------------------------------------------------ out of the outbox

# deliver_all sends what waits.  Fails if anything could not be sent.
deliver_all() {
	undelivered=0
	for item in "$STATE"/queued/*/document; do
		[ ! -f "$item" ] || hand_over "${item%/*}" || undelivered=1
	done
	for item in "$STATE"/outbox/*; do
		case $item in
		*'/*')	continue ;;
		*.sending)
			tell_doubt "$item" || undelivered=1
			continue ;;
		esac
		deliver_one "$item" || undelivered=1
	done
	return $undelivered
}

# tell_doubt FILE fails, since nobody knows.
tell_doubt() {
	warn "$1 was being sent when a run was killed; it may have arrived:" \
	    "remove it, or drop .sending from its name to send it again"
	return 1
}

# deliver_one FILE: outbox/LABEL.CHANNEL.
deliver_one() {
	name=${1##*/}
	label=${name%.*} channel=${name##*.}
	is_channel "$channel" || {
		warn "$name: there is no way called '$channel' to send it by;" \
		    "'$PROG deliver --drop $name' removes it"
		return 1
	}
	paperround-helper finish "$1" "$1.sending" || return
	("send_$channel" "$1.sending" "$label") 9>&- </dev/null
	sent=$?
	if [ $sent = 0 ]; then
		paperround-helper finish "$1.sending" "$STATE/sent/$name" ||
			return
		say "$label: delivered by $channel"
	elif [ $sent -gt 128 ]; then
		tell_doubt "$1.sending"
	else
		mv "$1.sending" "$1"
		case $label in
		test)	warn "test: $channel failed" ;;
		*)	warn "$label: $channel failed; the next run tries again" ;;
		esac
		return 1
	fi
}

# ------------------------------------------------------------------ the ways

# send_CHANNEL FILE LABEL; status 0 means that it has arrived.  Each runs in a
# shell of its own and without the lock, since a mailer may go on in the
# background; what it has in hand ends in .sending.

# curl gets addresses and secrets from a file, since everybody can read a
# command line, and no settings from elsewhere, which might lead it astray.
curl_with() {
	curl -q --silent --show-error --fail \
	    --max-time "${DELIVER_TIMEOUT:-60}" --config - "$@"
}

# may_ask web|mail VARIABLE URL prints what curl is to be told to ask it.
may_ask() {
	line "$3" | paperround-helper url "$1" && return
	warn "$2 is not asked: see above"
	return 1
}

# is_set VARIABLE of the configuration.
is_set() {
	eval "[ -n \"\${$1-}\" ]" && return
	warn "$1 is not set in paperround.conf"
	return 1
}

quoted() { line "$1" | sed 's/[\\"]/\\&/g'; }

mail_from()	{ printf '%s\n' "${MAIL_FROM:-$(id -un)@$(uname -n)}"; }

# mail_to prints MAIL_TO as mails have it; a blank parts addresses, unless some
# have names.
mail_to() {
	case ${MAIL_TO:-$(id -un)} in
	*'<'*)	printf '%s\n' "$MAIL_TO" ;;
	*)	printf '%s\n' "${MAIL_TO:-$(id -un)}" |
		    sed 's/^[, ]*//; s/[, ]*$//; s/[, ][, ]*/, /g' ;;
	esac
}

# addresses LIST: without their names, one a line.
addresses() {
	printf '%s\n' "$1" | sed 's/\\.//g; s/"[^"]*"//g' | tr ',' '\n' |
	    sed 's/.*<\(.*\)>.*/\1/; s/ //g'
}

# smtp_address prints SMTP_URL with what stands after the host there: who we say
# we are.  Without it curl would take the name of the file.
smtp_address() {
	case ${SMTP_URL#*://} in
	*/?*)	line "$SMTP_URL" ;;
	*)	line "${SMTP_URL%/}/$(uname -n)" ;;
	esac
}

send_mail() {
	if [ -z "${SMTP_URL-}" ]; then
		mailer=${SENDMAIL:-sendmail}
		# cron's PATH does not have the folder where it usually is.
		(PATH=$PATH:/usr/sbin:/usr/lib
		have "${mailer%% *}" || {
			warn "there is no $mailer; set SENDMAIL, or SMTP_URL," \
			    "in paperround.conf"
			exit 1
		}
		exec $mailer -t -oi <"$1")
		return
	fi
	server=$(may_ask mail SMTP_URL "$(smtp_address)") || {
		warn "SMTP_NETRC is the place for a name and a password"
		return 1
	}
	mkdir -p "$STATE/later" || return
	later=${1##*/}
	later=$STATE/later/${later%.sending}
	if [ -s "$later" ]; then
		TO=$(cat "$later")
	else
		TO=$(addresses "$(mail_to)")
	fi
	export TO
	# The last one is not waited for.
	for pause in 5 15 40 61; do
		smtp_try "$1" "$pause" >"$STATE/part"
		{
			read -r outcome pause
			TO=$(cat)
		} <"$STATE/part"
		case $outcome$TO in
		failed*) return 1 ;;
		sent)	rm -f "$later"
			return ;;
		# The others have it, and are not to get it twice.
		sent*)	printf '%s\n' "$TO" >"$later" || return ;;
		esac
		[ -n "$TO" ] && [ "$pause" -le 60 ] || return 1
		say "mail: put off by the server, goes on in $pause s"
		sleep "$pause"
	done
}

# smtp_try FILE SECONDS sends it to those that $TO lists, and prints first
# "sent", "later" or "failed" and the seconds to wait, its own if the server
# says some; then who of them is still to get it.  One address that is refused
# does not cost the others their mail.  What curl says to the server is not
# kept: a password is part of it.
smtp_try() {
	{
		smtp_request | curl_with --verbose --crlf --upload-file "$1" 2>&1
		echo "status $?"
	} | (
		smtp_secrets
		# What is said tells the terminal nothing.
		export TELL="paperround-helper hide |
		    jq -Rr 'gsub(\"\\\\p{C}\"; \"\")' >&2"
		exec awk -v say="$PROG: mail: " -v pause="$2" '
		function tell(text) { print text | ENVIRON["TELL"] }
		BEGIN { wait = " [0-9]+ *(s|secs?|seconds?|m|mins?|minutes?)" \
		    "([^a-z]|$)" }
		{ sub(/\r$/, "") }
		sub(/^> RCPT TO:</, "") { sub(/>.*/, ""); to = $0; next }
		/^< [45]/ && to != "" {
			fate[to] = substr($0, 3, 1)
			tell(say to " is " (fate[to] == 5 ? "refused" : \
			    "put off") ": " substr($0, 3))
		}
		/^< 4/ {
			later = 1
			if (pause <= 60 && match($0, wait)) {
				pause = substr($0, RSTART + 1) + 0
				if (substr($0, RSTART) ~ /^ [0-9]+ *m/)
					pause *= 60
			}
		}
		/^</ { to = "" }
		/^curl:/ { tell($0) }
		/^status / { status = $2 }
		END {
			print (status == 0 ? "sent" : later ? "later" : \
			    "failed"), pause
			n = split(ENVIRON["TO"], list, "\n")
			for (i = 1; i <= n; i++)
				if (fate[list[i]] == 4 ||
				    (status != 0 && fate[list[i]] != 5))
					print list[i]
		}')
}

# smtp_secrets: the passwords of SMTP_NETRC, for paperround-helper hide: a server
# may repeat what it was told.
smtp_secrets() {
	n=0
	while IFS= read -r word; do
		n=$((n + 1))
		export "SMTP_${n}_API_KEY=$word"
	done <<END
$(passwords "${SMTP_NETRC:-/dev/null}")
END
}

# passwords NETRC prints them, a line each, as curl reads them.
passwords() {
	awk '
	function word(  w, i, c) {
		sub(/^[ \t\r\n]+/, "", text)
		if (text !~ /^"/) {
			match(text, /^[^ \t\r\n]*/)
			w = substr(text, 1, RLENGTH)
			text = substr(text, RLENGTH + 1)
			return w
		}
		for (i = 2; i <= length(text); i++) {
			c = substr(text, i, 1)
			if (c == "\"")
				break
			w = w (c == "\\" ? substr(text, ++i, 1) : c)
		}
		text = substr(text, i + 1)
		return w
	}
	{ text = text $0 "\n" }
	END {
		while ((name = word()) != "")
			if (name == "password")
				print word()
			else if (name ~ /^(machine|login|account)$/)
				word()
	}' "$1"
}

smtp_request() {
	printf '%s\n' "$server" mail-rcpt-allowfails
	printf 'mail-from = "%s"\n' "$(quoted "$(addresses "$(mail_from)")")"
	printf '%s\n' "$TO" | while IFS= read -r to; do
		printf 'mail-rcpt = "%s"\n' "$(quoted "$to")"
	done
	[ -z "${SMTP_NETRC-}" ] ||
		printf 'netrc-file = "%s"\n' "$(quoted "$SMTP_NETRC")"
}

# Slack takes a message a line.  Those that arrived are cut off the file, so
# that after a failure the rest is sent and not the whole.
send_slack() {
	is_set SLACK_WEBHOOK || return
	server=$(may_ask web SLACK_WEBHOOK "$SLACK_WEBHOOK") || return 1
	while [ -s "$1" ]; do
		head -n 1 "$1" >"$STATE/part"
		post_slack "$STATE/part" || return 1
		sed 1d "$1" >"$STATE/part" && mv "$STATE/part" "$1"
	done
}

# Slack takes a message a second, and says how long to wait.  Any other failure
# may mean that the message has arrived; a redirect is not followed.
post_slack() {
	for pause in 1 2 4 8 16; do
		head=$(line "$server" |
		    curl_with --dump-header - --output /dev/null \
			--header 'Content-Type: application/json' \
			--data-binary @"$1")
		asked=$?
		# shellcheck disable=SC2046 # two words
		set -- "$1" $(printf '%s\n' "$head" | awk -v pause=$pause '
			/^HTTP/ { status = $2 }
			tolower($1) == "retry-after:" { pause = $2 + 0 }
			END { print status + 0, int(pause + 0.999) }')
		case $asked:$2 in
		0:2*)	return ;;
		0:*)	warn "SLACK_WEBHOOK answers $2, so it is another address" ;;
		esac
		[ "$2" = 429 ] && [ "$3" -le 60 ] || return 1
		say "slack: too fast, goes on in $3 s"
		sleep "$3"
	done
	return 1
}

# A folder that a web server shows, or that is copied elsewhere by rsync.
send_directory() {
	is_set DIRECTORY || return
	mkdir -p "$DIRECTORY" && put "$1" "$DIRECTORY/$2.html"
}

# The user's command reads the digest; LABEL says which one it is.
send_command() {
	is_set DELIVER_COMMAND || return
	LABEL=$2
	export LABEL
	eval "$DELIVER_COMMAND" <"$1"
}
