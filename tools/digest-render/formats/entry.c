/* SPDX-License-Identifier: ISC */
#include "formats/render.h"

#include <inttypes.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/utf8.h"
#include "text/escape.h"

/* Of more authors than that so many are named: a collaboration may have
 * thousands. */
#define AUTHORS_MAX   10
#define AUTHORS_NAMED 8
#define CITES_NAMED   3
#define TOPICS_MAX    20

void
entry_count(struct strbuf *b, bool known, uint64_t n)
{
	if (known)
		number_add_count(b, n);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
}

const char *
entry_verdict(const struct digest *d)
{
	return d->outage ? "Outage." : "No papers selected.";
}

void
entry_totals(struct strbuf *b, const struct digest *d, const char *between)
{
	const struct digest_totals *t = &d->totals;

	if (d->style.view == VIEW_LIST) {
		number_add_count(b, t->relevant);
		strbuf_addstr(b, " found");
		return;
	}
	if (t->arxiv_known) {
		number_add_plural(b, t->arxiv, "arXiv paper", "arXiv papers");
		strbuf_addstr(b, between);
	}
	entry_count(b, t->scanned_known, t->scanned);
	strbuf_addstr(b, " scanned");
	strbuf_addstr(b, between);
	entry_count(b, t->relevant_known, t->relevant);
	strbuf_addstr(b, " relevant");
}

void
entry_group_size(struct strbuf *b, const struct digest_group *g)
{
	strbuf_addf(b, "(%zu", g->papers.n);
	if (g->all > g->papers.n)
		strbuf_addf(b, " of %zu", g->all);
	strbuf_addch(b, ')');
}

/* Where the hash starts tells two halves of one identity apart. */
void
entry_urn(struct strbuf *b, const char *const *parts)
{
	uint64_t high = HASH_INIT, low = 0x9e3779b97f4a7c15u;
	size_t n;

	for (; *parts != NULL; parts++) {
		/* The NUL too, so that "ab", "c" is not "a", "bc". */
		n = strlen(*parts) + 1;
		high = hash_add(high, *parts, n);
		low = hash_add(low, *parts, n);
	}
	/* Version 8 of RFC 9562: made in a way of one's own. */
	strbuf_addf(b,
	    "urn:uuid:%08" PRIx64 "-%04" PRIx64 "-8%03" PRIx64 "-%04" PRIx64
	    "-%012" PRIx64,
	    high >> 32, high >> 16 & 0xffff, high & 0xfff,
	    0x8000 | (low >> 48 & 0x3fff), low & 0xffffffffffff);
}

void
entry_cost(struct strbuf *b, const struct digest_usage *u, double usd)
{
	if (!u->priced) {
		strbuf_addstr(b, "unpriced");
		return;
	}
	strbuf_addstr(b, u->at_least ? "at least " : "");
	number_add_cost(b, usd);
}

void
entry_identity(struct strbuf *b, const struct digest_paper *p)
{
	if (!p->arxiv) {
		strbuf_addslice(b, p->url);
		return;
	}
	/* Whatever link the record has. */
	strbuf_addstr(b, "https://arxiv.org/abs/");
	escape_url(b, p->id);
}

void
entry_full_text(struct strbuf *b, const struct digest_paper *p)
{
	if (!p->arxiv)
		return;
	strbuf_addstr(b, "https://arxiv.org/html/");
	escape_url(b, p->id);
}

/* Only ids of arXiv make anchors of their own, so that two ids never share
 * one. */
void
entry_anchor(struct strbuf *b, const struct digest_paper *p)
{
	if (!p->arxiv) {
		strbuf_addf(b, "paper-n%zu", p->number);
		return;
	}
	strbuf_addstr(b, "paper-");
	for (size_t i = 0; i < p->id.n; i++)
		strbuf_addch(
		    b, strchr("./", p->id.p[i]) != NULL ? '-' : p->id.p[i]);
}

void
entry_date(
    struct strbuf *b, const struct digest *d, const struct digest_paper *p)
{
	const struct digest_day *day = &d->days[p->day];

	strbuf_addslice(b, day->dated ? day->date : d->last_day);
	strbuf_addstr(b, "T00:00:00Z");
}

void
entry_list(struct strbuf *b, const struct slices *list)
{
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			strbuf_addstr(b, ", ");
		escape_html(b, list->v[i]);
	}
}

void
entry_authors(struct strbuf *b, const struct slices *names,
    void (*escape)(struct strbuf *, struct slice))
{
	size_t n = names->n <= AUTHORS_MAX ? names->n : AUTHORS_NAMED;

	for (size_t i = 0; i < n; i++) {
		strbuf_addstr(b, i > 0 ? ", " : "");
		escape(b, names->v[i]);
	}
	if (n == names->n)
		return;
	strbuf_addstr(b, " et al. (");
	number_add_count(b, names->n);
	strbuf_addstr(b, " authors)");
}

