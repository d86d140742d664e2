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

#include "common/base/date.h"
#include "common/base/strlist.h"

enum option_type {
	OPTION_FLAG, /* bool */
	OPTION_STRING, /* const char *, borrowed from argv; the last one counts */
	OPTION_LONG, /* long, within min..max */
	OPTION_DOUBLE, /* double, within min..max */
	OPTION_STRINGS, /* struct strlist, one more each time */
	OPTION_LIST, /* struct strlist, comma-separated parts, repeatable */
	OPTION_DAY, /* day_t: a date, or a word of day_parse_from */
	/* int or an enum: which of the names in arg ("a|b|c"), from 1; 0 is
	 * left for "not given". */
	OPTION_CHOICE,
	OPTION_HEADING /* no option: help is the heading of the next ones */
};

/* Of an option that is a string: what it is the name of. */
enum option_file {
	FILE_READ, /* or none at all */
	FILE_WRITTEN,
	FILE_OR_STDOUT, /* written; "-" is stdout */
	FILE_ELSE_STDOUT /* and so it is if none is given */
};

struct option_spec {
	char letter; /* 0: long name only */
	const char *name; /* without the dashes */
	const char *arg; /* what --help calls the argument; NULL for flags */
	const char *help; /* one line */
	enum option_type type;
	size_t offset; /* of the destination in the tool's options struct */
	double min, max;
	const char *choices; /* of a list: "a|b|c", what its parts may be */
	bool usual; /* --help shows it; --help all shows all */
	enum option_file file; /* no two that are written are one */
	size_t
	    given; /* offset + 1 of a bool set when the option was given; 0 */
	const char
	    *optional; /* --name alone means --name=THIS; NULL: needs one */
};

/*
 * One row of a tool's table for each kind of argument, with what --help says
 * of it, behind which may stand OPT_USUAL and OPT_GIVEN.  The tool defines
 * OPTIONS as the struct its rows fill: #define OPTIONS struct fetch_options
 */
#define OPT_ROW(l, n, a, t, field, ...)                                 \
	{                                                               \
		.letter = (l), .name = (n), .arg = (a), .type = (t),    \
		.offset = offsetof(OPTIONS, field), .help = __VA_ARGS__ \
	}
/* One of the few that --help shows. */
#define OPT_USUAL	 .usual = true
/* What the run writes to: OPT_FILE(WRITTEN). */
#define OPT_FILE(what)	 .file = FILE_##what
/* A bool in the struct that tells it was given. */
#define OPT_GIVEN(field) .given = offsetof(OPTIONS, field) + 1
#define OPT_FLAG(l, n, field, ...) \
	OPT_ROW(l, n, NULL, OPTION_FLAG, field, __VA_ARGS__)
#define OPT_TEXT(l, n, a, field, ...) \
	OPT_ROW(l, n, a, OPTION_STRING, field, __VA_ARGS__)
#define OPT_TEXTS(l, n, a, field, ...) \
	OPT_ROW(l, n, a, OPTION_STRINGS, field, __VA_ARGS__)
#define OPT_LIST(l, n, a, field, ...) \
	OPT_ROW(l, n, a, OPTION_LIST, field, __VA_ARGS__)
#define OPT_CHOICE(l, n, a, field, ...) \
	OPT_ROW(l, n, a, OPTION_CHOICE, field, __VA_ARGS__)
#define OPT_LONG(l, n, a, field, lo, hi, ...)                          \
	OPT_ROW(l, n, a, OPTION_LONG, field, __VA_ARGS__, .min = (lo), \
	    .max = (hi))
#define OPT_REAL(l, n, a, field, lo, hi, ...)                            \
	OPT_ROW(l, n, a, OPTION_DOUBLE, field, __VA_ARGS__, .min = (lo), \
	    .max = (hi))
#define OPT_DAY(l, n, a, field, flag, ...) \
	OPT_ROW(l, n, a, OPTION_DAY, field, __VA_ARGS__, OPT_GIVEN(flag))
/* Those that follow stand under it, in --help and in the manual. */
#define OPT_HEADING(h)                                          \
	{                                                       \
		.name = "", .help = (h), .type = OPTION_HEADING \
	}
#define OPT_END              \
	{                    \
		.name = NULL \
	}

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
	/* The day that "today" and "7d" start from; NULL: UTC's. */
	day_t (*today)(void);
	bool own_report; /* --report is in the tool's own table instead */
	/* Whether these options make the operands files, or stdin is read
	 * without any; NULL: always. */
	bool (*reads)(const void *opts);
};

/*
 * Fills opts, which holds the defaults and begins with struct
 * options_common, and returns the index of the first operand in argv
 * (operands may stand between options, "--" ends these).  Misuse exits 2;
 * --help and --version exit 0.  Applies -q, --verbose, --now and opens the
 * report.
 */
int options_parse(const struct tool *tool, void *opts, int argc, char **argv);
/* Frees what the parser put into the lists of opts. */
void options_release(const struct tool *tool, void *opts);

#endif
