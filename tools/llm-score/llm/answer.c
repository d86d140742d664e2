/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/json/json_tree.h"

/* What it is wrapped in */

static struct slice
without_mark(struct slice s)
{
	static const char mark[] = "\xef\xbb\xbf";

	s = slice_trim(s);
	if (s.n >= 3 && memcmp(s.p, mark, 3) == 0)
		s = slice_trim((struct slice) {s.p + 3, s.n - 3});
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

/* A key names a paper: P and a number. */
static bool
is_local_id(const char *key)
{
	return key != NULL && key[0] == 'P' && key[1] >= '1' && key[1] <= '9';
}

static bool
has_papers(const cJSON *tree)
{
	const cJSON *m;

	cJSON_ArrayForEach(m, tree)
	{
		if (is_local_id(m->string))
			return true;
	}
	return false;
}

/* {"ratings":{"P1":..}}: the inner object instead. */
static cJSON *
unwrap(cJSON *tree)
{
	cJSON *inner;

	if (has_papers(tree) || cJSON_GetArraySize(tree) != 1 ||
	    !cJSON_IsObject(tree->child) || !has_papers(tree->child))
		return tree;
	inner = cJSON_DetachItemViaPointer(tree, tree->child);
	cJSON_Delete(tree);
	return inner;
}

/* Thinking */

static bool
begins(struct slice s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && memcmp(s.p, word, n) == 0;
}

/* What comes after the last mark that thinking is over.  Empty if there is
 * only the mark that it begins. */
static struct slice
after_thinking(struct slice text)
{
	static const char *const ends[] = {"</think>", "</thinking>",
	    "</thought>", "[/THINK]", "<|message|>", "<channel|>"};
	static const char *const starts[] = {
	    "<think>", "<thinking>", "<thought>", "[THINK]"};
	const char *last = NULL, *at;
	struct slice rest;

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		rest = text;
		while ((at = memmem(rest.p, rest.n, ends[i],
			    strlen(ends[i]))) != NULL) {
			at += strlen(ends[i]);
			rest.n -= (size_t)(at - rest.p);
			rest.p = at;
			if (last == NULL || at > last)
				last = at;
		}
	}
	if (last != NULL)
		return (struct slice) {last, (size_t)(text.p + text.n - last)};
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (begins(slice_trim(text), starts[i]))
			return (struct slice) {text.p, 0};
	return text;
}

/* Members by themselves */

/* How far the string goes that begins at s.p; 0 if it has no end.  A quote
 * counts as its end whatever comes next. */
static size_t
string_length(struct slice s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			return i + 1;
	}
	return 0;
}

/* The same of a string or an object. */
static size_t
value_length(struct slice s)
{
	size_t depth = 0, n;

	if (s.n == 0 || s.p[0] == '"')
		return s.n == 0 ? 0 : string_length(s);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"') {
			n = string_length((struct slice) {s.p + i, s.n - i});
			if (n == 0)
				return 0;
			i += n - 1;
		} else if (s.p[i] == '{' || s.p[i] == '[') {
			depth++;
		} else if (s.p[i] == '}' || s.p[i] == ']') {
			if (--depth == 0)
				return i + 1;
		}
	}
	return 0;
}

/* A backslash that begins no escape of JSON is one of TeX: \alpha, and \frac,
 * \beta, \nu, \rho and \theta too, which would be escapes. */
static bool
is_escape(const char *s, const char *end)
{
	if (s == end || strchr("\"\\/bfnrtu", *s) == NULL)
		return false;
	if (strchr("bfnrt", *s) != NULL)
		return s + 1 == end || !islower((unsigned char)s[1]);
	for (int i = 1; *s == 'u' && i <= 4; i++)
		if (s + i >= end || !isxdigit((unsigned char)s[i]))
			return false;
	return true;
}

static void
mend_string(struct strbuf *out, struct slice s)
{
	const char *end = s.p + s.n;

	for (const char *p = s.p; p < end; p++) {
		if ((unsigned char)*p < ' ') {
			strbuf_addch(out, ' ');
		} else if (*p != '\\') {
			strbuf_addch(out, *p);
		} else if (is_escape(p + 1, end - 1)) {
			strbuf_add(out, p++, 2);
		} else {
			strbuf_addstr(out, "\\\\");
		}
	}
}

