#!/bin/sh
# The recipe of paperround(7): over many processors and hosts the result is
# that of a single run.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/examples.sh"

command -v parallel >/dev/null || {
	skip "many processors" "no GNU parallel"
	done_testing
}
mkdir "$HOME/.parallel"
: >"$HOME/.parallel/will-cite"

i=0
while [ $i -lt 3000 ]; do
	i=$((i + 1))
	printf '{"id":"2513.%05d","title":"%s %d","authors":["A%d"],"categories":["%s"]}\n' \
	    $((i % 2900)) "$([ $((i % 7)) = 0 ] && echo Sparse || echo dense) words" \
	    $i $((i % 5)) "$([ $((i % 3)) = 0 ] && echo cs.LG || echo math.CO)"
done >"$T/papers"
printf 'sparse\nwords 1+$\n' >"$T/keywords.txt"
cd "$T" || exit 1

paper-filter -c cs.LG -K keywords.txt --rejects no papers >single
ok "the single run passes some" test "$(wc -l <single)" -gt 100

parallel --pipe-part -a papers --block 20k --keep-order --halt soon,fail=1 \
    paper-filter -c cs.LG -K keywords.txt --rejects 'dropped.{#}' >parts 2>err
is "--pipe-part: status" $? 0
ok "--pipe-part: the same" cmp parts single
ok "  in many parts" test -e dropped.5
cat dropped.* | sort >dropped
sort no >no.sorted
ok "  and the same rejects" cmp dropped no.sorted
parallel --pipe --block 20k --keep-order --halt soon,fail=1 \
    paper-filter -c cs.LG -K keywords.txt <papers >parts
ok "--pipe: the same" cmp parts single

# What looks at all papers comes behind.
paper-filter -c cs.LG --dedup=merge --sample 50 --top 20 papers >single.all
parallel --pipe --block 20k --keep-order paper-filter -c cs.LG <papers |
    paper-filter --dedup=merge --sample 50 --top 20 >parts
ok "duplicates, sample and top behind it: the same" cmp parts single.all

echo broken >>papers
parallel --pipe --block 20k --keep-order --halt soon,fail=1 \
    paper-filter -c cs.LG <papers >parts 2>err
ok "a part that fails shows in the status" test $? -ne 0
sed -i '$d' papers

# Hosts: an sshd of our own on loopback plays two of them.
hosts_start() {
	sshd=$(command -v sshd || echo /usr/sbin/sshd)
	if [ ! -x "$sshd" ] || ! command -v ssh >/dev/null; then
		why='no sshd'
		return 1
	fi
	hosts_configure
	# As root it wants a folder in /run; that one is made where nobody
	# sees it.
	if [ "$(id -u)" = 0 ] && [ ! -d /run/sshd ]; then
		# shellcheck disable=SC2016
		unshare -m sh -c 'mount -t tmpfs none /run && mkdir /run/sshd &&
		    exec "$1" -D -e -f "$2"' sh "$sshd" "$T/sshd.conf" 2>sshd.log &
	else
		"$sshd" -D -e -f "$T/sshd.conf" 2>sshd.log &
	fi
	server=$!
	cleanup='kill $server 2>/dev/null'
	tries=0
	until ssh -F "$T/ssh.conf" one.example true 2>ssh.err; do
		tries=$((tries + 1))
		if [ $tries -ge 30 ] || ! kill -0 $server 2>/dev/null; then
			why="no sshd on loopback: $(tail -n 1 sshd.log)"
			return 1
		fi
		sleep 0.2
	done
}
hosts_configure() {
	port=$("$PYTHON" -c '
import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
	ssh-keygen -q -t ed25519 -N '' -f host
	ssh-keygen -q -t ed25519 -N '' -f key
	cp key.pub authorized
	chmod 600 authorized
	cat >sshd.conf <<-X
		ListenAddress 127.0.0.1
		Port $port
		HostKey $T/host
		AuthorizedKeysFile $T/authorized
		StrictModes no
		UsePAM no
		PidFile none
		SetEnv PATH=$BUILD:$PATH
		MaxStartups 100
	X
	cat >ssh.conf <<-X
		Host one.example two.example
			HostName 127.0.0.1
			Port $port
			IdentityFile $T/key
			IdentitiesOnly yes
			StrictHostKeyChecking no
			UserKnownHostsFile /dev/null
			LogLevel ERROR
	X
}

# Each recipe of the manual that calls parallel, as it stands there, but for
# the size of the parts: the file here is smaller.
mkdir bin
cat >bin/ssh <<X
#!/bin/sh
exec $(command -v ssh || echo ssh) -F $T/ssh.conf "\$@"
X
chmod +x bin/ssh
PATH=$T/bin:$PATH
for page in "$SRCDIR"/man/*.[0-9]; do
	manual_examples "$page" examples
done
grep -l '^parallel' examples/* >recipes
cp papers arxiv.jsonl
paper-filter -c cs.LG -k sparse papers >single
ok "there are recipes" test -s recipes
why=
hosts_start || :
while read -r recipe; do
	name="${recipe#*/}: $(head -n 1 "$recipe")"
	if [ -n "$why" ] && grep -q -e ' -S ' "$recipe"; then
		skip "$name" "$why"
		continue
	fi
	sed 's/100M/20k/' "$recipe" >smaller
	ok "$name" grep -q 20k smaller
	is "  status" "$(status_of sh -eu smaller </dev/null)" 0
	ok "  the same" cmp wanted.jsonl single
	rm wanted.jsonl
done <recipes
[ -n "$why" ] || ok "hosts were asked" test "$(grep -c 'Accepted publickey' sshd.log)" -gt 2
done_testing
