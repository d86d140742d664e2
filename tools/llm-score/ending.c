/* SPDX-License-Identifier: ISC */
/* How a paper ends: with its last vote. */
#include "common/base/xalloc.h"
#include "engine.h"
#include "titles.h"

static void
keep_verdict(struct engine *e, const struct item *i)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	/* A score that some votes are missing from is not the one asked for. */
	if (i->nvotes == (size_t)e->options->votes) {
		verdict_write(&b, &i->verdict, &e->prompt->scale, NULL);
		score_cache_put(e->cache, &i->key, strbuf_slice(&b));
	}
	strbuf_release(&b);
}

static void
end_item(struct engine *e, struct item *i)
{
	if (i->nvotes == 0) {
		i->done = true;
		return;
	}
	verdict_of_votes(&i->verdict, i->votes, i->nvotes, &e->prompt->scale);
	i->scored = i->done = true;
	keep_verdict(e, i);
}

void
engine_vote(struct engine *e, struct item *i, const struct verdict *v)
{
	i->votes = xreallocarray(i->votes, i->nvotes + 1, sizeof(*i->votes));
	i->votes[i->nvotes++] = *v;
	if (--i->asked == 0)
		end_item(e, i);
}

void
engine_no_vote(
    struct engine *e, struct item *i, const char *code, const char *detail)
{
	item_note(i, code, detail);
	if (--i->asked == 0)
		end_item(e, i);
}

void
engine_give_up(
    struct engine *e, struct task *t, const char *code, const char *detail)
{
	for (size_t k = 0; k < t->n; k++) {
		if (t->kind == TASK_SCORE)
			engine_no_vote(e, t->items[k], code, detail);
		else if (e->stop != NULL)
			item_fail(t->items[k], code, detail);
		else
			titles_keep(e, t->items[k]);
	}
	if (t->kind == TASK_SCREEN)
		e->screening -= t->n;
	task_free(t);
}
