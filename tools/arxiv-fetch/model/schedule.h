/* SPDX-License-Identifier: ISC */
/*
 * When arXiv announces, in US Eastern time with its daylight saving.
 *
 * What arrives by 14:00 of a working day is announced at 20:00, and stands in
 * the feed of the next working day; Friday's waits for Sunday evening and
 * Monday's feed.  On a holiday nothing is closed and nothing is announced, so
 * the working day after it has an empty feed.  A holiday on a Sunday puts that
 * evening's announcement off to Monday's, and so to Tuesday's feed.
 *
 * "The feed of a day" is how arXiv dates announcements, and so do we.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdbool.h>

#include "common/base/date.h"

/* Seconds east of UTC (negative) at t. */
moment_t eastern_offset(moment_t t);
/* The date on a wall calendar in Ithaca. */
day_t eastern_day(moment_t t);

/*
 * Adds the days of a holidays file: one date a line, "#" begins a comment,
 * which beside a date is the holiday's name.
 * False with *line set if a line is no date, or with errno and *line 0 if the
 * file cannot be read.
 */
bool holidays_read(const char *path, unsigned long *line);
/* Those of the installed file and of the user's own, with messages. */
void holidays_load(void);
void holidays_forget(void);
bool is_holiday(day_t day);
/* "" if it has none, or is none. */
const char *holiday_name(day_t day);
/* False if no holiday of that day's year is known: the list is too old. */
bool holidays_known(day_t day);
bool is_weekend(day_t day);

/* The day whose feed announces what arrived at t. */
day_t schedule_announces(moment_t received);
/* True if a feed of that day has (or should have) papers. */
bool schedule_has_feed(day_t day);
/* True for a weekday that has none because of a holiday, which is told. */
bool schedule_holiday(day_t day, day_t *holiday);
/* The latest day whose feed is due by t. */
day_t schedule_due(moment_t t);
/* The day with a feed before this one. */
day_t schedule_before(day_t day);

/* Of a day that has a feed: what it covers was received between since and
 * until, is announced by mail, and stands in the feed when that is due. */
struct feed_times {
	moment_t since, until, mailed, due;
};

void schedule_times(day_t feed, struct feed_times *t);

#endif
