/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/base/guess.h"
#include "common/base/hash.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/run_state.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/base/strmap.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"

#include "../tap.h"

static void
test_strbuf(void)
{
	struct strbuf b = STRBUF_INIT(10);
	char *s;

	is_str(b.s, "", "born empty, never NULL");
	strbuf_addstr(&b, "12345");
	strbuf_addf(&b, "%d", 67890);
	ok(!b.overflow, "exactly full is no overflow");
	strbuf_addch(&b, 'x');
	ok(b.overflow && b.len == 10, "past the maximum: content stays");
	strbuf_addf(&b, "%s", "more");
	is_str(b.s, "1234567890", "  whatever is added");
	strbuf_reset(&b);
	ok(!b.overflow && b.len == 0, "reset forgets the overflow");
	strbuf_addstr(&b, " a \n b ");
	strbuf_fold_space(&b);
	is_str(b.s, "a b", "white space folded");
	s = strbuf_detach(&b);
	is_str(s, "a b", "detached");
	is_str(b.s, "", "  and empty again");
	free(s);
	strbuf_release(&b);
}

/* One byte at a time, as the header says it. */
static void
fold_plainly(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++)
		if (*s != ' ' && *s != '\n')
			*to++ = *s;
		else if (strspn(s, " \n") != strlen(s) && to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
}

/* Every string of 11 of these, so that every boundary between the steps of
 * the fast path is met. */
static void
test_fold_space(void)
{
	static const char letters[] = "a \n";
	struct strbuf b = STRBUF_INIT(100);
	long wrong = 0;

	for (long n = 0; n < 177147; n++) {
		char text[14] = "x", *plain = text + 1;
		long rest = n;

		for (int i = 0; i < 11; i++, rest /= 3)
			plain[i] = letters[rest % 3];
		strbuf_reset(&b);
		strbuf_addstr(&b, text);
		strbuf_fold_space(&b);
		fold_plainly(text);
		wrong += strcmp(b.s, text) != 0;
	}
	is_int(wrong, 0, "folding is what it is one byte at a time");
	strbuf_release(&b);
}

static void
test_strlist(void)
{
	struct strlist l = STRLIST_INIT;

	ok(strlist_split(&l, "cs.LG, cs.AI,math"), "splits");
	is_int((long long)l.n, 3, "  into three");
	is_str(l.v[1], "cs.AI", "  blanks trimmed");
	ok(!strlist_split(&l, "a,,b"), "an empty part is refused");
	ok(strlist_has(&l, "math") && !strlist_has(&l, "b"), "has");
	strlist_release(&l);
}

static void
test_slices(void)
{
	struct slice rest = SLICE_LIT("a\n\nb c"), part, none = {NULL, 0};

	ok(slice_eq(slice_trim(SLICE_LIT(" \t a b\r\n")), "a b"), "trimmed");
	is_int((long long)slice_trim(SLICE_LIT(" \n ")).n, 0, "to nothing");
	is_int((long long)slice_trim(none).n, 0, "and nothing to nothing");
	ok(slice_cut(&rest, '\n', &part) && slice_eq(part, "a"), "a line");
	ok(slice_cut(&rest, '\n', &part) && part.n == 0, "an empty one");
	ok(slice_cut(&rest, '\n', &part) && slice_eq(part, "b c"),
	    "one without a newline");
	ok(!slice_cut(&rest, '\n', &part), "no more");
	rest = SLICE_LIT("a\n");
	ok(slice_cut(&rest, '\n', &part) && !slice_cut(&rest, '\n', &part),
	    "a newline at the end begins no line");
	ok(!slice_cut(&none, '\n', &part), "nothing has no lines");
}

/* The published vectors. */
static void
test_hash(void)
{
	uint64_t state = 1234567;

	ok(hash_bytes("", 0) == 0xcbf29ce484222325u, "FNV-1a of nothing");
	ok(hash_bytes("foobar", 6) == 0x85944171f73967e8u, "of foobar");
	ok(hash_add(hash_bytes("foo", 3), "bar", 3) == hash_bytes("foobar", 6),
	    "the same in two parts");
	ok(hash_next(&state) == 6457827717110365317u &&
		hash_next(&state) == 3203168211198807973u,
	    "splitmix64");
}

#define MANY 100000

