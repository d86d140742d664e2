#!/bin/sh
# Digests by mail: through a real SMTP server on loopback, through sendmail,
# and with addresses and secrets out of everybody's sight.
# shellcheck disable=SC2016 # what stands in the configuration is for its shell
. "$(dirname "$0")/lib.sh"

"$PYTHON" -c 'import aiosmtpd' 2>/dev/null || {
	skip "mail" "no python3-aiosmtpd"
	done_testing
}
"$PYTHON" "$SRCDIR/tests/server/smtp_server.py" "$T" 2>"$T/smtp.log" &
server=$!
cleanup="kill $server 2>/dev/null"
await "$T/port"
port=$(cat "$T/port")

conf=$HOME/.config/paperround/paperround.conf
mkdir -p "${conf%/*}"
cat >"$T/feed" <<'END'
{"id":"2513.00001","title":"Émigré bees \n.\nBcc: x@example.org","announced":"2025-10-16"}
{"id":"2513.00002","title":"Tides","announced":"2025-10-16"}
END
cat >"$conf" <<END
FETCH='cat "$T/feed"'
FILTER=cat
SCORE='sed "s/}\$/,\"score\":{\"relevance\":9,\"novelty\":null}}/"'
FORMATS=markdown
DELIVER=mail
MAIL_FROM=paperround@example.org
MAIL_TO='one@example.org two@example.org'
SMTP_URL=smtp://127.0.0.1:$port
SMTP_NETRC=$T/netrc
END
# As curl reads it: the name is no word of its own.
cat >"$T/netrc" <<'END'
machine other.example.org login password password "very se cret"
machine mail.example.org login me password verysecret
END
run() { status_of paperround -q --now "2025-10-${1}T12:00:00Z" today; }

# How long it would sleep.
mkdir "$T/clock"
cat >"$T/clock/sleep" <<END
#!/bin/sh
echo "\$*" >>"$T/slept"
END
chmod +x "$T/clock/sleep"
PATH=$T/clock:$PATH
slept() { tr '\n' ' ' <"$T/slept"; : >"$T/slept"; }

# The server does not want to for now.
: >"$T/refuse"
is "a server that refuses" "$(run 16)" 1
is "  is asked four times within a minute" "$(slept)" "5 15 40 "
like "  is told" "$(cat "$T/err")" "*2025-10-16: mail failed; the next run tries again*"
printf '%s\n' '451 4.7.1 service for 3 secs not' '452 4.3.1 some' >"$T/refuse"
is "the next run" "$(run 16)" 0
is "  asks until it does" "$(slept)" "3 15 "
is "  sends one mail" "$(find "$T" -name 'mail.*' | wc -l)" 1
is "  from and to whom it should" "$(sed '/^$/q' "$T/mail.1")" \
    "Host $(uname -n)
From paperround@example.org
To one@example.org
To two@example.org"
is "one more run" "$(run 16)" 0
is "  sends no second one" "$(find "$T" -name 'mail.*' | wc -l)" 1

sed '1,/^$/d' "$T/mail.1" >"$T/message"
"$PYTHON" - "$T/message" >"$T/parsed" <<'END'
import email, email.policy, sys
with open(sys.argv[1], "rb") as f:
    m = email.message_from_binary_file(f, policy=email.policy.default)
print(m["From"], "/", m["To"], "/", m["Bcc"], "/", m["Subject"])
print(m.get_body(("plain",)).get_content())
END
is "the head of the mail" "$(head -n 1 "$T/parsed")" \
    "paperround@example.org / one@example.org, two@example.org / None / Personalized Daily ArXiv Papers 2025-10-16 (2 scanned, 2 relevant)"
ok "its text" grep -q 'Émigré bees' "$T/parsed"
ok "  and what comes after a lone dot" grep -q 'Tides' "$T/parsed"

# Names beside the addresses, and one who is not there any more.
cat >>"$conf" <<'END'
MAIL_FROM='Paper Round <paperround@example.org>'
MAIL_TO='"Ek, \"Å, s\" a" <one@example.org>, gone@example.org, Bo <two@example.org>'
END
printf 'is verysecret you? \033]0;x\007very se cret' >"$T/quote"
is "one of three is refused" "$(run 17)" 0
is "  the others have it" "$(sed '/^$/q' "$T/mail.2" | grep -v Host)" \
    "From paperround@example.org
To one@example.org
To two@example.org"
like "  and it is said" "$(cat "$T/err")" \
    "*paperround: mail: gone@example.org is refused: 550 5.1.1 no such user is \*\*\*\*\*\*\*\*\*\* you? ]0;x\*\*\*\*\*\*\*\*\*\*\*\*"
is "one more run" "$(run 17)" 0
is "  sends it to nobody again" "$(find "$T" -name 'mail.*' | wc -l)" 2

# Those that the server puts off get it within the run if it says when, else by
# the next one, and nobody twice.
cat >>"$conf" <<'END'
MAIL_TO='one@example.org, slow@example.org, gone@example.org'
END
envelope() { sed '/^$/q' "$T/mail.$1" | sed -n 's/^To //p' | tr '\n' ' '; }
echo '450 4.7.1 greylisted, try again in 7 seconds' >"$T/slow"
is "one of three is put off" "$(run 20)" 0
is "  for as long as the server says" "$(slept)" "7 "
is "  the other one has it" "$(envelope 3)" "one@example.org "
is "  before it comes" "$(envelope 4)" "slow@example.org "
like "  which is said" "$(cat "$T/err")" \
    "*mail: slow@example.org is put off: 450 4.7.1 greylisted*"
