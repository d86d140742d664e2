/* SPDX-License-Identifier: ISC */
#include "verify.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "input.h"
#include "listing.h"
#include "schedule.h"

#define LIST_BASE "https://arxiv.org"
#define PAGE_MAX  ((size_t)32 << 20)

static enum get_verdict
check_page(void *arg, struct spool *page, bool last, char *why)
{
	struct strbuf html = STRBUF_INIT(PAGE_MAX);
	struct listing *l = arg;
	bool ok;

	(void)last;
	ok = input_all(page->fd, &html) && listing_read(l, strbuf_slice(&html));
	strbuf_release(&html);
	snprintf(why, GET_WHY_SIZE, "the page is no listing");
	if (!ok)
		return PAGE_AGAIN;
	return l->day >= schedule_due(now()) ? PAGE_GOOD : PAGE_PASSING;
}

/*
 * Replacements are not compared: the feed leaves those of version 6 and
 * later out, and changes of metadata too.
 */
static void
compare_counts(struct daily *d, const struct listing *l)
{
	long fresh = (long)d->counts.type[ANNOUNCE_NEW];
	long cross = (long)d->counts.type[ANNOUNCE_CROSS];

	if (fresh >= l->fresh && cross >= l->cross)
		return;
	d->state = DAILY_FAILED;
	snprintf(d->why, sizeof(d->why),
	    "short: %ld new and %ld cross-listed, where the listing page has "
	    "%ld and %ld",
	    fresh, cross, l->fresh, l->cross);
}

void
verify_compare(struct daily *d, const struct listing *l)
{
	char has[DATE_LEN], wants[DATE_LEN];

	d->verified = true;
	d->listed.type[ANNOUNCE_NEW] = (uint64_t)l->fresh;
	d->listed.type[ANNOUNCE_CROSS] = (uint64_t)l->cross;
	d->listed.type[ANNOUNCE_REPLACE] = (uint64_t)l->replaced;
	if (l->day == NO_DAY || d->announced == NO_DAY || l->day < d->announced)
		return; /* the page is of an older day than the feed */
	if (l->day > d->announced && l->any) {
		d->state = DAILY_STALE;
		snprintf(d->why, sizeof(d->why),
		    "stale: the feed is of %s, the listing page of %s",
		    day_format(d->announced, has), day_format(l->day, wants));
	} else if (d->state == DAILY_OK || d->state == DAILY_EMPTY) {
		compare_counts(d, l);
	}
}

void
verify_feed(struct fetch *f, struct daily *d)
{
	char *path = xasprintf("/list/%s/new?skip=0&show=2000", d->category);
	char *url = fetch_url(f, LIST_BASE, path), why[GET_WHY_SIZE];
	struct listing l = {0};
	const struct get_request r = {
	    .url = url,
	    .source = "listing",
	    .accept = "text/html",
	    .check = check_page,
	    .check_arg = &l,
	};
	struct spool page;
	enum get_result result;

	fetch_doing(f, "%s, listing page", d->category);
	result = get_page(&f->get, &r, &page, why);

	if (result == GET_OK) {
		verify_compare(d, &l);
	} else if (result != GET_STOPPED) {
		msg_error("%s: not verified: %s", d->category, why);
		fetch_status(f, EXIT_SOME_FAILED);
	}
	spool_release(&page);
	free(url);
	free(path);
}
