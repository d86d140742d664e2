/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/compat.h"
#include "common/base/utf8.h"
#include "common/json/json_tree.h"

/* No tokenizer makes so few tokens of a text: it was cut before it was read.
 * Every server has room for a short one, however it counts. */
#define BYTES_PER_TOKEN 6.5
#define SHORT_QUESTION	8192

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
	if (c->delay == NULL && c->quota == NULL && complaint_wait(c) < 0 &&
	    complaint_mentions(c->message, unless_soon))
		return true;
	return complaint_is(c->code, codes) || complaint_is(c->type, codes) ||
	    complaint_is(c->more, codes) ||
	    complaint_mentions(c->message, words);
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

	return complaint_is(c->code, codes) || complaint_is(c->type, codes) ||
	    complaint_mentions(c->message, words);
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

	return c->flagged || complaint_is(c->code, codes) ||
	    complaint_is(c->type, codes) ||
	    complaint_mentions(c->message, words);
}

static bool
is_key(const struct complaint *c)
{
	static const char *const codes[] = {
	    "invalid_api_key", "authentication_error", NULL};
	static const char *const words[] = {"api key", "api_key", NULL};

	return complaint_is(c->code, codes) || complaint_is(c->type, codes) ||
	    complaint_mentions(c->message, words);
}

static bool
is_model(const struct complaint *c)
{
	static const char *const codes[] = {
	    "model_not_found", "model_not_available", NULL};
	static const char *const words[] = {"not found", "not exist",
	    "unknown model", "invalid model", "not a valid model", NULL};

	return complaint_is(c->code, codes) ||
	    (strcasestr(c->message != NULL ? c->message : "", "model") !=
		    NULL &&
		complaint_mentions(c->message, words));
}

/* The limit of an answer, too large for this server or for what the question
 * leaves.  An answer wants some room. */
static bool
is_size(struct api_error *f, const struct complaint *c)
{
	static const char *const sizes[] = {"too large", "at most",
	    "less than or equal", "maximum", "exceed", "must be <=", "range of",
	    "in the completion", NULL};
	bool certain;
	enum param p = complaint_param(c, &certain);

	f->left = complaint_room(c);
	return (p == PARAM_LIMIT && complaint_mentions(c->message, sizes)) ||
	    (f->left >= ANSWER_LEAST &&
		complaint_mentions(c->message,
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
	bool certain;
	enum param p = complaint_param(c, &certain);

	if (certain || complaint_is(c->code, codes) ||
	    complaint_is(c->type, codes) ||
	    complaint_mentions(c->message, words))
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

	return complaint_is(c->code, codes) ||
	    complaint_mentions(c->message, words);
}

/* A template of a local server that cannot do with the roles: at any status. */
static bool
is_template(const struct complaint *c)
{
	static const char *const words[] = {
	    "roles must alternate", "system role not supported", NULL};

	return complaint_mentions(c->message, words);
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
	f->wait = complaint_wait(c);
	if (complaint_mentions(c->message, daily) ||
	    complaint_mentions(c->quota, daily))
		stop(f, "quota", false);
}

/* Statuses that say all there is to say: false if it is none of them. */
static bool
is_final(struct api_error *f, long status)
{
	static const struct {
		long status;
		const char *kind; /* NULL: the status itself */
	} rows[] = {{401, "key"}, {402, "quota"}, {405, NULL}, {410, NULL}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].status == status) {
			stop(f, rows[i].kind != NULL ? rows[i].kind : f->kind,
			    true);
			return true;
		}
	/* An address that leads elsewhere; the key does not follow. */
	if (status >= 300 && status < 400)
		stop(f, "redirect", true);
	return status >= 300 && status < 400;
}

/* What a status asks for, where no complaint says better. */
static void
by_status(struct api_error *f, const struct complaint *c)
{
	if (is_final(f, c->status))
		return;
	switch (c->status) {
	case 400:
	case 422:
		bad_request(f, c);
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
	if (c->status >= 411 && c->status < 500 && c->status != 425 &&
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
	if (c->shown == 0) /* nor was a server asked */
		snprintf(f->detail, sizeof(f->detail), "%.*s", (int)n, text);
	else
		snprintf(f->detail, sizeof(f->detail), "%ld: %.*s", c->shown,
		    (int)n, text);
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
	error = c.in_answer ? complaint_in_answer(root) : root;
	if (c.in_answer && error == NULL && root != NULL)
		return;
	/* A 2xx that is not JSON, or holds an error without a status of its
	 * own, is the doing of a proxy or of what stands behind the server. */
	if (c.in_answer)
		c.status = 0;
	complaint_read(&c, error);
	c.shown = c.status >= 300 ? c.status : r->status;
	if (c.status < 300)
		c.status = 502;
	snprintf(f->kind_buf, sizeof(f->kind_buf), "http_%ld", c.shown);
	set(f, ACTION_RETRY, "http", c.shown == 0 ? "command" : f->kind_buf);
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
