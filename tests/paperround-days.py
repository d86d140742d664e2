# SPDX-License-Identifier: ISC
"""Days in the life of paperround, with whatever may happen to a run.

    paperround-days.py DIR DAYS SEED

makes DAYS days in DIR by a given clock.  Each has papers, some of them late,
and before the day's last, calm run some runs that are killed (the script, a
child, the whole group), told to stop, find files that cannot be written or
renamed, or meet another run.  Then prints a line of TAP for each thing that
must hold.
"""
import datetime
import glob
import json
import os
import random
import signal
import subprocess
import sys
import time

T, DAYS, SEED = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random.seed(SEED)
DATA, STATE = f"{T}/data", f"{T}/state"
LOCKED = "another run is under way"

CONF = """
FETCH='sh "$T/fetch"'
FILTER='paper-filter -q --seen "$SEEN"'
SCORE='"$PYTHON" "$T/score.py"'
RENDER='digest-render --min-relevance 1 --min-novelty 1'
FORMATS=markdown
CATCH_UP=4
DELIVER='command mail'
DELIVER_FORMAT=jsonl
DELIVER_COMMAND='sh "$T/receive" command "$LABEL"'
SENDMAIL="$T/sendmail"
"""
# Late papers are in the feed from the second time it is asked for.
FETCH = """
cat "$T/feeds/$DAY" 2>/dev/null
[ -e "$T/feeds/$DAY.late" ] || exit 0
if [ -e "$T/asked.$DAY" ]; then
	cat "$T/feeds/$DAY.late"
else
	: >"$T/asked.$DAY"
	exit 1
fi
"""
# Whole or not at all; the name says what came when.
RECEIVE = """
file=$T/got/$1.$2.$(date +%s%N)
cat >"$T/got.part.$$" && mv "$T/got.part.$$" "$file"
"""
SENDMAIL = """#!/bin/sh
exec sh "$T/receive" mail x
"""
# A judge that writes each question into the bill before it is answered, and
# each answer into the cache before it asks the next.
SCORE = """
import json, os, signal, sys, time
stop = []
signal.signal(signal.SIGTERM, lambda *a: stop.append(1))
root = os.environ["T"]
try:
    known = set(open(root + "/cache").read().split())
except FileNotFoundError:
    known = set()
asked = 0
for line in sys.stdin:
    paper = json.loads(line)
    if paper["id"] not in known and not stop:
        with open(root + "/bill", "a") as f:
            f.write(paper["id"] + "\\n")
        asked += 1
        time.sleep(0.01)
        with open(root + "/cache", "a") as f:
            f.write(paper["id"] + "\\n")
        known.add(paper["id"])
    if paper["id"] in known:
        paper["score"] = {"relevance": 9, "novelty": 9}
    else:
        paper["score_error"] = {"code": "interrupted"}
    print(json.dumps(paper), flush=True)
with open(os.environ["PAPERROUND_REPORT"], "a") as f:
    f.write(json.dumps({"tool": "llm-score", "asked": asked}) + "\\n")
sys.exit(1 if stop else 0)
"""
# Steps that fail, before or after they were done.
HELPER = """#!/bin/sh
case $1:${FAIL_STEP-} in
finish:?*)
	n=$(($(cat "$T/steps") + 1))
	echo $n >"$T/steps"
	if [ $n = "$FAIL_STEP" ]; then
		[ "$FAIL_HOW" = before ] || "$REAL_HELPER" "$@"
		exit 1
	fi ;;
esac
exec "$REAL_HELPER" "$@"
"""


def put(name, text, mode=0o644):
    path = f"{T}/{name}"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    os.chmod(path, mode)


def read(name):
    try:
        with open(f"{T}/{name}") as f:
            return f.read()
    except FileNotFoundError:
        return ""


def start(day, hour, **more):
    return subprocess.Popen(
        ["paperround", "-q", "--now", f"{day}T{hour:02}:00:00Z", "today"],
        env={**ENV, **more}, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)


def session(leader):
    """The processes of a run."""
    found = []
    for stat in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(stat) as f:
                fields = f.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(stat.split("/")[2]))
    return found


def kill(pid, sig):
    try:
        os.kill(pid, sig)
    except ProcessLookupError:
        pass


def next_kind():
    """Each of them, in any order, before one comes again: few days have all."""
    if not kinds:
        kinds.extend(random.sample(("group", "script", "child", "term", "step",
                                    "disk", "two"), 7))
    return kinds.pop()


def trouble(day, hour):
    """One run that something happens to."""
    kind = next_kind()
    if kind == "step":
        put("steps", "0")
        step = str(random.randint(1, 12))
        how = random.choice(("before", "after"))
        events.append(f"{day} {kind} {step} {how}")
        start(day, hour, FAIL_STEP=step, FAIL_HOW=how).communicate()
        return
    events.append(f"{day} {kind}")
    if kind == "disk":
        blocks = random.randint(0, 12)
        subprocess.run(
            ["sh", "-c", 'ulimit -f "$0"; exec paperround -q --now "$1" today',
             str(blocks), f"{day}T{hour:02}:00:00Z"], env=ENV,
            start_new_session=True, capture_output=True)
        return
    run = start(day, hour)
    if kind == "two":
        start(day, hour).communicate()
    else:
        time.sleep(random.random() * 0.9)
        victims = session(run.pid)
        if kind == "group":
            for pid in victims:
                kill(pid, signal.SIGKILL)
        elif kind == "child" and len(victims) > 1:
            kill(random.choice(victims), signal.SIGKILL)
        elif kind == "term":
            kill(run.pid, signal.SIGTERM)
        else:
            kill(run.pid, signal.SIGKILL)
    run.communicate()


