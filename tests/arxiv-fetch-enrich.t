#!/bin/sh
# --enrich: what others know of the authors, added to papers on stdin.
. "$(dirname "$0")/lib.sh"
. "$SRCDIR/tests/arxiv-fetch.sh"

NOW=2026-11-25T12:00:00Z
start_arxiv

enrich() {
	arxiv-fetch --base-url "$URL" --now "$NOW" --no-cache --pace 0 \
	    --enrich "$@"
}
papers='{"id":"2613.00001","x":12345678901234567890,"author_info":[{"name":"old"}],"z":1e400}
{"id":"2699.99999"}
{"id":"mine","y":0.10}
{"id":"math/0613001"}
'

in=$papers
out='{"id":"2613.00001","x":12345678901234567890,"z":1e400,"author_info":[{"name":"Ada Example","s2_id":"77","h_index":12,"affiliation":"Inst. of Examples","paper_count":40,"citation_count":900},{"name":"New \"Quote\" Author"}]}
{"id":"2699.99999"}
{"id":"mine","y":0.10}
{"id":"math/0613001","author_info":[{"name":"Ada Example","s2_id":"77","h_index":12,"affiliation":"Inst. of Examples","paper_count":40,"citation_count":900},{"name":"New \"Quote\" Author"}]}'
row 'Semantic Scholar' enrich s2 --report "$T/report"
like '.. and the report' "$(cat "$T/report")" \
    '*"in":4,"out":4,"dropped":{},"failed":0,"enriched":{"by":"s2","known":2,"unknown":2,"unanswered":0},"exit":0}'
like '.. by one request' "$(cat "$T/log")" \
    '*"method": "POST", "path": "/graph/v1/paper/batch?fields=*"body": "{\\"ids\\":\[\\"ARXIV:2613.00001\\",\\"ARXIV:2699.99999\\",\\"ARXIV:math/0613001\\"\]}"*'
is '.. without a key' "$(header x-api-key)" ''

forget_requests
in=$papers
out='{"id":"2613.00001","x":12345678901234567890,"z":1e400,"author_info":[{"name":"Ada Example","openalex_id":"A5","h_index":13,"affiliation":"Examples U.","paper_count":41,"citation_count":901}]}
{"id":"2699.99999"}
{"id":"mine","y":0.10}
{"id":"math/0613001","author_info":[{"name":"Ada Example","openalex_id":"A5","h_index":13,"affiliation":"Examples U.","paper_count":41,"citation_count":901}]}'
row 'OpenAlex' env OPENALEX_API_KEY='k&1' arxiv-fetch --base-url "$URL" \
    --now "$NOW" --cache "$T/pages" --pace 0 --enrich openalex
like '.. by two requests, with the key' "$(requests)" \
    '/works?filter=doi%3A10.48550%2Farxiv.2613.00001%7C10.48550%2Farxiv.2699.99999%7C10.48550%2Farxiv.math%2F0613001&*&api_key=k%261 /authors?filter=id%3AA5&*&api_key=k%261'
is '.. which is not in the cache' "$(grep -rc 'k.1' "$T/pages" | grep -v ':0$')" ''

# 100 papers a request.
i=0
while [ $i -lt 501 ]; do
	echo "{\"id\":\"2613.$((20000 + i))\"}"
	i=$((i + 1))
done >"$T/many"
forget_requests
S2_API_KEY=secret-key enrich s2 <"$T/many" >"$T/out"
ok '501 papers come out as they are' cmp "$T/many" "$T/out"
is '.. after six requests' "$(wc -l <"$T/log" | tr -d ' ')" 6
is '.. with the key' "$(header x-api-key)" secret-key

# The service fails: papers come out all the same.
script '/graph 503 503'
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001"}' status=1
err='arxiv-fetch: s2: HTTP status 503; going on without it'
row 'a service that is down' enrich s2 --retries 1 --report "$T/report"
like '.. is counted' "$(tail -n 1 "$T/report")" \
    '*"enriched":{"by":"s2","known":0,"unknown":0,"unanswered":1},"exit":1}'
script '/graph 403;body={"message":"Forbidden"}'
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001"}' status=1
err='arxiv-fetch: s2: HTTP status 403: {"message":"Forbidden"}; going on without it'
row 'a key that is refused' env S2_API_KEY=secret-key arxiv-fetch \
    --base-url "$URL" --no-cache --pace 0 --enrich s2
