#!/bin/sh
# What paperround's helper does for it: the lock and steps that are finished.
# shellcheck disable=SC2016 # for the shells that are started here
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
helper=$BUILD/paperround-helper
cd "$T" || exit 1

status=2 err='paperround: paperround-helper serves paperround alone'
row "no arguments" "$helper"
status=2 err='paperround: paperround-helper serves paperround alone'
row "no such step" "$helper" undo a b

# ------------------------------------------------------------------- guess
is "a typing error" "$("$helper" guess serach search month)" \
    '; did you mean search?'
row "nothing like it" "$helper" guess xyz search month
is "nothing to choose from" "$(status_of "$helper" guess x)" 2

# --------------------------------------------------------------------- URLs
# asked URL: how it may be asked, as a page and as a mail server: not at all, by
# TLS alone, or anyhow, since it is this machine, and then by no proxy.
asked() {
	for kind in web mail; do
		if ! how=$(printf '%s\n' "$1" | "$helper" url $kind 2>/dev/null)
		then
			echo no
		else
			case $how in
			*'noproxy = "*"'*) echo here ;;
			*'proto = "=https"'*|*ssl-reqd*) echo tls ;;
			*)	echo "by chance: $how" ;;
			esac
		fi
	done
}
while read -r web mail url; do
	is "$url is asked: $web; mailed to: $mail" "$(asked "$url")" "$web
$mail"
done <<'END'
tls no https://hooks.example.org/x
tls no HTTPS://hooks.example.org
here no http://localhost:80/x
here no http://LOCALHOST/
here no http://127.1.2.3/
here no https://[::1]/
here no http://[::1]:8080
no no http://hooks.example.org/x
no no http://localhost.evil.example/
no no http://localhost./
no no http://127.evil.example/
no no http://127.0.0.1.evil.example/
no no http://128.0.0.1/
no no http://[::2]/
no no http://localhost:x@evil.example/
no no http://127.0.0.1:80@evil.example/
no no http://evil.example/?http://localhost
no no http://evil.example#@localhost/
no no http://127.0.0.1\@evil.example/
no no https://user@example.org/
no no https://:secret@example.org/
no tls smtp://mail.example.org:587
no tls smtps://mail.example.org
no tls smtp://localhost.evil.example:25
no tls smtp://127.evil.example
no no smtp://localhost:1@evil.example
no no smtp://user:secret@localhost
no no smtp://user;AUTH=LOGIN@mail.example.org
no here smtp://127.0.0.1:25
no here smtps://localhost
no no ftp://localhost/
no no localhost
no no mail.example.org:25
no no file:///etc/passwd
END
out='url = "https://example.org/?\"\\x"
proto = "=https"
globoff'
in='https://example.org/?"\x
proxy = "http://evil.example"'
row "curl is told of one URL and no more" "$helper" url web
# ------------------------------------------------------------------ secrets
in='{"a":"\u0073k-secret-0123","b":1}
sk-secret-0123
nothing
' out='{"a":"*******************","b":1}
**************
nothing'
row "keys in the environment are struck out" env \
    ANY_API_KEY=sk-secret-0123 "$helper" hide
in='sk-sec
ret-01
23 x
' out='******
******
** x'
row "  over several lines, too" env ANY_API_KEY=sk-secret-0123 "$helper" hide
is "  and far into what is said" "$(
	{
		yes 'something else' | head -n 20000
		echo sk-secret-0123
	} | ANY_API_KEY=sk-secret-0123 "$helper" hide | cksum)" "$(
	{
		yes 'something else' | head -n 20000
		echo '**************'
	} | cksum)"
is "  and told if that fails" "$(echo x | (status_of sh -c \
    "'$helper' hide >/dev/full"))" 1

# --------------------------------------------------------------------- URLs
status=1 err='paperround: a user name in the URL is not accepted'
in=https://me:secret@example.org
row "a secret is not repeated" "$helper" url web
status=2 err='paperround: no URL on standard input'
row "no URL" "$helper" url web
status=2 err="paperround: 'ftp' is no kind of URL"
row "a kind that there is not" "$helper" url ftp

# -------------------------------------------------------------------- lock
status=3
row "the status of the command" "$helper" lock lock sh -c 'exit 3'
out=yes
row "the command knows its lock" "$helper" lock lock \
    sh -c '[ "$PAPERROUND_LOCK" = $$ ] && echo yes'
