/* SPDX-License-Identifier: ISC */
#include "report.h"

#include <stdio.h>
#include <string.h>

#include "common/base/exitcode.h"
#include "common/cli/run.h"
#include "common/json/json_write.h"

void
stats_error(struct stats *t, const char *kind)
{
	for (size_t i = 0; i < STATS_KINDS; i++) {
		if (t->errors[i].n == 0)
			snprintf(t->errors[i].name, sizeof(t->errors[i].name),
			    "%s", kind);
		if (strcmp(t->errors[i].name, kind) == 0) {
			t->errors[i].n++;
			return;
		}
	}
	/* More kinds than there are statuses worth telling apart. */
	t->errors[STATS_KINDS - 1].n++;
}

/* The first reason stands for the others in the message. */
static void
note_missing(struct stats *t, const struct result *r)
{
	if (t->unscored++ == 0)
		snprintf(t->missing, sizeof(t->missing), "%s%s%s", r->code,
		    r->detail != NULL ? ": " : "",
		    r->detail != NULL ? r->detail : "");
}

void
stats_count(struct stats *t, const struct result *r)
{
	if (r->score.len > 0)
		t->scored++;
	else if (r->screened == SCREEN_DROPPED)
		t->screened_out++;
	else if (r->code != NULL)
		note_missing(t, r);
	t->cached_scores += r->cached;
	if (r->code != NULL && strcmp(r->code, "budget") == 0)
		t->over_budget++;
}

int
stats_status(const struct stats *t, uint64_t judged, const struct options *o)
{
	double wanted = (double)(judged - t->over_budget);
	double missing = (double)(t->unscored - t->over_budget);

	if (missing > o->max_unscored * wanted)
		return EXIT_TRY_LATER;
	if (t->unscored > 0 || (o->common.exit_nothing && t->scored == 0))
		return EXIT_SOME_FAILED;
	return EXIT_OK;
}

const char *
stats_health(const struct stats *t, int status)
{
	if (status == EXIT_TRY_LATER || status == EXIT_REFUSED)
		return "outage";
	return t->unscored > 0 ? "degraded" : "ok";
}

static void
number(struct jsonw *j, const char *key, uint64_t n)
{
	jsonw_key(j, key);
	jsonw_int(j, (int64_t)n);
}

void
stats_write_requests(struct strbuf *b, const struct stats *t)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	number(&j, "sent", t->sent);
	number(&j, "ok", t->ok);
	number(&j, "retried", t->retried);
	number(&j, "failed", t->failed);
	jsonw_close(&j, '}');
}

void
stats_write_errors(struct strbuf *b, const struct stats *t)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	for (size_t i = 0; i < STATS_KINDS && t->errors[i].n > 0; i++)
		number(&j, t->errors[i].name, t->errors[i].n);
	jsonw_close(&j, '}');
}

void
stats_write_tokens(struct strbuf *b, const struct stats *t)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	number(&j, "input", (uint64_t)t->input);
	number(&j, "cached", (uint64_t)t->cached);
	number(&j, "cache_write", (uint64_t)t->cache_write);
	number(&j, "output", (uint64_t)t->output);
	number(&j, "reasoning", (uint64_t)t->reasoning);
	jsonw_close(&j, '}');
}

void
report_string(const char *key, const char *value)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	json_quote(&b, slice_of(value));
	run_report_set(key, strbuf_slice(&b));
	strbuf_release(&b);
}

void
report_number(const char *key, uint64_t n)
{
	struct strbuf b = STRBUF_INIT(32);

	strbuf_addf(&b, "%llu", (unsigned long long)n);
	run_report_set(key, strbuf_slice(&b));
	strbuf_release(&b);
}
