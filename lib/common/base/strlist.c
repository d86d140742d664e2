/* SPDX-License-Identifier: ISC */
#include "common/base/strlist.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

void
strlist_take(struct strlist *l, char *s)
{
	/* Sizes are powers of two, so the capacity need not be kept. */
	if ((l->n & (l->n - 1)) == 0)
		l->v = xreallocarray(
		    l->v, l->n != 0 ? 2 * l->n : 1, sizeof(*l->v));
	l->v[l->n++] = s;
}

void
strlist_add(struct strlist *l, const char *s)
{
	strlist_take(l, xstrdup(s));
}

void
strlist_add_new(struct strlist *l, struct slice s)
{
	char *copy = xmemdup0(s.p, s.n);

	if (strlist_has(l, copy))
		free(copy);
	else
		strlist_take(l, copy);
}

bool
strlist_split(struct strlist *l, const char *s)
{
	const char *end;
	size_t n;

	for (;; s = end + 1) {
		s += strspn(s, " \t");
		end = s + strcspn(s, ",");
		for (n = (size_t)(end - s); n > 0; n--)
			if (s[n - 1] != ' ' && s[n - 1] != '\t')
				break;
		if (n == 0)
			return false;
		strlist_take(l, xmemdup0(s, n));
		if (*end == '\0')
			return true;
	}
}

void
strlist_remove(struct strlist *l, size_t i)
{
	free(l->v[i]);
	memmove(l->v + i, l->v + i + 1, (--l->n - i) * sizeof(*l->v));
}

bool
strlist_has(const struct strlist *l, const char *s)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i], s) == 0)
			return true;
	return false;
}

char **
strlist_vector(const struct strlist *l)
{
	char **v = xcalloc(l->n + 1, sizeof(*v));

	for (size_t i = 0; i < l->n; i++)
		v[i] = l->v[i];
	return v;
}

void
strlist_release(struct strlist *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i]);
	free(l->v);
	*l = (struct strlist)STRLIST_INIT;
}
