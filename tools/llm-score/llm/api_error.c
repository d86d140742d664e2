/* SPDX-License-Identifier: ISC */
#include "llm/api_error.h"

#include <stdio.h>
#include <string.h>

#include "common/base/utf8.h"
#include "common/json/json_tree.h"
#include "llm/provider.h"

/* No tokenizer makes so few tokens of a text: it was cut before it was read.
 * Every server has room for a short one, however it counts. */
#define BYTES_PER_TOKEN 6.5
#define SHORT_QUESTION	8192

/* What a server says of an error: the shapes differ, the parts do not. */
struct complaint {
	long status;
	const char *code, *type, *param, *message;
	const char *more; /* Anthropic's error.details.error_code */
	bool flagged; /* moderation: the input was */
	bool in_answer; /* the status line said 200 */
};

static bool
is_any(const char *s, const char *const *list)
{
	for (; s != NULL && *list != NULL; list++)
		if (strcmp(s, *list) == 0)
			return true;
	return false;
}

static bool
mentions(const char *s, const char *const *list)
{
	for (; s != NULL && *list != NULL; list++)
		if (strcasestr(s, *list) != NULL)
			return true;
	return false;
}

/* error: an object, a string, or an array of one of them; code: a string or a
 * number. */
static void
read_error(struct complaint *c, const cJSON *error)
{
	const cJSON *metadata, *code;

	if (cJSON_IsArray(error))
		error = cJSON_GetArrayItem(error, 0);
	if (cJSON_IsString(error))
		c->message = error->valuestring;
	if (!cJSON_IsObject(error))
		return;
	if (json_tree_get(error, "error") != NULL) {
		read_error(c, json_tree_get(error, "error"));
		return;
	}
	code = json_tree_get(error, "code");
	c->code = cJSON_GetStringValue(code);
	if (c->in_answer)
		c->status = json_tree_long(error, "code", c->status);
	c->type = json_tree_string(error, "type");
	if (c->type == NULL)
		c->type = json_tree_string(error, "status");
	c->param = json_tree_string(error, "param");
	c->message = json_tree_string(error, "message");
	if (c->message == NULL)
		c->message = json_tree_string(error, "detail");
	c->more =
	    json_tree_string(json_tree_get(error, "details"), "error_code");
	metadata = json_tree_get(error, "metadata");
	c->flagged = json_tree_get(metadata, "flagged_input") != NULL ||
	    json_tree_get(metadata, "reasons") != NULL;
}

/* The error within a body that came with a 200, or NULL. */
static const cJSON *
error_in_answer(const cJSON *root)
{
	const cJSON *error = json_tree_get(root, "error");

	if (error == NULL || cJSON_IsNull(error))
		error = json_tree_get(
		    cJSON_GetArrayItem(json_tree_get(root, "choices"), 0),
		    "error");
	return error == NULL || cJSON_IsNull(error) ? NULL : error;
}

static void
set(struct api_error *f, enum action action, const char *code, const char *kind)
{
	f->action = action;
	f->code = code;
	f->kind = kind;
}

static void
stop(struct api_error *f, const char *kind, bool refused)
{
	set(f, ACTION_STOP, refused ? "auth" : "outage", kind);
	f->refused = refused;
}

/* Money or permission, whatever the status. */
static bool
is_quota(const struct complaint *c)
{
	static const char *const codes[] = {"insufficient_quota",
	    "credit_balance_exhausted", "organization_spend_limit_exceeded",
	    "project_spend_limit_exceeded", "organization_usage_limit_exceeded",
	    "billing_hard_limit_reached", "enforced_spend_limit_reached",
	    "billing_error", "billing_not_active", "access_terminated", NULL};
	static const char *const words[] = {"credit balance is too low",
	    "exceeded your current quota, please check your plan and billing",
	    "spend limit", "api usage limits", "insufficient balance",
	    "insufficient credits", NULL};

	return is_any(c->code, codes) || is_any(c->type, codes) ||
	    is_any(c->more, codes) || mentions(c->message, words);
}

