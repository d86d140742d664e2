/* SPDX-License-Identifier: ISC */
/*
 * A process that stays outside when this one confines itself, for the few
 * things that need a path, or a program, after that.  It can be asked for
 * nothing but what it was made for.
 */
#ifndef OUTSIDE_H
#define OUTSIDE_H

#include <stdbool.h>
#include <sys/types.h>

struct outside {
	pid_t pid; /* 0: there is none */
	int fd; /* keeps messages apart */
};

/*
 * Forks.  The new process runs serve(fd, arg) and ends; reading 0 bytes from
 * fd tells it that the one that asks has ended, however that was.  It has
 * stdin, stdout and stderr and nothing else open, and is deaf to signals: what
 * ends a run must not end it before it has tidied up.  False and errno if
 * there is none.
 */
bool
outside_start(struct outside *o, void (*serve)(int fd, void *arg), void *arg);
/* Tells it that nothing more comes, and waits for its end. */
void outside_end(struct outside *o);

/* The fork alone, for who forks outside: signals are heard again. */
void outside_hear_signals(void);

#endif
