/* SPDX-License-Identifier: ISC */
/*
 * Preloaded into a tool, behaves at its exit as code that was smuggled into
 * it: tries to run a program, open a socket and write to the file ESCAPE, and
 * says on stderr what it managed to do.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void
say(const char *what)
{
	ssize_t n = write(STDERR_FILENO, what, strlen(what));

	(void)n;
}

__attribute__((destructor)) static void
try_all(void)
{
	const char *path = getenv("ESCAPE");
	int fd;

	if (path == NULL)
		return;
	say("tried:");
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	if (fd != -1 && write(fd, "x", 1) == 1)
		say(" wrote");
	if (socket(AF_INET, SOCK_STREAM, 0) != -1)
		say(" connected");
	execl("/bin/sh", "sh", "-c", "echo ' ran' >&2", NULL);
	say(".\n");
}
