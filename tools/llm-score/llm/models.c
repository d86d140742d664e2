/* SPDX-License-Identifier: ISC */
#include "llm/models.h"

#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>

#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"
#include "common/json/json_tree.h"

#define TABLE_MAX      ((size_t)32 << 20)
#define PER_MILLION    1e-6
#define BATCH_SHARE    0.5
#define PRIORITY_SHARE 2
#define HOUR_SECONDS   3600

/* Prices */

enum tier
tier_named(const char *name)
{
	static const struct {
		const char *name;
		enum tier tier;
	} rows[] = {
	    {"batch", TIER_BATCH},
	    {"flex", TIER_FLEX},
	    {"priority", TIER_PRIORITY},
	    {"fast", TIER_PRIORITY},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (name != NULL && strcmp(name, rows[i].name) == 0)
			return rows[i].tier;
	return TIER_STANDARD;
}

static bool
holds(const struct price_when *w, double tokens, moment_t t)
{
	day_t day = day_of(t);
	int hour = (int)((t - day * 24 * HOUR_SECONDS) / HOUR_SECONDS);

	return tokens > w->above - (w->above == 0) && t >= w->from &&
	    (w->hours == 0 ||
		((w->hours >> hour & 1) != 0 &&
		    (w->weekdays >> day_weekday(day) & 1) != 0));
}

struct price
prices_at(const struct prices *p, double tokens, moment_t when)
{
	size_t i = p->n - 1;

	while (i > 0 && !holds(&p->step[i].when, tokens, when))
		i--;
	return p->step[i].price;
}

struct price
prices_worst(const struct prices *p, double tokens, moment_t when)
{
	struct price worst = {.cached = 0};

	for (size_t i = 0; i < p->n; i++) {
		struct price_when w = p->step[i].when;
		const struct price *q = &p->step[i].price;

		w.hours = 0;
		if (!holds(&w, tokens, when + 24 * HOUR_SECONDS))
			continue;
		worst.cached = fmax(worst.cached, q->cached);
		worst.cache_write = fmax(worst.cache_write, q->cache_write);
		for (int t = 0; t < NTIERS; t++) {
			worst.input[t] = fmax(worst.input[t], q->input[t]);
			worst.output[t] = fmax(worst.output[t], q->output[t]);
		}
	}
	return worst;
}

/* What a table says of one price; NAN where it says nothing. */
struct cells {
	double cached, cache_write;
	double input[NTIERS], output[NTIERS];
};

static double or (double v, double other)
{
	return isnan(v) ? other : v;
}

/* False without the two prices that nothing can stand in for. */
static bool
add_price(
    struct prices *p, const struct price_when *when, const struct cells *c)
{
	static const double shares[NTIERS] = {
	    1, BATCH_SHARE, 1, PRIORITY_SHARE};
	double in = c->input[TIER_STANDARD], out = c->output[TIER_STANDARD];
	struct price *q;

	if (isnan(in) || isnan(out) || p->n == PRICE_STEPS)
		return false;
	q = &p->step[p->n].price;
	p->step[p->n++].when = *when;
	q->cached = or (c->cached, in);
	q->cache_write = or (c->cache_write, 0) > 0 ? c->cache_write : in;
	for (int t = 0; t < NTIERS; t++) {
		q->input[t] = or (c->input[t], shares[t] * in);
		q->output[t] = or (c->output[t], shares[t] * out);
	}
	return true;
}

/* The table as lines */

enum column {
	NAME,
	PROVIDER,
	WHEN,
	INPUT,
	CACHED,
	CACHE_WRITE,
	OUTPUT,
	BATCH,
	FLEX,
	PRIORITY,
	CONTEXT,
	REFUSES,
	THINKS,
	ENDS,
	AS_OF,
	NCOLUMNS
};

struct row {
	char cell[NCOLUMNS][MODEL_NAME_MAX]; /* "" for "-" and what lacks */
};

/* False if the line is a comment or has no name. */
static bool
row_cut(struct row *r, struct slice line)
{
	struct slice f;

	for (int i = 0; i < NCOLUMNS; i++) {
		r->cell[i][0] = '\0';
		if (!slice_cut(&line, '\t', &f) || slice_eq(f, "-") ||
		    f.n >= MODEL_NAME_MAX)
			continue;
		memcpy(r->cell[i], f.p, f.n);
		r->cell[i][f.n] = '\0';
	}
	return r->cell[NAME][0] != '\0' && r->cell[NAME][0] != '#';
}

static double
usd(const char *s)
{
	const char *why;
	double v;

	return number_double(s, 0, 1e6, &v, &why) ? v * PER_MILLION : NAN;
}

/* "0.05/0.25" */
static void
usd_pair(const char *s, double *in, double *out)
{
	char first[32];
	size_t n = strcspn(s, "/");

	*in = *out = NAN;
	if (s[n] != '/' || n >= sizeof(first))
		return;
	memcpy(first, s, n);
	first[n] = '\0';
	*in = usd(first);
	*out = usd(s + n + 1);
}

/* "01-04,06-10" as bits. */
static uint32_t
hours(const char *s)
{
	unsigned from, to;
	uint32_t bits = 0;
	int n;

	for (; sscanf(s, "%2u-%2u%n", &from, &to, &n) == 2 && to <= 24;
	     s += n) {
		for (; from < to; from++)
			bits |= UINT32_C(1) << from;
		if (s[n] != ',')
			break;
		n++;
	}
	return bits;
}

/* False if it is in a form that a later version may know. */
static bool
when_read(struct price_when *w, const char *s)
{
	static const char days[][4] = {
	    "sun", "mon", "tue", "wed", "thu", "fri", "sat"};
	char first[4], last[4];
	int n = 0, a = 7, b = 7;
	day_t day;

	*w = (struct price_when) {.above = 0};
	if (*s == '\0' || sscanf(s, "prompt>%lf", &w->above) == 1)
		return true;
	if (strncmp(s, "from=", 5) == 0 && day_parse(s + 5, &day)) {
		w->from = day * 24 * HOUR_SECONDS;
		return true;
	}
	if (sscanf(s, "%3[a-z]-%3[a-z]=%n", first, last, &n) != 2 || n == 0)
		return false;
	for (int i = 0; i < 7; i++) {
		a = strcmp(first, days[i]) == 0 ? i : a;
		b = strcmp(last, days[i]) == 0 ? i : b;
	}
	for (int i = a; i <= b && b < 7; i++)
		w->weekdays |= 1u << i;
	w->hours = hours(s + n);
	return w->weekdays != 0 && w->hours != 0;
}

static void
row_price(struct prices *p, const struct row *r)
{
	struct price_when when;
	struct cells c = {
	    .cached = usd(r->cell[CACHED]),
	    .cache_write = usd(r->cell[CACHE_WRITE]),
	};

	c.input[TIER_STANDARD] = usd(r->cell[INPUT]);
	c.output[TIER_STANDARD] = usd(r->cell[OUTPUT]);
	for (int t = TIER_BATCH; t < NTIERS; t++)
		usd_pair(r->cell[BATCH + t - 1], &c.input[t], &c.output[t]);
	if (when_read(&when, r->cell[WHEN]) &&
	    (p->n > 0 || r->cell[WHEN][0] == '\0'))
		add_price(p, &when, &c);
}

static void
row_facts(struct model *m, const struct row *r)
{
	const char *why, *thinks = r->cell[THINKS];

	snprintf(m->name, sizeof(m->name), "%s", r->cell[NAME]);
	snprintf(m->provider, sizeof(m->provider), "%.23s", r->cell[PROVIDER]);
	snprintf(m->refuses, sizeof(m->refuses), "%.63s", r->cell[REFUSES]);
	if (!number_long(r->cell[CONTEXT], 1, 1L << 40, &m->context, &why))
		m->context = 0;
	m->thinks = strcmp(thinks, "yes") == 0 ? THINKS_YES
	    : strcmp(thinks, "no") == 0	       ? THINKS_NO
					       : THINKS_UNKNOWN;
	if (!day_parse(r->cell[ENDS], &m->ends))
		m->ends = 0;
	if (!day_parse(r->cell[AS_OF], &m->as_of))
		m->as_of = 0;
}

bool
models_next(struct slice *rest, struct model *m)
{
	struct slice line, before;
	struct row r;

	*m = (struct model) {.context = 0};
	for (;;) {
		before = *rest;
		if (!slice_cut(rest, '\n', &line))
			break;
		if (!row_cut(&r, line))
			continue;
		if (m->name[0] == '\0') {
			row_facts(m, &r);
		} else if (strcmp(m->name, r.cell[NAME]) != 0) {
			*rest = before;
			break;
		}
		row_price(&m->prices, &r);
	}
	return m->name[0] != '\0';
}

bool
model_is_family(const struct model *m)
{
	return strchr(m->name, '*') != NULL;
}

/* The table as JSON */

static double
tree_cell(const cJSON *o, const char *name, const char *above, const char *tier)
{
	char key[96];
	const cJSON *v;

	snprintf(key, sizeof(key), "%s%s%s", name, above, tier);
	v = json_tree_get(o, key);
	return cJSON_IsNumber(v) && v->valuedouble >= 0 &&
		isfinite(v->valuedouble)
	    ? v->valuedouble
	    : NAN;
}

static void
tree_cells(struct cells *c, const cJSON *o, const char *above)
{
	static const char *const tiers[NTIERS] = {
	    "", "_batches", "_flex", "_priority"};

	c->cached = tree_cell(o, "cache_read_input_token_cost", above, "");
	c->cache_write =
	    tree_cell(o, "cache_creation_input_token_cost", above, "");
	for (int t = 0; t < NTIERS; t++) {
		c->input[t] =
		    tree_cell(o, "input_cost_per_token", above, tiers[t]);
		c->output[t] =
		    tree_cell(o, "output_cost_per_token", above, tiers[t]);
	}
}

static bool
find_in_tree(struct model *m, const cJSON *tree, const char *name)
{
	static const int above[] = {0, 128, 200, 272};
	const cJSON *o = json_tree_get(tree, name);
	const char *ends = json_tree_string(o, "deprecation_date");
	char part[32] = "";
	struct cells c;

	if (!cJSON_IsObject(o))
		return false;
	*m = (struct model) {
	    .context = json_tree_long(o, "max_input_tokens", 0)};
	snprintf(m->name, sizeof(m->name), "%s", name);
	for (size_t i = 0; i < sizeof(above) / sizeof(*above); i++) {
		struct price_when when = {.above = 1000.0 * above[i]};

		if (i > 0)
			snprintf(
			    part, sizeof(part), "_above_%dk_tokens", above[i]);
		tree_cells(&c, o, part);
		if (!add_price(&m->prices, &when, &c) && i == 0)
			return false;
	}
	if (ends == NULL || !day_parse(ends, &m->ends))
		m->ends = 0;
	return true;
}

/* The names to look for */

struct table {
	struct slice text;
	const cJSON *tree; /* NULL: lines */
};

static bool
find_in_lines(struct model *m, struct slice rest, const char *name)
{
	while (models_next(&rest, m))
		if (strcmp(m->name, name) == 0)
			return true;
	return false;
}

static bool
find(struct model *m, const struct table *t, const char *name)
{
	return t->tree != NULL ? find_in_tree(m, t->tree, name)
			       : find_in_lines(m, t->text, name);
}

/* Cuts "-2025-08-07" or "-20251001" off; false if there is none. */
static bool
cut_date(char *name)
{
	static const char *const shapes[] = {"-dddd-dd-dd", "-dddddddd"};
	size_t n = strlen(name);

	for (size_t s = 0; s < sizeof(shapes) / sizeof(*shapes); s++) {
		size_t len = strlen(shapes[s]), i = 0;
		const char *tail = name + n - len;

		if (n <= len)
			continue;
		while (i < len &&
		    (shapes[s][i] == 'd' ? isdigit((unsigned char)tail[i]) != 0
					 : tail[i] == '-'))
			i++;
		if (i == len) {
			name[n - len] = '\0';
			return true;
		}
	}
	return false;
}

static bool
find_variants(struct model *m, const struct table *t, const char *name,
    const char *provider)
{
	const char *slash = strchr(name, '/');
	char *with;
	bool found;

	if (find(m, t, name))
		return true;
	if (slash != NULL && find_variants(m, t, slash + 1, provider))
		return true;
	with = xasprintf("%s/%s", provider, name);
	found = find(m, t, with);
	free(with);
	return found;
}

/* The first family that a name belongs to. */
static bool
find_family(struct model *m, struct slice rest, const char *name)
{
	while (models_next(&rest, m))
		if (model_is_family(m) && fnmatch(m->name, name, 0) == 0)
			return true;
	*m = (struct model) {.context = 0};
	return false;
}

static void
fill_gaps(struct model *m, const struct model *from)
{
	if (m->prices.n == 0)
		m->prices = from->prices;
	if (m->context == 0)
		m->context = from->context;
	if (m->refuses[0] == '\0')
		memcpy(m->refuses, from->refuses, sizeof(m->refuses));
	if (m->thinks == THINKS_UNKNOWN)
		m->thinks = from->thinks;
	if (m->ends == 0)
		m->ends = from->ends;
	if (m->provider[0] == '\0')
		memcpy(m->provider, from->provider, sizeof(m->provider));
}

bool
models_find(
    struct model *m, struct slice table, const char *name, const char *provider)
{
	const char *slash = strrchr(name, '/');
	struct table t = {.text = table};
	struct model family = {.context = 0};
	cJSON *tree = NULL;
	char *dateless = xstrdup(name);
	bool found;

	if (table.n > 0 && table.p[0] == '{')
		t.tree = tree = json_tree_parse(table);
	found = find_variants(m, &t, name, provider) ||
	    (cut_date(dateless) && find_variants(m, &t, dateless, provider));
	if (!found)
		*m = (struct model) {.context = 0};
	if (t.tree == NULL)
		find_family(&family, table, slash != NULL ? slash + 1 : name);
	fill_gaps(m, &family);
	free(dateless);
	cJSON_Delete(tree);
	return found;
}

/* The tables */

void
models_open(struct models *t, const char *path)
{
	char *supplied = data_file("models.tsv");

	*t = (struct models) {.own = NULL};
	if (path != NULL &&
	    (t->own = line_reader_slurp(path, TABLE_MAX, &t->own_len)) == NULL)
		die(EXIT_MISUSE, "--prices: %s: %s", path, strerror(errno));
	if (supplied != NULL)
		t->supplied =
		    line_reader_slurp(supplied, TABLE_MAX, &t->supplied_len);
	free(supplied);
}

void
models_close(struct models *t)
{
	free(t->own);
	free(t->supplied);
}

static struct slice
supplied(const struct models *t)
{
	return (struct slice) {
	    t->supplied != NULL ? t->supplied : "", t->supplied_len};
}

bool
models_get(const struct models *t, struct model *m, const char *name,
    const char *provider)
{
	struct slice own = {t->own != NULL ? t->own : "", t->own_len};
	struct model other;
	bool found = models_find(m, own, name, provider);

	found |= models_find(&other, supplied(t), name, provider);
	fill_gaps(m, &other);
	if (m->name[0] == '\0')
		memcpy(m->name, other.name, sizeof(m->name));
	return found;
}

void
models_provider(const char *name, char provider[24])
{
	struct models t;
	struct model m;

	models_open(&t, NULL);
	if (!find_in_lines(&m, supplied(&t), name) &&
	    !find_family(&m, supplied(&t), name))
		m.provider[0] = '\0';
	memcpy(provider, m.provider, sizeof(m.provider));
	models_close(&t);
}

/* How many characters have to be put in, taken out or changed. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[MODEL_NAME_MAX], n = strlen(b), corner, up;

	for (size_t k = 0; k <= n; k++)
		row[k] = k;
	for (size_t i = 0; a[i] != '\0'; i++) {
		corner = row[0]++;
		for (size_t k = 0; k < n; k++) {
			up = row[k + 1];
			row[k + 1] = a[i] == b[k] ? corner
						  : 1 +
				(up < row[k]
					? (up < corner ? up : corner)
					: (row[k] < corner ? row[k] : corner));
			corner = up;
		}
	}
	return row[n];
}

void
models_likely(
    const struct models *t, const char *name, char likely[MODEL_NAME_MAX])
{
	struct slice rest = supplied(t);
	size_t least = 1 + strlen(name) / 3, d;
	struct model m;

	likely[0] = '\0';
	while (models_next(&rest, &m)) {
		if (model_is_family(&m) || m.prices.n == 0)
			continue;
		if ((d = distance(name, m.name)) < least) {
			least = d;
			memcpy(likely, m.name, sizeof(m.name));
		}
	}
}

/* How far two prices are apart, as a ratio. */
static double
price_distance(const struct model *a, const struct model *b)
{
	const struct price *p = &a->prices.step[0].price,
			   *q = &b->prices.step[0].price;

	return fabs(log((p->input[0] + 1e-9) / (q->input[0] + 1e-9))) +
	    fabs(log((p->output[0] + 1e-9) / (q->output[0] + 1e-9)));
}

bool
models_nearest(const struct models *t, const struct model *m, day_t after,
    struct model *nearest)
{
	double least = INFINITY, d;
	struct slice rest = supplied(t);
	struct model other;

	while (models_next(&rest, &other)) {
		if (other.prices.n == 0 ||
		    (other.ends != 0 && other.ends <= after))
			continue;
		d = m->prices.n == 0 ? 0 : price_distance(m, &other);
		/* Another provider is another key. */
		if (strcmp(other.provider, m->provider) != 0)
			d += 100;
		if (d < least) {
			least = d;
			*nearest = other;
		}
	}
	return least < INFINITY;
}
