/* SPDX-License-Identifier: ISC */
/* Which row of the tables is a model's. */
#include "llm/models.h"

#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/guess.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"
#include "common/json/json_tree.h"

#define TABLE_MAX ((size_t)32 << 20)

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
	return t->tree != NULL ? model_in_tree(m, t->tree, name)
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

void
models_likely(
    const struct models *t, const char *name, char likely[MODEL_NAME_MAX])
{
	struct slice rest = supplied(t);
	struct guess g = GUESS_INIT(name);
	struct model m;

	likely[0] = '\0';
	while (models_next(&rest, &m)) {
		unsigned before = g.distance;

		if (model_is_family(&m) || m.prices.n == 0)
			continue;
		guess_consider(&g, slice_of(m.name));
		if (g.distance < before)
			memcpy(likely, m.name, sizeof(m.name));
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
