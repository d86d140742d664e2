/* SPDX-License-Identifier: ISC */
/*
 * Judging without asking anybody: one paper after the other, each written as
 * soon as it is read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strlist.h"
#include "common/base/xalloc.h"
#include "common/cli/confine.h"
#include "common/json/json_write.h"
#include "common/words/words.h"
#include "local/local.h"
#include "screen/screen.h"

/* The share of papers that a reader selects of whom nothing is known. */
#define USUAL 0.08

struct local {
	enum backend backend;
	const char *name; /* what score.model says */
	struct vector_judge *judge; /* NULL: none is scored */
	struct screen *model; /* or NULL */
	struct likes likes, dislikes;
	struct vector_rating rating;
	char prompt[PROMPT_DIGITS + 1]; /* what was judged by */
	struct result result; /* of the paper at hand */
	struct stats stats;
};

static void
add_likes(struct sha256 *h, const struct likes *l)
{
	for (size_t i = 0; i < l->n; i++)
		sha256_field(h, slice_of(l->v[i].id));
}

static void
digest_policy(struct local *l, const struct topics *t)
{
	struct sha256 h;
	struct sha256_digest d;

	sha256_init(&h);
	sha256_field(&h, (struct slice) {t->text, t->len});
	add_likes(&h, &l->likes);
	add_likes(&h, &l->dislikes);
	if (l->model != NULL)
		sha256_field(&h, slice_of(screen_name(l->model)));
	d = sha256_end(&h);
	sha256_hex(&d, l->prompt, PROMPT_DIGITS);
}

/* The value of the key "score". */
static void
write_rating(struct local *l)
{
	const struct vector_rating *v = &l->rating;
	struct jsonw j = JSONW_INIT(&l->result.score);
	char number[32];

	snprintf(number, sizeof(number), "%.4g", v->p);
	jsonw_open(&j, '{');
	jsonw_raw(jsonw_key(&j, "p"), slice_of(number));
	jsonw_int(jsonw_key(&j, "relevance"), v->relevance);
	jsonw_null(jsonw_key(&j, "novelty"));
	jsonw_slice(
	    jsonw_key(&j, "comment"), strbuf_slice(&v->reasons.comment));
	jsonw_open(jsonw_key(&j, "topics"), '[');
	for (size_t i = 0; i < v->reasons.ntopics; i++)
		jsonw_str(&j, v->reasons.topics[i]);
	jsonw_close(&j, ']');
	jsonw_str(jsonw_key(&j, "backend"), backend_names[l->backend]);
	jsonw_str(jsonw_key(&j, "model"), l->name);
	jsonw_str(jsonw_key(&j, "prompt"), l->prompt);
	jsonw_close(&j, '}');
}

static void
rate(struct local *l, struct paper *p)
{
	vector_judge_rate(l->judge, p,
	    l->model != NULL ? screen_chance(l->model, p) : 0, &l->rating);
	write_rating(l);
	strbuf_addslice(&l->result.near, strbuf_slice(&l->rating.near));
}

static void
judge_paper(struct local *l, struct session *s, struct paper *p)
{
	struct result *r = &l->result;

	result_reset(r);
	if (!result_is_settled(r, s->options, s->screen, p) && l->judge != NULL)
		rate(l, p);
	stats_count(&l->stats, r);
	result_write(r, s->options, p, &s->out);
}

static void
report_last(const struct local *l)
{
	const struct stats *t = &l->stats;

	if (l->judge != NULL) {
		report_string("backend", backend_names[l->backend]);
		report_string("model", l->name);
	}
	report_number("scored", t->scored);
	report_number("screened_out", t->screened_out);
	report_number("unscored", t->unscored);
	/* Where nobody is asked, nobody is out of order. */
	report_string("health", stats_health(t, EXIT_OK));
}

static void
open_judge(struct local *l, const struct session *s, enum backend backend)
{
	const struct options *o = s->options;
	struct strlist categories = STRLIST_INIT;
	struct vector_policy policy = {
	    .topics_path = o->topics,
	    .topics = {s->topics.text, s->topics.len},
	    .categories = &categories,
	    .likes = &l->likes,
	    .dislikes = &l->dislikes,
	    .words_only = backend == BACKEND_LEXICAL,
	};

	l->backend = backend;
	l->name = policy.words_only ? VECTOR_JUDGE_SIMPLE : VECTOR_JUDGE_MODEL;
	if (o->screen_model != NULL && !policy.words_only)
		l->model = screen_open(o->screen_model, NULL);
	policy.usual = o->usual_share;
	if (l->model != NULL) {
		policy.model_selected = screen_selected(l->model);
		policy.model_usual = screen_usual(l->model);
		if (policy.usual == 0 && !screen_is_of_marks(l->model))
			policy.usual = policy.model_usual;
	}
	if (policy.usual == 0)
		policy.usual = USUAL;
	options_categories(o, &categories);
	likes_read(&l->likes, &o->like, "star", &o->earlier);
	likes_read(&l->dislikes, &o->dislike, "drop", &o->earlier);
	l->judge = vector_judge_open(&policy);
	strlist_release(&categories);
	digest_policy(l, &s->topics);
}

/* What is no paper in there is not told: the marks' reader has. */
static void
add_earlier(void *judge, struct paper *p, const struct line_reader *in,
    struct slice line)
{
	(void)in;
	if (paper_parse(p, line))
		vector_judge_add_earlier(judge, p);
}

static void
close_judge(struct local *l)
{
	vector_rating_release(&l->rating);
	vector_judge_free(l->judge);
	likes_release(&l->likes);
	likes_release(&l->dislikes);
	screen_free(l->model);
}

int
judge_local(struct session *s)
{
	struct local l = {.rating = VECTOR_RATING_INIT};
	struct paper p;

	if (!s->options->screen_only)
		open_judge(&l, s, s->options->backend);
	if (l.judge != NULL)
		likes_each_line(&s->options->earlier, add_earlier, l.judge);
	confine_to_filter(&s->in.files);
	paper_init(&p);
	result_init(&l.result);
	while (paper_read(&s->in, &p))
		judge_paper(&l, s, &p);
	report_last(&l);
	stats_tell_missing(&l.stats, s->options, false);
	paper_release(&p);
	result_release(&l.result);
	close_judge(&l);
	return stats_status(&l.stats, s->options);
}

int
explain_topics(struct session *s)
{
	struct local l = {.rating = VECTOR_RATING_INIT};
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	open_judge(&l, s, BACKEND_LOCAL);
	confine_to_filter(NULL);
	vector_judge_explain(l.judge, &b);
	output_write(&s->out, b.s, b.len);
	strbuf_release(&b);
	close_judge(&l);
	return EXIT_OK;
}
