/* SPDX-License-Identifier: ISC */
/* What the commands share: what the command line asks for, where records go,
 * whom to ask, and what the run's report says of the feeds that were asked. */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/date.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"
#include "common/cli/options.h"
#include "common/io/line_reader.h"
#include "common/io/output.h"
#include "common/json/json_write.h"
#include "net/net.h"

/* What is to be done; which of these, the options tell together. */
enum command {
	TODAY,
	DATES,
	SEARCH,
	IDS,
	HARVEST,
	PARSE,
	ENRICH,
	SCHEDULE
};

/* In the order of --source's names; 0: what suits the rest. */
enum source {
	SOURCE_RSS = 1,
	SOURCE_ATOM,
	SOURCE_OAI,
	SOURCE_API
};

struct fetch_options {
	struct options_common common; /* first, as options_parse wants it */
	enum command command;
	enum source source;
	bool details, verify;
	day_t date, since, until;
	bool date_given, since_given, until_given;
	const char *query;
	bool newest; /* first */
	struct strlist ids;
	const char *id_file;
	struct strlist sets;
	const char *resume;
	struct strlist announce;
	unsigned wanted; /* bit of each enum announce */
	long max; /* -1: all */
	bool parse, merge, schedule;
	int enrich; /* which service, from 1; 0: none */
	double min_relevance; /* of papers to enrich */
	bool min_relevance_given;
	const char *base_url;
	double pace; /* -1: the site's own */
	double timeout;
	long retries;
	const char *cache_dir;
	bool no_cache;
	struct strlist categories; /* the operands, canonical .. */
	char *const *files; /* .. or as they are, for PARSE and ENRICH */
};

/* Exits on misuse. */
void fetch_options_parse(struct fetch_options *o, int argc, char **argv);
void fetch_options_release(struct fetch_options *o);

struct fetch {
	struct fetch_options o;
	struct operands files; /* of PARSE */
	struct output out;
	struct strbuf record;
	struct downloader net;
	char *memory_dir; /* of the batches that were seen; NULL: none */
	int status; /* the worst so far */
};

/* Opens the output, then gives up running programs and writing anywhere but to
 * it, the cache and the checkpoint.  The network stays, but for PARSE. */
void fetch_open(struct fetch *f);
/* Makes f->net ready for a site: "arxiv", paced by at least so many seconds. */
void fetch_connect(struct fetch *f, const char *site, double pace);
void fetch_release(struct fetch *f);
/* Writes the paper, or counts it as dropped for its type or --top; true if
 * it was written.  Records are flushed one by one: time went into each. */
bool fetch_emit(struct fetch *f, const struct entry *e);
/* --top papers were written: more need not be asked for. */
bool fetch_is_full(const struct fetch *f);
/* All of them, in order. */
void fetch_emit_all(struct fetch *f, const struct paper_table *p);
/* Raises the exit status: 77 over 75 over 1 over 0. */
void fetch_raise_status(struct fetch *f, int status);

/* One category's announcement, or another request, and what became of it. */

/* Entries by announce type, for --verify. */
struct feed_counts {
	uint64_t type[ANNOUNCE_NONE + 1];
};

struct feed_status {
	const char *category; /* borrowed */
	char *url;
	enum feed_state state;
	enum download_result result;
	char why[WHY_SIZE]; /* "" if there is nothing to say */
	uint64_t entries, kept;
	enum proof proof; /* that it is the announcement of that day .. */
	day_t announced; /* NO_DAY: unknown */
	day_t dated; /* what it says itself; NO_DAY */
	bool unproved; /* and asked to be verified */
	struct feed_counts counts;
	bool no_cross; /* later cross-listings cannot be known */
	bool verified;
	struct feed_counts listed; /* if verified: what the page says */
	/* Ids that the page has and the feed has not, and could not be had
	 * otherwise; and those that only the feed has. */
	struct strlist lacks, unlisted;

	struct paper_table *day; /* where its papers go; borrowed */
	size_t *papers; /* its papers' indices there */
	size_t npapers, cap;
	struct batch batch; /* their ids */
};

/* One for each category. */
struct feed_status *
feed_status_new(const struct fetch *f, struct paper_table *day);
void feed_status_free(struct feed_status *d, size_t n);
/* Adds the entry to the day's papers and to this feed's. */
void feed_status_add(struct feed_status *d, const struct entry *e);
/* Failures and doubts, as messages. */
void feed_status_tell(const struct feed_status *d);
/* Writes the day's papers, as they came or by id, counts what was kept of
 * each feed, makes the report and the status. */
void feed_status_finish(
    struct fetch *f, struct feed_status *d, size_t n, bool sorted);
/* Only the last two. */
void feed_status_report(struct fetch *f, const struct feed_status *d, size_t n);

/*
 * New and cross-listed papers of the batch that the feed lacks are asked for
 * by their ids, and join it as papers of that day.  Those that could not be
 * had are in d->lacks; the feed has failed if one of them is of a type at
 * least as strong as needed.  d->why says either.
 */
void feed_complete(struct fetch *f, struct feed_status *d,
    const struct batch *batch, day_t day, enum announce needed);
/* --details: fills in what the daily feeds leave out. */
void details_add(struct fetch *f, struct paper_table *day);

/* The commands: what happened is in f->status. */
void cmd_today(struct fetch *f);
void cmd_dates(struct fetch *f);
void cmd_search(struct fetch *f);
void cmd_ids(struct fetch *f);
void cmd_harvest(struct fetch *f);
void cmd_parse(struct fetch *f);
void cmd_enrich(struct fetch *f);
void cmd_schedule(struct fetch *f);

/*
 * Where a harvest stands, written after each page: a harvest that was killed
 * goes on from there.  Also how long its output was then, so that what a
 * killed run wrote of an unfinished page can be taken back.
 */
struct checkpoint {
	char *what; /* sets and dates: another harvest is another file */
	long set; /* index of the set in hand */
	char *token; /* of the next page; NULL: the set's first page */
	day_t last; /* latest datestamp; NO_DAY */
	day_t from; /* of each set's first page; NO_DAY */
	day_t next_from; /* of the next harvest; NO_DAY until one ended */
	bool done;
	uint64_t pages, records;
	/* The output, if it is a file. */
	uint64_t device, inode, size;
	/* Hashes of the records of the last page and the last day, 16
	 * hexadecimal digits each, to know them again. */
	char *seen;
};

/* False if the text is none, but c is to be released in any case. */
bool checkpoint_parse(struct checkpoint *c, struct slice text);
/* Appends it as a line. */
void checkpoint_format(struct strbuf *b, const struct checkpoint *c);

/* Keeps other runs from the same checkpoint until this one ends; exits if one
 * is at it. */
void checkpoint_lock(const char *path);
/* False if there is no such file, and c is as it was but for what; exits if
 * there is one that is not of this harvest of so many sets, or is damaged. */
bool checkpoint_read(
    struct checkpoint *c, const char *path, const char *what, long sets);
/* Exits on failure: a harvest that cannot be resumed must not go on. */
void checkpoint_write(const struct checkpoint *c, const char *path);
void checkpoint_release(struct checkpoint *c);

#endif