row "its standard input" "$helper" lock lock cat
status=137
row "killed" "$helper" lock lock sh -c 'kill -9 $$'
status=1 err='paperround: ./none: No such file or directory'
row "no such command" "$helper" lock lock ./none
status=1 err='paperround: none/lock: No such file or directory'
row "no place for the lock" "$helper" lock none/lock true
mkfifo go
setsid "$helper" lock lock sh -c 'cat go >/dev/null & echo x >started' &
holder=$!
await started
wait "$holder"
status=75 err='paperround: another run is under way; try again later'
row "what the command left behind holds it" "$helper" lock lock true
! terminals "who waits for it is told" || is "who waits for it is told" \
    "$("$PYTHON" -c 'import os, pty, subprocess, sys
master, slave = pty.openpty()
child = subprocess.Popen([sys.argv[1], "await", "lock", "true"], stderr=slave)
os.close(slave)
seen = b""
while b"\n" not in seen:
    seen += os.read(master, 4096)
print(seen.decode().strip())
open("go", "w").write("x")
print(child.wait())' "$helper")" "paperround: another run is under way; waiting for it
0"
terminals "" >/dev/null || echo >go
until [ "$(status_of "$helper" lock lock true)" = 0 ]; do sleep 0.05; done
pass "until it ends"

# told SIGNAL: sent to the helper alone, it reaches the grandchild, and the
# child is waited for.  The shell in between has a word on its sleep's end.
told() {
	rm -f started told
	# nohup makes all that it starts deaf to HUP, and a shell stays so.
	setsid "$PYTHON" -c 'import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$helper" lock lock sh -c '
	    trap "exit 9" HUP INT TERM
	    sh -c "trap \"echo $0 >told; exit\" HUP INT TERM; echo >started
		while :; do sleep 0.05; done" 2>/dev/null' "$1" &
	holder=$!
	await started
	kill "-$1" "$holder"
	wait "$holder"
	is "$1: the command is waited for" $? 9
	is "  and what it started is told" "$(cat told)" "$1"
}
told HUP
told TERM
is "a signal that is ignored stays so" "$(trap '' HUP
    "$helper" lock lock sh -c 'kill -HUP $PPID; echo still here')" "still here"

# ------------------------------------------------------------------ finish
echo new >a
echo old >b
row "a file takes the place of another" "$helper" finish a b
is "  it is there" "$(cat b)" new
ok "  under one name" test ! -e a
mkdir part
echo x >part/one
echo y >part/.two
row "a folder" "$helper" finish part whole
is "  is there" "$(find whole -type f | sort | tr '\n' ' ')" "whole/.two whole/one "
status=1 err='paperround: c: No such file or directory'
row "what is not there" "$helper" finish none c
status=1 err='paperround: none/c: No such file or directory'
row "no folder for it" "$helper" finish b none/c
is "  it stays" "$(cat b)" new
mkdir full
echo z >full/z
status=1 err='paperround: whole: Directory not empty'
row "a folder that is there" "$helper" finish full whole
is "  stays as it was" "$(find whole -type f | sort | tr '\n' ' ')" "whole/.two whole/one "

# ------------------------------------------------------------ calls that fail
. "$here/fault.sh"
# A step is done, or failed and says so; nothing is lost either way.
reset() {
	rm -rf a b
	mkdir a
	echo x >a/one
	echo y >a/two
}
judge() {
	if [ "$got" = 0 ]; then
		[ -f b/one ] && [ -f b/two ] || echo "status 0, not there"
	else
		[ -f a/one ] || [ -f b/one ] || echo "lost"
		[ -s err ] || echo "says nothing"
	fi
}
sweep finish alloc '' "$helper" finish a b
for fault in alloc:once write:EIO open:EMFILE move:ENOSPC stat:EIO; do
	sweep finish "${fault%%:*}" ":${fault#*:}" "$helper" finish a b
done
reset() { :; }
# The command runs under the lock, or there is a word why not.
judge() {
	case $got in
	0)	[ "$(cat got)" = held ] || echo "status 0, not run" ;;
	*)	[ -s err ] || echo "says nothing" ;;
	esac
}
for fault in lock:EIO open:EACCES; do
	sweep lock "${fault%%:*}" ":${fault#*:}" "$helper" lock lock echo held
done

# Nothing is asked that should not be, and no key passes.
{
	echo http://hooks.example.org/sk-secret-0123
	echo nothing
} >said
reset() { exec <said; }
judge() {
	case $got in
	0)	grep -q '^nothing' got || echo "status 0, and not all of it" ;;
	*)	[ -s err ] || echo "says nothing" ;;
	esac
	! grep 'url =\|sk-' got err || echo "passes"
}
sweep url alloc '' "$helper" url web
sweep hide alloc '' env ANY_API_KEY=sk-secret-0123 "$helper" hide
done_testing
