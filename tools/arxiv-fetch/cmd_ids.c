/* SPDX-License-Identifier: ISC */
/* Ids as operands, --id and --id-file: papers by their ids, in the order asked
 * for. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/compat.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "common/io/line_reader.h"
#include "fetch.h"

#define FILE_MAX ((size_t)64 << 20)

/* What was asked for, each spelling of id and version once. */
struct id_list {
	struct strlist ids; /* canonical, with a version if one was named */
	struct recent_ids seen;
};

/* One request's worth. */
struct chunk {
	struct fetch *f;
	struct feed_status *feed;
	struct strlist ids;
	struct paper_table found;
};

static void
on_entry(void *arg, struct entry *e)
{
	struct chunk *c = arg;
	bool is_new;

	paper_table_add(&c->found, e, &is_new);
	if (!is_new)
		run_dropped("duplicate", 1);
}

/* What was asked for, or NULL, and it is told. */
static const struct entry *
find(const struct chunk *c, const char *asked)
{
	char id[ARXIV_ID_SIZE];
	const struct entry *e;
	long version;
	size_t at;

	arxiv_id_parse(slice_of(asked), id, &version);
	at = paper_table_find(&c->found, id);
	if (at == PAPER_TABLE_NONE) {
		msg_error("%s: arXiv has no such paper", asked);
		return NULL;
	}
	e = c->found.v[at];
	if (version > 0 && e->version > 0 && e->version != version) {
		msg_error(
		    "%s: arXiv sent version %ld instead", asked, e->version);
		return NULL;
	}
	return e;
}

/* The answer's order means nothing, so each id is looked up in it. */
static void
emit_in_order(struct chunk *c)
{
	size_t unasked = c->found.n;
	const struct entry *e;

	for (size_t i = 0; i < c->ids.n; i++) {
		if ((e = find(c, c->ids.v[i])) != NULL) {
			unasked--;
			c->feed->entries++;
			c->feed->kept += fetch_emit(c->f, e);
		} else {
			run_counts.in++;
			run_counts.failed++;
		}
	}
	if (unasked > 0)
		run_dropped("not_asked_for", unasked);
}

static void
ask(struct chunk *c)
{
	struct query_page p = {.url = query_ids_url(c->f->o.base_url, &c->ids),
	    .size = QUERY_IDS,
	    .may_be_short = true,
	    .entry = on_entry,
	    .arg = c};

	if (c->feed->url == NULL)
		c->feed->url = xstrdup(p.url);
	download_doing(&c->f->net, "ids, %llu papers so far",
	    (unsigned long long)c->feed->entries);
	c->feed->result = query_page_get(&c->f->net, &p);
	if (c->feed->result == DOWNLOAD_OK) {
		emit_in_order(c);
	} else if (c->feed->result != DOWNLOAD_STOPPED) {
		c->feed->state = FEED_FAILED;
		/* Some may have come before it failed. */
		run_counts.in += c->ids.n - c->found.n;
		run_counts.failed += c->ids.n;
		snprintf(c->feed->why, sizeof(c->feed->why), "%s", p.why);
	}
	free(p.url);
	paper_table_release(&c->found);
	strlist_release(&c->ids);
}

/* True if a version of the same paper is among them: in one answer they would
 * become one paper. */
static bool
asks_for(const struct chunk *c, const char *text)
{
	char id[ARXIV_ID_SIZE], other[ARXIV_ID_SIZE];
	long version;

	arxiv_id_parse(slice_of(text), id, &version);
	for (size_t i = 0; i < c->ids.n; i++) {
		arxiv_id_parse(slice_of(c->ids.v[i]), other, &version);
		if (strcmp(id, other) == 0)
			return true;
	}
	return false;
}

static void
add_id(
    struct id_list *all, const char *text, const char *file, unsigned long line)
{
	char id[ARXIV_ID_SIZE], *full;
	long version;

	if (!arxiv_id_parse(slice_of(text), id, &version)) {
		run_counts.in++;
		run_counts.failed++;
		msg_error_at(file, line, "not an arXiv id: %s", text);
		return;
	}
	full = version > 0 ? xasprintf("%sv%ld", id, version) : xstrdup(id);
	if (recent_ids_add(&all->seen, recent_ids_hash(full)))
		free(full);
	else
		strlist_take(&all->ids, full);
}

/* Cuts a line of a list down to its id.  Some spellings have blanks in them;
 * else what follows the first word is a note. */
static void
cut_line(char *line)
{
	char id[ARXIV_ID_SIZE];
	long version;

	line[strcspn(line, "#\r")] = '\0';
	if (!arxiv_id_parse(slice_of(line), id, &version))
		line[strcspn(line, " \t")] = '\0';
}

/* An id a line; "#" begins a comment. */
static void
read_file(struct id_list *all, const char *path)
{
	char *text, *rest, *line;
	unsigned long n = 0;

	if (strcmp(path, "-") == 0 && isatty(STDIN_FILENO))
		usage_error("the ids are to be read from stdin, which is a "
			    "terminal");
	text = rest = line_reader_slurp(path, FILE_MAX, NULL);
	if (text == NULL)
		die(EXIT_SOME_FAILED, "--id-file: %s: %s", path,
		    strerror(errno));
	while ((line = strsep(&rest, "\n")) != NULL) {
		n++;
		line += strspn(line, " \t");
		cut_line(line);
		if (*line != '\0')
			add_id(all, line, path, n);
	}
	free(text);
}

static void
read_lists(struct id_list *all, const struct fetch_options *o)
{
	for (size_t i = 0; i < o->ids.n; i++)
		if (strcmp(o->ids.v[i], "-") == 0)
			read_file(all, "-");
		else
			add_id(all, o->ids.v[i], "--id", 0);
	if (o->id_file != NULL)
		read_file(all, o->id_file);
}

void
cmd_ids(struct fetch *f)
{
	struct feed_status feed = {.category = "ids",
	    .announced = NO_DAY,
	    .dated = NO_DAY,
	    .state = FEED_OK};
	struct chunk c = {.f = f, .feed = &feed, .found = PAPER_TABLE_INIT};
	struct id_list all = {.ids = STRLIST_INIT};

	read_lists(&all, &f->o);
	fetch_connect(f, "arxiv", 3);
	for (size_t i = 0; i < all.ids.n && !download_is_over(&f->net); i++) {
		strlist_add(&c.ids, all.ids.v[i]);
		if (c.ids.n == QUERY_IDS || i + 1 == all.ids.n ||
		    asks_for(&c, all.ids.v[i + 1]))
			ask(&c);
		if (feed.result == DOWNLOAD_REFUSED)
			break;
	}
	if (feed.state == FEED_OK && feed.entries == 0)
		feed.state = FEED_EMPTY;
	feed_status_tell(&feed);
	feed_status_report(f, &feed, 1);
	free(feed.url);
	strlist_release(&all.ids);
	recent_ids_release(&all.seen);
}
