/* SPDX-License-Identifier: ISC */
/* What is known of a paper before anything is asked about it. */
#include <stdlib.h>

#include "common/json/json_tree.h"
#include "batch_api.h"
#include "engine.h"
#include "known.h"
#include "suspect.h"
#include "titles.h"

/* Changes when the same question may get another answer. */
#define KEY_VERSION 1

static void
hash_common(struct sha256 *h, const struct engine *e, const char *what)
{
	const struct options *o = e->options;

	sha256_init(h);
	sha256_number(h, KEY_VERSION);
	sha256_field(h, slice_of(what));
	sha256_field(h, slice_of(e->provider->dialect->name));
	sha256_field(h, slice_of(e->url));
	sha256_field(h, slice_of(o->model));
	sha256_field(h, slice_of(o->effort != NULL ? o->effort : ""));
}

static void
hash_digest(struct sha256 *h, const struct sha256_digest *d)
{
	sha256_field(h, (struct slice) {(const char *)d->b, sizeof(d->b)});
}

void
engine_keys(const struct engine *e, struct item *i)
{
	struct sha256 h;

	hash_common(&h, e, "score");
	sha256_number(&h, e->options->votes);
	hash_digest(&h, &e->prompt->digest);
	sha256_field(&h, slice_of(i->text.title));
	sha256_field(&h, slice_of(i->text.abstract));
	i->key = sha256_end(&h);

	hash_common(&h, e, "screen");
	hash_digest(&h, &e->prompt->screen_digest);
	sha256_field(&h, slice_of(i->text.title));
	i->screen_key = sha256_end(&h);
}

/* Takes the score from the cache; false if it has none. */
static bool
take_cached(struct engine *e, struct item *i)
{
	struct strbuf value = STRBUF_INIT(STRBUF_MAX);
	cJSON *tree = NULL;

	if (score_cache_get(e->cache, &i->key, &value) &&
	    (tree = json_tree_parse(strbuf_slice(&value))) != NULL &&
	    verdict_read(
		&i->verdict, tree, &e->prompt->scale, e->prompt->topics)) {
		i->scored = i->done = true;
		i->free = true;
		e->tally.from_cache++;
	}
	cJSON_Delete(tree);
	strbuf_release(&value);
	return i->done;
}

static void
queue_item(struct engine *e, struct item *i)
{
	if (titles_wanted(e, i) && i->screened == SCREEN_NONE)
		item_list_add(&e->to_screen, i);
	else
		titles_keep(e, i);
}

/* What the local screen says.  It costs nothing, so it is asked before all
 * else: whatever is known or can be asked, the same papers are put aside. */
static void
screen_here(struct engine *e, struct item *i, struct paper *p)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct screen_verdict v;

	screen_judge(e->screen, p, &v);
	screen_verdict_json(&b, e->screen, &v);
	i->screen = strbuf_detach(&b);
	i->screened = v.keep ? SCREEN_KEPT : SCREEN_DROPPED;
	i->done = !v.keep;
}

void
engine_admit(struct engine *e, struct item *i, struct paper *p)
{
	const struct options *o = e->options;
	struct slice title = paper_text(p, PAPER_TITLE);
	struct slice abstract = paper_text(p, PAPER_ABSTRACT);

	/* A screen before us put it aside, and nobody asks for another opinion. */
	if (o->screen == NULL && known_put_aside(p))
		i->screened = SCREEN_DROPPED;
	if (i->screened == SCREEN_DROPPED ||
	    (o->keep_scored && paper_has(p, PAPER_SCORE))) {
		i->pass = i->done = true;
		return;
	}
	if (e->screen != NULL && !known_no_text(p))
		screen_here(e, i, p);
	if (i->done)
		return;
	text_make(&i->text, title, abstract);
	if (*i->text.title == '\0' || *i->text.abstract == '\0') {
		item_fail(i, "no_text", "title or abstract is missing");
		return;
	}
	i->suspect = suspect_text(&i->text);
	e->tally.suspect += i->suspect;
	i->followed = known_followed(p);
	engine_keys(e, i);
	if (titles_wanted(e, i))
		titles_take_cached(e, i);
	if (i->done || (!o->screen_only && take_cached(e, i)))
		return;
	if (e->stop != NULL)
		item_fail(i, e->stop, e->stop_detail);
	else if (e->results != NULL)
		batch_take(e, i);
	else if (o->cache_only)
		item_fail(i, "uncached", "no answer is kept");
	else
		queue_item(e, i);
}
