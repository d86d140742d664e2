/* SPDX-License-Identifier: ISC */
#include "../tap.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/net/throttle.h"

/* Lower bounds only: how long a busy machine takes more is its affair. */
static void
test_interval(const char *dir)
{
	struct pace *p = pace_new(dir, "interval", 0.05);
	double wait, start;

	ok(pace_enter(p, "rss", 1, &wait) == PACE_GO, "the first may ask");
	pace_leave(p, "rss", 0, 200);
	start = monotonic_seconds();
	ok(pace_enter(p, "oai", 1, &wait) == PACE_GO, "so may the second");
	ok(monotonic_seconds() - start > 0.045, "after the interval");
	pace_leave(p, "oai", 0, 200);
	pace_free(p);
}

static void
test_cooldown(const char *dir)
{
	struct pace *p = pace_new(dir, "cooldown", 0);
	double wait = 0;

	pace_enter(p, "oai", 1, &wait);
	pace_leave(p, "oai", 1000, 403);
	ok(pace_enter(p, "oai", 900, &wait) == PACE_LATER,
	    "a long pause is not waited for");
	ok(wait > 900 && wait < 1000.01, "and is told");
	is_int(pace_status(p, "oai"), 403, "with what it came from");
	ok(pace_enter(p, "rss", 900, &wait) == PACE_GO,
	    "another source is free");
	pace_leave(p, "rss", 0, 200);
	pace_free(p);
	p = pace_new(dir, "cooldown", 0);
	ok(pace_enter(p, "oai", 900, &wait) == PACE_LATER,
	    "the pause outlives the process");
	is_int(pace_status(p, "oai"), 403, "and so does that");
	pace_free(p);
	p = pace_new(dir, "other", 0);
	ok(pace_enter(p, "oai", 900, &wait) == PACE_GO,
	    "another site knows nothing of it");
	pace_leave(p, "oai", 0, 200);
	pace_free(p);
}

/* While one process asks, the other waits. */
static void
test_processes(const char *dir)
{
	struct pace *p = pace_new(dir, "lock", 0);
	int ready[2], status;
	double wait;
	char byte;
	pid_t pid;

	pace_enter(p, "rss", 1, &wait);
	if (pipe(ready) == -1 || (pid = fork()) == -1)
		exit(1);
	if (pid == 0) {
		struct pace *mine = pace_new(dir, "lock", 0);
		double start = monotonic_seconds();

		if (write(ready[1], "", 1) != 1)
			_exit(1);
		pace_enter(mine, "rss", 1, &wait);
		_exit(monotonic_seconds() - start > 0.095 ? 0 : 1);
	}
	ok(read(ready[0], &byte, 1) == 1, "another process wants to ask");
	nanosleep(&(struct timespec) {0, 100000000}, NULL);
	pace_leave(p, "rss", 0, 200);
	waitpid(pid, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "one request at a time");
	pace_free(p);
}

static void
test_damage(const char *dir)
{
	char *path = xasprintf("%s/damaged", dir);
	FILE *f = fopen(path, "w");
	struct pace *p;
	double wait;

	fputs("last x\n\nnonsense\nlast 99999999999\n", f);
	for (int i = 0; i < 50; i++)
		fprintf(f, "source%d 1 %s\n", i, i % 2 == 0 ? "x" : "200");
	fclose(f);
	p = pace_new(dir, "damaged", 0.05);
	ok(pace_enter(p, "rss", 1, &wait) == PACE_GO,
	    "a damaged file, and a clock set back, do no harm");
	pace_leave(p, "rss", 0, 200);
	pace_free(p);
	free(path);
	msg_set_quiet(true);
	p = pace_new("/dev/null/nowhere", "site", 0);
	ok(pace_enter(p, "rss", 1, &wait) == PACE_GO, "nor does no file");
	pace_leave(p, "rss", 0, 200);
	pace_free(p);
}

int
main(void)
{
	char dir[] = "/tmp/paperround-pace.XXXXXX", *command;

	msg_init("pace-test");
	if (mkdtemp(dir) == NULL)
		return 1;
	test_interval(dir);
	test_cooldown(dir);
	test_processes(dir);
	test_damage(dir);
	command = xasprintf("rm -r %s", dir);
	ok(system(command) == 0, "tidy");
	free(command);
	return done_testing();
}
