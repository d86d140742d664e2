/* SPDX-License-Identifier: ISC */
#include "common/base/date.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/run_state.h"

static moment_t fixed_now;
static bool fixed;

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * Years are counted from March here, so that the leap day is the last of its
 * year; after 400 of them all is as before.  timegm(3) and gmtime_r(3) ask for
 * the time zone first, and every record has dates.
 */
#define ERA_DAYS    146097
#define YEAR_DAYS   365
#define BEFORE_1970 719468 /* days from the first of March of the year 0 */
#define JANUARY_1ST 306 /* of the year that began in March */

/* Days from the first of March to that of a month, 0 for March itself. */
static int64_t
days_before(int64_t month)
{
	return (153 * month + 2) / 5;
}

/* Days from the year 0 on that are leap days up to a year. */
static int64_t
leap_days(int64_t year)
{
	return floor_div(year, 4) - floor_div(year, 100) + floor_div(year, 400);
}

day_t
day_from_ymd(int year, int month, int day)
{
	int64_t since_march = (int64_t)month - 3;
	int64_t y = year + floor_div(since_march, 12);

	since_march -= floor_div(since_march, 12) * 12;
	return YEAR_DAYS * y + leap_days(y) + days_before(since_march) + day -
	    1 - BEFORE_1970;
}

struct ymd
day_to_ymd(day_t day)
{
	int64_t days = day + BEFORE_1970, era = floor_div(days, ERA_DAYS), y,
		month;

	days -= era * ERA_DAYS;
	/* Every 4 years one day more, but for the last of each century. */
	y = (days - days / (4 * YEAR_DAYS) + days / (ERA_DAYS / 4) -
		days / (ERA_DAYS - 1)) /
	    YEAR_DAYS;
	days -= YEAR_DAYS * y + leap_days(y);
	month = (5 * days + 2) / 153;
	return (struct ymd) {(int)(400 * era + y + (days >= JANUARY_1ST)),
	    (int)(month < 10 ? month + 3 : month - 9),
	    (int)(days - days_before(month) + 1)};
}

int
day_weekday(day_t day)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(((day + 4) % 7 + 7) % 7);
}

day_t
day_of(moment_t t)
{
	return floor_div(t, DAY_SECONDS);
}

/* Exactly n digits; -1 if there are others. */
static int
digits(const char **s, int n)
{
	int v = 0;

	for (; n > 0; n--, (*s)++) {
		if (!isdigit((unsigned char)**s))
			return -1;
		v = 10 * v + (**s - '0');
	}
	return v;
}

static bool
literal(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

/* "2025-10-17" at *s, which is moved past it. */
static bool
parse_ymd(const char **s, day_t *out)
{
	struct ymd d, back;

	if ((d.year = digits(s, 4)) < 0 || !literal(s, '-') ||
	    (d.month = digits(s, 2)) < 1 || d.month > 12 || !literal(s, '-') ||
	    (d.day = digits(s, 2)) < 1 || d.day > 31)
		return false;
	*out = day_from_ymd(d.year, d.month, d.day);
	back = day_to_ymd(*out);
	return back.month == d.month; /* no February 30 */
}

/* "04:00:00", seconds optional as in RFC 822; the leap second is folded. */
static bool
parse_clock(const char **s, moment_t *out)
{
	int h, m, sec = 0;

	if ((h = digits(s, 2)) < 0 || h > 23 || !literal(s, ':') ||
	    (m = digits(s, 2)) < 0 || m > 59)
		return false;
	if (literal(s, ':') && ((sec = digits(s, 2)) < 0 || sec > 60))
		return false;
	*out = h * 3600 + m * 60 + (sec > 59 ? 59 : sec);
	return true;
}

/* "+0100" or "+01:00"; seconds east of UTC. */
static bool
parse_offset(const char **s, moment_t *out)
{
	int sign = **s == '-' ? -1 : 1, h, m;

	if (!literal(s, '+') && !literal(s, '-'))
		return false;
	if ((h = digits(s, 2)) < 0 || h > 23)
		return false;
	literal(s, ':');
	if ((m = digits(s, 2)) < 0 || m > 59)
		return false;
	*out = sign * (h * 3600 + m * 60);
	return true;
}

bool
day_parse(const char *s, day_t *out)
{
	return parse_ymd(&s, out) && *s == '\0';
}

bool
day_begins(struct slice text, day_t *out)
{
	char date[DATE_LEN] = "";

	if (text.n >= sizeof(date) - 1)
		memcpy(date, text.p, sizeof(date) - 1);
	return day_parse(date, out);
}

/* The last n digits of v and what stands behind them; where that ends. */
static char *
put_digits(char *s, unsigned v, int n, char behind)
{
	for (int i = n; i-- > 0; v /= 10)
		s[i] = (char)('0' + v % 10);
	s[n] = behind;
	return s + n + 1;
}

char *
day_format(day_t day, char buf[DATE_LEN])
{
	struct ymd d = day_to_ymd(day);
	char *s = put_digits(buf, (unsigned)d.year, 4, '-');

	s = put_digits(s, (unsigned)d.month, 2, '-');
	put_digits(s, (unsigned)d.day, 2, '\0');
	return buf;
}

bool
moment_parse(const char *s, moment_t *out)
{
	moment_t clock, offset = 0;
	const char *why;
	day_t day;
	int64_t at;

	if (*s == '@') {
		if (!number_int(s + 1, 0, 253402300799, &at, &why))
			return false;
		*out = at;
		return true;
	}
	if (!parse_ymd(&s, &day))
		return false;
	*out = day * DAY_SECONDS;
	if (*s == '\0')
		return true;
	if (*s != 'T' && *s != 't' && *s != ' ')
		return false;
	s++;
	if (!parse_clock(&s, &clock))
		return false;
	if (literal(&s, '.'))
		s += strspn(s, "0123456789");
	if (*s == 'Z' || *s == 'z')
		s++;
	else if (!parse_offset(&s, &offset))
		return false;
	*out += clock - offset;
	return *s == '\0';
}

const char *
weekday_name(int weekday)
{
	static const char *const names[] = {"Sunday", "Monday", "Tuesday",
	    "Wednesday", "Thursday", "Friday", "Saturday"};

	return names[weekday];
}

const char *
month_name(int month)
{
	static const char *const names[] = {"January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December"};

	return names[month - 1];
}

/* 0 Sunday .. 6 Saturday, by the whole name or three letters; -1 if none. */
static int
weekday_number(const char *s)
{
	for (int i = 0; i < 7; i++)
		if (strcasecmp(weekday_name(i), s) == 0 ||
		    (strlen(s) == 3 && strncasecmp(weekday_name(i), s, 3) == 0))
			return i;
	return -1;
}

bool
day_parse_from(const char *s, day_t today, day_t *out)
{
	char number[8] = "";
	size_t n = strlen(s);
	const char *why;
	int weekday;
	long ago = 0;

	if (strcasecmp(s, "yesterday") == 0) {
		ago = 1;
	} else if ((weekday = weekday_number(s)) >= 0) {
		ago = (day_weekday(today) - weekday + 7) % 7;
	} else if (n > 1 && n < sizeof(number) && s[n - 1] == 'd') {
		memcpy(number, s, n - 1);
		if (!number_long(number, 0, 99999, &ago, &why))
			return false;
	} else if (strcasecmp(s, "today") != 0) {
		return day_parse(s, out);
	}
	*out = today - ago;
	return true;
}

static int
month_number(const char *s)
{
	for (int i = 1; i <= 12; i++)
		if (strncasecmp(month_name(i), s, 3) == 0)
			return i;
	return 0;
}

/* Named zones of RFC 822 that still occur, or an offset; the rest is bad. */
static bool
parse_zone(const char **s, moment_t *offset)
{
	static const struct {
		const char *name;
		int hours;
	} zones[] = {{"GMT", 0}, {"UTC", 0}, {"UT", 0}, {"Z", 0}, {"EST", -5},
	    {"EDT", -4}};
	size_t n;

	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		n = strlen(zones[i].name);
		if (strncmp(*s, zones[i].name, n) == 0) {
			*s += n;
			*offset = zones[i].hours * 3600;
			return true;
		}
	}
	return parse_offset(s, offset);
}

