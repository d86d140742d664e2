/* SPDX-License-Identifier: ISC */
#include "common/io/line_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"

/* Descriptors left for what else a tool opens. */
#define SPARE 16

struct operand {
	int fd; /* -1: see error */
	int error; /* 0: waits unopened */
	bool is_pipe;
};

/* As many as the system lets us, once.  False if that is no more. */
static bool
raise_limit(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) == -1 || r.rlim_cur == r.rlim_max)
		return false;
	r.rlim_cur = r.rlim_max;
	return setrlimit(RLIMIT_NOFILE, &r) == 0;
}

static bool
is_too_many(int error)
{
	return error == EMFILE || error == ENFILE;
}

/* Without waiting for the other end, if it is a named pipe. */
static void
open_operand(struct operand *p, const char *name)
{
	const int flags = O_RDONLY | O_CLOEXEC;
	struct stat st;

	p->error = 0;
	p->is_pipe = false;
	p->fd = open(name, flags | O_NONBLOCK);
	if (p->fd == -1 && is_too_many(errno) && raise_limit())
		p->fd = open(name, flags | O_NONBLOCK);
	if (p->fd == -1) {
		p->error = errno;
		return;
	}
	if (fstat(p->fd, &st) == 0)
		p->is_pipe = S_ISFIFO(st.st_mode);
	(void)fcntl(p->fd, F_SETFL, flags);
}

/* The last ones give way, so that the tool can open what else it needs. */
static void
give_way(struct operands *o, size_t n)
{
	int spare = SPARE;

	while (n-- > 0 && spare > 0)
		if (o->v[n].fd > STDIN_FILENO) {
			close(o->v[n].fd);
			o->v[n].fd = -1;
			spare--;
		}
}

void
operands_open(struct operands *o, char *const *names)
{
	static char dash[] = "-";
	static char *const only_stdin[] = {dash, NULL};
	size_t i, n = 0;

	if (names[0] == NULL) {
		if (isatty(STDIN_FILENO))
			usage_error("no FILE, and stdin is a terminal");
		names = only_stdin;
	}
	while (names[n] != NULL)
		n++;
	*o = (struct operands) {.names = names};
	o->v = xcalloc(n + 1, sizeof(*o->v));
	for (i = 0; i < n; i++)
		o->v[i].fd = -1;
	for (i = 0; i < n; i++) {
		if (strcmp(names[i], "-") == 0)
			o->v[i].fd = STDIN_FILENO;
		else
			open_operand(&o->v[i], names[i]);
		if (!is_too_many(o->v[i].error))
			continue;
		o->v[i].error = 0;
		give_way(o, i);
		break;
	}
}

/* Something to read, or the end.  A named pipe that nobody writes to yet would
 * else look as if it had ended. */
static void
await_input(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	while (poll(&p, 1, -1) == -1 && errno == EINTR && !run_stopping())
		;
}

void
operands_await_stdin(const struct operands *o)
{
	for (size_t i = 0; o->names[i] != NULL; i++)
		if (o->v[i].fd == STDIN_FILENO)
			await_input(STDIN_FILENO);
}

void
operands_await_missing(struct operands *o)
{
	for (size_t i = 0; o->names[i] != NULL; i++)
		if (o->v[i].error == ENOENT)
			o->v[i].error = 0;
}

int
operands_take(struct operands *o, const char **name)
{
	struct operand *p = &o->v[o->next];
	int fd;

	if ((*name = o->names[o->next]) == NULL)
		return -1;
	o->next++;
	if (p->fd == -1 && p->error == 0)
		open_operand(p, *name);
	if (p->is_pipe)
		await_input(p->fd);
	fd = p->fd;
	p->fd = -1;
	errno = p->error;
	return fd;
}

void
operands_close(struct operands *o)
{
	if (o->v == NULL)
		return;
	for (; o->names[o->next] != NULL; o->next++)
		if (o->v[o->next].fd > STDIN_FILENO)
			close(o->v[o->next].fd);
	free(o->v);
	o->v = NULL;
}

const char *
operands_waiting(const struct operands *o, size_t *i)
{
	for (; o->names[*i] != NULL; ++*i)
		if (o->v[*i].fd == -1 && o->v[*i].error == 0)
			return o->names[(*i)++];
	return NULL;
}

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

	/* A signal that ended a poll() ends no read() after it. */
	if (run_stopping()) {
		in->start = in->end = 0;
		return false;
	}
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
