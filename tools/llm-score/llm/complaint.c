/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/json/json_tree.h"

bool
complaint_is(const char *s, const char *const *list)
{
	for (; s != NULL && *list != NULL; list++)
		if (strcmp(s, *list) == 0)
			return true;
	return false;
}

bool
complaint_mentions(const char *s, const char *const *list)
{
	for (; s != NULL && *list != NULL; list++)
		if (strcasestr(s, *list) != NULL)
			return true;
	return false;
}

/* FastAPI's list of what is wrong with a body: the first one counts. */
static void
read_detail(struct complaint *c, const cJSON *detail)
{
	const cJSON *first = cJSON_GetArrayItem(detail, 0);
	const cJSON *loc = json_tree_get(first, "loc");

	c->message = json_tree_string(first, "msg");
	c->param = cJSON_GetStringValue(
	    cJSON_GetArrayItem(loc, cJSON_GetArraySize(loc) - 1));
	c->type = json_tree_string(first, "type");
}

/* Google's list of details, each with a type of its own. */
static void
read_details(struct complaint *c, const cJSON *details)
{
	const cJSON *d, *violation;

	c->more = json_tree_string(details, "error_code");
	cJSON_ArrayForEach(d, details)
	{
		violation =
		    cJSON_GetArrayItem(json_tree_get(d, "violations"), 0);
		if (violation != NULL)
			c->quota = json_tree_string(violation, "quotaId");
		if (json_tree_string(d, "retryDelay") != NULL)
			c->delay = json_tree_string(d, "retryDelay");
	}
}

/* Words, under whatever key. */
static const char *
words_of(const cJSON *error)
{
	static const char *const keys[] = {
	    "message", "detail", "status_msg", "msg", "error_msg", "error"};
	const char *s = NULL;

	for (size_t i = 0; s == NULL && i < sizeof(keys) / sizeof(*keys); i++)
		s = json_tree_string(error, keys[i]);
	return s;
}

/* The object that says it, within others and arrays. */
static const cJSON *
innermost(const cJSON *error)
{
	static const char *const keys[] = {"error", "base_resp", "message"};
	const cJSON *inner = error;

	while (inner != NULL) {
		error = inner;
		inner = cJSON_IsArray(error) ? error->child : NULL;
		for (size_t i = 0;
		     inner == NULL && i < sizeof(keys) / sizeof(*keys); i++) {
			inner = json_tree_get(error, keys[i]);
			if (!cJSON_IsObject(inner) && !cJSON_IsArray(inner))
				inner = NULL;
		}
	}
	return error;
}

/* code: a string or a number. */
void
complaint_read(struct complaint *c, const cJSON *error)
{
	const cJSON *metadata;

	error = innermost(error);
	if (cJSON_IsString(error))
		c->message = error->valuestring;
	if (!cJSON_IsObject(error))
		return;
	if (cJSON_IsArray(json_tree_get(error, "detail"))) {
		read_detail(c, json_tree_get(error, "detail"));
		return;
	}
	c->code = json_tree_string(error, "code");
	if (c->in_answer)
		c->status = json_tree_long(error, "code", c->status);
	c->type = json_tree_string(error, "type");
	if (c->type == NULL)
		c->type = json_tree_string(error, "status");
	c->param = json_tree_string(error, "param");
	c->message = words_of(error);
	read_details(c, json_tree_get(error, "details"));
	metadata = json_tree_get(error, "metadata");
	c->flagged = json_tree_get(metadata, "flagged_input") != NULL ||
	    json_tree_get(metadata, "reasons") != NULL;
}

/* Errors that say nothing stand beside good answers. */
static bool
says_nothing(const cJSON *error)
{
	const cJSON *m;

	if (cJSON_IsString(error))
		return error->valuestring[0] == '\0';
	if (cJSON_IsNumber(error))
		return error->valuedouble == 0;
	if (!cJSON_IsObject(error) && !cJSON_IsArray(error))
		return true;
	cJSON_ArrayForEach(m, error)
	{
		if (!says_nothing(m))
			return false;
	}
	return true;
}

const cJSON *
complaint_in_answer(const cJSON *root)
{
	const cJSON *choice =
	    cJSON_GetArrayItem(json_tree_get(root, "choices"), 0);
	const cJSON *places[] = {json_tree_get(root, "error"),
	    json_tree_get(choice, "error"), json_tree_get(root, "base_resp")};
	const cJSON *status = json_tree_get(places[2], "status_code");

	/* It says "success" otherwise. */
	if (says_nothing(status))
		places[2] = NULL;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (!says_nothing(places[i]))
			return places[i];
	/* Neither an answer nor an error, but words. */
	if (choice == NULL && json_tree_get(root, "content") == NULL &&
	    (json_tree_get(root, "code") != NULL ||
		json_tree_get(root, "message") != NULL ||
		json_tree_get(root, "detail") != NULL))
		return root;
	return NULL;
}

