/* SPDX-License-Identifier: ISC */
/* What is known of a paper before anything is asked about it. */
#include <regex.h>
#include <stddef.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/json/jq_program.h"
#include "common/json/json_tree.h"
#include "common/text/fold.h"
#include "llm/engine.h"
#include "llm/paper_queue.h"
#include "llm/prompt.h"
#include "llm/rating.h"
#include "llm/score_cache.h"

/*
 * Matched against folded text (lower case, no diacritics or look-alike forms,
 * single blanks).  Within a phrase up to a few words may stand between.
 */
#define GAP "( [^ ]+){0,4} "
#define MODEL                                                            \
	"(ai|llms?|(large )?language models?|chatgpt|gpt|claude|gemini|" \
	"automated|artificial)"

static const char *const phrases[] = {
    /* orders to forget */
    "(ignore|disregard|forget|override|bypass)" GAP
    "(instruction|prompt|rule|criteria|guideline|context|direction)s?",
    "(ignore|disregard|forget)" GAP "(previous|prior|above|preceding|earlier)",
    "(new|updated|revised|real|actual) (instruction|system prompt)s?[ :]",
    "(do not|don't|never) (follow|obey|mention|reveal|highlight)" GAP
    "(instruction|prompt|rule|negative|weakness|limitation)(s|es)?",
    /* orders to rate */
    "(give|assign|rate|score|award|set|output|return|mark)" GAP
    "(highest|maximum|maximal|perfect|top|full|positive)"
    "( [^ ]+){0,3} (score|rating|relevance|novelty|mark|grade|review)s?",
    "(give|assign|rate|score|award|mark) (this|the|our|my) "
    "(paper|work|manuscript|submission|article|abstract)"
    "( [^ ]+){0,5} (10|ten|high|highest|positively|favorably|accept)",
    "give (a|only) positive review",
    "(relevance|novelty)\"?( score)?( is| of|:|=|must be|should be)? ?\"?10",
    "(recommend|suggest) (acceptance|accepting) (of|for) this",
    "(rate|score|mark|drop|reject)" GAP "other papers",
    /* words to a reviewer or a model */
    "(dear|attention|note to|message to|instructions? (to|for)) "
    "(an? |all |any |the )?" MODEL,
    "(as|for) (an? |all |any |the )" MODEL " "
    "(assistant|reviewer|rater|referee|judge)s?[,:]",
    "(if|when|since|because) you are (an?|the) "
    "(ai|llm|large language model|language model|assistant|model|reviewer)",
    "you are (now|no longer) ",
    "you (must|should|shall|will|are required to) "
    "(rate|score|answer|respond|output|give|accept|assign|comply|return|say)",
    "(system|developer|hidden|your) (prompt|instruction|message)s? ?:",
    "your (task|job|role|goal|only task) is (now )?to",
    /* what looks like a conversation or an answer */
    "<\\|?(im_start|im_end|system|user|assistant|endoftext)\\|?>",
    "\\[/?(inst|system)\\]",
    "(^|[.!?] )(system|assistant|user|human) ?: ",
    "\"(relevance|novelty|comment)\" ?:",
};

#define NPHRASES (sizeof(phrases) / sizeof(*phrases))

static bool
matches(const char *text)
{
	static regex_t compiled[NPHRASES];
	static bool ready;
	int found;

	for (size_t i = 0; i < NPHRASES && !ready; i++)
		if (regcomp(&compiled[i], phrases[i],
			REG_EXTENDED | REG_NOSUB) != 0)
			xalloc_die();
	ready = true;
	for (size_t i = 0; i < NPHRASES; i++) {
		found = regexec(&compiled[i], text, 0, NULL, 0);
		if (found == 0)
			return true;
		if (found != REG_NOMATCH)
			xalloc_die(); /* who knows what it says */
	}
	return false;
}

bool
prompt_injection(const struct text *t)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	bool found;

	if (t->hidden)
		return true;
	fold(&b, slice_of(t->title), false);
	strbuf_addstr(&b, ". ");
	fold(&b, slice_of(t->abstract), false);
	strbuf_fold_space(&b);
	found = matches(b.s);
	strbuf_release(&b);
	return found;
}

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
	i->followed = paper_is_followed(p);
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