static void
test_strmap(void)
{
	struct strmap m = STRMAP_INIT;
	char id[300];
	size_t number, wrong = 0;

	ok(!strmap_find(&m, SLICE_LIT("x"), NULL), "nothing is in a new map");
	for (size_t i = 0; i < MANY; i++) {
		snprintf(id, sizeof(id), "2513.%05zu", i);
		wrong += !strmap_add(&m, slice_of(id), &number) || number != i;
	}
	is_int((long long)wrong, 0, "many new ids are numbered in order");
	for (size_t i = 0; i < MANY; i++) {
		snprintf(id, sizeof(id), "2513.%05zu", i);
		wrong += strmap_add(&m, slice_of(id), &number) || number != i;
		wrong += !strmap_find(&m, slice_of(id), &number) || number != i;
		wrong += !slice_eq(strmap_get(&m, i), id);
		id[0] = '3';
		wrong += strmap_find(&m, slice_of(id), NULL);
	}
	is_int((long long)wrong, 0, "all of them are found, and no other");
	is_int((long long)m.n, MANY, "how many there are");
	memset(id, 'a', sizeof(id));
	ok(strmap_add(&m, (struct slice) {id, 300}, NULL), "a long id");
	ok(!strmap_find(&m, (struct slice) {id, 299}, NULL),
	    "of which the beginning is another");
	ok(strmap_add(&m, (struct slice) {NULL, 0}, &number) &&
		strmap_get(&m, number).n == 0 &&
		strmap_find(&m, SLICE_LIT(""), NULL),
	    "the empty string is one");
	strmap_release(&m);
}

static void
test_utf8(void)
{
	struct strbuf b = STRBUF_INIT(100);
	size_t len;

	is_int((long long)utf8_invalid_at("abcdefgh\xc3\xa9\xff", 11), 10,
	    "finds the bad byte");
	is_int(utf8_decode("\xf0\x9f\x98\x80", 4, &len), 0x1f600, "decodes");
	is_int((long long)len, 4, "  four bytes");
	utf8_decode("\xe2\x82", 2, &len);
	is_int((long long)len, 1, "a cut sequence moves on by one");
	utf8_add(&b, 0x1f600);
	utf8_add(&b, 0xd800);
	is_str(b.s, "\xf0\x9f\x98\x80\xef\xbf\xbd", "encodes; no surrogates");
	is_int((long long)utf8_cut("a\xc3\xa9", 3, 2), 1,
	    "a cut keeps characters whole");
	ok(utf8_is_invisible(0x202e) && !utf8_is_invisible('a'), "invisibles");
	strbuf_release(&b);
}

static void
test_numbers(void)
{
	const char *why;
	double d;
	long n;

	ok(number_long("42", 1, 100, &n, &why) && n == 42, "42");
	ok(!number_long("0x10", 0, 100, &n, &why), "no hexadecimal");
	ok(!number_long(" 1", 0, 100, &n, &why), "no blank");
	ok(!number_long("1.5", 0, 100, &n, &why), "no fraction");
	ok(!number_long("101", 0, 100, &n, &why), "too large");
	is_str(why, "too large", "  and it says so");
	ok(!number_long("99999999999999999999", 0, 100, &n, &why), "overflow");
	ok(number_double("0.25", 0, 1, &d, &why) && d == 0.25, "0.25");
	ok(!number_double("nan", 0, 1, &d, &why), "no nan");
	ok(!number_double("inf", 0, 1, &d, &why), "no inf");
	ok(!number_double("", 0, 1, &d, &why), "not nothing");
}

static void
test_numbers_written(void)
{
	static const struct {
		double v;
		const char *number, *cost;
	} rows[] = {
	    {8, "8", "$8.00"},
	    {1.5, "1.5", "$1.50"},
	    {10, "10", "$10.00"},
	    {-2.25, "-2.25", "$-2.25"},
	    {0.0041, "0", "$0.0041"},
	    {0.00001, "0", "$0.000010"},
	};
	struct strbuf b = STRBUF_INIT(100);

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		strbuf_reset(&b);
		number_add(&b, rows[i].v);
		is_str(b.s, rows[i].number, "%g as a number", rows[i].v);
		strbuf_reset(&b);
		number_add_cost(&b, rows[i].v);
		is_str(b.s, rows[i].cost, "  as a cost");
	}
	strbuf_reset(&b);
	number_add_count(&b, 999);
	strbuf_addch(&b, ' ');
	number_add_count(&b, 10836);
	strbuf_addch(&b, ' ');
	number_add_count(&b, 1234567);
	is_str(b.s, "999 10,836 1,234,567", "counts");
	strbuf_reset(&b);
	number_add_plural(&b, 1, "paper", "papers");
	strbuf_addch(&b, ' ');
	number_add_plural(&b, 0, "paper", "papers");
	strbuf_addch(&b, ' ');
	number_add_plural(&b, 1134, "paper", "papers");
	is_str(b.s, "1 paper 0 papers 1,134 papers", "one and many");
	strbuf_release(&b);
}

