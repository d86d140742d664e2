/* SPDX-License-Identifier: ISC */
#include "local/vector_judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "local/tokens.h"
#include "local/vectors.h"
#include "local/wishes.h"

/*
 * All of these were chosen on papers of June to September 2025, so that
 * October's could judge them (scripts/agreement).
 */
#define TITLE_TIMES	 0.5 /* of a title, by an abstract's 1 */
#define CENTRE_OF_WORDS	 0.5 /* how much of the centre topics are freed of */
#define SMOOTHING	 1.0 /* of what background papers add to a query */
#define UNWANTED_TIMES	 0.6
#define DISLIKED_TIMES	 0.5
#define LIKES_FULL	 10 /* so many likes count as much as topics */
#define CLIP		 6.0

/* Of p, over standard deviations: what a judge knows more, it says louder. */
#define STEEPNESS_TOPICS 1.7
#define STEEPNESS_LIKES	 1.9
#define STEEPNESS_BOTH	 2.2

/* The least p for a relevance of 2 to 10. */
static const double bands[] = {.01, .02, .04, .08, .13, .20, .30, .50, .70};

#define NOTHING_MATCHED_MAX 5
#define UNWANTED_MAX	    3
/* A share of the background's papers that is not near. */
#define NEAR_QUANTILE	    0.95

/* Fewer papers of the reader's own categories tell less than all. */
#define BACKGROUND_MIN	    200
/* Topics of which fewer words are known are too little to judge by. */
#define KNOWN_MIN	    3

#define COMMENT_WISHES	    5
/* What is less relevant has nothing to explain. */
#define COMMENT_NEAR	    6
/* What is more relevant is shown for what it has, not for what it lacks. */
#define COMMENT_AGAINST	    7
/* The cosine from which on two papers are alike. */
#define ALIKE		    0.6

/* What z(x) = (x - mean) / deviation is over the background. */
struct scale {
	double mean, deviation;
};

struct near_topic {
	vector query;
	double near; /* the cosine from which on a paper is near to it */
};

struct vector_judge {
	struct vectors vectors;
	struct tokens tokens;
	struct wishes wishes;
	bool *wish_known; /* by wish: some of its words are in the vectors */
	vector *wish_query; /* by wish, centred; nothing where not known */
	size_t known; /* wanted ones of which that is so */
	vector centre;
	vector (*background)[1]; /* centred */
	size_t nbackground;
	bool has_topics, has_unwanted, has_likes;
	vector wanted, unwanted; /* apart, to compare them */
	vector topics, likes; /* what a paper is multiplied by */
	struct near_topic *topic; /* by topic of the wishes */
	vector *liked; /* by like */
	const struct likes *likes_read;
	double likes_weight;
	struct scale of_topics, of_likes, of_all;
	double near; /* z of the topics at NEAR_QUANTILE */
	double offset, steepness; /* p is 1 / (1 + exp(-(A + k z))) */
	/* Of the paper at hand. */
	uint64_t *stem;
	size_t stem_cap;
	bool *matched; /* by wish */
};

static const struct archive {
	const char *name;
	size_t group;
} archives[] = {
    {"cs", 0},
    {"eess", 0},
    {"stat", 0},
    {"math", 2},
    {"math-ph", 2},
    {"q-bio", 3},
    {"q-fin", 3},
    {"econ", 3},
};

/* The number of a category's group; all others are physics. */
static size_t
group_of(const char *category)
{
	struct slice archive = {category, strcspn(category, ".")};

	for (size_t i = 0; i < sizeof(archives) / sizeof(*archives); i++)
		if (slice_eq(archive, archives[i].name))
			return archives[i].group;
	return 1;
}

/* How well the vectors know the words of the wishes. */
static double
knowledge(const struct vectors *v, const struct wishes *w)
{
	double sum = 0;

	for (size_t i = 0; i < w->n; i++) {
		struct slice rest = slice_of(w->v[i].text), word;

		while (slice_cut(&rest, ' ', &word)) {
			size_t term = vectors_find(v, word);
			double seen =
			    term == VECTORS_NO_TERM ? 0 : v->term[term].count;

			sum += log((seen + 0.5) / v->nlearnt);
		}
	}
	return sum;
}

