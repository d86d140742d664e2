/* SPDX-License-Identifier: ISC */
/* The dialect of OpenAI's chat completions, which nearly everybody speaks. */
#include <math.h>
#include <string.h>

#include "common/json/json_write.h"
#include "llm/provider.h"

static void
write_message(struct jsonw *j, const char *role, struct slice content)
{
	jsonw_open(j, '{');
	jsonw_str(jsonw_key(j, "role"), role);
	jsonw_slice(jsonw_key(j, "content"), content);
	jsonw_close(j, '}');
}

static void
write_messages(struct jsonw *j, const struct call *c)
{
	struct strbuf joined = STRBUF_INIT(STRBUF_MAX);

	jsonw_open(jsonw_key(j, "messages"), '[');
	if ((c->can.dropped & 1u << PARAM_ROLE) != 0) {
		strbuf_add(&joined, c->system.p, c->system.n);
		strbuf_addch(&joined, '\n');
		strbuf_add(&joined, c->user.p, c->user.n);
		write_message(j, "user", strbuf_slice(&joined));
	} else {
		write_message(j, "system", c->system);
		write_message(j, "user", c->user);
	}
	jsonw_close(j, ']');
	strbuf_release(&joined);
}

static void
write_format(struct jsonw *j, const struct call *c)
{
	if (c->can.format == FORMAT_PLAIN)
		return;
	jsonw_open(jsonw_key(j, "response_format"), '{');
	jsonw_key(j, "type");
	if (c->can.format == FORMAT_OBJECT) {
		jsonw_str(j, "json_object");
	} else {
		jsonw_str(j, "json_schema");
		jsonw_open(jsonw_key(j, "json_schema"), '{');
		jsonw_str(jsonw_key(j, "name"), "ratings");
		jsonw_bool(jsonw_key(j, "strict"), true);
		jsonw_raw(jsonw_key(j, "schema"), c->schema);
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
	jsonw_str(jsonw_key(j, key), value);
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
	jsonw_str(jsonw_key(&j, "model"), c->model);
	write_messages(&j, c);
	write_format(&j, c);
	if (c->can.limit != LIMIT_NONE) {
		jsonw_int(jsonw_key(&j, limits[c->can.limit]), c->max_tokens);
	}
	write_text(&j, c, PARAM_EFFORT, "reasoning_effort", c->effort);
	write_text(&j, c, PARAM_TIER, "service_tier", c->tier);
	if ((c->can.dropped & 1u << PARAM_TEMPERATURE) == 0) {
		jsonw_int(jsonw_key(&j, "temperature"), 0);
	}
	if (extra != NULL && (c->can.dropped & 1u << PARAM_EXTRA) == 0) {
		strbuf_addch(b, ',');
		strbuf_addstr(b, extra);
	}
	jsonw_close(&j, '}');
}

/* Some servers add words to a reason: the beginning counts. */
static const struct finish_name finishes[] = {
    {"stop", FINISH_DONE},
    {"tool_calls", FINISH_DONE},
    {"function_call", FINISH_DONE},
    {"eos", FINISH_DONE},
    {"length", FINISH_LENGTH},
    {"max_tokens", FINISH_LENGTH},
    {"MAX_TOKENS", FINISH_LENGTH},
    {"content_filter", FINISH_FILTER},
    {"sensitive", FINISH_FILTER},
    {"SAFETY", FINISH_FILTER},
    {"RECITATION", FINISH_FILTER},
    {"PROHIBITED_CONTENT", FINISH_FILTER},
    {"refusal", FINISH_REFUSAL},
    {"error", FINISH_FAILED},
    {"insufficient_system_resource", FINISH_FAILED},
    {"network_error", FINISH_FAILED},
    {NULL, FINISH_DONE},
};

/* A string, or an array of parts: those of thinking have other types. */
static void
read_content(struct strbuf *text, const cJSON *content)
{
	const cJSON *part;

	if (cJSON_IsString(content))
		strbuf_addstr(text, content->valuestring);
	if (!cJSON_IsArray(content))
		return;
	cJSON_ArrayForEach(part, content)
	{
		const char *type = json_tree_string(part, "type");
		const char *s = json_tree_string(part, "text");

		if (s != NULL &&
		    (type == NULL || strcmp(type, "text") == 0 ||
			strcmp(type, "output_text") == 0))
			strbuf_addstr(text, s);
	}
}

/* Where else the answer may be, if it is not in the content: in the arguments
 * of a function, or, all of it, among the reasoning. */
static void
read_elsewhere(struct strbuf *text, const cJSON *message)
{
	static const char *const keys[] = {"reasoning_content", "reasoning"};
	const cJSON *call =
	    cJSON_GetArrayItem(json_tree_get(message, "tool_calls"), 0);
	const char *s =
	    json_tree_string(json_tree_get(call, "function"), "arguments");

	if (s == NULL)
		s = json_tree_string(
		    json_tree_get(message, "function_call"), "arguments");
	for (size_t i = 0; s == NULL && i < sizeof(keys) / sizeof(*keys); i++) {
		s = json_tree_string(message, keys[i]);
		if (s != NULL && slice_trim(slice_of(s)).p[0] != '{')
			s = NULL;
	}
	if (s != NULL)
		strbuf_addstr(text, s);
}

/* prompt_tokens include what was read from and written to the cache. */
static void
read_input(struct usage *u, const cJSON *o)
{
	const cJSON *in = json_tree_get(o, "prompt_tokens_details");
	double prompt = usage_count(o, "prompt_tokens");

	u->cached = usage_count(in, "cached_tokens");
	if (u->cached == 0)
		u->cached = usage_count(o, "prompt_cache_hit_tokens");
	u->cached = fmin(u->cached, prompt);
	u->cache_write =
	    fmin(usage_count(in, "cache_write_tokens"), prompt - u->cached);
	u->input = prompt - u->cached - u->cache_write;
}

/* What a model reasoned is a part of completion_tokens, or stands beside it,
 * or is in the total alone. */
static void
read_output(struct usage *u, const cJSON *o)
{
	const cJSON *out = json_tree_get(o, "completion_tokens_details");
	double rest =
	    usage_count(o, "total_tokens") - usage_count(o, "prompt_tokens");

	u->reasoning = usage_count(out, "reasoning_tokens");
	if (u->reasoning == 0)
		u->reasoning = usage_count(o, "reasoning_tokens");
	u->output = fmax(usage_count(o, "completion_tokens"), u->reasoning);
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

/* A choice is an answer even if it says only why it has no words; and no
 * choice at all, for a question that was read, was withheld. */
static bool
read_body(struct answer *a, const cJSON *root)
{
	const cJSON *choices = json_tree_get(root, "choices");
	const cJSON *choice = cJSON_GetArrayItem(choices, 0), *message;
	const char *refusal;

	read_usage(&a->usage, root);
	message = json_tree_get(choice, "message");
	a->reason = json_tree_string(choice, "finish_reason");
	if (cJSON_IsArray(choices) && choice == NULL && a->usage.input > 0) {
		a->finish = FINISH_FILTER;
		return true;
	}
	if (!cJSON_IsObject(message) && a->reason == NULL)
		return false;
	read_content(&a->text, json_tree_get(message, "content"));
	if (slice_trim(strbuf_slice(&a->text)).n == 0)
		read_elsewhere(&a->text, message);
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
    .refuses = "",
    .finishes = finishes,
    .write = write_body,
    .read = read_body,
};
