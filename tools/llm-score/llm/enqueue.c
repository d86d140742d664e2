/* SPDX-License-Identifier: ISC */
/* What is known of a paper before anything is asked about it. */
#include <stddef.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/json/jq_program.h"
#include "common/json/json_tree.h"
#include "llm/engine.h"
#include "llm/paper_queue.h"
#include "llm/prompt.h"
#include "llm/rating.h"
#include "llm/score_cache.h"

/* Changes when the same question may get another answer. */
#define KEY_VERSION 1

static void
hash_common(struct sha256 *h, const struct engine *e, const char *what)
{
	const struct options *o = e->options;
	const char *effort = effort_names[o->effort];

	sha256_init(h);
	sha256_number(h, KEY_VERSION);
	sha256_field(h, slice_of(what));
	sha256_field(h, slice_of(e->provider->dialect->name));
	sha256_field(h, slice_of(e->url));
	sha256_field(h, slice_of(o->model));
	sha256_field(h, slice_of(effort != NULL ? effort : ""));
}

static void
hash_digest(struct sha256 *h, const struct sha256_digest *d)
{
	sha256_field(h, (struct slice) {(const char *)d->b, sizeof(d->b)});
}

/* The keys of the cache for a paper whose text is made. */
static void
make_keys(const struct engine *e, struct item *i)
{
	struct sha256 h;

	hash_common(&h, e, "score");
	sha256_number(&h, e->options->votes);
	if (e->options->votes > 1)
		sha256_field(&h, SLICE_LIT("criteria in turn"));
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
	struct rating rating;
	cJSON *tree = NULL;

	if (score_cache_get(e->cache, &i->key, &value) &&
	    (tree = json_tree_parse(strbuf_slice(&value))) != NULL &&
	    rating_read(&rating, tree, &e->prompt->axes, e->prompt->topics)) {
		if (e->options->votes > 1)
			rating.mean =
			    cJSON_GetNumberValue(json_tree_get(tree, "mean"));
		engine_score(e, i, &rating);
		rating_release(&rating);
		i->result.cached = true;
		e->stats.from_cache++;
	}
	cJSON_Delete(tree);
	strbuf_release(&value);
	return i->done;
}

static void
queue_item(struct engine *e, struct item *i)
{
	if (titles_wanted(e, i) && i->result.screened == SCREENED_NOT)
		item_list_add(&e->to_screen, i);
	else
		titles_keep(e, i);
}

/* True if the paper is to have a second look; its score so far is kept. */
static bool
is_doubtful(struct engine *e, struct item *i, const struct paper *p)
{
	const struct json_member *score = p->key[PAPER_SCORE];
	const char *why;
	enum jq_verdict verdict = jq_program_test(e->rescore, p->line, &why);

	if (verdict == JQ_FAILED)
		msg_error_at(p->file, p->lineno, "--rescore: %s", why);
	if (verdict != JQ_YES)
		return false;
	if (paper_has(p, PAPER_SCORE))
		i->first = xmemdup0(score->value.raw.p, score->value.raw.n);
	i->result.keep = i->first != NULL;
	return true;
}

void
engine_enqueue(struct engine *e, struct item *i, struct paper *p)
{
	const struct options *o = e->options;

	i->result.pass = i->done = e->rescore != NULL && !is_doubtful(e, i, p);
	if (!i->done)
		i->done = result_is_settled(&i->result, o, e->screen, p);
	if (i->done)
		return;
	text_make(&i->text, paper_text(p, PAPER_TITLE),
	    paper_text(p, PAPER_ABSTRACT));
	if (*i->text.title == '\0' || *i->text.abstract == '\0') {
		item_fail(i, "no_text", "title or abstract is missing");
		return;
	}
	i->suspect = prompt_injection(&i->text);
	e->stats.suspect += i->suspect;
	i->spared = paper_is_spared(p);
	make_keys(e, i);
	if (titles_wanted(e, i))
		titles_take_cached(e, i);
	if (i->done || (!o->screen_only && take_cached(e, i)))
		return;
	if (e->stop != NULL)
		item_fail(i, e->stop, e->stop_detail);
	else if (e->answer != NULL)
		e->answer(e, i);
	else if (o->cache_only)
		item_fail(i, "uncached", "no answer is kept");
	else
		queue_item(e, i);
}