/* By the reader's categories, else by who knows the words best. */
static size_t
choose_group(const struct wishes *w, const struct strlist *categories)
{
	size_t votes[VECTORS_GROUPS] = {0}, best = 0;
	double most = -HUGE_VAL, known;
	struct vectors v;

	for (size_t i = 0; i < categories->n; i++)
		votes[group_of(categories->v[i])]++;
	for (size_t g = 1; g < VECTORS_GROUPS; g++)
		if (votes[g] > votes[best])
			best = g;
	if (categories->n > 0)
		return best;
	for (size_t g = 0; g < VECTORS_GROUPS; g++) {
		vectors_open(&v, vectors_groups[g]);
		known = knowledge(&v, w);
		if (known > most) {
			most = known;
			best = g;
		}
		vectors_close(&v);
	}
	return best;
}

/* The mean of the categories' means; marks those that are known. */
static size_t
set_centre(struct vector_judge *j, const struct strlist *categories, bool *mine)
{
	size_t n = 0;

	for (size_t i = 0; i < categories->n; i++) {
		size_t c =
		    vectors_category(&j->vectors, slice_of(categories->v[i]));

		if (c == 0 || mine[c])
			continue;
		mine[c] = true;
		n++;
	}
	for (size_t c = 0; c < j->vectors.ncategories; c++)
		if (mine[c] || (n == 0 && c == 0))
			for (size_t k = 0; k < VECTORS_DIM; k++)
				j->centre[k] +=
				    (double)j->vectors.category[c].mean[k] /
				    (n > 0 ? (double)n : 1);
	return n;
}

static bool
is_mine(const struct vectors_paper *p, const bool *mine, size_t n)
{
	for (size_t i = 0; i < VECTORS_PAPER_CATEGORIES; i++)
		if (p->category[i] < n && mine[p->category[i]])
			return true;
	return false;
}

static void
set_background(struct vector_judge *j, const bool *mine)
{
	const struct vectors *v = &j->vectors;
	size_t n = 0;

	for (size_t i = 0; i < v->nbackground; i++)
		n += is_mine(&v->background[i], mine, v->ncategories);
	j->background = xcalloc(v->nbackground + 1, sizeof(*j->background));
	for (size_t i = 0; i < v->nbackground; i++) {
		double *x = j->background[j->nbackground][0];

		if (n >= BACKGROUND_MIN &&
		    !is_mine(&v->background[i], mine, v->ncategories))
			continue;
		vectors_of_background(v, i, x);
		vector_add(x, j->centre, -1);
		vector_unit(x);
		j->nbackground++;
	}
}

/*
 * Adds what the background's papers say of the query: each its own vector, as
 * often as it is near.  Words of which the group's papers speak together come
 * in, and what only one word drew in counts less.
 */
static void
smooth(const struct vector_judge *j, vector q)
{
	vector sum = {0};

	vector_unit(q);
	for (size_t i = 0; i < j->nbackground; i++)
		vector_add(sum, j->background[i][0],
		    vector_dot(j->background[i][0], q));
	vector_unit(sum);
	vector_add(q, sum, SMOOTHING);
	vector_unit(q);
}

/* The sum of the phrases of one kind, those of a topic or (WISH_NO_TOPIC) of
 * all, as a query.  False if nothing of it is known. */
static bool
make_query(struct vector_judge *j, bool unwanted, size_t topic, vector q)
{
	size_t found = 0;

	memset(q, 0, sizeof(vector));
	for (size_t i = 0; i < j->wishes.n; i++) {
		const struct wish *w = &j->wishes.v[i];
		vector sum = {0};

		if (w->unwanted != unwanted ||
		    (topic != WISH_NO_TOPIC && w->topic != topic))
			continue;
		tokens_split(&j->tokens, slice_of(w->text));
		if (vectors_add_words(
			&j->vectors, &j->tokens, 0, j->tokens.n, sum) == 0)
			continue;
		vector_unit(sum);
		vector_add(q, sum, w->times);
		found++;
		j->wish_known[i] = true;
		vector_add(sum, j->centre, -CENTRE_OF_WORDS);
		vector_unit(sum);
		memcpy(j->wish_query[i], sum, sizeof(sum));
	}
	if (found == 0)
		return false;
	vector_unit(q);
	vector_add(q, j->centre, -CENTRE_OF_WORDS);
	smooth(j, q);
	return true;
}

static int
by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The value below which that share of the n values is; sorts them. */
static double
quantile(double *v, size_t n, double share)
{
	qsort(v, n, sizeof(*v), by_value);
	return v[(size_t)(share * (double)(n - 1))];
}

