/* SPDX-License-Identifier: ISC */
#include "model/schedule.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"

#define HOUR	     3600
#define CLOSING_TIME (14 * HOUR)
#define HOLIDAYS_MAX ((size_t)1 << 20)
#define SUNDAY	     0
#define SATURDAY     6

static day_t *holidays;
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
add_holiday(day_t day)
{
	holidays = xgrow(holidays, &cap, nholidays + 1, sizeof(*holidays));
	holidays[nholidays++] = day;
}

bool
holidays_read(const char *path, unsigned long *line)
{
	char *text = line_reader_slurp(path, HOLIDAYS_MAX, NULL), *rest = text,
	     *l;
	day_t day;
	bool ok = true;

	*line = 0;
	if (text == NULL)
		return false;
	while (ok && (l = strsep(&rest, "\n")) != NULL) {
		++*line;
		l[strcspn(l, "#")] = '\0';
		l += strspn(l, " \t\r");
		l[strcspn(l, " \t\r")] = '\0';
		if (*l == '\0')
			continue;
		if ((ok = day_parse(l, &day)))
			add_holiday(day);
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

bool
is_holiday(day_t day)
{
	for (size_t i = 0; i < nholidays; i++)
		if (holidays[i] == day)
			return true;
	return false;
}

static bool
is_weekend(day_t day)
{
	int w = day_weekday(day);

	return w == SUNDAY || w == SATURDAY;
}

static day_t
next_weekday(day_t day)
{
	do
		day++;
	while (is_weekend(day));
	return day;
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
	day_t closing = day_of(local);

	/* At 14:00 sharp it is too late. */
	if (local - closing * DAY_SECONDS >= CLOSING_TIME)
		closing++;
	while (is_weekend(closing) || is_holiday(closing))
		closing++;
	return next_weekday(closing);
}

bool
schedule_has_feed(day_t day)
{
	return !is_weekend(day) && !is_holiday(previous_weekday(day));
}

day_t
schedule_due(moment_t t)
{
	day_t day = eastern_day(t);

	while (!schedule_has_feed(day))
		day--;
	return day;
}
