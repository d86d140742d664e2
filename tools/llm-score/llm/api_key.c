/* SPDX-License-Identifier: ISC */
#include "llm/api_key.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/slice.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"

#define KEY_MAX	   ((size_t)16 << 10)
/* Words shorter than this are no keys, and this much of one tells it. */
#define WORD_LEAST 8
#define PIECE	   4

/* The name in "export NAME=value", which value then is without; empty if there
 * is none. */
static struct slice
cut_name(struct slice *value)
{
	static const char word[] = "export ";
	struct slice s = *value;
	size_t n = 0;

	if (s.n > sizeof(word) && memcmp(s.p, word, sizeof(word) - 1) == 0)
		s = slice_trim((struct slice) {
		    s.p + sizeof(word) - 1, s.n - (sizeof(word) - 1)});
	while (n < s.n && (isupper((unsigned char)s.p[n]) || s.p[n] == '_'))
		n++;
	if (n == 0 || n == s.n || s.p[n] != '=')
		return (struct slice) {s.p, 0};
	*value = slice_trim((struct slice) {s.p + n + 1, s.n - n - 1});
	return (struct slice) {s.p, n};
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
	struct slice line, name, first = {text.p, 0};
	bool wanted = false;

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
	api_key_free(text);
	return key;
}

/* Without blanks at its end; exits if it can be none. */
static char *
checked(char *key)
{
	size_t n;

	if (key == NULL)
		return NULL;
	n = strlen(key);
	while (n > 0 && ascii_space(key[n - 1]))
		key[--n] = '\0';
	for (size_t i = 0; i < n; i++)
		if (key[i] <= ' ' || key[i] > '~')
			die(EXIT_REFUSED,
			    "the key contains a character that keys never "
			    "have");
	if (n == 0)
		die(EXIT_REFUSED, "the key is empty");
	return key;
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
