/* SPDX-License-Identifier: ISC */
#include "llm/cost.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"
#include "common/json/json_tree.h"
#include "common/json/json_write.h"

#define TABLE_MAX   ((size_t)32 << 20)
#define PER_MILLION 1e-6
#define BATCH_SHARE 0.5

/* The columns of prices.tsv after the name, and the keys of the community's
 * table: the same fields in the same order. */
enum field {
	INPUT,
	CACHED,
	CACHE_WRITE,
	OUTPUT,
	BATCH_INPUT,
	BATCH_OUTPUT,
	FLEX_INPUT,
	FLEX_OUTPUT,
	NFIELDS
};

static const char *const json_keys[NFIELDS] = {
    [INPUT] = "input_cost_per_token",
    [CACHED] = "cache_read_input_token_cost",
    [CACHE_WRITE] = "cache_creation_input_token_cost",
    [OUTPUT] = "output_cost_per_token",
    [BATCH_INPUT] = "input_cost_per_token_batches",
    [BATCH_OUTPUT] = "output_cost_per_token_batches",
    [FLEX_INPUT] = "input_cost_per_token_flex",
    [FLEX_OUTPUT] = "output_cost_per_token_flex",
};

static double or (double v, double other)
{
	return isnan(v) ? other : v;
}

/* False without the two prices that nothing can stand in for. */
static bool
price_of_fields(struct price *p, const double *v)
{
	if (isnan(v[INPUT]) || isnan(v[OUTPUT]))
		return false;
	p->input = v[INPUT];
	p->output = v[OUTPUT];
	p->cached = or (v[CACHED], v[INPUT]);
	p->cache_write = or (v[CACHE_WRITE], 0) > 0 ? v[CACHE_WRITE] : v[INPUT];
	p->batch_input = or (v[BATCH_INPUT], BATCH_SHARE * v[INPUT]);
	p->batch_output = or (v[BATCH_OUTPUT], BATCH_SHARE * v[OUTPUT]);
	p->flex_input = or (v[FLEX_INPUT], v[INPUT]);
	p->flex_output = or (v[FLEX_OUTPUT], v[OUTPUT]);
	return true;
}

/* The table as lines */

static bool
read_row(struct price *p, struct slice line, const char *model)
{
	double v[NFIELDS];
	struct slice f;
	char number[32];
	const char *why;

	if (!slice_cut(&line, '\t', &f) || !slice_eq(f, model))
		return false;
	for (int i = 0; i < NFIELDS; i++) {
		v[i] = NAN;
		if (!slice_cut(&line, '\t', &f) || f.n >= sizeof(number))
			continue;
		memcpy(number, f.p, f.n);
		number[f.n] = '\0';
		if (number_double(number, 0, 1e6, &v[i], &why))
			v[i] *= PER_MILLION;
		else
			v[i] = NAN;
	}
	return price_of_fields(p, v);
}

static bool
find_in_lines(struct price *p, struct slice table, const char *model)
{
	struct slice line;

	while (slice_cut(&table, '\n', &line))
		if (read_row(p, line, model))
			return true;
	return false;
}

/* The table as JSON */

static bool
find_in_tree(struct price *p, const cJSON *tree, const char *model)
{
	const cJSON *o = json_tree_get(tree, model), *v;
	double field[NFIELDS];

	if (!cJSON_IsObject(o))
		return false;
	for (int i = 0; i < NFIELDS; i++) {
		v = json_tree_get(o, json_keys[i]);
		field[i] = cJSON_IsNumber(v) ? v->valuedouble : NAN;
	}
	return price_of_fields(p, field);
}

/* The names to look for */

struct table {
	struct slice text;
	const cJSON *tree; /* NULL: lines */
};

