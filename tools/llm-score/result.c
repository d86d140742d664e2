/* SPDX-License-Identifier: ISC */
#include "result.h"

#include <stdlib.h>

#include "common/base/xalloc.h"
#include "common/json/json_write.h"
#include "screen/screen_model.h"

void
result_init(struct result *r)
{
	*r = (struct result) {
	    .screen = STRBUF_INIT(STRBUF_MAX),
	    .score = STRBUF_INIT(STRBUF_MAX),
	};
}

void
result_reset(struct result *r)
{
	struct strbuf screen = r->screen, score = r->score;

	free(r->detail);
	*r = (struct result) {.screen = screen, .score = score};
	strbuf_reset(&r->screen);
	strbuf_reset(&r->score);
}

void
result_release(struct result *r)
{
	strbuf_release(&r->screen);
	strbuf_release(&r->score);
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
	r->screened = v.keep ? SCREEN_KEPT : SCREEN_DROPPED;
}

bool
result_is_settled(struct result *r, const struct options *o,
    struct screen *screen, struct paper *p)
{
	/* Nobody asks for another opinion than that screen's. */
	if (o->screen == SCREEN_NOT_GIVEN && paper_is_screened_out(p))
		r->screened = SCREEN_DROPPED;
	r->pass = r->screened == SCREEN_DROPPED ||
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
	return r->screened == SCREEN_DROPPED;
}

static void
write_error(struct strbuf *b, const struct result *r)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	jsonw_key(&j, "code");
	jsonw_str(&j, r->code);
	jsonw_key(&j, "detail");
	jsonw_str(&j, r->detail != NULL ? r->detail : "");
	jsonw_close(&j, '}');
}

void
result_write(const struct result *r, const struct options *o,
    const struct paper *p, struct output *out)
{
	struct paper_change changes[3] = {
	    {PAPER_SCREEN, {NULL, 0}},
	    {PAPER_SCORE, {NULL, 0}},
	    {PAPER_SCORE_ERROR, {NULL, 0}},
	};
	struct strbuf error = STRBUF_INIT(STRBUF_MAX);
	size_t first, last;

	if (r->pass) {
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
	last = o->screen_only && r->code == NULL ? 1 : 3;
	paper_write(out, p, changes + first, last - first);
	strbuf_release(&error);
}
