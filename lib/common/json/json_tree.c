/* SPDX-License-Identifier: ISC */
#include "common/json/json_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/json/json_read.h"

#define SAFE_INTEGER 9007199254740992.0 /* 2^53 */

static unsigned
hex4(const char *p)
{
	char digits[5] = {p[0], p[1], p[2], p[3], '\0'};

	return (unsigned)strtoul(digits, NULL, 16);
}

/* The escape at p (valid JSON, "\\u" and four digits) and, for the first half
 * of a pair, its other half: how long it is, and whether it stands for a
 * character that cJSON can keep. */
static bool
escape_is_kept(const char *p, const char *end, size_t *len)
{
	unsigned a, b;

	*len = 6;
	a = hex4(p + 2);
	if (a == 0 || (a >= 0xdc00 && a < 0xe000))
		return false;
	if (a < 0xd800 || a >= 0xdc00)
		return true;
	if (end - p < 12 || p[6] != '\\' || p[7] != 'u')
		return false;
	b = hex4(p + 8);
	if (b < 0xdc00 || b >= 0xe000)
		return false;
	*len = 12;
	return true;
}

/* Copies valid JSON, replacing what cJSON cannot take. */
static void
copy_replacing(struct strbuf *out, struct slice text)
{
	const char *p = text.p, *end = p + text.n, *from = p;
	size_t len;

	while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		if (p[1] != 'u') {
			p += 2;
			continue;
		}
		if (!escape_is_kept(p, end, &len)) {
			strbuf_add(out, from, (size_t)(p - from));
			strbuf_addstr(out, "\\ufffd");
			from = p + len;
		}
		p += len;
	}
	strbuf_add(out, from, (size_t)(end - from));
}

cJSON *
json_tree_parse(struct slice text)
{
	cJSON_Hooks hooks = {xmalloc, free};
	struct strbuf copy = STRBUF_INIT(STRBUF_MAX);
	const char *why;
	size_t at;
	cJSON *tree;

	if (!json_valid(text, &why, &at))
		return NULL;
	cJSON_InitHooks(&hooks);
	copy_replacing(&copy, text);
	tree = cJSON_ParseWithLengthOpts(copy.s, copy.len + 1, NULL, true);
	strbuf_release(&copy);
	return tree;
}

const cJSON *
json_tree_get(const cJSON *o, const char *key)
{
	return cJSON_IsObject(o) ? cJSON_GetObjectItemCaseSensitive(o, key)
				 : NULL;
}

const char *
json_tree_string(const cJSON *o, const char *key)
{
	return cJSON_GetStringValue(json_tree_get(o, key));
}

long
json_tree_long(const cJSON *o, const char *key, long other)
{
	const cJSON *v = json_tree_get(o, key);

	if (!cJSON_IsNumber(v) || fabs(v->valuedouble) > SAFE_INTEGER ||
	    v->valuedouble != floor(v->valuedouble))
		return other;
	return (long)v->valuedouble;
}
