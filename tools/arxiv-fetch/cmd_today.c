/* SPDX-License-Identifier: ISC */
/* Today's announcement from the daily feeds, a request a category: a joined
 * request would change the announce types and be cut at 2000 entries. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "fetch.h"

/* The most entries arXiv puts into a feed. */
#define FEED_LIMIT 2000

/* One feed, from the question to the verdict. */
struct asked {
	struct fetch *f;
	struct feed_status *d;
	bool again; /* it had no entries, and was asked for once more */
	struct feed_sight sight;
	struct batch_memory memory;
	struct listing page;
	char page_why[WHY_SIZE]; /* why it is of no use */
	struct verdict verdict;
	bool is_cut; /* it is as long as a feed can be */
};

/* The feed */

static void
on_entry(void *arg, struct entry *e)
{
	struct asked *a = arg;

	feed_status_add(a->d, e);
}

/* "cs.LG updates on arXiv.org" is the title of that category's feed; several
 * are named with commas between them. */
static bool
is_of_another(const char *title, const char *category, struct slice *other)
{
	static const char words[] = " updates on arXiv.org";
	const char *end = strstr(title, words);
	struct slice rest, name;
	char text[64];

	if (end == NULL)
		return false;
	*other = rest = (struct slice) {title, (size_t)(end - title)};
	while (slice_cut(&rest, ',', &name)) {
		name = slice_trim(name);
		snprintf(text, sizeof(text), "%.*s", (int)name.n, name.p);
		if (strcmp(category_alias(text), category_alias(category)) == 0)
			return false;
	}
	return true;
}

/* False with why set if the answer, though in good form, is none to this
 * question. */
static bool
is_answer(const struct feed_info *info, const char *category, char *why)
{
	static const char *const kinds[] = {
	    [KIND_OTHER] = "something else",
	    [KIND_QUERY] = "an answer of the query interface",
	    [KIND_OAI] = "an answer of OAI-PMH",
	    [KIND_JSON] = "JSON",
	};
	struct slice other;

	if (info->kind != KIND_DAILY)
		snprintf(why, WHY_SIZE, "%s, not a feed", kinds[info->kind]);
	else if (info->title == NULL)
		snprintf(why, WHY_SIZE, "a feed without a title");
	else if (is_of_another(info->title, category, &other))
		snprintf(why, WHY_SIZE, "the feed of %.*s instead",
		    (int)other.n, other.p);
	else
		return true;
	return false;
}

/* An answer without entries on a working day is more often a fault of the
 * moment than a quiet day: it is asked for once more. */
static enum page_verdict
judge(void *arg, const struct feed_info *info, bool last, char *why)
{
	struct asked *a = arg;
	struct feed_status *d = a->d;
	day_t today = eastern_day(now());
	char has[DATE_LEN], clock[MOMENT_LEN];
	bool again = !a->again && !last;

	d->dated = info->newest != NO_DAY ? info->newest : info->announced;
	if (info->error != NULL)
		return PAGE_BAD;
	if (!is_answer(info, d->category, why))
		return PAGE_AGAIN;
	if (info->entries == 0 && !schedule_has_feed(today))
		return PAGE_GOOD; /* whatever it says of itself */
	if (feed_is_ahead(d->dated, now())) {
		snprintf(why, WHY_SIZE,
		    "the feed is of %s, and by this clock it is %s; check "
		    "the clock",
		    day_format(d->dated, has), moment_format(now(), clock));
		return PAGE_BAD;
	}
	if (info->entries > 0)
		return PAGE_GOOD;
	a->again = true;
	snprintf(why, WHY_SIZE, "no entries");
	return again ? PAGE_AGAIN : PAGE_PASSING;
}

static void
get_feed(struct asked *a)
{
	const struct feed_page p = {
	    .url = a->d->url,
	    .source = "rss",
	    .accept = "application/rss+xml, application/atom+xml, "
		      "application/xml;q=0.9",
	    .judge = judge,
	    .entry = on_entry,
	    .arg = a,
	};
	struct feed_status *d = a->d;
	struct feed_info info;
	char why[WHY_SIZE];

	d->result = feed_page_get(&a->f->net, &p, &info, why);
	d->entries = info.entries;
	memcpy(d->counts.type, info.by_type, sizeof(d->counts.type));
	feed_info_release(&info);
	d->state = FEED_FAILED;
	if (d->result != DOWNLOAD_OK)
		snprintf(d->why, sizeof(d->why), "%s", why);
}

/* What it is held against */