void
entry_topics(struct strbuf *b, const struct digest *d,
    void (*escape)(struct strbuf *, struct slice))
{
	for (size_t i = 0; i < d->ntopics && i < TOPICS_MAX; i++) {
		strbuf_addstr(b, i == 0 ? "Topics: " : ", ");
		escape(b, d->topics[i].label);
		strbuf_addf(b, " %zu", d->topics[i].all);
	}
	strbuf_addstr(b, d->ntopics > TOPICS_MAX ? ", \u2026" : "");
}

void
entry_scores(struct strbuf *b, const struct digest_paper *p)
{
	if (!p->scored)
		return;
	strbuf_addstr(b, " (");
	number_add_or_dash(b, p->has_relevance, p->relevance);
	strbuf_addstr(b, "\u00b7");
	number_add_or_dash(b, p->has_novelty, p->novelty);
	strbuf_addch(b, ')');
}

void
entry_cut(struct strbuf *b, struct slice text, size_t max)
{
	size_t n = utf8_cut(text.p, text.n, max);

	escape_html(b, (struct slice) {text.p, n});
	strbuf_addstr(b, n < text.n ? " \u2026" : "");
}

static void
add_scores(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addstr(b, "<p>Relevance ");
	number_add_or_dash(b, p->has_relevance, p->relevance);
	strbuf_addstr(b, ", novelty ");
	number_add_or_dash(b, p->has_novelty, p->novelty);
	for (size_t i = 0; i < p->naxes; i++) {
		strbuf_addstr(b, ", ");
		escape_html(b, p->axes[i].name);
		strbuf_addch(b, ' ');
		number_add(b, p->axes[i].value);
	}
	if (p->topics.n > 0) {
		strbuf_addstr(b, ". Topics: ");
		entry_list(b, &p->topics);
	}
	strbuf_addstr(b, "</p>");
}

static void
add_paragraph(struct strbuf *b, const struct slices *names)
{
	if (names->n == 0)
		return;
	strbuf_addstr(b, "<p>");
	entry_authors(b, names, escape_html);
	strbuf_addstr(b, "</p>");
}

/* What it is called, and where the rest is. */
static void
add_links(struct strbuf *b, const struct digest_paper *p)
{
	char buf[DIGEST_PDF_SIZE];
	struct slice pdf = digest_pdf(p, buf);

	escape_html_in(b, "<p>", p->id, "");
	if (p->primary.n > 0)
		escape_html_in(b, " \u00b7 ", p->primary, "");
	if (pdf.n > 0)
		escape_html_in(b, " \u00b7 <a href=\"", pdf, "\">PDF</a>");
	for (size_t i = 0; i < p->code.n; i++)
		escape_html_in(
		    b, " \u00b7 <a href=\"", p->code.v[i], "\">code</a>");
	strbuf_addstr(b, "</p>");
}

void
entry_cites(struct strbuf *b, const struct digest_paper *p,
    void (*escape)(struct strbuf *, struct slice))
{
	size_t named = p->cites.n < CITES_NAMED ? p->cites.n : CITES_NAMED;

	if (p->ncites == 0)
		return;
	strbuf_addf(b, "Cites %zu of yours", p->ncites);
	for (size_t i = 0; i < named; i++) {
		strbuf_addstr(b, i == 0 ? ": " : "; ");
		escape(b, p->cites.v[i]);
	}
	if (named > 0 && named < p->ncites)
		strbuf_addf(b, "; and %zu more", p->ncites - named);
}

void
entry_near(struct strbuf *b, const struct digest_near *n,
    void (*escape)(struct strbuf *, struct slice))
{
	if (n->announced.n == 0 && !n->starred)
		return;
	strbuf_addstr(b, " (");
	escape(b, n->announced);
	if (n->starred)
		strbuf_addstr(b, n->announced.n > 0 ? ", starred" : "starred");
	strbuf_addch(b, ')');
}

void
entry_html(struct strbuf *b, const struct digest_paper *p, size_t abstract_max)
{
	if (p->match_authors.n > 0) {
		strbuf_addstr(b, "<p><strong>Author match:</strong> ");
		entry_list(b, &p->match_authors);
		strbuf_addstr(b, "</p>");
	}
	if (p->ncites > 0) {
		strbuf_addstr(b, "<p>");
		entry_cites(b, p, escape_html);
		strbuf_addstr(b, "</p>");
	}
	if (p->comment.n > 0)
		escape_html_in(b, "<p><strong>", p->comment, "</strong></p>");
	if (p->scored)
		add_scores(b, p);
	add_paragraph(b, &p->authors);
	if (p->abstract.n > 0 && abstract_max > 0) {
		strbuf_addstr(b, "<p>");
		entry_cut(b, p->abstract, abstract_max);
		strbuf_addstr(b, "</p>");
	}
	add_links(b, p);
}

