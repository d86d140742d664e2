/* SPDX-License-Identifier: ISC */
/* --source oai: all records of sets, or of everything, that changed between
 * two days; with --resume in as many runs as it takes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "fetch.h"

/* Records known again after a restart; more stand on one day only when
 * arXiv changes its records in bulk. */
#define SEEN_KEPT 20000

struct harvest {
	struct fetch *f;
	struct strlist sets; /* "" is everything */
	struct checkpoint at;
	struct feed_status *feed; /* of the set in hand */
	/* Hashes of the records of the day at.last and of this page. */
	struct strbuf recent;
	day_t recent_day;
};

static void
on_record(void *arg, struct entry *e)
{
	struct harvest *h = arg;

	if (e->datestamp != NO_DAY && e->datestamp > h->recent_day) {
		h->recent_day = e->datestamp;
		strbuf_reset(&h->recent);
	}
	if (h->recent.len < (size_t)SEEN_KEPT * 16)
		strbuf_addf(&h->recent, "%016llx",
		    (unsigned long long)oai_record_hash(e));
	h->feed->entries++;
	h->feed->kept += fetch_emit(h->f, e);
}

static void
know_again(struct recent_ids *seen, const char *hex)
{
	char one[17];

	for (; hex != NULL && strlen(hex) >= 16; hex += 16) {
		memcpy(one, hex, 16);
		one[16] = '\0';
		recent_ids_add(seen, strtoull(one, NULL, 16));
	}
}

/* What the checkpoint says of stdout, if that is a file. */
static void
note_output(struct checkpoint *c)
{
	struct stat st;

	c->device = c->inode = c->size = 0;
	/* Not known is not the same as not a file. */
	if (fstat(STDOUT_FILENO, &st) == -1)
		die(EXIT_SOME_FAILED, "<stdout>: %s", strerror(errno));
	if (!S_ISREG(st.st_mode))
		return;
	c->device = (uint64_t)st.st_dev;
	c->inode = (uint64_t)st.st_ino;
	c->size = (uint64_t)st.st_size;
}

/* Takes back what was written after the checkpoint. */
static void
restore_output(const struct checkpoint *c)
{
	struct checkpoint is = {.size = 0};

	note_output(&is);
	if (c->inode == 0 || is.device != c->device || is.inode != c->inode)
		return;
	if (is.size < c->size)
		die(EXIT_MISUSE,
		    "--resume: the output is shorter than it was; append to "
		    "it with >>");
	if (is.size > c->size &&
	    (ftruncate(STDOUT_FILENO, (off_t)c->size) == -1 ||
		lseek(STDOUT_FILENO, 0, SEEK_END) == -1))
		die(EXIT_SOME_FAILED, "<stdout>: %s", strerror(errno));
}

static void
save(struct harvest *h, const struct oai_list *l)
{
	struct checkpoint *c = &h->at;

	if (h->f->o.resume == NULL)
		return;
	free(c->token);
	c->token = l->token != NULL ? xstrdup(l->token) : NULL;
	if (l->done) {
		c->set++;
		c->last = NO_DAY;
	} else {
		c->last = l->last;
	}
	c->done = c->set == (long)h->sets.n;
	free(c->seen);
	c->seen = xstrdup(h->recent.s);
	if (!output_sync(&h->f->out))
		return; /* and the checkpoint stays at what was written */
	note_output(c);
	checkpoint_write(c, h->f->o.resume);
}

static enum download_result
get_set(struct harvest *h, const char *set)
{
	struct fetch *f = h->f;
	struct oai_list l;
	enum download_result result = DOWNLOAD_OK;
	uint64_t records = 0;

	oai_list_init(&l, &f->net, set, h->at.from,
	    f->o.until_given ? f->o.until : NO_DAY);
	/* The checkpoint serves better than a copy of all arXiv. */
	l.no_cache = f->o.resume != NULL;
	l.record = on_record;
	l.arg = h;
	l.last = h->at.last;
	l.token = h->at.token != NULL ? xstrdup(h->at.token) : NULL;
	know_again(&l.seen, h->at.seen);
	h->feed->url = NULL;
	while (result == DOWNLOAD_OK && !l.done && !fetch_is_full(f)) {
		result = oai_list_next(&l);
		if (h->feed->url == NULL && l.url != NULL)
			h->feed->url = xstrdup(l.url);
		if (result != DOWNLOAD_OK)
			break;
		h->at.pages++;
		h->at.records += l.records - records;
		records = l.records;
		if (l.responded != NO_DAY && h->at.next_from == NO_DAY)
			h->at.next_from = l.responded;
		save(h, &l);
	}
	snprintf(h->feed->why, sizeof(h->feed->why), "%s",
	    result == DOWNLOAD_OK ? "" : l.why);
	oai_list_release(&l);
	return result;
}