/* A number of seconds, or what servers write: "2.6s", "1m30s", "350ms". */
static double
duration(const char *s)
{
	size_t n = strspn(s, "0123456789.hms");
	char text[32];
	double seconds;

	while (n > 0 && s[n - 1] == '.')
		n--; /* the end of the sentence */
	if (n >= sizeof(text))
		return -1;
	memcpy(text, s, n);
	text[n] = '\0';
	return ratelimit_duration(text, &seconds) ? seconds : -1;
}

double
complaint_wait(const struct complaint *c)
{
	static const char *const words[] = {"try again in ", "retry in ",
	    "retry after ", "try again after ", "wait ", "available in "};
	const char *at;
	double wait;

	if (c->delay != NULL)
		return duration(c->delay);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		at = c->message == NULL ? NULL
					: strcasestr(c->message, words[i]);
		if (at != NULL && (wait = duration(at + strlen(words[i]))) >= 0)
			return wait;
	}
	return -1;
}

/*
 * Names of parameters in complaints; the ones that contain others first.  A
 * word that may stand for something else counts only where the complaint says
 * that it is refused.
 */
static const struct {
	const char *name;
	enum param param;
	bool certain;
} params[] = {
    {"maxLength", PARAM_LENGTHS, true},
    {"response_format", PARAM_FORMAT, true},
    {"output_config.format", PARAM_FORMAT, true},
    {"output_format", PARAM_FORMAT, true},
    {"json_schema", PARAM_FORMAT, true},
    {"json mode", PARAM_FORMAT, true},
    {"structured output", PARAM_FORMAT, true},
    {"grammar", PARAM_FORMAT, true},
    {"max_completion_tokens", PARAM_LIMIT, true},
    {"max_tokens", PARAM_LIMIT, true},
    {"reasoning_effort", PARAM_EFFORT, true},
    {"reasoningEffort", PARAM_EFFORT, true},
    {"output_config.effort", PARAM_EFFORT, true},
    {"effort", PARAM_EFFORT, false},
    {"temperature", PARAM_TEMPERATURE, true},
    {"service_tier", PARAM_TIER, true},
    {"service tier", PARAM_TIER, false},
    {"messages[0].role", PARAM_ROLE, true},
    {"system role", PARAM_ROLE, false},
    {"system message", PARAM_ROLE, false},
    {"system prompt", PARAM_ROLE, false},
    {"developer instruction", PARAM_ROLE, false},
    {"roles must alternate", PARAM_ROLE, true},
    {"provider", PARAM_EXTRA, false},
    {"requested parameters", PARAM_EXTRA, true},
    {"output_config", PARAM_FORMAT, true},
    {"schema", PARAM_FORMAT, true},
};

#define NPARAMS (sizeof(params) / sizeof(*params))

/* The parameter that is named first. */
static enum param
named_param(const char *text, bool *certain)
{
	enum param found = PARAM_NONE;
	const char *first = NULL, *at;

	for (size_t i = 0; text != NULL && i < NPARAMS; i++) {
		at = strcasestr(text, params[i].name);
		/* A part of the schema, not all of it. */
		if (at != NULL && params[i].param == PARAM_LENGTHS)
			return PARAM_LENGTHS;
		if (at != NULL && (first == NULL || at < first)) {
			first = at;
			found = params[i].param;
			*certain = params[i].certain;
		}
	}
	return found;
}

/* The number after a word; 0 if there is none. */
static long
number_after(const char *text, const char *word)
{
	const char *at = strcasestr(text, word);

	if (at == NULL)
		return 0;
	at += strlen(word);
	at += strcspn(at, "0123456789");
	return strtol(at, NULL, 10);
}

/* The number that ends before a word. */
static long
number_before(const char *text, const char *word)
{
	const char *at = strcasestr(text, word), *p = at;

	while (p != NULL && p > text && isdigit((unsigned char)p[-1]))
		p--;
	return p == at ? 0 : strtol(p, NULL, 10);
}

long
complaint_room(const struct complaint *c)
{
	const char *text = c->message != NULL ? c->message : "";
	static const char *const inputs[] = {" input tokens",
	    " in the messages", " tokens in the prompt", " prompt tokens",
	    " of text input"};
	static const char *const bounds[] = {
	    "at most ", "less than or equal to ", "<= ", "range of [1, "};
	long context = number_after(text, "context length"), n;

	for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); i++)
		if ((n = number_before(text, inputs[i])) > 0 && context > n)
			return context - n;
	for (size_t i = 0; context == 0 && i < sizeof(bounds) / sizeof(*bounds);
	     i++)
		if ((n = number_after(text, bounds[i])) > 0)
			return n;
	return 0;
}

enum param
complaint_param(const struct complaint *c, bool *certain)
{
	enum param p;

	*certain = true;
	p = named_param(c->param, certain);
	return p != PARAM_NONE ? p : named_param(c->message, certain);
}
