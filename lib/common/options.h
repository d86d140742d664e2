/* SPDX-License-Identifier: ISC */
/*
 * One table per tool: it parses the command line, prints --help, and is what
 * the man page and the shell completions are checked against and made from
 * (--list-options prints it as TSV).
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "strlist.h"

enum option_type {
	OPTION_FLAG, /* bool */
	OPTION_STRING, /* const char *, borrowed from argv; the last one counts */
	OPTION_LONG, /* long, within min..max */
	OPTION_DOUBLE, /* double, within min..max */
	OPTION_STRINGS, /* struct strlist, one more each time */
	OPTION_LIST, /* struct strlist, comma-separated parts, repeatable */
	OPTION_DAY, /* day_t */
	OPTION_CHOICE /* const char *, one of the names in arg: "a|b|c" */
};

struct option_spec {
	char letter; /* 0: long name only */
	const char *name; /* without the dashes */
	const char *arg; /* what --help calls the argument; NULL for flags */
	const char *help; /* one line */
	enum option_type type;
	size_t offset; /* of the destination in the tool's options struct */
	double min, max;
	size_t
	    given; /* offset + 1 of a bool set when the option was given; 0 */
	const char
	    *optional; /* --name alone means --name=THIS; NULL: needs one */
};

/* The options all tools share.  First member of each tool's struct. */
struct options_common {
	const char *output; /* -o */
	bool exit_nothing; /* -e */
	const char *report; /* --report, else $PAPERROUND_REPORT */
	bool quiet, verbose, line_buffered;
};

struct tool {
	const char *name;
	const char *synopsis; /* operands: "[FILE ...]" */
	const char *summary; /* one line, the man page's .Nd */
	const char *example; /* one command line */
	const struct option_spec *options; /* ended by a NULL name */
	/* Versions of the libraries it runs with, one line; may be NULL. */
	const char *(*libraries)(void);
	bool ignores_report_env; /* digest-render only reads reports */
	bool own_report; /* --report is in the tool's own table instead */
};

/*
 * Fills opts, which holds the defaults and begins with struct
 * options_common, and returns the index of the first operand in argv
 * (operands may stand between options, "--" ends these).  Misuse exits 2;
 * --help and --version exit 0.  Applies -q, --verbose, --now and opens the
 * report.
 */
int options_parse(const struct tool *tool, void *opts, int argc, char **argv);

#endif
