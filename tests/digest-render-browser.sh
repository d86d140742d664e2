# shellcheck shell=sh
# What the tests of the web page in browsers share: the pages, in $T.
fixtures=$SRCDIR/tests/fixtures/digest-render

page() {
	name=$1
	shift
	digest-render -f html --now 2025-10-17T06:00:00Z -o "$T/$name.html" "$@"
}
hostile() {
	page "$@" --prompt --report "$fixtures/hostile.report.jsonl" \
	    "$fixtures/hostile.jsonl"
}

cat >"$T/report" <<'REPORT'
{"tool":"arxiv-fetch","exit":0,"out":6,"arxiv_total":60,"feeds":[{"category":"cs.LG","status":"ok","entries":60,"announced":"2025-10-17"}]}
{"tool":"llm-score","exit":0,"in":6,"out":6,"model":"some-model","tokens":{"input":2000,"cached":0,"output":900},"cost":{"input":0.0025,"output":0.009,"total":0.0115},"health":"ok","prompt":{"system":"Be *brief*.","user":"## Topics\n\n1. One\n   - `code`\n"}}
REPORT
cat >"$T/outage" <<'REPORT'
{"tool":"arxiv-fetch","exit":0,"out":6,"arxiv_total":60,"feeds":[{"category":"cs.LG","status":"stale","entries":60,"announced":"2025-10-16"}]}
{"tool":"llm-score","exit":77,"in":6,"out":6,"model":"some-model","tokens":{"input":0,"output":0},"cost":null,"health":"outage","errors":{"auth":3}}
REPORT
set -- --prev 2025-10-16=16.html --up 2025-10=month.html \
    --next 2025-10-20=20.html --report "$T/report" --prompt
page day "$@" "$fixtures/day.jsonl"
page topics "$@" --group-by topic "$fixtures/day.jsonl"
page week "$@" --view week "$fixtures/day.jsonl"
page month "$@" --view month "$fixtures/day.jsonl"
# As many as on a good day, and a page where a site has it.
for n in 1 2 3 4 5 6 7 8; do
	sed "s/2599.0100/2599.010$n/; s/9901001/990100$n/; s/A Zoo of/& Many, and not Less Than Half a Dozen, Different/" \
	    "$fixtures/day.jsonl"
done | head -n 46 >"$T/papers46"
for n in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 \
    33 34 35 36 37 38 39 40 41 42 43 44 45; do
	sed "s/2599.010/2599.$n/; s/990100/9901$n/; s/student/student $n/" \
	    "$fixtures/day.jsonl"
done >"$T/papers216"
page large --min-relevance 1 "$T/papers216"
mkdir -p "$T/2025/10"
page 2025/10/2025-10-17 "$@" --min-relevance 1 "$T/papers46"
sed 's/"authors":\[[^]]*\]/"authors":["Konstantina Papadopoulou-Lindqvist","Maximiliano Fernández de la Vega","Chukwuemeka Okonkwo-Richardson"]/' \
    "$fixtures/day.jsonl" >"$T/many"
for view in day week month; do
	page authors-$view "$@" --view $view "$T/many"
done
grep -v match "$fixtures/day.jsonl" >"$T/quiet"
page empty "$@" --min-relevance 10 --min-novelty 10 "$T/quiet"
sed 's/"score":{.*}/"score_error":{"code":"auth","detail":"refused"}}/' \
    "$fixtures/day.jsonl" >"$T/unscored"
page broken --report "$T/outage" "$T/unscored"
for view in day week month index; do
	hostile hostile-$view --view $view
done
hostile hostile-katex --tex katex
katex=/usr/share/javascript/katex
[ -f "$katex/katex.min.js" ] && cp -RL "$katex" "$T/katex"
awk 'BEGIN { for (i = 1; i <= 30000; i++) printf "{\"id\":\"2599.%05d\",\"title\":\"Title %d%s\",\"authors\":[\"Author %d\"],\"announced\":\"2025-%02d-%02d\",\"score\":{\"relevance\":9,\"novelty\":8,\"comment\":\"common words\"}}\n", i, i, i == 12345 ? " needle" : "", i % 97, i % 12 + (i % 12 == 0 ? 12 : 0), i % 28 + 1 }' >"$T/archive"
page index --view index "$T/archive"
