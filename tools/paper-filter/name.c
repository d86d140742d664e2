/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <string.h>

#include "common/base/utf8.h"
#include "common/text/byline.h"
#include "common/text/fold.h"

void
name_init(struct name *n)
{
	strbuf_init(&n->text, STRBUF_MAX);
	n->n = 0;
}

void
name_release(struct name *n)
{
	strbuf_release(&n->text);
	n->n = 0;
}

/* What stands between the parts of a name. */
static bool
is_separator(char c)
{
	return c == ' ' || c == '.' || c == '-' || c == '\'' || c == ',' ||
	    c == '`' || c == '~' || c == '{' || c == '}' || c == '\t' ||
	    c == '\\';
}

static bool
is_suffix(struct slice part)
{
	static const char *const suffixes[] = {"jr", "sr", "ii", "iii", "iv"};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (slice_eq(part, suffixes[i]))
			return true;
	return false;
}

static void
add_part(struct name *n, struct slice part, bool joined)
{
	/* Who has more names keeps the family's. */
	if (n->n == NAME_PARTS_MAX)
		n->n--;
	n->joined[n->n] = joined;
	n->part[n->n++] = part;
}

static void
split(struct name *n, struct slice text)
{
	size_t i = 0, start;
	bool hyphen;

	while (i < text.n) {
		hyphen = false;
		for (start = i; i < text.n && is_separator(text.p[i]); i++)
			hyphen |= start > 0 && text.p[i] == '-';
		start = i;
		while (i < text.n && !is_separator(text.p[i]))
			i++;
		if (i > start)
			add_part(n, (struct slice) {text.p + start, i - start},
			    hyphen);
	}
}

static void
fold_name(struct strbuf *out, struct slice text)
{
	struct strbuf plain = STRBUF_INIT(STRBUF_MAX);

	byline_strip_marks(&plain, text);
	fold(out, strbuf_slice(&plain), false);
	strbuf_release(&plain);
}

bool
name_parse(struct name *n, struct slice text)
{
	struct slice all;
	const char *comma;

	strbuf_reset(&n->text);
	n->n = 0;
	fold_name(&n->text, text);
	all = strbuf_slice(&n->text);
	comma = memchr(all.p, ',', all.n);
	if (comma != NULL) {
		size_t before = (size_t)(comma - all.p);
		struct slice after = {comma + 1, all.n - before - 1};

		split(n, after);
		/* "Gates, Jr." is in order already. */
		if (n->n == 1 && is_suffix(n->part[0]))
			n->n = 0;
		all.n = before;
	}
	split(n, all);
	while (n->n > 1 && is_suffix(n->part[n->n - 1]))
		n->n--;
	return n->n > 0;
}

struct slice
name_family(const struct name *n)
{
	return n->n > 0 ? n->part[n->n - 1] : (struct slice) {"", 0};
}

/* True if both have the same letters, wherever they are split: "Le Cun" and
 * "LeCun". */
static bool
same_letters(const struct name *a, const struct name *b)
{
	size_t i = 0, j = 0, x = 0, y = 0;

	for (;;) {
		while (i < a->n && x == a->part[i].n)
			i++, x = 0;
		while (j < b->n && y == b->part[j].n)
			j++, y = 0;
		if (i == a->n || j == b->n)
			return i == a->n && j == b->n;
		if (a->part[i].p[x++] != b->part[j].p[y++])
			return false;
	}
}

static bool
is_initial(struct slice part)
{
	size_t len;

	if (part.n == 0)
		return false;
	utf8_decode(part.p, part.n, &len);
	return len == part.n;
}

static enum name_likeness
compare_part(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;

	if (slice_same(a, b))
		return NAME_SAME;
	if ((is_initial(a) || is_initial(b)) && memcmp(a.p, b.p, n) == 0)
		return NAME_INITIALS;
	return NAME_OTHER;
}

/* Jean-Pierre is not Jean, though J. may be either: b's first name, if that of
 * a has a hyphen. */
static enum name_likeness
compare_joined(const struct name *a, const struct name *b)
{
	if (a->n < 3 || !a->joined[1] ||
	    (b->n > 2 && compare_part(a->part[1], b->part[1]) != NAME_OTHER))
		return NAME_SAME;
	return is_initial(b->part[0]) ? NAME_INITIALS : NAME_OTHER;
}

static enum name_likeness
compare_first(const struct name *a, const struct name *b)
{
	enum name_likeness first = compare_part(a->part[0], b->part[0]);
	enum name_likeness ab = compare_joined(a, b), ba = compare_joined(b, a);

	if (ab < first)
		first = ab;
	return ba < first ? ba : first;
}

/*
 * The family names and the first given names have to agree; of the others,
 * those that both have.
 */
enum name_likeness
name_compare(const struct name *a, const struct name *b)
{
	enum name_likeness first;
	size_t j;

	if (same_letters(a, b))
		return NAME_SAME;
	if (a->n < 2 || b->n < 2 || !slice_same(name_family(a), name_family(b)))
		return NAME_OTHER;
	first = compare_first(a, b);
	if (first == NAME_OTHER)
		return NAME_OTHER;
	if (a->n > b->n) {
		const struct name *swap = a;

		a = b;
		b = swap;
	}
	/* Every further name of the shorter is one of the longer, in order. */
	for (size_t i = j = 1; i + 1 < a->n; i++, j++) {
		while (j + 1 < b->n &&
		    compare_part(a->part[i], b->part[j]) == NAME_OTHER)
			j++;
		if (j + 1 >= b->n)
			return NAME_OTHER;
	}
	return first;
}
