/* SPDX-License-Identifier: ISC */
/*
 * --enrich: a filter that adds what others know of papers and their authors.
 * Each line goes on, whatever the answer is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "common/io/line_reader.h"
#include "common/record/paper.h"
#include "enrich/enrich.h"
#include "fetch.h"

#define ANSWER_MAX  ((size_t)64 << 20)
/* A batch ends early rather than hold more than that. */
#define BATCH_BYTES ((size_t)8 << 20)

/* In the order of --enrich's names. */
static const struct enricher *const enrichers[] = {
    &html_enricher, &s2_enricher, &openalex_enricher};

static const enum paper_key keys[ENRICH_NKEYS] = {
    [ENRICH_AUTHOR_INFO] = PAPER_AUTHOR_INFO,
    [ENRICH_REFERENCES] = PAPER_REFERENCES,
    [ENRICH_AFFILIATIONS] = PAPER_AFFILIATIONS,
    [ENRICH_CODE] = PAPER_CODE,
    [ENRICH_FIGURE] = PAPER_FIGURE,
};

struct tally {
	unsigned long known, unknown, unanswered, unasked;
};

static enum page_verdict
check_answer(void *arg, struct spool *page, bool last, char *why)
{
	struct strbuf *answer = arg;
	const char *error;
	size_t at;

	(void)last;
	if (!input_all(page->fd, answer)) {
		snprintf(why, WHY_SIZE, "the answer cannot be read");
		return PAGE_BAD;
	}
	if (!json_valid(strbuf_slice(answer), &error, &at)) {
		snprintf(why, WHY_SIZE, "the answer is not JSON: %s", error);
		return PAGE_AGAIN;
	}
	return PAGE_GOOD;
}

static enum download_result
get(struct enrich_batch *b, const char *source,
    const struct download_request *request, cJSON **answer)
{
	struct strbuf text = STRBUF_INIT(ANSWER_MAX);
	enum download_result result;
	struct download_request r = *request;
	struct spool page;

	r.source = source;
	r.accept = "application/json";
	r.check = check_answer;
	r.check_arg = &text;
	result = download_page(b->d, &r, &page, b->why);
	*answer =
	    result == DOWNLOAD_OK ? json_tree_parse(strbuf_slice(&text)) : NULL;
	spool_release(&page);
	strbuf_release(&text);
	return result;
}

/* The filter */

/* Of a paper that its judge held for nothing no more need be known. */
static bool
is_wanted(const struct fetch_options *o, const struct paper *p)
{
	return !o->min_relevance_given || paper_is_spared(p) ||
	    (!paper_is_screened_out(p) &&
		!paper_axis_is_below(p, "relevance", o->min_relevance));
}

static void
add_paper(struct enrich_batch *b, struct paper *p, bool wanted)
{
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct enriched *e = &b->v[b->n++];
	struct slice link;
	size_t pos = 0;
	long version;

	*e = (struct enriched) {.unasked = !wanted};
	e->len = p->line.n;
	e->line = xmemdup0(p->line.p, p->line.n);
	if (!wanted ||
	    !arxiv_id_parse(paper_text(p, PAPER_ID), e->id, &version))
		e->id[0] = '\0';
	e->has_references = paper_has(p, PAPER_REFERENCES);
	while (paper_list_next(p, PAPER_CODE, &pos, &link, &scratch))
		strlist_take(&e->code, xmemdup0(link.p, link.n));
	for (size_t k = 0; k < ENRICH_NKEYS; k++)
		strbuf_init(&e->value[k], ANSWER_MAX);
	strbuf_release(&scratch);
}

static void
write_paper(struct output *out, const struct enriched *e, struct paper *p)
{
	struct paper_change changes[ENRICH_NKEYS];
	size_t n = 0;

	/* It was parsed before, so it parses. */
	if (!paper_parse(p, (struct slice) {e->line, e->len}))
		abort();
	for (size_t k = 0; k < ENRICH_NKEYS; k++)
		if (e->value[k].len > 0)
			changes[n++] = (struct paper_change) {
			    keys[k], strbuf_slice(&e->value[k])};
	if (n > 0)
		paper_write(out, p, changes, n);
	else
		paper_pass(out, p);
}