static bool
is_context(const struct complaint *c)
{
	static const char *const codes[] = {"context_length_exceeded",
	    "exceed_context_size_error", "request_too_large",
	    "string_above_max_length", NULL};
	static const char *const words[] = {"context length", "context size",
	    "context window", "maximum context", "prompt is too long",
	    "too many tokens", "input is too long", "input token count", NULL};

	return is_any(c->code, codes) || is_any(c->type, codes) ||
	    mentions(c->message, words);
}

static bool
is_filter(const struct complaint *c)
{
	static const char *const codes[] = {"content_filter",
	    "content_policy_violation", "moderation_blocked", "invalid_prompt",
	    "ResponsibleAIPolicyViolation", NULL};
	static const char *const words[] = {"content management policy",
	    "content policy", "flagged", "usage policies", NULL};

	return c->flagged || is_any(c->code, codes) || is_any(c->type, codes) ||
	    mentions(c->message, words);
}

static bool
is_key(const struct complaint *c)
{
	static const char *const codes[] = {
	    "invalid_api_key", "authentication_error", NULL};
	static const char *const words[] = {"api key", "api_key", NULL};

	return is_any(c->code, codes) || is_any(c->type, codes) ||
	    mentions(c->message, words);
}

static bool
is_model(const struct complaint *c)
{
	static const char *const codes[] = {
	    "model_not_found", "model_not_available", NULL};
	static const char *const words[] = {"not found", "not exist",
	    "unknown model", "invalid model", "not a valid model", NULL};

	return is_any(c->code, codes) ||
	    (strcasestr(c->message != NULL ? c->message : "", "model") !=
		    NULL &&
		mentions(c->message, words));
}

/* Names of parameters in complaints; the ones that contain others first. */
static const struct {
	const char *name;
	enum param param;
} params[] = {
    {"response_format", PARAM_FORMAT},
    {"output_config.format", PARAM_FORMAT},
    {"output_format", PARAM_FORMAT},
    {"json_schema", PARAM_FORMAT},
    {"json mode", PARAM_FORMAT},
    {"structured output", PARAM_FORMAT},
    {"grammar", PARAM_FORMAT},
    {"max_completion_tokens", PARAM_LIMIT},
    {"max_tokens", PARAM_LIMIT},
    {"reasoning_effort", PARAM_EFFORT},
    {"output_config.effort", PARAM_EFFORT},
    {"effort", PARAM_EFFORT},
    {"temperature", PARAM_TEMPERATURE},
    {"service_tier", PARAM_TIER},
    {"messages[0].role", PARAM_ROLE},
    {"system role", PARAM_ROLE},
    {"system messages", PARAM_ROLE},
    {"provider", PARAM_EXTRA},
    {"requested parameters", PARAM_EXTRA},
    {"output_config", PARAM_FORMAT},
    {"schema", PARAM_FORMAT},
};

#define NPARAMS (sizeof(params) / sizeof(*params))

/* The parameter that is named first. */
static enum param
named_param(const char *text)
{
	enum param found = PARAM_NONE;
	const char *first = NULL, *at;

	if (text == NULL)
		return PARAM_NONE;
	for (size_t i = 0; i < NPARAMS; i++) {
		at = strcasestr(text, params[i].name);
		if (at != NULL && (first == NULL || at < first)) {
			first = at;
			found = params[i].param;
		}
	}
	return found;
}

