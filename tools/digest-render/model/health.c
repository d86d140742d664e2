/* SPDX-License-Identifier: ISC */
/* What went wrong or is good to know, in sentences for the head. */
#include <inttypes.h>
#include <stdlib.h>

#include "common/base/number.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "model/digest_internal.h"

/* So many days are named that nobody fetched. */
#define GAPS_NAMED 5

/* The day of what is not one day's. */
static const struct slice everybodys = {"", 0};

/* Worst first, and in order of telling among equals. */
static void
notice(struct digest *d, enum notice_level level, struct slice day,
    struct slice text)
{
	size_t at = d->nnotices;

	d->notices = xgrow(d->notices, &d->builder->notices_cap,
	    d->nnotices + 1, sizeof(*d->notices));
	for (; at > 0 && d->notices[at - 1].level < level; at--)
		d->notices[at] = d->notices[at - 1];
	d->notices[at] = (struct digest_notice) {level, text, day};
	d->nnotices++;
}

/* Takes the sentence out of b. */
static void
notice_buf(struct digest *d, enum notice_level level, struct slice day,
    struct strbuf *b)
{
	notice(d, level, day, arena_copy(&d->arena, strbuf_slice(b)));
	strbuf_release(b);
}

/* "cs.LG (timed out), cs.AI": the categories whose feed has that status. */
static void
name_feeds(struct strbuf *b, const struct digest_run *r, const char *status)
{
	const char *comma = "";

	for (size_t i = 0; i < r->nfeeds; i++) {
		if (!slice_eq(r->feeds[i].status, status))
			continue;
		strbuf_addstr(b, comma);
		strbuf_addslice(b, r->feeds[i].category);
		if (r->feeds[i].why.n > 0) {
			strbuf_addstr(b, " (");
			strbuf_addslice(b, r->feeds[i].why);
			strbuf_addch(b, ')');
		}
		comma = ", ";
	}
}

/* In a digest of several days a sentence belongs to one, and names it. */
static struct slice
run_day(const struct digest *d, const struct digest_run *r)
{
	return d->nruns > 1 ? r->date : everybodys;
}

static void
begin(struct strbuf *b, struct slice day)
{
	strbuf_init(b, STRBUF_MAX);
	strbuf_addslice(b, day);
	strbuf_addstr(b, day.n > 0 ? ": " : "");
}

/* What to do about it: only paperround's runs are known to be repeatable by
 * one command. */
static void
add_next_step(
    struct strbuf *b, const struct digest_run *r, enum notice_level level)
{
	if (r->result.n > 0 && r->date.n > 0 && level > NOTICE_INFO)
		strbuf_addf(b, " 'paperround day %.*s' tries again.",
		    (int)r->date.n, r->date.p);
	else if (level == NOTICE_OUTAGE)
		strbuf_addstr(b, " Try again later.");
}

static const struct {
	const char *status;
	enum notice_level level;
	const char *before, *after;
} feed_words[] = {
    {"failed", NOTICE_WARNING, "The feed could not be fetched for ",
	": papers are missing."},
    {"missing", NOTICE_WARNING, "arXiv did not have the due announcement of ",
	": its papers are missing."},
    {"stale", NOTICE_WARNING, "arXiv still served an old feed for ",
	": its new papers are missing."},
    {"holiday", NOTICE_INFO, "arXiv announced nothing (holiday) in ", "."},
};

/* Feeds that came, and of which something is said all the same. */
static size_t
word_remarks(struct digest *d, const struct digest_run *r)
{
	const struct report_feed *f;
	struct strbuf b;
	size_t i, told = 0;

	for (i = 0; i < r->nfeeds; i++) {
		f = &r->feeds[i];
		if (f->why.n == 0 ||
		    (!slice_eq(f->status, "ok") &&
			!slice_eq(f->status, "empty")))
			continue;
		begin(&b, run_day(d, r));
		strbuf_addslice(&b, f->category);
		strbuf_addstr(&b, ": ");
		strbuf_addslice(&b, f->why);
		strbuf_addch(&b, '.');
		notice_buf(d, NOTICE_WARNING, run_day(d, r), &b);
		told++;
	}
	return told;
}

