/* SPDX-License-Identifier: ISC */
#include "common/json/json_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/json/json_read.h"

#define SAFE_INTEGER 9007199254740992.0 /* 2^53 */

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
	json_replace_halves(&copy, text, false);
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
