/* SPDX-License-Identifier: ISC */
#include "scale.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/xalloc.h"

/* Keys of score that are no axes. */
static const char *const taken[] = {
    "comment", "topics", "backend", "model", "prompt", "votes", "suspect"};

static struct slice
skip(struct slice s, const char *set)
{
	while (s.n > 0 && strchr(set, s.p[0]) != NULL) {
		s.p++;
		s.n--;
	}
	return s;
}

/* The name in "## Axis: name"; empty if the line declares none. */
static struct slice
declared(struct slice line)
{
	static const char word[] = "axis:";
	size_t n = 0;

	line = skip(line, "# \t");
	if (line.n < sizeof(word) - 1 ||
	    strncasecmp(line.p, word, sizeof(word) - 1) != 0)
		return (struct slice) {line.p, 0};
	line.p += sizeof(word) - 1;
	line.n -= sizeof(word) - 1;
	line = skip(line, " \t");
	while (n < line.n &&
	    (islower((unsigned char)line.p[n]) ||
		isdigit((unsigned char)line.p[n]) || line.p[n] == '_'))
		n++;
	return (struct slice) {line.p, n};
}

static const char *
add(struct scale *s, struct slice name)
{
	for (size_t i = 0; i < s->n; i++)
		if (slice_eq(name, s->axis[i]))
			return NULL;
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		if (slice_eq(name, taken[i]))
			return "an axis has the name of another key of score";
	if (s->n == SCALE_AXES)
		return "too many axes";
	s->axis[s->n++] = xmemdup0(name.p, name.n);
	return NULL;
}

bool
scale_read(struct scale *s, struct slice criteria, const char **why)
{
	const char *p = criteria.p, *end = p + criteria.n, *eol;
	struct slice name;

	*s = (struct scale) {.n = 0};
	add(s, SLICE_LIT("relevance"));
	add(s, SLICE_LIT("novelty"));
	for (; p < end; p = eol + 1) {
		if ((eol = memchr(p, '\n', (size_t)(end - p))) == NULL)
			eol = end;
		name = declared((struct slice) {p, (size_t)(eol - p)});
		if (name.n > 0 && (*why = add(s, name)) != NULL) {
			scale_release(s);
			return false;
		}
	}
	return true;
}

void
scale_release(struct scale *s)
{
	while (s->n > 0)
		free(s->axis[--s->n]);
}
