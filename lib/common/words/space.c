/* SPDX-License-Identifier: ISC */
#include "common/words/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

/*
 * These, and those of vector_judge.c, were chosen on papers of June to
 * September 2025, so that October's could judge them (scripts/agreement).
 */
#define TITLE_TIMES	0.5 /* of a title, by an abstract's 1 */
#define CENTRE_OF_WORDS 0.5 /* how much of the centre queries are freed of */
#define SMOOTHING	1.0 /* of what background papers add to a query */
#define CLIP		6.0

/* Fewer papers of the reader's own categories tell less than all. */
#define BACKGROUND_MIN	200

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
    {"astro-ph", 1},
    {"cond-mat", 1},
    {"gr-qc", 1},
    {"hep-ex", 1},
    {"hep-lat", 1},
    {"hep-ph", 1},
    {"hep-th", 1},
    {"nlin", 1},
    {"nucl-ex", 1},
    {"nucl-th", 1},
    {"physics", 1},
    {"quant-ph", 1},
};

#define NO_GROUP VECTORS_GROUPS

/* The number of a category's group. */
static size_t
group_of(const char *category)
{
	struct slice archive = {category, strcspn(category, ".")};

	for (size_t i = 0; i < sizeof(archives) / sizeof(*archives); i++)
		if (slice_eq(archive, archives[i].name))
			return archives[i].group;
	return NO_GROUP;
}

bool
space_knows(const char *category)
{
	return group_of(category) != NO_GROUP;
}

