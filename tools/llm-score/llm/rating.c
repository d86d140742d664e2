/* SPDX-License-Identifier: ISC */
#include "llm/rating.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/secret.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/json/json_tree.h"
#include "common/json/json_write.h"

/* Keys of score that are no axes. */
static const char *const taken[] = {"comment", "topics", "backend", "model",
    "prompt", "votes", "suspect", "mean", "first", "p"};

static struct slice
skip(struct slice s, const char *set)
{
	while (s.n > 0 && strchr(set, s.p[0]) != NULL) {
		s.p++;
		s.n--;
	}
	return s;
}

/* The name in "## Axis: name"; empty if the line declares none. */
static struct slice
declared(struct slice line)
{
	static const char word[] = "axis:";
	size_t n = 0;

	line = skip(line, "# \t");
	if (line.n < sizeof(word) - 1 ||
	    strncasecmp(line.p, word, sizeof(word) - 1) != 0)
		return (struct slice) {line.p, 0};
	line.p += sizeof(word) - 1;
	line.n -= sizeof(word) - 1;
	line = skip(line, " \t");
	while (n < line.n &&
	    (islower((unsigned char)line.p[n]) ||
		isdigit((unsigned char)line.p[n]) || line.p[n] == '_'))
		n++;
	return (struct slice) {line.p, n};
}

static const char *
add(struct axes *s, struct slice name)
{
	for (size_t i = 0; i < s->n; i++)
		if (slice_eq(name, s->name[i]))
			return NULL;
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		if (slice_eq(name, taken[i]))
			return "an axis has the name of another key of score";
	if (s->n == AXES_MAX)
		return "too many axes";
	s->name[s->n++] = xmemdup0(name.p, name.n);
	return NULL;
}

bool
axes_read(struct axes *s, struct slice criteria, const char **why)
{
	struct slice line, name;

	*s = (struct axes) {.n = 0};
	add(s, SLICE_LIT("relevance"));
	add(s, SLICE_LIT("novelty"));
	while (slice_cut(&criteria, '\n', &line)) {
		name = declared(line);
		if (name.n > 0 && (*why = add(s, name)) != NULL) {
			axes_release(s);
			return false;
		}
	}
	return true;
}

void
axes_release(struct axes *s)
{
	while (s->n > 0)
		free(s->name[--s->n]);
}

#define COMMENT_MAX 2000

void
rating_release(struct rating *v)
{
	free(v->comment);
	strlist_release(&v->topics);
	*v = (struct rating) {.comment = NULL};
}

/* A number, or text that is one: "9", "7/10".  0 if it is neither. */
static long
read_axis(const cJSON *o, const char *name)
{
	const char *text = json_tree_string(o, name);
	double x;
	int n = 0;

	if (text == NULL)
		return json_tree_long(o, name, 0);
	if (!isdigit((unsigned char)*text) ||
	    sscanf(text, "%2lf%n", &x, &n) != 1)
		return 0;
	if (strcmp(text + n, "/10") == 0 || strcmp(text + n, " / 10") == 0 ||
	    strcmp(text + n, ".0") == 0 || text[n] == '\0')
		return (long)x;
	return 0;
}

static bool
read_axes(struct rating *v, const cJSON *o, const struct axes *axes)
{
	for (size_t i = 0; i < axes->n; i++) {
		long x = read_axis(o, axes->name[i]);

		if (x < RATING_MIN || x > RATING_MAX)
			return false;
		v->axis[i] = (int)x;
	}
	return true;
}

/* One line of visible characters, of bounded length. */
static char *
clean_comment(const char *s)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t n = utf8_cut(s, strlen(s), COMMENT_MAX), len;

	for (size_t i = 0; i < n; i += len) {
		uint32_t cp = utf8_decode(s + i, n - i, &len);

		if (cp == '\n' || cp == '\t' || cp == '\r')
			strbuf_addch(&b, ' ');
		else if (!utf8_is_invisible(cp))
			strbuf_add(&b, s + i, len);
	}
	strbuf_fold_space(&b);
	secret_hide(b.s, b.len);
	return strbuf_detach(&b);
}