def resolve_doubts():
    """What was on its way when a run was killed: the messages say to see
    whether it arrived."""
    for path in glob.glob(f"{STATE}/outbox/*.sending"):
        label, channel = os.path.basename(path)[:-8].rsplit(".", 1)
        with open(path, "rb") as f:
            content = f.read()
        arrived = False
        for got in glob.glob(f"{T}/got/{channel}.*"):
            with open(got, "rb") as f:
                arrived = arrived or f.read() == content
        if arrived:
            os.remove(path)
            doubts.append(channel)
        else:
            os.rename(path, path[:-8])


def calm(day, hour):
    for _ in range(600):
        resolve_doubts()
        run = start(day, hour)
        said = run.communicate()[1]
        if run.returncode == 75 and LOCKED in said:
            time.sleep(0.05)
            continue
        return run.returncode, said
    return 75, "the lock is never free"


def is_(name, got, wanted):
    global number
    number += 1
    print(f"{'ok' if got == wanted else 'not ok'} {number} - {name}")
    if got != wanted:
        print(f"# got:    {got}\n# wanted: {wanted}")
        print("".join(f"# {e}\n" for e in events + messages), end="")


ENV = {**os.environ, "T": T, "PAPERROUND_CONFIG": f"{T}/config",
       "PAPERROUND_DATA": DATA, "PAPERROUND_STATE": STATE,
       "REAL_HELPER": f"{os.environ['BUILD']}/paperround-helper",
       "PATH": f"{T}/bin:{os.environ['PATH']}"}
put("config/paperround.conf", CONF)
put("config/topics.md", "topic\n")
put("fetch", FETCH)
put("score.py", SCORE)
put("receive", RECEIVE)
put("sendmail", SENDMAIL, 0o755)
put("bin/paperround-helper", HELPER, 0o755)
os.makedirs(f"{T}/got")
os.makedirs(f"{T}/feeds")

doubts = []
number, events, messages, plan, statuses, kinds = 0, [], [], {}, [], []
day = datetime.date(2026, 1, 5)
made = 0
while made < DAYS:
    if day.weekday() < 5:
        made += 1
        ids = [f"{day:%y%m}.{day.day:02}{n:03}"
               for n in range(random.randint(3, 12))]
        late = random.randint(0, len(ids) - 1) if random.random() < 0.3 else 0
        lines = [json.dumps({"id": i, "title": f"Paper {i}", "abstract": "x",
                             "announced": str(day)}) + "\n" for i in ids]
        put(f"feeds/{day}", "".join(lines[late:]))
        if late:
            put(f"feeds/{day}.late", "".join(lines[:late]))
        plan[str(day)] = set(ids)
        for _ in range(random.randint(0, 3)):
            trouble(day, 12)
        for hour in (18, 20):
            status, said = calm(day, hour)
            messages += [f"{day} {hour}: {line}" for line in said.split("\n")]
        if status:
            statuses.append(f"{day} {status}")
    day += datetime.timedelta(1)

print(f"# seed {SEED}, {DAYS} days, {len(events)} troubled runs")
is_("every day ends well", statuses, [])
archived = {}
for path in glob.glob(f"{DATA}/archive/*/*/????-??-??.jsonl"):
    with open(path) as f:
        archived[os.path.basename(path)[:-6]] = [json.loads(x) for x in f]
is_("every paper is archived once, on its day",
    {d: sorted(p["id"] for p in ps) for d, ps in sorted(archived.items())},
    {d: sorted(i) for d, i in sorted(plan.items())})
is_("each with a score", [p["id"] for ps in archived.values() for p in ps
                          if "score" not in p], [])
everything = sorted(i for ids in plan.values() for i in ids)
got = []
for path in glob.glob(f"{T}/got/command.*"):
    with open(path) as f:
        got += [json.loads(x)["id"] for x in f]
is_("delivered once by the one channel", sorted(got), everything)
# A mail names papers that could not be judged, too; so by what it was given.
got = []
for path in glob.glob(f"{STATE}/queued/*.mail/ids"):
    with open(path) as f:
        got += [x.split()[0] for x in f]
is_("given once to the other", sorted(got), everything)
is_("which got each document once", len(glob.glob(f"{T}/got/mail.*")),
    len(glob.glob(f"{STATE}/queued/*.mail")))
is_("and is in sent, but for what was in doubt and had arrived",
    len(glob.glob(f"{STATE}/sent/*.mail")) + doubts.count("mail"),
    len(glob.glob(f"{STATE}/queued/*.mail")))
bill = read("bill").split()
twice = len(bill) - len(set(bill))
is_("every paper was asked about", sorted(set(bill)), everything)
is_("twice only what was in flight", twice <= len(events), True)
wrong = []
for name in sorted(plan):
    lines = []
    for path in glob.glob(f"{DATA}/archive/*/*/{name}.report*"):
        with open(path) as f:
            lines += [json.loads(x) for x in f]
    told = sum(x.get("asked", 0) for x in lines)
    paid = sum(i in plan[name] for i in bill)
    lost = any(x.get("killed") or x.get("tool") == "score stage"
               for x in lines)
    if told > paid or (told < paid and not lost):
        wrong.append(f"{name}: {told} of {paid}")
is_("the report has every answer once, or says that a run was killed",
    wrong, [])
is_("nothing waits", os.listdir(f"{STATE}/outbox"), [])
print(f"1..{number}")
