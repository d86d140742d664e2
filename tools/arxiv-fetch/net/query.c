/* SPDX-License-Identifier: ISC */
#include "net/query.h"

#include <stdio.h>

#include "formats/feed.h"

static void
read_page(struct query_page *p, int fd, bool silent, struct feed_info *info)
{
	const struct feed_sink sink = {
	    silent ? NULL : p->entry, p->arg, silent};
	struct input in;

	feed_info_init(info);
	if (input_open_fd(&in, fd, p->url))
		feed_read(&in, &sink, info);
	input_close(&in);
}

/* How many entries the page must have. */
static long
expected(const struct query_page *p, const struct feed_info *info)
{
	long left = info->total_results - p->start;

	if (p->may_be_short)
		return 1;
	return left < p->size ? left : p->size;
}

/*
 * The interface is known to answer 200 with too few entries, or with none and
 * a total of 0, to a query that has results; so neither is believed at once.
 */
static enum page_verdict
check_page(void *arg, struct spool *page, bool last, char *why)
{
	struct query_page *p = arg;
	struct feed_info info;
	enum page_verdict verdict = PAGE_GOOD;
	bool again = p->asked_again || last;

	read_page(p, page->fd, true, &info);
	p->total = info.total_results;
	p->entries = (long)info.entries;
	if (info.error != NULL) {
		verdict = info.malformed ? PAGE_AGAIN : PAGE_BAD;
		snprintf(why, WHY_SIZE, "%s", info.error);
	} else if (info.kind != KIND_API) {
		verdict = PAGE_AGAIN;
		snprintf(
		    why, WHY_SIZE, "the answer is not the query interface's");
	} else if (p->entries == 0 && p->total <= p->start) {
		verdict = again ? PAGE_PASSING : PAGE_AGAIN;
		p->asked_again = true;
		snprintf(why, WHY_SIZE, "no results");
	} else if (p->entries < expected(p, &info)) {
		verdict = last && p->entries > 0 ? PAGE_PASSING : PAGE_AGAIN;
		snprintf(why, WHY_SIZE, "%ld entries, where %ld were to come",
		    p->entries, expected(p, &info));
	}
	feed_info_release(&info);
	return verdict;
}

enum download_result
query_get(struct query_page *p)
{
	const struct download_request r = {
	    .url = p->url,
	    .source = "api",
	    .accept = "application/atom+xml",
	    .check = check_page,
	    .check_arg = p,
	};
	enum download_result result;
	struct feed_info info;
	struct spool page;

	p->asked_again = false;
	result = download_page(&p->f->get, &r, &page, p->why);
	if (result == DOWNLOAD_OK) {
		read_page(p, page.fd, false, &info);
		p->total = info.total_results;
		p->entries = (long)info.entries;
		result = download_reread(info.error, p->why);
		feed_info_release(&info);
	}
	spool_release(&page);
	return result;
}
