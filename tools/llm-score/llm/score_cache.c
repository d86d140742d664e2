/* SPDX-License-Identifier: ISC */
#include "llm/score_cache.h"

#include <stdlib.h>

#include <sqlite3.h>

#include "common/base/date.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"

#define BUSY_MS 30000

struct score_cache {
	sqlite3 *db;
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

static bool
prepare(struct score_cache *c)
{
	return sqlite3_exec(c->db, schema, NULL, NULL, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(c->db, "SELECT value FROM answer WHERE key = ?1",
		-1, &c->get, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(c->db,
		"INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3)", -1,
		&c->put, NULL) == SQLITE_OK;
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
	char *used = cache_path(path);
	bool named = path != NULL;

	if (used == NULL) {
		msg_warn("neither XDG_CACHE_HOME nor HOME is set: no answers "
			 "are kept; set one of them, or give --cache");
		free(c);
		return NULL;
	}
	free(score_cache_directory(path));
	if (sqlite3_open_v2(used, &c->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		NULL) == SQLITE_OK &&
	    sqlite3_busy_timeout(c->db, BUSY_MS) == SQLITE_OK && prepare(c)) {
		free(used);
		return c;
	}
	if (named)
		die(EXIT_SOME_FAILED, "%s: %s", used, sqlite3_errmsg(c->db));
	msg_warn("%s: %s; no answers are kept", used, sqlite3_errmsg(c->db));
	free(used);
	score_cache_close(c);
	return NULL;
}

void
score_cache_close(struct score_cache *c)
{
	if (c == NULL)
		return;
	sqlite3_finalize(c->get);
	sqlite3_finalize(c->put);
	sqlite3_close(c->db);
	free(c);
}

/* Losing the cache costs money, not papers: the run goes on. */
static void
check(struct score_cache *c, int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW ||
	    c->warned)
		return;
	c->warned = true;
	msg_warn("cache: %s", sqlite3_errmsg(c->db));
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

	if (c == NULL)
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
	if (c != NULL)
		check(c,
		    sqlite3_exec(c->db, "BEGIN IMMEDIATE", NULL, NULL, NULL));
}

void
score_cache_put(
    struct score_cache *c, const struct sha256_digest *key, struct slice value)
{
	if (c == NULL)
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
	if (c == NULL || sqlite3_get_autocommit(c->db))
		return;
	check(c, sqlite3_exec(c->db, "COMMIT", NULL, NULL, NULL));
}
