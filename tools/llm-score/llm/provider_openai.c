/* SPDX-License-Identifier: ISC */
/* The dialect of OpenAI's chat completions, which nearly everybody speaks. */
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

/* Models that reason take no temperature but their own. */
static bool
takes_temperature(const char *model)
{
	static const char *const reasoning[] = {"gpt-5", "o1", "o3", "o4"};
	const char *name = strrchr(model, '/');

	name = name == NULL ? model : name + 1;
	for (size_t i = 0; i < sizeof(reasoning) / sizeof(*reasoning); i++)
		if (strncmp(name, reasoning[i], strlen(reasoning[i])) == 0)
			return false;
	return true;
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
	if (takes_temperature(c->model) &&
	    (c->can.dropped & 1u << PARAM_TEMPERATURE) == 0) {
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
read_usage(struct usage *u, const cJSON *root)
{
	const cJSON *o = json_tree_get(root, "usage"), *in, *out, *cost;
	const char *tier = json_tree_string(root, "service_tier");
	double prompt;

	u->flex = tier != NULL && strcmp(tier, "flex") == 0;
	if (!cJSON_IsNumber(json_tree_get(o, "prompt_tokens")))
		return;
	u->known = true;
	in = json_tree_get(o, "prompt_tokens_details");
	out = json_tree_get(o, "completion_tokens_details");
	prompt = count(o, "prompt_tokens");
	u->cached = count(in, "cached_tokens");
	if (u->cached == 0)
		u->cached = count(o, "prompt_cache_hit_tokens");
	if (u->cached > prompt)
		u->cached = prompt;
	u->cache_write = count(in, "cache_write_tokens");
	if (u->cache_write > prompt - u->cached)
		u->cache_write = prompt - u->cached;
	u->input = prompt - u->cached - u->cache_write;
	u->output = count(o, "completion_tokens");
	u->reasoning = count(out, "reasoning_tokens");
	cost = json_tree_get(o, "cost");
	if (cJSON_IsNumber(cost) && cost->valuedouble >= 0)
		u->cost = cost->valuedouble;
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
