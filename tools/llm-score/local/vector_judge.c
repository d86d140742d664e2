/* SPDX-License-Identifier: ISC */
#include "local/local.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/words/words.h"

#define UNWANTED_TIMES	 0.6
#define DISLIKED_TIMES	 0.5
#define PICKED_TIMES	 0.3 /* of a like that a model picked, not the reader */
/* So many likes count half as much as topics.  (With min(1, n / 10) ten of them,
 * beside lists, rank September .011 worse; it is no better elsewhere.) */
#define LIKES_HALF	 10.0

/* Of p, over standard deviations: what a judge knows more, it says louder. */
#define STEEPNESS_TOPICS 1.7
#define STEEPNESS_LIKES	 1.9
#define STEEPNESS_BOTH	 2.2

/* Of a model's logit, where others say something too, and of theirs. */
#define MODEL_TIMES	 1.2
#define OTHERS_TIMES	 0.5
#define MODEL_HALF	 100.0 /* selected papers that make half a model */

/* Of words alone: what a word of a phrase is worth by itself, and p. */
#define HINT_TIMES	 0.5
#define WORDS_OFFSET	 (-0.5)
#define WORDS_STEEPNESS	 0.5

/* On the logit of p, a work of the reader's library that a paper cites, and
 * every doubling of them.  No labels say how much it is: so much takes a paper
 * of a usual day with four of them from .08 to .22. */
#define CITES_TIMES	 0.5

/* Where the offset of p is looked for, and how near it must be met. */
#define OFFSET_MAX	 50.0
#define OFFSET_PRECISION 1e-12

/* The least p for a relevance of 2 to 10. */
static const double bands[] = {.01, .02, .04, .08, .13, .20, .30, .50, .70};

#define NOTHING_MATCHED_MAX 5
#define UNWANTED_MAX	    3
/* A share of the background's papers that is not near. */
#define NEAR_QUANTILE	    0.95
/* Fewer phrases are too little to judge by. */
#define KNOWN_MIN	    3

struct vector_judge {
	struct space space;
	struct nearest earlier;
	struct wishes wishes;
	struct evidence evidence;
	struct lexical lexical; /* if it judges by words only */
	bool words_only;
	bool has_topics, has_unwanted, has_likes, has_model;
	vector wanted, unwanted; /* apart, to compare them */
	vector topics, likes; /* what a paper is multiplied by */
	double likes_weight;
	struct scale of_topics, of_likes, of_all;
	double near; /* z of the topics at NEAR_QUANTILE */
	double usual, model_usual; /* as logits */
	double model_weight; /* how much it has learnt, up to 1 */
	double offset, steepness; /* p is 1 / (1 + exp(-(A + k z))) */
};

/* The sum of the phrases of one kind as a query, the rarer the more; returns how
 * many are known. */
static size_t
add_wishes(struct vector_judge *j, bool unwanted, vector q)
{
	struct space *s = &j->space;
	size_t known = 0;
	double rarity;

	for (size_t i = 0; i < j->wishes.n; i++) {
		const struct wish *w = &j->wishes.v[i];

		if (w->unwanted != unwanted)
			continue;
		tokens_split(&s->tokens, slice_of(w->text));
		rarity = lexical_rarity(w, &s->vectors);
		known += space_add_phrase(s, w->times * sqrt(rarity), q);
	}
	if (known > 0) {
		space_centre_query(s, q);
		space_smooth(s, q);
	}
	return known;
}

static size_t
count_wanted(const struct wishes *w)
{
	size_t wanted = 0;

	for (size_t i = 0; i < w->n; i++)
		wanted += !w->v[i].unwanted;
	return wanted;
}

/* x has room for a value of each background paper. */
static void
set_topics(struct vector_judge *j, const char *path, double *x)
{
	struct space *s = &j->space;
	size_t known = add_wishes(j, false, j->wanted);

	if (j->words_only)
		known = count_wanted(&j->wishes);
	j->has_topics = known > 0;
	(void)add_wishes(j, true, j->unwanted);
	j->has_unwanted = count_wanted(&j->wishes) < j->wishes.n;
	vector_add(j->topics, j->wanted, 1);
	vector_add(j->topics, j->unwanted, -UNWANTED_TIMES);
	vector_unit(j->topics);
	j->of_topics = space_measure(s, j->topics, x);
	j->near = standardize(
	    &j->of_topics, quantile(x, s->nbackground, NEAR_QUANTILE));
	if (path != NULL && known > 0 && known < KNOWN_MIN && !j->has_likes &&
	    !j->has_model)
		msg_warn("%s: only %zu phrase%s to judge by; add more, or "
			 "papers you liked with --like (--explain-topics "
			 "prints what was understood)",
		    path, known, known == 1 ? "" : "s");
}

