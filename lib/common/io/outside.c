/* SPDX-License-Identifier: ISC */
#include "common/io/outside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/compat.h"

static void
keep_only(int fd)
{
	if (fd > STDERR_FILENO + 1 &&
	    (dup2(fd, STDERR_FILENO + 1) == -1 ||
		fcntl(STDERR_FILENO + 1, F_SETFD, FD_CLOEXEC) == -1))
		_exit(1);
	closefrom(STDERR_FILENO + 2);
}

bool
outside_start(struct outside *o, void (*serve)(int fd, void *arg), void *arg)
{
	sigset_t all, old;
	int ends[2], saved;

	*o = (struct outside) {.pid = 0, .fd = -1};
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == -1)
		return false;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	/* Not fork(): what libraries do then, such as ending their threads,
	 * is for programs that go on with them. */
	o->pid = _Fork();
	if (o->pid == 0) {
		keep_only(ends[1]);
		serve(STDERR_FILENO + 1, arg);
		_exit(0);
	}
	saved = errno;
	sigprocmask(SIG_SETMASK, &old, NULL);
	close(ends[1]);
	o->fd = ends[0];
	if (o->pid != -1)
		return true;
	close(ends[0]);
	*o = (struct outside) {.pid = 0, .fd = -1};
	errno = saved;
	return false;
}

void
outside_end(struct outside *o)
{
	if (o->pid == 0)
		return;
	close(o->fd);
	while (waitpid(o->pid, NULL, 0) == -1 && errno == EINTR)
		;
	*o = (struct outside) {.pid = 0, .fd = -1};
}

void
outside_hear_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}
