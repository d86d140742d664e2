/* SPDX-License-Identifier: ISC */
#include "net/net.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/output.h"
#include "common/io/path.h"

/* Thirty days of the largest batches are less. */
#define FILE_MAX ((size_t)32 << 20)

/* "arxiv.org", or the host and port of base, fit to be a file's name. */
static char *
host_name(const char *base)
{
	const char *start = base != NULL ? strstr(base, "://") : NULL;
	char *host;

	if (start == NULL)
		return xstrdup("arxiv.org");
	start += 3;
	host = xmemdup0(start, strcspn(start, "/?#"));
	for (char *p = host; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && *p != '-' &&
		    (*p != '.' || p == host))
			*p = '_';
	return host;
}

void
memory_file_init(struct memory_file *f, const char *dir, const char *base,
    const char *category)
{
	char *host = host_name(base);

	f->path = dir == NULL
	    ? NULL
	    : xasprintf("%s/%s/%s", dir, host, category_alias(category));
	free(host);
}

void
memory_file_release(struct memory_file *f)
{
	free(f->path);
	f->path = NULL;
}

static void
give_up(struct memory_file *f, const char *path)
{
	msg_warn(
	    "%s: %s; today's papers are not remembered", path, strerror(errno));
	memory_file_release(f);
}

/* So that the next run begins anew and has no more to say. */
static void
set_aside(struct memory_file *f, enum memory_text what)
{
	char *aside = xasprintf("%s.aside", f->path);

	if (rename(f->path, aside) == -1)
		give_up(f, f->path);
	else
		msg_warn("%s: %s; it is now %s", f->path,
		    what == MEMORY_NEWER ? "of a newer arxiv-fetch" : "damaged",
		    aside);
	free(aside);
}

void
memory_file_load(struct memory_file *f, struct batch_memory *m)
{
	enum memory_text what = MEMORY_DAMAGED;
	size_t n;
	char *text;

	m->n = 0;
	if (f->path == NULL)
		return;
	text = line_reader_slurp(f->path, FILE_MAX, &n);
	if (text == NULL && errno != EFBIG) {
		if (errno != ENOENT && errno != ENOTDIR)
			give_up(f, f->path);
		return;
	}
	if (text != NULL)
		what = memory_parse(m, (struct slice) {text, n});
	if (what != MEMORY_GOOD)
		set_aside(f, what);
	free(text);
}

/* One for all categories of the host; -1 with errno. */
static int
lock(const char *dir)
{
	char *path = xasprintf("%s/lock", dir);
	int fd = -1;

	if (directory_make(dir))
		fd =
		    open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	free(path);
	/* Where files cannot be locked, the last one to write wins. */
	while (fd != -1 && flock(fd, LOCK_EX) == -1 && errno == EINTR)
		;
	return fd;
}

static bool
write_memory(const char *path, const struct batch_memory *m)
{
	struct strbuf b = STRBUF_INIT(FILE_MAX);
	bool ok;

	memory_format(&b, m);
	errno = EFBIG;
	ok = !b.overflow && output_replace_file(path, strbuf_slice(&b), 0600);
	strbuf_release(&b);
	return ok;
}

void
memory_file_put(struct memory_file *f, const struct batch *batches, size_t n)
{
	struct batch_memory m;
	char *dir;
	int fd;

	if (f->path == NULL || n == 0)
		return;
	dir = directory_of(f->path);
	if ((fd = lock(dir)) == -1) {
		give_up(f, dir);
		free(dir);
		return;
	}
	memory_file_load(f, &m);
	for (size_t i = 0; i < n; i++)
		memory_put(&m, &batches[i]);
	if (f->path != NULL && !write_memory(f->path, &m))
		give_up(f, f->path);
	memory_release(&m);
	close(fd); /* and with it the lock */
	free(dir);
}
