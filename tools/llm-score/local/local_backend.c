/* SPDX-License-Identifier: ISC */
/*
 * Judging without asking anybody: one paper after the other, each written as
 * soon as it is read.
 */
#include <stdio.h>

#include "common/base/exitcode.h"
#include "common/cli/confine.h"
#include "common/cli/run.h"
#include "common/json/json_write.h"
#include "backend.h"
#include "known.h"
#include "llm/prompt.h"
#include "local/lexical.h"
#include "screen/screen_model.h"
#include "sha256.h"

struct local {
	const struct options *options;
	struct screen *screen; /* NULL: all are judged */
	struct lexical *lexical; /* NULL: none is scored */
	struct lexical_rating rating;
	char prompt[PROMPT_DIGITS + 1]; /* which topics were judged by */
	struct strbuf screened, score; /* values of these keys */
	unsigned long scored, screened_out, unscored;
};

static void
digest_topics(struct local *l, const struct topics *t)
{
	struct sha256 h;
	struct sha256_digest d;

	sha256_init(&h);
	sha256_field(&h, (struct slice) {t->text, t->len});
	d = sha256_end(&h);
	sha256_hex(&d, l->prompt, PROMPT_DIGITS);
}

/* The value of the key "score". */
static void
write_rating(struct local *l)
{
	const struct lexical_rating *v = &l->rating;
	struct jsonw j = JSONW_INIT(&l->score);

	jsonw_open(&j, '{');
	jsonw_key(&j, "relevance");
	jsonw_int(&j, v->relevance);
	jsonw_key(&j, "novelty");
	jsonw_null(&j);
	jsonw_key(&j, "comment");
	jsonw_slice(&j, strbuf_slice(&v->comment));
	jsonw_key(&j, "topics");
	jsonw_open(&j, '[');
	for (size_t i = 0; i < v->ntopics; i++)
		jsonw_str(&j, v->topics[i]);
	jsonw_close(&j, ']');
	jsonw_key(&j, "backend");
	jsonw_str(&j, "lexical");
	jsonw_key(&j, "model");
	jsonw_str(&j, LEXICAL_MODEL);
	jsonw_key(&j, "prompt");
	jsonw_str(&j, l->prompt);
	jsonw_close(&j, '}');
}

/* There is nothing to do: it is scored, or a screen before us put it aside
 * and nobody asks for another opinion. */
static bool
is_settled(const struct options *o, const struct paper *p)
{
	return (o->keep_scored && paper_has(p, PAPER_SCORE)) ||
	    (o->screen == SCREEN_NOT_GIVEN && known_put_aside(p));
}

/* True if the paper is kept. */
static bool
screen_paper(struct local *l, struct paper *p)
{
	struct screen_verdict v;

	strbuf_reset(&l->screened);
	screen_judge(l->screen, p, &v);
	screen_verdict_json(&l->screened, l->screen, &v);
	l->screened_out += !v.keep;
	return v.keep;
}

static void
score_paper(struct local *l, struct paper *p)
{
	strbuf_reset(&l->score);
	lexical_judge(l->lexical, p, &l->rating);
	write_rating(l);
	l->scored++;
}

static void
judge_paper(struct local *l, struct paper *p, struct output *out)
{
	static const char no_text[] =
	    "{\"code\":\"no_text\",\"detail\":\"title or abstract is "
	    "missing\"}";
	struct paper_change changes[] = {
	    {PAPER_SCREEN, {NULL, 0}},
	    {PAPER_SCORE, {NULL, 0}},
	    {PAPER_SCORE_ERROR, {NULL, 0}},
	};
	size_t first = 1, last = 3;
	bool keep = true;

	if (is_settled(l->options, p)) {
		paper_pass(out, p);
		return;
	}
	if (known_no_text(p)) {
		l->unscored++;
		changes[2].value = SLICE_LIT(no_text);
		paper_write(out, p, changes + 1, 2);
		return;
	}
	if (l->screen != NULL) {
		keep = screen_paper(l, p);
		changes[0].value = strbuf_slice(&l->screened);
		first = 0;
	}
	if (l->lexical == NULL) {
		last = 1; /* an earlier run's score stays */
	} else if (keep) {
		score_paper(l, p);
		changes[1].value = strbuf_slice(&l->score);
	}
	paper_write(out, p, changes + first, last - first);
}

static void
report_count(const char *key, unsigned long n)
{
	char s[24];

	snprintf(s, sizeof(s), "%lu", n);
	run_report_set(key, slice_of(s));
}

static int
finish(const struct local *l)
{
	double judged = (double)(l->scored + l->screened_out + l->unscored);

	if (l->lexical != NULL) {
		run_report_set("backend", SLICE_LIT("\"lexical\""));
		run_report_set("model", SLICE_LIT("\"" LEXICAL_MODEL "\""));
	}
	report_count("scored", l->scored);
	report_count("screened_out", l->screened_out);
	report_count("unscored", l->unscored);
	run_report_set("health",
	    l->unscored > 0 ? SLICE_LIT("\"degraded\"") : SLICE_LIT("\"ok\""));
	if ((double)l->unscored > l->options->max_unscored * judged)
		return EXIT_TRY_LATER;
	if (l->options->common.exit_nothing && l->scored == 0)
		return EXIT_SOME_FAILED;
	return l->unscored > 0 ? EXIT_SOME_FAILED : EXIT_OK;
}

int
judge_local(struct session *s)
{
	struct local l = {
	    .options = s->options,
	    .screen = s->screen,
	    .rating = LEXICAL_RATING_INIT,
	    .screened = STRBUF_INIT(STRBUF_MAX),
	    .score = STRBUF_INIT(STRBUF_MAX),
	};
	struct paper p;
	int status;

	if (!s->options->screen_only) {
		digest_topics(&l, &s->topics);
		l.lexical = lexical_open(s->topics.path,
		    (struct slice) {s->topics.text, s->topics.len});
	}
	confine_to_filter();
	paper_init(&p);
	while (paper_read(&s->in, &p))
		judge_paper(&l, &p, &s->out);
	status = finish(&l);
	paper_release(&p);
	lexical_rating_release(&l.rating);
	lexical_free(l.lexical);
	strbuf_release(&l.screened);
	strbuf_release(&l.score);
	return status;
}