echo '451 4.7.1 come back in 5 minutes' >"$T/slow"
is "put off for longer" "$(run 21)" 1
is "  is not waited for" "$(slept)" ""
is "  nor does it cost the other one a mail" "$(envelope 5)" "one@example.org "
like "  and the next run tries again" "$(cat "$T/err")" "*the next run tries again*"
is "the next run" "$(run 21)" 0
is "  sends it to nobody else" "$(envelope 6)" "slow@example.org "
is "  nor again" "$(run 21) $(find "$T" -name 'mail.*' | wc -l)" "0 6"
is "  and forgets it" "$(ls "$HOME/.local/state/paperround/later")" ""

# No server at all, then a sendmail.
kill "$server"
is "a server that is down" "$(run 22)" 1
like "  is said to be" "$(cat "$T/err")" "*curl: (7) *mail failed; the next run tries again*"
cat >"$T/sendmail" <<END
#!/bin/sh
echo "\$*" >"$T/sendmail.args"
cat >"$T/sendmail.in"
END
chmod +x "$T/sendmail"
echo "SMTP_URL= SENDMAIL=$T/sendmail" >>"$conf"
is "sendmail instead" "$(run 22)" 0
is "  gets the recipients from the mail" "$(cat "$T/sendmail.args")" "-t -oi"
ok "  which names them" grep -q '^To: .*one@example.org' "$T/sendmail.in"

# A mail leads to its page, where that can be read.
echo 'SITE_URL=https://ann.example/papers/ FORMATS=' >>"$conf"
page() { sed -n 's/^List-Archive: <\(.*\)>/\1/p' "$T/sendmail.in"; }
rm "$T/sendmail.in"
is "a day's mail" "$(status_of paperround -q deliver --again 2025-10-16) $(page)" \
    "0 https://ann.example/papers/2025/10/2025-10-16.html"
is "a week's" "$(status_of paperround -q --deliver week 2025-10-16) $(page)" \
    "0 https://ann.example/papers/index.html"
is "a month's" "$(status_of paperround -q --deliver month 2025-10) $(page)" \
    "0 https://ann.example/papers/2025/10/index.html"
is "one of no day" "$(status_of paperround -q --now 2025-11-20 deliver --test mail) $(page)" \
    "0 https://ann.example/papers/index.html"
echo FORMATS=markdown >>"$conf"

# A look at every command line of curl.
mkdir "$T/bin"
cat >"$T/bin/curl" <<END
#!/bin/sh
echo "\$*" >>"$T/curl.args"
cat >>"$T/curl.config"
echo HTTP/1.1 200 OK
END
chmod +x "$T/bin/curl"
PATH=$T/bin:$PATH
cat >>"$conf" <<'END'
SMTP_URL=smtp://mail.example.org
DELIVER='mail slack'
SLACK_WEBHOOK='https://hooks.example.org/verysecret"x'
END
is "with secrets" "$(run 23)" 0
ok "  curl has them from its configuration" grep -q verysecret "$T/curl.config"
is "  and not from its command line" "$(grep -c verysecret "$T/curl.args")" 0
is "  nor settings from elsewhere" "$(grep -vc -- '^-q ' "$T/curl.args")" 0
ok "  a quote in an address stays inside" \
    grep -qF 'verysecret\"x"' "$T/curl.config"
ok "  TLS is required" grep -q ssl-reqd "$T/curl.config"
for url in smtp://localhost.evil.example smtp://127.evil.example; do
	: >"$T/curl.config"
	echo "DELIVER=mail SMTP_URL=$url" >>"$conf"
	is "mail by $url" "$(status_of paperround -q deliver --test mail)" 0
	ok "  needs TLS" grep -q ssl-reqd "$T/curl.config"
done
for url in smtp://localhost:1@evil.example smtp://me:verysecret@mail.example.org \
    ftp://mail.example.org; do
	: >"$T/curl.args"
	echo "DELIVER=mail SMTP_URL=$url" >>"$conf"
	is "mail by $url" "$(status_of paperround -q deliver --test mail)" 1
	like "  is refused" "$(cat "$T/err")" "*SMTP_URL is not asked*SMTP_NETRC*"
	is "  without a request, or the secret" \
	    "$(cat "$T/curl.args"; grep verysecret "$T/err")" ""
done
: >"$T/curl.args"
echo "SLACK_WEBHOOK=http://hooks.example.org/verysecret" >>"$conf"
is "Slack without TLS" "$(status_of paperround -q deliver --test slack)" 1
like "  is refused" "$(cat "$T/err")" "*http without TLS is for loopback only*SLACK_WEBHOOK is not asked*"
is "  without a request, or the secret" \
    "$(cat "$T/curl.args"; grep verysecret "$T/err")" ""
is "no file keeps them" \
    "$(grep -rl verysecret "$HOME/.local")" ""
done_testing
