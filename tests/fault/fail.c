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
 *	FAIL=open:4:EMFILE    files opened or made
 *	FAIL=stat:1:EIO       stat, fstat, lseek
 *	FAIL=close:1:EIO      which closes all the same
 *	FAIL=move:1:ENOSPC    rename, unlink, mkdir, ftruncate
 *	FAIL=lock:1:EIO       flock
 *	FAIL=net:7:ECONNRESET sockets: made, connected, sent to, received from,
 *	                      waited for, asked about
 *
 *	FAIL=write:3:SIGKILL  a signal (SIGTERM, SIGKILL) before the 3rd
 *
 *	FAIL_LOAD=libcurl.so.4
 *	                      is loaded before anything is counted
 *
 * FAIL_COUNT names a file by which the calls of all processes of a script are
 * counted together, instead of those of each; of writes, those to files: those
 * to pipes, of which a script has many, do not fail.
 *
 * A byte goes to the file FAIL_HIT at each failure, so that a test knows how
 * far to count.  Messages on stderr are left alone, so that they can be
 * looked at.  A crash inside a library that was refused memory is not the
 * tool's: it is named on stderr, and ends the process with status 1.  One that
 * does not end is ended by SIGALRM.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static const struct {
	const char *name;
	int error;
} errors[] = {{"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EINTR", EINTR},
    {"EACCES", EACCES}, {"EMFILE", EMFILE}, {"ECONNRESET", ECONNRESET},
    {"SHORT", 0}};

static const struct {
	const char *name;
	int number;
} signals[] = {{"SIGTERM", SIGTERM}, {"SIGKILL", SIGKILL}};

static const unsigned patience = 60; /* seconds, on a machine that is busy */

static char kind; /* its first letter, or 0 for none */
static long at, own, *seen = &own;
static bool once;
static int error, raised;
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

static void
open_count(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	void *p = MAP_FAILED;

	if (ftruncate(fd, sizeof(*seen)) == 0)
		p = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
		    MAP_SHARED, fd, 0);
	close(fd);
	if (p != MAP_FAILED)
		seen = p;
}

/* Whose code an address is: "llm-score", "libcrypto.so.3", or "".  The C
 * library is named where it crashes by itself: regcomp of glibc 2.36 frees
 * twice what it could not enlarge. */
static const char *
owner(void *address)
{
	Dl_info info;
	const char *slash;

	if (dladdr(address, &info) == 0 || info.dli_fname == NULL)
		return "";
	if (info.dli_sname != NULL && strcmp(info.dli_sname, "regcomp") == 0)
		return "libc.so.6, regcomp";
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

/*
 * What libraries do once, and only with memory: backtrace loads one, and
 * OpenSSL 3.5 waits for itself forever if it is refused some meanwhile.  And
 * FAIL_LOAD: libcurl, which tools load when they ask a server, makes thousands
 * of allocations by that, between which ours would hardly be met.
 */
static void
prepare_libraries(void)
{
	static const uint64_t load_strings = 2;
	int (*init_crypto)(uint64_t, const void *);
	void *frame;

	backtrace(&frame, 1);
	if (getenv("FAIL_LOAD") != NULL)
		dlopen(getenv("FAIL_LOAD"), RTLD_NOW | RTLD_LOCAL);
	*(void **)&init_crypto = dlsym(RTLD_DEFAULT, "OPENSSL_init_crypto");
	if (init_crypto != NULL)
		init_crypto(load_strings, NULL); /* the least that counts */
}

/* Runs before main; what libraries allocate until then is not counted. */
__attribute__((constructor)) static void
configure(void)
{
	const char *s = getenv("FAIL");
	size_t i;

	if (s == NULL || (s = strchr(s, ':')) == NULL)
		return;
	if (getenv("FAIL_COUNT") != NULL)
		open_count(getenv("FAIL_COUNT"));
	prepare_libraries();
	signal(SIGSEGV, on_crash);
	signal(SIGABRT, on_crash);
	at = atol(s + 1);
	once = strstr(s, ":once") != NULL;
	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strstr(s, errors[i].name) != NULL)
			error = errors[i].error;
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (strstr(s, signals[i].name) != NULL)
			raised = signals[i].number;
	open_hit();
	alarm(patience);
	kind = getenv("FAIL")[0];
}

/* For a program that still has something to write when it has ended: what
 * was reached of it. */
void
fail_end(void)
{
	kind = 0;
}

static bool
hit(char which)
{
	long n;

	if (kind != which)
		return false;
	n = __atomic_add_fetch(seen, 1, __ATOMIC_RELAXED);
	if (once || raised != 0 ? n != at : n < at)
		return false;
	if (hit_fd != -1)
		(void)syscall(SYS_write, hit_fd, "x", 1);
	if (raised != 0)
		kill(getpid(), raised);
	return raised == 0;
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

/* How many of n bytes may be had; -1 with errno set for none. */
static ssize_t
allowed(char which, size_t n)
{
	if (!hit(which))
		return (ssize_t)n;
	if (error == 0)
		return (ssize_t)(n > 1 ? n / 2 : n);
	errno = error;
	return -1;
}

static bool
refused(char which)
{
	return allowed(which, 1) == -1;
}

/* Whether a write there is one that may fail.  fstat() of the C library asks by
 * an empty path, which is refused to who has confined itself. */
static bool
is_counted(int fd)
{
	struct stat st;

	return fd != STDERR_FILENO &&
	    (seen == &own ||
		(syscall(SYS_fstat, fd, &st) == 0 && S_ISREG(st.st_mode)));
}

ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t less = is_counted(fd) ? allowed('w', n) : (ssize_t)n;

	return less == -1 ? -1 : syscall(SYS_write, fd, p, (size_t)less);
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t where)
{
	ssize_t less = allowed('w', n);

	return less == -1 ? -1
			  : syscall(SYS_pwrite64, fd, p, (size_t)less, where);
}