static void
read_topics(
    struct strlist *topics, const cJSON *array, const struct strlist *ids)
{
	const cJSON *t;

	cJSON_ArrayForEach(t, array)
	{
		const char *id = cJSON_GetStringValue(t);

		if (id != NULL && strlist_has(ids, id))
			strlist_add_new(topics, slice_of(id));
	}
}

bool
rating_read(struct rating *v, const cJSON *o, const struct axes *axes,
    const struct strlist *ids)
{
	const char *comment = json_tree_string(o, "comment");
	const cJSON *topics = json_tree_get(o, "topics");

	*v = (struct rating) {.comment = NULL};
	if (comment == NULL || !read_axes(v, o, axes))
		return false;
	v->comment = clean_comment(comment);
	if (cJSON_IsArray(topics))
		read_topics(&v->topics, topics, ids);
	return true;
}

static void
write_origin(struct jsonw *j, const struct rating_origin *o)
{
	jsonw_str(jsonw_key(j, "backend"), o->backend);
	jsonw_str(jsonw_key(j, "model"), o->model);
	jsonw_str(jsonw_key(j, "prompt"), o->prompt);
	if (o->votes > 0) {
		jsonw_int(jsonw_key(j, "votes"), o->votes);
	}
	if (o->suspect)
		jsonw_bool(jsonw_key(j, "suspect"), true);
	if (o->first != NULL)
		jsonw_raw(jsonw_key(j, "first"), slice_of(o->first));
}

void
rating_write(struct strbuf *b, const struct rating *v, const struct axes *axes,
    const struct rating_origin *origin)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	for (size_t i = 0; i < axes->n; i++) {
		jsonw_int(jsonw_key(&j, axes->name[i]), v->axis[i]);
	}
	if (v->mean > 0)
		jsonw_decimals(jsonw_key(&j, "mean"), v->mean, 1);
	jsonw_str(jsonw_key(&j, "comment"), v->comment);
	jsonw_list(jsonw_key(&j, "topics"), &v->topics);
	if (origin != NULL)
		write_origin(&j, origin);
	jsonw_close(&j, '}');
}

/* Several ratings made one */

static int
by_value(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static int
median(const struct rating *votes, size_t n, size_t axis)
{
	int *v = xreallocarray(NULL, n, sizeof(*v)), m;

	for (size_t i = 0; i < n; i++)
		v[i] = votes[i].axis[axis];
	qsort(v, n, sizeof(*v), by_value);
	m = v[(n - 1) / 2];
	free(v);
	return m;
}

static const struct rating *
nearest(const struct rating *votes, size_t n, const int *axis, size_t naxes)
{
	const struct rating *best = votes;
	int least = INT_MAX;

	for (size_t i = 0; i < n; i++) {
		int distance = 0;

		for (size_t a = 0; a < naxes; a++)
			distance += abs(votes[i].axis[a] - axis[a]);
		if (distance < least) {
			least = distance;
			best = &votes[i];
		}
	}
	return best;
}

static void
common_topics(struct strlist *topics, const struct rating *votes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t t = 0; t < votes[i].topics.n; t++) {
			const char *id = votes[i].topics.v[t];
			size_t named = 0;

			for (size_t k = 0; k < n; k++)
				named += strlist_has(&votes[k].topics, id);
			if (2 * named > n)
				strlist_add_new(topics, slice_of(id));
		}
	}
}

void
rating_median(struct rating *v, const struct rating *votes, size_t n,
    const struct axes *axes)
{
	*v = (struct rating) {.comment = NULL};
	for (size_t i = 0; i < axes->n; i++)
		v->axis[i] = median(votes, n, i);
	for (size_t i = 0; i < n; i++)
		v->mean += (double)votes[i].axis[0] / (double)n;
	v->comment = xstrdup(nearest(votes, n, v->axis, axes->n)->comment);
	common_topics(&v->topics, votes, n);
}
