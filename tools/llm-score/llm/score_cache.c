/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <stdio.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "common/base/date.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"

#define BUSY_MS 30000
#define WAIT_MS 10

struct score_cache {
	char *path;
	sqlite3 *db; /* NULL: it was given up */
	sqlite3_stmt *get, *put;
	bool warned;
};

static const char schema[] = "PRAGMA journal_mode = WAL;"
			     "PRAGMA synchronous = NORMAL;"
			     "CREATE TABLE IF NOT EXISTS answer ("
			     " key BLOB PRIMARY KEY,"
			     " value TEXT NOT NULL,"
			     " created INTEGER NOT NULL"
			     ") WITHOUT ROWID;";

static char *
cache_path(const char *named)
{
	return named != NULL
	    ? xstrdup(named)
	    : xdg_path("XDG_CACHE_HOME", ".cache", "paperround/scores.db");
}

/* The first ones to open a new file are in each other's way, and SQLite does
 * not wait then. */
static int
begin_file(sqlite3 *db)
{
	int rc, waited = 0;

	while (
	    (rc = sqlite3_exec(db, schema, NULL, NULL, NULL)) == SQLITE_BUSY &&
	    waited < BUSY_MS)
		waited += sqlite3_sleep(WAIT_MS);
	return rc;
}

static int
open_file(struct score_cache *c)
{
	int rc;

	if ((rc = sqlite3_open_v2(c->path, &c->db,
		 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)) !=
		SQLITE_OK ||
	    (rc = sqlite3_busy_timeout(c->db, BUSY_MS)) != SQLITE_OK ||
	    (rc = begin_file(c->db)) != SQLITE_OK ||
	    (rc = sqlite3_prepare_v2(c->db,
		 "SELECT value FROM answer WHERE key = ?1", -1, &c->get,
		 NULL)) != SQLITE_OK)
		return rc;
	return sqlite3_prepare_v2(c->db,
	    "INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3)", -1, &c->put,
	    NULL);
}

static void
close_file(struct score_cache *c)
{
	sqlite3_finalize(c->get);
	sqlite3_finalize(c->put);
	sqlite3_close(c->db);
	c->get = c->put = NULL;
	c->db = NULL;
}

static bool
is_damage(int rc)
{
	rc &= 0xff;
	return rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB;
}

/* Sets a damaged file aside and begins a new one; what is beside it belongs to
 * it.  Says so.  False if there is no new one. */
static bool
begin_anew(struct score_cache *c)
{
	static const char *const parts[] = {"-wal", "-shm", ""};
	bool moved = false;

	close_file(c);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		char *from = xasprintf("%s%s", c->path, parts[i]);
		char *to = xasprintf("%s.damaged%s", c->path, parts[i]);

		moved = rename(from, to) == 0;
		free(from);
		free(to);
	}
	if (moved && open_file(c) == SQLITE_OK) {
		msg_warn("%s was damaged; it is %s.damaged now, and a new one "
			 "has begun",
		    c->path, c->path);
		return true;
	}
	msg_warn("%s is damaged; no answers are kept", c->path);
	close_file(c);
	return false;
}

char *
score_cache_directory(const char *path)
{
	char *used = cache_path(path), *dir;

	dir = used != NULL ? directory_of(used) : xstrdup("");
	if (*dir != '\0')
		(void)directory_make(dir); /* else opening the file tells */
	free(used);
	return dir;
}

struct score_cache *
score_cache_open(const char *path)
{
	struct score_cache *c = xcalloc(1, sizeof(*c));
	bool named = path != NULL;
	int rc;

	c->path = cache_path(path);
	if (c->path == NULL) {
		msg_warn("neither XDG_CACHE_HOME nor HOME is set: no answers "
			 "are kept; set one of them, or give --cache");
		free(c);
		return NULL;
	}
	free(score_cache_directory(path));
	rc = open_file(c);
	/* A name may be a slip, and what is no database someone's. */
	if (rc == SQLITE_OK ||
	    (is_damage(rc) && (!named || rc != SQLITE_NOTADB) && begin_anew(c)))
		return c;
	if (named)
		die(EXIT_SOME_FAILED, "%s: %s", c->path, sqlite3_errmsg(c->db));
	if (c->db != NULL)
		msg_warn("%s: %s; no answers are kept", c->path,
		    sqlite3_errmsg(c->db));
	score_cache_close(c);
	return NULL;
}

void
score_cache_close(struct score_cache *c)
{
	if (c == NULL)
		return;
	close_file(c);
	free(c->path);
	free(c);
}

static bool
is_open(const struct score_cache *c)
{
	return c != NULL && c->db != NULL;
}

/* Losing the cache costs money, not papers: the run goes on. */
static void
check(struct score_cache *c, int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
		return;
	if (is_damage(rc))
		(void)begin_anew(c);
	else if (!c->warned)
		msg_warn("cache: %s", sqlite3_errmsg(c->db));
	c->warned = true;
}

static void
bind_key(sqlite3_stmt *stmt, const struct sha256_digest *key)
{
	sqlite3_bind_blob(stmt, 1, key->b, sizeof(key->b), SQLITE_STATIC);
}

bool
score_cache_get(struct score_cache *c, const struct sha256_digest *key,
    struct strbuf *value)
{
	const void *text;
	int rc;

	if (!is_open(c))
		return false;
	bind_key(c->get, key);
	rc = sqlite3_step(c->get);
	check(c, rc);
	if (rc == SQLITE_ROW && (text = sqlite3_column_text(c->get, 0)) != NULL)
		strbuf_add(
		    value, text, (size_t)sqlite3_column_bytes(c->get, 0));
	sqlite3_reset(c->get);
	return rc == SQLITE_ROW;
}

void
score_cache_begin(struct score_cache *c)
{
	if (is_open(c))
		check(c,
		    sqlite3_exec(c->db, "BEGIN IMMEDIATE", NULL, NULL, NULL));
}

void
score_cache_put(
    struct score_cache *c, const struct sha256_digest *key, struct slice value)
{
	if (!is_open(c))
		return;
	bind_key(c->put, key);
	sqlite3_bind_text(c->put, 2, value.p, (int)value.n, SQLITE_TRANSIENT);
	sqlite3_bind_int64(c->put, 3, now());
	check(c, sqlite3_step(c->put));
	sqlite3_reset(c->put);
}

void
score_cache_commit(struct score_cache *c)
{
	if (!is_open(c) || sqlite3_get_autocommit(c->db))
		return;
	check(c, sqlite3_exec(c->db, "COMMIT", NULL, NULL, NULL));
}
