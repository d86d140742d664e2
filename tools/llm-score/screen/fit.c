/* SPDX-License-Identifier: ISC */
#include <math.h>
#include <stdlib.h>

#include <linear.h>

#include "common/base/library.h"
#include "common/base/xalloc.h"
#include "screen/screen.h"

/* Chosen by cross-validation on the days of September 2025; neighbouring
 * values do as well. */
#define COST	       4.0
/* A feature of one paper only cannot tell anything of another. */
#define PAPERS_MIN     2
#define FOLDS	       5
/* What a meaning counts beside the words, which have length 1 together.  Of
 * what was tried, from 0 (none) to 3, this sent the fewest papers in August and
 * September. */
#define MEANING_TIMES  0.4
#define COLUMNS	       ((int)FEATURES_DIM + 1 + VECTORS_DIM)

/* From fewer papers or days, a recall of 98 % cannot be told from one of
 * 90 %. */
#define SELECTED_MIN   50
#define UNSELECTED_MIN 50
#define DAYS_MIN       3
/*
 * The newest days tell where to cut, and more of them where they have too few
 * selected papers.  Interests change, and so do the models that say what is
 * selected: what a former one chose against all likelihood would have the screen
 * send half of everything for months.  In 40 trials on days of July to September
 * 2025 ten days kept the promise of 98 % as well as all days (97.8 and 98.0 % on
 * average, 47 % sent); 150 papers of fewer days fell below 95 % in seven.
 */
#define TRIED_DAYS     10
#define TRIED_MIN      150

struct learner {
	struct example *v;
	size_t n;
	struct feature_node **x; /* by example, ended by index -1 */
	size_t *fold; /* by example; FOLDS: never tested on */
	/* Rows for liblinear: an example stands as often as it counts. */
	struct feature_node **row;
	double *label;
	size_t nrows;
	unsigned base; /* times of a paper that counts once */
};

uint32_t
example_pack(const struct feature *f)
{
	uint32_t count =
	    f->count < EXAMPLE_COUNT_MAX ? f->count : EXAMPLE_COUNT_MAX;

	return f->index | count << FEATURES_BITS;
}

static struct feature
unpack(uint32_t packed)
{
	return (struct feature) {
	    .index = packed & (FEATURES_DIM - 1),
	    .count = packed >> FEATURES_BITS,
	};
}

/* Inverse document frequencies, of all papers: they do not know labels. */
static void
set_idf(struct screen_model *w, const struct example *v, size_t n)
{
	uint32_t *papers = xcalloc(FEATURES_DIM, sizeof(*papers));

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n; k++)
			papers[unpack(v[i].packed[k]).index]++;
	for (size_t k = 0; k < FEATURES_DIM; k++)
		if (papers[k] >= PAPERS_MIN)
			w->idf[k] = (float)(1 +
			    log((1 + (double)n) / (1 + (double)papers[k])));
	free(papers);
}

/* The example's words as a vector of length 1, a constant for the bias, and
 * what the words mean. */
static struct feature_node *
make_vector(const struct screen_model *w, struct example *e)
{
	struct feature_node *x;
	double squares = 0;
	size_t n = 0;

	for (size_t k = 0; k < e->n; k++)
		n += w->idf[unpack(e->packed[k]).index] > 0;
	x = xreallocarray(NULL, n + 2 + VECTORS_DIM, sizeof(*x));
	n = 0;
	for (size_t k = 0; k < e->n; k++) {
		struct feature f = unpack(e->packed[k]);

		if (w->idf[f.index] <= 0)
			continue;
		x[n].index = (int)f.index + 1;
		x[n].value = screen_model_value(w->idf[f.index], f.count);
		squares += x[n].value * x[n].value;
		n++;
	}
	for (size_t k = 0; k < n; k++)
		x[k].value /= sqrt(squares);
	x[n++] = (struct feature_node) {(int)FEATURES_DIM + 1, 1};
	for (int k = 0; k < VECTORS_DIM; k++)
		x[n++] = (struct feature_node) {(int)FEATURES_DIM + 2 + k,
		    MEANING_TIMES * (double)e->meaning[k]};
	x[n].index = -1;
	free(e->packed);
	e->packed = NULL;
	return x;
}