static void
get_page(struct asked *a)
{
	const struct listing *l = &a->page;
	struct page_sight *p = &a->sight.page;
	struct feed_status *d = a->d;
	enum download_result result;

	result = listing_page_get(
	    &a->f->net, d->category, a->sight.due, &a->page, a->page_why);
	if (result != DOWNLOAD_OK)
		return;
	d->verified = true;
	d->listed.type[ANNOUNCE_NEW] = (uint64_t)l->fresh;
	d->listed.type[ANNOUNCE_CROSS] = (uint64_t)l->cross;
	d->listed.type[ANNOUNCE_REPLACE] = (uint64_t)l->replaced;
	snprintf(a->page_why, sizeof(a->page_why), "%s",
	    l->no_updates ? "it says that there are no updates today"
			  : "it has no date");
	p->says_nothing = l->no_updates && l->day == NO_DAY;
	if (l->day == NO_DAY)
		return;
	if (l->any && l->papers.ids.n == 0 &&
	    l->fresh + l->cross + l->replaced > 0) {
		snprintf(a->page_why, sizeof(a->page_why),
		    "no ids were found on it");
		return;
	}
	p->day = l->day;
	p->papers = &l->papers;
	p->age = l->day < a->sight.due ? PAGE_OLDER
	    : l->day > a->sight.due    ? PAGE_NEWER
				       : PAGE_CURRENT;
}

static void
look(struct asked *a)
{
	a->sight.papers = &a->d->batch;
	a->sight.memory = &a->memory;
	a->sight.dated = a->d->dated;
	a->sight.today = eastern_day(now());
	a->sight.due = schedule_due(now());
	/* Its day begins within the slack. */
	if (a->sight.dated > a->sight.today) {
		a->sight.today = eastern_day(now() + CLOCK_SLACK);
		a->sight.due = schedule_due(now() + CLOCK_SLACK);
	}
	a->sight.verify = a->f->o.verify;
	a->sight.page = (struct page_sight) {
	    .age = PAGE_NONE, .day = NO_DAY, .why = a->page_why};
	if (a->f->o.verify)
		get_page(a);
}

/* What follows */

/* Ids that only the feed has were added late, or the page is cut. */
static void
note_unlisted(struct asked *a)
{
	const struct batch *b = &a->d->batch;
	bool is_cut = (long)a->page.papers.ids.n <
	    a->page.fresh + a->page.cross + a->page.replaced;

	for (size_t i = 0; i < b->ids.n && !is_cut; i++) {
		char id[ARXIV_ID_SIZE];

		if (b->v[i].announce <= ANNOUNCE_CROSS &&
		    !batch_has(&a->page.papers, strmap_get(&b->ids, i)))
			strlist_add(&a->d->unlisted, batch_id(b, i, id));
	}
	if (a->d->unlisted.n > 0)
		msg_warn("%s: the listing page lacks %s%s", a->d->category,
		    a->d->unlisted.v[0], a->d->unlisted.n > 1 ? ", .." : "");
}

/* A page may be cut where papers cannot be named, but they are counted. */
static void
compare_counts(struct asked *a)
{
	struct feed_status *d = a->d;
	long fresh = (long)batch_count(&d->batch, ANNOUNCE_NEW);
	long cross = (long)batch_count(&d->batch, ANNOUNCE_CROSS);

	if (d->state != FEED_OK ||
	    fresh + cross >= a->page.fresh + a->page.cross)
		return;
	d->state = FEED_FAILED;
	snprintf(d->why, sizeof(d->why),
	    "short: %ld new and %ld cross-listed, where the listing page has "
	    "%ld and %ld",
	    fresh, cross, a->page.fresh, a->page.cross);
}

static void
compare(struct asked *a)
{
	if (a->d->state != FEED_OK || a->sight.page.papers == NULL ||
	    a->sight.page.day != a->verdict.day)
		return;
	note_unlisted(a);
	feed_complete(
	    a->f, a->d, &a->page.papers, a->verdict.day, ANNOUNCE_CROSS);
	compare_counts(a);
}

/* What is cut off a feed are new papers; OAI has them.  The feed stays
 * failed: cross-listings may be missing still. */
static void
fill_gap(struct asked *a)
{
	struct feed_status *d = a->d;
	struct oai_dates o = {.d = &a->f->net,
	    .categories = &a->f->o.categories,
	    .category = d->category,
	    .first = a->verdict.unknown_as,
	    .last = a->verdict.unknown_as,
	    .found = on_entry,
	    .arg = a};
	size_t before = d->day->n;

	if (d->dated == NO_DAY)
		return;
	if (oai_dates_get(&o) != DOWNLOAD_OK && !run_stopping())
		msg_error("%s: filling the gap: %s", d->category, o.why);
	else
		msg_warn("%s: %zu more papers were found by OAI-PMH",
		    d->category, d->day->n - before);
	oai_dates_release(&o);
}

/* The day's papers, and to which day each belongs. */
struct today {
	struct paper_table papers;
	day_t *days; /* as the table numbers them; NO_DAY: as its feed says */
	size_t ndays, cap;
};

