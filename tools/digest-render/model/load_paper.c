/* SPDX-License-Identifier: ISC */
/* What is kept of a record. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/record/arxiv_id.h"
#include "model/digest_internal.h"
#include "text/escape.h"

/* Nobody reads more of them. */
#define KEYWORDS_MAX 64

void
papers_push(struct digest_papers *list, struct digest_paper *p)
{
	list->v = xgrow(list->v, &list->cap, list->n + 1, sizeof(*list->v));
	list->v[list->n++] = p;
}

/* With both axes known this orders as their sum does.  A null axis must not
 * count as 0, nor as a 10: the paper is judged by what is known of it. */
double
merit(bool has_relevance, double relevance, bool has_novelty, double novelty)
{
	if (has_relevance && has_novelty)
		return (relevance + novelty) / 2;
	if (has_relevance)
		return relevance;
	return has_novelty ? novelty : -HUGE_VAL;
}

/* Something to click on, always. */
static struct slice
keep_title(struct digest *d, struct paper *p)
{
	struct slice title = keep_text(d, paper_text(p, PAPER_TITLE));

	return title.n > 0 ? title : keep(d, paper_text(p, PAPER_ID));
}

/* Where the paper is: its own link, arXiv's page, or what its DOI leads to;
 * else a search for it, since there is something to click on always. */
static struct slice
keep_home(struct digest *d, struct paper *p)
{
	struct slice given = paper_text(p, PAPER_URL);
	struct slice id = paper_text(p, PAPER_ID);
	struct slice doi = paper_text(p, PAPER_DOI);

	if (url_is_web(given))
		return keep_url(d, given);
	if (arxiv_id_ok(id))
		return keep_address(d, "https://arxiv.org/abs/", id);
	if (doi.n == 0 && id.n > 3 && memcmp(id.p, "10.", 3) == 0)
		doi = id;
	return doi.n > 0
	    ? keep_address(d, "https://doi.org/", doi)
	    : keep_address(d, "https://search.crossref.org/?q=", id);
}

struct slice
digest_pdf(const struct digest_paper *p, char buf[DIGEST_PDF_SIZE])
{
	if (p->pdf.n > 0 || !p->arxiv)
		return p->pdf;
	snprintf(buf, DIGEST_PDF_SIZE, "https://arxiv.org/pdf/%.*s",
	    (int)p->id.n, p->id.p);
	return slice_of(buf);
}

/* Its PDF, unless that is where arXiv has it. */
static struct slice
keep_pdf(struct digest *d, const struct digest_paper *out, struct paper *p)
{
	struct slice given = paper_text(p, PAPER_PDF);
	char buf[DIGEST_PDF_SIZE];

	if (!url_is_web(given) || slice_same(given, digest_pdf(out, buf)))
		return (struct slice) {"", 0};
	return keep_url(d, given);
}

/* A number of score beside relevance and novelty. */
static bool
is_axis(const struct json_member *m, double *value)
{
	static const char *const others[] = {
	    "p", "mean", "relevance", "novelty"};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (slice_eq(m->key, others[i]))
			return false;
	return !m->key_escaped && json_double(&m->value, value);
}

static void
keep_axes(struct digest *d, struct digest_paper *out)
{
	const struct json_members *o = &d->builder->object;
	struct digest_axis *axes;
	size_t i, n = 0;
	double value;

	for (i = 0; i < o->n; i++)
		n += is_axis(&o->v[i], &value);
	if (n == 0)
		return;
	axes = arena_alloc(d->builder->into, n * sizeof(*axes));
	out->axes = axes;
	for (i = 0; i < o->n; i++) {
		if (!is_axis(&o->v[i], &value))
			continue;
		axes[out->naxes].name = keep_word(d, o->v[i].key);
		axes[out->naxes++].value = value;
	}
}

static void
keep_score(struct digest *d, struct paper *p, struct digest_paper *out)
{
	out->scored = paper_object(p, PAPER_SCORE, &d->builder->object);
	if (!out->scored)
		return;
	out->has_relevance = paper_axis(p, "relevance", &out->relevance);
	out->has_novelty = paper_axis(p, "novelty", &out->novelty);
	out->comment = keep_text(d, member_text(d, "comment"));
	(void)paper_axis(p, "mean", &out->mean);
	if (!paper_is_local(p))
		(void)strmap_add(
		    &d->builder->models, member_text(d, "model"), NULL);
	out->topics = member_list(d, "topics", keep_word);
	keep_axes(d, out);
}

static struct slice
hit_text(struct digest *d, const struct json_members *hit, const char *key)
{
	const struct json_member *m = json_find(hit, key);

	if (m == NULL || m->value.type != JSON_STRING)
		return (struct slice) {"", 0};
	return json_text(&m->value, &d->builder->scratch);
}

/* How many bytes n characters at the beginning of text are. */
static size_t
span(struct slice text, double n)
{
	size_t i = 0;

	while (i < text.n && n >= 1) {
		for (i++;
		     i < text.n && ((unsigned char)text.p[i] & 0xc0) == 0x80;)
			i++;
		n--;
	}
	return i;
}

