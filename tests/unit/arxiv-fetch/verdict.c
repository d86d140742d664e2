/* SPDX-License-Identifier: ISC */
/* What a feed is taken for: each case with the one beside it. */
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tap.h"

/* All days are of November 2026, in which the 20th is a Friday and the 26th,
 * Thanksgiving, takes the feed of the 27th. */

static day_t
nov(int day)
{
	return day == 0 ? NO_DAY : day_from_ymd(2026, 11, day);
}

/* "n1-20 c21-25 r30-35v2": new, cross-listed and replaced papers by number,
 * of version 1 unless it is said. */
static void
add_papers(struct batch *b, const char *text)
{
	static const char kinds[] = "ncr";
	char kind, id[ARXIV_ID_SIZE];
	int first, last, n;
	long version;

	for (; sscanf(text, " %c%d-%d%n", &kind, &first, &last, &n) == 3;) {
		text += n;
		version = 1;
		if (*text == 'v')
			version = strtol(text + 1, (char **)&text, 10);
		for (; first <= last; first++) {
			snprintf(id, sizeof(id), "2613.%05d", first);
			batch_add(b, slice_of(id), version,
			    (enum announce)(strchr(kinds, kind) - kinds));
		}
	}
}

/* "18 memory n1-20; 19 date n21-40" */
static void
make_memory(struct batch_memory *m, const char *text)
{
	char proof[16], papers[80];
	int day, n;

	m->n = 0;
	while (
	    sscanf(text, " %d %15s %79[^;]%n", &day, proof, papers, &n) == 3) {
		struct batch b = BATCH_INIT;

		b.day = nov(day);
		for (int p = PROOF_NONE; p <= PROOF_MEMORY; p++)
			if (strcmp(proof_name((enum proof)p), proof) == 0)
				b.proof = (enum proof)p;
		add_papers(&b, papers);
		memory_put(m, &b);
		batch_release(&b);
		text += n + (text[n] == ';');
	}
}

struct row {
	const char *what;
	const char *memory, *feed;
	int dated; /* 0: not at all */
	const char *now; /* day and hour, UTC */
	int page; /* its day; 0: none; -1: "No updates today" */
	const char *papers; /* on it */
	enum feed_state state;
	enum proof proof;
	enum verdict_reason reason;
	int day, unknown_as;
	bool remember;
};

#define D    "20T12"
#define PAST "18 memory n1-20; 19 memory n21-40 c41-45 r46-48v2"

