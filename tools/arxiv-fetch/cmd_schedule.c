/* SPDX-License-Identifier: ISC */
/* --schedule: what the calendar says, a line a day. */
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/cli/run.h"
#include "common/json/json_write.h"
#include "fetch.h"

/* Days printed if --until is not given. */
#define WEEK 7

static void
put_day(struct jsonw *j, const char *key, day_t day)
{
	char text[DATE_LEN];

	jsonw_str(jsonw_key(j, key), day_format(day, text));
}

static void
put_moment(struct jsonw *j, const char *key, moment_t t)
{
	char text[MOMENT_LEN];

	jsonw_str(jsonw_key(j, key), moment_format(t, text));
}

static void
put_times(struct jsonw *j, day_t day)
{
	struct feed_times t;

	schedule_times(day, &t);
	put_moment(j, "due", t.due);
	put_moment(j, "mailed", t.mailed);
	put_moment(j, "received_since", t.since);
	put_moment(j, "received_before", t.until);
	put_day(j, "before", schedule_before(day));
}

static void
put_reason(struct jsonw *j, day_t day)
{
	day_t holiday;

	jsonw_key(j, "why");
	if (!schedule_holiday(day, &holiday)) {
		jsonw_str(j, "weekend");
		return;
	}
	jsonw_str(j, "holiday");
	put_day(j, "holiday", holiday);
	jsonw_str(jsonw_key(j, "name"), holiday_name(holiday));
}

static void
print_day(struct fetch *f, day_t day)
{
	struct jsonw j = JSONW_INIT(&f->record);
	bool has_feed = schedule_has_feed(day);

	strbuf_reset(&f->record);
	jsonw_open(&j, '{');
	put_day(&j, "day", day);
	jsonw_str(jsonw_key(&j, "weekday"), weekday_name(day_weekday(day)));
	jsonw_bool(jsonw_key(&j, "feed"), has_feed);
	if (has_feed)
		put_times(&j, day);
	else
		put_reason(&j, day);
	jsonw_bool(jsonw_key(&j, "holidays_known"), holidays_known(day));
	jsonw_close(&j, '}');
	output_record(&f->out, strbuf_slice(&f->record));
}

void
cmd_schedule(struct fetch *f)
{
	const struct fetch_options *o = &f->o;
	day_t day = o->since_given ? o->since : eastern_day(now());
	day_t last = o->until_given ? o->until : day + WEEK - 1;

	if (day > last)
		die(EXIT_MISUSE, "--until is before --since");
	for (; day <= last && !f->out.failed && !run_stopping(); day++)
		print_day(f, day);
}
