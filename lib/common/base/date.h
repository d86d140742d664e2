/* SPDX-License-Identifier: ISC */
/*
 * Days and moments.  A day is the number of days since 1970-01-01, a moment
 * the number of seconds since then, UTC; both are plain integers so that
 * schedules can be computed and tested without a clock.
 */
#ifndef DATE_H
#define DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/slice.h"

typedef int64_t day_t;
typedef int64_t moment_t;

struct ymd {
	int year, month, day;
};

#define DAY_SECONDS 86400
#define DATE_LEN    sizeof("9999-12-31")
#define MOMENT_LEN  sizeof("9999-12-31T23:59:59Z")

day_t day_from_ymd(int year, int month, int day);
struct ymd day_to_ymd(day_t day);
/* 0 Sunday .. 6 Saturday. */
int day_weekday(day_t day);
/* "Sunday", of 0..6; the first three letters are the short name. */
const char *weekday_name(int weekday);
/* "January", of 1..12; the same holds. */
const char *month_name(int month);
day_t day_of(moment_t t);
/* "2025-10-17", all of s, a day that exists. */
bool day_parse(const char *s, day_t *out);
/* That, or told from today: "today", "yesterday", "monday" (the last one, which
 * may be today), "7d" (seven days ago). */
bool day_parse_from(const char *s, day_t today, day_t *out);
/* A date at the beginning of text, whatever follows: a time, a comment. */
bool day_begins(struct slice text, day_t *out);
/* Writes "2025-10-17" and returns buf. */
char *day_format(day_t day, char buf[DATE_LEN]);

/* RFC 3339 ("2025-10-17T04:00:00Z", with offset, fraction ignored), a bare
 * date (midnight UTC) or "@seconds". */
bool moment_parse(const char *s, moment_t *out);
/* RFC 822/2822 as in feeds and HTTP: "Mon, 2 Apr 2007 19:18:42 GMT". */
bool moment_parse_rfc822(const char *s, moment_t *out);
/* Writes "2025-10-17T04:00:00Z" and returns buf. */
char *moment_format(moment_t t, char buf[MOMENT_LEN]);

/* The run's idea of now: --now, else SOURCE_DATE_EPOCH, else the clock. */
moment_t now(void);
void now_set(moment_t t);
/* True if now() does not come from the clock. */
bool now_is_fixed(void);
/* Seconds of a clock that never goes back, for durations. */
double monotonic_seconds(void);

#endif
