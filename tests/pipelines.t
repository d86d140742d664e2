#!/bin/sh
# Lines that a reader would think of without looking into a manual.  Each works
# at the first try: this is printed, nothing is complained of, status 0.
# shellcheck disable=SC2016 # for the shells that are started here
. "$(dirname "$0")/lib.sh"

mkdir "$T/bin" "$T/in" "$HOME/.config" "$HOME/.config/paperround"
cat >"$T/bin/fzf" <<'END'
#!/bin/sh
sed -n '1p;3p'
END
cat >"$T/bin/sendmail" <<'END'
#!/bin/sh
grep '^To:'
END
cat >"$T/bin/arxiv-fetch" <<END
#!/bin/sh
case " \$* " in
*' --parse '*) exec $BUILD/arxiv-fetch "\$@" ;;
esac
exec $BUILD/arxiv-fetch --parse $SRCDIR/share/sample/cs.LG.xml \
    $SRCDIR/share/sample/cs.AI.xml
END
chmod +x "$T"/bin/*
cp "$SRCDIR"/share/sample/*.xml "$SRCDIR/share/topics.md" "$T/in"
cd "$T/in" || exit 1
SAMPLE=$T/in PATH=$T/bin:$PATH BROWSER=echo COLUMNS=80
SOURCE_DATE_EPOCH=$(date -u -d 2025-10-16T12:00:00Z +%s)
export SAMPLE PATH BROWSER COLUMNS SOURCE_DATE_EPOCH
# A judge whose mind does not change.
cat >"$T/bin/judge" <<'END'
#!/bin/sh
jq -c '.score = {relevance: (10 - (.id[-1:] | tonumber)), novelty: null,
    topics: [.primary_category]}'
END
chmod +x "$T/bin/judge"
printf '%s\n' "FETCH='arxiv-fetch --parse \"\$SAMPLE\"/*.xml'" SCORE=judge \
    >"$HOME/.config/paperround/paperround.conf"
paperround -q today
arxiv-fetch --parse cs.LG.xml cs.AI.xml >papers.jsonl
judge <papers.jsonl >scored.jsonl
cp -R "$T/in" "$T/fresh"

# line PIPELINE WANTED: begins with the files above and with the day unread.
line() {
	rm -rf "$T/in"
	cp -R "$T/fresh" "$T/in"
	cd "$T/in" || exit 1
	rm -f "$HOME/.local/share/paperround/marks.jsonl"
	paperround show >/dev/null 2>&1
	out=$2
	row "$1" sh -eu -c "$1"
}

# ------------------------------------------------------ the filters themselves
line 'arxiv-fetch --parse cs.LG.xml cs.AI.xml | paper-filter -x survey | llm-score -q -T topics.md | digest-render -f html -o today.html; tail -n 1 today.html' \
    '</html>'
line 'cat cs.AI.xml | arxiv-fetch --parse - | paper-filter --count' 12
line 'gzip cs.LG.xml; arxiv-fetch --parse cs.LG.xml.gz | wc -l' 27
line 'grep -i sparse papers.jsonl | llm-score -q -T topics.md | digest-render -f short --view list | cut -f2 | sort' \
    '2513.00001
2513.00007
2513.00010
2513.00029'
line 'jq -c "select(.score.relevance == 10)" scored.jsonl | digest-render -f ids' \
    '2513.00010
2513.00020
2513.00030'
line 'awk "/sparse/" papers.jsonl | digest-render -f ids | wc -l' 3
line 'jq -c ".score = {relevance: 9, novelty: (.title | length % 10)}" papers.jsonl | digest-render -f ids --min-novelty 9 | wc -l' \
    6
line 'paper-filter --sort-by "-.score.relevance" --top 2 scored.jsonl | jq -r "[.score.relevance, .title] | @tsv"' \
    '10	Shared Dictionaries: One Sparse Autoencoder for Every Layer
10	Tuning Church Bells by Listening to Their Decay'
line 'paper-filter -k sparse --rejects rest papers.jsonl | wc -l; wc -l <rest' '4
32'
line 'paper-filter -k experts papers.jsonl | paper-filter -x quiet | jq -r .id' \
    2513.00021
line 'paper-filter -k dvorak --fields authors papers.jsonl | jq -r ".authors[0]"' \
    'Chiamaka Obi'
line 'touch read; paper-filter --seen read --mark-seen read papers.jsonl | wc -l; paper-filter --seen read papers.jsonl | wc -l' \
    '36
0'
line 'split -l 10 papers.jsonl part.; cat part.* papers.jsonl | paper-filter --dedup --count' \
    36
line 'jq -r ".categories[]" papers.jsonl | sort | uniq -c | sort -rn | awk "{ print \$2; exit }"' \
    cs.LG
line 'jq -r ".code[]?" papers.jsonl' \
    https://github.example/ledger/activations
line 'digest-render -f tsv --columns id,score.relevance scored.jsonl | head -n 2' \
    'id	score.relevance
2513.00010	10'
line 'digest-render -f bibtex scored.jsonl >>refs.bib; grep -c "^@" refs.bib' 11
line 'digest-render -f email --mail-to me@example.org scored.jsonl | sendmail -t' \
    'To: me@example.org'
line 'while read -r paper; do printf "%s\\n" "$paper" | jq -r .id; done <papers.jsonl | sort -u | wc -l' \
    36

# ----------------------------------------------------------------- the morning
line 'paperround show | head -n 1 | cut -f2' 2513.00010
line 'paperround show | fzf -m | cut -f2 | xargs paperround open --pdf' \
    'https://arxiv.org/pdf/2513.00010
https://arxiv.org/pdf/2513.00030'
line 'paperround show -f ids | head -n 3 | xargs paperround -q star; paperround unread | wc -l' \
    8
line 'paperround show -f jsonl | jq -r .score.topics[0] | sort | uniq -c | sort -rn | sed "s/^ *//"' \
    '6 cs.LG