static void
word_fetch(struct digest *d, const struct digest_run *r)
{
	enum notice_level level;
	struct strbuf b;
	size_t i, told = 0;

	for (i = 0; i < sizeof(feed_words) / sizeof(feed_words[0]); i++) {
		if (report_feeds(r, feed_words[i].status) == 0)
			continue;
		/* Without any feed nothing is known at all. */
		level = feed_words[i].level;
		if (level == NOTICE_WARNING && report_bad_feeds(r) == r->nfeeds)
			level = NOTICE_OUTAGE;
		begin(&b, run_day(d, r));
		strbuf_addstr(&b, feed_words[i].before);
		name_feeds(&b, r, feed_words[i].status);
		strbuf_addstr(&b, feed_words[i].after);
		if (told == 0)
			add_next_step(&b, r, level);
		notice_buf(d, level, run_day(d, r), &b);
		told++;
	}
	told += word_remarks(d, r);
	if (r->fetch_exit == EXIT_OK || told > 0)
		return;
	begin(&b, run_day(d, r));
	strbuf_addf(&b,
	    "Fetching ended with status %ld: papers may be missing.",
	    r->fetch_exit);
	level =
	    r->fetch_exit >= EXIT_TRY_LATER ? NOTICE_OUTAGE : NOTICE_WARNING;
	add_next_step(&b, r, level);
	notice_buf(d, level, run_day(d, r), &b);
}

static void
word_score(struct digest *d, const struct digest_run *r)
{
	bool outage = slice_eq(r->health, "outage");
	enum notice_level level = outage || r->score_exit >= EXIT_TRY_LATER
	    ? NOTICE_OUTAGE
	    : NOTICE_WARNING;
	struct strbuf b;

	if (!outage && !slice_eq(r->health, "degraded") &&
	    r->score_exit < EXIT_TRY_LATER)
		return;
	begin(&b, run_day(d, r));
	strbuf_addstr(&b,
	    r->score_exit == EXIT_REFUSED
		? "The model's service refused the work: check the key, the "
		  "quota and the model's name"
		: outage ? "The model did not answer"
			 : "The model answered only in part");
	report_name_counts(&b, &r->errors);
	if (r->stopped.n > 0) {
		strbuf_addstr(&b, ": ");
		strbuf_addslice(&b, r->stopped);
	}
	/* The papers themselves tell it better. */
	if (d->nunscored == 0 && r->score_unscored > 0 && r->scanned_known)
		strbuf_addf(&b,
		    "; %" PRIu64 " of %" PRIu64 " papers were not scored",
		    r->score_unscored, r->scanned);
	strbuf_addch(&b, '.');
	if (r->score_exit != EXIT_REFUSED || r->result.n > 0)
		add_next_step(&b, r, level);
	notice_buf(d, level, run_day(d, r), &b);
}

/* Services as people know them. */
static const struct {
	const char *by, *name;
} services[] = {
    {"html", "arXiv's pages"},
    {"s2", "Semantic Scholar"},
    {"openalex", "OpenAlex"},
};

static void
word_unanswered(struct digest *d, const struct digest_run *r)
{
	const char *name = "A service";
	struct strbuf b;

	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		if (slice_eq(r->unanswered_by, services[i].by))
			name = services[i].name;
	begin(&b, run_day(d, r));
	strbuf_addf(&b, "%s could not be asked about ", name);
	number_add_plural(&b, r->unanswered, "paper", "papers");
	strbuf_addstr(&b, ", so less is known of them.");
	notice_buf(d, NOTICE_WARNING, run_day(d, r), &b);
}

