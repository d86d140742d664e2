/* SPDX-License-Identifier: ISC */
#include "secret.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/exitcode.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"

#define KEY_MAX	   ((size_t)16 << 10)
/* Words shorter than this are no keys, and this much of one tells it. */
#define WORD_LEAST 8
#define PIECE	   4

static char *
read_file(const char *file)
{
	struct stat st;
	char *key;
	size_t n;

	if (stat(file, &st) == -1)
		die(EXIT_REFUSED, "--key-file: %s: %s", file, strerror(errno));
	if (S_ISREG(st.st_mode) && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		die(EXIT_REFUSED,
		    "%s: others may use this key; run chmod 600 on it", file);
	if ((key = line_reader_slurp(file, KEY_MAX, &n)) == NULL)
		die(EXIT_REFUSED, "--key-file: %s: %s", file, strerror(errno));
	return key;
}

static char *
read_environment(const char *const *env)
{
	const char *v = getenv("LLM_API_KEY");

	for (; (v == NULL || *v == '\0') && *env != NULL; env++)
		v = getenv(*env);
	return v == NULL || *v == '\0' ? NULL : xstrdup(v);
}

char *
secret_read(const char *file, const char *const *env)
{
	char *key = file != NULL ? read_file(file) : read_environment(env);
	size_t n;

	if (key == NULL)
		return NULL;
	n = strlen(key);
	while (n > 0 && isspace((unsigned char)key[n - 1]))
		key[--n] = '\0';
	for (size_t i = 0; i < n; i++)
		if (key[i] <= ' ' || key[i] > '~')
			die(EXIT_REFUSED,
			    "the key holds a character that no key has");
	if (n == 0)
		die(EXIT_REFUSED, "the key is empty");
	return key;
}

void
secret_free(char *key)
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
secret_redact(char *text, const char *key)
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
