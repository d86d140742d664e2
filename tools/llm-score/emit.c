/* SPDX-License-Identifier: ISC */
/* Papers that are done go out, in the order they came in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/json/json_write.h"
#include "engine.h"

/* The first reason stands for the others in the message. */
static void
note_missing(struct engine *e, const struct item *i)
{
	if (e->tally.unscored++ == 0)
		snprintf(e->missing, sizeof(e->missing), "%s%s%s", i->code,
		    i->detail != NULL ? ": " : "",
		    i->detail != NULL ? i->detail : "");
}

static void
count(struct engine *e, const struct item *i)
{
	if (i->scored)
		e->tally.scored++;
	else if (i->screened == SCREEN_DROPPED)
		e->tally.screened_out++;
	else if (i->code != NULL)
		note_missing(e, i);
	e->tally.cached_scores += i->free;
	if (i->code != NULL && strcmp(i->code, "budget") == 0)
		e->tally.over_budget++;
}

static void
write_error(struct strbuf *b, const struct item *i)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	jsonw_key(&j, "code");
	jsonw_str(&j, i->code);
	jsonw_key(&j, "detail");
	jsonw_str(&j, i->detail != NULL ? i->detail : "");
	jsonw_close(&j, '}');
}

static void
write_score(struct strbuf *b, const struct engine *e, const struct item *i)
{
	struct verdict_origin origin = {
	    .backend = e->provider->dialect->name,
	    .model = e->options->model,
	    .prompt = e->prompt->hash,
	    .votes = (int)e->options->votes,
	    .suspect = i->suspect,
	};

	verdict_write(b, &i->verdict, &e->prompt->scale, &origin);
}

static void
write_item(struct engine *e, struct item *i)
{
	struct paper_change changes[3] = {
	    {PAPER_SCREEN, {NULL, 0}},
	    {PAPER_SCORE, {NULL, 0}},
	    {PAPER_SCORE_ERROR, {NULL, 0}},
	};
	struct paper *p = &e->writing;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t first, last;

	/* It was a record when it was read. */
	if (!paper_parse(p, (struct slice) {i->line, i->len}))
		abort();
	if (i->pass) {
		paper_pass(e->out, p);
		return;
	}
	if (i->scored) {
		write_score(&b, e, i);
		changes[1].value = strbuf_slice(&b);
	} else if (i->code != NULL) {
		write_error(&b, i);
		changes[2].value = strbuf_slice(&b);
	}
	if (i->screen != NULL)
		changes[0].value = slice_of(i->screen);
	/* Keys that this run has nothing to say of stay as they came. */
	first = i->screen != NULL ? 0 : 1;
	last = e->options->screen_only && i->code == NULL ? 1 : 3;
	paper_write(e->out, p, changes + first, last - first);
	strbuf_release(&b);
}

void
engine_write(struct engine *e)
{
	struct item *i;

	while ((i = window_take_done(&e->window)) != NULL) {
		count(e, i);
		write_item(e, i);
		item_free(i);
	}
}