/* A match is an object that says where: its keyword, as it was given, .. */
static struct slice
hit_keyword(struct digest *d, struct paper *p, const struct json_members *hit)
{
	(void)p;
	return keep(d, hit_text(d, hit, "keyword"));
}

/* .. and the words that it found, as they are shown. */
static struct slice
hit_words(struct digest *d, struct paper *p, const struct json_members *hit)
{
	static const struct {
		const char *field;
		enum paper_key key;
	} fields[] = {{"title", PAPER_TITLE}, {"abstract", PAPER_ABSTRACT},
	    {"comment", PAPER_COMMENT}};
	const struct json_member *offset = json_find(hit, "offset");
	const struct json_member *length = json_find(hit, "length");
	struct slice field = hit_text(d, hit, "field"), text = {"", 0};
	double from, n;
	size_t at;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (slice_eq(field, fields[i].field))
			text = paper_text(p, fields[i].key);
	if (offset == NULL || !json_double(&offset->value, &from) ||
	    length == NULL || !json_double(&length->value, &n))
		return (struct slice) {"", 0};
	at = span(text, from);
	text = (struct slice) {text.p + at, text.n - at};
	text.n = span(text, n);
	return keep_text(d, text);
}

/* What the paper cites of the reader's is called by its title, if it has
 * one. */
static struct slice
cited_title(struct digest *d, struct paper *p, const struct json_members *hit)
{
	struct slice title = hit_text(d, hit, "title");

	(void)p;
	return keep_text(d, title.n > 0 ? title : hit_text(d, hit, "id"));
}

/* What each match of that kind says, once. */
static struct slices
hit_list(struct digest *d, struct paper *p, const char *kind,
    struct slice (*say)(
	struct digest *, struct paper *, const struct json_members *))
{
	const struct json_member *m;
	struct json_members hit = JSON_MEMBERS_INIT;
	struct json_value item;
	struct slice text;
	size_t pos = 0;

	m = json_find(&d->builder->object, kind);
	if (m == NULL || m->value.type != JSON_ARRAY)
		return (struct slices) {NULL, 0};
	while (d->builder->nlist < KEYWORDS_MAX &&
	    json_array_next(m->value.raw, &pos, &item)) {
		if (item.type != JSON_OBJECT || !json_object(&hit, item.raw))
			continue;
		text = say(d, p, &hit);
		if (text.n > 0 && !kept_has(d->builder, text))
			kept_push(d->builder, text);
	}
	json_members_release(&hit);
	return kept_take(d);
}

static void
keep_match(struct digest *d, struct paper *p, struct digest_paper *out)
{
	if (!paper_object(p, PAPER_MATCH, &d->builder->object))
		return;
	out->match_authors = member_list(d, "authors", keep_text);
	out->match_keywords = hit_list(d, p, "keywords", hit_keyword);
	out->matched = hit_list(d, p, "keywords", hit_words);
	out->cites = hit_list(d, p, "cites", cited_title);
	out->ncites = paper_cites(p);
}

/* Less is another subject. */
#define NEAR_LEAST 0.6
#define NEAR_MAX   3

static bool
read_near(
    struct digest *d, const struct json_members *m, struct digest_near *out)
{
	const struct json_member *cos = json_find(m, "cos");
	double c;

	if (cos == NULL || !json_double(&cos->value, &c) || c < NEAR_LEAST)
		return false;
	out->title = keep_text(d, hit_text(d, m, "title"));
	out->id = keep_word(d, hit_text(d, m, "id"));
	out->announced = keep_word(d, hit_text(d, m, "announced"));
	out->starred = slice_eq(hit_text(d, m, "mark"), "star");
	return out->title.n > 0 && out->id.n > 0;
}

static void
keep_near(struct digest *d, const struct paper *p, struct digest_paper *out)
{
	const struct json_member *list = p->key[PAPER_NEAR];
	struct digest_near found[NEAR_MAX], *kept;
	struct json_members m = JSON_MEMBERS_INIT;
	struct json_value v;
	size_t pos = 0;

	if (list == NULL || list->value.type != JSON_ARRAY)
		return;
	while (
	    out->nnear < NEAR_MAX && json_array_next(list->value.raw, &pos, &v))
		if (v.type == JSON_OBJECT && json_object(&m, v.raw))
			out->nnear += read_near(d, &m, &found[out->nnear]);
	json_members_release(&m);
	if (out->nnear == 0)
		return;
	kept = arena_alloc(d->builder->into, sizeof(found));
	memcpy(kept, found, out->nnear * sizeof(*found));
	out->near = kept;
}

