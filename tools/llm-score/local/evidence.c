/* SPDX-License-Identifier: ISC */
#include "local/evidence.h"
#include "local/stems.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

#define COMMENT_WISHES	5
/* What is less relevant has nothing to explain. */
#define COMMENT_NEAR	6
/* What is more relevant is shown for what it has, not for what it lacks. */
#define COMMENT_AGAINST 7
/* A share of the background's papers that is not near to a topic. */
#define NEAR_QUANTILE	0.95
/* The cosine from which on two papers are alike. */
#define ALIKE		0.6

struct near_topic {
	vector query;
	double near; /* the cosine from which on a paper is near to it */
};

/* Each phrase as a query, and those of a topic together. */
static void
set_wishes(struct evidence *e, struct space *s)
{
	const struct wishes *w = e->wishes;

	for (size_t i = 0; i < w->n; i++) {
		tokens_split(&s->tokens, slice_of(w->v[i].text));
		if (!space_add_phrase(s, 1, e->wish[i]))
			continue;
		if (!w->v[i].unwanted && w->v[i].topic != WISH_NO_TOPIC)
			vector_add(e->topic[w->v[i].topic].query, e->wish[i],
			    w->v[i].times);
		space_centre_query(s, e->wish[i]);
	}
}

static void
set_topics(struct evidence *e, struct space *s, double *x)
{
	for (size_t t = 0; t < e->wishes->ntopics; t++) {
		struct near_topic *topic = &e->topic[t];

		topic->near = HUGE_VAL;
		if (vector_dot(topic->query, topic->query) <= 0)
			continue;
		space_centre_query(s, topic->query);
		space_smooth(s, topic->query);
		space_measure(s, topic->query, x);
		topic->near = quantile(x, s->nbackground, NEAR_QUANTILE);
	}
}

static void
set_likes(struct evidence *e, struct space *s)
{
	for (size_t i = 0; i < e->likes->n; i++)
		space_add_paper(s, e->likes->v[i].title,
		    e->likes->v[i].abstract, e->liked[i]);
}

void
evidence_open(struct evidence *e, const struct wishes *w, const struct likes *l,
    struct space *s, double *x)
{
	*e = (struct evidence) {.wishes = w, .likes = l};
	e->wish = xcalloc(w->n + 1, sizeof(*e->wish));
	e->topic = xcalloc(w->ntopics + 1, sizeof(*e->topic));
	e->liked = xcalloc(l->n + 1, sizeof(*e->liked));
	e->matched = xcalloc(w->n + 1, sizeof(*e->matched));
	set_wishes(e, s);
	set_topics(e, s, x);
	set_likes(e, s);
}

void
evidence_release(struct evidence *e)
{
	free(e->wish);
	free(e->topic);
	free(e->liked);
	free(e->matched);
	free(e->stem);
}

static void
match(struct evidence *e, struct space *s)
{
	const struct tokens *t = &s->tokens;

	e->stem = xgrow(e->stem, &e->stem_cap, t->n + 1, sizeof(*e->stem));
	for (size_t i = 0; i < t->n; i++)
		e->stem[i] = tokens_stem_hash(&s->tokens, &t->v[i]);
	for (size_t k = 0; k < e->wishes->n; k++) {
		const struct wish *w = &e->wishes->v[k];

		for (size_t i = 0; !e->matched[k] && i + w->nstems <= t->n; i++)
			e->matched[k] = e->stem[i] == w->stem[0] &&
			    memcmp(&e->stem[i], w->stem,
				w->nstems * sizeof(*w->stem)) == 0;
	}
}

static bool
has(const struct evidence *e, bool unwanted)
{
	for (size_t i = 0; i < e->wishes->n; i++)
		if (e->matched[i] && e->wishes->v[i].unwanted == unwanted)
			return true;
	return false;
}

void
evidence_title(struct evidence *e, struct space *s)
{
	memset(e->matched, 0, e->wishes->n * sizeof(*e->matched));
	match(e, s);
	e->titled = has(e, true);
}

void
evidence_abstract(struct evidence *e, struct space *s)
{
	match(e, s);
}

bool
evidence_for(const struct evidence *e)
{
	return has(e, false);
}

