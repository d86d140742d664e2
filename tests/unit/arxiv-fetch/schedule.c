/* SPDX-License-Identifier: ISC */
#include "model/model.h"

#include <stdlib.h>

#include "../tap.h"

static moment_t
at(const char *text)
{
	moment_t t = 0;

	if (!moment_parse(text, &t))
		ok(false, "bad test: %s", text);
	return t;
}

static day_t
day(const char *text)
{
	return day_of(at(text));
}

static void
test_offsets(void)
{
	static const struct {
		const char *t;
		int hours;
	} rows[] = {
	    {"2026-01-15T12:00:00Z", -5},
	    {"2026-07-15T12:00:00Z", -4},
	    {"2026-03-08T06:59:59Z", -5},
	    {"2026-03-08T07:00:00Z", -4},
	    {"2026-11-01T05:59:59Z", -4},
	    {"2026-11-01T06:00:00Z", -5},
	    {"2006-04-02T06:59:59Z", -5},
	    {"2006-04-02T07:00:00Z", -4},
	    {"2006-10-29T05:59:59Z", -4},
	    {"2006-10-29T06:00:00Z", -5},
	    {"2026-01-01T00:00:00Z", -5},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		is_int(eastern_offset(at(rows[i].t)) / 3600, rows[i].hours,
		    "the offset at %s", rows[i].t);
	is_int(eastern_day(at("2026-11-20T04:59:59Z")), day("2026-11-19"),
	    "a minute before midnight in Ithaca");
}

static void
test_announcements(void)
{
	/* Received (UTC) and the date of the feed that has it. */
	static const struct {
		const char *received, *feed, *why;
	} rows[] = {
	    {"2026-09-21T18:00:00Z", "2026-09-23", "Monday 14:00 to Wednesday"},
	    {"2026-09-22T17:59:59Z", "2026-09-23", "Tuesday before 14:00"},
	    {"2026-09-22T18:00:00Z", "2026-09-24", "Tuesday at 14:00"},
	    {"2026-09-24T05:29:13Z", "2026-09-25", "Thursday morning"},
	    {"2026-09-25T17:59:59Z", "2026-09-28", "Friday before 14:00"},
	    {"2026-09-25T18:00:00Z", "2026-09-29", "Friday at 14:00"},
	    {"2026-09-26T12:00:00Z", "2026-09-29", "Saturday"},
	    {"2026-09-28T12:00:00Z", "2026-09-29", "Monday before 14:00"},
	    {"2026-11-26T12:00:00Z", "2026-11-30", "Thanksgiving"},
	    {"2026-11-25T20:00:00Z", "2026-11-30", "the evening before it"},
	    {"2025-07-03T10:00:00Z", "2025-07-04", "before a Sunday's holiday"},
	    {"2025-07-04T10:00:00Z", "2025-07-08", "for a Sunday's holiday"},
	    {"2025-07-07T10:00:00Z", "2025-07-08", "the Monday after it"},
	    {"2026-07-03T10:00:00Z", "2026-07-07", "a Friday's holiday"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		is_int(schedule_announces(at(rows[i].received)),
		    day(rows[i].feed), "received on %s", rows[i].why);
}

static void
test_due(void)
{
	static const struct {
		const char *now, *feed;
	} rows[] = {
	    {"2026-11-20T04:59:59Z", "2026-11-19"},
	    {"2026-11-20T05:00:00Z", "2026-11-20"},
	    {"2026-11-21T12:00:00Z", "2026-11-20"},
	    {"2026-11-23T04:59:59Z", "2026-11-20"},
	    {"2026-11-23T05:00:00Z", "2026-11-23"},
	    {"2026-11-27T12:00:00Z", "2026-11-26"},
	    {"2026-11-30T12:00:00Z", "2026-11-30"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		is_int(schedule_due(at(rows[i].now)), day(rows[i].feed),
		    "due at %s", rows[i].now);
	ok(!schedule_has_feed(day("2026-11-21")), "none on Saturday");
	ok(!schedule_has_feed(day("2026-11-27")), "none after Thanksgiving");
	ok(schedule_has_feed(day("2026-11-26")), "but on it");
	ok(!schedule_has_feed(day("2025-07-07")), "none after a Sunday's");
	is_int(schedule_before(day("2025-07-08")), day("2025-07-04"),
	    "the day with a feed before");
}

static void
test_reasons(void)
{
	day_t holiday;

	ok(!schedule_holiday(day("2026-11-28"), &holiday), "a weekend is none");
	ok(!schedule_holiday(day("2026-11-26"), &holiday),
	    "nor is its own day");
	ok(schedule_holiday(day("2026-11-27"), &holiday) &&
		holiday == day("2026-11-26"),
	    "the day after is");
	is_str(holiday_name(holiday), "Thanksgiving", "by name");
	is_str(holiday_name(day("2026-11-25")), "", "other days have none");
	ok(schedule_holiday(day("2025-07-07"), &holiday) &&
		holiday == day("2025-07-06"),
	    "so is the day after a Sunday's");
	ok(holidays_known(day("2026-01-01")) &&
		!holidays_known(day("2027-01-01")),
	    "of which years they are known");
}

static void
test_times(void)
{
	struct feed_times t;

	schedule_times(day("2026-11-30"), &t);
	is_int(t.since, at("2026-11-25T19:00:00Z"), "received since");
	is_int(t.until, at("2026-11-27T19:00:00Z"), "received before");
	is_int(t.mailed, at("2026-11-30T01:00:00Z"), "mailed");
	is_int(t.due, at("2026-11-30T05:00:00Z"), "due");
	ok(schedule_announces(t.since) == day("2026-11-30") &&
		schedule_announces(t.since - 1) == day("2026-11-26") &&
		schedule_announces(t.until - 1) == day("2026-11-30") &&
		schedule_announces(t.until) == day("2026-12-01"),
	    "what a feed covers is what it announces");
	schedule_times(day("2026-03-09"), &t);
	is_int(t.since, at("2026-03-05T19:00:00Z"), "in winter");
	is_int(t.due, at("2026-03-09T04:00:00Z"), "due in summer");
}

static void
test_holidays_file(const char *path)
{
	unsigned long line;
	FILE *f = fopen(path, "w");

	fputs("# ours\n2026-11-26 # Thanksgiving\n\n \n2025-07-06\n2026-07-03",
	    f);
	fclose(f);
	ok(holidays_read(path, &line), "a file of holidays");
	ok(is_holiday(day("2026-11-26")) && !is_holiday(day("2026-11-25")),
	    "has its day and no other");
	f = fopen(path, "w");
	fputs("2026-12-25\nChristmas\n", f);
	fclose(f);
	ok(!holidays_read(path, &line), "a line that is no date");
	is_int(line, 2, "is told");
	ok(!holidays_read("/nonexistent/holidays", &line) && line == 0,
	    "so is a file that is not there");
	remove(path);
}

static void
test_seen(void)
{
	struct recent_ids s = {NULL, NULL, 0};
	char key[24];
	size_t again = 0;

	ok(!recent_ids_add(&s, recent_ids_hash("a")), "not seen");
	ok(recent_ids_add(&s, recent_ids_hash("a")), "seen");
	for (size_t i = 0; i < 3 * RECENT_IDS; i++) {
		snprintf(key, sizeof(key), "%zu", i);
		again += recent_ids_add(&s, recent_ids_hash(key));
	}
	is_int(again, 0, "no two of many are taken for one");
	ok(recent_ids_add(&s, recent_ids_hash(key)), "the latest are known");
	ok(!recent_ids_add(&s, recent_ids_hash("a")),
	    "the oldest are forgotten");
	recent_ids_release(&s);
}

int
main(void)
{
	char path[] = "/tmp/paperround-holidays.XXXXXX";
	int fd = mkstemp(path);

	ok(fd != -1, "a file to write to");
	test_offsets();
	test_holidays_file(path);
	test_announcements();
	test_due();
	test_reasons();
	test_times();
	test_seen();
	holidays_forget();
	return done_testing();
}
