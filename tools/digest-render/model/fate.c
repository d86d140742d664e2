/* SPDX-License-Identifier: ISC */
/* Whether a record is shown, and if not, why. */
#include "model/digest_internal.h"
#include "model/digest.h"

static bool
has_author_match(struct digest *d, struct paper *p)
{
	const struct json_member *m;
	struct json_value item;
	size_t pos = 0;

	if (!paper_object(p, PAPER_MATCH, &d->builder->object))
		return false;
	m = json_find(&d->builder->object, "authors");
	return m != NULL && m->value.type == JSON_ARRAY &&
	    json_array_next(m->value.raw, &pos, &item);
}

static bool
is_screened_out(struct digest *d, struct paper *p)
{
	const struct json_member *m;

	if (!paper_object(p, PAPER_SCREEN, &d->builder->object))
		return false;
	m = json_find(&d->builder->object, "keep");
	return m != NULL && m->value.type == JSON_FALSE;
}

/* A null axis passes every cutoff on it. */
static bool
is_below(const struct digest *d, const struct paper *p)
{
	double v;

	if (paper_axis(p, "relevance", &v) && v < d->style.min_relevance)
		return true;
	return paper_axis(p, "novelty", &v) && v < d->style.min_novelty;
}

enum paper_class
classify_paper(struct digest *d, struct paper *p)
{
	if (has_author_match(d, p))
		return CLASS_SHOWN;
	if (paper_has(p, PAPER_SCORE_ERROR))
		return CLASS_UNSCORED;
	if (is_screened_out(d, p))
		return CLASS_SCREENED;
	return is_below(d, p) ? CLASS_BELOW : CLASS_SHOWN;
}