/* Two digits are of 1950 to 2049, as RFC 2822 reads them. */
static bool
parse_year(const char **s, int *year)
{
	size_t n = strspn(*s, "0123456789");

	if (n != 2 && n != 4)
		return false;
	*year = digits(s, (int)n);
	if (n == 2)
		*year += *year < 50 ? 2000 : 1900;
	return *year > 0;
}

/* What may follow a date: a comment in parentheses. */
static bool
is_comment(const char *s)
{
	size_t n;

	s += strspn(s, " ");
	n = strlen(s);
	while (n > 0 && s[n - 1] == ' ')
		n--;
	return n == 0 || (s[0] == '(' && strcspn(s, ")") == n - 1);
}

bool
moment_parse_rfc822(const char *s, moment_t *out)
{
	moment_t clock, offset;
	const char *comma;
	int day, month, year;
	day_t date;

	if ((comma = strchr(s, ',')) != NULL)
		s = comma + 1;
	s += strspn(s, " ");
	if ((day = digits(&s,
		 isdigit((unsigned char)s[0]) && isdigit((unsigned char)s[1])
		     ? 2
		     : 1)) < 1 ||
	    day > 31)
		return false;
	s += strspn(s, " -");
	if ((month = month_number(s)) == 0)
		return false;
	s += 3;
	s += strspn(s, " -");
	if (!parse_year(&s, &year))
		return false;
	date = day_from_ymd(year, month, day);
	if (day_to_ymd(date).day != day)
		return false; /* 31 February */
	s += strspn(s, " ");
	if (!parse_clock(&s, &clock))
		return false;
	s += strspn(s, " ");
	if (!parse_zone(&s, &offset))
		return false;
	*out = date * DAY_SECONDS + clock - offset;
	return is_comment(s);
}

char *
moment_format(moment_t t, char buf[MOMENT_LEN])
{
	day_t day = day_of(t);
	unsigned left = (unsigned)(t - day * DAY_SECONDS) % DAY_SECONDS;
	char *s = day_format(day, buf) + DATE_LEN - 1;

	*s++ = 'T';
	s = put_digits(s, left / 3600, 2, ':');
	s = put_digits(s, left / 60 % 60, 2, ':');
	s = put_digits(s, left % 60, 2, 'Z');
	*s = '\0';
	return buf;
}

void
now_set(moment_t t)
{
	fixed = true;
	fixed_now = t;
}

/* Looked up once: the environment cannot change under a run. */
static void
read_epoch(void)
{
	static bool looked;
	const char *s, *why;
	int64_t v;

	if (looked || fixed)
		return;
	looked = true;
	if ((s = getenv("SOURCE_DATE_EPOCH")) == NULL || *s == '\0')
		return;
	if (!number_int(s, 0, INT64_MAX, &v, &why))
		die(EXIT_MISUSE, "SOURCE_DATE_EPOCH: %s: %s", s, why);
	now_set(v);
}

moment_t
now(void)
{
	read_epoch();
	return fixed ? fixed_now : (moment_t)time(NULL);
}

bool
now_is_fixed(void)
{
	read_epoch();
	return fixed;
}

double
monotonic_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
