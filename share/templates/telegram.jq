# Messages for Telegram's sendMessage, a line each; who sends them adds the
# chat_id.  Telegram counts 4,096 characters, those beyond U+FFFF twice.
def units: [explode[] | if . > 65535 then 2 else 1 end] | add // 0;
def cut($n): if length > $n then .[:$n - 1] + "…" else . end;
# Telegram knows few entities.  Escaped, a sign has at most five characters.
def text($n): cut($n) |
    gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");
def item: (.url | gsub("&"; "&amp;")) as $url |
    "<b>\(.number).</b> " +
    (.title | text(200) | if ($url | length) > 600 then . else
	"<a href=\"\($url)\">\(.)</a>" end) +
    "\n\(.scores) \(.byline | text(60))" +
    (if .why == "" then "" else "\n<i>\(.why | text(240))</i>" end);
def head: "<b>\(.heading | text(120))</b>\n\(.totals.relevant // "–") of \(.totals.scanned // "–") papers" +
    ([.notices[] | select(.level != "note")][:2] |
	map("\n<b>\(.level):</b> \(.text | text(160))") | add // "") +
    (if .reason == "" then "" else "\n" + (.reason | text(160)) end);

(reduce ((.digest | head), (.papers[] | item)) as $piece ([];
	if length > 0 and (.[-1] + "\n\n" + $piece | units) <= 4096
	then .[:-1] + [.[-1] + "\n\n" + $piece] else . + [$piece] end))[] |
{ text: ., parse_mode: "HTML", link_preview_options: { is_disabled: true } } |
tojson
