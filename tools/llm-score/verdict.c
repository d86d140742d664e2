/* SPDX-License-Identifier: ISC */
#include "verdict.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/utf8.h"
#include "common/json/json_tree.h"
#include "common/json/json_write.h"

#define COMMENT_MAX 2000

void
verdict_release(struct verdict *v)
{
	free(v->comment);
	strlist_release(&v->topics);
	*v = (struct verdict) {.comment = NULL};
}

static bool
read_axes(struct verdict *v, const cJSON *o, const struct scale *scale)
{
	for (size_t i = 0; i < scale->n; i++) {
		long x = json_tree_long(o, scale->axis[i], 0);

		if (x < SCALE_MIN || x > SCALE_MAX)
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

		if (id != NULL && strlist_has(ids, id) &&
		    !strlist_has(topics, id))
			strlist_add(topics, id);
	}
}

bool
verdict_read(struct verdict *v, const cJSON *o, const struct scale *scale,
    const struct strlist *ids)
{
	const char *comment = json_tree_string(o, "comment");
	const cJSON *topics = json_tree_get(o, "topics");

	*v = (struct verdict) {.comment = NULL};
	if (comment == NULL || !read_axes(v, o, scale))
		return false;
	v->comment = clean_comment(comment);
	if (cJSON_IsArray(topics))
		read_topics(&v->topics, topics, ids);
	return true;
}

static void
write_origin(struct jsonw *j, const struct verdict_origin *o)
{
	jsonw_key(j, "backend");
	jsonw_str(j, o->backend);
	jsonw_key(j, "model");
	jsonw_str(j, o->model);
	jsonw_key(j, "prompt");
	jsonw_str(j, o->prompt);
	if (o->votes > 1) {
		jsonw_key(j, "votes");
		jsonw_int(j, o->votes);
	}
	if (o->suspect) {
		jsonw_key(j, "suspect");
		jsonw_bool(j, true);
	}
}

void
verdict_write(struct strbuf *b, const struct verdict *v,
    const struct scale *scale, const struct verdict_origin *origin)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	for (size_t i = 0; i < scale->n; i++) {
		jsonw_key(&j, scale->axis[i]);
		jsonw_int(&j, v->axis[i]);
	}
	jsonw_key(&j, "comment");
	jsonw_str(&j, v->comment);
	jsonw_key(&j, "topics");
	jsonw_open(&j, '[');
	for (size_t i = 0; i < v->topics.n; i++)
		jsonw_str(&j, v->topics.v[i]);
	jsonw_close(&j, ']');
	if (origin != NULL)
		write_origin(&j, origin);
	jsonw_close(&j, '}');
}
