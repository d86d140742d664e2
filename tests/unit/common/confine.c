/* SPDX-License-Identifier: ISC */
#include "common/cli/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"

#include "../tap.h"

static char dir[] = "/tmp/paperround-confine.XXXXXX";
static char other[] = "/tmp/paperround-confine.XXXXXX";

static bool
can_exec(void)
{
	char *argv[] = {(char[]) {"true"}, NULL};
	int status;
	pid_t pid = fork();

	if (pid == -1)
		return false;
	if (pid == 0) {
		execv("/bin/true", argv);
		_exit(99);
	}
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 0;
}

static bool
can_create(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	if (fd == -1)
		return false;
	close(fd);
	return true;
}

static void
skip_lines(int n, const char *why)
{
	while (n-- > 0)
		printf("ok %d # skip %s\n", ++tap_run, why);
}

/* Runs a test in a process of its own; what it prints is TAP all the same. */
static void
apart(void (*test)(void), int lines)
{
	pid_t pid;

	fflush(stdout);
	if ((pid = fork()) == 0) {
		test();
		fflush(stdout);
		_exit(tap_failed);
	}
	waitpid(pid, NULL, 0);
	tap_run += lines;
}

static void
test_filter(void)
{
	long pages = sysconf(_SC_PHYS_PAGES);
	char *p;

	if (!confine_to_filter()) {
		skip_lines(7, "no seccomp here");
		return;
	}
	ok(socket(AF_INET, SOCK_STREAM, 0) == -1 && errno == EPERM,
	    "a filter opens no socket");
	ok(execl("/bin/true", "true", NULL) == -1 && errno == EPERM,
	    "  runs no program");
	ok(!can_create("new") && errno == EPERM, "  opens nothing to write");
	ok(open("there", O_RDONLY) != -1, "  opens to read");
	ok(rename("there", "else") == 0 && unlink("else") == 0,
	    "  renames and unlinks");
	p = malloc(64 << 20);
	ok(p != NULL, "  allocates");
	free(p);
	ok(sysconf(_SC_PHYS_PAGES) == pages,
	    "  knows how much memory there is");
}

static void
test_writes(void)
{
	char *inside;
	const char *paths[] = {"", dir, NULL};
	char *beside = mkdtemp(other);

	if (beside == NULL || chdir(beside) == -1 || !can_create("temp") ||
	    chdir(dir) == -1 ||
	    !confine_writes(paths, xasprintf("%s/kept", beside))) {
		skip_lines(7, "no Landlock here");
		return;
	}
	inside = strdup("inside");
	ok(!can_exec(), "a fetcher runs no program");
	ok(can_create(inside), "  writes below its path");
	ok(!can_create("/tmp/paperround-confine-outside") && errno == EACCES,
	    "  and not outside");
	ok(socket(AF_INET, SOCK_STREAM, 0) != -1, "  opens sockets");
	ok(chdir(beside) == 0 && rename("temp", "kept") == 0,
	    "  puts a file in place");
	ok(!can_create("kept") && errno == EACCES, "  without writing there");
	ok(unlink("kept") == 0, "  or removes it");
	rmdir(beside);
	free(inside);
}

int
main(void)
{
	msg_init("confine");
	if (mkdtemp(dir) == NULL || chdir(dir) == -1 || !can_create("there"))
		return 1;
	ok(can_exec(), "programs run before");
	apart(test_filter, 7);
	apart(test_writes, 7);
	unlink("inside");
	unlink("there");
	if (chdir("/") == 0)
		rmdir(dir);
	return done_testing();
}
