/* SPDX-License-Identifier: ISC */
#include "net/net.h"

#include <stdio.h>
#include <stdlib.h>

/* Silently, to look at it, or for its entries. */
static void
read_page(const struct feed_page *p, int fd, bool look, struct feed_info *info)
{
	const struct feed_sink sink = {
	    look ? NULL : p->entry, p->arg, look || p->uncounted};
	struct input in;

	feed_info_init(info);
	if (input_open_fd(&in, fd, p->url))
		feed_read(&in, &sink, info);
	input_close(&in);
}

/* Wrong bytes are a fault of the moment, an error in good form is not. */
static enum page_verdict
check_page(void *arg, struct spool *page, bool last, char *why)
{
	const struct feed_page *p = arg;
	enum page_verdict verdict;
	struct feed_info info;

	read_page(p, page->fd, true, &info);
	verdict = p->judge(p->arg, &info, last, why);
	if (info.error != NULL) {
		verdict = info.malformed ? PAGE_AGAIN : PAGE_BAD;
		snprintf(why, WHY_SIZE, "%s", info.error);
	}
	feed_info_release(&info);
	return verdict;
}

enum download_result
feed_page_get(struct downloader *d, const struct feed_page *p,
    struct feed_info *info, char why[WHY_SIZE])
{
	const struct download_request r = {
	    .url = p->url,
	    .source = p->source,
	    .accept = p->accept,
	    .no_cache = p->no_cache,
	    .check = check_page,
	    .check_arg = (void *)p,
	};
	enum download_result result;
	struct spool page;

	feed_info_init(info);
	result = download_page(d, &r, &page, why);
	if (result == DOWNLOAD_OK) {
		read_page(p, page.fd, false, info);
		/* It was good when it was looked at. */
		if (info->error != NULL) {
			result = DOWNLOAD_BAD;
			snprintf(why, WHY_SIZE, "%s", info->error);
		}
	}
	spool_release(&page);
	return result;
}

char *
query_ids_url(const char *base, const struct strlist *ids)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	char *url;

	for (size_t i = 0; i < ids->n; i++)
		strbuf_addf(&b, "%s%s", i > 0 ? "," : "", ids->v[i]);
	url = arxiv_ids_url(base, b.s, QUERY_IDS);
	strbuf_release(&b);
	return url;
}

/* How many entries the page must have. */
static long
expected(const struct query_page *q, const struct feed_info *info)
{
	long left = info->total_results - q->start;

	if (q->may_be_short)
		return 1;
	return left < q->size ? left : q->size;
}

/*
 * The interface is known to answer 200 with too few entries, or with none and
 * a total of 0, to a query that has results; so neither is believed at once,
 * and a list that was longer a moment ago does not end like that.
 */
static enum page_verdict
judge(void *arg, const struct feed_info *info, bool last, char *why)
{
	struct query_page *q = arg;
	bool again = q->asked_again || last;

	q->total = info->total_results;
	q->entries = (long)info->entries;
	if (info->error != NULL)
		return PAGE_BAD;
	if (info->kind != KIND_QUERY) {
		snprintf(why, WHY_SIZE,
		    "the answer is not from the query interface");
		return PAGE_AGAIN;
	}
	if (q->entries == 0 && q->total <= q->start) {
		q->asked_again = true;
		snprintf(why, WHY_SIZE,
		    q->start > 0 ? "no results after %ld others" : "no results",
		    q->start);
		return again && q->start == 0 ? PAGE_PASSING : PAGE_AGAIN;
	}
	if (q->total < q->start + q->entries && !q->may_be_short) {
		snprintf(why, WHY_SIZE, "%ld entries after %ld, of %ld in all",
		    q->entries, q->start, q->total);
		return PAGE_AGAIN;
	}
	if (q->entries < expected(q, info)) {
		snprintf(why, WHY_SIZE, "%ld entries instead of %ld",
		    q->entries, expected(q, info));
		return last && q->entries > 0 ? PAGE_PASSING : PAGE_AGAIN;
	}
	return PAGE_GOOD;
}

static void
give(void *arg, struct entry *e)
{
	const struct query_page *q = arg;

	q->entry(q->arg, e);
}

void
query_page_forget(struct downloader *d, const struct query_page *q)
{
	download_forget(d, &(struct download_request) {.url = q->url});
}

enum download_result
query_page_get(struct downloader *d, struct query_page *q)
{
	const struct feed_page p = {
	    .url = q->url,
	    .source = "api",
	    .accept = "application/atom+xml",
	    .judge = judge,
	    .entry = give,
	    .arg = q,
	};
	enum download_result result;
	struct feed_info info;

	q->asked_again = false;
	result = feed_page_get(d, &p, &info, q->why);
	if (result == DOWNLOAD_OK) {
		q->total = info.total_results;
		q->entries = (long)info.entries;
	}
	feed_info_release(&info);
	return result;
}

/* Listing pages */

#define LISTING_MAX ((size_t)32 << 20)

struct listing_request {
	struct listing *l;
	day_t due;
};

static enum page_verdict
check_listing(void *arg, struct spool *page, bool last, char *why)
{
	struct strbuf html = STRBUF_INIT(LISTING_MAX);
	const struct listing_request *w = arg;
	bool ok;

	(void)last;
	listing_release(w->l);
	ok = input_all(page->fd, &html) &&
	    listing_read(w->l, strbuf_slice(&html));
	strbuf_release(&html);
	snprintf(why, WHY_SIZE, "the page is not a listing");
	if (!ok)
		return PAGE_AGAIN;
	return w->l->day >= w->due ? PAGE_GOOD : PAGE_PASSING;
}

enum download_result
listing_page_get(struct downloader *d, const char *category, day_t due,
    struct listing *l, char why[WHY_SIZE])
{
	char *url = arxiv_listing_url(d->base_url, category);
	struct listing_request w = {l, due};
	const struct download_request r = {
	    .url = url,
	    .source = "listing",
	    .accept = "text/html",
	    .check = check_listing,
	    .check_arg = &w,
	};
	enum download_result result;
	struct spool page;

	*l = (struct listing) {.day = NO_DAY, .papers = BATCH_INIT};
	download_doing(d, "%s, listing page", category);
	result = download_page(d, &r, &page, why);
	spool_release(&page);
	free(url);
	return result;
}
