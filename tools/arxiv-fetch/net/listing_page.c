/* SPDX-License-Identifier: ISC */
#include "net/listing_page.h"

#include <stdio.h>
#include <stdlib.h>

#include "formats/input.h"
#include "model/arxiv.h"

#define LISTING_MAX ((size_t)32 << 20)

struct wanted {
	struct listing *l;
	day_t due;
};

static enum page_verdict
check(void *arg, struct spool *page, bool last, char *why)
{
	struct strbuf html = STRBUF_INIT(LISTING_MAX);
	const struct wanted *w = arg;
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
	struct wanted w = {l, due};
	const struct download_request r = {
	    .url = url,
	    .source = "listing",
	    .accept = "text/html",
	    .check = check,
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
