/* SPDX-License-Identifier: ISC */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "common/json/json_write.h"
#include "screen/screen.h"

void
result_init(struct result *r)
{
	*r = (struct result) {
	    .screen = STRBUF_INIT(STRBUF_MAX),
	    .score = STRBUF_INIT(STRBUF_MAX),
	    .near = STRBUF_INIT(STRBUF_MAX),
	};
}

void
result_reset(struct result *r)
{
	struct strbuf screen = r->screen, score = r->score, near = r->near;

	free(r->detail);
	*r = (struct result) {.screen = screen, .score = score, .near = near};
	strbuf_reset(&r->screen);
	strbuf_reset(&r->score);
	strbuf_reset(&r->near);
}

void
result_release(struct result *r)
{
	strbuf_release(&r->screen);
	strbuf_release(&r->score);
	strbuf_release(&r->near);
	free(r->detail);
}

void
result_fail(struct result *r, const char *code, const char *detail)
{
	r->code = code;
	free(r->detail);
	r->detail = detail == NULL ? NULL : xstrdup(detail);
}

/* What the local screen says.  It costs nothing, so it is asked before all
 * else: whatever is known or can be asked, the same papers are put aside. */
static void
ask_screen(struct result *r, struct screen *screen, struct paper *p)
{
	struct screen_verdict v;

	screen_judge(screen, p, &v);
	screen_verdict_json(&r->screen, screen, &v);
	r->screened = v.keep ? SCREENED_IN : SCREENED_OUT;
}

bool
result_is_settled(struct result *r, const struct options *o,
    struct screen *screen, struct paper *p)
{
	/* Nobody asks for another opinion than that screen's. */
	if (o->screen == SCREEN_NOT_GIVEN && paper_is_screened_out(p))
		r->screened = SCREENED_OUT;
	r->pass = r->screened == SCREENED_OUT ||
	    (o->keep_scored && paper_has(p, PAPER_SCORE));
	if (r->pass)
		return true;
	if (paper_text(p, PAPER_TITLE).n == 0 ||
	    paper_text(p, PAPER_ABSTRACT).n == 0) {
		result_fail(r, "no_text", "title or abstract is missing");
		return true;
	}
	if (screen != NULL)
		ask_screen(r, screen, p);
	return r->screened == SCREENED_OUT;
}

static void
write_error(struct strbuf *b, const struct result *r)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	jsonw_str(jsonw_key(&j, "code"), r->code);
	jsonw_str(jsonw_key(&j, "detail"), r->detail != NULL ? r->detail : "");
	jsonw_close(&j, '}');
}

void
result_write(const struct result *r, const struct options *o,
    const struct paper *p, struct output *out)
{
	struct paper_change changes[4] = {
	    {PAPER_SCREEN, {NULL, 0}},
	    {PAPER_SCORE, {NULL, 0}},
	    {PAPER_SCORE_ERROR, {NULL, 0}},
	    {PAPER_NEAR, strbuf_slice(&r->near)},
	};
	struct strbuf error = STRBUF_INIT(STRBUF_MAX);
	size_t first, last;

	if (r->pass || (r->keep && r->score.len == 0)) {
		paper_pass(out, p);
		return;
	}
	if (r->screen.len > 0)
		changes[0].value = strbuf_slice(&r->screen);
	if (r->score.len > 0) {
		changes[1].value = strbuf_slice(&r->score);
	} else if (r->code != NULL) {
		write_error(&error, r);
		changes[2].value = strbuf_slice(&error);
	}
	/* Keys that this run has nothing to say of stay as they came. */
	first = r->screen.len > 0 ? 0 : 1;
	last = r->near.len > 0 ? 4 : 3;
	/* A screen takes no score away, whatever it could not judge. */
	if (o->screen_only && (r->code == NULL || paper_has(p, PAPER_SCORE)))
		last = 1;
	paper_write(out, p, changes + first, last - first);
	strbuf_release(&error);
}

/* What a run counts */

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
note_first(char why[300], const char *code, const char *detail)
{
	if (*why == '\0')
		snprintf(why, 300, "%s%s%s", code, detail != NULL ? ": " : "",
		    detail != NULL ? detail : "");
}

void
stats_count(struct stats *t, const struct result *r)
{
	if (r->score.len > 0) {
		t->scored++;
	} else if (r->screened == SCREENED_OUT) {
		t->screened_out++;
	} else if (r->code != NULL) {
		t->unscored++;
		t->over_budget += strcmp(r->code, "budget") == 0;
		note_first(t->missing, r->code, r->detail);
	} else if (r->screened == SCREENED_IN) {
		t->screened_in++;
	}
	if (r->fewer_votes) {
		t->fewer_votes++;
		note_first(t->fewer, r->code, r->detail);
	}
	t->cached_scores += r->cached;
}

void
stats_unscreened(struct stats *t, const char *code, const char *detail)
{
	t->unscreened++;
	note_first(t->unscreened_why, code, detail);
}

/* Papers that have what this run was to find out. */
static uint64_t
answered(const struct stats *t, const struct options *o)
{
	return o->screen_only ? t->screened_in + t->screened_out : t->scored;
}

int
stats_status(const struct stats *t, const struct options *o)
{
	double wanted = (double)(answered(t, o) + t->unscored - t->over_budget);
	double missing = (double)(t->unscored - t->over_budget);

	if (missing > o->max_unscored * wanted)
		return EXIT_TRY_LATER;
	if (t->unscored > 0 || t->fewer_votes > 0 || t->unscreened > 0 ||
	    (o->common.exit_nothing && t->scored == 0))
		return EXIT_SOME_FAILED;
	return EXIT_OK;
}

void
stats_tell_missing(const struct stats *t, const struct options *o, bool again)
{
	if (run_stopping())
		return;
	if (t->fewer_votes > 0)
		msg_error("%llu of %llu scores rest on fewer answers than "
			  "--votes asks for, the first: %s",
		    (unsigned long long)t->fewer_votes,
		    (unsigned long long)t->scored, t->fewer);
	if (t->unscored == 0)
		return;
	msg_error("no %s for %llu of %llu papers, the first: %s%s",
	    o->screen_only ? "answer of the screen" : "score",
	    (unsigned long long)t->unscored,
	    (unsigned long long)answered(t, o) + t->unscored, t->missing,
	    again ? "; running it again asks for these only" : "");
}

void
stats_tell_unscreened(const struct stats *t)
{
	if (t->unscreened == 0 || run_stopping())
		return;
	msg_error("no answer of the screen for %llu papers, which were kept, "
		  "the first: %s",
	    (unsigned long long)t->unscreened, t->unscreened_why);
}

const char *
stats_health(const struct stats *t, int status)
{
	if (status == EXIT_TRY_LATER || status == EXIT_REFUSED)
		return "outage";
	return t->unscored > 0 || t->fewer_votes > 0 || t->unscreened > 0
	    ? "degraded"
	    : "ok";
}

static void
number(struct jsonw *j, const char *key, uint64_t n)
{
	jsonw_int(jsonw_key(j, key), (int64_t)n);
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
