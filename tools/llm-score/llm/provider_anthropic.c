/* SPDX-License-Identifier: ISC */
/* The dialect of Anthropic's messages. */
#include <string.h>

#include "common/json/json_write.h"
#include "llm/provider.h"

/* The one system block ends the part that is the same in every request. */
static void
write_system(struct jsonw *j, const struct call *c)
{
	jsonw_open(jsonw_key(j, "system"), '[');
	jsonw_open(j, '{');
	jsonw_str(jsonw_key(j, "type"), "text");
	jsonw_slice(jsonw_key(j, "text"), c->system);
	jsonw_raw(jsonw_key(j, "cache_control"),
	    SLICE_LIT("{\"type\":\"ephemeral\"}"));
	jsonw_close(j, '}');
	jsonw_close(j, ']');
}

static void
write_messages(struct jsonw *j, const struct call *c)
{
	jsonw_open(jsonw_key(j, "messages"), '[');
	jsonw_open(j, '{');
	jsonw_str(jsonw_key(j, "role"), "user");
	jsonw_slice(jsonw_key(j, "content"), c->user);
	jsonw_close(j, '}');
	jsonw_close(j, ']');
}

static void
write_config(struct jsonw *j, const struct call *c)
{
	bool effort =
	    c->effort != NULL && (c->can.dropped & 1u << PARAM_EFFORT) == 0;
	bool schema = c->can.format == FORMAT_SCHEMA;

	if (!effort && !schema)
		return;
	jsonw_open(jsonw_key(j, "output_config"), '{');
	if (effort) {
		jsonw_str(jsonw_key(j, "effort"), c->effort);
	}
	if (schema) {
		jsonw_open(jsonw_key(j, "format"), '{');
		jsonw_str(jsonw_key(j, "type"), "json_schema");
		jsonw_raw(jsonw_key(j, "schema"), c->schema);
		jsonw_close(j, '}');
	}
	jsonw_close(j, '}');
}

static void
write_body(struct strbuf *b, const struct call *c, const char *extra)
{
	struct jsonw j = JSONW_INIT(b);

	(void)extra;
	jsonw_open(&j, '{');
	jsonw_str(jsonw_key(&j, "model"), c->model);
	/* Required here, so it is never given up. */
	jsonw_int(jsonw_key(&j, "max_tokens"), c->max_tokens);
	write_system(&j, c);
	write_messages(&j, c);
	write_config(&j, c);
	if (c->tier != NULL && (c->can.dropped & 1u << PARAM_TIER) == 0) {
		jsonw_str(jsonw_key(&j, "service_tier"), c->tier);
	}
	jsonw_close(&j, '}');
}

static const struct finish_name finishes[] = {
    {"end_turn", FINISH_DONE},
    {"stop_sequence", FINISH_DONE},
    {"tool_use", FINISH_DONE},
    {"max_tokens", FINISH_LENGTH},
    {"refusal", FINISH_REFUSAL},
    {"model_context_window_exceeded", FINISH_CONTEXT},
    {NULL, FINISH_DONE},
};

/* input_tokens do not include what was read from or written to the cache. */
static void
read_usage(struct usage *u, const cJSON *o)
{
	u->input = usage_count(o, "input_tokens");
	u->cached = usage_count(o, "cache_read_input_tokens");
	u->cache_write = usage_count(o, "cache_creation_input_tokens");
	u->cache_write_hour = usage_count(
	    json_tree_get(o, "cache_creation"), "ephemeral_1h_input_tokens");
	u->output = usage_count(o, "output_tokens");
	u->reasoning = usage_count(
	    json_tree_get(o, "output_tokens_details"), "reasoning_tokens");
}

/* Words, or what a tool was called with.  Blocks of thinking are passed
 * over. */
static void
read_block(struct strbuf *text, const cJSON *block)
{
	const char *type = json_tree_string(block, "type");
	const char *words = json_tree_string(block, "text");
	const cJSON *input = json_tree_get(block, "input");
	char *json;

	if (type == NULL)
		return;
	if (strcmp(type, "text") == 0 && words != NULL)
		strbuf_addstr(text, words);
	if (strcmp(type, "tool_use") == 0 && cJSON_IsObject(input) &&
	    (json = cJSON_PrintUnformatted(input)) != NULL) {
		strbuf_addstr(text, json);
		cJSON_free(json);
	}
}

static bool
read_body(struct answer *a, const cJSON *root)
{
	const cJSON *content = json_tree_get(root, "content"), *block;

	read_usage(&a->usage, json_tree_get(root, "usage"));
	if (!cJSON_IsArray(content))
		return false;
	a->reason = json_tree_string(root, "stop_reason");
	cJSON_ArrayForEach(block, content)
	{
		read_block(&a->text, block);
	}
	return true;
}

const struct dialect dialect_anthropic = {
    .name = "anthropic",
    .path = "/messages",
    .batch_key = "params",
    .refuses = "lengths",
    .finishes = finishes,
    .write = write_body,
    .read = read_body,
};
