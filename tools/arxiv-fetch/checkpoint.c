/* SPDX-License-Identifier: ISC */
#include "fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/output.h"
#include "common/json/json_read.h"
#include "common/json/json_write.h"

#define CHECKPOINT_MAX ((size_t)16 << 20)

static char *
take_string(const struct json_members *m, const char *key)
{
	const struct json_member *found = json_find(m, key);
	struct strbuf b = STRBUF_INIT(CHECKPOINT_MAX);
	struct slice s;
	char *text;

	if (found == NULL || found->value.type != JSON_STRING)
		return NULL;
	s = json_text(&found->value, &b);
	text = xmemdup0(s.p, s.n);
	strbuf_release(&b);
	return text;
}

static bool
take_long(const struct json_members *m, const char *key, long *out)
{
	const struct json_member *found = json_find(m, key);

	return found != NULL && json_long(&found->value, out);
}

static uint64_t
take_count(const struct json_members *m, const char *key)
{
	long n;

	return take_long(m, key, &n) && n > 0 ? (uint64_t)n : 0;
}

static day_t
take_day(const struct json_members *m, const char *key)
{
	char *text = take_string(m, key);
	day_t day = NO_DAY;

	if (text != NULL && !day_parse(text, &day))
		day = NO_DAY;
	free(text);
	return day;
}

static bool
take_bool(const struct json_members *m, const char *key)
{
	const struct json_member *found = json_find(m, key);

	return found != NULL && found->value.type == JSON_TRUE;
}

/* A file of its own, as the checkpoint is another one after each page. */
void
checkpoint_lock(const char *path)
{
	char *lock = xasprintf("%s.lock", path);
	int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	if (fd == -1)
		die(EXIT_SOME_FAILED, "--resume: %s: %s", lock,
		    strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK)
		die(EXIT_TRY_LATER,
		    "--resume: %s: another run is working on this harvest",
		    path);
	/* The kernel takes the lock back when the process ends. */
	free(lock);
}

bool
checkpoint_parse(struct checkpoint *c, struct slice text)
{
	struct json_members m = JSON_MEMBERS_INIT;
	bool good;

	memset(c, 0, sizeof(*c));
	good = json_object(&m, text) &&
	    (c->what = take_string(&m, "harvest")) != NULL &&
	    take_long(&m, "set", &c->set) && c->set >= 0;
	c->token = take_string(&m, "token");
	c->seen = take_string(&m, "seen");
	c->last = take_day(&m, "last");
	c->from = take_day(&m, "from");
	c->next_from = take_day(&m, "next_from");
	c->done = take_bool(&m, "done");
	c->pages = take_count(&m, "pages");
	c->records = take_count(&m, "records");
	c->device = take_count(&m, "device");
	c->inode = take_count(&m, "inode");
	c->size = take_count(&m, "size");
	json_members_release(&m);
	return good;
}

bool
checkpoint_read(
    struct checkpoint *c, const char *path, const char *what, long sets)
{
	size_t n;
	char *text = line_reader_slurp(path, CHECKPOINT_MAX, &n);

	if (text == NULL) {
		if (errno != ENOENT)
			die(EXIT_SOME_FAILED, "--resume: %s: %s", path,
			    strerror(errno));
		c->what = xstrdup(what);
		return false;
	}
	if (!checkpoint_parse(c, (struct slice) {text, n}))
		die(EXIT_SOME_FAILED,
		    "--resume: %s: not a checkpoint; remove it to start over",
		    path);
	if (strcmp(c->what, what) != 0)
		die(EXIT_MISUSE, "--resume: %s belongs to another harvest: %s",
		    path, c->what);
	if (c->set > sets)
		die(EXIT_SOME_FAILED,
		    "--resume: %s: damaged; remove it to start over", path);
	free(text);
	return true;
}

static void
put_int(struct jsonw *j, const char *key, uint64_t n)
{
	jsonw_int(jsonw_key(j, key), (int64_t)n);
}

static void
put_day(struct jsonw *j, const char *key, day_t day)
{
	char text[DATE_LEN];

	jsonw_str(
	    jsonw_key(j, key), day != NO_DAY ? day_format(day, text) : NULL);
}

void
checkpoint_format(struct strbuf *b, const struct checkpoint *c)
{
	struct jsonw j = JSONW_INIT(b);

	jsonw_open(&j, '{');
	jsonw_str(jsonw_key(&j, "harvest"), c->what);
	put_int(&j, "set", (uint64_t)c->set);
	jsonw_str(jsonw_key(&j, "token"), c->token);
	put_day(&j, "last", c->last);
	put_day(&j, "from", c->from);
	put_day(&j, "next_from", c->next_from);
	jsonw_bool(jsonw_key(&j, "done"), c->done);
	put_int(&j, "pages", c->pages);
	put_int(&j, "records", c->records);
	put_int(&j, "device", c->device);
	put_int(&j, "inode", c->inode);
	put_int(&j, "size", c->size);
	jsonw_str(jsonw_key(&j, "seen"), c->seen);
	jsonw_close(&j, '}');
	strbuf_addch(b, '\n');
}

void
checkpoint_write(const struct checkpoint *c, const char *path)
{
	struct strbuf b = STRBUF_INIT(CHECKPOINT_MAX);

	checkpoint_format(&b, c);
	if (!output_replace_file(path, strbuf_slice(&b), 0666))
		die(EXIT_SOME_FAILED, "--resume: %s: %s", path,
		    strerror(errno));
	strbuf_release(&b);
}

void
checkpoint_release(struct checkpoint *c)
{
	free(c->what);
	free(c->token);
	free(c->seen);
	c->what = c->token = c->seen = NULL;
}