static const struct row rows[] = {
    /* 1, 2 */
    {"new papers", PAST, "n51-70", 20, D, 20, "n51-70", FEED_OK, PROOF_MEMORY,
	REASON_NONE, 20, 20, true},
    {".. under yesterday's date", PAST, "n51-70", 19, D, 20, "n51-70", FEED_OK,
	PROOF_MEMORY, REASON_NONE, 20, 20, true},
    {".. under it, and no page", PAST, "n51-70", 19, D, 0, "", FEED_OK,
	PROOF_MEMORY, REASON_NOT_COMPARED, 20, 20, true},
    {".. under it, and the page has others", PAST, "n51-70", 19, D, 20,
	"n80-99", FEED_STALE, PROOF_NONE, REASON_OTHER_PAPERS, 19, 19, false},
    /* 4 */
    {"yesterday's under today's date", PAST, "n21-40 c41-45", 20, D, 20,
	"n51-70", FEED_STALE, PROOF_MEMORY, REASON_STILL, 19, 19, false},
    {".. and the page agrees", PAST, "n21-40", 20, D, 20, "n21-40", FEED_STALE,
	PROOF_MEMORY, REASON_STILL, 19, 19, false},
    {"those of two days ago", PAST, "n1-20", 18, D, 0, "", FEED_STALE,
	PROOF_MEMORY, REASON_STILL, 18, 18, false},
    {"yesterday's, some of them", PAST, "n21-30", 20, D, 0, "", FEED_STALE,
	PROOF_MEMORY, REASON_STILL, 19, 19, false},
    /* 5, 6 */
    {"half of them new", PAST, "n21-30 n51-60", 20, D, 0, "", FEED_OK,
	PROOF_MEMORY, REASON_NOT_COMPARED, 20, 20, true},
    {"fewer than half", PAST, "n21-31 n51-59", 20, D, 0, "", FEED_STALE,
	PROOF_MEMORY, REASON_PART, 19, 20, true},
    {".. of which the page agrees", PAST, "n21-31 n51-59", 20, D, 20,
	"n21-31 n51-59", FEED_OK, PROOF_LISTING, REASON_NONE, 20, 20, true},
    {".. of which an older page agrees", PAST, "n21-31 n51-59", 20, D, 19,
	"n21-31 n51-59", FEED_STALE, PROOF_MEMORY, REASON_PART, 19, 20, true},
    /* 7: the class that counts */
    {"only cross-lists, new ones", PAST, "c51-55 r46-48v2", 20, D, 20, "c51-55",
	FEED_OK, PROOF_MEMORY, REASON_NONE, 20, 20, true},
    {"only cross-lists, known ones", PAST, "c41-45 r61-69v3", 20, D, 0, "",
	FEED_STALE, PROOF_MEMORY, REASON_STILL, 19, 19, false},
    {"only replacements, known ones", PAST, "r46-48v2", 20, D, 0, "",
	FEED_STALE, PROOF_MEMORY, REASON_STILL, 19, 19, false},
    {"only replacements, of a newer version", PAST, "r46-48v3", 20, D, 0, "",
	FEED_OK, PROOF_MEMORY, REASON_NOT_COMPARED, 20, 20, true},
    {"only replacements, that came once more before",
	"18 memory r46-48v2; 18 memory r46-48v3", "r46-48v3", 20, D, 0, "",
	FEED_STALE, PROOF_MEMORY, REASON_STILL, 18, 18, false},
    {"replacements of papers that were new", PAST, "r21-29v2", 20, D, 0, "",
	FEED_OK, PROOF_MEMORY, REASON_NOT_COMPARED, 20, 20, true},
    {"known crosses do not make new papers old", PAST, "n51-52 c41-45", 20, D,
	0, "", FEED_OK, PROOF_MEMORY, REASON_NOT_COMPARED, 20, 20, true},
    /* 8, 9: short and long against the page is for later */
    {"fewer than the page", PAST, "n51-55", 20, D, 20, "n51-70", FEED_OK,
	PROOF_MEMORY, REASON_NONE, 20, 20, true},
    {"more than the page", PAST, "n51-70", 20, D, 20, "n51-65", FEED_OK,
	PROOF_MEMORY, REASON_NONE, 20, 20, true},
    /* 10 */
    {"an older page", PAST, "n51-70", 20, D, 19, "n21-40", FEED_OK,
	PROOF_MEMORY, REASON_NOT_COMPARED, 20, 20, true},
    {"a newer page", PAST, "n51-70", 20, "21T02", 23, "n71-90", FEED_OK,
	PROOF_MEMORY, REASON_NOT_COMPARED, 20, 20, true},
    /* 12 to 16: nothing is known of the day before */
    {"a first run, and the page agrees", "", "n51-70", 20, D, 20, "n51-70",
	FEED_OK, PROOF_LISTING, REASON_NONE, 20, 20, true},
    {".. by half", "", "n51-70", 20, D, 20, "n51-60", FEED_OK, PROOF_LISTING,
	REASON_NONE, 20, 20, true},
    {".. by less than half", "", "n51-70", 20, D, 20, "n51-59", FEED_STALE,
	PROOF_NONE, REASON_OTHER_PAPERS, 19, 19, true},
    {".. under an old date", "", "n51-70", 19, D, 20, "n51-70", FEED_OK,
	PROOF_LISTING, REASON_NONE, 20, 20, true},
    {"weeks away", "3 memory n1-20", "n51-70", 20, D, 20, "n51-70", FEED_OK,
	PROOF_LISTING, REASON_NONE, 20, 20, true},
    {"weeks away, and still the same", "3 memory n1-20", "n1-20", 20, D, 0, "",
	FEED_STALE, PROOF_MEMORY, REASON_STILL, 3, 3, false},
    {"a first run, and the page has others", "", "n51-70", 20, D, 20, "n1-20",
	FEED_STALE, PROOF_NONE, REASON_OTHER_PAPERS, 19, 19, true},
    {".. and the feed is of Wednesday", "", "n51-70", 18, D, 20, "n1-20",
	FEED_STALE, PROOF_NONE, REASON_OTHER_PAPERS, 18, 18, true},
    {"feed and page are both old", "", "n51-70", 19, D, 19, "n51-70",
	FEED_STALE, PROOF_NONE, REASON_OLD_DATE, 19, 19, true},
    {"an old feed and no page", "", "n51-70", 19, D, 0, "", FEED_STALE,
	PROOF_NONE, REASON_OLD_DATE, 19, 19, true},
    {"in the evening", "", "n51-70", 20, "21T02", 23, "n71-90", FEED_OK,
	PROOF_DATE, REASON_NOT_COMPARED, 20, 20, true},
    {"a first run and no page", "", "n51-70", 20, D, 0, "", FEED_OK, PROOF_DATE,
	REASON_NOT_PROVED, 20, 20, true},
    {"a first run and an older page", "", "n51-70", 20, D, 19, "n1-20", FEED_OK,
	PROOF_DATE, REASON_NOT_PROVED, 20, 20, true},
    {"a feed of no day", "", "n51-70", 0, D, 0, "", FEED_OK, PROOF_NONE,
	REASON_NOT_PROVED, 20, 20, true},
    {"the same again, not proved the first time", "20 date n51-70", "n51-70",
	20, D, 0, "", FEED_OK, PROOF_DATE, REASON_NOT_PROVED, 20, 20, true},
    {".. and now it is", "20 date n51-70", "n51-70", 20, D, 20, "n51-70",
	FEED_OK, PROOF_LISTING, REASON_NONE, 20, 20, true},
    /* 17 to 19 */
    {"nothing, and the page has nothing", PAST, "", 20, D, 20, "", FEED_EMPTY,
	PROOF_LISTING, REASON_QUIET, 20, 20, true},
    {"nothing, and the page has papers", PAST, "", 20, D, 20, "n51-70",
	FEED_MISSING, PROOF_NONE, REASON_LISTED, 20, 20, false},
    {"nothing, of a quiet category", "18 memory n1-4; 19 memory n5-8", "", 20,
	D, -1, "", FEED_EMPTY, PROOF_LISTING, REASON_QUIET, 20, 20, true},
    {"nothing, of one not so quiet", "18 memory n1-5; 19 memory n6-10", "", 20,
	D, -1, "", FEED_MISSING, PROOF_NONE, REASON_NOT_THERE, 20, 20, false},
    {"nothing, of one not known", "", "", 20, D, -1, "", FEED_MISSING,
	PROOF_NONE, REASON_NOT_THERE, 20, 20, false},
    {"nothing, and an older page", PAST, "", 20, D, 19, "n21-40", FEED_MISSING,
	PROOF_NONE, REASON_NOT_THERE, 20, 20, false},
    {"nothing, quiet, and no page", "18 memory n1-4; 19 memory n5-8", "", 20, D,
	0, "", FEED_MISSING, PROOF_NONE, REASON_NOT_THERE, 20, 20, false},
    /* 20, 21 */
    {"nothing on Saturday", PAST, "", 21, "21T12", 0, "", FEED_EMPTY,
	PROOF_NONE, REASON_WEEKEND, 21, 21, false},
    {"the same on Saturday", "20 memory n51-70", "n51-70", 20, "21T12", 20,
	"n51-70", FEED_EMPTY, PROOF_NONE, REASON_WEEKEND, 21, 21, false},
    {"nothing on Monday", PAST, "", 23, "23T12", 0, "", FEED_MISSING,
	PROOF_NONE, REASON_NOT_THERE, 23, 23, false},
    {"nothing on a holiday", PAST, "", 27, "27T12", 0, "", FEED_HOLIDAY,
	PROOF_NONE, REASON_HOLIDAY, 27, 27, false},
    {"the same on a holiday", "26 memory n51-70", "n51-70", 27, "27T12", 26,
	"n51-70", FEED_HOLIDAY, PROOF_NONE, REASON_HOLIDAY, 27, 27, false},
    /* 22 */
    {"papers on a holiday", "26 memory n51-70", "n71-90", 27, "27T12", 27,
	"n71-90", FEED_OK, PROOF_LISTING, REASON_HOLIDAY_WRONG, 27, 27, true},
    {".. without a page", "26 memory n51-70", "n71-90", 27, "27T12", 0, "",
	FEED_OK, PROOF_MEMORY, REASON_HOLIDAY_WRONG, 27, 27, true},
    /* 23 */
    {"Friday's on Saturday, for the first time", "19 memory n21-40", "n51-70",
	20, "21T12", 20, "n51-70", FEED_OK, PROOF_MEMORY, REASON_NONE, 20, 20,
	true},
    {".. under Saturday's date", "", "n51-70", 21, "21T12", 20, "n51-70",
	FEED_OK, PROOF_LISTING, REASON_NONE, 20, 20, true},
    {"the day before's on the holiday, for the first time", "25 memory n1-9",
	"n51-70", 27, "27T12", 26, "n51-70", FEED_OK, PROOF_MEMORY, REASON_NONE,
	26, 26, true},
    /* 27 */
    {"the same again", PAST "; 20 memory n51-70", "n51-70", 20, D, 0, "",
	FEED_OK, PROOF_MEMORY, REASON_NOT_COMPARED, 20, 20, true},
    {"fewer than before", PAST "; 20 memory n51-70", "n69-70", 20, D, 20,
	"n51-70", FEED_OK, PROOF_MEMORY, REASON_NONE, 20, 20, true},
    {"more than before", PAST "; 20 listing n51-70", "n51-75", 20, D, 20,
	"n51-75", FEED_OK, PROOF_MEMORY, REASON_NONE, 20, 20, true},
    {"yesterday's, after today's was there", PAST "; 20 memory n51-70",
	"n21-40", 20, D, 20, "n51-70", FEED_STALE, PROOF_MEMORY, REASON_STILL,
	19, 19, false},
    {"papers, after a day seen to be empty", PAST "; 20 listing -", "n51-55",
	20, D, 20, "n51-55", FEED_OK, PROOF_MEMORY, REASON_NONE, 20, 20, true},
};

