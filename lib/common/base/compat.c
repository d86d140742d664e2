/* SPDX-License-Identifier: ISC */
/*
 * Written to be short rather than fast: where speed matters the system has
 * them.  HAVE_x is the Makefile's.
 */
#include "common/base/compat.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#ifndef HAVE_memmem
void *
memmem(const void *text, size_t n, const void *word, size_t length)
{
	const char *p = text, *end = p + n, *w = word;

	if (length == 0)
		return (void *)(size_t)text;
	for (; (size_t)(end - p) >= length; p++) {
		p = memchr(p, *w, (size_t)(end - p) - length + 1);
		if (p == NULL || memcmp(p, w, length) == 0)
			return (void *)(size_t)p;
	}
	return NULL;
}
#endif

#ifndef HAVE_memrchr
void *
memrchr(const void *text, int c, size_t n)
{
	const unsigned char *p = text;

	while (n-- > 0)
		if (p[n] == (unsigned char)c)
			return (void *)(size_t)(p + n);
	return NULL;
}
#endif

#ifndef HAVE_strcasestr
char *
strcasestr(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (; n > 0 && *text != '\0'; text++)
		if (strncasecmp(text, word, n) == 0)
			break;
	return n == 0 || *text != '\0' ? (char *)(size_t)text : NULL;
}
#endif

#ifndef HAVE_strsep
char *
strsep(char **rest, const char *separators)
{
	char *part = *rest;

	if (part == NULL)
		return NULL;
	*rest = part + strcspn(part, separators);
	if (**rest == '\0')
		*rest = NULL;
	else
		*(*rest)++ = '\0';
	return part;
}
#endif

#ifndef HAVE_explicit_bzero
void
explicit_bzero(void *p, size_t n)
{
	/* The compiler cannot know which function it is when it is called. */
	static void *(*volatile const set)(void *, int, size_t) = memset;

	set(p, 0, n);
}
#endif

#ifndef HAVE_getentropy
int
getentropy(void *p, size_t n)
{
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd == -1 ? -1 : read(fd, p, n);

	if (fd != -1)
		close(fd);
	return got == (ssize_t)n ? 0 : -1;
}
#endif

#ifndef HAVE_closefrom
/* Some systems allow a thousand million, which nobody opens. */
#define DESCRIPTORS_MAX 65536

void
closefrom(int from)
{
	long max = sysconf(_SC_OPEN_MAX);

	if (max < 0 || max > DESCRIPTORS_MAX)
		max = DESCRIPTORS_MAX;
	for (int fd = from; fd < max; fd++)
		close(fd);
}
#endif

#ifndef HAVE__Fork
pid_t
_Fork(void)
{
	return fork();
}
#endif

#ifndef HAVE_memfd_create
int
memfd_create(const char *name, unsigned flags)
{
	const char *dir = getenv("TMPDIR");
	char path[4096];
	int fd, n;

	n = snprintf(path, sizeof(path), "%s/%s.XXXXXX",
	    dir != NULL && *dir != '\0' ? dir : "/tmp", name);
	if (n < 0 || (size_t)n >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if ((fd = mkstemp(path)) == -1)
		return -1;
	unlink(path);
	if ((flags & MFD_CLOEXEC) != 0)
		(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}
#endif
