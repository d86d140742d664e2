/* SPDX-License-Identifier: ISC */
/*
 * The archive: its months, and a search over all its papers.
 *
 * Tens of thousands of papers are no document that a browser likes to lay
 * out, so they are in the page as data, in chunks that are parsed when there
 * is time, and only what a search finds becomes part of the document.
 * Without JavaScript the months lead to every paper.
 */
#include <string.h>

#include "common/base/number.h"
#include "common/json/json_write.h"
#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

#define CHUNK_PAPERS 1000

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
	number_add_plural(b, m->papers, "paper", "papers");
	strbuf_addstr(b, " on ");
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

/* A JSON string within <script>: what could end the element is spelt as an
 * escape, and what a person could not see is left out. */
static void
add_string(struct strbuf *b, struct strbuf *clean, struct slice s)
{
	size_t at = b->len, n = 0;

	strbuf_reset(clean);
	escape_tty(clean, s);
	json_quote(b, strbuf_slice(clean));
	for (size_t i = at; i < b->len; i++)
		n += b->s[i] == '<';
	if (n == 0)
		return;
	strbuf_reset(clean);
	strbuf_add(clean, b->s + at, b->len - at);
	strbuf_setlen(b, at);
	for (size_t i = 0; i < clean->len; i++)
		if (clean->s[i] == '<')
			strbuf_addstr(b, "\\u003c");
		else
			strbuf_addch(b, clean->s[i]);
}

static void
add_strings(struct strbuf *b, struct strbuf *clean, const struct slices *list)
{
	strbuf_addch(b, '[');
	for (size_t i = 0; i < list->n; i++) {
		strbuf_addstr(b, i > 0 ? "," : "");
		add_string(b, clean, list->v[i]);
	}
	strbuf_addch(b, ']');
}

static void
add_number(struct strbuf *b, bool has, double v)
{
	if (has)
		number_add(b, v);
	else
		strbuf_addstr(b, "null");
}

static bool
is_arxiv_url(const struct digest_paper *p)
{
	struct slice url = p->url, home = SLICE_LIT("https://arxiv.org/abs/");

	return url.n == home.n + p->id.n &&
	    memcmp(url.p, home.p, home.n) == 0 &&
	    memcmp(url.p + home.n, p->id.p, p->id.n) == 0;
}

/* [id, title, [author ..], comment, [topic ..], [category ..], date,
 * relevance, novelty], as page.js reads it; the address follows if it is not
 * what the id says. */
static void
add_datum(struct strbuf *b, struct strbuf *clean, const struct digest *d,
    const struct digest_paper *p)
{
	strbuf_addch(b, '[');
	add_string(b, clean, p->id);
	strbuf_addch(b, ',');
	add_string(b, clean, p->title);
	strbuf_addch(b, ',');
	add_strings(b, clean, &p->authors);
	strbuf_addch(b, ',');
	add_string(b, clean, p->comment);
	strbuf_addch(b, ',');
	add_strings(b, clean, &p->topics);
	strbuf_addch(b, ',');
	add_strings(b, clean, &p->categories);
	strbuf_addch(b, ',');
	add_string(b, clean, d->days[p->day].date);
	strbuf_addch(b, ',');
	add_number(b, p->has_relevance, p->relevance);
	strbuf_addch(b, ',');
	add_number(b, p->has_novelty, p->novelty);
	if (!is_arxiv_url(p)) {
		strbuf_addch(b, ',');
		add_string(b, clean, p->url);
	}
	strbuf_addch(b, ']');
}

/* Newest first, as the search shows them. */
static void
add_data(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf, clean = STRBUF_INIT(STRBUF_MAX);
	const struct digest_papers *papers;
	size_t n = 0;

	for (size_t i = d->ndays; i-- > 0;) {
		papers = &d->days[i].papers;
		for (size_t k = 0; k < papers->n; k++, n++) {
			strbuf_addstr(b,
			    n % CHUNK_PAPERS != 0 ? ",\n"
				: n > 0
				? "]</script>\n"
				  "<script type=\"application/json\">["
				: "<script type=\"application/json\">[");
			add_datum(b, &clean, d, papers->v[k]);
			render_spill(out);
		}
	}
	strbuf_addstr(b, n > 0 ? "]</script>\n" : "");
	strbuf_release(&clean);
}

void
html_index(struct output *out, const struct digest *d)
{
	struct strbuf *b = &out->buf;
	size_t ndated = d->ndays;

	while (ndated > 0 && !d->days[ndated - 1].dated)
		ndated--;
	add_latest(b, d, ndated);
	strbuf_addstr(
	    b, "<section class=\"search js\" aria-label=\"Search\">\n");
	html_toolbar(b, d);
	strbuf_addstr(b,
	    "<ol id=\"results\"></ol>\n"
	    "<p><button id=\"more\" hidden>More</button></p>\n</section>\n"
	    "<noscript><p class=\"latest\">Searching needs JavaScript. Without "
	    "it, the months lead to every paper.</p></noscript>\n");
	add_months(b, d, ndated);
	add_data(out, d);
}
