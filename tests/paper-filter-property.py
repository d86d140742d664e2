# SPDX-License-Identifier: ISC
"""What holds for paper-filter whatever it is asked: prints TAP.

Conservation: what passed and what was rejected is the input, byte for byte
but for the keys added, and the report's figures agree.  Pairs: of two tests,
a paper passes both or is dropped for the one that is asked first.
"""
import collections
import itertools
import json
import os
import random
import re
import subprocess
import sys

WORK = sys.argv[1]
DATA = sys.argv[2:]
RUNS = int(os.environ.get("PROPERTY_RUNS", "40"))

done = 0
failed = 0


def check(ok, what, note=""):
    global done, failed
    done += 1
    print(("ok" if ok else "not ok"), done, "-", what)
    if not ok:
        failed += 1
        for line in str(note).splitlines()[:20]:
            print("#", line)


def made_up(rng, n):
    """Papers with every key there or not."""
    words = ("sparse dense graph model survey learning neural Erd\\H{o}s "
             "naïve low‐rank proof $O(n)$ agents of the and").split()
    cats = ["cs.LG", "cs.AI", "cs.CL", "math.CO", "hep-th", "stat.ML"]
    for i in range(n):
        p = {"id": "2513.%05d" % rng.randrange(n)}
        maybe = lambda share: rng.random() < share
        if maybe(.9):
            p["title"] = " ".join(rng.choices(words, k=5))
        if maybe(.8):
            p["abstract"] = " ".join(rng.choices(words, k=30))
        if maybe(.3):
            p["comment"] = rng.choice(words)
        if maybe(.9):
            p["authors"] = rng.choices(
                ["Ada Example", "A. Example", "Bo Sample", "Cé Person"], k=2)
        if maybe(.9):
            p["categories"] = rng.sample(cats, rng.randrange(1, 4))
            if maybe(.7):
                p["primary_category"] = p["categories"][0]
        if maybe(.8):
            p["announce_type"] = rng.choice(
                ["new", "cross", "replace", "replace-cross"])
        if maybe(.7):
            p["announced"] = "2025-10-%02d" % rng.randrange(1, 29)
        if maybe(.5):
            p["published"] = "2025-09-%02dT10:00:00Z" % rng.randrange(1, 29)
        if maybe(.5):
            p["version"] = rng.randrange(1, 4)
        if maybe(.3):
            p["author_info"] = [{"name": "Ada Example", "s2_id": "7",
                                 "h_index": rng.choice([1, 10, 50, None])}]
        if maybe(.5):
            p["score"] = {"relevance": rng.randrange(1, 11),
                          "novelty": rng.choice([None, 3, 8])}
        elif maybe(.2):
            p["score_error"] = {"code": "timeout", "detail": ""}
        elif maybe(.2):
            p["screen"] = {"keep": maybe(.5), "p": .1}
        keys = list(p)
        rng.shuffle(keys)
        yield json.dumps({k: p[k] for k in keys}, ensure_ascii=maybe(.5))


# In the documented order: name, reasons it can give, arguments.
TESTS = [
    ("category", {"category"}, ["-c", "cs.*,hep-th"]),
    ("primary", {"category"}, ["-c", "cs.LG", "--primary"]),
    ("type", {"announce_type"}, ["-t", "new,cross"]),
    ("date", {"date"}, ["--since", "2025-09-20", "--until", "2025-10-20"]),
    ("seen", {"seen"}, ["-s", WORK + "/seen", "--now", "2025-10-20",
                        "--seen-days", "30"]),
    ("author", {"author"}, ["--require-author", "-a", WORK + "/authors"]),
    ("keyword", {"keyword"}, ["-k", "sparse|learning", "-k", "Erdős"]),
    ("exclude", {"exclude"}, ["-x", "survey", "-x", "low-rank"]),
    ("h_index", {"h_index"}, ["--min-h-index", "20"]),
    ("relevance", {"screen", "relevance"}, ["--min-relevance", "5"]),
    ("novelty", {"screen", "novelty"}, ["--min-novelty", "5"]),
    ("where", {"where"}, ["-w", '(.id | explode | add) % 3 != $m',
                          "--argjson", "m=0"]),
]
ORDER = ["category", "announce_type", "date", "seen", "author", "keyword",
         "exclude", "h_index", "screen", "relevance", "novelty", "where"]
STAGES = [
    ["--dedup"], ["--dedup=merge"], ["--sample", "17", "--seed", "3"],
    ["--sort-by", ".id"], ["--top", "23"], ["-v"],
    ["--sort-by", "-(.title // \"\" | length)", "--top", "5"],
]


