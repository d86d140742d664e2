/* SPDX-License-Identifier: ISC */
#include "common/base/xalloc.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/run_state.h"

/* What a growing array starts with. */
#define CAP_MIN 8

/*
 * No stdio here: its first use may want memory itself.
 */
_Noreturn void
xalloc_die(void)
{
	static const char what[] = ": out of memory\n";
	ssize_t n;

	n = write(STDERR_FILENO, run_program, strlen(run_program));
	if (n >= 0)
		n = write(STDERR_FILENO, what, sizeof(what) - 1);
	(void)n;
	run_exit(EXIT_SOME_FAILED);
}

void *
xmalloc(size_t n)
{
	void *p = malloc(n != 0 ? n : 1);

	if (p == NULL)
		xalloc_die();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n != 0 ? n : 1, size != 0 ? size : 1);

	if (p == NULL)
		xalloc_die();
	return p;
}

void *
xrealloc(void *p, size_t n)
{
	void *q = realloc(p, n != 0 ? n : 1);

	if (q == NULL)
		xalloc_die();
	return q;
}

void *
xreallocarray(void *p, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		xalloc_die();
	return xrealloc(p, n * size);
}

void *
xgrow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t more = *cap < SIZE_MAX / 2 ? *cap * 2 : SIZE_MAX;

	if (need <= *cap)
		return p;
	if (more < CAP_MIN)
		more = CAP_MIN;
	*cap = need > more ? need : more;
	return xreallocarray(p, *cap, size);
}

char *
xmemdup0(const char *s, size_t n)
{
	char *d = xmalloc(n + 1);

	if (n != 0)
		memcpy(d, s, n);
	d[n] = '\0';
	return d;
}

char *
xstrdup(const char *s)
{
	return xmemdup0(s, strlen(s));
}

char *
xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		xalloc_die();
	s = xmalloc((size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}