static void
test_dates(void)
{
	static const struct {
		const char *word, *day; /* NULL: none */
	} words[] = {{"today", "2025-10-17"}, {"Yesterday", "2025-10-16"},
	    {"friday", "2025-10-17"}, {"Sat", "2025-10-11"},
	    {"monday", "2025-10-13"}, {"7d", "2025-10-10"},
	    {"0d", "2025-10-17"}, {"2024-02-29", "2024-02-29"}, {"d", NULL},
	    {"-1d", NULL}, {"7x", NULL}, {"mond", NULL}, {"", NULL},
	    {"1234567890d", NULL}};
	char date[DATE_LEN];
	char buf[MOMENT_LEN];
	moment_t t;
	day_t d;

	ok(day_parse("2024-02-29", &d), "a leap day");
	is_str(day_format(d, buf), "2024-02-29", "  and back");
	is_int(day_weekday(d), 4, "  a Thursday");
	ok(!day_parse("2025-02-29", &d), "no leap day");
	ok(!day_parse("2025-2-9", &d), "two digits");
	ok(!day_parse("2025-10-17x", &d), "nothing after it");
	/* A Friday. */
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		bool is = day_parse_from(
		    words[i].word, day_from_ymd(2025, 10, 17), &d);

		ok(is == (words[i].day != NULL), "a day: %s", words[i].word);
		if (is)
			is_str(day_format(d, date), words[i].day, "  which");
	}
	ok(day_begins(SLICE_LIT("2024-02-29T00:00:00Z"), &d), "of a time");
	is_str(day_format(d, buf), "2024-02-29", "  its day");
	ok(!day_begins(SLICE_LIT("2024-02"), &d), "a part of a day");
	ok(moment_parse("2025-10-17T00:00:00-04:00", &t), "with an offset");
	is_str(moment_format(t, buf), "2025-10-17T04:00:00Z", "  in UTC");
	ok(moment_parse("2025-08-20T04:00:19.899254+00:00", &t), "fraction");
	ok(moment_parse("@0", &t) && t == 0, "seconds");
	ok(!moment_parse("2025-10-17T25:00:00Z", &t), "no hour 25");
	ok(moment_parse_rfc822("Mon, 2 Apr 2007 19:18:42 GMT", &t), "RFC 822");
	is_str(moment_format(t, buf), "2007-04-02T19:18:42Z", "  in UTC");
	ok(moment_parse_rfc822("Fri, 17 Oct 2025 00:00:00 -0400", &t),
	    "RFC 822 with an offset");
	is_str(moment_format(t, buf), "2025-10-17T04:00:00Z", "  in UTC");
	ok(moment_parse_rfc822("Fri, 17 Oct 25 00:00:00 -0400 (EDT)", &t),
	    "RFC 822 with a year of two digits and a comment");
	is_str(moment_format(t, buf), "2025-10-17T04:00:00Z", "  the same");
	ok(!moment_parse_rfc822("yesterday", &t), "not a date");
	ok(!moment_parse_rfc822("Wed, 31 Feb 2025 00:00:00 GMT", &t) &&
		!moment_parse_rfc822("Sat, 29 Feb 2025 00:00:00 GMT", &t) &&
		moment_parse_rfc822("Thu, 29 Feb 2024 00:00:00 GMT", &t),
	    "a day that does not exist, and one that does");
	ok(!moment_parse_rfc822("Wed, 15 Jan 0000 00:00:00 GMT", &t) &&
		!moment_parse_rfc822("Wed, 15 Jan 2025 00:00:00 GMT x", &t),
	    "the year 0, and something behind it");
	is_int(day_of(-1), -1, "before 1970");
}

/* Over two times 400 years, after which all is as it was. */
static void
test_calendar(void)
{
	long wrong = 0;

	for (day_t day = -146097; day < 146097; day++) {
		time_t at = day * DAY_SECONDS;
		struct ymd d = day_to_ymd(day);
		struct tm tm;

		gmtime_r(&at, &tm);
		wrong += d.year != tm.tm_year + 1900 ||
		    d.month != tm.tm_mon + 1 || d.day != tm.tm_mday ||
		    day_from_ymd(d.year, d.month, d.day) != day;
	}
	is_int(wrong, 0, "the calendar is that of the C library");
	is_int(day_from_ymd(2025, 13, 1), day_from_ymd(2026, 1, 1),
	    "a month after December");
	is_int(day_from_ymd(2025, 3, 0), day_from_ymd(2025, 2, 28),
	    "the day before the first");
}

