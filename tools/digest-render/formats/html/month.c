/* SPDX-License-Identifier: ISC */
/* A month: its calendar, what its days brought, and its papers. */
#include "formats/html/html.h"
#include "text/escape.h"

/* Shades of a day's number; the first is for none. */
#define SHADES 5

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

/* "12 papers", of which a narrow page shows the number alone. */
static void
add_count(struct strbuf *b, const struct digest_day *day)
{
	size_t n = day->papers.n;

	if (day->relevant_known && digest_day_has_page(day))
		strbuf_addf(
		    b, "%zu<span> %s</span>", n, n == 1 ? "paper" : "papers");
	else
		html_day_count(b, day);
}

/* A day without a page is no link; page.js gives one with unread papers a dot. */
static void
add_known_day(
    struct strbuf *b, const struct digest_day *day, int number, size_t most)
{
	bool link = digest_day_has_page(day);

	strbuf_addf(b, "<td class=\"h%d %s\" data-day=\"",
	    shade(day->papers.n, most), digest_state_class(day->state));
	escape_html_in(b, "", day->date, "\">");
	if (link) {
		strbuf_addstr(b, "<a href=\"");
		html_day_url(b, day);
		strbuf_addstr(b, "\">");
	}
	strbuf_addf(b, "%d <b>", number);
	add_count(b, day);
	strbuf_addstr(b, "</b>");
	if (day->state != DAY_READ)
		strbuf_addf(b, " <i>%s</i>", digest_state_label(day->state));
	strbuf_addstr(b, link ? "</a></td>\n" : "</td>\n");
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
			else if ((known = digest_find_day(d, day)) != NULL)
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
	    month_name(month.month), month.year);
	for (int i = 0; i < 7; i++)
		strbuf_addf(b, "<th scope=\"col\">%.3s</th>\n",
		    weekday_name((i + 1) % 7));
	strbuf_addstr(b, "</tr></thead>\n<tbody>\n");
	add_weeks(b, d, month);
	strbuf_addstr(b, "</tbody>\n</table>\n");
}

/* The months that the digest's days lie in. */
static void
add_calendar(struct strbuf *b, const struct digest *d)
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

void
html_month(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf;

	strbuf_addstr(b, "<div class=\"overview\">\n<div>\n");
	add_calendar(b, d);
	strbuf_addstr(b, "</div>\n<div>\n");
	html_day_bars(b, d);
	strbuf_addstr(b, "</div>\n</div>\n");
	if (d->papers.n > 0)
		html_papers(out, d);
}
