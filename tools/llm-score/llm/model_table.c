/* SPDX-License-Identifier: ISC */
/* The rows of a table: lines, or the JSON of the community. */
#include "llm/models.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cJSON.h>

#include "common/base/number.h"
#include "common/json/json_tree.h"

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