static void
add_rows(struct learner *l, size_t i)
{
	for (unsigned k = 0; k < l->v[i].times; k++) {
		l->row[l->nrows] = l->x[i];
		l->label[l->nrows++] = l->v[i].selected ? 1 : -1;
	}
}

/* liblinear, which brings BLAS and the C++ library; only training has use for
 * it. */
#define LINEAR_FUNCTIONS(X)       \
	X(train)                  \
	X(free_and_destroy_model) \
	X(set_print_string_function)

#define X(f) __typeof__(f) *f;
static struct {
	LINEAR_FUNCTIONS(X)
} linear;
#undef X

void
learn_prepare(void)
{
	static const struct library_function functions[] = {
#define X(f) {#f, __builtin_offsetof(__typeof__(linear), f), LIBRARY_LINKED(f)},
	    LINEAR_FUNCTIONS(X)
#undef X
	};

	if (linear.train == NULL)
		library_load("liblinear.so.4",
		    "--train needs liblinear (package liblinear4)", &linear,
		    functions, sizeof(functions) / sizeof(functions[0]));
}

static void
silence(const char *s)
{
	(void)s;
}

/* Trains on all examples but those of fold without (FOLDS: on all).  The
 * result is by index minus 1, to be freed. */
static double *
fit(struct learner *l, size_t without)
{
	struct parameter how = {
	    .solver_type = L2R_LR_DUAL,
	    .eps = 0.1,
	    .C = COST / l->base,
	};
	struct problem what = {
	    .n = COLUMNS,
	    .x = l->row,
	    .y = l->label,
	    .bias = -1, /* it is one of the features */
	};
	struct model *m;
	double *w, sign;

	l->nrows = 0;
	for (size_t i = 0; i < l->n; i++)
		if (without == FOLDS || l->fold[i] != without)
			add_rows(l, i);
	what.l = (int)l->nrows;
	learn_prepare();
	linear.set_print_string_function(silence);
	srand(1); /* liblinear shuffles with rand() */
	m = linear.train(&what, &how);
	sign = m->label[0] == 1 ? 1 : -1;
	w = xreallocarray(NULL, (size_t)COLUMNS, sizeof(*w));
	for (size_t k = 0; k < (size_t)COLUMNS; k++)
		w[k] = sign * m->w[k];
	linear.free_and_destroy_model(&m);
	return w;
}

static double
probability(const double *w, const struct feature_node *x)
{
	double sum = 0;

	for (; x->index != -1; x++)
		sum += w[x->index - 1] * x->value;
	return 1 / (1 + exp(-sum));
}