/* What x.q is over the background, in x; needs room for nbackground. */
static struct scale
measure(const struct vector_judge *j, const vector q, double *x)
{
	double sum = 0, squares = 0, n = (double)j->nbackground;
	struct scale s;

	for (size_t i = 0; i < j->nbackground; i++) {
		x[i] = vector_dot(j->background[i][0], q);
		sum += x[i];
		squares += x[i] * x[i];
	}
	s.mean = sum / n;
	s.deviation = sqrt(fmax(squares / n - s.mean * s.mean, 1e-12));
	return s;
}

static double
standardize(const struct scale *s, double x)
{
	double z = (x - s->mean) / s->deviation;

	return z > CLIP ? CLIP : z < -CLIP ? -CLIP : z;
}

static void
set_topics(struct vector_judge *j, double *x)
{
	j->has_topics = make_query(j, false, WISH_NO_TOPIC, j->wanted);
	j->has_unwanted = make_query(j, true, WISH_NO_TOPIC, j->unwanted);
	for (size_t i = 0; i < j->wishes.n; i++)
		j->known += !j->wishes.v[i].unwanted && j->wish_known[i];
	vector_add(j->topics, j->wanted, 1);
	vector_add(j->topics, j->unwanted, -UNWANTED_TIMES);
	vector_unit(j->topics);
	j->of_topics = measure(j, j->topics, x);
	j->near = standardize(
	    &j->of_topics, quantile(x, j->nbackground, NEAR_QUANTILE));
	j->topic = xcalloc(j->wishes.ntopics + 1, sizeof(*j->topic));
	for (size_t t = 0; t < j->wishes.ntopics; t++) {
		j->topic[t].near = HUGE_VAL;
		if (!make_query(j, false, t, j->topic[t].query))
			continue;
		measure(j, j->topic[t].query, x);
		j->topic[t].near = quantile(x, j->nbackground, NEAR_QUANTILE);
	}
}

/* Adds the vector of what was split last. */
static void
add_text(struct vector_judge *j, vector out, double times)
{
	vector sum = {0};

	vectors_add_words(&j->vectors, &j->tokens, 0, j->tokens.n, sum);
	vector_unit(sum);
	vector_add(out, sum, times);
}

static void
centre(const struct vector_judge *j, vector x)
{
	vector_unit(x);
	vector_add(x, j->centre, -1);
	vector_unit(x);
}

/* The sum of papers' vectors, as a query; each of them in each, unless that is
 * NULL.  False if there is none. */
static bool
add_likes(struct vector_judge *j, const struct likes *l, vector *each, vector q)
{
	for (size_t i = 0; i < l->n; i++) {
		vector x = {0};

		tokens_split(&j->tokens, slice_of(l->v[i].title));
		add_text(j, x, TITLE_TIMES);
		tokens_split(&j->tokens, slice_of(l->v[i].abstract));
		add_text(j, x, 1);
		centre(j, x);
		vector_add(q, x, 1);
		if (each != NULL)
			memcpy(each[i], x, sizeof(x));
	}
	if (l->n > 0)
		smooth(j, q);
	return l->n > 0;
}

static void
set_likes(struct vector_judge *j, const struct vector_policy *policy, double *x)
{
	vector disliked = {0};
	bool likes, dislikes;

	j->likes_read = policy->likes;
	j->liked = xcalloc(policy->likes->n + 1, sizeof(*j->liked));
	likes = add_likes(j, policy->likes, j->liked, j->likes);
	dislikes = add_likes(j, policy->dislikes, NULL, disliked);
	j->has_likes = likes || dislikes;
	vector_add(j->likes, disliked, -DISLIKED_TIMES);
	vector_unit(j->likes);
	j->likes_weight = fmin(
	    1, (double)(policy->likes->n + policy->dislikes->n) / LIKES_FULL);
	j->of_likes = measure(j, j->likes, x);
}

/* All judges together. */
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
probability(const struct vector_judge *j, double s)
{
	double z = standardize(&j->of_all, s);

	return 1 / (1 + exp(-(j->offset + j->steepness * z)));
}

