/* SPDX-License-Identifier: ISC */
#include "local_id.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/json/json_tree.h"

static struct slice
trim(struct slice s)
{
	while (s.n > 0 && isspace((unsigned char)s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && isspace((unsigned char)s.p[s.n - 1]))
		s.n--;
	return s;
}

/* What stands in a fence of three backticks, or text as it is. */
static struct slice
unfence(struct slice text)
{
	const char *eol;
	size_t n = text.n;

	if (n < 6 || memcmp(text.p, "```", 3) != 0 ||
	    memcmp(text.p + n - 3, "```", 3) != 0)
		return text;
	if ((eol = memchr(text.p, '\n', n - 3)) == NULL)
		return text;
	return (struct slice) {eol + 1, (size_t)(text.p + n - 3 - (eol + 1))};
}

/* From the first brace to the last. */
static struct slice
braces(struct slice text)
{
	const char *first = memchr(text.p, '{', text.n);
	const char *last = memrchr(text.p, '}', text.n);

	if (first == NULL || last == NULL || last < first)
		return text;
	return (struct slice) {first, (size_t)(last - first) + 1};
}

cJSON *
local_answer(struct slice text, bool loose)
{
	cJSON *tree;

	text = unfence(trim(text));
	if (loose)
		text = braces(text);
	tree = json_tree_parse(text);
	if (cJSON_IsObject(tree))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

/* 0 for P1; n if key names none of n papers. */
static size_t
position(const char *key, size_t n)
{
	char *end;
	unsigned long v;

	if (key[0] != 'P' || !isdigit((unsigned char)key[1]) || key[1] == '0')
		return n;
	v = strtoul(key + 1, &end, 10);
	return *end == '\0' && v <= n ? v - 1 : n;
}

void
local_members(const cJSON *answer, const cJSON **member, size_t n,
    struct local_counts *counts)
{
	bool *twice = xcalloc(n + 1, sizeof(*twice));
	const cJSON *m;
	size_t i;

	memset(counts, 0, sizeof(*counts));
	for (i = 0; i < n; i++)
		member[i] = NULL;
	cJSON_ArrayForEach(m, answer)
	{
		if ((i = position(m->string, n)) == n) {
			counts->unknown++;
		} else if (member[i] != NULL || twice[i]) {
			counts->duplicate++;
			twice[i] = true;
			member[i] = NULL;
		} else {
			member[i] = m;
		}
	}
	free(twice);
}
