/* SPDX-License-Identifier: ISC */
#include "formats/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/xalloc.h"
#include "common/cli/run.h"

#define CHUNK ((size_t)64 << 10)

static bool
fail(struct input *in, const char *why)
{
	in->failed = true;
	snprintf(in->why, sizeof(in->why), "%s", why);
	return false;
}

/* Takes over fd. */
static bool
start(struct input *in, int fd, const char *name)
{
	memset(in, 0, sizeof(*in));
	in->name = name;
	if (fd == -1)
		return fail(in, strerror(errno));
	if ((in->gz = gzdopen(fd, "r")) == NULL)
		xalloc_die();
	gzbuffer(in->gz, CHUNK);
	in->buf = xmalloc(CHUNK);
	return true;
}

bool
input_open_next(struct input *in, struct operands *files)
{
	const char *name;
	int fd = operands_take(files, &name);

	if (name == NULL) {
		memset(in, 0, sizeof(*in));
		return false;
	}
	if (fd == STDIN_FILENO)
		return start(
		    in, fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0), "<stdin>");
	return start(in, fd, name);
}

bool
input_open_fd(struct input *in, int fd, const char *name)
{
	return start(in, fcntl(fd, F_DUPFD_CLOEXEC, 0), name);
}

void
input_close(struct input *in)
{
	if (in->gz != NULL)
		gzclose_r(in->gz);
	free(in->buf);
	in->gz = NULL;
	in->buf = NULL;
}

static void
fill(struct input *in)
{
	int n, error;
	const char *why;

	if (in->start < in->end || in->eof || in->failed)
		return;
	if (in->stop || run_stopping()) {
		fail(in, "stopped");
		return;
	}
	n = gzread(in->gz, in->buf, (unsigned)CHUNK);
	why = gzerror(in->gz, &error);
	/* At the end of a file that is cut, zlib returns what there is and
	 * only says so here. */
	if (n < 0 || (n == 0 && error == Z_BUF_ERROR)) {
		fail(in,
		    error == Z_ERRNO ? strerror(errno)
			: error == Z_BUF_ERROR
			? "the compressed data is cut off"
			: why);
		return;
	}
	in->start = 0;
	in->end = (size_t)n;
	in->eof = n == 0;
}

struct slice
input_peek(struct input *in)
{
	fill(in);
	return (struct slice) {in->buf + in->start, in->end - in->start};
}

long
input_read(struct input *in, char *p, size_t n)
{
	struct slice s = input_peek(in);

	if (in->failed)
		return -1;
	if (n > s.n)
		n = s.n;
	memcpy(p, s.p, n);
	in->start += n;
	return (long)n;
}

bool
input_line(struct input *in, struct strbuf *b)
{
	bool some = false, too_long = false;
	const char *newline;
	struct slice s;

	strbuf_reset(b);
	while (s = input_peek(in), s.n > 0) {
		some = true;
		if ((newline = memchr(s.p, '\n', s.n)) != NULL)
			s.n = (size_t)(newline - s.p);
		if (!too_long)
			strbuf_addslice(b, s);
		if (b->overflow) {
			strbuf_setlen(b, 0);
			too_long = true;
		}
		in->start += s.n + (newline != NULL);
		if (newline != NULL)
			break;
	}
	b->overflow = too_long;
	in->line += some;
	return some && !in->failed;
}

bool
input_all(int fd, struct strbuf *b)
{
	struct input in;
	struct slice s;
	bool ok;

	strbuf_reset(b);
	if (input_open_fd(&in, fd, "answer"))
		while (s = input_peek(&in), s.n > 0) {
			strbuf_addslice(b, s);
			in.start += s.n;
		}
	ok = !in.failed && !b->overflow;
	input_close(&in);
	return ok;
}
