/* SPDX-License-Identifier: ISC */
/* Rows of the tables: what tokens cost, and what else stands in one. */
#include "llm/models.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cJSON.h>

#include "common/base/number.h"
#include "common/json/json_tree.h"

/* Prices. */

#define BATCH_SHARE    0.5
#define PRIORITY_SHARE 2
#define HOUR_SECONDS   3600

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
struct price_cells {
	double cached, cache_write;
	double input[NTIERS], output[NTIERS];
};

static double or (double v, double other)
{
	return isnan(v) ? other : v;
}

/* Adds a step.  False without the two prices that nothing can stand in for:
 * standard input and output. */
static bool
prices_add(struct prices *p, const struct price_when *when,
    const struct price_cells *c)
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

#define PER_MILLION 1e-6

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
		w->from = day * DAY_SECONDS;
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
	struct price_cells c = {
	    .cached = usd(r->cell[CACHED]),
	    .cache_write = usd(r->cell[CACHE_WRITE]),
	};

	c.input[TIER_STANDARD] = usd(r->cell[INPUT]);
	c.output[TIER_STANDARD] = usd(r->cell[OUTPUT]);
	for (int t = TIER_BATCH; t < NTIERS; t++)
		usd_pair(r->cell[BATCH + t - 1], &c.input[t], &c.output[t]);
	if (when_read(&when, r->cell[WHEN]) &&
	    (p->n > 0 || r->cell[WHEN][0] == '\0'))
		prices_add(p, &when, &c);
}

static void
row_facts(struct model *m, const struct row *r)
{
	const char *why, *thinks = r->cell[THINKS];

	snprintf(m->name, sizeof(m->name), "%s", r->cell[NAME]);
	snprintf(m->provider, sizeof(m->provider), "%.23s", r->cell[PROVIDER]);
	snprintf(m->refuses, sizeof(m->refuses), "%.63s", r->cell[REFUSES]);
	if (!number_long(r->cell[CONTEXT], 1, 1L << 30, &m->context, &why))
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
tree_cells(struct price_cells *c, const cJSON *o, const char *above)
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

bool
model_in_tree(struct model *m, const cJSON *tree, const char *name)
{
	static const int above[] = {0, 128, 200, 272};
	const cJSON *o = json_tree_get(tree, name);
	const char *ends = json_tree_string(o, "deprecation_date");
	char part[32] = "";
	struct price_cells c;

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
		if (!prices_add(&m->prices, &when, &c) && i == 0)
			return false;
	}
	if (ends == NULL || !day_parse(ends, &m->ends))
		m->ends = 0;
	return true;
}
