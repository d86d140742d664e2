/* SPDX-License-Identifier: ISC */
#include "common/io/operands.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
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
make_room(struct operands *o, size_t n)
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
		make_room(o, i);
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
