/* SPDX-License-Identifier: ISC */
#include "llm/command_runner.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"

/* What it is sent, with the files. */
struct order {
	uint64_t number;
	double seconds;
};

struct child {
	struct child *next;
	uint64_t number;
	pid_t pid;
	int pidfd;
	double ends; /* by the clock of monotonic_seconds */
};

struct runner {
	const char *line;
	int fd;
	struct child *first;
	size_t n;
};

/* Room for the files' descriptors, aligned as they must be. */
union control {
	struct cmsghdr header;
	char room[CMSG_SPACE(NFILES * sizeof(int))];
};

bool
command_runner_send(
    struct outside *o, uint64_t number, double seconds, const int file[NFILES])
{
	struct order order = {number, seconds};
	struct iovec part = {&order, sizeof(order)};
	union control control = {.room = {0}};
	struct msghdr m = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control),
	};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(NFILES * sizeof(int));
	memcpy(CMSG_DATA(c), file, NFILES * sizeof(int));
	return sendmsg(o->fd, &m, MSG_NOSIGNAL) != -1;
}

bool
command_runner_receive(struct outside *o, struct command_end *end)
{
	ssize_t n;

	while ((n = read(o->fd, end, sizeof(*end))) == -1 && errno == EINTR)
		;
	return n == (ssize_t)sizeof(*end);
}

/* False if nothing more comes. */
static bool
receive(int fd, struct order *order, int file[NFILES])
{
	struct iovec part = {order, sizeof(*order)};
	union control control;
	struct msghdr m = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control),
	};
	struct cmsghdr *c;

	if (recvmsg(fd, &m, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof(*order))
		return false;
	c = CMSG_FIRSTHDR(&m);
	if (c == NULL || c->cmsg_len != CMSG_LEN(NFILES * sizeof(int)))
		return false;
	memcpy(file, CMSG_DATA(c), NFILES * sizeof(int));
	return true;
}

/* Does not return. */
static void
become(const char *line, const int file[NFILES])
{
	outside_hear_signals();
	setpgid(0, 0);
	for (int i = 0; i < NFILES; i++)
		if (dup2(file[i], i) == -1)
			_exit(EXIT_TRY_LATER);
	execl("/bin/sh", "sh", "-c", line, (char *)NULL);
	_exit(EXIT_TRY_LATER);
}

static void
tell(const struct runner *r, const struct command_end *end)
{
	/* Whoever is gone does not want to know. */
	(void)send(r->fd, end, sizeof(*end), MSG_NOSIGNAL);
}

static void
begin(struct runner *r, const struct order *order, const int file[NFILES])
{
	struct child *k = xcalloc(1, sizeof(*k));

	k->number = order->number;
	k->ends = monotonic_seconds() + order->seconds;
	k->pid = fork();
	if (k->pid == 0)
		become(r->line, file);
	if (k->pid == -1 || (k->pidfd = pidfd_open(k->pid, 0)) == -1) {
		tell(r,
		    &(struct command_end) {
			.number = k->number, .error = errno});
		free(k);
		return;
	}
	setpgid(k->pid, k->pid); /* whoever of us two comes first */
	k->next = r->first;
	r->first = k;
	r->n++;
}

/* Waits for its end, and removes it. */
static void
reap(struct runner *r, struct child **at, int sig, struct command_end *end)
{
	struct child *k = *at;

	*end = (struct command_end) {.number = k->number};
	if (sig != 0)
		kill(-k->pid, sig);
	waitpid(k->pid, &end->status, 0);
	end->late = sig != 0 && WIFSIGNALED(end->status);
	close(k->pidfd);
	*at = k->next;
	free(k);
	r->n--;
}

/* Milliseconds until one is late; -1: none is. */
static int
patience(const struct runner *r)
{
	double now = monotonic_seconds(), left, least = -1;

	for (const struct child *k = r->first; k != NULL; k = k->next) {
		left = k->ends > now ? (k->ends - now) * 1000 + 1 : 0;
		if (least < 0 || left < least)
			least = left;
	}
	return least < 1e9 ? (int)least : 1000000000;
}

/* Those that have ended by p, or should have. */
static void
end_some(struct runner *r, const struct pollfd *p)
{
	double now = monotonic_seconds();
	struct child **at = &r->first;
	struct command_end end;
	bool late;

	while (*at != NULL) {
		late = now >= (*at)->ends;
		if ((p->revents & POLLIN) != 0 || late) {
			reap(r, at, (p->revents & POLLIN) != 0 ? 0 : SIGKILL,
			    &end);
			tell(r, &end);
		} else {
			at = &(*at)->next;
		}
		p++;
	}
}

static void
serve(int fd, void *line)
{
	struct runner r = {.line = line, .fd = fd};
	struct command_end end;
	struct pollfd *p;
	struct order order;
	int file[NFILES];
	size_t n;

	for (;;) {
		p = xcalloc(r.n + 1, sizeof(*p));
		p[0] = (struct pollfd) {.fd = fd, .events = POLLIN};
		n = 1;
		for (struct child *k = r.first; k != NULL; k = k->next)
			p[n++] = (struct pollfd) {k->pidfd, POLLIN, 0};
		if (poll(p, n, patience(&r)) >= 0)
			end_some(&r, p + 1);
		if ((p[0].revents & (POLLIN | POLLHUP)) != 0) {
			if (!receive(fd, &order, file))
				break;
			begin(&r, &order, file);
			for (int i = 0; i < NFILES; i++)
				close(file[i]);
		}
		free(p);
	}
	while (r.first != NULL)
		reap(&r, &r.first, SIGTERM, &end);
}

void
command_runner_start(struct outside *o, const char *line)
{
	if (!outside_start(o, serve, (void *)(uintptr_t)line))
		die(EXIT_SOME_FAILED, "--command: %s", strerror(errno));
}
