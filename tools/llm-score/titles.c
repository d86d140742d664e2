/* SPDX-License-Identifier: ISC */
#include "titles.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/json/json_write.h"
#include "local_id.h"

bool
titles_wanted(const struct engine *e, const struct item *i)
{
	const char *screen = e->options->screen;

	return screen != NULL && strcmp(screen, "titles") == 0 &&
	    !i->followed && !i->suspect;
}

static void
set_screen(struct engine *e, struct item *i, bool keep)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&b);

	jsonw_open(&j, '{');
	jsonw_key(&j, "keep");
	jsonw_bool(&j, keep);
	jsonw_key(&j, "by");
	jsonw_str(&j, "titles");
	jsonw_key(&j, "model");
	jsonw_str(&j, e->options->model);
	jsonw_close(&j, '}');
	free(i->screen);
	i->screen = strbuf_detach(&b);
	i->screened = keep ? SCREEN_KEPT : SCREEN_DROPPED;
}

void
titles_keep(struct engine *e, struct item *i)
{
	if (e->options->screen_only)
		i->done = true;
	else if (e->stop != NULL)
		item_fail(i, e->stop, e->stop_detail);
	else
		item_list_add(&e->to_score, i);
}

/* Put aside, or on to the next question. */
static void
decide(struct engine *e, struct item *i, bool keep)
{
	set_screen(e, i, keep);
	if (keep)
		titles_keep(e, i);
	else
		i->done = true;
}

void
titles_take_cached(struct engine *e, struct item *i)
{
	struct strbuf value = STRBUF_INIT(16);
	bool keep;

	if (score_cache_get(e->cache, &i->screen_key, &value)) {
		keep = strcmp(value.s, "\"drop\"") != 0;
		set_screen(e, i, keep);
		i->done = !keep || e->options->screen_only;
		e->tally.from_cache += i->done;
	}
	strbuf_release(&value);
}

void
titles_read(struct engine *e, struct task *t, struct slice text)
{
	const cJSON **member = xreallocarray(NULL, t->n, sizeof(*member));
	struct local_counts counts = {0, 0};
	cJSON *tree = local_answer(text, e->can.format == FORMAT_PLAIN);
	const char *word;

	local_members(tree, member, t->n, &counts);
	e->tally.unknown_keys += counts.unknown;
	e->tally.duplicate_keys += counts.duplicate;
	score_cache_begin(e->cache);
	for (size_t k = 0; k < t->n; k++) {
		word = cJSON_GetStringValue(member[k]);
		if (word != NULL && strcmp(word, "drop") == 0) {
			decide(e, t->items[k], false);
			score_cache_put(e->cache, &t->items[k]->screen_key,
			    SLICE_LIT("\"drop\""));
		} else if (word != NULL && strcmp(word, "keep") == 0) {
			decide(e, t->items[k], true);
			score_cache_put(e->cache, &t->items[k]->screen_key,
			    SLICE_LIT("\"keep\""));
		} else {
			titles_keep(e, t->items[k]);
		}
	}
	score_cache_commit(e->cache);
	cJSON_Delete(tree);
	free(member);
}
