/* SPDX-License-Identifier: ISC */
/* What the command line asks for. */
#ifndef FETCH_OPTIONS_H
#define FETCH_OPTIONS_H

#include <stdbool.h>

#include "common/base/date.h"
#include "common/base/strlist.h"
#include "common/cli/options.h"

/* What is to be done; which of these, the options tell together. */
enum command {
	TODAY,
	DATES,
	SEARCH,
	IDS,
	HARVEST,
	PARSE,
	ENRICH
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
	day_t date, from, until;
	bool date_given, from_given, until_given;
	const char *query;
	struct strlist ids;
	const char *id_file;
	struct strlist sets;
	const char *resume;
	struct strlist announce;
	unsigned wanted; /* bit of each enum announce */
	long max; /* -1: all */
	bool parse, merge;
	int enrich; /* which service, from 1; 0: none */
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

#endif
