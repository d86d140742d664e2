/* SPDX-License-Identifier: ISC */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/json/json_read.h"

#include "../fuzz.h"

/* Deeper than we allow, or nearly. */
static bool
is_deep(const char *s, size_t n)
{
	size_t depth = 0;

	for (size_t i = 0; i < n; i++)
		depth += s[i] == '[' || s[i] == '{';
	return depth > JSON_MAX_DEPTH - 2;
}

/*
 * What cJSON lets pass though RFC 8259 does not: bytes that are not UTF-8,
 * controls as white space and in strings, a byte order mark, numbers such as
 * 01, 1. and -.5, and \u with anything behind it.
 */
static bool
is_sloppy(const char *s, size_t n)
{
	if (!utf8_valid(s, n) || (n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0))
		return true;
	for (size_t i = 0; i < n; i++) {
		char next = i + 1 < n ? s[i + 1] : ' ';
		bool digit = next >= '0' && next <= '9';

		if (s[i] == '\\' && next == 'u' &&
		    strspn(s + i + 2, "0123456789abcdefABCDEF") < 4)
			return true;
		if ((unsigned char)s[i] < 0x20 || (s[i] == '0' && digit) ||
		    ((s[i] == '.' || s[i] == '-') && !digit))
			return true;
	}
	return false;
}

/* cJSON refuses lone surrogates and cuts strings at a NUL; for us both are
 * text. */
static bool
has_odd_escape(const char *s)
{
	return strcasestr(s, "\\ud") != NULL || strstr(s, "\\u0000") != NULL;
}

static void
same_string(const struct json_value *v, const cJSON *item)
{
	struct strbuf scratch = STRBUF_INIT(STRBUF_MAX);
	struct slice text;

	FUZZ_ASSERT((v->type == JSON_STRING) == (cJSON_IsString(item) != 0));
	FUZZ_ASSERT((v->type == JSON_NUMBER) == (cJSON_IsNumber(item) != 0));
	FUZZ_ASSERT((v->type == JSON_ARRAY) == (cJSON_IsArray(item) != 0));
	if (v->type == JSON_STRING) {
		text = json_text(v, &scratch);
		FUZZ_ASSERT(slice_eq(text, item->valuestring));
	}
	strbuf_release(&scratch);
}

/* The same items in the same order. */
static void
same_items(const struct json_members *m, const cJSON *tree)
{
	const cJSON *item = tree->child;

	for (size_t i = 0; i < m->n; i++, item = item->next) {
		const struct json_value *v = &m->v[i].value;
		struct json_value element;
		size_t pos = 0, n = 0;

		FUZZ_ASSERT(item != NULL);
		same_string(v, item);
		if (v->type != JSON_ARRAY)
			continue;
		while (json_array_next(v->raw, &pos, &element)) {
			same_string(&element, cJSON_GetArrayItem(item, (int)n));
			n++;
		}
		FUZZ_ASSERT(n == (size_t)cJSON_GetArraySize(item));
	}
	FUZZ_ASSERT(item == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *s = xmemdup0((const char *)data, n);
	struct json_members m = JSON_MEMBERS_INIT;
	struct slice text = {s, n};
	const char *error = NULL;
	size_t at;
	bool valid = json_valid(text, &error, &at);
	bool object = json_object(&m, text);
	cJSON *tree = NULL;

	FUZZ_ASSERT(valid == (error == NULL) && at <= n);
	FUZZ_ASSERT(object == (m.error == NULL));
	FUZZ_ASSERT(valid || !object);
	if (memchr(s, '\0', n) == NULL)
		tree = cJSON_ParseWithLengthOpts(s, n + 1, NULL, 1);
	if (valid && !has_odd_escape(s))
		FUZZ_ASSERT(tree != NULL);
	if (tree != NULL && !is_sloppy(s, n) && !is_deep(s, n))
		FUZZ_ASSERT(valid);
	if (object && tree != NULL && !has_odd_escape(s))
		same_items(&m, tree);
	cJSON_Delete(tree);
	json_members_release(&m);
	free(s);
	return 0;
}
