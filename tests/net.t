#!/bin/sh
# Who is believed, and by which way: certificates, authorities of one's own,
# proxies and HTTP/2, for everything that talks.
# shellcheck disable=SC2016,SC2030,SC2031 # the shells below have settings each
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"
. "$SRCDIR/tests/llm-score-lib.sh"

for tool in openssl curl; do
	command -v $tool >/dev/null || {
		skip "TLS and proxies" "no $tool"
		done_testing
	}
done
mail=yes
"$PYTHON" -c 'import aiosmtpd' 2>/dev/null || mail=

# An authority, and what it vouches for: NAME FROM UNTIL HOST
mkdir "$T/ca" "$T/net"
cat >"$T/ca/cnf" <<END
[ca]
default_ca = us
[us]
database = $T/ca/index
new_certs_dir = $T/ca
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
END
: >"$T/ca/index"
key() { openssl req -newkey rsa:2048 -nodes "$@" 2>/dev/null; }
authority() {
	key -x509 -days 2 -subj "/CN=$1" -keyout "$T/$1.key" -out "$T/$1.pem"
}
vouch() {
	key -subj "/CN=$4" -addext "subjectAltName=DNS:$4,DNS:mail.example.org" \
	    -keyout "$T/$1.pem" -out "$T/$1.csr"
	openssl ca -batch -notext -config "$T/ca/cnf" -in "$T/$1.csr" \
	    -cert "$T/ours.pem" -keyfile "$T/ours.key" -startdate "$2" \
	    -enddate "$3" -out "$T/$1.crt" 2>/dev/null
	cat "$T/$1.crt" >>"$T/$1.pem"
}
authority ours
authority theirs
vouch good 20200101000000Z 20490101000000Z localhost
vouch expired 20200101000000Z 20200201000000Z localhost
vouch early 20480101000000Z 20490101000000Z localhost
vouch foreign 20200101000000Z 20490101000000Z elsewhere.example
key -x509 -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$T/self.pem" -out "$T/self.crt"
cat "$T/self.crt" >>"$T/self.pem"
for of in ours theirs; do
	mkdir "$T/$of.d"
	cp "$T/$of.pem" "$T/$of.d"
	openssl rehash "$T/$of.d"
done

