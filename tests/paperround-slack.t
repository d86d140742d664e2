#!/bin/sh
# Digests to Slack, which takes a message a second and says so.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/llm-score-lib.sh"

conf=$HOME/.config/paperround
outbox=$HOME/.local/state/paperround/outbox
mkdir -p "$conf" "$outbox"
messages() {
	for n; do echo "{\"messages\":[{\"role\":\"user\",\"content\":\"$n\"}],\"model\":\"\"}"; done
}
# What the server took, of what it was sent.
taken() { jq -r .user "$log" | tr '\n' ' '; }

server '[{"body":"ok","times":1},
    {"status":429,"headers":{"Retry-After":"1"},"body":"rate_limited","times":1},
    {"status":429,"body":"rate_limited","times":1}, {"body":"ok"}]'
{
	echo DELIVER=slack
	echo "SLACK_WEBHOOK=${url%/v1}/services/x"
} >"$conf/paperround.conf"
messages 1 2 3 >"$outbox/2025-10-17.slack"
is "three messages, one of them too fast twice" \
    "$(status_of paperround deliver)" 0
is "  arrive" "$(taken)" "1 2 2 2 3 "
like "  after what is said" "$(cat "$T/err")" "*slack: too fast, goes on in 1 s*"
is "  and none waits" "$(ls "$outbox")" ""

script '[{"body":"ok","times":1},
    {"status":429,"headers":{"Retry-After":"3600"},"body":"rate_limited"}]'
messages 1 2 3 >"$outbox/2025-10-18.slack"
is "an hour is not waited for" "$(status_of paperround deliver)" 1
is "  nor asked again" "$(taken)" "1 2 "
is "  the rest waits for the next run" \
    "$(jq -r ".messages[0].content" "$outbox/2025-10-18.slack" | tr '\n' ' ')" "2 3 "

script '[{"status":500,"body":"fatal_error"}]'
is "what may have arrived is not sent again at once" \
    "$(status_of paperround deliver)" 1
is "  but by the next run" "$(taken)" "2 "

# Nor by a setting of curl's.
printf 'location\ninsecure\n' >"$HOME/.curlrc"
script '[{"status":302,"headers":{"Location":"/elsewhere"},"body":"","times":1}]'
is "a redirect is not followed" "$(status_of paperround deliver)" 1
is "  anywhere" "$(taken)" "2 "
like "  which is said" "$(cat "$T/err")" \
    "*SLACK_WEBHOOK answers 302*2025-10-18: slack failed*"
is "  and what arrived nowhere waits" "$(ls "$outbox")" 2025-10-18.slack
done_testing