static const struct {
	enum paper_key key;
	size_t offset;
} plain_texts[] = {
    {PAPER_ANNOUNCE_TYPE, offsetof(struct digest_paper, announce_type)},
    {PAPER_ANNOUNCED, offsetof(struct digest_paper, announced)},
    {PAPER_PUBLISHED, offsetof(struct digest_paper, published)},
    {PAPER_JOURNAL_REF, offsetof(struct digest_paper, journal_ref)},
    {PAPER_DOI, offsetof(struct digest_paper, doi)},
    {PAPER_PRIMARY_CATEGORY, offsetof(struct digest_paper, primary)},
};

static void
keep_plain(struct digest *d, struct paper *p, struct digest_paper *out)
{
	for (size_t i = 0; i < sizeof(plain_texts) / sizeof(plain_texts[0]);
	     i++)
		*(struct slice *)((char *)out + plain_texts[i].offset) =
		    keep_word(d, paper_text(p, plain_texts[i].key));
	if (out->primary.n == 0 && out->categories.n > 0)
		out->primary = out->categories.v[0];
}

/* The id of a paper of arXiv's is what its address ends in. */
static struct slice
keep_id(struct digest *d, struct slice id, struct slice url)
{
	struct slice end = url;

	if (url.n > id.n)
		end = (struct slice) {url.p + url.n - id.n, id.n};
	return slice_same(end, id) ? end : keep(d, id);
}

static void
keep_paper(struct digest *d, struct paper *p, struct digest_paper *out)
{
	struct slice id = paper_text(p, PAPER_ID);

	out->day = d->builder->this_day;
	out->title = keep_title(d, p);
	out->abstract = keep_text(d, paper_text(p, PAPER_ABSTRACT));
	out->arxiv_comment = keep_text(d, paper_text(p, PAPER_COMMENT));
	out->arxiv = arxiv_id_ok(id);
	out->url = keep_home(d, p);
	out->id = keep_id(d, id, out->url);
	out->pdf = keep_pdf(d, out, p);
	out->authors = keep_array(d, p, PAPER_AUTHORS, keep_name);
	out->categories = keep_array(d, p, PAPER_CATEGORIES, keep_word);
	out->code = keep_array(d, p, PAPER_CODE, keep_web);
	keep_plain(d, p, out);
	keep_match(d, p, out);
	keep_near(d, p, out);
	keep_score(d, p, out);
	if (d->style.keep_lines) {
		out->line = keep(d, p->line);
		out->file = p->file;
		out->lineno = p->lineno;
	}
}

static void
remember_id(struct digest_builder *b, const struct digest_paper *p)
{
	size_t n;

	(void)strmap_add(&b->ids, p->id, &n);
	b->judged = xgrow(b->judged, &b->judged_cap, n + 1, sizeof(*b->judged));
	b->judged[n] = p->scored;
}

void
load_paper(struct digest *d, struct paper *p)
{
	struct digest_builder *b = d->builder;
	struct arena own = {0};
	struct digest_paper *out;

	if (d->style.room > 0) {
		arena_begin(&own, sizeof(*out) + p->line.n + p->line.n / 4);
		b->into = &own;
	}
	out = arena_alloc(b->into, sizeof(*out));
	memset(out, 0, sizeof(*out));
	keep_paper(d, p, out);
	b->into = &d->arena;
	out->own = own.chunks;
	if (!out->scored)
		d->totals.unread++;
	remember_id(b, out);
	papers_push(&d->papers, out);
}

void
free_paper(struct digest_paper *p)
{
	struct arena own = {.chunks = p->own};

	/* It holds the paper itself. */
	arena_release(&own);
}

void
load_unscored(struct digest *d, struct paper *p)
{
	struct digest_builder *b = d->builder;
	struct digest_unscored *u;
	struct slice id = paper_text(p, PAPER_ID);

	d->unscored = xgrow(d->unscored, &b->unscored_cap, d->nunscored + 1,
	    sizeof(*d->unscored));
	u = &d->unscored[d->nunscored++];
	memset(u, 0, sizeof(*u));
	u->day = b->this_day;
	u->id = keep(d, id);
	u->title = keep_title(d, p);
	u->url = keep_home(d, p);
	if (paper_object(p, PAPER_SCORE_ERROR, &b->object)) {
		u->code = keep(d, member_text(d, "code"));
		u->detail = keep(d, member_text(d, "detail"));
	}
	if (slice_trim(u->code).n == 0)
		u->code = SLICE_LIT("unknown");
}

/* The best paper that is not shown tells how near the cutoffs were. */
void
load_closest(struct digest *d, struct paper *p)
{
	struct digest_builder *b = d->builder;
	double relevance = 0, novelty = 0, m;
	bool has_relevance = paper_axis(p, "relevance", &relevance);
	bool has_novelty = paper_axis(p, "novelty", &novelty);

	m = merit(has_relevance, relevance, has_novelty, novelty);
	if (b->closest && m <= b->closest_merit)
		return;
	b->closest = true;
	b->closest_merit = m;
	b->closest_relevance = relevance;
	b->closest_novelty = novelty;
	b->closest_has_relevance = has_relevance;
	b->closest_has_novelty = has_novelty;
	b->closest_title = keep_text(d, paper_text(p, PAPER_TITLE));
}
