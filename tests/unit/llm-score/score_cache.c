/* SPDX-License-Identifier: ISC */
/* The cache of answers, opened by many at the same moment. */
#include "llm/llm.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "../tap.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"

#define MANY	8
#define ROUNDS	60
#define HELD_MS 50

static void
keep_one(const char *path, int i)
{
	struct sha256_digest key = {.b = {(unsigned char)i}};
	struct score_cache *c = score_cache_open(path);

	score_cache_begin(c);
	score_cache_put(c, &key, SLICE_LIT("x"));
	score_cache_commit(c);
	score_cache_close(c);
}

/* How many of those that wait for the pipe's end fail to keep an answer. */
static int
race(const char *path)
{
	int gate[2], status, failed = 0;
	char byte;

	if (pipe(gate) == -1)
		return MANY;
	for (int i = 0; i < MANY; i++) {
		if (fork() != 0)
			continue;
		close(gate[1]);
		_exit(read(gate[0], &byte, 1) != 0
			? 1
			: (keep_one(path, i), EXIT_SUCCESS));
	}
	close(gate[0]);
	close(gate[1]);
	for (int i = 0; i < MANY; i++)
		failed += wait(&status) == -1 || status != 0;
	return failed;
}

static int
kept(const char *path)
{
	struct score_cache *c = score_cache_open(path);
	struct strbuf value = STRBUF_INIT(STRBUF_MAX);
	int n = 0;

	for (int i = 0; i < MANY; i++) {
		struct sha256_digest key = {.b = {(unsigned char)i}};

		n += score_cache_get(c, &key, &value);
	}
	strbuf_release(&value);
	score_cache_close(c);
	return n;
}

/* Keeps an answer in a new file that another process holds: the file has no
 * log yet, and SQLite does not wait to give it one. */
static int
keep_late(const char *path)
{
	int held[2], status;
	sqlite3 *db;
	char byte;

	if (pipe(held) == -1)
		return -1;
	if (fork() == 0) {
		close(held[0]);
		sqlite3_open(path, &db);
		sqlite3_exec(db, "CREATE TABLE other (x); BEGIN IMMEDIATE",
		    NULL, NULL, NULL);
		if (write(held[1], "", 1) == 1)
			poll(NULL, 0, HELD_MS);
		_exit(sqlite3_close(db) != SQLITE_OK);
	}
	close(held[1]);
	if (read(held[0], &byte, 1) == 1)
		keep_one(path, 0);
	close(held[0]);
	return wait(&status) == -1 || status != 0 ? -1 : kept(path);
}

int
main(void)
{
	char dir[] = "/tmp/score_cache.XXXXXX", *path;
	int failed = 0, n = 0;

	msg_init("score_cache");
	if (mkdtemp(dir) == NULL)
		return 1;
	for (int i = 0; i < ROUNDS; i++) {
		path = xasprintf("%s/%d.db", dir, i);
		failed += race(path);
		n += kept(path);
		unlink(path);
		free(path);
	}
	is_int(failed, 0, "a new file opened by many at once: nobody fails");
	is_int(n, MANY * ROUNDS, "  and all of it is kept");
	path = xasprintf("%s/held.db", dir);
	is_int(keep_late(path), 1, "a new file that another has is waited for");
	unlink(path);
	free(path);
	rmdir(dir);
	return done_testing();
}