script '/graph 200;body={"error":"other"}'
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001"}' status=1
err='arxiv-fetch: s2: the answer is not the list that was asked for; going on without it'
row 'an answer of another kind' enrich s2
script '/graph 200;body=[null]'
in='{"id":"2613.00001"}
{"id":"2613.00002"}
'
out='{"id":"2613.00001"}
{"id":"2613.00002"}' status=1
err='arxiv-fetch: s2: the answer is not the list that was asked for; going on without it'
row 'an answer about fewer papers' enrich s2
script '/works 200;body={"error":"other"}'
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001"}' status=1
err='arxiv-fetch: openalex: the answer has no list of results; going on without it'
row 'an answer of another kind from OpenAlex' enrich openalex
# In a script an underscore is a blank, so that it is escaped here.
work() {
	printf '{"doi":"https://doi.org/10.48550/arxiv.%s","authorships":[{"author":{"display\\u005fname":"%s"}}]}' "$1" "$2"
}
script "/works 200;body={\"results\":[$(work 2613.00001 A),$(work 2613.00002 B),$(work 2613.00001 C)]}"
in='{"id":"2613.00001"}
{"id":"2613.00002"}
{"id":"2613.00001"}
'
out='{"id":"2613.00001","author_info":[{"name":"A"}]}
{"id":"2613.00002","author_info":[{"name":"B"}]}
{"id":"2613.00001","author_info":[{"name":"A"}]}'
row 'a work that OpenAlex lists twice, a paper that comes twice' enrich openalex

# Answers as the services gave them.
if have_shared; then
	feeds=$SHARED/feeds
	cp "$feeds/semanticscholar/test_get_papers-0.json" "$T/root/s2.json"
	jq -c '.results |= (.[0].doi = "https://doi.org/10.48550/arxiv.2613.00002")' \
	    "$feeds/openalex/author_works.json" >"$T/root/works.json"
	printf '{"id":"2613.0000%d"}\n' 1 2 3 >"$T/three"
	script '/graph file:s2.json'
	enrich s2 <"$T/three" | jq -c '[.author_info[] | [.s2_id, .name]]' >"$T/got"
	jq -c '.[] | [.authors[] | [.authorId, .name]]' "$T/root/s2.json" >"$T/wanted"
	ok "Semantic Scholar's own answer" cmp "$T/got" "$T/wanted"
	script '/works file:works.json'
	enrich openalex <"$T/three" | jq -c 'select(.author_info).author_info | map(
	    [.name, .openalex_id, .affiliation])' >"$T/got"
	jq -c '.results[0].authorships | map([.author.display_name,
	    (.author.id | sub(".*/"; "")), .institutions[0].display_name])' \
	    "$T/root/works.json" >"$T/wanted"
	ok "OpenAlex's own answer" cmp "$T/got" "$T/wanted"
fi
script '/graph 200;body=busy 200;body=busy'
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001"}' status=1
err='arxiv-fetch: s2: the answer is not JSON: not a JSON value; going on without it'
row 'an answer that is no JSON' enrich s2 --retries 1
echo '[]' | gzip | head -c 10 >"$T/root/cut"
script '/graph file:cut'
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001"}' status=1
err='arxiv-fetch: s2: the answer cannot be read; going on without it'
row 'an answer that is compressed once more, and cut' enrich s2
script '/works 200;body={"results":[{"doi":"10.48550/arxiv.2613.00001","authorships":[{"author":"Ada"}]}]}'
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001"}'
row 'OpenAlex, an author without a name' enrich openalex
script '/graph 200;body=[{"authors":[{"authorId":"7"},{"name":"Ada"}]}]'
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001","author_info":[{"name":"Ada"}]}'
row 'Semantic Scholar, an author without a name' enrich s2
script '/graph 200;body=[{"authors":[{"authorId":"7","name":"Ada","affiliations":[""]}]}]'
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001","author_info":[{"name":"Ada","s2_id":"7"}]}'
row 'Semantic Scholar, an affiliation without a name' enrich s2
eval "$cleanup"
cleanup=:
in='{"id":"2613.00001"}
'
out='{"id":"2613.00001"}'
is 'no network at all' "$(printf '%s' "$in" |
    enrich s2 --retries 0 2>/dev/null; echo $?)" "$out
1"

# Bad lines.
printf '{"id":"mine"}\nnot json\n' | enrich s2 >"$T/out" 2>"$T/err"
is 'a line that is no paper: status' $? 1
is '.. the others go on' "$(cat "$T/out")" '{"id":"mine"}'
like '.. and it is said' "$(cat "$T/err")" 'arxiv-fetch: <stdin>:2: *'

ok 'no paper was lost in any run' conserved "$T/report"

done_testing