static void
set_likes(struct vector_judge *j, const struct likes *dislikes, double *x)
{
	const struct evidence *e = &j->evidence;
	struct space *s = &j->space;
	vector disliked = {0};
	double n = (double)dislikes->n, times;

	for (size_t i = 0; i < e->likes->n; i++) {
		times = e->likes->v[i].picked ? PICKED_TIMES : 1;
		vector_add(j->likes, e->liked[i], times);
		n += times;
	}
	if (e->likes->n > 0)
		space_smooth(s, j->likes);
	for (size_t i = 0; i < dislikes->n; i++) {
		vector one = {0};

		space_add_paper(s, slice_of(dislikes->v[i].title),
		    slice_of(dislikes->v[i].abstract), one);
		vector_add(disliked, one, 1);
	}
	if (dislikes->n > 0)
		space_smooth(s, disliked);
	vector_add(j->likes, disliked, -DISLIKED_TIMES);
	vector_unit(j->likes);
	j->likes_weight = n / (n + LIKES_HALF);
	j->of_likes = space_measure(s, j->likes, x);
}

/* All that is not the model, together. */
static double
fuse(const struct vector_judge *j, const vector x)
{
	double s = 0;

	if (j->has_topics || j->has_unwanted)
		s += standardize(&j->of_topics, vector_dot(x, j->topics));
	if (j->has_likes)
		s += j->likes_weight *
		    standardize(&j->of_likes, vector_dot(x, j->likes));
	return s;
}

static double
logit(double p)
{
	return log(p / (1 - p));
}

static double
sigmoid(double x)
{
	return 1 / (1 + exp(-x));
}

/* Of what fuse gives. */
static double
logit_of(const struct vector_judge *j, double s)
{
	return j->offset + j->steepness * standardize(&j->of_all, s);
}

/*
 * Sets the offset so that of the n papers of the background, of which fuse
 * gives x, the usual share is selected: Newton's steps, but to the middle of
 * where it must be if they lead out of there.
 */
static void
set_offset(struct vector_judge *j, const double *x, size_t n, double usual)
{
	double low = -OFFSET_MAX, high = OFFSET_MAX, over, slope, p;

	j->offset = j->usual;
	while (high - low > OFFSET_PRECISION) {
		over = -usual * (double)n;
		slope = 0;
		for (size_t i = 0; i < n; i++) {
			p = sigmoid(logit_of(j, x[i]));
			over += p;
			slope += p * (1 - p);
		}
		*(over > 0 ? &high : &low) = j->offset;
		j->offset -= over / slope;
		if (!(j->offset > low && j->offset < high))
			j->offset = (low + high) / 2;
		else if (fabs(over) < OFFSET_PRECISION * slope)
			break;
	}
}

static void
calibrate(struct vector_judge *j, double usual, double *x)
{
	size_t n = j->space.nbackground;

	j->usual = logit(usual);
	j->steepness = !j->has_likes ? STEEPNESS_TOPICS
	    : j->has_topics	     ? STEEPNESS_BOTH
				     : STEEPNESS_LIKES;
	for (size_t i = 0; i < n; i++)
		x[i] = fuse(j, j->space.background[i]);
	j->of_all = scale_of(x, n);
	set_offset(j, x, n, usual);
}

static void
check(const struct vector_judge *j, const char *path)
{
	if (j->has_topics || j->has_likes || j->has_model)
		return;
	if (path == NULL)
		die(EXIT_MISUSE,
		    "no paper is liked yet: judging needs --topics FILE");
	die(EXIT_MISUSE,
	    count_wanted(&j->wishes) == 0
		? "%s: nothing in it is wanted; name what you read "
		  "about, as in \"graph neural networks\""
		: "%s: none of its words is known; name what you read "
		  "about in other words too",
	    path);
}

struct vector_judge *
vector_judge_open(const struct vector_policy *policy)
{
	struct vector_judge *j = xcalloc(1, sizeof(*j));
	const struct strlist *categories = policy->categories;
	struct strlist phrases = STRLIST_INIT;
	struct tokens t;
	double *x;

	tokens_init(&t);
	wishes_read(&j->wishes, policy->topics, &t);
	tokens_release(&t);
	for (size_t i = 0; i < j->wishes.n; i++)
		strlist_add(&phrases, j->wishes.v[i].text);
	if (categories->n == 0)
		categories = &policy->likes->categories;
	space_open(&j->space, &phrases, categories);
	strlist_release(&phrases);
	lexical_mark_weak(&j->wishes, &j->space.vectors);
	if ((j->words_only = policy->words_only)) {
		wishes_add_words(&j->wishes, HINT_TIMES);
		lexical_open(&j->lexical, &j->wishes, &j->space.vectors);
	}
	x = xcalloc(j->space.nbackground + 1, sizeof(*x));
	evidence_open(&j->evidence, &j->wishes, policy->likes, &j->space, x);
	j->has_model = policy->model_selected > 0;
	j->model_usual = logit(policy->model_usual);
	j->model_weight =
	    policy->model_selected / (policy->model_selected + MODEL_HALF);
	j->has_likes = policy->likes->n + policy->dislikes->n > 0;
	set_topics(j, policy->topics_path, x);
	set_likes(j, policy->dislikes, x);
	check(j, policy->topics_path);
	calibrate(j, policy->usual, x);
	free(x);
	return j;
}

