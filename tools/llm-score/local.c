/* SPDX-License-Identifier: ISC */
/*
 * Judging without asking anybody: one paper after the other, each written as
 * soon as it is read.
 */
#include <openssl/evp.h>

#include "common/exitcode.h"
#include "common/jsonw.h"
#include "common/msg.h"
#include "common/run.h"
#include "judge.h"
#include "known.h"
#include "lexical.h"

#define PROMPT_BYTES 6

struct local {
	const struct options *options;
	struct lexical *lexical;
	struct lexical_verdict verdict;
	char prompt[2 * PROMPT_BYTES + 1]; /* which topics were judged by */
	struct strbuf value;
	unsigned long scored, unscored;
};

static void
digest_topics(struct local *l, const struct topics *t)
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n;

	if (EVP_Digest(t->text, t->len, md, &n, EVP_sha256(), NULL) != 1)
		die(EXIT_SOME_FAILED, "cannot compute a checksum");
	for (size_t i = 0; i < PROMPT_BYTES; i++)
		snprintf(l->prompt + 2 * i, 3, "%02x", md[i]);
}

/* The value of the key "score". */
static void
write_verdict(struct local *l)
{
	const struct lexical_verdict *v = &l->verdict;
	struct jsonw j = JSONW_INIT(&l->value);

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
judge_paper(struct local *l, struct paper *p, struct output *out)
{
	static const char no_text[] =
	    "{\"code\":\"no_text\",\"detail\":\"title or abstract is "
	    "missing\"}";
	struct paper_change changes[] = {
	    {PAPER_SCORE, {NULL, 0}},
	    {PAPER_SCORE_ERROR, {NULL, 0}},
	};

	strbuf_reset(&l->value);
	if (known_put_aside(p) ||
	    (l->options->keep_scored && paper_has(p, PAPER_SCORE))) {
		paper_pass(out, p);
		return;
	}
	if (known_no_text(p)) {
		l->unscored++;
		changes[1].value = SLICE_LIT(no_text);
	} else {
		l->scored++;
		lexical_judge(l->lexical, p, &l->verdict);
		write_verdict(l);
		changes[0].value = strbuf_slice(&l->value);
	}
	paper_write(out, p, changes, 2);
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
	double judged = (double)(l->scored + l->unscored);

	run_report_set("backend", SLICE_LIT("\"lexical\""));
	run_report_set("model", SLICE_LIT("\"" LEXICAL_MODEL "\""));
	report_count("scored", l->scored);
	report_count("unscored", l->unscored);
	run_report_set("health",
	    l->unscored > 0 ? SLICE_LIT("\"degraded\"") : SLICE_LIT("\"ok\""));
	if ((double)l->unscored > l->options->max_unscored * judged)
		return EXIT_TRY_LATER;
	return l->unscored > 0 ? EXIT_SOME_FAILED : EXIT_OK;
}

int
judge_local(struct session *s)
{
	struct local l = {
	    .options = s->options,
	    .verdict = LEXICAL_VERDICT_INIT,
	    .value = STRBUF_INIT(STRBUF_MAX),
	};
	struct paper p;
	int status;

	digest_topics(&l, &s->topics);
	l.lexical = lexical_open(
	    s->topics.path, (struct slice) {s->topics.text, s->topics.len});
	paper_init(&p);
	while (paper_read(&s->in, &p))
		judge_paper(&l, &p, &s->out);
	status = finish(&l);
	paper_release(&p);
	lexical_verdict_release(&l.verdict);
	lexical_free(l.lexical);
	strbuf_release(&l.value);
	return status;
}