/* The worst come first. */
static size_t
count_outages(const struct digest *d)
{
	size_t n = 0;

	while (n < d->nnotices && d->notices[n].level == NOTICE_OUTAGE)
		n++;
	return n;
}

static void
word_run(struct digest *d, const struct digest_run *r)
{
	size_t outages = count_outages(d);
	struct strbuf b;

	if (report_is_mended(d, r) ||
	    (r->retried && r->fetch_exit == EXIT_OK)) {
		begin(&b, run_day(d, r));
		strbuf_addstr(
		    &b, "Not everything came at first; a later try got it.");
		notice_buf(d, NOTICE_INFO, run_day(d, r), &b);
	}
	if (report_is_mended(d, r))
		return;
	if (r->fetched)
		word_fetch(d, r);
	if (r->scoring)
		word_score(d, r);
	if (r->filtered && r->filter_exit > EXIT_SOME_FAILED)
		notice(d, NOTICE_OUTAGE, run_day(d, r),
		    arena_textf(&d->arena, "Filtering ended with status %ld.",
			r->filter_exit));
	if (r->lines_failed > 0) {
		begin(&b, run_day(d, r));
		number_add_plural(&b, r->lines_failed,
		    "line was not the record of a paper and was",
		    "lines were not records of papers and were");
		strbuf_addstr(&b, " left out.");
		notice_buf(d, NOTICE_WARNING, run_day(d, r), &b);
	}
	if (r->unanswered > 0)
		word_unanswered(d, r);
	if (slice_eq(r->result, "outage") && count_outages(d) == outages) {
		begin(&b, run_day(d, r));
		strbuf_addstr(&b, "The day could not be finished.");
		add_next_step(&b, r, NOTICE_OUTAGE);
		notice_buf(d, NOTICE_OUTAGE, run_day(d, r), &b);
	}
}

/* By the newest run: earlier ones may have had another screen. */
static void
word_screen(struct digest *d)
{
	uint64_t missed =
	    d->nruns > 0 ? d->runs[d->nruns - 1].screen_missed : 0;

	if (missed > 0)
		notice(d, NOTICE_WARNING, everybodys,
		    arena_textf(&d->arena,
			"The screen misses more than it promised: %" PRIu64
			" of the papers it let pass by chance in the last 60 "
			"days were selected. 'paperround train' makes a new "
			"one.",
			missed));
}

/* Conservation: what the last tool wrote must have arrived here. */
static void
word_loss(struct digest *d)
{
	uint64_t out;

	/* Longer spans are made of what their days showed. */
	if (d->style.view != VIEW_DAY || d->nruns != 1 || !d->runs->out_known)
		return;
	out = d->runs->out;
	if (out <= d->totals.read + d->totals.bad ||
	    report_is_outage_only(d, d->runs))
		return;
	notice(d, NOTICE_WARNING, everybodys,
	    arena_textf(&d->arena,
		"%s wrote %" PRIu64 " papers, and %" PRIu64 " arrived here.",
		d->runs->out_tool.p, out, d->totals.read));
}

/* Few codes: a search is enough. */
static void
count_code(struct report_counts *codes, struct slice code)
{
	size_t i;

	for (i = 0; i < codes->n; i++)
		if (slice_same(codes->v[i].name, code))
			break;
	if (i == codes->n) {
		codes->v =
		    xreallocarray(codes->v, codes->n + 1, sizeof(*codes->v));
		codes->v[codes->n++] = (struct report_count) {code, 0};
	}
	codes->v[i].n++;
}

