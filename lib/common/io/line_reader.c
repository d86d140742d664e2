/* SPDX-License-Identifier: ISC */
#include "common/io/line_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"

/* Large enough that system calls do not count, small enough for the cache. */
#define CHUNK	   ((size_t)128 << 10)
#define CACHE_LINE ((size_t)64)

void
line_reader_open(struct line_reader *in, char *const *files)
{
	*in = (struct line_reader) {.fd = -1, .name = ""};
	operands_open(&in->files, files);
}

void
line_reader_close(struct line_reader *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
	operands_close(&in->files);
	free(in->buf);
	in->buf = NULL;
	in->cap = in->start = in->end = 0;
}

static bool
open_next(struct line_reader *in)
{
	const char *file;

	for (;;) {
		in->fd = operands_take(&in->files, &file);
		if (file == NULL)
			return false;
		in->line = 0;
		in->start = in->end = 0;
		in->name = in->fd == STDIN_FILENO ? "<stdin>" : file;
		if (in->fd != -1)
			return true;
		msg_error_at(file, 0, "%s", strerror(errno));
		in->unread++;
	}
}

static void
close_current(struct line_reader *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
}

/*
 * Room for a chunk after what is already there, which is moved so that the
 * chunk begins where a cache line does: the kernel copies faster to there.
 */
static void
make_room(struct line_reader *in)
{
	size_t have = in->end - in->start, start;

	if (in->cap < have + CHUNK + CACHE_LINE) {
		in->cap = have + CHUNK + CACHE_LINE + in->cap / 2;
		in->buf = xrealloc(in->buf, in->cap);
	}
	start = -((uintptr_t)in->buf + have) % CACHE_LINE;
	if (have > 0)
		memmove(in->buf + start, in->buf + in->start, have);
	in->start = start;
	in->end = start + have;
}

/* Reads more; false at the end of the file, at an error, or when stopping. */
static bool
fill(struct line_reader *in)
{
	ssize_t n;

	make_room(in);
	while ((n = read(in->fd, in->buf + in->end, CHUNK)) == -1) {
		if (errno == EINTR && !run_stopping())
			continue;
		if (errno != EINTR) {
			msg_error_at(in->name, 0, "%s%s", strerror(errno),
			    in->end > in->start ? "; its last line is lost"
						: "");
			in->unread++;
		}
		in->start = in->end = 0;
		return false;
	}
	in->end += (size_t)n;
	return n > 0;
}

/* Drops a line that grew past the limit, up to and with its newline. */
static void
skip_long_line(struct line_reader *in)
{
	char *nl;

	in->line++;
	in->skipped++;
	msg_error_at(in->name, in->line, "line of more than %zu bytes skipped",
	    SOURCE_LINE_MAX);
	for (;;) {
		nl = memchr(in->buf + in->start, '\n', in->end - in->start);
		if (nl != NULL) {
			in->start = (size_t)(nl - in->buf) + 1;
			return;
		}
		in->start = in->end = 0;
		if (!fill(in))
			return;
	}
}

/* The line from start up to newline position nl; false if it was too long. */
static bool
take_line(struct line_reader *in, const char *nl, struct slice *line)
{
	line->p = in->buf + in->start;
	line->n = (size_t)(nl - line->p);
	if (line->n > SOURCE_LINE_MAX) {
		skip_long_line(in);
		return false;
	}
	in->start += line->n + 1;
	in->line++;
	in->cut = false;
	return true;
}

/* What is left when a file ends without a newline. */
static bool
take_rest(struct line_reader *in, struct slice *line)
{
	close_current(in);
	if (in->start == in->end)
		return false;
	*line = (struct slice) {in->buf + in->start, in->end - in->start};
	in->start = in->end = 0;
	in->line++;
	in->cut = true;
	return true;
}

bool
line_reader_next(struct line_reader *in, struct slice *line)
{
	size_t looked = 0; /* bytes after start known to hold no newline */
	char *nl;

	for (;;) {
		if (run_stopping())
			return false;
		if (in->fd == -1) {
			if (!open_next(in))
				return false;
			looked = 0;
		}
		nl = NULL;
		if (in->end - in->start > looked)
			nl = memchr(in->buf + in->start + looked, '\n',
			    in->end - in->start - looked);
		if (nl != NULL) {
			if (take_line(in, nl, line))
				return true;
			looked = 0;
			continue;
		}
		looked = in->end - in->start;
		if (looked > SOURCE_LINE_MAX) {
			skip_long_line(in);
			looked = 0;
			continue;
		}
		if (!fill(in) && take_rest(in, line))
			return true;
	}
}

/* Appends all of fd to b, at most max bytes; false and errno on failure. */
static bool
read_all(int fd, struct strbuf *b, size_t max)
{
	size_t want;
	ssize_t n;

	for (;;) {
		/* One byte more than allowed, to see that there is more. */
		want = max + 1 - b->len < CHUNK ? max + 1 - b->len : CHUNK;
		strbuf_grow(b, want);
		n = read(fd, b->s + b->len, want);
		if (n == -1 && errno == EINTR && !run_stopping())
			continue;
		if (n <= 0)
			return n == 0;
		strbuf_setlen(b, b->len + (size_t)n);
		if (b->len > max) {
			errno = EFBIG;
			return false;
		}
	}
}

char *
line_reader_slurp(const char *path, size_t max, size_t *len)
{
	struct strbuf b = STRBUF_INIT(max + CHUNK);
	int fd, saved;
	bool ok;

	fd = strcmp(path, "-") == 0 ? STDIN_FILENO
				    : open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return NULL;
	ok = read_all(fd, &b, max);
	saved = errno;
	if (fd != STDIN_FILENO)
		close(fd);
	if (!ok) {
		strbuf_release(&b);
		errno = saved;
		return NULL;
	}
	if (len != NULL)
		*len = b.len;
	return strbuf_detach(&b);
}