/* The parameter that a 400 complains of. */
static enum param
unwanted_param(const struct complaint *c)
{
	static const char *const codes[] = {"unsupported_parameter",
	    "unsupported_value", "unknown_parameter", "invalid_value", NULL};
	static const char *const words[] = {"support", "unknown parameter",
	    "unknown name", "unrecognized", "not permitted", "not allowed",
	    "unexpected", "unavailable", NULL};
	static const char *const sizes[] = {
	    "too large", "at most", "less than or equal", "maximum", NULL};
	enum param p = named_param(c->param);

	if (p == PARAM_NONE)
		p = named_param(c->message);
	if (p == PARAM_LIMIT && mentions(c->message, sizes))
		return PARAM_SIZE;
	if (p == PARAM_FORMAT || is_any(c->code, codes) ||
	    mentions(c->message, words))
		return p;
	return PARAM_NONE;
}

static void
bad_request(struct api_error *f, const struct complaint *c)
{
	if (is_context(c)) {
		set(f, ACTION_SPLIT, "too_long", "context");
	} else if (is_filter(c)) {
		set(f, ACTION_BISECT, "filter", "filter");
	} else if ((f->param = unwanted_param(c)) != PARAM_NONE) {
		set(f, ACTION_LOSE, "http", "parameter");
	} else if (is_key(c)) {
		stop(f, "key", true);
	} else if (is_model(c)) {
		stop(f, "model", true);
	} else {
		set(f, ACTION_BISECT, "http", f->kind);
	}
}

/* 429: wait, unless what is used up comes back only tomorrow. */
static void
too_many(struct api_error *f, const struct complaint *c)
{
	static const char *const daily[] = {
	    "per day", "PerDay", "daily", "(RPD)", "(TPD)", NULL};

	f->congested = true;
	if (mentions(c->message, daily))
		stop(f, "quota", false);
}

/* What a status asks for, where no complaint says better. */
static void
by_status(struct api_error *f, const struct complaint *c)
{
	switch (c->status) {
	case 400:
	case 422:
		bad_request(f, c);
		return;
	case 401:
		stop(f, "key", true);
		return;
	case 402:
		stop(f, "quota", true);
		return;
	case 403:
		if (is_filter(c))
			set(f, ACTION_BISECT, "filter", "filter");
		else
			stop(f, "permission", true);
		return;
	case 404:
		/* OpenRouter: nobody serves all that was asked for. */
		if (unwanted_param(c) == PARAM_EXTRA) {
			f->param = PARAM_EXTRA;
			set(f, ACTION_LOSE, "http", "parameter");
		} else {
			stop(f, "model", true);
		}
		return;
	case 405:
	case 410:
		stop(f, f->kind, true);
		return;
	case 413:
		set(f, ACTION_SPLIT, "too_long", "context");
		return;
	case 429:
		too_many(f, c);
		return;
	case 529:
		f->congested = true;
		return;
	default:
		break;
	}
	/* An address that leads elsewhere; the key does not follow. */
	if (c->status >= 300 && c->status < 400)
		stop(f, "redirect", true);
	else if (c->status >= 411 && c->status < 500 && c->status != 425 &&
	    c->status != 498)
		set(f, ACTION_BISECT, "http", f->kind);
}

static void
describe(
    struct api_error *f, const struct complaint *c, const struct http_reply *r)
{
	const char *text = c->message;
	size_t n;

	if (text == NULL && c->status == 404)
		text = "no such address; a base URL often ends in /v1";
	else if (text == NULL)
		text = r->body.len > 0 ? r->body.s : "no explanation";
	n = utf8_cut(text, strlen(text), c->message != NULL ? 200 : 100);
	snprintf(
	    f->detail, sizeof(f->detail), "%ld: %.*s", c->status, (int)n, text);
}

