/* SPDX-License-Identifier: ISC */
#include "helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"

static const int forwarded[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
#define FORWARDED (sizeof(forwarded) / sizeof(*forwarded))

/* Whom kill(2) is to tell: 0 is the whole process group. */
static volatile sig_atomic_t told;

/* Only what was meant for this process alone: a terminal tells its whole
 * foreground group by itself, and what we send to the group comes back. */
static void
on_signal(int sig, siginfo_t *info, void *context)
{
	int saved = errno;

	(void)context;
	if (info->si_code <= 0 && info->si_pid != getpid())
		(void)kill(told, sig);
	errno = saved;
}

/* One that is ignored, as by nohup, stays so. */
static void
forward_signals(void)
{
	struct sigaction new, old;

	memset(&new, 0, sizeof(new));
	new.sa_sigaction = on_signal;
	new.sa_flags = SA_SIGINFO | SA_RESTART;
	sigemptyset(&new.sa_mask);
	for (size_t i = 0; i < FORWARDED; i++)
		if (sigaction(forwarded[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			(void)sigaction(forwarded[i], &new, NULL);
}

/*
 * A group of our own, so that a signal can be sent on to all of it and to
 * nobody else.  Who has the terminal has one already, or shares that of a
 * pipeline and stays in it, since the terminal goes by groups, too.
 */
static bool
lead_group(void)
{
	bool foreground = false;
	int tty;

	if (getpgrp() == getpid())
		return true;
	if ((tty = open("/dev/tty", O_RDONLY | O_CLOEXEC)) != -1) {
		foreground = tcgetpgrp(tty) == getpgrp();
		(void)close(tty);
	}
	return !foreground && setpgid(0, 0) == 0;
}

static void
take_lock(const char *file)
{
	int fd = open(file, O_RDWR | O_CREAT | O_APPEND, 0666);

	if (fd == -1 || dup2(fd, LOCK_FD) == -1)
		die(EXIT_SOME_FAILED, "%s: %s", file, strerror(errno));
	if (fd != LOCK_FD)
		(void)close(fd);
	if (flock(LOCK_FD, LOCK_EX | LOCK_NB) == 0)
		return;
	if (errno == EWOULDBLOCK)
		die(EXIT_TRY_LATER,
		    "another run is under way; try again later");
	die(EXIT_SOME_FAILED, "%s cannot be locked: %s", file, strerror(errno));
}

_Noreturn static void
become(char *const *command)
{
	char pid[24];

	(void)snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	if (setenv("PAPERROUND_LOCK", pid, 1) == 0)
		(void)execvp(command[0], command);
	msg_error("%s: %s", command[0], strerror(errno));
	_exit(EXIT_SOME_FAILED);
}

int
lock_run(const char *file, char *const *command)
{
	sigset_t all, before;
	bool leads;
	pid_t child;
	int status;

	take_lock(file);
	leads = lead_group();
	/* None may come between the fork and our knowing whom to tell. */
	sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, &before);
	if ((child = fork()) == -1)
		die(EXIT_SOME_FAILED, "cannot start %s: %s", command[0],
		    strerror(errno));
	if (child == 0) {
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
		become(command);
	}
	told = leads ? 0 : child;
	forward_signals();
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	if (waitpid(child, &status, 0) == -1)
		die(EXIT_SOME_FAILED, "%s: %s", command[0], strerror(errno));
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}