static struct verdict
find(const struct row *r, const struct batch_memory *m,
    const struct batch *feed, const struct batch *page)
{
	char text[64];
	moment_t t = 0;
	struct feed_sight s = {.memory = m,
	    .papers = feed,
	    .dated = nov(r->dated),
	    .verify = true,
	    .page = {.day = NO_DAY, .why = "not there"}};

	snprintf(text, sizeof(text), "2026-11-%s:00:00Z", r->now);
	if (!moment_parse(text, &t))
		ok(false, "bad test: %s", r->now);
	s.today = eastern_day(t);
	s.due = schedule_due(t);
	s.page.says_nothing = r->page == -1;
	if (r->page > 0) {
		s.page.day = nov(r->page);
		s.page.papers = page;
		s.page.age = s.page.day < s.due ? PAGE_OLDER
		    : s.page.day > s.due	? PAGE_NEWER
						: PAGE_CURRENT;
	}
	return verdict_find(&s);
}

static void
test_row(const struct row *r)
{
	struct batch_memory m;
	struct batch feed = BATCH_INIT, page = BATCH_INIT;
	struct verdict v;

	make_memory(&m, r->memory);
	add_papers(&feed, r->feed);
	add_papers(&page, r->papers);
	v = find(r, &m, &feed, &page);
	is_int(v.state, r->state, "%s", r->what);
	is_int(v.proof, r->proof, "  its proof");
	is_int(v.reason, r->reason, "  its reason");
	is_int(v.day, nov(r->day), "  its day");
	is_int(v.unknown_as, nov(r->unknown_as), "  that of its new papers");
	ok(v.remember == r->remember, "  and whether they are remembered");
	batch_release(&feed);
	batch_release(&page);
	memory_release(&m);
}