static void
write_batch(struct output *out, struct enrich_batch *b, struct paper *p)
{
	for (size_t i = 0; i < b->n; i++) {
		write_paper(out, &b->v[i], p);
		for (size_t k = 0; k < ENRICH_NKEYS; k++)
			strbuf_release(&b->v[i].value[k]);
		strlist_release(&b->v[i].code);
		free(b->v[i].line);
	}
	b->n = 0;
}

static bool
is_known(const struct enriched *e)
{
	for (size_t k = 0; k < ENRICH_NKEYS; k++)
		if (e->value[k].len > 0)
			return true;
	return false;
}

static void
count(const struct enrich_batch *b, bool answered, struct tally *t)
{
	for (size_t i = 0; i < b->n; i++)
		if (is_known(&b->v[i]))
			t->known++;
		else if (b->v[i].unasked)
			t->unasked++;
		else if (answered)
			t->unknown++;
		else
			t->unanswered++;
}

/* After one failure nothing more is asked: the rest goes on as it is.  An
 * answer about one paper that is no use says nothing of the others. */
static void
end_batch(struct fetch *f, struct enrich_batch *b,
    const struct enricher *service, bool *down, struct paper *p,
    struct tally *t)
{
	enum download_result result = DOWNLOAD_FAILED;

	if (b->n == 0)
		return;
	download_doing(b->d, "%s, %llu papers so far", service->name,
	    (unsigned long long)run_counts.out);
	if (!*down && !download_is_over(b->d))
		result = service->ask(b);
	if (result == DOWNLOAD_BAD && service->batch == 1) {
		msg_error("%s: %s: %s", service->name, b->v->id, b->why);
		fetch_raise_status(f, EXIT_SOME_FAILED);
	} else if (result != DOWNLOAD_OK && !*down && !download_is_over(b->d)) {
		*down = true;
		msg_error("%s: %s; going on without it", service->name, b->why);
		fetch_raise_status(f, EXIT_SOME_FAILED);
	}
	count(b, result == DOWNLOAD_OK, t);
	write_batch(&f->out, b, p);
}

static void
report(const struct enricher *service, const struct tally *t)
{
	struct strbuf b = STRBUF_INIT(500);
	struct jsonw j = JSONW_INIT(&b);

	jsonw_open(&j, '{');
	jsonw_str(jsonw_key(&j, "by"), service->name);
	jsonw_int(jsonw_key(&j, "known"), (int64_t)t->known);
	jsonw_int(jsonw_key(&j, "unknown"), (int64_t)t->unknown);
	jsonw_int(jsonw_key(&j, "unanswered"), (int64_t)t->unanswered);
	if (t->unasked > 0)
		jsonw_int(jsonw_key(&j, "unasked"), (int64_t)t->unasked);
	jsonw_close(&j, '}');
	run_report_set("enriched", strbuf_slice(&b));
	strbuf_release(&b);
}

void
cmd_enrich(struct fetch *f)
{
	const struct enricher *service = enrichers[f->o.enrich - 1];
	struct enrich_batch b = {.d = &f->net, .get = get};
	struct tally t = {0, 0, 0, 0};
	struct paper p, again;
	struct line_reader in;
	size_t bytes = 0;
	bool down = false;

	b.v = xcalloc(service->batch, sizeof(*b.v));
	paper_init(&p);
	paper_init(&again);
	fetch_connect(f, service->site, service->pace);
	line_reader_open(&in, f->o.files);
	while (paper_read(&in, &p)) {
		add_paper(&b, &p, is_wanted(&f->o, &p));
		bytes += p.line.n;
		if (b.n == service->batch || bytes > BATCH_BYTES) {
			end_batch(f, &b, service, &down, &again, &t);
			bytes = 0;
		}
	}
	end_batch(f, &b, service, &down, &again, &t);
	line_reader_close(&in);
	report(service, &t);
	paper_release(&p);
	paper_release(&again);
	free(b.v);
}