static bool
find(struct price *p, const struct table *t, const char *model)
{
	return t->tree != NULL ? find_in_tree(p, t->tree, model)
			       : find_in_lines(p, t->text, model);
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
find_variants(struct price *p, const struct table *t, const char *model,
    const char *provider)
{
	const char *slash = strchr(model, '/');
	char *with;
	bool found;

	if (find(p, t, model))
		return true;
	if (slash != NULL && find_variants(p, t, slash + 1, provider))
		return true;
	with = xasprintf("%s/%s", provider, model);
	found = find(p, t, with);
	free(with);
	return found;
}

bool
prices_find(struct price *p, struct slice table, const char *model,
    const char *provider)
{
	struct table t = {.text = table};
	cJSON *tree = NULL;
	char *name;
	bool found;

	if (table.n > 0 && table.p[0] == '{')
		t.tree = tree = json_tree_parse(table);
	found = find_variants(p, &t, model, provider);
	name = xstrdup(model);
	if (!found && cut_date(name))
		found = find_variants(p, &t, name, provider);
	free(name);
	cJSON_Delete(tree);
	return found;
}

bool
prices_read(
    struct price *p, const char *path, const char *model, const char *provider)
{
	char *used = path != NULL ? xstrdup(path) : data_file("prices.tsv");
	char *text = NULL;
	size_t n = 0;
	bool found = false;

	if (used != NULL)
		text = line_reader_slurp(used, TABLE_MAX, &n);
	if (text == NULL && path != NULL)
		die(EXIT_MISUSE, "--prices: %s: %s", path, strerror(errno));
	if (text != NULL)
		found =
		    prices_find(p, (struct slice) {text, n}, model, provider);
	free(text);
	free(used);
	return found;
}

/* What requests cost */

/* Sums of doubles must not let rounding pass for spending. */
#define SLACK	 1e-12
#define DECIMALS 6

double
cost_total(const struct cost *c)
{
	return c->input + c->output + c->reported + c->unsettled;
}

double
cost_worst(const struct cost *c, size_t input_bytes, long max_tokens)
{
	const struct price *p = &c->price;

	if (!c->priced)
		return 0;
	if (c->batch)
		return (double)input_bytes * p->batch_input +
		    (double)max_tokens * p->batch_output;
	return (double)input_bytes * fmax(p->input, p->cache_write) +
	    (double)max_tokens * p->output;
}

bool
cost_reserve(struct cost *c, double amount)
{
	if (c->limit >= 0 &&
	    cost_total(c) + c->reserved + amount > c->limit + SLACK)
		return false;
	c->reserved += amount;
	return true;
}

void
cost_return(struct cost *c, double amount)
{
	c->reserved = fmax(0, c->reserved - amount);
}

void
cost_forfeit(struct cost *c, double amount)
{
	cost_return(c, amount);
	c->unsettled += amount;
}

static void
add_priced(struct cost *c, const struct usage *u)
{
	const struct price *p = &c->price;
	double in = p->input, out = p->output, share;

	if (c->batch) {
		in = p->batch_input;
		out = p->batch_output;
	} else if (u->flex) {
		in = p->flex_input;
		out = p->flex_output;
	}
	/* Cached tokens keep their proportion in the cheaper tiers. */
	share = p->input > 0 ? in / p->input : 1;
	c->input += u->input * in + u->cached * p->cached * share +
	    u->cache_write * p->cache_write * share;
	c->output += u->output * out;
}

/* The server's own account wins; our prices only split it. */
static void
add_reported(struct cost *c, const struct usage *u)
{
	struct cost ours = {.price = c->price, .batch = c->batch};
	double sum;

	if (c->priced)
		add_priced(&ours, u);
	sum = ours.input + ours.output;
	if (sum <= 0) {
		c->reported += u->cost;
		return;
	}
	c->input += u->cost * ours.input / sum;
	c->output += u->cost * ours.output / sum;
}

void
cost_settle(struct cost *c, double amount, const struct usage *u)
{
	if (!u->known && u->cost < 0) {
		cost_forfeit(c, amount);
		c->unpriced |= !c->priced;
		return;
	}
	cost_return(c, amount);
	if (u->cost >= 0)
		add_reported(c, u);
	else if (c->priced)
		add_priced(c, u);
	else
		c->unpriced = true;
}

void
cost_write(struct strbuf *b, const struct cost *c)
{
	struct jsonw j = JSONW_INIT(b);

	if (c->unpriced) {
		jsonw_null(&j);
		return;
	}
	jsonw_open(&j, '{');
	if (c->reported == 0) {
		jsonw_key(&j, "input");
		jsonw_decimals(&j, c->input, DECIMALS);
		jsonw_key(&j, "output");
		jsonw_decimals(&j, c->output, DECIMALS);
	}
	jsonw_key(&j, "total");
	jsonw_decimals(&j, c->input + c->output + c->reported, DECIMALS);
	if (c->unsettled > 0) {
		jsonw_key(&j, "unsettled");
		jsonw_decimals(&j, c->unsettled, DECIMALS);
	}
	jsonw_close(&j, '}');
}
