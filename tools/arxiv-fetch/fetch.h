/* SPDX-License-Identifier: ISC */
/* What the commands share: the options, where records go, whom to ask. */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>

#include "common/io/output.h"
#include "model/entry.h"
#include "model/paper_table.h"
#include "net/download.h"
#include "options.h"

struct fetch {
	struct fetch_options o;
	struct output out;
	struct strbuf record;
	struct downloader net;
	int status; /* the worst so far */
};

/* Opens the output, then gives up running programs and writing anywhere but to
 * it, the cache and the checkpoint.  The network stays, but for PARSE. */
void fetch_open(struct fetch *f);
/* Makes f->net ready for a site: "arxiv", paced by at least so many seconds. */
void fetch_connect(struct fetch *f, const char *site, double pace);
void fetch_release(struct fetch *f);
/* Writes the paper, or counts it as dropped for its type or --max; true if
 * it was written.  Records are flushed one by one: time went into each. */
bool fetch_emit(struct fetch *f, const struct entry *e);
/* --max papers were written: more need not be asked for. */
bool fetch_is_full(const struct fetch *f);
/* All of them, in order. */
void fetch_emit_all(struct fetch *f, const struct paper_table *p);
/* Raises the exit status: 77 over 75 over 1 over 0. */
void fetch_status(struct fetch *f, int status);

/* The commands: what happened is in f->status. */
void cmd_today(struct fetch *f);
void cmd_dates(struct fetch *f);
void cmd_search(struct fetch *f);
void cmd_ids(struct fetch *f);
void cmd_harvest(struct fetch *f);
void cmd_parse(struct fetch *f);
void cmd_enrich(struct fetch *f);

#endif