static void
test_days(void)
{
	struct batch_memory m;
	struct batch feed = BATCH_INIT;
	struct feed_sight s = {
	    .memory = &m, .papers = &feed, .dated = nov(20), .due = nov(20)};
	struct verdict v;

	s.today = s.due;
	s.page.day = NO_DAY;
	make_memory(&m, PAST "; 20 memory n51-52");
	add_papers(&feed, "n21-21 n51-60");
	v = verdict_find(&s);
	is_int(verdict_day_of(&v, &s, SLICE_LIT("2613.00021"), &feed.v[0]),
	    nov(19), "a paper that is known has its own day");
	is_int(verdict_day_of(&v, &s, SLICE_LIT("2613.00051"), &feed.v[1]),
	    nov(20), "one of today's too");
	is_int(verdict_day_of(&v, &s, SLICE_LIT("2613.00055"), &feed.v[5]),
	    nov(20), "one that is not known is of the day due");
	batch_release(&feed);
	memory_release(&m);
}

static void
test_clock(void)
{
	moment_t t = 0;

	ok(moment_parse("2026-11-20T04:00:00Z", &t) &&
		feed_is_ahead(nov(20), t - 1) && !feed_is_ahead(nov(20), t),
	    "a feed may come an hour early");
	ok(feed_is_ahead(nov(25), t) && !feed_is_ahead(nov(19), t) &&
		!feed_is_ahead(NO_DAY, t),
	    "but not days");
}

