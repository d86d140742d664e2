/* SPDX-License-Identifier: ISC */
/*
 * The few functions that we use and POSIX.1-2008 lacks.  Most systems have
 * them, but do not declare them where only POSIX is asked for; the Makefile
 * finds out which are missing, and compat.c has those.  They do what the
 * manuals of Linux and the BSDs say.
 */
#ifndef COMPAT_H
#define COMPAT_H

#include <stddef.h>
#include <sys/types.h>

void *memmem(const void *, size_t, const void *, size_t);
void *memrchr(const void *, int, size_t);
char *strcasestr(const char *, const char *);
char *strsep(char **, const char *);
void explicit_bzero(void *, size_t);

int getentropy(void *, size_t);
void closefrom(int);
/* Without what fork() has libraries do; where it is missing, with that. */
pid_t _Fork(void);
/* Where it is missing, a file without a name in $TMPDIR. */
int memfd_create(const char *, unsigned);
#ifndef MFD_CLOEXEC
#define MFD_CLOEXEC 1U
#endif

#if defined(__linux__)
long syscall(long, ...);
#endif

#endif