/* A comma that nothing follows. */
static bool
is_trailing(struct slice s)
{
	size_t i = 1;

	while (i < s.n && ascii_space(s.p[i]))
		i++;
	return s.p[0] == ',' && i < s.n && (s.p[i] == '}' || s.p[i] == ']');
}

static cJSON *
parse_mended(struct slice s)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	cJSON *tree;

	while (s.n > 0) {
		size_t n = s.p[0] == '"' ? string_length(s) : 1;

		if (n > 1)
			mend_string(&b, (struct slice) {s.p, n});
		else if (!is_trailing(s))
			strbuf_addch(&b, s.p[0]);
		n = n == 0 ? 1 : n;
		s.p += n;
		s.n -= n;
	}
	tree = json_tree_parse(strbuf_slice(&b));
	strbuf_release(&b);
	return tree;
}

static cJSON *
parse_value(struct slice s)
{
	cJSON *tree = json_tree_parse(s);

	return tree != NULL ? tree : parse_mended(s);
}

/* Moves *rest behind the next "P1": and gives the key; false if there is
 * none. */
static bool
next_key(struct slice *rest, char key[8])
{
	const char *at;
	size_t n;

	while ((at = memmem(rest->p, rest->n, "\"P", 2)) != NULL) {
		rest->n -= (size_t)(at + 1 - rest->p);
		rest->p = at + 1;
		for (n = 1; n < rest->n && isdigit((unsigned char)rest->p[n]);)
			n++;
		if (n < 2 || n >= 8 || n == rest->n || rest->p[n] != '"')
			continue;
		memcpy(key, rest->p, n);
		key[n] = '\0';
		rest->p += n + 1;
		rest->n -= n + 1;
		*rest = slice_trim(*rest);
		if (rest->n == 0 || rest->p[0] != ':')
			continue;
		*rest = slice_trim((struct slice) {rest->p + 1, rest->n - 1});
		return true;
	}
	return false;
}

/* Where a value has no end or no sense, the next key may stand in it: so much
 * is read in vain before the rest is left alone.  An answer of usual size never
 * comes near to it; one of megabytes that repeats itself would take hours. */
#define VAIN_MAX ((size_t)64 << 20)

/* The members that can be read by themselves; NULL if there is none. */
static cJSON *
salvage(struct slice rest)
{
	cJSON *tree = cJSON_CreateObject(), *value;
	char key[8];
	size_t n, vain = 0;

	while (vain < VAIN_MAX && next_key(&rest, key)) {
		if (rest.n == 0 || (rest.p[0] != '{' && rest.p[0] != '"'))
			continue;
		n = value_length(rest);
		value = n == 0 ? NULL : parse_value((struct slice) {rest.p, n});
		if (value == NULL) {
			vain += n == 0 ? rest.n : n;
			continue;
		}
		cJSON_AddItemToObject(tree, key, value);
		rest.p += n;
		rest.n -= n;
	}
	if (tree->child != NULL)
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

/* JSON as it is; a string that holds it is opened once. */
static cJSON *
parse_strict(struct slice text, bool opened)
{
	cJSON *tree = json_tree_parse(unfence(text)), *inner;

	if (cJSON_IsObject(tree))
		return unwrap(tree);
	inner = cJSON_IsString(tree) && !opened
	    ? parse_strict(without_mark(slice_of(tree->valuestring)), true)
	    : NULL;
	cJSON_Delete(tree);
	return inner;
}

cJSON *
answer_json_parse(struct slice text)
{
	cJSON *tree;

	text = without_mark(text);
	if ((tree = parse_strict(text, false)) != NULL)
		return tree;
	text = without_mark(after_thinking(text));
	if ((tree = parse_strict(text, false)) != NULL)
		return tree;
	return salvage(text);
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
answer_json_members(const cJSON *answer, const cJSON **member, size_t n,
    struct answer_json_counts *counts)
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
