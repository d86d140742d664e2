/* SPDX-License-Identifier: ISC */
/* The dialect of OpenAI's chat completions, which nearly everybody speaks. */
#include <math.h>
#include <string.h>

#include "common/json/json_tree.h"
#include "common/json/json_write.h"
#include "llm/provider.h"

static void
write_message(struct jsonw *j, const char *role, struct slice content)
{
	jsonw_open(j, '{');
	jsonw_key(j, "role");
	jsonw_str(j, role);
	jsonw_key(j, "content");
	jsonw_slice(j, content);
	jsonw_close(j, '}');
}

static void
write_messages(struct jsonw *j, const struct call *c)
{
	bool role = (c->can.dropped & 1u << PARAM_ROLE) == 0;

	jsonw_key(j, "messages");
	jsonw_open(j, '[');
	write_message(j, role ? "system" : "user", c->system);
	write_message(j, "user", c->user);
	jsonw_close(j, ']');
}

static void
write_format(struct jsonw *j, const struct call *c)
{
	if (c->can.format == FORMAT_PLAIN)
		return;
	jsonw_key(j, "response_format");
	jsonw_open(j, '{');
	jsonw_key(j, "type");
	if (c->can.format == FORMAT_OBJECT) {
		jsonw_str(j, "json_object");
	} else {
		jsonw_str(j, "json_schema");
		jsonw_key(j, "json_schema");
		jsonw_open(j, '{');
		jsonw_key(j, "name");
		jsonw_str(j, "ratings");
		jsonw_key(j, "strict");
		jsonw_bool(j, true);
		jsonw_key(j, "schema");
		jsonw_raw(j, c->schema);
		jsonw_close(j, '}');
	}
	jsonw_close(j, '}');
}

static void
write_text(struct jsonw *j, const struct call *c, enum param param,
    const char *key, const char *value)
{
	if (value == NULL || (c->can.dropped & 1u << param) != 0)
		return;
	jsonw_key(j, key);
	jsonw_str(j, value);
}

static void
write_body(struct strbuf *b, const struct call *c, const char *extra)
{
	static const char *const limits[] = {
	    [LIMIT_COMPLETION] = "max_completion_tokens",
	    [LIMIT_TOKENS] = "max_tokens",
	};
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	jsonw_key(&j, "model");
	jsonw_str(&j, c->model);
	write_messages(&j, c);
	write_format(&j, c);
	if (c->can.limit != LIMIT_NONE) {
		jsonw_key(&j, limits[c->can.limit]);
		jsonw_int(&j, c->max_tokens);
	}
	write_text(&j, c, PARAM_EFFORT, "reasoning_effort", c->effort);
	write_text(&j, c, PARAM_TIER, "service_tier", c->tier);
	if ((c->can.dropped & 1u << PARAM_TEMPERATURE) == 0) {
		jsonw_key(&j, "temperature");
		jsonw_int(&j, 0);
	}
	if (extra != NULL && (c->can.dropped & 1u << PARAM_EXTRA) == 0) {
		strbuf_addch(b, ',');
		strbuf_addstr(b, extra);
	}
	jsonw_close(&j, '}');
}

static const struct finish_name finishes[] = {
    {"length", FINISH_LENGTH},
    {"max_tokens", FINISH_LENGTH},
    {"content_filter", FINISH_FILTER},
    {"SAFETY", FINISH_FILTER},
    {"refusal", FINISH_REFUSAL},
    {NULL, FINISH_DONE},
};

/* A string, or an array of parts that have text. */
static void
read_content(struct strbuf *text, const cJSON *content)
{
	const cJSON *part;
	const char *s;

	if (cJSON_IsString(content))
		strbuf_addstr(text, content->valuestring);
	if (!cJSON_IsArray(content))
		return;
	cJSON_ArrayForEach(part, content)
	{
		if ((s = json_tree_string(part, "text")) != NULL)
			strbuf_addstr(text, s);
	}
}

static double
count(const cJSON *o, const char *key)
{
	long v = json_tree_long(o, key, 0);

	return v > 0 ? (double)v : 0;
}

/* prompt_tokens include what was read from and written to the cache. */
static void
read_input(struct usage *u, const cJSON *o)
{
	const cJSON *in = json_tree_get(o, "prompt_tokens_details");
	double prompt = count(o, "prompt_tokens");

	u->cached = count(in, "cached_tokens");
	if (u->cached == 0)
		u->cached = count(o, "prompt_cache_hit_tokens");
	u->cached = fmin(u->cached, prompt);
	u->cache_write =
	    fmin(count(in, "cache_write_tokens"), prompt - u->cached);
	u->input = prompt - u->cached - u->cache_write;
}

/* What a model reasoned is a part of completion_tokens, or stands beside it,
 * or is in the total alone. */
static void
read_output(struct usage *u, const cJSON *o)
{
	const cJSON *out = json_tree_get(o, "completion_tokens_details");
	double rest = count(o, "total_tokens") - count(o, "prompt_tokens");

	u->reasoning = count(out, "reasoning_tokens");
	if (u->reasoning == 0)
		u->reasoning = count(o, "reasoning_tokens");
	u->output = fmax(count(o, "completion_tokens"), u->reasoning);
	u->output = fmax(u->output, rest);
}

/* The server's own account; -1: it gives none. */
static double
read_cost(const cJSON *o)
{
	static const struct {
		const char *key;
		double usd;
	} rows[] = {
	    {"cost", 1},
	    {"estimated_cost", 1},
	    {"total_cost", 1},
	    {"cost_in_usd_ticks", 1e-10},
	};
	const cJSON *v;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		v = json_tree_get(o, rows[i].key);
		if (cJSON_IsObject(v))
			v = json_tree_get(v, "total_cost");
		if (cJSON_IsNumber(v) && v->valuedouble >= 0 &&
		    isfinite(v->valuedouble))
			return v->valuedouble * rows[i].usd;
	}
	return -1;
}

/* With a key of one's own at a go-between, the provider's share is apart. */
static double
read_upstream(const cJSON *o)
{
	const cJSON *v = json_tree_get(
	    json_tree_get(o, "cost_details"), "upstream_inference_cost");

	return cJSON_IsTrue(json_tree_get(o, "is_byok")) && cJSON_IsNumber(v) &&
		v->valuedouble > 0 && isfinite(v->valuedouble)
	    ? v->valuedouble
	    : 0;
}

static void
read_usage(struct usage *u, const cJSON *root)
{
	const cJSON *o = json_tree_get(root, "usage");

	u->tier = tier_named(json_tree_string(root, "service_tier"));
	read_input(u, o);
	read_output(u, o);
	u->cost = read_cost(o);
	if (u->cost >= 0)
		u->cost += read_upstream(o);
}

static bool
read_body(struct answer *a, const cJSON *root)
{
	const cJSON *choice, *message;
	const char *refusal;

	read_usage(&a->usage, root);
	choice = cJSON_GetArrayItem(json_tree_get(root, "choices"), 0);
	message = json_tree_get(choice, "message");
	if (!cJSON_IsObject(message))
		return false;
	a->reason = json_tree_string(choice, "finish_reason");
	read_content(&a->text, json_tree_get(message, "content"));
	refusal = json_tree_string(message, "refusal");
	if (refusal != NULL && *refusal != '\0' && a->text.len == 0)
		a->finish = FINISH_REFUSAL;
	return true;
}

const struct dialect dialect_openai = {
    .name = "openai",
    .path = "/chat/completions",
    .batch_url = "/v1/chat/completions",
    .batch_key = "body",
    .finishes = finishes,
    .write = write_body,
    .read = read_body,
};