/* So that the background's papers are selected as often as usual. */
static void
calibrate(struct vector_judge *j, double usual, double *x)
{
	double sum = 0, squares = 0, n = (double)j->nbackground;
	double low = -50, high = 50;

	j->steepness = !j->has_likes ? STEEPNESS_TOPICS
	    : j->has_topics	     ? STEEPNESS_BOTH
				     : STEEPNESS_LIKES;
	for (size_t i = 0; i < j->nbackground; i++) {
		x[i] = fuse(j, j->background[i][0]);
		sum += x[i];
		squares += x[i] * x[i];
	}
	j->of_all.mean = sum / n;
	j->of_all.deviation =
	    sqrt(fmax(squares / n - j->of_all.mean * j->of_all.mean, 1e-12));
	for (int k = 0; k < 60; k++) {
		j->offset = (low + high) / 2;
		sum = 0;
		for (size_t i = 0; i < j->nbackground; i++)
			sum += probability(j, x[i]);
		*(sum / n > usual ? &high : &low) = j->offset;
	}
}

static void
check(const struct vector_judge *j, const char *path)
{
	size_t wanted = 0;

	for (size_t i = 0; i < j->wishes.n; i++)
		wanted += !j->wishes.v[i].unwanted;
	if (!j->has_topics && !j->has_likes)
		die(EXIT_MISUSE,
		    wanted == 0 ? "%s: nothing in it is wanted; name what you "
				  "read about, as in \"graph neural networks\""
				: "%s: none of its words is known; name what "
				  "you read about in other words too",
		    path);
	if (path != NULL && j->known < KNOWN_MIN && !j->has_likes)
		msg_warn("%s: only %zu phrase%s to judge by; add more, or "
			 "papers you liked with --like (--explain-topics "
			 "prints what was understood)",
		    path, j->known, j->known == 1 ? "" : "s");
}

struct vector_judge *
vector_judge_open(const struct vector_policy *policy)
{
	struct vector_judge *j = xcalloc(1, sizeof(*j));
	const struct strlist *categories = policy->categories;
	bool *mine;
	double *x;

	tokens_init(&j->tokens);
	wishes_read(&j->wishes, policy->topics, &j->tokens);
	if (categories->n == 0 && policy->likes->n > 0)
		categories = &policy->likes->categories;
	vectors_open(
	    &j->vectors, vectors_groups[choose_group(&j->wishes, categories)]);
	mine = xcalloc(j->vectors.ncategories, sizeof(*mine));
	set_centre(j, categories, mine);
	set_background(j, mine);
	free(mine);
	j->wish_known = xcalloc(j->wishes.n + 1, sizeof(*j->wish_known));
	j->wish_query = xcalloc(j->wishes.n + 1, sizeof(*j->wish_query));
	j->matched = xcalloc(j->wishes.n + 1, sizeof(*j->matched));
	x = xcalloc(j->nbackground + 1, sizeof(*x));
	set_topics(j, x);
	set_likes(j, policy, x);
	calibrate(j, policy->usual, x);
	free(x);
	check(j, policy->topics_path);
	return j;
}

void
vector_judge_free(struct vector_judge *j)
{
	if (j == NULL)
		return;
	vectors_close(&j->vectors);
	tokens_release(&j->tokens);
	wishes_release(&j->wishes);
	free(j->wish_known);
	free(j->wish_query);
	free(j->background);
	free(j->topic);
	free(j->liked);
	free(j->stem);
	free(j->matched);
	free(j);
}

/* Marks the wishes that stand in what was split last. */
static void
match(struct vector_judge *j)
{
	const struct tokens *t = &j->tokens;

	j->stem = xgrow(j->stem, &j->stem_cap, t->n + 1, sizeof(*j->stem));
	for (size_t i = 0; i < t->n; i++)
		j->stem[i] = tokens_stem_hash(&j->tokens, &t->v[i]);
	for (size_t k = 0; k < j->wishes.n; k++) {
		const struct wish *w = &j->wishes.v[k];

		for (size_t i = 0; !j->matched[k] && i + w->nstems <= t->n; i++)
			j->matched[k] = j->stem[i] == w->stem[0] &&
			    memcmp(&j->stem[i], w->stem,
				w->nstems * sizeof(*w->stem)) == 0;
	}
}

static void
read_paper(struct vector_judge *j, struct paper *p, vector x)
{
	memset(x, 0, sizeof(vector));
	memset(j->matched, 0, j->wishes.n * sizeof(*j->matched));
	tokens_split(&j->tokens, paper_text(p, PAPER_TITLE));
	add_text(j, x, TITLE_TIMES);
	match(j);
	tokens_split(&j->tokens, paper_text(p, PAPER_ABSTRACT));
	add_text(j, x, 1);
	match(j);
	centre(j, x);
}

