/* SPDX-License-Identifier: ISC */
#include "common/cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/guess.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/run_state.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "common/io/path.h"

/* What getopt_long returns for the option at index i of all_options. */
#define FIRST_CODE 1000

enum special {
	SPECIAL_NOW = 1,
	SPECIAL_HELP,
	SPECIAL_VERSION,
	SPECIAL_LIST
};

#define OPTIONS struct options_common

#define SPECIAL(l, n, a, h, t, which)                                \
	{                                                            \
		.letter = (l), .name = (n), .arg = (a), .help = (h), \
		.type = (t), .min = (which)                          \
	}

/* In min stands which special one it is; those have no destination. */
static const struct option_spec common_options[] = {
    OPT_HEADING("Common options"),
    OPT_TEXT('o', "output", "FILE", output,
	"write to FILE, put in place when complete", OPT_FILE(ELSE_STDOUT),
	OPT_USUAL),
    OPT_FLAG('e', "exit-status", exit_nothing, "exit 1 if nothing passed"),
    OPT_TEXT(0, "report", "FILE", report,
	"append a line of JSON about this run to FILE", OPT_FILE(WRITTEN)),
    OPT_FLAG('q', "quiet", quiet, "errors only on stderr"),
    OPT_FLAG(0, "verbose", verbose, "say what is being done, on stderr"),
    OPT_FLAG(
	0, "line-buffered", line_buffered, "write each record as it comes"),
    SPECIAL(0, "now", "TIME", "take TIME (RFC 3339, day or @seconds) for now",
	OPTION_STRING, SPECIAL_NOW),
    SPECIAL('h', "help", NULL, "print the usual options, \"--help all\": all",
	OPTION_FLAG, SPECIAL_HELP),
    SPECIAL(
	0, "version", NULL, "print the versions", OPTION_FLAG, SPECIAL_VERSION),
    SPECIAL(0, "list-options", NULL, NULL, OPTION_FLAG, SPECIAL_LIST), OPT_END};

#define HELP_WIDTH 80

struct parser {
	const struct tool *tool;
	const struct option_spec *all[256]; /* the tool's, then the common */
	const char *heading[256]; /* under which each of them stands */
	const char *next; /* the argument after the one at hand */
	const char *day[256]; /* what was given for an OPTION_DAY */
	size_t n;
};

static void
collect(struct parser *p, const struct option_spec *o)
{
	const char *heading = NULL;

	for (; o->name != NULL; o++) {
		if (o->type == OPTION_HEADING) {
			heading = o->help;
			continue;
		}
		if (p->tool->own_report && o->type == OPTION_STRING &&
		    o->offset == offsetof(OPTIONS, report) &&
		    strcmp(o->name, "report") == 0)
			continue;
		p->heading[p->n] = heading;
		p->all[p->n++] = o;
	}
}

/* What is too long for its column; many choices go on in the next line. */
static void
print_long(const char *left)
{
	size_t n;

	for (; strlen(left) > HELP_WIDTH - 2; left += n) {
		n = HELP_WIDTH - 6;
		while (n > 0 && left[n - 1] != '|')
			n--;
		if (n == 0)
			break;
		printf("  %.*s\n    ", (int)n, left);
	}
	printf("  %s\n", left);
}

/* "  -c, --category CAT,..": what stands left of the help text. */
static void
print_option(const struct option_spec *o)
{
	char left[256], letter[4] = "  ", *arg = NULL;

	if (o->letter != 0)
		snprintf(letter, sizeof(letter), "-%c", o->letter);
	if (o->optional != NULL)
		arg = xasprintf("[=%s]", o->arg);
	else if (o->arg != NULL)
		arg = xasprintf(" %s", o->arg);
	snprintf(left, sizeof(left), "%s%s --%s%s", letter,
	    o->letter != 0 ? "," : " ", o->name, arg != NULL ? arg : "");
	free(arg);
	if (strlen(left) > 27) {
		print_long(left);
		*left = '\0';
	}
	printf("  %-27s %s\n", left, o->help);
}

/* --help and its like: what stdio could not write is an error too. */
static _Noreturn void
exit_printed(void)
{
	if (fflush(stdout) == EOF || ferror(stdout))
		die(EXIT_SOME_FAILED, "write error: <stdout>: %s",
		    strerror(errno));
	run_exit(EXIT_OK);
}

