# A note a paper, for --split: properties that Obsidian reads, and the text.
# Strings of JSON are strings of YAML.
def text: gsub("(?<c>[\\\\`*_~|<>#$%^=&!\\[\\]{}])"; "\\\(.c)");
def tag: gsub("[^[:alnum:]]+"; "-") | ltrimstr("-") | rtrimstr("-");

"---",
"title: \(.title | tojson)",
"authors: \(.authors | tojson)",
"id: \(.id | tojson)",
"url: \(.url | tojson)",
(if .pdf == "" then empty else "pdf: \(.pdf | tojson)" end),
(.announced | strings | "announced: \(tojson)"),
(.score.relevance | numbers | "relevance: \(.)"),
(.score.novelty | numbers | "novelty: \(.)"),
"tags: \(["paper", (.topics[] | tag | select(. != ""))] | unique | tojson)",
"---",
"",
"# \(.title | text)",
"",
(if .why == "" then empty else "> \(.why | text)", "" end),
(.abstract | text)