void
vector_judge_free(struct vector_judge *j)
{
	if (j == NULL)
		return;
	evidence_release(&j->evidence);
	nearest_release(&j->earlier);
	lexical_release(&j->lexical);
	space_close(&j->space);
	wishes_release(&j->wishes);
	free(j);
}

static void
read_paper(struct vector_judge *j, struct paper *p, vector x)
{
	struct space *s = &j->space;

	tokens_split(&s->tokens, paper_text(p, PAPER_TITLE));
	evidence_title(&j->evidence, s);
	if (!j->words_only)
		space_add_title(s, x);
	tokens_split(&s->tokens, paper_text(p, PAPER_ABSTRACT));
	evidence_abstract(&j->evidence, s);
	if (!j->words_only) {
		space_add_abstract(s, x);
		space_centre(s, x);
	}
}

static double
probability(const struct vector_judge *j, const vector x, double model)
{
	bool others = j->has_topics || j->has_unwanted || j->has_likes;
	double y = others ? logit_of(j, fuse(j, x)) : 0, m;

	if (j->words_only)
		return sigmoid(j->usual + WORDS_OFFSET +
		    WORDS_STEEPNESS *
			lexical_z(&j->lexical, &j->evidence.matches));
	if (!j->has_model)
		return sigmoid(y);
	m = logit(model) - j->model_usual + j->usual;
	if (!others)
		return sigmoid(m);
	m = MODEL_TIMES * m + OTHERS_TIMES * (y - j->usual);
	return sigmoid(y + j->model_weight * (m - y));
}

/* Nearer to what is unwanted, or named after it and nothing wanted in it. */
static bool
is_unwanted(const struct vector_judge *j, const vector x)
{
	return j->has_unwanted &&
	    (vector_dot(x, j->unwanted) > vector_dot(x, j->wanted) ||
		(j->evidence.titled && !evidence_for(&j->evidence)));
}

/* Near by one weak word, or not at all. */
static bool
is_far(const struct vector_judge *j, const vector x)
{
	return !j->has_likes && !j->has_model && !evidence_for(&j->evidence) &&
	    standardize(&j->of_topics, vector_dot(x, j->topics)) < j->near;
}

static int
grade(const struct vector_judge *j, const vector x, double p, bool cites)
{
	int g = 1;

	for (size_t i = 0; i < sizeof(bands) / sizeof(*bands); i++)
		g += p >= bands[i];
	if (j->has_topics && g > NOTHING_MATCHED_MAX && !cites && is_far(j, x))
		g = NOTHING_MATCHED_MAX;
	if (j->has_topics && g > UNWANTED_MAX && is_unwanted(j, x))
		g = UNWANTED_MAX;
	return g;
}

void
vector_judge_rate(struct vector_judge *j, struct paper *p, double model,
    struct vector_rating *r)
{
	size_t cites = paper_cites(p);
	vector x = {0};

	read_paper(j, p, x);
	r->p = probability(j, x, model);
	if (cites > 0)
		r->p = sigmoid(
		    logit(r->p) + CITES_TIMES * log2((double)cites + 1));
	r->relevance = grade(j, x, r->p, cites > 0);
	evidence_tell(&j->evidence, x, r->relevance, &r->reasons);
	if (cites > 0)
		strbuf_addf(&r->reasons.comment, " Cites %zu of yours.", cites);
	strbuf_reset(&r->near);
	if (j->earlier.n > 0)
		nearest_write(
		    &j->earlier, paper_text(p, PAPER_ID), x, &r->near);
}

void
vector_judge_add_earlier(struct vector_judge *j, struct paper *p)
{
	struct strbuf told = STRBUF_INIT(STRBUF_MAX);
	vector x = {0};

	if (j->words_only || !paper_has(p, PAPER_TITLE))
		return;
	space_add_paper(&j->space, paper_text(p, PAPER_TITLE),
	    paper_text(p, PAPER_ABSTRACT), x);
	nearest_tell(&told, p);
	nearest_add(
	    &j->earlier, paper_text(p, PAPER_ID), strbuf_slice(&told), x);
	strbuf_release(&told);
}

void
vector_rating_release(struct vector_rating *r)
{
	strbuf_release(&r->reasons.comment);
	strbuf_release(&r->near);
}

static void
explain_wishes(const struct vector_judge *j, bool unwanted, struct strbuf *b)
{
	for (size_t i = 0; i < j->wishes.n; i++)
		if (j->wishes.v[i].unwanted == unwanted)
			strbuf_addf(b, "%s: %s\n",
			    unwanted ? "unwanted" : "wanted",
			    j->wishes.v[i].text);
}

void
vector_judge_explain(const struct vector_judge *j, struct strbuf *b)
{
	explain_wishes(j, false, b);
	explain_wishes(j, true, b);
	for (size_t i = 0; i < j->wishes.n; i++) {
		struct slice rest = slice_of(j->wishes.v[i].text), word;

		while (slice_cut(&rest, ' ', &word)) {
			if (vectors_find(&j->space.vectors, word) !=
			    VECTORS_NO_TERM)
				continue;
			strbuf_addstr(b, "unknown: ");
			strbuf_addslice(b, word);
			strbuf_addch(b, '\n');
		}
	}
}