ssize_t
pwrite64(int fd, const void *p, size_t n, off_t where)
{
	return pwrite(fd, p, n, where);
}

int
fsync(int fd)
{
	return refused('w') ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	return refused('w') ? -1 : (int)syscall(SYS_fdatasync, fd);
}

ssize_t
read(int fd, void *p, size_t n)
{
	ssize_t less = allowed('r', n);

	return less == -1 ? -1 : syscall(SYS_read, fd, p, (size_t)less);
}

ssize_t
pread(int fd, void *p, size_t n, off_t where)
{
	ssize_t less = allowed('r', n);

	return less == -1 ? -1
			  : syscall(SYS_pread64, fd, p, (size_t)less, where);
}

ssize_t
pread64(int fd, void *p, size_t n, off_t where)
{
	return pread(fd, p, n, where);
}

ssize_t
send(int fd, const void *p, size_t n, int flags)
{
	ssize_t less = allowed('n', n);

	return less == -1
	    ? -1
	    : syscall(SYS_sendto, fd, p, (size_t)less, flags, NULL, 0);
}

ssize_t
recv(int fd, void *p, size_t n, int flags)
{
	ssize_t less = allowed('n', n);

	return less == -1
	    ? -1
	    : syscall(SYS_recvfrom, fd, p, (size_t)less, flags, NULL, NULL);
}

/* A mode that was not given is not looked at. */
int
open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	return refused('o')
	    ? -1
	    : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	return open(path, flags, mode);
}

/* What the headers make of open() in hardened programs. */
int __open_2(const char *, int);
int
__open_2(const char *path, int flags)
{
	return open(path, flags);
}

/* Hits are counted in the processes that a tool begins too. */
void
closefrom(int low)
{
	if (hit_fd >= low) {
		(void)syscall(SYS_close_range, low, hit_fd - 1, 0);
		low = hit_fd + 1;
	}
	(void)syscall(SYS_close_range, low, ~0U, 0);
}

/* It has failed, and the file is closed, as on Linux. */
int
close(int fd)
{
	int r = (int)syscall(SYS_close, fd);

	return r == 0 && fd != STDERR_FILENO && refused('c') ? -1 : r;
}

/* The others fail or are what the C library has. */
#define OR_FAIL(which, type, name, parameters, arguments)          \
	type name parameters                                       \
	{                                                          \
		static type(*next) parameters;                     \
                                                                   \
		if (next == NULL)                                  \
			*(void **)&next = dlsym(RTLD_NEXT, #name); \
		return refused(which) ? -1 : next arguments;       \
	}

OR_FAIL('o', int, mkstemp, (char *path), (path))
OR_FAIL(
    'o', int, memfd_create, (const char *name, unsigned flags), (name, flags))
/* By which cp copies. */
OR_FAIL('w', ssize_t, copy_file_range,
    (int in, off64_t *from, int out, off64_t *to, size_t n, unsigned flags),
    (in, from, out, to, n, flags))
OR_FAIL('s', int, fstat, (int fd, struct stat *st), (fd, st))
OR_FAIL('s', int, fstat64, (int fd, struct stat64 *st), (fd, st))
OR_FAIL('s', int, stat, (const char *path, struct stat *st), (path, st))
OR_FAIL('s', int, stat64, (const char *path, struct stat64 *st), (path, st))
OR_FAIL('s', int, lstat64, (const char *path, struct stat64 *st), (path, st))
OR_FAIL('s', off_t, lseek, (int fd, off_t n, int from), (fd, n, from))
OR_FAIL('m', int, rename, (const char *from, const char *to), (from, to))
OR_FAIL('m', int, unlink, (const char *path), (path))
OR_FAIL('m', int, mkdir, (const char *path, mode_t mode), (path, mode))
OR_FAIL('m', int, ftruncate, (int fd, off_t n), (fd, n))
OR_FAIL('m', int, ftruncate64, (int fd, off64_t n), (fd, n))
OR_FAIL('l', int, flock, (int fd, int how), (fd, how))
OR_FAIL('n', int, socket, (int domain, int type, int protocol),
    (domain, type, protocol))
OR_FAIL('n', int, socketpair, (int domain, int type, int protocol, int fds[2]),
    (domain, type, protocol, fds))
OR_FAIL('n', ssize_t, sendmsg, (int fd, const struct msghdr *m, int flags),
    (fd, m, flags))
OR_FAIL('n', int, connect, (int fd, const struct sockaddr *to, socklen_t n),
    (fd, to, n))
OR_FAIL('n', int, getsockopt,
    (int fd, int level, int name, void *value, socklen_t *n),
    (fd, level, name, value, n))
OR_FAIL('n', int, setsockopt,
    (int fd, int level, int name, const void *value, socklen_t n),
    (fd, level, name, value, n))
OR_FAIL('n', int, getsockname, (int fd, struct sockaddr *a, socklen_t *n),
    (fd, a, n))
OR_FAIL('n', int, poll, (struct pollfd * fds, nfds_t n, int ms), (fds, n, ms))