/* How well the vectors know the words of the phrases. */
static double
knowledge(const struct vectors *v, const struct strlist *phrases)
{
	double sum = 0;

	for (size_t i = 0; i < phrases->n; i++) {
		struct slice rest = slice_of(phrases->v[i]), word;

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
choose_group(const struct strlist *phrases, const struct strlist *categories)
{
	size_t votes[VECTORS_GROUPS + 1] = {0}, best = 0;
	double most = -HUGE_VAL, known;
	struct vectors v;

	for (size_t i = 0; i < categories->n; i++)
		votes[group_of(categories->v[i])]++;
	for (size_t g = 1; g < VECTORS_GROUPS; g++)
		if (votes[g] > votes[best])
			best = g;
	if (votes[best] > 0)
		return best;
	for (size_t g = 0; g < VECTORS_GROUPS; g++) {
		vectors_peek(&v, vectors_groups[g]);
		known = knowledge(&v, phrases);
		if (known > most) {
			most = known;
			best = g;
		}
		vectors_close(&v);
	}
	return best;
}

/* The mean of the categories' means; marks those that are known. */
static void
set_centre(struct space *s, const struct strlist *categories, bool *mine)
{
	size_t n = 0;

	for (size_t i = 0; i < categories->n; i++) {
		size_t c =
		    vectors_category(&s->vectors, slice_of(categories->v[i]));

		if (c == 0 || mine[c])
			continue;
		mine[c] = true;
		n++;
	}
	for (size_t c = 0; c < s->vectors.ncategories; c++)
		if (mine[c] || (n == 0 && c == 0))
			for (size_t k = 0; k < VECTORS_DIM; k++)
				s->centre[k] +=
				    (double)s->vectors.category[c].mean[k] /
				    (n > 0 ? (double)n : 1);
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
set_background(struct space *s, const bool *mine)
{
	const struct vectors *v = &s->vectors;
	size_t n = 0;

	for (size_t i = 0; i < v->nbackground; i++)
		n += is_mine(&v->background[i], mine, v->ncategories);
	s->background = xcalloc(v->nbackground + 1, sizeof(*s->background));
	for (size_t i = 0; i < v->nbackground; i++) {
		double *x = s->background[s->nbackground];

		if (n >= BACKGROUND_MIN &&
		    !is_mine(&v->background[i], mine, v->ncategories))
			continue;
		vectors_of_background(v, i, x);
		vector_add(x, s->centre, -1);
		vector_unit(x);
		s->nbackground++;
	}
}

void
space_open(struct space *s, const struct strlist *phrases,
    const struct strlist *categories)
{
	bool *mine;

	*s = (struct space) {.nbackground = 0};
	tokens_init(&s->tokens);
	vectors_open(
	    &s->vectors, vectors_groups[choose_group(phrases, categories)]);
	mine = xcalloc(s->vectors.ncategories, sizeof(*mine));
	set_centre(s, categories, mine);
	set_background(s, mine);
	free(mine);
}

void
space_close(struct space *s)
{
	vectors_close(&s->vectors);
	tokens_release(&s->tokens);
	free(s->background);
}

/* Adds the unit vector of what was split last. */
static size_t
add_words(struct space *s, vector out, double times)
{
	vector sum = {0};
	size_t found =
	    vectors_add_words(&s->vectors, &s->tokens, 0, s->tokens.n, sum);

	vector_unit(sum);
	vector_add(out, sum, times);
	return found;
}

void
space_add_title(struct space *s, vector out)
{
	add_words(s, out, TITLE_TIMES);
}

void
space_add_abstract(struct space *s, vector out)
{
	add_words(s, out, 1);
}

void
space_centre(const struct space *s, vector x)
{
	if (vector_dot(x, x) <= 0)
		return;
	vector_unit(x);
	vector_add(x, s->centre, -1);
	vector_unit(x);
}

void
space_add_paper(
    struct space *s, struct slice title, struct slice abstract, vector out)
{
	tokens_split(&s->tokens, title);
	space_add_title(s, out);
	tokens_split(&s->tokens, abstract);
	space_add_abstract(s, out);
	space_centre(s, out);
}

bool
space_add_phrase(struct space *s, double times, vector q)
{
	return add_words(s, q, times) > 0;
}

void
space_centre_query(const struct space *s, vector q)
{
	vector_unit(q);
	vector_add(q, s->centre, -CENTRE_OF_WORDS);
	vector_unit(q);
}

void
space_smooth(const struct space *s, vector q)
{
	vector sum = {0};

	vector_unit(q);
	for (size_t i = 0; i < s->nbackground; i++)
		vector_add(
		    sum, s->background[i], vector_dot(s->background[i], q));
	vector_unit(sum);
	vector_add(q, sum, SMOOTHING);
	vector_unit(q);
}

struct scale
scale_of(const double *x, size_t n)
{
	double sum = 0, squares = 0;
	struct scale s;

	for (size_t i = 0; i < n; i++) {
		sum += x[i];
		squares += x[i] * x[i];
	}
	s.mean = sum / (double)n;
	s.deviation = sqrt(fmax(squares / (double)n - s.mean * s.mean, 1e-12));
	return s;
}

struct scale
space_measure(const struct space *s, const vector q, double *x)
{
	for (size_t i = 0; i < s->nbackground; i++)
		x[i] = vector_dot(s->background[i], q);
	return scale_of(x, s->nbackground);
}

double
standardize(const struct scale *s, double x)
{
	double z = (x - s->mean) / s->deviation;

	return z > CLIP ? CLIP : z < -CLIP ? -CLIP : z;
}

/* Those of v[first..last] that are less than one of them in front of those
 * that are more; what equals it is between *last of the former and *first of
 * the latter. */
static void
part(double *v, long *first, long *last)
{
	double middle = v[(*first + *last) / 2], x;
	long i = *first, k = *last;

	while (i <= k) {
		while (v[i] < middle)
			i++;
		while (v[k] > middle)
			k--;
		if (i > k)
			break;
		x = v[i];
		v[i++] = v[k];
		v[k--] = x;
	}
	*last = k;
	*first = i;
}

double
quantile(double *v, size_t n, double share)
{
	long wanted = (long)(share * (double)(n - 1));
	long first = 0, last = (long)n - 1, i, k;

	/* Only the part that has it in it is put in order. */
	while (first < last) {
		i = first, k = last;
		part(v, &i, &k);
		if (wanted <= k)
			last = k;
		else if (wanted >= i)
			first = i;
		else
			break;
	}
	return v[wanted];
}
