/* SPDX-License-Identifier: ISC */
#include "model/model.h"

/* Papers of the class that counts: new ones, or if there are none
 * cross-listed ones, or else replacements. */
struct count {
	size_t all;
	size_t before; /* announced before the day due */
	size_t due; /* .. or with its batch, which was seen */
	size_t listed; /* on the page */
	day_t seen; /* the latest day of those before */
};

static bool
is_of_class(enum announce a, enum announce class)
{
	/* Replacements are one class, wherever the paper is at home. */
	return class == ANNOUNCE_REPLACE ? a >= class : a == class;
}

static enum announce
strongest(const struct batch *b)
{
	enum announce class = ANNOUNCE_REPLACE;

	for (size_t i = 0; i < b->ids.n; i++)
		if (b->v[i].announce < class)
			class = b->v[i].announce;
	return class;
}

static struct count
count(const struct feed_sight *s)
{
	struct count c = {.seen = NO_DAY};
	enum announce class = strongest(s->papers);
	const struct batch *due = memory_find(s->memory, s->due);

	for (size_t i = 0; i < s->papers->ids.n; i++) {
		struct slice id = strmap_get(&s->papers->ids, i);
		const struct batch_paper *p = &s->papers->v[i];
		day_t day;

		if (!is_of_class(p->announce, class))
			continue;
		c.all++;
		c.listed +=
		    s->page.papers != NULL && batch_has(s->page.papers, id);
		if ((day = memory_day_of(s->memory, s->due, id, p)) != NO_DAY)
			c.before++;
		else if (due != NULL && batch_announced(due, id, p))
			c.due++;
		if (day > c.seen)
			c.seen = day;
	}
	return c;
}

/* The batch of the day due was seen and known for what it is. */
static bool
is_remembered(const struct feed_sight *s)
{
	const struct batch *due = memory_find(s->memory, s->due);

	return due != NULL && due->proof > PROOF_DATE;
}

/* That a paper is not in the memory proves that it is new only if the memory
 * has the day before, or knows this day's batch for what it is. */
static bool
reaches(const struct feed_sight *s)
{
	return is_remembered(s) ||
	    memory_find(s->memory, schedule_before(s->due)) != NULL;
}

static bool
is_half(size_t part, size_t all)
{
	return 2 * part >= all;
}

static bool
agrees(const struct feed_sight *s, const struct count *c)
{
	return s->page.papers != NULL && is_half(c->listed, c->all);
}

static struct verdict
answer(enum feed_state state, enum proof proof, enum verdict_reason reason,
    day_t day)
{
	return (struct verdict) {.state = state,
	    .proof = proof,
	    .reason = reason,
	    .day = day,
	    .seen = NO_DAY,
	    .unknown_as = day,
	    .remember = state == FEED_OK};
}

/* A day without a feed. */
static struct verdict
day_off(const struct feed_sight *s)
{
	return is_weekend(s->today)
	    ? answer(FEED_EMPTY, PROOF_NONE, REASON_WEEKEND, s->today)
	    : answer(FEED_HOLIDAY, PROOF_NONE, REASON_HOLIDAY, s->today);
}

bool
category_is_quiet(const struct batch_memory *m)
{
	long median = memory_median(m);

	return median >= 0 && median < QUIET_MEDIAN;
}

static struct verdict
without_entries(const struct feed_sight *s)
{
	struct verdict v;

	if (s->today != s->due)
		return day_off(s);
	if (s->page.age == PAGE_CURRENT && s->page.papers->ids.n > 0)
		return answer(FEED_MISSING, PROOF_NONE, REASON_LISTED, s->due);
	if (s->page.age == PAGE_CURRENT ||
	    (s->page.says_nothing && category_is_quiet(s->memory))) {
		v = answer(FEED_EMPTY, PROOF_LISTING, REASON_QUIET, s->due);
		v.remember = true;
		return v;
	}
	return answer(FEED_MISSING, PROOF_NONE, REASON_NOT_THERE, s->due);
}