static void
print_options(const struct parser *p, bool all)
{
	const char *heading = NULL;

	for (size_t i = 0; i < p->n; i++) {
		const struct option_spec *o = p->all[i];

		if (o->help == NULL || (!all && !o->usual))
			continue;
		if (p->heading[i] != heading)
			printf("\n%s:\n", p->heading[i]);
		heading = p->heading[i];
		print_option(o);
	}
}

static _Noreturn void
print_help(const struct parser *p)
{
	const struct tool *tool = p->tool;
	bool all = p->next != NULL && strcmp(p->next, "all") == 0;

	printf("usage: %s [option ...] %s\n%s\n", tool->name, tool->synopsis,
	    tool->summary);
	print_options(p, all);
	if (tool->example != NULL)
		printf("\nexample: %s\n", tool->example);
	if (!all)
		printf("all options: %s --help all\n", tool->name);
	exit_printed();
}

static _Noreturn void
print_version(const struct tool *tool)
{
	printf("%s %s", tool->name, PAPERROUND_VERSION);
	if (tool->libraries != NULL)
		printf(" (%s)", tool->libraries());
	putchar('\n');
	exit_printed();
}

/* For completions and the check of the manual: letter, name, argument, help. */
static _Noreturn void
print_list(const struct parser *p)
{
	const struct option_spec *o;

	for (size_t i = 0; i < p->n; i++) {
		o = p->all[i];
		if (o->help == NULL)
			continue;
		if (o->letter != 0)
			putchar(o->letter);
		printf("\t%s\t%s%s\t%s\n", o->name,
		    o->choices != NULL	 ? o->choices
			: o->arg != NULL ? o->arg
					 : "",
		    o->choices != NULL ? ",.." : "", o->help);
	}
	exit_printed();
}

/* Which of the words in "a|b|c" value is, from 1; 0 if none. */
static int
which_choice(const char *choices, const char *value)
{
	size_t n = strlen(value), len;

	for (int which = 1;; which++, choices += len + 1) {
		/* NOLINTNEXTLINE: each table names its choices */
		len = strcspn(choices, "|");
		if (len == n && memcmp(choices, value, n) == 0)
			return which;
		if (choices[len] == '\0')
			return 0;
	}
}

/* "md" may be short for markdown. */
static bool
abbreviates(const char *typed, struct slice word)
{
	if (word.n == 0 || *typed != *word.p)
		return false;
	for (size_t i = 0; *typed != '\0' && i < word.n; i++)
		typed += *typed == word.p[i];
	return *typed == '\0';
}

static _Noreturn void
refuse_choice(const char *name, const char *choices, const char *value)
{
	struct guess g = GUESS_INIT(value);
	struct slice rest = slice_of(choices), word;

	while (slice_cut(&rest, '|', &word))
		guess_consider(&g, word);
	rest = slice_of(choices);
	while (g.word.n == 0 && slice_cut(&rest, '|', &word))
		if (abbreviates(value, word))
			g.word = word;
	usage_error("--%s: %s: not one of %s%s", name, value, choices,
	    guess_phrase(&g));
}

/* A number that is out of range is told the range. */
static _Noreturn void
refuse_number(const struct option_spec *o, const char *value, const char *why)
{
	double v;
	const char *ignored;

	if (number_double(value, -HUGE_VAL, HUGE_VAL, &v, &ignored) &&
	    (v < o->min || v > o->max))
		usage_error("--%s: %s: %s (%.16g to %.16g)", o->name, value,
		    why, o->min, o->max);
	usage_error("--%s: %s: %s", o->name, value, why);
}

static void
store_list(const struct option_spec *o, struct strlist *list, const char *value)
{
	size_t first = list->n;

	if (!strlist_split(list, value))
		usage_error("--%s: %s: an empty list item", o->name, value);
	for (size_t i = first; o->choices != NULL && i < list->n; i++)
		if (which_choice(o->choices, list->v[i]) == 0)
			refuse_choice(o->name, o->choices, list->v[i]);
}

static void
set_now(const char *value)
{
	moment_t t;

	if (!moment_parse(value, &t))
		usage_error(
		    "--now: %s: not a time (2025-10-17T04:00:00Z)", value);
	now_set(t);
}

/* A long may be narrower than what is allowed. */
static long
long_max(const struct option_spec *o)
{
	return o->max < (double)LONG_MAX ? (long)o->max : LONG_MAX;
}

