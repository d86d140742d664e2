/* SPDX-License-Identifier: ISC */
#include "local/local.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

/* A phrase in the title counts as often. */
#define TITLE_TIMES	3
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
	double worth; /* of the paper at hand */
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
		space_add_paper(s, slice_of(e->likes->v[i].title),
		    slice_of(e->likes->v[i].abstract), e->liked[i]);
}

void
evidence_open(struct evidence *e, const struct wishes *w, const struct likes *l,
    struct space *s, double *x)
{
	*e = (struct evidence) {.wishes = w, .likes = l};
	e->wish = xcalloc(w->n + 1, sizeof(*e->wish));
	e->topic = xcalloc(w->ntopics + 1, sizeof(*e->topic));
	e->liked = xcalloc(l->n + 1, sizeof(*e->liked));
	matches_init(&e->matches, w);
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
	matches_release(&e->matches);
}

void
evidence_title(struct evidence *e, struct space *s)
{
	matches_reset(&e->matches);
	matches_add(&e->matches, &s->tokens, TITLE_TIMES);
	e->titled = matches_any(&e->matches, true);
}

void
evidence_abstract(struct evidence *e, struct space *s)
{
	matches_add(&e->matches, &s->tokens, 1);
}

bool
evidence_for(const struct evidence *e)
{
	return matches_any(&e->matches, false);
}

/* What each topic has of the paper: its phrases, then how near it is. */
static void
weigh_topics(struct evidence *e, const vector x)
{
	const struct wishes *w = e->wishes;

	for (size_t t = 0; t < w->ntopics; t++) {
		double cosine = vector_dot(x, e->topic[t].query);

		e->topic[t].worth = cosine >= e->topic[t].near ? cosine : 0;
	}
	for (size_t i = 0; i < w->n; i++)
		if (e->matches.times[i] > 0 && !w->v[i].weak &&
		    !w->v[i].unwanted && w->v[i].topic != WISH_NO_TOPIC)
			e->topic[w->v[i].topic].worth += 1;
}

/* The best topics; the very best is told. */
static void
find_topics(struct evidence *e, const vector x, struct reasons *r)
{
	const struct wishes *w = e->wishes;

	weigh_topics(e, x);
	for (r->ntopics = 0; r->ntopics < EVIDENCE_TOPICS; r->ntopics++) {
		struct near_topic *best = NULL;

		for (size_t t = 0; t < w->ntopics; t++)
			if (e->topic[t].worth > (best ? best->worth : 0))
				best = &e->topic[t];
		if (best == NULL)
			return;
		best->worth = 0;
		r->topics[r->ntopics] = w->topics[best - e->topic].id;
		if (r->ntopics == 0)
			strbuf_addf(&r->comment, "%sNear: %s.",
			    r->comment.len > 0 ? " " : "",
			    w->topics[best - e->topic].name);
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

/* Of what is wanted and not found in the paper, the phrase it is nearest to. */
static void
tell_nearest(const struct evidence *e, const vector x, struct strbuf *b)
{
	const char *best = NULL;
	double most = 0;

	for (size_t i = 0; i < e->wishes->n; i++) {
		const struct wish *w = &e->wishes->v[i];
		double cosine = vector_dot(x, e->wish[i]);

		if (w->unwanted || e->matches.times[i] > 0 || cosine <= most)
			continue;
		most = cosine;
		best = w->text;
	}
	if (best != NULL)
		strbuf_addf(b, "%sNear: %s.", b->len > 0 ? " " : "", best);
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
    struct evidence *e, const vector x, int relevance, struct reasons *r)
{
	struct strbuf *b = &r->comment;

	strbuf_reset(b);
	matches_tell(&e->matches, b, false, "Matched: ");
	find_topics(e, x, r);
	if (r->ntopics == 0 && relevance >= COMMENT_NEAR)
		tell_nearest(e, x, b);
	tell_like(e, x, b);
	if (relevance <= COMMENT_AGAINST)
		matches_tell(&e->matches, b, true,
		    b->len > 0 ? " Against: " : "Against: ");
	if (b->len == 0)
		strbuf_addstr(b, nothing(e, relevance));
}