/* No answer came. */
static void
lost(struct api_error *f, const struct http_reply *r)
{
	static const struct {
		enum action action;
		const char *code, *kind;
		bool billed;
	} by_failure[] = {
	    [HTTP_CONNECT] = {ACTION_RETRY, "http", "connect", false},
	    [HTTP_RECEIVE] = {ACTION_RETRY, "http", "receive", true},
	    [HTTP_TIMEOUT] = {ACTION_RETRY, "timeout", "timeout", true},
	    [HTTP_TOO_LARGE] = {ACTION_SPLIT, "http", "too_large", true},
	    [HTTP_POLICY] = {ACTION_STOP, "auth", "policy", false},
	    [HTTP_SINK] = {ACTION_FAIL, "http", "receive", true},
	};

	set(f, by_failure[r->failure].action, by_failure[r->failure].code,
	    by_failure[r->failure].kind);
	f->billed = by_failure[r->failure].billed;
	f->refused = r->failure == HTTP_POLICY;
	snprintf(f->detail, sizeof(f->detail), "%s", r->why);
}

/* The server's word on whether trying again makes sense. */
static void
obey_header(struct api_error *f, const struct http_reply *r)
{
	const char *v = http_header(r, "x-should-retry");

	if (v == NULL || f->action == ACTION_STOP)
		return;
	if (strcmp(v, "true") == 0 && f->action == ACTION_BISECT)
		f->action = ACTION_RETRY;
	else if (strcmp(v, "false") == 0 && f->action == ACTION_RETRY)
		f->action = ACTION_FAIL;
}

void
api_error_read(
    struct api_error *f, const struct http_reply *r, const cJSON *root)
{
	struct complaint c = {.status = r->status};
	const cJSON *error;

	*f = (struct api_error) {.action = ACTION_READ};
	if (r->failure != HTTP_OK) {
		lost(f, r);
		return;
	}
	c.in_answer = r->status == 200;
	error = c.in_answer ? error_in_answer(root) : root;
	if (c.in_answer && error == NULL && root != NULL)
		return;
	/* A 200 that is not JSON, or holds an error without a status of its
	 * own, is the doing of a proxy or of what stands behind the server. */
	if (c.in_answer)
		c.status = 502;
	read_error(&c, error);
	snprintf(f->kind_buf, sizeof(f->kind_buf), "http_%ld", c.status);
	set(f, ACTION_RETRY, "http", f->kind_buf);
	f->billed = c.in_answer;
	if (is_quota(&c))
		stop(f, "quota", true);
	else
		by_status(f, &c);
	obey_header(f, r);
	describe(f, &c, r);
}

/* Answers */

/* Some servers cut a question that is too long without saying so. */
static bool
was_cut(const struct usage *u, size_t question_bytes)
{
	double read = u->input + u->cached + u->cache_write;

	return u->known && read > 0 && question_bytes > SHORT_QUESTION &&
	    read * BYTES_PER_TOKEN < (double)question_bytes;
}

void
api_error_of_answer(
    struct api_error *f, const struct answer *a, size_t question_bytes)
{
	static const struct {
		enum action action;
		const char *code, *kind, *detail;
	} by_finish[] = {
	    [FINISH_DONE] = {ACTION_READ, NULL, NULL, ""},
	    [FINISH_LENGTH] = {ACTION_LENGTHEN, "length", "length",
		"the answer was cut by its length"},
	    [FINISH_CONTEXT] = {ACTION_SPLIT, "too_long", "context",
		"it did not fit"},
	    [FINISH_FILTER] = {ACTION_BISECT, "filter", "filter",
		"withheld by a filter"},
	    [FINISH_REFUSAL] = {ACTION_BISECT, "refusal", "refusal",
		"the model refused"},
	};
	const struct usage *u = &a->usage;

	*f = (struct api_error) {.billed = true};
	if (was_cut(u, question_bytes)) {
		set(f, ACTION_SPLIT, "too_long", "cut");
		snprintf(f->detail, sizeof(f->detail),
		    "the server read only %.0f tokens of the question; give "
		    "its model a larger context",
		    u->input + u->cached + u->cache_write);
		return;
	}
	set(f, by_finish[a->finish].action, by_finish[a->finish].code,
	    by_finish[a->finish].kind);
	snprintf(
	    f->detail, sizeof(f->detail), "%s", by_finish[a->finish].detail);
}