def run(args, lines):
    """Lines passed, lines rejected, report."""
    rejects, report = WORK + "/rejects", WORK + "/report"
    if os.path.exists(report):
        os.unlink(report)
    r = subprocess.run(
        ["paper-filter", "-q", "--rejects", rejects, "--report", report] + args,
        input="".join(l + "\n" for l in lines).encode(), capture_output=True)
    if r.returncode != 0:
        raise SystemExit("# %s: %s" % (args, r.stderr.decode()))
    with open(report) as f:
        counts = json.loads(f.read())
    with open(rejects, encoding="utf-8") as f:
        no = f.read().split("\n")[:-1]
    return r.stdout.decode().split("\n")[:-1], no, counts


def undo(line):
    """The line without the keys that paper-filter added."""
    line = re.sub(r',"rejected":"[a-z_]+"\}$', "}", line)
    return re.sub(r',"match":\{"(authors|keywords)":\[.*\]\}\}$', "}", line)


def reason(line):
    return json.loads(line)["rejected"]


def conservation(name, lines, rng):
    for n in range(RUNS):
        picked = [t for t in TESTS if rng.random() < .25]
        args = [a for t in picked for a in t[2]]
        if sum(a == "--now" for a in args) == 0:
            args += ["--now", "2025-10-20"]
        for s in rng.sample(STAGES, rng.choice([0, 0, 1, 1, 2])):
            if not any(a.split("=")[0] in args for a in s if a[:1] == "-"):
                args += s
        passed, rejected, counts = run(args, lines)
        merging = "--dedup=merge" in args
        back = [undo(l) for l in passed + rejected]
        key = (lambda l: json.loads(l)["id"]) if merging else (lambda l: l)
        why = collections.Counter(map(reason, rejected))
        ok = (sorted(map(key, back)) == sorted(map(key, lines))
              and counts["in"] == len(lines)
              and counts["out"] == len(passed)
              and counts["dropped"] == why
              and counts["failed"] == 0)
        if ok and "--sort-by" not in args and not merging:
            places = collections.defaultdict(list)
            for i, l in enumerate(lines):
                places[l].append(i)
            at = [places[undo(l)].pop(0) for l in passed]
            ok = at == sorted(at)
        if not ok:
            check(False, "%s: conservation" % name,
                  "paper-filter %s\n%s\n%s" % (args, counts, why))
            return
    check(True, "%s: conservation, %d sets of options" % (name, RUNS))


def pairs(name, lines):
    single = {}
    for t, _, args in TESTS:
        _, rejected, _ = run(args, lines)
        single[t] = {undo(l): reason(l) for l in rejected}
    lines = sorted(set(lines))
    wrong = []
    for (a, _, args_a), (b, _, args_b) in itertools.combinations(TESTS, 2):
        if {a, b} == {"category", "primary"}:
            continue
        passed, rejected, _ = run(args_a + args_b, lines)
        got = {undo(l): reason(l) for l in rejected}
        for l in lines:
            reasons = [s[l] for s in (single[a], single[b]) if l in s]
            # People spare a paper keywords and cutoffs.
            if a == "author" and l not in single[a]:
                reasons = [r for r in reasons if r not in (
                    "keyword", "h_index", "screen", "relevance", "novelty")]
            want = min(reasons, key=ORDER.index) if reasons else None
            if got.get(l) != want:
                wrong.append("%s and %s: got %s, wanted %s: %s" % (
                    a, b, got.get(l), want, l))
    check(not wrong, "%s: every pair of tests" % name, "\n".join(wrong))


def main():
    rng = random.Random(17)
    own = list(made_up(rng, 150))
    with open(WORK + "/seen", "w") as f:
        for i in range(0, 150, 5):
            f.write("2513.%05d 2025-10-%02d\n" % (i, i % 28 + 1))
    with open(WORK + "/authors", "w") as f:
        f.write("Ada Example, 7\nWei Zhang\n")
    conservation("made-up papers", own, rng)
    pairs("made-up papers", own)
    if DATA:
        real = []
        for path in DATA:
            with open(path, encoding="utf-8") as f:
                real += rng.sample(f.read().split("\n")[:-1], 40)
        real += rng.sample(real, 20)
        conservation("real papers", real, rng)
        pairs("real papers", real)
    print("1..%d" % done)
    return failed != 0


sys.exit(main())