/* Stores value where the option wants it; misuse exits. */
static void
store(const struct option_spec *o, void *opts, const char *value)
{
	void *dest = (char *)opts + o->offset;
	const char *why;
	int which;

	switch (o->type) {
	case OPTION_FLAG:
		*(bool *)dest = true;
		break;
	case OPTION_STRING:
		*(const char **)dest = value;
		break;
	case OPTION_LONG:
		if (!number_long(value, (long)o->min, long_max(o), dest, &why))
			refuse_number(o, value, why);
		break;
	case OPTION_DOUBLE:
		if (!number_double(value, o->min, o->max, dest, &why))
			refuse_number(o, value, why);
		break;
	case OPTION_STRINGS:
		strlist_add(dest, value);
		break;
	case OPTION_LIST:
		store_list(o, dest, value);
		break;
	case OPTION_DAY: /* when all is known: set_days() */
	case OPTION_HEADING:
		break;
	case OPTION_CHOICE:
		if ((which = which_choice(o->arg, value)) == 0)
			refuse_choice(o->name, o->arg, value);
		*(int *)dest = which;
		break;
	}
	if (o->given != 0)
		*((bool *)opts + (o->given - 1)) = true;
}

static void
apply(struct parser *p, size_t i, void *opts, const char *value)
{
	const struct option_spec *o = p->all[i];
	bool common = o >= common_options &&
	    o < common_options +
		    sizeof(common_options) / sizeof(common_options[0]);

	if (o->arg != NULL && value == NULL)
		value = o->optional;
	if (o->type == OPTION_DAY)
		p->day[i] = value;
	switch (common ? (enum special)o->min : 0) {
	case SPECIAL_NOW:
		set_now(value);
		break;
	case SPECIAL_HELP:
		print_help(p);
	case SPECIAL_VERSION:
		print_version(p->tool);
	case SPECIAL_LIST:
		print_list(p);
	default:
		store(o, opts, value);
	}
}

/* The tables in getopt's terms; the caller frees both. */
static void
to_getopt(const struct parser *p, struct option **longs, char **shorts)
{
	struct strbuf s = STRBUF_INIT(1024);
	const struct option_spec *o;
	int has;

	*longs = xcalloc(p->n + 1, sizeof(**longs));
	strbuf_addch(&s, ':');
	for (size_t i = 0; i < p->n; i++) {
		o = p->all[i];
		has = o->optional != NULL ? optional_argument
		    : o->arg != NULL	  ? required_argument
					  : no_argument;
		(*longs)[i] =
		    (struct option) {o->name, has, NULL, FIRST_CODE + (int)i};
		if (o->letter == 0)
			continue;
		strbuf_addch(&s, o->letter);
		if (o->arg != NULL)
			strbuf_addch(&s, ':');
	}
	*shorts = strbuf_detach(&s);
}

static size_t
by_code(const struct parser *p, int code)
{
	size_t i = 0;

	if (code >= FIRST_CODE)
		return (size_t)(code - FIRST_CODE);
	/* NOLINTNEXTLINE: getopt returns letters of the table only */
	while (p->all[i]->letter != code)
		i++;
	return i;
}

static _Noreturn void
refuse_name(const struct parser *p, const char *word)
{
	char *name = xstrdup(word + strspn(word, "-"));
	struct guess g = GUESS_INIT(name);
	struct strbuf all = STRBUF_INIT(STRBUF_MAX);

	name[strcspn(name, "=")] = '\0';
	for (size_t i = 0; i < p->n; i++) {
		if (p->all[i]->help == NULL)
			continue;
		guess_consider(&g, slice_of(p->all[i]->name));
		if (strncmp(p->all[i]->name, name, strlen(name)) == 0)
			strbuf_addf(&all, "%s--%s", all.len > 0 ? ", " : "",
			    p->all[i]->name);
	}
	if (*name != '\0' && all.len > 0)
		usage_error("%s may be %s", word, all.s);
	if (g.word.n > 0)
		usage_error("unknown option %s; did you mean --%.*s?", word,
		    (int)g.word.n, g.word.p);
	usage_error("unknown option %s", word);
}

static _Noreturn void
complain(const struct parser *p, int code, char **argv)
{
	const char *word = argv[optind - 1];

	if (code == ':')
		usage_error("%s: needs an argument", word);
	if (optopt != 0 && optopt < FIRST_CODE)
		usage_error("unknown option -%c", optopt);
	if (optopt >= FIRST_CODE)
		usage_error("%s: takes no argument", word);
	refuse_name(p, word);
}

