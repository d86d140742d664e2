/* SPDX-License-Identifier: ISC */
#include "common/cli/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"

#include "../tap.h"

static char *base, *other;

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
	int status = 1;

	fflush(stdout);
	if ((pid = fork()) == 0) {
		test();
		fflush(stdout);
		_exit(tap_failed);
	}
	waitpid(pid, &status, 0);
	tap_run += lines;
	tap_failed += WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void
test_filter(void)
{
	long pages = sysconf(_SC_PHYS_PAGES);
	int fd = open("there", O_RDONLY);
	struct stat st;
	char *p;

	if (!confine_to_filter(NULL)) {
		skip_lines(8, "not all of it is to be had here");
		return;
	}
	ok(socket(AF_INET, SOCK_STREAM, 0) == -1 && errno == EPERM,
	    "a filter opens no socket");
	ok(execl("/bin/true", "true", NULL) == -1 && errno == EPERM,
	    "  runs no program");
	ok(open("there", O_RDONLY) == -1 && errno == EPERM, "  opens nothing");
	ok(rename("there", "else") == -1 && errno == EPERM,
	    "  renames nothing");
	ok(file_status(fd, &st) && st.st_size == 0,
	    "  knows how long a file is that it has open");
	p = malloc(64 << 20);
	ok(p != NULL, "  allocates");
	free(p);
	ok(sysconf(_SC_PHYS_PAGES) == pages,
	    "  knows how much memory there is");
	ok(raise(SIGCONT) == 0, "  sends itself signals");
}

static void
test_places(void)
{
	const struct confine_place places[] = {{"", CONFINE_FOLDERS},
	    {base, CONFINE_WRITE}, {"/nowhere", CONFINE_WRITE},
	    {"/dev/null", CONFINE_READ}, {.path = NULL}};
	char *outside = xasprintf("%s/file", other);

	if (!confine(&(struct confinement) {.places = places})) {
		skip_lines(8, "not all of it is to be had here");
		return;
	}
	ok(can_create("inside"), "a folder to write: makes files there");
	ok(rename("inside", "renamed") == 0, "  renames them");
	ok(unlink("renamed") == 0, "  removes them");
	ok(mkdir("folder", 0700) == -1, "  makes no folder");
	ok(!can_create(outside) && errno == EACCES, "  writes nowhere else");
	ok(open("/etc/passwd", O_RDONLY) == -1 && errno == EACCES,
	    "  reads nothing else");
	ok(open("/dev/null", O_RDONLY) != -1, "  but a file that it may");
	ok(open("/dev/null", O_WRONLY) == -1 && errno == EACCES,
	    "  and does not write that");
}

static char *
make_folder(void)
{
	const char *dir = getenv("TMPDIR");
	char *path = xasprintf(
	    "%s/paperround-confine.XXXXXX", dir != NULL ? dir : "/tmp");

	return mkdtemp(path);
}

int
main(void)
{
	msg_init("confine");
	base = make_folder();
	other = make_folder();
	if (base == NULL || other == NULL || chdir(base) == -1 ||
	    !can_create("there"))
		return 1;
	apart(test_filter, 8);
	apart(test_places, 8);
	unlink("there");
	ok(chdir("/") == 0 && rmdir(base) == 0 && rmdir(other) == 0,
	    "nothing is left");
	free(base);
	free(other);
	return done_testing();
}