# The servers, and TLS before them.
start_arxiv
server '[{"has":"to slack","body":"ok"}]'
llm=${url#http://*:}
path=/${llm#*/} llm=${llm%%/*}
arxiv=$(cat "$T/port")
smtp=
if [ "$mail" ]; then
	mkdir "$T/smtp"
	SMTP_SERVER_CERT=$T/good.pem "$PYTHON" \
	    "$SRCDIR/tests/server/smtp_server.py" "$T/smtp" 2>/dev/null &
	smtpd=$!
	await "$T/smtp/port"
	smtp=$(cat "$T/smtp/port")
fi
set -- proxy=proxy
for certificate in good expired early foreign self; do
	set -- "$@" "arxiv.$certificate=$T/$certificate.pem:$arxiv" \
	    "llm.$certificate=$T/$certificate.pem:$llm" \
	    "smtp.$certificate=$T/$certificate.pem:${smtp:-1}"
done
"$PYTHON" "$SRCDIR/tests/server/tunnel.py" "$T/net" "$@" 2>/dev/null &
tunnel=$!
cleanup="server_stop; kill $server $tunnel ${smtpd-} 2>/dev/null"
await "$T/net/smtp.self"
port() { cat "$T/net/$1"; }

# TALKER PORT [HOST]: 1 if it has what it wanted, else 0.
papers 1 >"$T/papers"
arxiv_fetch() {
	rm -rf "$T/cache"
	XDG_CACHE_HOME=$T/cache arxiv-fetch --base-url \
	    "https://${2-localhost}:$1" --no-cache --retries 0 \
	    --id 2613.00001 2>"$T/err" | grep -c '^{"id":'
}
llm_score() {
	LLM_API_KEY=sk-verysecret llm-score -T "$T/topics.md" -m gpt-5 \
	    --no-cache --base-url "https://${2-localhost}:$1$path" --retries 0 \
	    "$T/papers" 2>"$T/err" | grep -c '"score":'
}
llm_batch() {
	LLM_API_KEY=sk-verysecret \
	    LLM_BATCH_URL="https://${2-localhost}:$1$path" \
	    llm-batch poll openai b-1 2>"$T/err" | grep -c -e '^in_progress$' \
	    -e '^completed$'
}
conf=$HOME/.config/paperround/paperround.conf
outbox=$HOME/.local/state/paperround/outbox
mkdir -p "${conf%/*}" "$outbox"
printf 'location\ninsecure\n' >"$HOME/.curlrc"
# deliver CHANNEL: what waits for it.
deliver() {
	rm -f "$outbox"/*
	case $1 in
	slack)	echo '{"messages":[{"role":"user","content":"to slack"}],"model":""}' ;;
	mail)	printf 'Subject: x\n\nx\n' ;;
	esac >"$outbox/2025-10-17.$1"
	paperround -q deliver >"$T/out" 2>"$T/err" && echo 1 || echo 0
}
slack() {
	echo "SLACK_WEBHOOK=https://${2-localhost}:$1${path}verysecret" >"$conf"
	deliver slack
}
echo 'default login me password verysecret' >"$T/netrc"
mail() {
	cat >"$conf" <<-END
		SMTP_URL=smtps://${2-localhost}:$1
		SMTP_NETRC=$T/netrc
		MAIL_TO=you@example.org
	END
	deliver mail
}

talkers='arxiv_fetch:arxiv llm_score:llm llm_batch:llm slack:llm'
[ -z "$mail" ] || talkers="$talkers mail:smtp"
SSL_CERT_FILE=$T/ours.pem
export SSL_CERT_FILE
for talker in $talkers; do
	what=${talker#*:} talker=${talker%:*}
	is "$talker: a good certificate" "$($talker "$(port "$what.good")")" 1
	for certificate in expired early foreign self; do
		is "$talker: a certificate that is $certificate" \
		    "$($talker "$(port "$what.$certificate")")" 0
		like "  is what is wrong" "$(cat "$T/err")" \
		    '*SSL*'
	done
	is "$talker: another authority" "$(SSL_CERT_FILE=$T/theirs.pem \
	    $talker "$(port "$what.good")")" 0
done
unset SSL_CERT_FILE

# Ours believe whom curl believes.  Not tried is a file with a directory: curl
# came to heed the file, too, in between Debian 12's and 13's.
believed() {
	paperround-helper url web <"$T/url" |
	    curl -q -sf -o "$T/page" --config - && echo 1 || echo 0
}
echo "https://localhost:$(port llm.good)$path/models" >"$T/url"
: >"$T/unequal"
with() {
	set -- ${1:+"CURL_CA_BUNDLE=$T/$1"} ${2:+"SSL_CERT_FILE=$T/$2"} \
	    ${3:+"SSL_CERT_DIR=$T/$3"}
	(
		for setting; do
			# shellcheck disable=SC2163 # what it says
			export "${setting%"$T/-"}"
		done
		theirs=$(believed) ours=$(llm_score "$(port llm.good)")
		echo "$ours" >>"$T/believed"
		[ "$theirs" = "$ours" ] ||
			echo "curl: $theirs, ours: $ours, by $*" >>"$T/unequal"
	)
}
for bundle in '' ours.pem theirs.pem none -; do
	for file in '' ours.pem theirs.pem none -; do
		with "$bundle" "$file" ''
	done
	for dir in '' ours.d theirs.d none -; do
		with "$bundle" '' "$dir"
		[ -z "${bundle#-}" ] || with "$bundle" ours.pem "$dir"
	done
done
is "whom curl believes, and nobody else" "$(cat "$T/unequal")" ""
is "  who is somebody, sometimes" "$(sort -u "$T/believed" | xargs)" "0 1"

# Proxies
CURL_CA_BUNDLE=$T/ours.pem
export CURL_CA_BUNDLE
asked() {
	cat "$T/net/proxy.log" 2>/dev/null
	rm -f "$T/net/proxy.log"
}
address=http://127.0.0.1:$(port proxy)
for talker in $talkers; do
	what=${talker#*:} talker=${talker%:*}
	at=$(port "$what.good")
	names='https_proxy HTTPS_PROXY all_proxy ALL_PROXY'
	[ "$talker" != mail ] || names='all_proxy ALL_PROXY'
	for name in $names; do
		is "$talker: \$$name" "$(export "$name=$address"
			$talker "$at" mail.example.org)" 1
		is "  leads there" "$(asked | sort -u)" \
		    "CONNECT mail.example.org:$at"
	done
	is "$talker: \$no_proxy" "$(export all_proxy="$address" \
	    no_proxy=example.org; $talker "$at" mail.example.org)" 0
	is "  asks it nothing" "$(asked)" ""
	is "$talker: this machine is asked by none" "$(export all_proxy="$address" \
	    https_proxy="$address"; $talker "$at")" 1
	is "  asks it nothing" "$(asked)" ""
done
is "a password for the proxy" "$(export \
    https_proxy="http://me:proxysecret@${address#http://}"
    llm_score "$(port llm.good)" mail.example.org)" 1
is "  reaches it" "$(tail -c 10000 "$T/net/proxy.bytes" | grep -ac \
    "^Proxy-Authorization: Basic $(printf me:proxysecret | base64)")" 1

# A proxy that speaks TLS: whom curl believes, again.
"$PYTHON" "$SRCDIR/tests/server/tunnel.py" "$T/net" \
    "secure=$T/good.pem:$(port proxy)" 2>/dev/null &
tunnel="$tunnel $!"
cleanup="server_stop; kill $server $tunnel ${smtpd-} 2>/dev/null"
await "$T/net/secure"
secure=https://localhost:$(port secure)
echo "https://mail.example.org:$(port llm.good)$path/models" >"$T/url"
: >"$T/believed"
for setting in "SSL_CERT_DIR=$T/ours.d" "SSL_CERT_DIR=$T/theirs.d" \
    "SSL_CERT_FILE=$T/ours.pem"; do
	is "by TLS to a proxy, with ${setting%%=*} ${setting##*/}" "$(
		unset CURL_CA_BUNDLE
		export "${setting?}" https_proxy="$secure"
		llm_score "$(port llm.good)" mail.example.org | tee -a "$T/believed"
		)" "$(
		unset CURL_CA_BUNDLE
		export "${setting?}" https_proxy="$secure"
		believed)"
done
is "  is believed, sometimes" "$(sort -u "$T/believed" | xargs)" "0 1"
is "no proxy has seen a secret" "$(grep -ac verysecret "$T/net/proxy.bytes")" 0

# Without TLS, what is for this machine does not leave it.
http_proxy=$address https_proxy=$address all_proxy=$address
export http_proxy https_proxy all_proxy
asked >/dev/null
is "llm-score without TLS" "$(LLM_API_KEY=sk-verysecret llm-score \
    -T "$T/topics.md" -m gpt-5 --no-cache --base-url "$url" "$T/papers" |
    grep -c '"score":')" 1
is "llm-batch without TLS" "$(LLM_API_KEY=sk-verysecret LLM_BATCH_URL=$url \
    llm-batch poll openai b-1)" completed
echo "SLACK_WEBHOOK=http://localhost:$llm${path}verysecret" >"$conf"
is "Slack without TLS" "$(deliver slack)" 1
[ -z "$mail" ] || {
	cat >"$conf" <<-END
		SMTP_URL=smtp://127.0.0.1:$smtp
		SMTP_NETRC=$T/netrc
		MAIL_TO=you@example.org
	END
	is "mail without TLS" "$(deliver mail)" 1
}
is "  asks no proxy" "$(asked)" ""

# STARTTLS, by a proxy, since only loopback is here.
[ -z "$mail" ] || {
	echo "SMTP_URL=smtp://mail.example.org:$smtp" >>"$conf"
	: >"$T/smtp/logins"
	is "mail to elsewhere changes to TLS" "$(deliver mail)" 1
	is "  before the password" "$(cat "$T/smtp/logins")" "tls me verysecret"
	echo "SMTP_URL=smtp://elsewhere.example:$smtp" >>"$conf"
	is "mail to a server of another name" "$(deliver mail)" 0
	kill "$smtpd"
	rm "$T/smtp/port"
	"$PYTHON" "$SRCDIR/tests/server/smtp_server.py" "$T/smtp" 2>/dev/null &
	smtpd=$!
	cleanup="server_stop; kill $server $tunnel $smtpd 2>/dev/null"
	await "$T/smtp/port"
	smtp=$(cat "$T/smtp/port")
	echo "SMTP_URL=smtp://mail.example.org:$smtp" >>"$conf"
	is "mail to a server without TLS" "$(deliver mail)" 0
	is "  which gets no password" "$(cat "$T/smtp/logins")" \
	    "tls me verysecret"
	is "no proxy has seen one" \
	    "$(grep -ac verysecret "$T/net/proxy.bytes")" 0
}
unset http_proxy https_proxy all_proxy

# HTTP/2
PATH=$PATH:/usr/sbin
if ! command -v nghttpd >/dev/null; then
	skip "HTTP/2" "no nghttpd"
	done_testing
fi
mkdir -p "$T/h2/api" "$T/h2$path/chat"
curl -sf -o "$T/h2/api/query" "$URL/api/query?id_list=2613.00001"
cat >"$T/h2$path/chat/completions" <<'END'
{"choices":[{"finish_reason":"stop","message":{"content":
"{\"P1\":{\"comment\":\"c\",\"relevance\":9,\"novelty\":8}}"}}],
"usage":{"prompt_tokens":9,"completion_tokens":9}}
END
free=$("$PYTHON" -c 'import socket
s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
nghttpd -a 127.0.0.1 -d "$T/h2" "$free" "$T/good.pem" "$T/good.pem" \
    >"$T/h2.log" 2>&1 &
h2=$!
cleanup="$cleanup; kill $h2 2>/dev/null"
tries=0
until curl -sf -o "$T/page" "https://localhost:$free/api/query" ||
    [ $tries = 100 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
is "HTTP/2: arxiv-fetch" "$(arxiv_fetch "$free")" 1
is "HTTP/2: llm-score" "$(llm_score "$free")" 1
is "HTTP/2 by a proxy" "$(export https_proxy="$address"
    llm_score "$free" mail.example.org)" 1
done_testing
