/* SPDX-License-Identifier: ISC */
/* arXiv's own page of a paper in HTML: a request for each. */
#include <stdio.h>
#include <stdlib.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "enrich/enrich.h"

#define BASE "https://arxiv.org"

struct asked {
	struct paper_page *page;
	const char *url;
};

static enum page_verdict
check(void *arg, struct spool *answer, bool last, char *why)
{
	struct asked *a = arg;

	paper_page_release(a->page);
	paper_page_init(a->page);
	if (paper_page_read(a->page, answer->fd, a->url, why, WHY_SIZE))
		return PAGE_GOOD;
	/* What is wrong with one page in the end is no outage. */
	return last ? PAGE_BAD : PAGE_AGAIN;
}

static void
put_list(struct strbuf *b, const struct strlist *l)
{
	struct jsonw j = JSONW_INIT(b);

	if (l->n == 0)
		return;
	jsonw_open(&j, '[');
	for (size_t i = 0; i < l->n; i++)
		jsonw_str(&j, l->v[i]);
	jsonw_close(&j, ']');
}

static void
fill_in(struct enriched *e, const struct paper_page *page)
{
	for (size_t i = 0; i < page->code.n; i++)
		strlist_add_new(&e->code, slice_of(page->code.v[i]));
	/* A page without a list of them leaves them to others. */
	if (page->nreferences > 0)
		strbuf_addslice(&e->value[ENRICH_REFERENCES],
		    strbuf_slice(&page->references));
	put_list(&e->value[ENRICH_AFFILIATIONS], &page->affiliations);
	put_list(&e->value[ENRICH_CODE], &e->code);
	strbuf_addslice(&e->value[ENRICH_FIGURE], strbuf_slice(&page->figure));
	if (page->left_out > 0)
		msg_warn("%s: %zu references more than the first %zu are left "
			 "out",
		    e->id, page->left_out, page->nreferences);
}

static enum download_result
ask(struct enrich_batch *b)
{
	char *path = xasprintf("/html/%s", b->v->id);
	char *url = url_at(b->d->base_url, BASE, path);
	struct paper_page page;
	struct asked asked = {&page, url};
	const struct download_request r = {.url = url,
	    .source = "html",
	    .accept = "text/html",
	    .check = check,
	    .check_arg = &asked};
	enum download_result result = DOWNLOAD_OK;
	struct spool answer;

	paper_page_init(&page);
	if (b->v->id[0] != '\0') {
		result = download_page(b->d, &r, &answer, b->why);
		if (result == DOWNLOAD_OK)
			spool_release(&answer);
		/* It comes with some papers later, and with some never. */
		if (result == DOWNLOAD_BAD && b->d->status == 404) {
			msg_warn("%s: arXiv has no HTML of it, or not yet",
			    b->v->id);
			result = DOWNLOAD_OK;
		} else if (result == DOWNLOAD_OK) {
			fill_in(b->v, &page);
		}
	}
	paper_page_release(&page);
	free(url);
	free(path);
	return result;
}

const struct enricher html_enricher = {"html", "arxiv", 3.0, 1, ask};