3 cs.AI
1 cs.SD
1 cs.CV'
line 'paperround search -q "mixture of experts" -f ids | xargs paperround show -f jsonl | jq -r .title' \
    'Quiet Experts: Routing Entropy Predicts Which Experts a Mixture Never Needed
Optimal Expert Granularity Is Set by Communication, Not by Compute'
line 'paperround search -q author:dvorak -f bibtex | grep -c eprint' 1
line 'paperround search -q attention --since monday -f jsonl | digest-render -f csv --columns id,authors >found.csv; tail -n 1 found.csv | tr -d "\r"' \
    '2513.00012,René Castellanos; Ying-Ju Fang; Oluwaseun Adeyemi'
line 'paperround show -f jsonl | llm-score -q -T topics.md | digest-render --view list | grep -c "^## "' \
    11
line 'paperround fetch | paper-filter -c cs.AI --primary | wc -l' 4
line 'jq -r .id "$HOME"/.local/share/paperround/archive/*/*/*.jsonl | wc -l' 36
line 'paperround -q star 1 && paperround -q note 1 to the group && jq -r ".note // .mark" "$HOME/.local/share/paperround/marks.jsonl"' \
    'star
to the group'
line 'test "$(paperround search -q zebra 2>/dev/null)" || echo nothing' nothing

# -------------------------------- what a language model is told that it can do
line 'sed -n "/^name:/p" "$SRCDIR/share/SKILL.md"' 'name: paperround'
sed -n '/^```sh$/,/^```$/{/^```/d; s/ *#.*//; p;}' "$SRCDIR/share/SKILL.md" \
    >"$T/skill"
while read -r command; do
	is "SKILL.md: $command" "$(status_of sh -c "$command")" 0
	case $command in
	*'>'*|*-q*) ;;
	*)	ok "  says something" test -s "$T/out" ;;
	esac
done <"$T/skill"
ok "one screen" test "$(wc -l <"$SRCDIR/share/SKILL.md")" -lt 60
done_testing
