/* SPDX-License-Identifier: ISC */
#include "common/io/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/base/compat.h"
#include "common/base/hash.h"
#include "common/base/xalloc.h"

#if defined(__linux__)
#include <sys/syscall.h>
#endif

bool
directory_make(const char *dir)
{
	char *copy = xstrdup(dir), *p = copy;
	struct stat st;
	bool ok = true;

	/* Above dir there may be one that is there but cannot be written. */
	while (ok && p != NULL) {
		if ((p = strchr(p + 1, '/')) != NULL)
			*p = '\0';
		ok = mkdir(copy, 0700) == 0 || errno == EEXIST ||
		    (stat(copy, &st) == 0 && S_ISDIR(st.st_mode));
		if (p != NULL)
			*p = '/';
	}
	if (ok && (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))) {
		errno = ENOTDIR;
		ok = false;
	}
	free(copy);
	return ok;
}

bool
file_status(int fd, struct stat *st)
{
#if defined(__linux__) && defined(SYS_fstat) && defined(__LP64__)
	return syscall(SYS_fstat, fd, st) == 0;
#else /* the kernel's struct may be another one */
	return fstat(fd, st) == 0;
#endif
}

int
file_temporary(char *path)
{
	int fd = mkstemp(path);

	/* No program is started in between. */
	if (fd != -1)
		(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}

char *
directory_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	if (slash == NULL)
		return xstrdup(".");
	return slash == file ? xstrdup("/")
			     : xmemdup0(file, (size_t)(slash - file));
}

#define LINKS_MAX 40 /* as the kernel has it */

char *
path_followed(const char *path)
{
	char *at = xstrdup(path), *next, to[PATH_MAX];
	const char *slash;
	ssize_t n;

	for (int links = 0; links < LINKS_MAX; links++) {
		if ((n = readlink(at, to, sizeof(to) - 1)) == -1)
			break;
		to[n] = '\0';
		slash = to[0] != '/' ? strrchr(at, '/') : NULL;
		next = xasprintf("%.*s%s",
		    slash != NULL ? (int)(slash - at) + 1 : 0, at, to);
		free(at);
		at = next;
	}
	return at;
}

/* By what a file is known; name is set if it is only the folder that is. */
struct identity {
	dev_t dev;
	ino_t ino;
	char name[NAME_MAX + 1];
};

/* The same of one that is still to be made. */
static bool
identify_new(const char *path, struct identity *id, struct stat *st)
{
	char *file = path_followed(path), *dir = directory_of(file);
	const char *slash = strrchr(file, '/');
	bool ok = stat(dir, st) == 0;

	snprintf(
	    id->name, sizeof(id->name), "%s", slash != NULL ? slash + 1 : file);
	free(dir);
	free(file);
	return ok;
}

static bool
identify(const char *path, int fd, struct identity *id)
{
	struct stat st;
	bool ok;

	*id = (struct identity) {.name = ""};
	ok = (path != NULL ? stat(path, &st) : fstat(fd, &st)) == 0;
	if (ok && !S_ISREG(st.st_mode))
		return false;
	if (!ok && path != NULL && errno == ENOENT)
		ok = identify_new(path, id, &st);
	if (!ok)
		return false;
	id->dev = st.st_dev;
	id->ino = st.st_ino;
	return true;
}

static bool
is_one(const struct identity *a, const struct identity *b)
{
	return a->dev == b->dev && a->ino == b->ino &&
	    strcmp(a->name, b->name) == 0;
}

bool
path_is_same(const char *a, const char *b)
{
	struct identity x, y;

	if (a == NULL && b == NULL)
		return true;
	return identify(a, STDOUT_FILENO, &x) &&
	    identify(b, STDOUT_FILENO, &y) && is_one(&x, &y);
}

bool
path_is_input(const char *path, const char *input)
{
	int flags = fcntl(STDOUT_FILENO, F_GETFL);
	struct identity x, y;

	if (path == NULL && (flags == -1 || (flags & O_APPEND) == 0))
		return false;
	return identify(path, STDOUT_FILENO, &x) &&
	    identify(input, STDIN_FILENO, &y) && is_one(&x, &y);
}

static bool
has_suffix(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL && dot[1] != '\0' &&
	    dot[1 + strspn(dot + 1, "abcdefghijklmnopqrstuvwxyz0123456789")] ==
	    '\0';
}

bool
path_is_words(const char *typed)
{
	return strpbrk(typed, " ,") != NULL && strchr(typed, '/') == NULL &&
	    !has_suffix(typed) && access(typed, F_OK) != 0;
}

char *
xdg_path(const char *variable, const char *in_home, const char *name)
{
	const char *xdg = getenv(variable), *home = getenv("HOME");

	if (xdg != NULL && xdg[0] == '/')
		return xasprintf("%s/%s", xdg, name);
	if (home != NULL && home[0] == '/')
		return xasprintf("%s/%s/%s", home, in_home, name);
	return NULL;
}

/* dir + middle + name if it can be read, else NULL. */
static char *
readable(const char *dir, const char *middle, const char *name)
{
	char *path = xasprintf("%s%s/%s", dir, middle, name);

	if (access(path, R_OK) == 0)
		return path;
	free(path);
	return NULL;
}

static char *
beside_program(const char *name)
{
	static const char *const middles[] = {
	    "/../share/paperround", "/../share"};
	char exe[PATH_MAX], *found = NULL, *slash;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (n <= 0)
		return NULL;
	exe[n] = '\0';
	if ((slash = strrchr(exe, '/')) == NULL)
		return NULL;
	*slash = '\0';
	for (size_t i = 0; i < sizeof(middles) / sizeof(*middles); i++)
		if (found == NULL)
			found = readable(exe, middles[i], name);
	return found;
}

char *
data_file(const char *name)
{
	const char *dir = getenv("PAPERROUND_DATADIR");
	char *found;

	if (dir != NULL && *dir != '\0')
		return readable(dir, "", name);
	if ((found = beside_program(name)) != NULL)
		return found;
	return readable(DATADIR, "", name);
}

uint64_t
random_bits(void)
{
	static uint64_t state;
	struct timespec now;
	uint64_t bits;

	if (getentropy(&bits, sizeof(bits)) == 0)
		return bits;
	clock_gettime(CLOCK_REALTIME, &now);
	state ^= (uint64_t)now.tv_nsec ^ (uint64_t)getpid() << 32;
	return hash_next(&state);
}
