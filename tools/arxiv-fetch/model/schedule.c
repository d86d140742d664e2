/* SPDX-License-Identifier: ISC */
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"

#define HOUR	     3600
#define CLOSING_TIME (14 * HOUR)
#define MAILING_TIME (20 * HOUR)
#define HOLIDAYS_MAX ((size_t)1 << 20)
#define SUNDAY	     0
#define SATURDAY     6

static struct holiday {
	day_t day;
	char name[48]; /* "" if the file does not say */
} * holidays;

static size_t nholidays, cap;

/* The nth (from 1) Sunday of a month; 0: the last. */
static day_t
nth_sunday(int year, int month, int n)
{
	day_t first = day_from_ymd(year, month, 1);
	day_t sunday = first + (7 - day_weekday(first)) % 7;

	if (n > 0)
		return sunday + 7 * (n - 1);
	sunday += 28;
	return day_to_ymd(sunday).month == month ? sunday : sunday - 7;
}

/* Daylight saving begins and ends at 2:00 local time; the law changed in
 * 1987 and 2007, arXiv began in 1991. */
moment_t
eastern_offset(moment_t t)
{
	int year = day_to_ymd(day_of(t - 5 * HOUR)).year;
	day_t begins =
	    year >= 2007 ? nth_sunday(year, 3, 2) : nth_sunday(year, 4, 1);
	day_t ends =
	    year >= 2007 ? nth_sunday(year, 11, 1) : nth_sunday(year, 10, 0);

	if (t >= begins * DAY_SECONDS + 7 * HOUR &&
	    t < ends * DAY_SECONDS + 6 * HOUR)
		return -4 * HOUR;
	return -5 * HOUR;
}

day_t
eastern_day(moment_t t)
{
	return day_of(t + eastern_offset(t));
}

static void
add_holiday(day_t day, struct slice name)
{
	struct holiday *h;

	holidays = xgrow(holidays, &cap, nholidays + 1, sizeof(*holidays));
	h = &holidays[nholidays++];
	h->day = day;
	snprintf(h->name, sizeof(h->name), "%.*s", (int)name.n, name.p);
}

/* "2026-11-26 # Thanksgiving"; false if it is something else. */
static bool
read_line(struct slice line)
{
	struct slice date = {"", 0}, name;
	char text[DATE_LEN];
	day_t day;

	/* What is left of the line when the date is cut off is its comment. */
	name = line;
	slice_cut(&name, '#', &date);
	date = slice_trim(date);
	if (date.n == 0)
		return true;
	snprintf(text, sizeof(text), "%.*s", (int)date.n, date.p);
	if (date.n >= sizeof(text) || !day_parse(text, &day))
		return false;
	add_holiday(day, slice_trim(name));
	return true;
}

bool
holidays_read(const char *path, unsigned long *line)
{
	size_t n;
	char *text = line_reader_slurp(path, HOLIDAYS_MAX, &n);
	struct slice rest = {text, n}, one;
	bool ok = true;

	*line = 0;
	if (text == NULL)
		return false;
	while (ok && slice_cut(&rest, '\n', &one)) {
		++*line;
		ok = read_line(one);
	}
	free(text);
	return ok;
}

static void
load(const char *path, bool must_exist)
{
	unsigned long line;

	if (holidays_read(path, &line))
		return;
	if (line > 0)
		msg_error_at(path, line, "not a date such as 2026-12-25");
	else if (must_exist)
		msg_warn("%s: cannot be read", path);
}

void
holidays_load(void)
{
	char *ours = data_file("holidays");
	char *own =
	    xdg_path("XDG_CONFIG_HOME", ".config", "paperround/holidays");

	if (ours != NULL)
		load(ours, true);
	if (own != NULL)
		load(own, false);
	free(ours);
	free(own);
}

void
holidays_forget(void)
{
	free(holidays);
	holidays = NULL;
	nholidays = cap = 0;
}

static const struct holiday *
holiday_of(day_t day)
{
	for (size_t i = 0; i < nholidays; i++)
		if (holidays[i].day == day)
			return &holidays[i];
	return NULL;
}

bool
is_holiday(day_t day)
{
	return holiday_of(day) != NULL;
}

const char *
holiday_name(day_t day)
{
	const struct holiday *h = holiday_of(day);

	return h != NULL ? h->name : "";
}

bool
holidays_known(day_t day)
{
	for (size_t i = 0; i < nholidays; i++)
		if (day_to_ymd(holidays[i].day).year == day_to_ymd(day).year)
			return true;
	return false;
}

bool
is_weekend(day_t day)
{
	int w = day_weekday(day);

	return w == SUNDAY || w == SATURDAY;
}

static day_t
previous_weekday(day_t day)
{
	do
		day--;
	while (is_weekend(day));
	return day;
}

day_t
schedule_announces(moment_t received)
{
	moment_t local = received + eastern_offset(received);
	day_t day = day_of(local);

	/* At 14:00 sharp it is too late. */
	if (local - day * DAY_SECONDS >= CLOSING_TIME)
		day++;
	while (is_weekend(day) || is_holiday(day))
		day++;
	/* The first feed after the day that closed with it. */
	do
		day++;
	while (!schedule_has_feed(day));
	return day;
}

/*
 * Nothing was closed on the weekday before, or nothing was mailed in the
 * evening before, which for Monday is Sunday's.
 */
bool
schedule_holiday(day_t day, day_t *holiday)
{
	if (is_weekend(day))
		return false;
	*holiday = previous_weekday(day);
	if (is_holiday(*holiday))
		return true;
	*holiday = day - 1;
	return is_holiday(*holiday);
}

bool
schedule_has_feed(day_t day)
{
	day_t holiday;

	return !is_weekend(day) && !schedule_holiday(day, &holiday);
}

day_t
schedule_before(day_t day)
{
	do
		day--;
	while (!schedule_has_feed(day));
	return day;
}

day_t
schedule_due(moment_t t)
{
	day_t day = eastern_day(t);

	return schedule_has_feed(day) ? day : schedule_before(day);
}

/* In UTC, of a time on a wall clock in Ithaca. */
static moment_t
from_eastern(day_t day, moment_t seconds)
{
	moment_t local = day * DAY_SECONDS + seconds;

	/* No closing or mailing is near the hour that clocks are changed. */
	return local - eastern_offset(local + 5 * HOUR);
}

static moment_t
closing_of(day_t feed)
{
	return from_eastern(previous_weekday(feed), CLOSING_TIME);
}

void
schedule_times(day_t feed, struct feed_times *t)
{
	t->since = closing_of(schedule_before(feed));
	t->until = closing_of(feed);
	t->mailed = from_eastern(feed - 1, MAILING_TIME);
	t->due = from_eastern(feed, 0);
}