static bool
matches(const struct vector_judge *j, bool unwanted)
{
	for (size_t i = 0; i < j->wishes.n; i++)
		if (j->matched[i] && j->wishes.v[i].unwanted == unwanted)
			return true;
	return false;
}

static int
grade(const struct vector_judge *j, const vector x, double p)
{
	int g = 1;

	for (size_t i = 0; i < sizeof(bands) / sizeof(*bands); i++)
		g += p >= bands[i];
	if (!j->has_topics)
		return g;
	if (g > NOTHING_MATCHED_MAX && !j->has_likes && !matches(j, false) &&
	    standardize(&j->of_topics, vector_dot(x, j->topics)) < j->near)
		g = NOTHING_MATCHED_MAX;
	if (g > UNWANTED_MAX && j->has_unwanted &&
	    vector_dot(x, j->unwanted) > vector_dot(x, j->wanted))
		g = UNWANTED_MAX;
	return g;
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
tell_wishes(const struct vector_judge *j, struct strbuf *b, bool unwanted,
    const char *before)
{
	const struct wishes *w = &j->wishes;
	size_t told[COMMENT_WISHES], n = 0;

	for (size_t words = WISH_WORDS; words > 0; words--)
		for (size_t k = 0; k < w->n && n < COMMENT_WISHES; k++) {
			if (!j->matched[k] || w->v[k].unwanted != unwanted ||
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
find_topics(
    const struct vector_judge *j, const vector x, struct vector_rating *r)
{
	double last = HUGE_VAL;

	for (r->ntopics = 0; r->ntopics < VECTOR_JUDGE_TOPICS; r->ntopics++) {
		size_t best = WISH_NO_TOPIC;
		double most = 0;

		for (size_t t = 0; t < j->wishes.ntopics; t++) {
			double cosine = vector_dot(x, j->topic[t].query);

			if (cosine >= j->topic[t].near && cosine < last &&
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
			    j->wishes.topics[best].name);
		r->topics[r->ntopics] = j->wishes.topics[best].id;
		last = most;
	}
}

static void
tell_like(const struct vector_judge *j, const vector x, struct strbuf *b)
{
	const struct like *best = NULL;
	double most = ALIKE;

	for (size_t i = 0; i < j->likes_read->n; i++) {
		double cosine = vector_dot(x, j->liked[i]);

		if (cosine > most) {
			most = cosine;
			best = &j->likes_read->v[i];
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
tell_nearest(const struct vector_judge *j, const vector x, struct strbuf *b)
{
	const char *best = NULL;
	double most = 0;

	for (size_t i = 0; i < j->wishes.n; i++) {
		double cosine = vector_dot(x, j->wish_query[i]);

		if (j->wishes.v[i].unwanted || cosine <= most)
			continue;
		most = cosine;
		best = j->wishes.v[i].text;
	}
	if (best != NULL)
		strbuf_addf(b, "Near: %s.", best);
}

static void
tell(struct vector_judge *j, const vector x, struct vector_rating *r)
{
	struct strbuf *b = &r->comment;

	strbuf_reset(b);
	tell_wishes(j, b, false, "Matched: ");
	find_topics(j, x, r);
	tell_like(j, x, b);
	if (b->len == 0 && r->relevance >= COMMENT_NEAR)
		tell_nearest(j, x, b);
	if (r->relevance <= COMMENT_AGAINST)
		tell_wishes(
		    j, b, true, b->len > 0 ? " Against: " : "Against: ");
	if (b->len == 0)
		strbuf_addstr(b, "Nothing you asked for is in it.");
}

void
vector_judge_rate(
    struct vector_judge *j, struct paper *p, struct vector_rating *r)
{
	vector x;

	read_paper(j, p, x);
	r->p = probability(j, fuse(j, x));
	r->relevance = grade(j, x, r->p);
	tell(j, x, r);
}

void
vector_rating_release(struct vector_rating *r)
{
	strbuf_release(&r->comment);
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
			if (vectors_find(&j->vectors, word) != VECTORS_NO_TERM)
				continue;
			strbuf_addstr(b, "unknown: ");
			strbuf_addslice(b, word);
			strbuf_addch(b, '\n');
		}
	}
}
