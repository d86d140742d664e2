/* SPDX-License-Identifier: ISC */
#include "known.h"

bool
known_followed(const struct paper *p)
{
	struct json_members m = JSON_MEMBERS_INIT;
	const struct json_member *authors;
	struct json_value item;
	size_t pos = 0;
	bool found = false;

	if (paper_object(p, PAPER_MATCH, &m) &&
	    (authors = json_find(&m, "authors")) != NULL &&
	    authors->value.type == JSON_ARRAY)
		found = json_array_next(authors->value.raw, &pos, &item);
	json_members_release(&m);
	return found;
}

bool
known_put_aside(const struct paper *p)
{
	struct json_members m = JSON_MEMBERS_INIT;
	const struct json_member *keep;
	bool aside = false;

	if (paper_object(p, PAPER_SCREEN, &m) &&
	    (keep = json_find(&m, "keep")) != NULL)
		aside = keep->value.type == JSON_FALSE;
	json_members_release(&m);
	return aside;
}

bool
known_no_text(struct paper *p)
{
	return paper_text(p, PAPER_TITLE).n == 0 ||
	    paper_text(p, PAPER_ABSTRACT).n == 0;
}
