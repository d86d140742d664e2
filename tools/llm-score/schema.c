/* SPDX-License-Identifier: ISC */
/*
 * JSON schemas of answers, in the subset that providers share: every property
 * required, nothing else allowed, and enums where a range is meant.
 */
#include <stdio.h>

#include "common/json/json_write.h"
#include "prompt.h"

static void
type(struct jsonw *j, const char *name)
{
	jsonw_key(j, "type");
	jsonw_str(j, name);
}

static void
close_object(struct jsonw *j, void (*key)(struct jsonw *, size_t, const void *),
    const void *arg, size_t n)
{
	jsonw_key(j, "required");
	jsonw_open(j, '[');
	for (size_t i = 0; i < n; i++)
		key(j, i, arg);
	jsonw_close(j, ']');
	jsonw_key(j, "additionalProperties");
	jsonw_bool(j, false);
	jsonw_close(j, '}');
}

static void
local_id(struct jsonw *j, size_t i, const void *arg)
{
	char id[24];

	(void)arg;
	snprintf(id, sizeof(id), "P%zu", i + 1);
	jsonw_str(j, id);
}

static void
rating(struct jsonw *j)
{
	jsonw_open(j, '{');
	type(j, "integer");
	jsonw_key(j, "enum");
	jsonw_open(j, '[');
	for (int v = SCALE_MIN; v <= SCALE_MAX; v++)
		jsonw_int(j, v);
	jsonw_close(j, ']');
	jsonw_close(j, '}');
}

static void
topic_list(struct jsonw *j, const struct strlist *ids)
{
	jsonw_open(j, '{');
	type(j, "array");
	jsonw_key(j, "items");
	jsonw_open(j, '{');
	type(j, "string");
	jsonw_key(j, "enum");
	jsonw_open(j, '[');
	for (size_t i = 0; i < ids->n; i++)
		jsonw_str(j, ids->v[i]);
	jsonw_close(j, ']');
	jsonw_close(j, '}');
	jsonw_close(j, '}');
}

/* Key i of a verdict: the comment first, since the ratings follow from it. */
static void
verdict_key(struct jsonw *j, size_t i, const void *arg)
{
	const struct prompt *p = arg;

	if (i == 0)
		jsonw_str(j, "comment");
	else if (i <= p->scale.n)
		jsonw_str(j, p->scale.axis[i - 1]);
	else
		jsonw_str(j, "topics");
}

static void
verdict_schema(struct jsonw *j, const struct prompt *p)
{
	bool topics = p->topics->n > 0;

	jsonw_open(j, '{');
	type(j, "object");
	jsonw_key(j, "properties");
	jsonw_open(j, '{');
	jsonw_key(j, "comment");
	jsonw_open(j, '{');
	type(j, "string");
	jsonw_close(j, '}');
	for (size_t i = 0; i < p->scale.n; i++) {
		jsonw_key(j, p->scale.axis[i]);
		rating(j);
	}
	if (topics) {
		jsonw_key(j, "topics");
		topic_list(j, p->topics);
	}
	jsonw_close(j, '}');
	close_object(j, verdict_key, p, 1 + p->scale.n + topics);
}

static void
decision_schema(struct jsonw *j, const struct prompt *p)
{
	(void)p;
	jsonw_raw(
	    j, SLICE_LIT("{\"type\":\"string\",\"enum\":[\"keep\",\"drop\"]}"));
}

/* An object keyed by local ids: schemas cannot say "each id once" of an
 * array. */
static void
keyed(struct strbuf *out, size_t n, const struct prompt *p,
    void (*value)(struct jsonw *, const struct prompt *))
{
	struct jsonw j = JSONW_INIT(out);
	char id[24];

	jsonw_open(&j, '{');
	type(&j, "object");
	jsonw_key(&j, "properties");
	jsonw_open(&j, '{');
	for (size_t i = 0; i < n; i++) {
		snprintf(id, sizeof(id), "P%zu", i + 1);
		jsonw_key(&j, id);
		value(&j, p);
	}
	jsonw_close(&j, '}');
	close_object(&j, local_id, NULL, n);
}

void
prompt_schema(struct strbuf *out, const struct prompt *p, size_t n)
{
	keyed(out, n, p, verdict_schema);
}

void
prompt_screen_schema(struct strbuf *out, size_t n)
{
	keyed(out, n, NULL, decision_schema);
}