static void
set_sets(struct harvest *h)
{
	struct fetch *f = h->f;

	for (size_t i = 0; i < f->o.sets.n; i++)
		strlist_add(&h->sets, f->o.sets.v[i]);
	for (size_t i = 0; i < f->o.categories.n; i++) {
		struct strlist one = {&f->o.categories.v[i], 1};
		struct strbuf b = STRBUF_INIT(200);

		category_set(&b, &one);
		strlist_take(&h->sets, strbuf_detach(&b));
	}
	if (h->sets.n == 0)
		strlist_add(&h->sets, "");
}

/* Names the harvest in its checkpoint. */
static char *
describe(const struct harvest *h)
{
	const struct fetch_options *o = &h->f->o;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	char day[DATE_LEN];

	strbuf_addstr(&b, "sets");
	for (size_t i = 0; i < h->sets.n; i++)
		strbuf_addf(&b, " %s", h->sets.v[i]);
	if (o->since_given)
		strbuf_addf(&b, " from %s", day_format(o->since, day));
	if (o->until_given)
		strbuf_addf(&b, " until %s", day_format(o->until, day));
	return strbuf_detach(&b);
}

/* Goes on where the checkpoint says, or, where it says that all is done,
 * begins anew with what changed since. */
static void
resume(struct harvest *h)
{
	day_t from = h->f->o.since_given ? h->f->o.since : NO_DAY;
	struct checkpoint *c = &h->at;
	char *what = describe(h);

	c->last = c->next_from = NO_DAY;
	c->from = from;
	if (h->f->o.resume == NULL) {
		c->what = what;
		return;
	}
	checkpoint_lock(h->f->o.resume);
	if (checkpoint_read(c, h->f->o.resume, what, (long)h->sets.n)) {
		restore_output(c);
		if (c->seen != NULL)
			strbuf_addstr(&h->recent, c->seen);
		if (c->done) {
			c->from = c->next_from;
			c->next_from = NO_DAY;
			c->set = 0;
			c->done = false;
		}
		if (c->last != NO_DAY)
			h->recent_day = c->last;
	}
	free(what);
	/* Before the first page too, so that all of it can be taken back. */
	note_output(c);
	checkpoint_write(c, h->f->o.resume);
}

static void
tell_feed(struct feed_status *d, enum download_result result)
{
	d->result = result;
	d->state = result != DOWNLOAD_OK ? FEED_FAILED
	    : d->entries > 0		 ? FEED_OK
					 : FEED_EMPTY;
	feed_status_tell(d);
}

void
cmd_harvest(struct fetch *f)
{
	struct harvest h = {.f = f, .recent_day = NO_DAY};
	enum download_result result = DOWNLOAD_OK;
	struct feed_status *feeds;

	strbuf_init(&h.recent, STRBUF_MAX);
	set_sets(&h);
	resume(&h);
	feeds = xcalloc(h.sets.n, sizeof(*feeds));
	fetch_connect(f, "arxiv", 3);
	for (size_t i = 0; i < h.sets.n; i++) {
		feeds[i].category =
		    h.sets.v[i][0] != '\0' ? h.sets.v[i] : "all";
		feeds[i].announced = feeds[i].dated = NO_DAY;
		feeds[i].result = DOWNLOAD_STOPPED;
		if ((long)i < h.at.set)
			continue; /* an earlier run has it */
		feeds[i].state = FEED_FAILED;
		if (result != DOWNLOAD_OK &&
		    (download_is_over(&f->net) || f->o.resume))
			continue; /* the next run begins before it */
		h.feed = &feeds[i];
		result = get_set(&h, h.sets.v[i]);
		tell_feed(&feeds[i], result);
	}
	feed_status_report(f, feeds, h.sets.n);
	feed_status_free(feeds, h.sets.n);
	strlist_release(&h.sets);
	strbuf_release(&h.recent);
	checkpoint_release(&h.at);
}
