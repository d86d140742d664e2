/* SPDX-License-Identifier: ISC */
/*
 * Judging without asking anybody: one paper after the other, each written as
 * soon as it is read.
 */

#include "common/base/exitcode.h"
#include "common/base/sha256.h"
#include "common/cli/confine.h"
#include "common/json/json_write.h"
#include "backend.h"
#include "result.h"
#include "topics.h"
#include "local/lexical.h"

struct local {
	struct lexical *lexical; /* NULL: none is scored */
	struct lexical_rating rating;
	char prompt[PROMPT_DIGITS + 1]; /* which topics were judged by */
	struct result result; /* of the paper at hand */
	struct stats stats;
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
	struct jsonw j = JSONW_INIT(&l->result.score);

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

static void
judge_paper(struct local *l, struct session *s, struct paper *p)
{
	struct result *r = &l->result;

	result_reset(r);
	if (!result_is_settled(r, s->options, s->screen, p) &&
	    l->lexical != NULL) {
		lexical_judge(l->lexical, p, &l->rating);
		write_rating(l);
	}
	stats_count(&l->stats, r);
	result_write(r, s->options, p, &s->out);
}

static void
report_last(const struct local *l)
{
	const struct stats *t = &l->stats;

	if (l->lexical != NULL) {
		report_string("backend", backend_names[BACKEND_LEXICAL]);
		report_string("model", LEXICAL_MODEL);
	}
	report_number("scored", t->scored);
	report_number("screened_out", t->screened_out);
	report_number("unscored", t->unscored);
	/* Where nobody is asked, nobody is out of order. */
	report_string("health", stats_health(t, EXIT_OK));
}

int
judge_local(struct session *s)
{
	struct local l = {.rating = LEXICAL_RATING_INIT};
	struct paper p;

	if (!s->options->screen_only) {
		digest_topics(&l, &s->topics);
		l.lexical = lexical_open(s->topics.path,
		    (struct slice) {s->topics.text, s->topics.len});
	}
	confine_to_filter();
	paper_init(&p);
	result_init(&l.result);
	while (paper_read(&s->in, &p))
		judge_paper(&l, s, &p);
	report_last(&l);
	paper_release(&p);
	result_release(&l.result);
	lexical_rating_release(&l.rating);
	lexical_free(l.lexical);
	return stats_status(&l.stats, s->options);
}
