# Messages for a Discord webhook, a line each, of at most 2,000 characters.
def cut($n): if length > $n then .[:$n - 1] + "…" else . end;
# Nothing of theirs is markup, a link or a mention.
def text($n): cut($n) | gsub("(?<c>[\\\\*_`~|<>#@:\\[\\]()-])"; "\\\(.c)");
def item: "**\(.number).** " +
    (if (.url | length) > 400 then .title | text(200) else
	"[\(.title | text(200))](<\(.url)>)" end) +
    "\n\(.scores) \(.byline | text(60))" +
    (if .why == "" then "" else "\n> \(.why | text(240))" end);
def head: "**\(.heading | text(120))**\n\(.totals.relevant // "–") of \(.totals.scanned // "–") papers" +
    ([.notices[] | select(.level != "note")][:3] |
	map("\n**\(.level):** \(.text | text(160))") | add // "") +
    (if .reason == "" then "" else "\n" + (.reason | text(160)) end);

(reduce ((.digest | head), (.papers[] | item)) as $piece ([];
	if length > 0 and (.[-1] + "\n\n" + $piece | length) <= 2000
	then .[:-1] + [.[-1] + "\n\n" + $piece] else . + [$piece] end))[] |
{ content: ., flags: 4, allowed_mentions: { parse: [] } } | tojson
