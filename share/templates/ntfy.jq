# A message for ntfy: the best papers, a line each, as many as 4,096 bytes hold.
def cut($n): if length > $n then .[:$n - 1] + "…" else . end;
def head: "\(.totals.relevant // "–") of \(.totals.scanned // "–") papers" +
    ([.notices[] | select(.level != "note")][:3] |
	map("\n\(.level): \(.text | cut(160))") | add // "") +
    (if .reason == "" then "" else "\n" + (.reason | cut(160)) end);

(.papers | length) as $all |
reduce (.papers[] | "\(.scores) \(.title | cut(160)) \(.url | cut(300))") as $line
    ({ text: (.digest | head), n: 0 };
	if .full or (.text + "\n" + $line | utf8bytelength) > 4000
	then .full = true else .text += "\n" + $line | .n += 1 end) |
.text + (if .full then "\n… \($all - .n) more" else "" end)
