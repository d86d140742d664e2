/* SPDX-License-Identifier: ISC */
#include "llm/api_error.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/utf8.h"
#include "common/json/json_tree.h"
#include "llm/limiter.h"
#include "llm/provider.h"

/* No tokenizer makes so few tokens of a text: it was cut before it was read.
 * Every server has room for a short one, however it counts. */
#define BYTES_PER_TOKEN 6.5
#define SHORT_QUESTION	8192

/* What a server says of an error: the shapes differ, the parts do not. */
struct complaint {
	long status; /* what it amounts to */
	long shown; /* what was said */
	const char *code, *type, *param, *message;
	const char *more; /* Anthropic's error.details.error_code */
	const char *quota; /* Google's name of the quota that is used up */
	const char *delay; /* Google's "4s" */
	bool flagged; /* moderation: the input was */
	bool in_answer; /* the status line said that all is well */
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
static void
read_error(struct complaint *c, const cJSON *error)
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

/* The error within a body that came with a 2xx, or NULL. */
static const cJSON *
error_in_answer(const cJSON *root)
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

/* The delay that a complaint asks for in words; -1: none. */
static double
asked_wait(const struct complaint *c)
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

/* Money or permission, whatever the status. */
static bool
is_quota(const struct complaint *c)
{
	static const char *const codes[] = {"insufficient_quota",
	    "credit_balance_exhausted", "organization_spend_limit_exceeded",
	    "project_spend_limit_exceeded", "organization_usage_limit_exceeded",
	    "billing_hard_limit_reached", "enforced_spend_limit_reached",
	    "billing_error", "billing_not_active", "access_terminated",
	    "exceeded_current_quota_error", "account_deactivated",
	    "account_suspended", "Arrearage", NULL};
	static const char *const words[] = {"credit balance is too low",
	    "spend limit", "api usage limits", "insufficient balance",
	    "insufficient credit", "account is not active",
	    "account is deactivated", "account has been deactivated",
	    "account is disabled", "account has been disabled", "is suspended",
	    "been suspended", "in good standing", "in arrears", "overdue",
	    NULL};
	static const char *const unless_soon[] = {
	    "exceeded your current quota, please check your plan and billing",
	    NULL};

	/* Google says so of a minute's quota too. */
	if (c->delay == NULL && c->quota == NULL && asked_wait(c) < 0 &&
	    mentions(c->message, unless_soon))
		return true;
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
	    "ResponsibleAIPolicyViolation", "data_inspection_failed",
	    "DataInspectionFailed", "content_blocked", "sensitive_content",
	    "1301", "1027", NULL};
	static const char *const words[] = {"content management policy",
	    "content policy", "content filter", "flagged", "usage policies",
	    "usage guidelines", "inappropriate content", "sensitive content",
	    "content exists risk", "prohibited content", "prohibited_content",
	    "unsafe content", "safety system", "moderation", "data_inspection",
	    "risk control", NULL};

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

/* How many tokens a complaint leaves to the answer; 0: it does not say. */
static long
tokens_left(const char *text)
{
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

/* The limit of an answer, too large for this server or for what the question
 * leaves.  An answer wants some room. */
static bool
is_size(struct api_error *f, const struct complaint *c)
{
	static const char *const sizes[] = {"too large", "at most",
	    "less than or equal", "maximum", "exceed", "must be <=", "range of",
	    "in the completion", NULL};
	bool certain = true;
	enum param p = named_param(c->param, &certain);

	if (p == PARAM_NONE)
		p = named_param(c->message, &certain);
	f->left = c->message == NULL ? 0 : tokens_left(c->message);
	return (p == PARAM_LIMIT && mentions(c->message, sizes)) ||
	    (f->left >= ANSWER_LEAST &&
		mentions(c->message,
		    (const char *const[]) {"in the completion", NULL}));
}

/* The parameter that a complaint is about. */
static enum param
unwanted_param(const struct complaint *c)
{
	static const char *const codes[] = {"unsupported_parameter",
	    "unsupported_value", "unknown_parameter", "invalid_value",
	    "extra_forbidden", NULL};
	static const char *const words[] = {"support", "unknown parameter",
	    "unknown name", "unrecognized", "not permitted", "not allowed",
	    "unexpected", "unavailable", "deprecated", "not enabled",
	    "must alternate", NULL};
	bool certain = true;
	enum param p = named_param(c->param, &certain);

	if (p == PARAM_NONE)
		p = named_param(c->message, &certain);
	if (certain || is_any(c->code, codes) || is_any(c->type, codes) ||
	    mentions(c->message, words))
		return p;
	return PARAM_NONE;
}

/* The model wrote what is not the JSON asked for, and the server noticed. */
static bool
is_generation(const struct complaint *c)
{
	static const char *const codes[] = {
	    "json_validate_failed", "tool_use_failed", NULL};
	static const char *const words[] = {"failed_generation",
	    "failed to generate json", "failed to validate json",
	    "generated json does not match", NULL};

	return is_any(c->code, codes) || mentions(c->message, words);
}

/* A template of a local server that cannot do with the roles: at any status. */
static bool
is_template(const struct complaint *c)
{
	static const char *const words[] = {
	    "roles must alternate", "system role not supported", NULL};

	return mentions(c->message, words);
}

static void
bad_request(struct api_error *f, const struct complaint *c)
{
	if (is_generation(c)) {
		set(f, ACTION_REASK, "parse", "generation");
	} else if (is_size(f, c) && (f->left == 0 || f->left >= ANSWER_LEAST)) {
		f->param = PARAM_SIZE;
		set(f, ACTION_LOSE, "http", "parameter");
	} else if (is_context(c)) {
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
	    "per day", "per-day", "PerDay", "daily", "(RPD)", "(TPD)", NULL};

	f->congested = true;
	f->wait = asked_wait(c);
	if (mentions(c->message, daily) || mentions(c->quota, daily))
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

static bool
is_page(const struct http_reply *r)
{
	struct slice s = slice_trim(strbuf_slice(&r->body));

	return s.n >= 5 &&
	    (strncasecmp(s.p, "<!doc", 5) == 0 ||
		strncasecmp(s.p, "<html", 5) == 0);
}

/* Up to 80 bytes of it; empty if it has none. */
static struct slice
page_title(const char *page)
{
	const char *at = strcasestr(page, "<title>");

	if (at == NULL)
		return (struct slice) {"", 0};
	at += strlen("<title>");
	return slice_trim(
	    (struct slice) {at, utf8_cut(at, strcspn(at, "<"), 80)});
}

static void
describe(
    struct api_error *f, const struct complaint *c, const struct http_reply *r)
{
	const char *text = c->message;
	struct slice title;
	size_t n;

	if (is_page(r)) {
		title = page_title(r->body.s);
		snprintf(f->detail, sizeof(f->detail),
		    "%ld: a page instead of an answer%s%.*s", r->status,
		    title.n > 0 ? ": " : "", (int)title.n, title.p);
		return;
	}
	if (text == NULL && c->status == 404)
		text = "no such address; a base URL often ends in /v1";
	else if (text == NULL)
		text = r->body.len > 0 ? r->body.s : "no explanation";
	n = utf8_cut(text, strlen(text), c->message != NULL ? 200 : 100);
	snprintf(
	    f->detail, sizeof(f->detail), "%ld: %.*s", c->shown, (int)n, text);
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

	*f = (struct api_error) {.action = ACTION_READ, .wait = -1};
	if (r->failure != HTTP_OK) {
		lost(f, r);
		return;
	}
	c.in_answer = r->status >= 200 && r->status < 300;
	error = c.in_answer ? error_in_answer(root) : root;
	if (c.in_answer && error == NULL && root != NULL)
		return;
	/* A 2xx that is not JSON, or holds an error without a status of its
	 * own, is the doing of a proxy or of what stands behind the server. */
	if (c.in_answer)
		c.status = 0;
	read_error(&c, error);
	c.shown = c.status >= 300 ? c.status : r->status;
	if (c.status < 300)
		c.status = 502;
	snprintf(f->kind_buf, sizeof(f->kind_buf), "http_%ld", c.shown);
	set(f, ACTION_RETRY, "http", f->kind_buf);
	f->billed = c.in_answer;
	f->wait = -1;
	if (is_quota(&c))
		stop(f, "quota", true);
	else if (c.status >= 400 && is_template(&c))
		bad_request(f, &c);
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
	    [FINISH_FAILED] = {ACTION_RETRY, "http", "failed",
		"the server broke off its answer"},
	};
	const struct usage *u = &a->usage;

	*f = (struct api_error) {.billed = true, .wait = -1};
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