static int
by_day(const void *a, const void *b)
{
	const day_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/*
 * Days in a row to the same fold: those of a week speak of the same things, and
 * what is to be judged comes after all of them.  Returns the number of days.
 */
static size_t
set_folds(struct learner *l)
{
	day_t *day = xreallocarray(NULL, l->n, sizeof(*day)), *found;
	size_t n = 0, m = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].day != EXAMPLE_NO_DAY)
			day[n++] = l->v[i].day;
	qsort(day, n, sizeof(*day), by_day);
	for (size_t i = 0; i < n; i++)
		if (m == 0 || day[m - 1] != day[i])
			day[m++] = day[i];
	for (size_t i = 0; i < l->n; i++) {
		found = bsearch(&l->v[i].day, day, m, sizeof(*day), by_day);
		l->fold[i] = FOLDS;
		if (found != NULL) /* which it is not among none */
			/* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
			l->fold[i] = (size_t)(found - day) * FOLDS / m;
	}
	free(day);
	return m;
}

/* An example judged by a model that had not seen it. */
struct trial {
	double p;
	double times;
	day_t day;
	bool selected;
};

static int
by_day_of_trial(const void *a, const void *b)
{
	const struct trial *x = a, *y = b;

	return (x->day < y->day) - (x->day > y->day);
}

/* Brings the newest to the front, those of TRIED_DAYS days or TRIED_MIN
 * selected papers, whichever are more; returns how many they are. */
static size_t
pick_newest(struct trial *t, size_t n)
{
	size_t selected = 0, days = 0, i;

	qsort(t, n, sizeof(*t), by_day_of_trial);
	for (i = 0; i < n; i++) {
		if (i == 0 || t[i].day != t[i - 1].day) {
			if (days >= TRIED_DAYS && selected >= TRIED_MIN)
				break;
			days++;
		}
		selected += t[i].selected;
	}
	return i;
}

static int
by_probability(const void *a, const void *b)
{
	const struct trial *x = a, *y = b;

	if (x->p != y->p)
		return x->p < y->p ? 1 : -1;
	return x->selected - y->selected; /* ties count against us */
}

/*
 * The lowest p that leaves at most the share 1 - recall of the selected below
 * it; none of them where there are too few to tell what a share is.
 */
static void
draw_cuts(struct screen_model *w, const struct trial *t, size_t n, double all,
    double selected)
{
	double seen = 0, found = 0, spared;
	unsigned long left = w->tried;
	size_t r = 0;

	for (size_t i = 0; i < n; i++) {
		seen += t[i].times;
		if (!t[i].selected)
			continue;
		found += t[i].times;
		left--;
		for (; r < SCREEN_MODEL_RECALLS; r++) {
			spared = selected *
			    (1 - (double)r / (SCREEN_MODEL_RECALLS - 1));
			if (r > 0 && w->tried < SCREEN_MODEL_SURE)
				spared = 0;
			if (found < selected - floor(spared + 1e-9))
				break;
			/* A bit low rather than a bit high. */
			w->threshold[r] = nextafterf((float)t[i].p, 0);
			w->share[r] = (float)(seen / all);
			w->missed[r] = left;
		}
	}
}

/* Area under the ROC curve, and the curve of recall and share. */
static void
draw_curve(struct screen_model *w, const struct trial *t, size_t n)
{
	double all = 0, selected = 0, found = 0, area = 0;

	for (size_t i = 0; i < n; i++) {
		all += t[i].times;
		if (t[i].selected)
			selected += t[i].times;
		w->tried += t[i].selected;
	}
	for (size_t i = 0; i < n; i++) {
		if (t[i].selected)
			found += t[i].times;
		else
			area += found * t[i].times;
	}
	w->auc = area / (selected * (all - selected));
	draw_cuts(w, t, n, all, selected);
}

/* That at most so many of n are missed when each is with chance q. */
static double
chance_of(unsigned long missed, unsigned long n, double q)
{
	double sum = 0;

	for (unsigned long k = 0; k <= missed; k++)
		sum += exp(lgamma((double)n + 1) - lgamma((double)k + 1) -
		    lgamma((double)(n - k) + 1) + (double)k * log(q) +
		    (double)(n - k) * log1p(-q));
	return sum;
}

double
recall_at_least(unsigned long missed, unsigned long n)
{
	double low = 0, high = 1, q;

	if (missed >= n)
		return 0;
	for (int i = 0; i < 50; i++) {
		q = (low + high) / 2;
		*(chance_of(missed, n, q) > 0.2 ? &low : &high) = q;
	}
	return 1 - high;
}

/*
 * What the model says of papers it has not seen is too soft: the line that its
 * logits have to be on, by Newton's method.
 */
static void
fit_logits(struct screen_model *w, const struct trial *t, size_t n)
{
	double a = 0, k = 1;

	for (int round = 0; round < 20; round++) {
		double g[2] = {0}, h[3] = {1e-6, 0, 1e-6}, det;

		for (size_t i = 0; i < n; i++) {
			double x = log(t[i].p / (1 - t[i].p));
			double p = 1 / (1 + exp(-(a + k * x)));
			double e = t[i].times * (t[i].selected - p);
			double v = t[i].times * p * (1 - p);

			g[0] += e;
			g[1] += e * x;
			h[0] += v;
			h[1] += v * x;
			h[2] += v * x * x;
		}
		det = h[0] * h[2] - h[1] * h[1];
		a += (g[0] * h[2] - g[1] * h[1]) / det;
		k += (g[1] * h[0] - g[0] * h[1]) / det;
	}
	w->offset = a;
	w->slope = k;
}

static void
cross_validate(struct screen_model *w, struct learner *l)
{
	struct trial *t = xreallocarray(NULL, l->n, sizeof(*t));
	size_t n = 0;

	for (size_t f = 0; f < FOLDS && f < w->days; f++) {
		double *fitted = fit(l, f);

		for (size_t i = 0; i < l->n; i++)
			if (l->fold[i] == f)
				t[n++] = (struct trial) {
				    .p = probability(fitted, l->x[i]),
				    .times = l->v[i].times,
				    .day = l->v[i].day,
				    .selected = l->v[i].selected,
				};
		free(fitted);
	}
	fit_logits(w, t, n);
	n = pick_newest(t, n);
	qsort(t, n, sizeof(*t), by_probability);
	draw_curve(w, t, n);
	free(t);
}

/* Counts what w tells of its origin; true if that is enough to draw a line
 * and each fold leaves both classes to learn from. */
static bool
take_stock(struct screen_model *w, struct learner *l)
{
	size_t class_in[2][FOLDS + 1] = {{0}};
	size_t total[2] = {0, 0};
	bool enough;

	w->days = set_folds(l);
	for (size_t i = 0; i < l->n; i++) {
		class_in[l->v[i].selected][l->fold[i]]++;
		total[l->v[i].selected]++;
	}
	w->papers = l->n;
	w->selected = total[1];
	/* Likes are of no day, and no trial. */
	enough = w->days >= DAYS_MIN &&
	    total[1] - class_in[1][FOLDS] >= SELECTED_MIN &&
	    total[0] - class_in[0][FOLDS] >= UNSELECTED_MIN;
	for (size_t f = 0; f < FOLDS; f++)
		enough = enough && class_in[0][f] < total[0] &&
		    class_in[1][f] < total[1];
	return enough;
}

void
learn(struct screen_model *w, struct example *v, size_t n, unsigned base)
{
	struct learner l = {.v = v, .n = n, .base = base};
	size_t rows = 0;
	double *fitted;

	for (size_t i = 0; i < n; i++)
		rows += v[i].times;
	l.x = xreallocarray(NULL, n, sizeof(*l.x));
	l.fold = xreallocarray(NULL, n, sizeof(*l.fold));
	l.row = xreallocarray(NULL, rows, sizeof(*l.row));
	l.label = xreallocarray(NULL, rows, sizeof(*l.label));
	set_idf(w, v, n);
	for (size_t i = 0; i < n; i++)
		l.x[i] = make_vector(w, &v[i]);

	w->enough = take_stock(w, &l);
	if (w->enough)
		cross_validate(w, &l);
	fitted = fit(&l, FOLDS);
	for (size_t k = 0; k < FEATURES_DIM; k++)
		w->weight[k] = (float)fitted[k];
	w->bias = (float)fitted[FEATURES_DIM];
	for (size_t k = 0; k < VECTORS_DIM; k++)
		w->meaning[k] =
		    (float)(MEANING_TIMES * fitted[FEATURES_DIM + 1 + k]);

	free(fitted);
	for (size_t i = 0; i < n; i++)
		free(l.x[i]);
	free(l.x);
	free(l.fold);
	free(l.row);
	free(l.label);
}