/* All or most of it was announced before; what was not may be late papers of
 * today's. */
static struct verdict
still(const struct feed_sight *s, const struct count *c)
{
	struct verdict v;

	if (c->before == c->all) {
		v = answer(FEED_STALE, PROOF_MEMORY, REASON_STILL, c->seen);
	} else {
		v = answer(FEED_STALE, PROOF_MEMORY, REASON_PART, c->seen);
		v.unknown_as = s->due;
		v.remember = true;
	}
	return v;
}

static struct verdict
by_memory(const struct feed_sight *s, const struct count *c)
{
	bool current = s->page.age == PAGE_CURRENT;
	bool is_old = s->dated != NO_DAY && s->dated < s->due;
	enum verdict_reason reason = REASON_NONE;

	if (!is_half(c->all - c->before, c->all))
		return current && agrees(s, c)
		    ? answer(FEED_OK, PROOF_LISTING, REASON_NONE, s->due)
		    : still(s, c);
	if (is_old && c->due == 0 && current && !agrees(s, c))
		return answer(
		    FEED_STALE, PROOF_NONE, REASON_OTHER_PAPERS, s->dated);
	if (s->verify && !current)
		reason = REASON_NOT_COMPARED;
	return answer(FEED_OK, PROOF_MEMORY, reason, s->due);
}

/* What the memory does not reach proves nothing by being unknown. */
static struct verdict
by_listing(const struct feed_sight *s, const struct count *c)
{
	bool is_old = s->dated != NO_DAY && s->dated < s->due;
	struct verdict v;

	if (s->page.age == PAGE_CURRENT && agrees(s, c))
		return answer(FEED_OK, PROOF_LISTING, REASON_NONE, s->due);
	if (s->page.age == PAGE_CURRENT) {
		v = answer(FEED_STALE, PROOF_NONE, REASON_OTHER_PAPERS,
		    is_old ? s->dated : schedule_before(s->due));
		v.remember = true;
		return v;
	}
	if (is_old) {
		v = answer(FEED_STALE, PROOF_NONE, REASON_OLD_DATE, s->dated);
		v.remember = true;
		return v;
	}
	return answer(FEED_OK, s->dated != NO_DAY ? PROOF_DATE : PROOF_NONE,
	    s->page.age == PAGE_NEWER ? REASON_NOT_COMPARED : REASON_NOT_PROVED,
	    s->due);
}

/* A batch on a day that should have none, though the last one was seen. */
static bool
holiday_is_wrong(const struct feed_sight *s, const struct count *c)
{
	if (is_weekend(s->today) || s->dated != s->today ||
	    is_half(c->before + c->due, c->all))
		return false;
	return s->page.papers == NULL ? is_remembered(s)
				      : s->page.day == s->today && agrees(s, c);
}

bool
feed_is_ahead(day_t dated, moment_t now)
{
	return dated != NO_DAY && dated > eastern_day(now + CLOCK_SLACK);
}

struct verdict
verdict_find(const struct feed_sight *s)
{
	bool is_off = s->today != s->due;
	struct count c = count(s);
	struct verdict v;

	if (s->papers->ids.n == 0)
		return without_entries(s);
	if (is_off && holiday_is_wrong(s, &c))
		v = answer(FEED_OK,
		    s->page.papers != NULL ? PROOF_LISTING : PROOF_MEMORY,
		    REASON_HOLIDAY_WRONG, s->today);
	else if (is_off && c.before + c.due == c.all)
		v = day_off(s);
	else if (c.before == c.all && (reaches(s) || !agrees(s, &c)))
		v = still(s, &c);
	else
		v = reaches(s) ? by_memory(s, &c) : by_listing(s, &c);
	v.seen = c.seen;
	v.known = c.before;
	v.fresh = c.all - c.before;
	return v;
}