/* The memory as such */

static void
test_bounds(void)
{
	struct batch_memory m = {.n = 0};
	struct batch b = BATCH_INIT;

	add_papers(&b, "n1-3");
	for (int i = 0; i < 40; i++) {
		b.day = nov(20) + i;
		memory_put(&m, &b);
	}
	is_int((long)m.n, MEMORY_DAYS, "so many days are remembered");
	ok(memory_find(&m, nov(20) + 39) != NULL &&
		memory_find(&m, nov(20) + 9) == NULL,
	    "the latest of them");
	b.day = nov(1);
	memory_put(&m, &b);
	ok(memory_find(&m, nov(1)) == NULL, "an older one does not get in");
	is_int(memory_median(&m), 3, "the median");
	memory_release(&m);
	is_int(memory_median(&m), -1, "is not known of nothing");
	batch_release(&b);
}

static void
test_text(void)
{
	struct batch_memory m, again;
	struct strbuf a = STRBUF_INIT(STRBUF_MAX), b = STRBUF_INIT(STRBUF_MAX);

	make_memory(&m, "18 none n1-2; 19 listing n3-4 c5-6 r7-8v3; 20 date -");
	memory_format(&a, &m);
	is_int(memory_parse(&again, strbuf_slice(&a)), MEMORY_GOOD,
	    "what is written can be read");
	memory_format(&b, &again);
	is_str(b.s, a.s, "and is the same");
	memory_release(&again);
	memory_release(&m);
	for (size_t n = 0; n + 1 < a.len; n++)
		if (memory_parse(&m, (struct slice) {a.s, n}) !=
			MEMORY_DAMAGED &&
		    memory_parse(&m, (struct slice) {a.s, n}) != MEMORY_NEWER)
			ok(false, "%zu bytes of it are taken for all", n);
	ok(m.n == 0, "part of it is nothing");
	is_int(memory_parse(&m, SLICE_LIT("arxiv-fetch batches 2\nend\n")),
	    MEMORY_NEWER, "a newer version");
	strbuf_release(&a);
	strbuf_release(&b);
}

static void
test_damage(void)
{
	static const char *const texts[] = {
	    "new 2613.00001 1\nend\n",
	    "day 2026-11-31 memory\nend\n",
	    "day 2026-11-20 hope\nend\n",
	    "day 2026-11-20\nend\n",
	    "day 2026-11-20 memory\nday 2026-11-20 memory\nend\n",
	    "day 2026-11-20 memory\nold 2613.00001 1\nend\n",
	    "day 2026-11-20 memory\nnew 2613.00001v1 1\nend\n",
	    "day 2026-11-20 memory\nnew 2613.00001 -1\nend\n",
	    "day 2026-11-20 memory\nnew 2613.00001\nend\n",
	    "day 2026-11-20 memory\nnew 2613.00001 1\nend\nend\n",
	    "day 2026-11-20 memory\n\nend\n",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct strbuf b = STRBUF_INIT(STRBUF_MAX);
		struct batch_memory m;

		strbuf_addf(&b, "arxiv-fetch batches 1\n%s", texts[i]);
		is_int(memory_parse(&m, strbuf_slice(&b)), MEMORY_DAMAGED,
		    "damaged: %s", texts[i]);
		strbuf_release(&b);
	}
}

int
main(void)
{
	char path[] = "/tmp/paperround-holidays.XXXXXX";
	int fd = mkstemp(path);
	FILE *f = fd != -1 ? fdopen(fd, "w") : NULL;
	unsigned long line;

	ok(f != NULL && fputs("2026-11-26\n", f) >= 0 && fclose(f) == 0 &&
		holidays_read(path, &line),
	    "a holiday");
	remove(path);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		test_row(&rows[i]);
	test_days();
	test_clock();
	test_bounds();
	test_text();
	test_damage();
	holidays_forget();
	return done_testing();
}
