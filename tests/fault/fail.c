/* SPDX-License-Identifier: ISC */
/*
 * Preloaded into a tool, makes its Nth call of a kind fail.
 *
 *	FAIL=alloc:12         the 12th allocation and all after it
 *	FAIL=alloc:12:once    only the 12th
 *	FAIL=write:3:ENOSPC   the 3rd write or sync and all after it (EIO, ENOSPC,
 *	                      EINTR)
 *	FAIL=read:2:EIO:once
 *	FAIL=write:1:SHORT    writes take half of what they are given, from the 1st
 *
 * A byte goes to the file FAIL_HIT at each failure, so that a test knows how
 * far to count.  Messages on stderr are left alone, so that they can be
 * looked at.  A crash inside a library that was refused memory is not the
 * tool's: it is named on stderr, and ends the process with status 1.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static const struct {
	const char *name;
	int error;
} errors[] = {{"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EINTR", EINTR}, {"SHORT", 0}};

static char kind; /* 'a', 'r', 'w', or 0 for none */
static long at, seen;
static bool once;
static int error;
static int hit_fd = -1;

/* Opened at once, while the tool may still open files, and out of the way of
 * the descriptors it uses. */
static void
open_hit(void)
{
	const char *path = getenv("FAIL_HIT");
	int fd;

	if (path == NULL)
		return;
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	hit_fd = fcntl(fd, F_DUPFD_CLOEXEC, 900);
	close(fd);
}

/* Whose code an address is: "llm-score", "libcrypto.so.3", or "". */
static const char *
owner(void *address)
{
	Dl_info info;
	const char *slash;

	if (dladdr(address, &info) == 0 || info.dli_fname == NULL)
		return "";
	slash = strrchr(info.dli_fname, '/');
	return slash != NULL ? slash + 1 : info.dli_fname;
}

/* The crash is of the first code on the stack that is neither ours here nor
 * the C library's, which crashes on behalf of others. */
static void
on_crash(int sig)
{
	static const char said[] = "crashed in the library ";
	void *frames[32];
	const char *name = "";
	int i, n;

	n = backtrace(frames, 32);
	for (i = 0; i < n; i++) {
		name = owner(frames[i]);
		if (strcmp(name, "") != 0 && strcmp(name, "fail.so") != 0 &&
		    strcmp(name, "libc.so.6") != 0)
			break;
	}
	if (strncmp(name, "lib", 3) != 0) {
		signal(sig, SIG_DFL);
		return; /* to crash again, unhandled */
	}
	(void)syscall(SYS_write, STDERR_FILENO, said, sizeof(said) - 1);
	(void)syscall(SYS_write, STDERR_FILENO, name, strlen(name));
	(void)syscall(SYS_write, STDERR_FILENO, "\n", 1);
	_exit(1);
}

/* Runs before main; what libraries allocate until then is not counted. */
__attribute__((constructor)) static void
configure(void)
{
	const char *s = getenv("FAIL");
	void *frame;
	size_t i;

	if (s == NULL || (s = strchr(s, ':')) == NULL)
		return;
	/* Its first call loads a library: now, while there is memory. */
	backtrace(&frame, 1);
	signal(SIGSEGV, on_crash);
	signal(SIGABRT, on_crash);
	at = atol(s + 1);
	once = strstr(s, ":once") != NULL;
	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strstr(s, errors[i].name) != NULL)
			error = errors[i].error;
	open_hit();
	kind = getenv("FAIL")[0];
}

static bool
hit(char which)
{
	if (kind != which)
		return false;
	seen++;
	if (once ? seen != at : seen < at)
		return false;
	if (hit_fd != -1)
		(void)syscall(SYS_write, hit_fd, "x", 1);
	return true;
}

void *
malloc(size_t n)
{
	if (hit('a')) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	if (hit('a')) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	if (hit('a')) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_realloc(p, n);
}

/* How many of n bytes to write; -1 with errno set for none. */
static ssize_t
allowed(int fd, size_t n)
{
	if (fd == STDERR_FILENO || !hit('w'))
		return (ssize_t)n;
	if (error == 0)
		return (ssize_t)(n > 1 ? n / 2 : n);
	errno = error;
	return -1;
}

ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t less = allowed(fd, n);

	return less == -1 ? -1 : syscall(SYS_write, fd, p, (size_t)less);
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	ssize_t less = allowed(fd, n);

	return less == -1 ? -1 : syscall(SYS_pwrite64, fd, p, (size_t)less, at);
}

ssize_t
pwrite64(int fd, const void *p, size_t n, off_t at)
{
	return pwrite(fd, p, n, at);
}

int
fsync(int fd)
{
	return allowed(fd, 1) == -1 ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	return allowed(fd, 1) == -1 ? -1 : (int)syscall(SYS_fdatasync, fd);
}

ssize_t
read(int fd, void *p, size_t n)
{
	if (hit('r')) {
		if (error != 0) {
			errno = error;
			return -1;
		}
		n = n > 1 ? n / 2 : n;
	}
	return syscall(SYS_read, fd, p, n);
}
