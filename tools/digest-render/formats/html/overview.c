/* SPDX-License-Identifier: ISC */
/*
 * The pages above those of days: of a month, its calendar, what its days
 * brought, and its papers; and of all months.
 */
#include <string.h>

#include "common/base/number.h"
#include "formats/html/html.h"
#include "formats/render.h"
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
add_calendar_month(struct strbuf *b, const struct digest *d, struct ymd month)
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
			add_calendar_month(b, d, month);
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

struct month {
	struct ymd when;
	size_t first, end; /* of d->days */
	size_t papers, most;
	size_t days, outages, gaps; /* that were read, that were not */
};

static void
add_month_bars(struct strbuf *b, const struct digest *d, const struct month *m)
{
	const struct digest_day *day;
	size_t h;

	strbuf_addf(b,
	    "<svg viewBox=\"0 0 %zu 20\" preserveAspectRatio=\"none\" "
	    "aria-hidden=\"true\">",
	    (m->end - m->first) * 4);
	for (size_t i = m->first; i < m->end; i++) {
		day = &d->days[i];
		h = day->papers.n * 20 / m->most;
		/* An outage is as high as a bar can be, whatever came. */
		if (day->state == DAY_OUTAGE)
			h = 20;
		strbuf_addf(b,
		    "<rect class=\"%s\" x=\"%zu\" y=\"%zu\" width=\"3\" "
		    "height=\"%zu\"/>",
		    digest_state_class(day->state), (i - m->first) * 4, 20 - h,
		    h);
	}
	strbuf_addstr(b, "</svg>");
}

/* ", 2 outages", if there are any. */
static void
add_missing(struct strbuf *b, size_t n, const char *one, const char *several)
{
	if (n == 0)
		return;
	strbuf_addstr(b, ", <em>");
	number_add_plural(b, n, one, several);
	strbuf_addstr(b, "</em>");
}

static void
add_month(struct strbuf *b, const struct digest *d, const struct month *m)
{
	strbuf_addstr(b, "<li><a href=\"");
	html_month_url(b, m->when);
	strbuf_addf(
	    b, "\"><b>%s %d</b>\n", month_name(m->when.month), m->when.year);
	add_month_bars(b, d, m);
	strbuf_addstr(b, "\n<span>");
	number_add_count(b, m->papers);
	strbuf_addstr(b, m->papers == 1 ? " paper on " : " papers on ");
	number_add_plural(b, m->days, "day", "days");
	add_missing(b, m->outages, "outage", "outages");
	add_missing(b, m->gaps, "day not fetched", "days not fetched");
	strbuf_addstr(b, "</span></a></li>\n");
}

/* The month that ends before day end. */
static struct month
month_before(const struct digest *d, size_t end)
{
	struct month m = {.end = end, .first = end, .most = 1};
	const struct digest_day *day;
	struct ymd when;

	m.when = day_to_ymd(d->days[end - 1].day);
	while (m.first > 0) {
		day = &d->days[m.first - 1];
		when = day_to_ymd(day->day);
		if (when.year != m.when.year || when.month != m.when.month)
			break;
		m.first--;
		m.papers += day->papers.n;
		m.days += day->state == DAY_READ || day->state == DAY_PART;
		m.outages += day->state == DAY_OUTAGE;
		m.gaps += day->state == DAY_UNFETCHED;
		if (day->papers.n > m.most)
			m.most = day->papers.n;
	}
	return m;
}

static void
add_months(struct strbuf *b, const struct digest *d, size_t end)
{
	struct month m;
	int year = 0;

	strbuf_addstr(b, "<nav class=\"months\" aria-label=\"Months\">\n");
	while (end > 0) {
		m = month_before(d, end);
		if (m.when.year != year) {
			strbuf_addstr(b, year != 0 ? "</ul>\n" : "");
			year = m.when.year;
			strbuf_addf(b, "<h2>%d</h2>\n<ul>\n", year);
		}
		add_month(b, d, &m);
		end = m.first;
	}
	strbuf_addstr(b, year != 0 ? "</ul>\n</nav>\n" : "</nav>\n");
}

static void
add_latest(struct strbuf *b, const struct digest *d, size_t ndated)
{
	const struct digest_day *day;

	while (ndated > 0 && !digest_day_has_page(&d->days[ndated - 1]))
		ndated--;
	if (ndated == 0)
		return;
	day = &d->days[ndated - 1];
	strbuf_addstr(b, "<p class=\"latest\">The latest day is <a href=\"");
	strbuf_addf(b, "%.4s/%.2s/", day->date.p, day->date.p + 5);
	html_day_url(b, day);
	escape_html_in(b, "\">", day->date, "</a>, ");
	if (day->relevant_known) {
		strbuf_addstr(b, "with ");
		number_add_plural(b, day->papers.n, "paper", "papers");
	} else {
		strbuf_addstr(b, "an outage");
	}
	strbuf_addstr(b, ".</p>\n");
}

