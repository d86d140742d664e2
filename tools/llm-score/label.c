/* SPDX-License-Identifier: ISC */
#include "label.h"

#include <math.h>
#include <string.h>

#include "known.h"

/* A paper that was kept by chance stands for those that were not, but not
 * for too many: it may be a freak. */
#define EXPLORED_MAX 10

static double
member_number(const struct json_members *m, const char *key, double otherwise)
{
	const struct json_member *found = json_find(m, key);
	double v;

	return found != NULL && json_double(&found->value, &v) ? v : otherwise;
}

static bool
is_lexical(const struct paper *p)
{
	struct json_members m = JSON_MEMBERS_INIT;
	const struct json_member *backend;
	bool lexical = false;

	if (paper_object(p, PAPER_SCORE, &m) &&
	    (backend = json_find(&m, "backend")) != NULL)
		lexical = slice_eq(backend->value.raw, "\"lexical\"");
	json_members_release(&m);
	return lexical;
}

/* A null axis passes. */
static bool
passes(const struct paper *p, const char *axis, double min)
{
	double v;

	return !paper_axis(p, axis, &v) || v >= min;
}

const char *
label_read(const struct options *o, struct paper *p, bool *selected)
{
	if (known_no_text(p))
		return "no_text";
	*selected = true;
	if (known_followed(p))
		return NULL;
	if (!paper_has(p, PAPER_SCORE))
		return known_put_aside(p) ? "screened_out" : "unscored";
	if (is_lexical(p))
		return "lexical";
	*selected = passes(p, "relevance", o->min_relevance) &&
	    passes(p, "novelty", o->min_novelty);
	return NULL;
}

unsigned
label_times(const struct paper *p)
{
	struct json_members m = JSON_MEMBERS_INIT;
	double explored = 0;

	if (paper_object(p, PAPER_SCREEN, &m))
		explored = member_number(&m, "explore", 0);
	json_members_release(&m);
	if (!(explored > 0 && explored < 1))
		return 1;
	return (unsigned)fmin(round(1 / explored), EXPLORED_MAX);
}

day_t
label_day(struct paper *p)
{
	static const enum paper_key keys[] = {
	    PAPER_ANNOUNCED, PAPER_PUBLISHED, PAPER_UPDATED};
	char s[DATE_LEN];
	day_t day;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct slice text = paper_text(p, keys[i]);

		if (text.n < sizeof(s) - 1)
			continue;
		memcpy(s, text.p, sizeof(s) - 1);
		s[sizeof(s) - 1] = '\0';
		if (day_parse(s, &day))
			return day;
	}
	return 0;
}
