/* SPDX-License-Identifier: ISC */
/* --query: a search by the query interface, by the dates of submission. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "fetch.h"

#define PAGE	1000
/*
 * Pages overlap: when papers vanish from the results between two requests,
 * the rest moves up, and would be skipped.  New papers join at the end where
 * the oldest come first, else what was met comes again.
 */
#define OVERLAP 10
/* So often in one window a gap is gone back for. */
#define GAPS	5

struct search {
	struct fetch *f;
	struct feed_status *feed;
	char *query; /* with categories, without dates */
	moment_t from, until; /* NO_MOMENT: open */
	moment_t last; /* submission of the last paper met, as ordered */
	struct recent_ids seen;
	/* The page in hand: entries that are met again, and others. */
	uint64_t known, fresh;
	bool overlaps; /* it begins with what the one before ends with */
	long behind; /* up to here pages may show nothing new */
	int gaps;
};

static void
on_entry(void *arg, struct entry *e)
{
	struct search *s = arg;

	if (e->published != NO_MOMENT &&
	    (s->last == NO_MOMENT ||
		(e->published > s->last) != s->f->o.newest))
		s->last = e->published;
	if (recent_ids_add(&s->seen, recent_ids_hash(e->id))) {
		s->known++;
		run_dropped("duplicate", 1);
		return;
	}
	s->fresh++;
	s->feed->entries++;
	s->feed->kept += fetch_emit(s->f, e);
}

/* "(Q) AND (cat:cs.LG OR cat:cs.AI)"; either part may be missing. */
static char *
make_query(const struct fetch *f)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	if (f->o.query != NULL)
		strbuf_addf(
		    &b, f->o.categories.n > 0 ? "(%s) AND " : "%s", f->o.query);
	for (size_t i = 0; i < f->o.categories.n; i++)
		strbuf_addf(&b, "%scat:%s%s", i == 0 ? "(" : " OR ",
		    f->o.categories.v[i],
		    strchr(f->o.categories.v[i], '.') == NULL ? "*" : "");
	if (f->o.categories.n > 0)
		strbuf_addch(&b, ')');
	return strbuf_detach(&b);
}

/* "202609251430", in UTC; open ends get arXiv's first and the last year. */
static void
add_minute(struct strbuf *b, moment_t t, const char *open)
{
	struct ymd d;
	int minute;

	if (t == NO_MOMENT) {
		strbuf_addstr(b, open);
		return;
	}
	d = day_to_ymd(day_of(t));
	minute = (int)(t - day_of(t) * DAY_SECONDS) / 60;
	strbuf_addf(b, "%04d%02d%02d%02d%02d", d.year, d.month, d.day,
	    minute / 60, minute % 60);
}

static char *
page_url(const struct search *s, long start)
{
	struct strbuf q = STRBUF_INIT(STRBUF_MAX);
	char *url;

	if (s->from == NO_MOMENT && s->until == NO_MOMENT) {
		strbuf_addstr(&q, s->query);
	} else {
		strbuf_addf(&q, "(%s) AND submittedDate:[", s->query);
		add_minute(&q, s->from, "199101010000");
		strbuf_addstr(&q, " TO ");
		add_minute(&q, s->until, "299912312359");
		strbuf_addch(&q, ']');
	}
	url = arxiv_search_url(
	    s->f->o.base_url, q.s, s->f->o.newest, start, PAGE);
	strbuf_release(&q);
	return url;
}

static bool
wants_no_more(const struct fetch *f)
{
	return download_is_over(&f->net) || fetch_is_full(f);
}

/* More has vanished than pages overlap: what is left of the papers in between
 * stands on an earlier page by now. */
static enum download_result
go_back(struct search *s, struct query_page *p)
{
	if (s->gaps++ == GAPS) {
		snprintf(p->why, sizeof(p->why),
		    "the results vanish while they are read");
		return DOWNLOAD_FAILED;
	}
	if (s->behind < p->start)
		s->behind = p->start;
	p->start = p->start > PAGE / 2 ? p->start - PAGE / 2 : 0;
	s->overlaps = p->start > 0;
	return DOWNLOAD_OK;
}

/* To the next page, if the one in hand follows the one before. */
static enum download_result
turn_page(struct search *s, struct query_page *p, bool *done)
{
	if (s->overlaps && s->known == 0)
		return go_back(s, p);
	s->overlaps = p->entries > 2 * OVERLAP;
	if (s->overlaps && s->fresh == 0 && p->start > s->behind) {
		snprintf(p->why, sizeof(p->why), "the same results again");
		query_page_forget(&s->f->net, p);
		return DOWNLOAD_FAILED;
	}
	*done = p->start + p->entries >= p->total;
	p->start += s->overlaps ? p->entries - OVERLAP : p->entries;
	return DOWNLOAD_OK;
}

/*
 * The pages of one window of submission dates, up to the interface's limit.
 * *more: there are results behind the limit.
 */
static enum download_result
search_window(struct search *s, bool *more)
{
	struct query_page p = {.size = PAGE, .entry = on_entry, .arg = s};
	enum download_result result;
	bool done = false;

	*more = s->overlaps = false;
	s->gaps = 0;
	do {
		s->known = s->fresh = 0;
		free(p.url);
		p.url = page_url(s, p.start);
		if (s->feed->url == NULL)
			s->feed->url = xstrdup(p.url);
		download_doing(&s->f->net, "search, %llu papers so far",
		    (unsigned long long)s->feed->entries);
		result = query_page_get(&s->f->net, &p);
		if (result == DOWNLOAD_OK)
			result = turn_page(s, &p, &done);
		*more = !done && p.start + PAGE > QUERY_LIMIT;
	} while (
	    result == DOWNLOAD_OK && !done && !*more && !wants_no_more(s->f));
	if (result != DOWNLOAD_OK)
		snprintf(s->feed->why, sizeof(s->feed->why), "%s", p.why);
	free(p.url);
	return result;
}

/* Behind the limit the search goes on from the last paper's minute. */
static enum download_result
search_all(struct search *s)
{
	moment_t *bound = s->f->o.newest ? &s->until : &s->from;
	enum download_result result;
	bool more;

	do {
		result = search_window(s, &more);
		if (result != DOWNLOAD_OK || !more)
			return result;
		if (s->last == NO_MOMENT || s->last / 60 * 60 == *bound) {
			snprintf(s->feed->why, sizeof(s->feed->why),
			    "more than %d papers were submitted in one minute",
			    QUERY_LIMIT);
			return DOWNLOAD_BAD;
		}
		*bound = s->last / 60 * 60;
		s->behind = QUERY_LIMIT; /* that minute comes again */
	} while (!wants_no_more(s->f));
	return result;
}

void
cmd_search(struct fetch *f)
{
	struct feed_status feed = {.announced = NO_DAY, .dated = NO_DAY};
	struct search s = {.f = f,
	    .feed = &feed,
	    .query = make_query(f),
	    .from = NO_MOMENT,
	    .until = NO_MOMENT,
	    .last = NO_MOMENT};

	if (f->o.since_given)
		s.from = f->o.since * DAY_SECONDS;
	if (f->o.until_given)
		s.until = (f->o.until + 1) * DAY_SECONDS - 60;
	feed.category = s.query;
	fetch_connect(f, "arxiv", 3);
	feed.result = search_all(&s);
	feed.state = feed.result != DOWNLOAD_OK ? FEED_FAILED
	    : feed.entries > 0			? FEED_OK
						: FEED_EMPTY;
	feed_status_tell(&feed);
	feed_status_report(f, &feed, 1);
	free(feed.url);
	free(s.query);
	recent_ids_release(&s.seen);
}
