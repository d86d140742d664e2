/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"

/* A day's papers do not reach it. */
#define IN_MEMORY ((size_t)8 << 20)

void
spool_open(struct spool *s)
{
	const char *dir = getenv("TMPDIR");
	char *path = xasprintf("%s/paper-filter.XXXXXX",
	    dir != NULL && *dir != '\0' ? dir : "/tmp");

	*s = (struct spool) {.fd = file_temporary(path)};
	strbuf_init(&s->tail, SIZE_MAX / 2);
	if (s->fd == -1)
		msg_verbose("%s: %s; records held back stay in memory", path,
		    strerror(errno));
	else
		unlink(path);
	free(path);
}

void
spool_close(struct spool *s)
{
	if (s->fd != -1)
		close(s->fd);
	strbuf_release(&s->tail);
}

static void
write_out(struct spool *s)
{
	size_t done = 0;

	while (done < s->tail.len) {
		ssize_t n = pwrite(s->fd, s->tail.s + done, s->tail.len - done,
		    (off_t)(s->written + done));

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			die(EXIT_SOME_FAILED, "temporary file: %s",
			    strerror(errno));
		done += (size_t)n;
	}
	s->written += done;
	strbuf_reset(&s->tail);
}

uint64_t
spool_add(struct spool *s, struct slice line)
{
	uint64_t at;

	if (s->fd != -1 && s->tail.len > 0 && s->tail.len + line.n > IN_MEMORY)
		write_out(s);
	at = s->written + s->tail.len;
	strbuf_addslice(&s->tail, line);
	return at;
}

struct slice
spool_get(struct spool *s, uint64_t at, size_t n, struct strbuf *b)
{
	size_t done = 0;

	strbuf_reset(b);
	if (at >= s->written) {
		strbuf_add(b, s->tail.s + (at - s->written), n);
		return strbuf_slice(b);
	}
	/* A line is never cut: it is in the file as a whole. */
	strbuf_grow(b, n);
	while (done < n) {
		ssize_t got =
		    pread(s->fd, b->s + done, n - done, (off_t)(at + done));

		if (got == -1 && errno == EINTR)
			continue;
		if (got <= 0)
			die(EXIT_SOME_FAILED, "temporary file: %s",
			    got == 0 ? "cut short" : strerror(errno));
		done += (size_t)got;
	}
	strbuf_setlen(b, n);
	return strbuf_slice(b);
}
