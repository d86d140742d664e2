/* SPDX-License-Identifier: ISC */
#include "common/words/words.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/json/json_write.h"

static void
tell_text(struct jsonw *j, const char *key, struct slice s)
{
	if (s.n > 0)
		jsonw_slice(jsonw_key(j, key), s);
}

void
nearest_tell(struct strbuf *b, struct paper *p)
{
	const struct json_member *mark = json_find(&p->members, "mark");
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(b);

	tell_text(&j, "title", paper_text(p, PAPER_TITLE));
	tell_text(&j, "announced", paper_text(p, PAPER_ANNOUNCED));
	if (mark != NULL && mark->value.type == JSON_STRING)
		tell_text(&j, "mark", json_text(&mark->value, &scratch));
	strbuf_release(&scratch);
}

void
nearest_add(
    struct nearest *l, struct slice id, struct slice told, const vector x)
{
	struct nearest_paper *p;

	if (l->n < NEAREST_MAX) {
		l->v = xgrow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
		p = &l->v[l->n++];
	} else {
		p = &l->v[l->oldest];
		l->oldest = (l->oldest + 1) % NEAREST_MAX;
		free(p->id);
		free(p->told);
	}
	p->id = xmemdup0(id.p, id.n);
	p->told = xmemdup0(told.p, told.n);
	for (size_t i = 0; i < VECTORS_DIM; i++)
		p->x[i] = (float)x[i];
}

/* Sums side by side: compilers do not change the order of additions, and in one
 * row each would wait for the one before. */
#define LANES 8

static double
cosine(const float *a, const float *b)
{
	float sum[LANES] = {0};
	double all = 0;

	for (size_t i = 0; i < VECTORS_DIM; i += LANES)
		for (size_t k = 0; k < LANES; k++)
			sum[k] += a[i + k] * b[i + k];
	for (size_t k = 0; k < LANES; k++)
		all += (double)sum[k];
	return all;
}

struct found {
	const struct nearest_paper *paper;
	double cos;
};

/* Into its place among the n best, which are in order; returns how many they
 * are then. */
static size_t
insert(struct found *best, size_t n, struct found f)
{
	size_t i = n;

	for (; i > 0 && best[i - 1].cos < f.cos; i--)
		if (i < NEAREST_TOLD)
			best[i] = best[i - 1];
	if (i < NEAREST_TOLD)
		best[i] = f;
	return n < NEAREST_TOLD ? n + 1 : n;
}

void
nearest_write(
    const struct nearest *l, struct slice id, const vector x, struct strbuf *b)
{
	struct found best[NEAREST_TOLD];
	struct jsonw j = JSONW_INIT(b);
	float y[VECTORS_DIM];
	size_t n = 0;

	for (size_t i = 0; i < VECTORS_DIM; i++)
		y[i] = (float)x[i];
	/* A paper whose words are not known is near to none. */
	for (size_t i = 0; i < l->n && vector_dot(x, x) > 0; i++) {
		struct found f = {&l->v[i], cosine(l->v[i].x, y)};

		if ((n < NEAREST_TOLD || f.cos > best[n - 1].cos) &&
		    !slice_eq(id, f.paper->id))
			n = insert(best, n, f);
	}
	jsonw_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		jsonw_open(&j, '{');
		jsonw_str(jsonw_key(&j, "id"), best[i].paper->id);
		jsonw_decimals(jsonw_key(&j, "cos"), best[i].cos, 4);
		if (*best[i].paper->told != '\0')
			strbuf_addf(b, ",%s", best[i].paper->told);
		jsonw_close(&j, '}');
	}
	jsonw_close(&j, ']');
}

void
nearest_release(struct nearest *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].id);
		free(l->v[i].told);
	}
	free(l->v);
	*l = (struct nearest) {.n = 0};
}
