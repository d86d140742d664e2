/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/compat.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/secret.h"
#include "common/base/slice.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"

#define KEY_MAX	   ((size_t)16 << 10)
/* Words shorter than this are no keys, and this much of one tells it. */
#define WORD_LEAST 8
#define PIECE	   4

/* Whether a line is name, '=' and a value, and no key that ends in '='s. */
static bool
is_setting(struct slice name, struct slice value)
{
	if (name.n == 0)
		return false;
	if (value.n > 0 && value.p[0] != '=')
		return true;
	for (size_t i = 0; i < name.n; i++)
		if (!isupper((unsigned char)name.p[i]) && name.p[i] != '_')
			return false;
	return true;
}

/* The name in "export NAME = value", which value then is without; empty if
 * there is none. */
static struct slice
cut_name(struct slice *value)
{
	static const char word[] = "export ";
	struct slice s = *value, name, none = {s.p, 0};
	size_t n = 0;

	if (s.n > sizeof(word) && memcmp(s.p, word, sizeof(word) - 1) == 0)
		s = slice_trim((struct slice) {
		    s.p + sizeof(word) - 1, s.n - (sizeof(word) - 1)});
	if (memchr(s.p, '=', s.n) == NULL)
		return none;
	slice_cut(&s, '=', &name);
	name = slice_trim(name);
	s = slice_trim(s);
	while (n < name.n &&
	    (isalnum((unsigned char)name.p[n]) || name.p[n] == '_'))
		n++;
	if (n < name.n || !is_setting(name, s))
		return none;
	*value = s;
	return name;
}

static struct slice
without_quotes(struct slice s)
{
	if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') &&
	    s.p[s.n - 1] == s.p[0])
		return slice_trim((struct slice) {s.p + 1, s.n - 2});
	return s;
}

static bool
is_wanted(struct slice name, const char *const *env)
{
	bool wanted = slice_eq(name, "LLM_API_KEY");

	for (; !wanted && *env != NULL; env++)
		wanted = slice_eq(name, *env);
	return wanted;
}

static struct slice
key_in(struct slice text, const char *const *env)
{
	static const char mark[] = "\xef\xbb\xbf"; /* some editors begin so */
	struct slice line, name, first = {text.p, 0};
	bool wanted = false;

	if (text.n >= 3 && memcmp(text.p, mark, 3) == 0)
		text = (struct slice) {text.p + 3, text.n - 3};
	while (!wanted && slice_cut(&text, '\n', &line)) {
		line = slice_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		name = cut_name(&line);
		wanted = is_wanted(name, env);
		if (first.n == 0 || wanted)
			first = without_quotes(line);
	}
	return first;
}

static char *
read_file(const char *file, const char *const *env)
{
	struct slice found;
	struct stat st;
	char *key, *text;
	size_t n;

	if (stat(file, &st) == -1)
		die(EXIT_REFUSED, "--key-file: %s: %s", file, strerror(errno));
	if (S_ISREG(st.st_mode) && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		die(EXIT_REFUSED,
		    "%s: others may use this key; run chmod 600 on it", file);
	if ((text = line_reader_slurp(file, KEY_MAX, &n)) == NULL)
		die(EXIT_REFUSED, "--key-file: %s: %s", file, strerror(errno));
	found = key_in((struct slice) {text, n}, env);
	key = xmemdup0(found.p, found.n);
	explicit_bzero(text, n);
	free(text);
	return key;
}

/* Control characters, blanks, quotes and braces: not even a file of settings
 * or JSON may pass for a key. */
static bool
is_no_key_char(unsigned char c)
{
	return c <= ' ' || c > '~' || strchr("\"\\{}", c) != NULL;
}

/* Without blanks at its end; exits if it can be none. */
static char *
checked(char *key)
{
	char shown[8];
	size_t n, i = 0;

	if (key == NULL)
		return NULL;
	n = strlen(key);
	while (n > 0 && ascii_space(key[n - 1]))
		key[--n] = '\0';
	if (n == 0)
		die(EXIT_REFUSED, "the key is empty");
	while (i < n && !is_no_key_char((unsigned char)key[i]))
		i++;
	if (i == n) {
		secret_learn(key);
		return key;
	}
	snprintf(shown, sizeof(shown),
	    key[i] >= ' ' && key[i] <= '~' ? "'%c'" : "\\x%02x",
	    (unsigned char)key[i]);
	die(EXIT_REFUSED,
	    "the key contains %s, which no key does; a file holds the key "
	    "alone, or lines NAME=value",
	    shown);
}

char *
api_key_of(const char *const *env)
{
	const char *v = NULL;

	for (; (v == NULL || *v == '\0') && *env != NULL; env++)
		v = getenv(*env);
	return v == NULL || *v == '\0' ? NULL : checked(xstrdup(v));
}

char *
api_key_read(const char *file, const char *const *env)
{
	const char *any = getenv("LLM_API_KEY");

	if (file != NULL)
		return checked(read_file(file, env));
	if (any != NULL && *any != '\0')
		return checked(xstrdup(any));
	return api_key_of(env);
}

void
api_key_free(char *key)
{
	if (key == NULL)
		return;
	secret_forget();
	explicit_bzero(key, strlen(key));
	free(key);
}

static bool
is_key_char(char c)
{
	return isalnum((unsigned char)c) || strchr("_-*.~+/=", c) != NULL;
}

static bool
looks_like(const char *word, size_t n, const char *key)
{
	char piece[PIECE + 1];

	if (n < WORD_LEAST)
		return false;
	if (memmem(word, n, "sk-", 3) != NULL ||
	    memmem(word, n, "***", 3) != NULL)
		return true;
	if (key == NULL || strlen(key) < WORD_LEAST)
		return false;
	memcpy(piece, key, PIECE);
	if (memmem(word, n, piece, PIECE) != NULL)
		return true;
	memcpy(piece, key + strlen(key) - PIECE, PIECE);
	return memmem(word, n, piece, PIECE) != NULL;
}

void
api_key_redact(char *text, const char *key)
{
	char *p = text;
	size_t n;

	while (*p != '\0') {
		for (n = 0; p[n] != '\0' && is_key_char(p[n]);)
			n++;
		if (looks_like(p, n, key))
			memset(p, '*', n);
		p += n > 0 ? n : 1;
	}
}