/* Of the papers of a day, or of all. */
static void
word_unscored(struct digest *d, const struct digest_day *day)
{
	struct slice name = day ? day->date : everybodys;
	uint64_t read = day ? day->read : d->totals.read;
	uint64_t n = day ? day->unscored : d->nunscored;
	struct report_counts codes = {0};
	struct strbuf b;

	if (n == 0)
		return;
	for (size_t j = 0; j < d->nunscored; j++)
		if (day == NULL || &d->days[d->unscored[j].day] == day)
			count_code(&codes, d->unscored[j].code);
	begin(&b, name);
	strbuf_addf(&b, "%" PRIu64 " of ", n);
	number_add_plural(&b, read, "paper", "papers");
	strbuf_addstr(&b, " could not be scored");
	report_name_counts(&b, &codes);
	strbuf_addch(&b, '.');
	notice_buf(d, n == read ? NOTICE_OUTAGE : NOTICE_WARNING, name, &b);
	free(codes.v);
}

static void
word_stream(struct digest *d)
{
	const struct digest_totals *t = &d->totals;
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	/* Papers without a date are of the day that the others are of. */
	if (slice_same(d->first_day, d->last_day))
		word_unscored(d, NULL);
	else
		for (size_t i = 0; i < d->ndays; i++)
			word_unscored(d, &d->days[i]);
	if (t->bad > 0) {
		number_add_plural(&b, t->bad, "line", "lines");
		strbuf_addstr(&b,
		    " of the input could not be read: papers may be missing.");
		notice_buf(d, NOTICE_WARNING, everybodys, &b);
	}
	if (d->unreadable > 0)
		notice(d, NOTICE_WARNING, everybodys,
		    SLICE_LIT("Some of the input could not be read: papers "
			      "may be missing."));
	if (d->style.view == VIEW_LIST)
		return;
	if (t->unread > 0) {
		number_add_plural(
		    &b, t->unread, "paper is shown", "papers are shown");
		strbuf_addstr(&b, " that nobody scored.");
		notice_buf(d, NOTICE_INFO, everybodys, &b);
	}
	if (d->builder->local > 0 && d->builder->local == d->builder->scored)
		notice(d, NOTICE_INFO, everybodys,
		    SLICE_LIT("No LLM read these papers: relevance is how near "
			      "their words are to the topics."));
	if (t->shown < t->relevant)
		notice(d, NOTICE_INFO, everybodys,
		    arena_textf(&d->arena,
			"The first %" PRIu64 " of %" PRIu64
			" relevant papers are shown.",
			t->shown, t->relevant));
}

/* Days between others, since nobody knows when a reader began. */
static void
word_gaps(struct digest *d)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t end = d->ndays, i = 0, gaps = 0;
	struct slice first = everybodys;

	while (end > 0 &&
	    (!d->days[end - 1].dated ||
		d->days[end - 1].state == DAY_UNFETCHED))
		end--;
	while (i < end && d->days[i].state == DAY_UNFETCHED)
		i++;
	for (; i < end; i++) {
		if (d->days[i].state != DAY_UNFETCHED)
			continue;
		if (gaps == 0)
			first = d->days[i].date;
		if (gaps++ < GAPS_NAMED) {
			strbuf_addstr(&b, b.len > 0 ? ", " : "");
			strbuf_addslice(&b, d->days[i].date);
		}
	}
	if (gaps > GAPS_NAMED)
		strbuf_addf(&b, " and %zu more", gaps - GAPS_NAMED);
	strbuf_addstr(&b,
	    gaps == 1 ? " was not fetched: its papers are missing."
		      : " were not fetched: their papers are missing.");
	if (gaps > 0 && d->nruns > 0 && d->runs->result.n > 0)
		strbuf_addf(&b, " 'paperround since %s' makes up for %s.",
		    first.p, gaps == 1 ? "it" : "them");
	if (gaps > 0)
		notice_buf(d, NOTICE_WARNING, everybodys, &b);
	else
		strbuf_release(&b);
}

void
word_health(struct digest *d)
{
	for (size_t i = 0; i < d->nruns; i++)
		word_run(d, &d->runs[i]);
	if (d->style.view == VIEW_WEEK || d->style.view == VIEW_MONTH)
		word_gaps(d);
	word_screen(d);
	word_loss(d);
	word_stream(d);
}