size_t
entry_last_day(const struct digest *d)
{
	size_t i = d->ndays;

	while (i > 1 && !d->days[i - 1].dated)
		i--;
	return i > 0 ? i - 1 : 0;
}

/* What is not one day's is told with the last one. */
static bool
belongs(const struct digest *d, size_t i, struct slice day)
{
	if (day.n == 0)
		return i == entry_last_day(d);
	return i < d->ndays && slice_same(d->days[i].date, day);
}

static const struct digest_notice *
worst_notice(const struct digest *d, size_t i)
{
	for (size_t j = 0; j < d->nnotices; j++)
		if (belongs(d, i, d->notices[j].day))
			return &d->notices[j];
	return NULL;
}

static struct slice
day_name(const struct digest *d, size_t i)
{
	return i < d->ndays && d->days[i].dated ? d->days[i].date : d->last_day;
}

void
entry_health_identity(struct strbuf *b, const struct digest *d, size_t i)
{
	const char *const parts[] = {
	    "health", d->title.p, day_name(d, i).p, NULL};

	entry_urn(b, parts);
}

void
entry_health_date(struct strbuf *b, const struct digest *d, size_t i)
{
	strbuf_addslice(b, day_name(d, i));
	strbuf_addstr(b, "T00:00:00Z");
}

static void
add_unscored(struct strbuf *b, const struct digest *d, size_t i)
{
	const struct digest_unscored *u;
	bool any = false;

	for (size_t j = 0; j < d->nunscored; j++) {
		u = &d->unscored[j];
		if (u->day != i)
			continue;
		strbuf_addstr(b, any ? "" : "<ul>");
		escape_html_in(b, "<li><a href=\"", u->url, "\">");
		escape_html(b, u->title);
		escape_html_in(b, "</a>: ", u->code, "</li>");
		any = true;
	}
	if (any)
		strbuf_addstr(b, "</ul>");
}

static bool
is_empty(const struct digest *d, size_t i)
{
	const struct digest_day *day;

	if (d->ndays <= 1)
		return d->papers.n == 0;
	day = &d->days[i];
	/* Gaps are no news; what failed has notices. */
	return day->state < DAY_OUTAGE && day->relevant == 0 &&
	    (day->reported || day->read > 0);
}

static void
add_empty_reason(struct strbuf *b, const struct digest *d, size_t i)
{
	strbuf_addstr(b, "<p>");
	if (d->empty_reason.n > 0 && i == entry_last_day(d)) {
		escape_html(b, d->empty_reason);
	} else if (d->ndays > 0 && d->days[i].state == DAY_HOLIDAY) {
		strbuf_addstr(b, "arXiv announced nothing: a holiday.");
	} else if (d->ndays == 0 || d->days[i].scanned == 0) {
		strbuf_addstr(b, "There were no papers.");
	} else {
		strbuf_addstr(b, "Nothing relevant: ");
		number_add_plural(b, d->days[i].scanned, "paper was looked at",
		    "papers were looked at");
		strbuf_addstr(b, ", and none is shown.");
	}
	strbuf_addstr(b, "</p>");
}

bool
entry_health_html(struct strbuf *b, const struct digest *d, size_t i)
{
	const struct digest_notice *n;

	if (worst_notice(d, i) == NULL && !is_empty(d, i))
		return false;
	for (size_t j = 0; j < d->nnotices; j++) {
		n = &d->notices[j];
		if (!belongs(d, i, n->day))
			continue;
		strbuf_addf(
		    b, "<p><strong>%s:</strong> ", digest_level_name(n->level));
		escape_html(b, n->text);
		strbuf_addstr(b, "</p>");
	}
	if (is_empty(d, i))
		add_empty_reason(b, d, i);
	add_unscored(b, d, i);
	return true;
}

void
entry_health_title(struct strbuf *b, const struct digest *d, size_t i)
{
	static const char *const words[] = {
	    [NOTICE_INFO] = "Note: ",
	    [NOTICE_WARNING] = "Something is missing: ",
	    [NOTICE_OUTAGE] = "Outage: ",
	};
	const struct digest_notice *n = worst_notice(d, i);

	if (n != NULL && n->level > NOTICE_INFO)
		strbuf_addstr(b, words[n->level]);
	else if (is_empty(d, i))
		strbuf_addstr(b, "No papers: ");
	else
		strbuf_addstr(b, words[NOTICE_INFO]);
	strbuf_addslice(b, d->title);
	strbuf_addch(b, ' ');
	strbuf_addslice(b, day_name(d, i));
}

void
entry_complain(const struct digest *d)
{
	const struct digest_notice *n;

	for (size_t i = 0; i < d->nnotices; i++) {
		n = &d->notices[i];
		if (n->level > NOTICE_INFO)
			msg_warn(
			    "%s: %s", digest_level_name(n->level), n->text.p);
	}
	if (d->empty_reason.n > 0)
		msg_warn("%s", d->empty_reason.p);
}
