# Reads the site's days, one a line and in order (2025/10/2025-10-17), and
# writes for each day and each month a file in dir, for the shell to source,
# that adds the options that link it to its neighbours and the feeds to "$@".  A
# file changes only if its links do, so that make can go by its time.  Used by
# site.mk.

{
	day[++n] = $1
	m = substr($1, 1, 7)
	if (m != month[months])
		month[++months] = m
}

END {
	for (i = 1; i <= n; i++)
		put(name(day[i]),
		    link("prev", "Previous Day", name(day[i - 1]), day[i - 1]) \
		    link("up", "Monthly Overview", dashed(substr(day[i], 1, 7)),
			substr(day[i], 1, 7) "/index") \
		    link("next", "Next Day", name(day[i + 1]), day[i + 1]))
	for (i = 1; i <= months; i++)
		put(dashed(month[i]),
		    link("prev", "Previous Month", dashed(month[i - 1]),
			month[i - 1] (i > 1 ? "/index" : "")) \
		    link("up", "All Months", "", "index") \
		    link("next", "Next Month", dashed(month[i + 1]),
			month[i + 1] (i < months ? "/index" : "")))
}

function dashed(path)	{ sub("/", "-", path); return path }
function name(path)	{ sub(".*/", "", path); return path }

# All pages but the index stand two folders deep.
function link(option, text, label, path) {
	if (path == "")
		return ""
	return sprintf("--%s '%s%s=../../%s.html' ", option, text,
	    label == "" ? "" : " " label, path)
}

function put(file, text,   old, found) {
	file = dir "/" file
	text = "set -- \"$@\" " text \
	    "--feed 'New papers=../../atom.xml' " \
	    "--feed 'New papers (JSON)=../../feed.json'"
	found = (getline old <file) > 0
	close(file)
	if (!found || old != text)
		print text >file
	close(file)
}