static void
test_data_file(void)
{
	char *found = directory_of("/file");

	is_str(found, "/", "what stands at the root has its folder too");
	free(found);

	setenv("PAPERROUND_DATADIR", "/nonexistent", 1);
	ok(data_file("models.tsv") == NULL, "no data file where there is none");
	unsetenv("PAPERROUND_DATADIR");
	found = data_file("no such file");
	ok(found == NULL, "nor anywhere else");
	free(found);
}

static void
test_xdg_path(void)
{
	char *path;

	setenv("HOME", "/home/me", 1);
	setenv("XDG_CACHE_HOME", "/var/x", 1);
	path = xdg_path("XDG_CACHE_HOME", ".cache", "paperround/y");
	is_str(path, "/var/x/paperround/y", "where the variable says");
	free(path);
	setenv("XDG_CACHE_HOME", "relative", 1);
	path = xdg_path("XDG_CACHE_HOME", ".cache", "paperround/y");
	is_str(path, "/home/me/.cache/paperround/y", "else below HOME");
	free(path);
	unsetenv("HOME");
	ok(xdg_path("XDG_CACHE_HOME", ".cache", "y") == NULL, "else nowhere");
}

static void
test_xgrow(void)
{
	size_t cap = 0, *v = NULL, old, moves = 0;

	for (size_t i = 0; i < 1000; i++) {
		old = cap;
		v = xgrow(v, &cap, i + 1, sizeof(*v));
		v[i] = i;
		moves += cap != old;
	}
	ok(v[0] == 0 && v[999] == 999 && cap >= 1000, "an array that grew");
	ok(moves < 10, "in a few steps");
	v = xgrow(v, &cap, 5000, sizeof(*v));
	is_int((long long)cap, 5000, "a leap is no longer than it must be");
	free(v);
}

/* Memory that cannot be had ends the process. */
static void
test_xalloc(void)
{
	pid_t pid;
	int status;

	fflush(stdout);
	if ((pid = fork()) == 0) {
		(void)close(STDERR_FILENO);
		free(xreallocarray(NULL, SIZE_MAX / 2, 3));
		exit(0);
	}
	ok(waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
		WEXITSTATUS(status) == EXIT_SOME_FAILED,
	    "an array of more bytes than can be counted");
}

static const char *
duration(double s)
{
	static struct strbuf b = STRBUF_INIT(64);

	strbuf_reset(&b);
	progress_duration(&b, s);
	return b.s;
}

static void
test_progress(void)
{
	struct slice s = SLICE_LIT("caf\xc3\xa9 noir");

	is_str(duration(0), "0 s", "nothing");
	is_str(duration(119.4), "119 s", "seconds");
	is_str(duration(119.6), "2 min", "minutes");
	is_str(duration(89 * 60 + 29), "89 min", "rounded");
	is_str(duration(7500), "2 h 5 min", "hours");
	is_int(progress_cut(s, 4).n, 5, "characters, not bytes");
	is_int(progress_cut(s, 3).n, 3, "cut before one");
	is_int(progress_cut(s, 100).n, s.n, "all of it");
	is_int(progress_cut(s, 0).n, 0, "none of it");
}

static void
test_guesses(void)
{
	static const struct {
		const char *typed, *word;
		unsigned distance;
		bool likely;
	} rows[] = {{"keywrod", "keyword", 1, true}, {"tpic", "topic", 1, true},
	    {"CS.LGG", "cs.LG", 1, true}, {"serach", "search", 1, true},
	    {"md", "markdown", 6, false}, {"x", "y", 1, false},
	    {"abcdef", "abcxyz", 3, false}, {"", "a", 1, false},
	    {"sunday", "saturday", 3, false}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct guess g = GUESS_INIT(rows[i].typed);

		is_int(guess_distance(
			   slice_of(rows[i].typed), slice_of(rows[i].word)),
		    rows[i].distance, "from %s to %s", rows[i].typed,
		    rows[i].word);
		guess_consider(&g, slice_of(rows[i].word));
		ok((g.word.n > 0) == rows[i].likely, "  likely or not");
	}
	ok(guess_distance(SLICE_LIT("0123456789012345678901234567890123456789"
				    "012345678901234567890123"),
	       SLICE_LIT("a")) > 100,
	    "a very long word is far from all");
}

int
main(void)
{
	test_strbuf();
	test_fold_space();
	test_slices();
	test_hash();
	test_strmap();
	test_strlist();
	test_utf8();
	test_numbers();
	test_numbers_written();
	test_dates();
	test_calendar();
	test_progress();
	test_data_file();
	test_xdg_path();
	test_xgrow();
	test_xalloc();
	test_guesses();
	return done_testing();
}