/* Of a paper in several feeds the latest day counts: there it was announced
 * anew. */
static void
set_days(struct today *t, const struct asked *a)
{
	const struct batch *b = &a->d->batch;

	t->days = xgrow(t->days, &t->cap, t->papers.n + 1, sizeof(*t->days));
	while (t->ndays < t->papers.n)
		t->days[t->ndays++] = NO_DAY;
	for (size_t i = 0; i < b->ids.n; i++) {
		char id[ARXIV_ID_SIZE];
		size_t at = paper_table_find(&t->papers, batch_id(b, i, id));
		day_t day = verdict_day_of(
		    &a->verdict, &a->sight, strmap_get(&b->ids, i), &b->v[i]);

		if (day > t->days[at])
			t->days[at] = day;
	}
}

/* What is new joins the memory. */
static void
remember(const struct asked *a, struct memory_file *file)
{
	const struct verdict *v = &a->verdict;
	const struct batch *b = &a->d->batch;
	struct batch seen = BATCH_INIT;

	if (!v->remember || v->unknown_as == NO_DAY)
		return;
	seen.day = v->unknown_as;
	seen.proof = v->proof;
	for (size_t i = 0; i < b->ids.n; i++) {
		struct slice id = strmap_get(&b->ids, i);

		if (verdict_day_of(v, &a->sight, id, &b->v[i]) == seen.day)
			batch_add(&seen, id, b->v[i].version, b->v[i].announce);
	}
	memory_file_put(file, &seen, 1);
	batch_release(&seen);
}

/* From what was seen to what is said of it. */
static void
conclude(struct asked *a)
{
	struct feed_status *d = a->d;
	struct strbuf why = STRBUF_INIT(sizeof(d->why) - 1);
	struct verdict *v = &a->verdict;
	bool is_doubt;

	look(a);
	*v = verdict_find(&a->sight);
	is_doubt =
	    v->reason == REASON_NOT_PROVED || v->reason == REASON_NOT_COMPARED;
	d->state = v->state;
	d->proof = v->proof;
	d->announced = v->day;
	d->unproved = v->reason == REASON_NOT_PROVED && a->f->o.verify;
	if (!is_doubt || a->f->o.verify)
		verdict_explain(v, &a->sight, &why);
	snprintf(d->why, sizeof(d->why), "%s", why.s);
	strbuf_release(&why);
	compare(a);
	a->is_cut = d->state == FEED_OK && d->entries >= FEED_LIMIT;
	if (a->is_cut) {
		d->state = FEED_FAILED;
		snprintf(d->why, sizeof(d->why),
		    "truncated: a feed holds no more than %d entries",
		    FEED_LIMIT);
	}
}

/* Only what is announced for certain need not be asked for again. */
static void
forget_doubtful(const struct asked *a)
{
	const struct download_request r = {.url = a->d->url};

	if (a->d->state >= FEED_STALE || a->d->unproved)
		download_forget(&a->f->net, &r);
}

static void
ask(struct fetch *f, struct today *t, struct feed_status *all, size_t i)
{
	struct feed_status *d = &all[i];
	struct asked a = {.f = f, .d = d};
	struct memory_file file;

	a.page = (struct listing) {.day = NO_DAY, .papers = BATCH_INIT};
	d->url = arxiv_feed_url(f->o.base_url,
	    f->o.source == SOURCE_ATOM ? "atom" : "rss", d->category);
	memory_file_init(&file, f->memory_dir, f->o.base_url, d->category);
	memory_file_load(&file, &a.memory);
	download_doing(
	    &f->net, "%zu of %zu, %s", i + 1, f->o.categories.n, d->category);
	get_feed(&a);
	if (d->result == DOWNLOAD_OK)
		conclude(&a);
	feed_status_tell(d);
	if (a.is_cut)
		fill_gap(&a);
	if (d->result == DOWNLOAD_OK) {
		set_days(t, &a);
		remember(&a, &file);
		forget_doubtful(&a);
	}
	memory_file_release(&file);
	memory_release(&a.memory);
	listing_release(&a.page);
}

void
cmd_today(struct fetch *f)
{
	struct today t = {.papers = PAPER_TABLE_INIT};
	struct feed_status *d = feed_status_new(f, &t.papers);

	fetch_connect(f, "arxiv", 3);
	for (size_t i = 0; i < f->o.categories.n && !run_stopping(); i++)
		ask(f, &t, d, i);
	for (size_t i = 0; i < t.ndays; i++)
		if (t.days[i] != NO_DAY)
			t.papers.v[i]->announced = t.days[i];
	if (f->o.details && !run_stopping())
		details_add(f, &t.papers);
	feed_status_finish(f, d, f->o.categories.n, false);
	feed_status_free(d, f->o.categories.n);
	paper_table_release(&t.papers);
	free(t.days);
}