/* Days may be told from today, which --now or the tool may have set. */
static void
set_days(const struct parser *p, void *opts)
{
	day_t today = p->tool->today != NULL ? p->tool->today() : day_of(now());

	for (size_t i = 0; i < p->n; i++) {
		const struct option_spec *o = p->all[i];

		if (p->day[i] != NULL &&
		    !day_parse_from(
			p->day[i], today, (day_t *)((char *)opts + o->offset)))
			usage_error("--%s: %s: not a date (2025-10-17, "
				    "yesterday, monday, 7d)",
			    o->name, p->day[i]);
	}
}

/* Where the run writes to, and the option that says so. */
struct destination {
	const char *dashes, *name;
	const char *path; /* NULL: stdout */
};

/* False if that option names nothing. */
static bool
find_destination(
    const struct option_spec *o, const void *opts, struct destination *d)
{
	const char *value;

	if (o->file == FILE_READ)
		return false;
	value = *(const char *const *)((const char *)opts + o->offset);
	*d = (struct destination) {"--", o->name, value};
	if (value == NULL && o->file == FILE_ELSE_STDOUT)
		*d = (struct destination) {"", "stdout", NULL};
	else if (value == NULL || *value == '\0')
		return false;
	else if (o->file != FILE_WRITTEN && strcmp(value, "-") == 0)
		d->path = NULL;
	return true;
}

/* Of two outputs in one file, one would be lost. */
static void
check_destinations(const struct parser *p, const void *opts)
{
	struct destination a, b;
	const char *path;

	for (size_t i = 0; i < p->n; i++)
		for (size_t j = i + 1; j < p->n; j++) {
			if (!find_destination(p->all[i], opts, &a) ||
			    !find_destination(p->all[j], opts, &b) ||
			    !path_is_same(a.path, b.path))
				continue;
			path = a.path != NULL ? a.path : b.path;
			usage_error("%s%s and %s%s are the same file: %s",
			    a.dashes, a.name, b.dashes, b.name,
			    path != NULL ? path : "-");
		}
}

/*
 * What is appended to a file that is being read is read in its turn, without
 * end, and rejects that take its place take away the papers that pass.  Only -o
 * may name it: what it replaces went into what it puts there.
 */
static void
check_input(const struct parser *p, const void *opts, const char *input)
{
	const char *name = input != NULL ? input : "-";
	struct destination d;

	for (size_t i = 0; i < p->n; i++)
		if (find_destination(p->all[i], opts, &d) &&
		    (p->all[i]->file != FILE_ELSE_STDOUT || d.path == NULL) &&
		    path_is_input(d.path, input))
			usage_error("the input and %s%s are the same file: %s",
			    d.dashes, d.name, name);
}

static void
check_inputs(const struct parser *p, const void *opts, char *const *files)
{
	if (p->tool->reads != NULL && !p->tool->reads(opts))
		return;
	if (*files == NULL)
		check_input(p, opts, NULL);
	for (; *files != NULL; files++)
		check_input(p, opts, strcmp(*files, "-") == 0 ? NULL : *files);
}

int
options_parse(const struct tool *tool, void *opts, int argc, char **argv)
{
	struct options_common *common = opts;
	struct parser p = {.tool = tool};
	struct option *longs;
	char *shorts;
	int code;

	collect(&p, tool->options);
	collect(&p, common_options);
	to_getopt(&p, &longs, &shorts);
	opterr = 0;
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (code == '?' || code == ':')
			complain(&p, code, argv);
		p.next = argv[optind];
		apply(&p, by_code(&p, code), opts, optarg);
	}
	set_days(&p, opts);
	free(longs);
	free(shorts);
	msg_set_quiet(common->quiet);
	msg_set_verbose(common->verbose);
	if (common->report == NULL && !tool->ignores_report_env)
		common->report = getenv("PAPERROUND_REPORT");
	check_destinations(&p, opts);
	check_inputs(&p, opts, argv + optind);
	if (!tool->own_report && common->report != NULL &&
	    *common->report != '\0')
		run_report_open(common->report);
	return optind;
}

void
options_release(const struct tool *tool, void *opts)
{
	const struct option_spec *o;

	for (o = tool->options; o->name != NULL; o++)
		if (o->type == OPTION_STRINGS || o->type == OPTION_LIST)
			strlist_release(
			    (struct strlist *)((char *)opts + o->offset));
}
