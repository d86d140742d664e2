/* SPDX-License-Identifier: ISC */
/* What the feed formats share: identities, dates and the HTML of entries. */
#include <inttypes.h>
#include <string.h>

#include "escape.h"
#include "render.h"

void
render_totals(struct strbuf *b, const struct digest *d)
{
	const struct digest_totals *t = &d->totals;

	if (t->arxiv_known) {
		render_count(b, t->arxiv);
		strbuf_addstr(
		    b, t->arxiv == 1 ? " arXiv paper, " : " arXiv papers, ");
	}
	render_count(b, t->scanned);
	strbuf_addstr(b, " scanned, ");
	render_count(b, t->relevant);
	strbuf_addstr(b, " relevant");
}

/* FNV-1a; where it starts tells two halves of one identity apart. */
static uint64_t
hash(uint64_t h, const char *s)
{
	/* The NUL too, so that "ab", "c" is not "a", "bc". */
	do
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	while (*s++ != '\0');
	return h;
}

void
render_urn(struct strbuf *b, const char *const *parts)
{
	uint64_t high = 14695981039346656037u, low = 0x9e3779b97f4a7c15u;

	for (; *parts != NULL; parts++) {
		high = hash(high, *parts);
		low = hash(low, *parts);
	}
	/* Version 8 of RFC 9562: made in a way of one's own. */
	strbuf_addf(b,
	    "urn:uuid:%08" PRIx64 "-%04" PRIx64 "-8%03" PRIx64 "-%04" PRIx64
	    "-%012" PRIx64,
	    high >> 32, high >> 16 & 0xffff, high & 0xfff,
	    0x8000 | (low >> 48 & 0x3fff), low & 0xffffffffffff);
}

void
render_identity(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addstr(b, "https://arxiv.org/abs/");
	url_add(b, p->id);
}

void
render_day(
    struct strbuf *b, const struct digest *d, const struct digest_paper *p)
{
	const struct digest_day *day = &d->days[p->day];

	strbuf_addslice(b, day->dated ? day->date : d->last_day);
	strbuf_addstr(b, "T00:00:00Z");
}

static void
add_list(struct strbuf *b, const struct slices *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (i > 0)
			strbuf_addstr(b, ", ");
		escape_html(b, list->v[i]);
	}
}

static void
add_scores(struct strbuf *b, const struct digest_paper *p)
{
	size_t i;

	strbuf_addstr(b, "<p>Relevance ");
	render_axis(b, p->has_relevance, p->relevance);
	strbuf_addstr(b, ", novelty ");
	render_axis(b, p->has_novelty, p->novelty);
	for (i = 0; i < p->naxes; i++) {
		strbuf_addstr(b, ", ");
		escape_html(b, p->axes[i].name);
		strbuf_addch(b, ' ');
		render_number(b, p->axes[i].value);
	}
	if (p->topics.n > 0) {
		strbuf_addstr(b, ". Topics: ");
		add_list(b, &p->topics);
	}
	strbuf_addstr(b, "</p>");
}

void
render_entry_html(struct strbuf *b, const struct digest_paper *p)
{
	size_t i;

	if (p->match_authors.n > 0) {
		strbuf_addstr(b, "<p><strong>Author match:</strong> ");
		add_list(b, &p->match_authors);
		strbuf_addstr(b, "</p>");
	}
	if (p->comment.n > 0) {
		strbuf_addstr(b, "<p><strong>");
		escape_html(b, p->comment);
		strbuf_addstr(b, "</strong></p>");
	}
	if (p->scored)
		add_scores(b, p);
	if (p->authors.n > 0) {
		strbuf_addstr(b, "<p>");
		add_list(b, &p->authors);
		strbuf_addstr(b, "</p>");
	}
	strbuf_addstr(b, "<p>");
	escape_html(b, p->abstract);
	strbuf_addstr(b, "</p><p><a href=\"");
	escape_html(b, p->pdf);
	strbuf_addstr(b, "\">PDF</a>");
	for (i = 0; i < p->code.n; i++) {
		strbuf_addstr(b, " <a href=\"");
		escape_html(b, p->code.v[i]);
		strbuf_addstr(b, "\">code</a>");
	}
	strbuf_addstr(b, "</p>");
}

void
render_health_identity(struct strbuf *b, const struct digest *d)
{
	const char *const parts[] = {"health", d->heading.p, NULL};

	render_urn(b, parts);
}

bool
render_health_html(struct strbuf *b, const struct digest *d)
{
	const struct digest_unscored *u;
	size_t i;

	if (d->nnotices == 0 && d->verdict.n == 0)
		return false;
	for (i = 0; i < d->nnotices; i++) {
		strbuf_addf(b, "<p><strong>%s:</strong> ",
		    render_level(d->notices[i].level));
		escape_html(b, d->notices[i].text);
		strbuf_addstr(b, "</p>");
	}
	if (d->verdict.n > 0) {
		strbuf_addstr(b, "<p>");
		escape_html(b, d->verdict);
		strbuf_addstr(b, "</p>");
	}
	for (i = 0; i < d->nunscored; i++) {
		u = &d->unscored[i];
		strbuf_addstr(
		    b, i == 0 ? "<ul><li><a href=\"" : "</li><li><a href=\"");
		escape_html(b, u->url);
		strbuf_addstr(b, "\">");
		escape_html(b, u->title.n > 0 ? u->title : u->id);
		strbuf_addstr(b, "</a>: ");
		escape_html(b, u->code);
	}
	if (d->nunscored > 0)
		strbuf_addstr(b, "</li></ul>");
	return true;
}

void
render_health_title(struct strbuf *b, const struct digest *d)
{
	static const char *const words[] = {
	    [NOTICE_INFO] = "Note on ",
	    [NOTICE_WARNING] = "Something is missing: ",
	    [NOTICE_OUTAGE] = "Outage: ",
	};

	if (d->nnotices > 0 && d->notices[0].level > NOTICE_INFO)
		strbuf_addstr(b, words[d->notices[0].level]);
	else if (d->verdict.n > 0)
		strbuf_addstr(b, "No papers: ");
	else
		strbuf_addstr(b, words[NOTICE_INFO]);
	strbuf_addslice(b, d->heading);
}