day_t
verdict_day_of(const struct verdict *v, const struct feed_sight *s,
    struct slice id, const struct batch_paper *p)
{
	day_t known = memory_day_of(s->memory, s->due, id, p);
	const struct batch *due = memory_find(s->memory, s->due);

	if (known != NO_DAY)
		return known;
	if (due != NULL && batch_announced(due, id, p))
		return s->due;
	return v->unknown_as;
}

/* In words */

static void
holidays_explain(day_t first, day_t last, struct strbuf *b)
{
	day_t holiday, told = NO_DAY;
	char text[DATE_LEN];
	const char *name;

	for (; first <= last; first++) {
		if (!schedule_holiday(first, &holiday) || holiday == told)
			continue;
		name = holiday_name(holiday);
		strbuf_addf(b, "%sno announcement, since %s was a holiday%s%s",
		    told != NO_DAY ? "; " : "", day_format(holiday, text),
		    *name != '\0' ? ": " : "", name);
		told = holiday;
	}
}

void
days_off_explain(day_t first, day_t last, struct strbuf *b)
{
	const char *before = "arXiv announces nothing on";

	holidays_explain(first, last, b);
	if (b->len > 0)
		before = "; arXiv announces nothing on";
	for (; first <= last; first++) {
		if (!is_weekend(first))
			continue;
		strbuf_addf(
		    b, "%s %ss", before, weekday_name(day_weekday(first)));
		before = " and";
	}
}

/*
 * %d is the day due, %h the day whose papers there are, %k how many of them
 * were known before, %n how many there are, %l how many the listing page has,
 * and %p what that page is.  A day off says itself why.
 */
static const char *const words[] = {
    [REASON_NONE] = "",
    [REASON_QUIET] = "nothing was announced in this category",
    [REASON_HOLIDAY_WRONG] = "announced on %h: the list of holidays is wrong",
    [REASON_NOT_THERE] = "no entries, though an announcement was due",
    [REASON_LISTED] = "no entries, though the listing page has %l papers",
    [REASON_STILL] = ("stale: the papers are still those of %h, but those of "
		      "%d were due"),
    [REASON_PART] = ("stale: %k of %n papers are those of %h, but those of %d "
		     "were due"),
    [REASON_OTHER_PAPERS] = "stale: the listing page of %d has other papers",
    [REASON_OLD_DATE] = "stale: the feed is from %h, but that of %d was due",
    [REASON_NOT_COMPARED] = "not compared: the listing page%p",
    [REASON_NOT_PROVED] = "not verified: the listing page%p",
};

static void
explain(const struct verdict *v, const struct feed_sight *s, char what,
    struct strbuf *b)
{
	char day[DATE_LEN];

	switch (what) {
	case 'd':
		strbuf_addstr(b, day_format(s->due, day));
		break;
	case 'h':
		strbuf_addstr(
		    b, day_format(v->day != NO_DAY ? v->day : s->due, day));
		break;
	case 'k':
		strbuf_addf(b, "%zu", v->known);
		break;
	case 'n':
		strbuf_addf(b, "%zu", v->known + v->fresh);
		break;
	case 'l':
		strbuf_addf(b, "%zu", s->page.papers->ids.n);
		break;
	default:
		if (s->page.papers != NULL)
			strbuf_addf(
			    b, " is of %s", day_format(s->page.day, day));
		else
			strbuf_addf(b, ": %s", s->page.why);
	}
}

void
verdict_explain(
    const struct verdict *v, const struct feed_sight *s, struct strbuf *b)
{
	if (v->reason == REASON_WEEKEND || v->reason == REASON_HOLIDAY) {
		days_off_explain(s->today, s->today, b);
		return;
	}
	for (const char *p = words[v->reason]; *p != '\0'; p++)
		if (*p == '%')
			explain(v, s, *++p, b);
		else
			strbuf_addch(b, *p);
}
