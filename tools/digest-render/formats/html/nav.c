/* SPDX-License-Identifier: ISC */
/* Links between the pages of a site. */
#include <ctype.h>
#include <string.h>

#include "text/escape.h"
#include "formats/html/html.h"

/* What a neighbour is called whose label is only a date. */
static const struct {
	const char *prev, *up, *next;
} names[] = {
    [VIEW_DAY] = {"Previous Day", "Monthly Overview", "Next Day"},
    [VIEW_WEEK] = {"Previous Week", "Monthly Overview", "Next Week"},
    [VIEW_MONTH] = {"Previous Month", "All Months", "Next Month"},
    [VIEW_INDEX] = {"Previous", "Up", "Next"},
};

static bool
is_date(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isdigit((unsigned char)s.p[i]) &&
		    strchr("-/. ", s.p[i]) == NULL)
			return false;
	return s.n > 0;
}

/* "2025-10-16", "Previous Day 2025-10-16": the date in an element of its
 * own. */
static void
nav_label(struct strbuf *b, const char *name, struct slice label)
{
	size_t at = label.n;

	if (is_date(label)) {
		at = 0;
		strbuf_addstr(b, name);
	} else {
		while (at > 0 &&
		    is_date(
			(struct slice) {label.p + at - 1, label.n - at + 1}))
			at--;
		escape_html(b, (struct slice) {label.p, at});
	}
	if (at == label.n)
		return;
	while (at < label.n && label.p[at] == ' ')
		at++;
	strbuf_addstr(b, " <b>");
	escape_html(b, (struct slice) {label.p + at, label.n - at});
	strbuf_addstr(b, "</b>");
}

static void
nav_link(struct strbuf *b, const struct digest_link *link, const char *rel,
    const char *name)
{
	if (!link->present)
		return;
	strbuf_addf(b, "<a class=\"%s\"", rel);
	if (strcmp(rel, "up") != 0)
		strbuf_addf(b, " rel=\"%s\"", rel);
	strbuf_addstr(b, " href=\"");
	escape_html(b, link->url);
	strbuf_addstr(b, "\">");
	nav_label(b, name, link->label);
	strbuf_addstr(b, "</a>\n");
}

void
html_nav(struct strbuf *b, const struct digest *d)
{
	const struct digest_style *s = &d->style;

	if (!s->prev.present && !s->up.present && !s->next.present)
		return;
	strbuf_addstr(b, "<nav class=\"pages\" aria-label=\"Pages\">\n");
	nav_link(b, &s->prev, "prev", names[s->view].prev);
	nav_link(b, &s->up, "up", names[s->view].up);
	nav_link(b, &s->next, "next", names[s->view].next);
	strbuf_addstr(b, "</nav>\n");
}

void
html_day_url(struct strbuf *b, const struct digest_day *day)
{
	escape_html(b, day->date);
	strbuf_addstr(b, ".html");
}

void
html_month_url(struct strbuf *b, struct ymd month)
{
	strbuf_addf(b, "%04d/%02d/index.html", month.year, month.month);
}
