/* SPDX-License-Identifier: ISC */
/* A month as a table of weeks, each day with its number of papers. */
#include <string.h>

#include "formats/html/html.h"
#include "formats/render.h"

/* Shades of a day's number; the first is for none. */
#define SHADES 5

static const char *const names[] = {"January", "February", "March", "April",
    "May", "June", "July", "August", "September", "October", "November",
    "December"};

const char *
html_month_name(int month)
{
	return names[month - 1];
}

static size_t
most_papers(const struct digest *d)
{
	size_t most = 1;

	for (size_t i = 0; i < d->ndays; i++)
		if (d->days[i].papers.n > most)
			most = d->days[i].papers.n;
	return most;
}

static int
shade(size_t n, size_t most)
{
	return n == 0 ? 0 : 1 + (int)((n * (SHADES - 1) - 1) / most);
}

static void
add_known_day(
    struct strbuf *b, const struct digest_day *day, int number, size_t most)
{
	strbuf_addf(b, "<td class=\"h%d%s\"><a href=\"",
	    shade(day->papers.n, most), day->broken ? " broken" : "");
	html_day_url(b, day);
	strbuf_addf(b, "\">%d <b>", number);
	render_plural(b, day->papers.n, "paper", "papers");
	strbuf_addstr(b,
	    day->broken ? "</b> <i>outage</i></a></td>\n" : "</b></a></td>\n");
}

static const struct digest_day *
find_day(const struct digest *d, day_t day)
{
	for (size_t i = 0; i < d->ndays; i++)
		if (d->days[i].dated && d->days[i].day == day)
			return &d->days[i];
	return NULL;
}

static void
add_weeks(struct strbuf *b, const struct digest *d, struct ymd month)
{
	day_t first = day_from_ymd(month.year, month.month, 1);
	/* Weeks begin on Monday, as in ISO 8601. */
	day_t day = first - (day_weekday(first) + 6) % 7;
	const struct digest_day *known;
	size_t most = most_papers(d);
	struct ymd when;
	bool within = true;

	while (within) {
		strbuf_addstr(b, "<tr>\n");
		for (int i = 0; i < 7; i++, day++) {
			when = day_to_ymd(day);
			if (when.month != month.month)
				strbuf_addstr(b, "<td></td>\n");
			else if ((known = find_day(d, day)) != NULL)
				add_known_day(b, known, when.day, most);
			else
				strbuf_addf(b, "<td class=\"none\">%d</td>\n",
				    when.day);
		}
		strbuf_addstr(b, "</tr>\n");
		within = day_to_ymd(day).month == month.month;
	}
}

static void
add_month(struct strbuf *b, const struct digest *d, struct ymd month)
{
	strbuf_addf(b,
	    "<table class=\"calendar\">\n<caption>%s %d</caption>\n"
	    "<thead><tr>\n",
	    names[month.month - 1], month.year);
	for (int i = 0; i < 7; i++)
		strbuf_addf(b, "<th scope=\"col\">%.3s</th>\n",
		    &"Mon\0Tue\0Wed\0Thu\0Fri\0Sat\0Sun"[i * 4]);
	strbuf_addstr(b, "</tr></thead>\n<tbody>\n");
	add_weeks(b, d, month);
	strbuf_addstr(b, "</tbody>\n</table>\n");
}

void
html_calendar(struct strbuf *b, const struct digest *d)
{
	struct ymd last = {0, 0, 0}, month;

	for (size_t i = 0; i < d->ndays; i++) {
		if (!d->days[i].dated)
			continue;
		month = day_to_ymd(d->days[i].day);
		if (month.year != last.year || month.month != last.month)
			add_month(b, d, month);
		last = month;
	}
}