/* True if all words of wish k are among those of one told already. */
static bool
is_told(const struct wishes *w, size_t k, const size_t *told, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(w->v[told[i]].text, w->v[k].text) != NULL)
			return true;
	return false;
}

/* The matched phrases of one kind, longest first, nothing twice. */
static void
tell_wishes(const struct evidence *e, struct strbuf *b, bool unwanted,
    const char *before)
{
	const struct wishes *w = e->wishes;
	size_t told[COMMENT_WISHES], n = 0;

	for (size_t words = WISH_WORDS; words > 0; words--)
		for (size_t k = 0; k < w->n && n < COMMENT_WISHES; k++) {
			if (!e->matched[k] || w->v[k].unwanted != unwanted ||
			    w->v[k].nstems != words || is_told(w, k, told, n))
				continue;
			strbuf_addstr(b, n == 0 ? before : ", ");
			strbuf_addstr(b, w->v[k].text);
			told[n++] = k;
		}
	if (n > 0)
		strbuf_addstr(b, ".");
}

/* The topics the paper is near to, or has a phrase of, best first. */
static void
find_topics(const struct evidence *e, const vector x, struct reasons *r)
{
	double last = HUGE_VAL;

	for (r->ntopics = 0; r->ntopics < EVIDENCE_TOPICS; r->ntopics++) {
		size_t best = WISH_NO_TOPIC;
		double most = 0;

		for (size_t t = 0; t < e->wishes->ntopics; t++) {
			double cosine = vector_dot(x, e->topic[t].query);

			if (cosine >= e->topic[t].near && cosine < last &&
			    cosine > most) {
				best = t;
				most = cosine;
			}
		}
		if (best == WISH_NO_TOPIC)
			return;
		if (r->ntopics == 0)
			strbuf_addf(&r->comment, "%sNear: %s.",
			    r->comment.len > 0 ? " " : "",
			    e->wishes->topics[best].name);
		r->topics[r->ntopics] = e->wishes->topics[best].id;
		last = most;
	}
}

static void
tell_like(const struct evidence *e, const vector x, struct strbuf *b)
{
	const struct like *best = NULL;
	double most = ALIKE;

	for (size_t i = 0; i < e->likes->n; i++) {
		double cosine = vector_dot(x, e->liked[i]);

		if (cosine > most) {
			most = cosine;
			best = &e->likes->v[i];
		}
	}
	if (best != NULL)
		strbuf_addf(b, "%sLike %s, which you %s.",
		    b->len > 0 ? " " : "", best->id,
		    best->starred ? "starred" : "liked");
}

/* For a paper that is near in other words: the wanted phrase it is nearest
 * to. */
static void
tell_nearest(const struct evidence *e, const vector x, struct strbuf *b)
{
	const char *best = NULL;
	double most = 0;

	for (size_t i = 0; i < e->wishes->n; i++) {
		double cosine = vector_dot(x, e->wish[i]);

		if (e->wishes->v[i].unwanted || cosine <= most)
			continue;
		most = cosine;
		best = e->wishes->v[i].text;
	}
	if (best != NULL)
		strbuf_addf(b, "Near: %s.", best);
}

/* Of a paper of which there is nothing to tell. */
static const char *
nothing(const struct evidence *e, int relevance)
{
	if (e->wishes->n > 0)
		return "Nothing you asked for is in it.";
	return relevance >= COMMENT_NEAR ? "Like what you chose before."
					 : "Unlike what you chose before.";
}

void
evidence_tell(
    const struct evidence *e, const vector x, int relevance, struct reasons *r)
{
	struct strbuf *b = &r->comment;

	strbuf_reset(b);
	tell_wishes(e, b, false, "Matched: ");
	find_topics(e, x, r);
	tell_like(e, x, b);
	if (b->len == 0 && relevance >= COMMENT_NEAR)
		tell_nearest(e, x, b);
	if (relevance <= COMMENT_AGAINST)
		tell_wishes(
		    e, b, true, b->len > 0 ? " Against: " : "Against: ");
	if (b->len == 0)
		strbuf_addstr(b, nothing(e, relevance));
}