static bool
is_arxiv_url(const struct digest_paper *p)
{
	struct slice url = p->url, home = SLICE_LIT("https://arxiv.org/abs/");

	return url.n == home.n + p->id.n &&
	    memcmp(url.p, home.p, home.n) == 0 &&
	    memcmp(url.p + home.n, p->id.p, p->id.n) == 0;
}

static void
pack_list(struct pack *p, const struct slices *list,
    void (*add)(struct pack *, struct slice))
{
	for (size_t i = 0; i < list->n; i++)
		add(p, list->v[i]);
	pack_end_field(p);
}

/* "9 8", "- 7.5" */
static void
pack_scores(struct pack *p, const struct digest_paper *paper)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	if (paper->has_relevance)
		number_add(&b, paper->relevance);
	else
		strbuf_addch(&b, '-');
	strbuf_addch(&b, ' ');
	if (paper->has_novelty)
		number_add(&b, paper->novelty);
	else
		strbuf_addch(&b, '-');
	pack_name(p, strbuf_slice(&b));
	pack_end_field(p);
	strbuf_release(&b);
}

/* In the order that search.js reads; the address only where it is not what
 * the id says. */
static void
pack_paper(struct pack *p, const struct digest_paper *paper)
{
	const struct slices id = {&paper->id, 1}, title = {&paper->title, 1},
			    comment = {&paper->comment, 1};

	pack_scores(p, paper);
	pack_list(p, &id, pack_text);
	pack_list(p, &title, pack_text);
	pack_list(p, &paper->authors, pack_text);
	pack_list(p, &comment, pack_text);
	pack_list(p, &paper->topics, pack_name);
	for (size_t i = 0; i < paper->categories.n; i++)
		pack_name(p, paper->categories.v[i]);
	if (!is_arxiv_url(paper)) {
		pack_end_field(p);
		pack_text(p, paper->url);
	}
	pack_end_record(p);
}

/* The days' dates and how many papers each has, newest first, as are the
 * papers: that is the order in which a search shows them. */
static void
add_data(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf;
	struct pack *p = pack_new();
	const struct digest_papers *papers;

	strbuf_addstr(b, "<script type=\"text/plain\" id=\"days\">\n");
	for (size_t i = d->ndays; i-- > 0;) {
		papers = &d->days[i].papers;
		if (papers->n > 0)
			strbuf_addf(b, "%zu %.*s\n", papers->n,
			    (int)d->days[i].date.n, d->days[i].date.p);
		for (size_t k = 0; k < papers->n; k++)
			pack_paper(p, papers->v[k]);
	}
	pack_finish(p);
	strbuf_addstr(
	    b, "</script>\n<script type=\"text/plain\" id=\"words\">");
	pack_write_words(p, out);
	strbuf_addstr(
	    b, "</script>\n<script type=\"text/plain\" id=\"records\">");
	pack_write_records(p, out);
	strbuf_addstr(b, "</script>\n");
	pack_free(p);
}

/* Choices that are told by the papers are filled in by index.js. */
static void
add_search(struct strbuf *b)
{
	strbuf_addstr(b,
	    "<section class=\"search js\" aria-label=\"Search\">\n"
	    "<form class=\"tools\" role=\"search\">\n"
	    "<label class=\"find\"><span>Search</span> <input type=\"search\" "
	    "id=\"find\" placeholder=\"Search all days\" autocomplete=\"off\" "
	    "spellcheck=\"false\"></label>\n"
	    "<output id=\"count\" aria-live=\"polite\"></output>\n");
	html_filter(b, "Newest first");
	strbuf_addstr(b,
	    "</p>\n</div>\n</details>\n"
	    "</form>\n<h2 class=\"hidden\">Papers</h2>\n"
	    "<p id=\"nothing\" class=\"verdict\" role=\"status\" hidden></p>\n"
	    "<div id=\"results\"></div>\n"
	    "<p><button id=\"more\" hidden>More</button></p>\n</section>\n"
	    "<noscript><p class=\"latest\">Searching needs JavaScript. Without "
	    "it, the months lead to every paper.</p></noscript>\n");
}

void
html_index(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf;
	size_t ndated = d->ndays;

	while (ndated > 0 && !d->days[ndated - 1].dated)
		ndated--;
	add_latest(b, d, ndated);
	add_search(b);
	add_months(b, d, ndated);
	add_data(out, d);
}
