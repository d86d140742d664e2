/* SPDX-License-Identifier: ISC */
/* What stands in for functions that a system lacks, under names of its own so
 * that it is tested where they are not missing. */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define memmem	       compat_memmem
#define memrchr	       compat_memrchr
#define strcasestr     compat_strcasestr
#define strsep	       compat_strsep
#define explicit_bzero compat_explicit_bzero
#define getentropy     compat_getentropy
#define closefrom      compat_closefrom
#define _Fork	       compat_Fork
#define memfd_create   compat_memfd_create
#include "common/base/compat.c"

#include "../tap.h"

/* Where word is found in text, or -1. */
static long
place(const char *text, size_t n, const char *word, size_t length)
{
	const char *at = memmem(text, n, word, length);

	return at == NULL ? -1 : (long)(at - text);
}

static void
test_searches(void)
{
	static const char text[] = "ab\0aab";

	is_int(place(text, 6, "aab", 3), 3, "memmem: at the end, after a NUL");
	is_int(place(text, 5, "aab", 3), -1, "memmem: cut off is not found");
	is_int(place(text, 6, "ab", 2), 0, "memmem: the first one");
	is_int(place(text, 6, "", 0), 0, "memmem: nothing is everywhere");
	is_int(place(text, 2, "abc", 3), -1, "memmem: longer than the text");
	is_int(place(text, 0, "a", 1), -1, "memmem: in nothing");
	ok(memrchr(text, 'a', 6) == text + 4, "memrchr: the last one");
	ok(memrchr(text, 'a', 1) == text, "memrchr: the first byte");
	ok(memrchr(text, 'x', 6) == NULL, "memrchr: not there");
	ok(memrchr("\xe9", '\xe9', 1) != NULL, "memrchr: a high byte");
	is_str(strcasestr("No Updates", "updates"), "Updates",
	    "strcasestr: whatever the case");
	is_str(strcasestr("abc", ""), "abc", "strcasestr: nothing");
	ok(strcasestr("abc", "abcd") == NULL, "strcasestr: longer");
	ok(strcasestr("", "a") == NULL, "strcasestr: in nothing");
}

static void
test_strsep(void)
{
	char text[] = "a b,", *rest = text;

	is_str(strsep(&rest, ", "), "a", "strsep: one");
	is_str(strsep(&rest, ", "), "b", "strsep: by any of them");
	is_str(
	    strsep(&rest, ", "), "", "strsep: what follows the last is empty");
	ok(rest == NULL && strsep(&rest, ", ") == NULL, "strsep: no more");
}

/* How a child ends that closes all from 3 on and finds fd closed. */
static int
close_in_child(int fd)
{
	int status = -1;
	pid_t pid = _Fork();

	if (pid == 0) {
		closefrom(3);
		_exit(fcntl(fd, F_GETFD) == -1 && fcntl(2, F_GETFD) != -1 ? 7
									  : 1);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
test_files(void)
{
	static const unsigned char zeros[32];
	unsigned char bytes[32] = {0};
	int fd = memfd_create("compat", MFD_CLOEXEC);
	char back[3] = "", deep[5000] = "";

	ok(fd > 2, "memfd_create: a file");
	is_int(fcntl(fd, F_GETFD), FD_CLOEXEC, "  that no program gets");
	is_int(pwrite(fd, "ok", 2, 0), 2, "  that can be written");
	is_int(pread(fd, back, 2, 0), 2, "  and read");
	is_str(back, "ok", "  is what was written");
	is_int(close_in_child(fd), 7, "closefrom: in a process of _Fork's");
	close(fd);
	is_int(setenv("TMPDIR", "/nowhere", 1), 0, "TMPDIR is missing");
	is_int(memfd_create("x", 0), -1, "memfd_create: says so");
	memset(deep, 'x', sizeof(deep) - 1);
	is_int(setenv("TMPDIR", deep, 1), 0, "TMPDIR is longer than a path");
	errno = 0;
	ok(memfd_create("x", 0) == -1 && errno == ENAMETOOLONG,
	    "memfd_create: says so");

	is_int(getentropy(bytes, sizeof(bytes)), 0, "getentropy: gives");
	ok(memcmp(bytes, zeros, sizeof(zeros)) != 0, "  something");
	explicit_bzero(bytes, sizeof(bytes));
	ok(memcmp(bytes, zeros, sizeof(zeros)) == 0, "explicit_bzero: gone");
}

int
main(void)
{
	test_searches();
	test_strsep();
	test_files();
	return done_testing();
}
