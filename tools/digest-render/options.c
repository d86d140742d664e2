/* SPDX-License-Identifier: ISC */
#include "options.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include <utf8proc.h>

#include "common/base/msg.h"
#include "common/base/number.h"
#include "text/escape.h"

#define AT(field)     offsetof(struct render_options, field)
#define WIDTH_MIN     20
#define WIDTH_MAX     1000
#define WIDTH_DEFAULT 80
#define SCORE_MAX     1000.0
#define PAPERS_MAX    1e9

static const struct option_spec specs[] = {
    {.letter = 'f',
	.name = "format",
	.arg = "markdown|html|text|email|atom|jsonfeed|slack|bibtex|"
	       "jsonl",
	.help = "what to print (default: markdown)",
	.type = OPTION_WORD,
	.offset = AT(format)},
    {.name = "title",
	.arg = "TEXT",
	.help = "the heading; the date follows it",
	.type = OPTION_STRING,
	.offset = AT(style.title)},
    {.name = "date",
	.arg = "DATE",
	.help = "the date in the heading (default: the papers')",
	.type = OPTION_STRING,
	.offset = AT(style.date)},
    {.name = "min-relevance",
	.arg = "N",
	.help = "papers below N are not relevant (default: 8)",
	.type = OPTION_DOUBLE,
	.offset = AT(style.min_relevance),
	.min = -SCORE_MAX,
	.max = SCORE_MAX},
    {.name = "min-novelty",
	.arg = "N",
	.help = "the same for novelty (default: 7)",
	.type = OPTION_DOUBLE,
	.offset = AT(style.min_novelty),
	.min = -SCORE_MAX,
	.max = SCORE_MAX},
    {.name = "top",
	.arg = "N",
	.help = "show the first N papers only",
	.type = OPTION_LONG,
	.offset = AT(style.top),
	.min = 1,
	.max = PAPERS_MAX},
    {.name = "group-by",
	.arg = "topic|category|none",
	.help = "sections of the document (default: none)",
	.type = OPTION_WORD,
	.offset = AT(group_by)},
    {.name = "keep-order",
	.help = "papers in the order they come, not best first",
	.type = OPTION_FLAG,
	.offset = AT(style.keep_order)},
    {.name = "view",
	.arg = "day|week|month|index",
	.help = "what the document spans (default: day)",
	.type = OPTION_WORD,
	.offset = AT(view)},
    {.name = "prev",
	.arg = "LABEL=URL",
	.help = "link to the document before this one",
	.type = OPTION_STRING,
	.offset = AT(prev)},
    {.name = "next",
	.arg = "LABEL=URL",
	.help = "link to the document after this one",
	.type = OPTION_STRING,
	.offset = AT(next)},
    {.name = "up",
	.arg = "LABEL=URL",
	.help = "link to the document this one belongs to",
	.type = OPTION_STRING,
	.offset = AT(up)},
    {.name = "tex",
	.arg = "unicode|raw|katex",
	.help = "what becomes of TeX in texts (default: unicode)",
	.type = OPTION_WORD,
	.offset = AT(tex)},
    {.name = "verbatim",
	.help = "Markdown of trusted records: raw TeX, no escapes",
	.type = OPTION_FLAG,
	.offset = AT(style.verbatim)},
    {.name = "prompt",
	.help = "append the prompt the papers were scored with",
	.type = OPTION_FLAG,
	.offset = AT(style.prompt)},
    {.name = "report",
	.arg = "FILE",
	.help = "read the run reports in FILE (repeatable)",
	.type = OPTION_STRINGS,
	.offset = AT(reports)},
    {.name = "mail-from",
	.arg = "ADDRESS",
	.help = "From: of an email",
	.type = OPTION_STRING,
	.offset = AT(style.mail_from)},
    {.name = "mail-to",
	.arg = "ADDRESS",
	.help = "To: of an email",
	.type = OPTION_STRING,
	.offset = AT(style.mail_to)},
    {.name = "color",
	.arg = "auto|always|never",
	.optional = "always",
	.help = "colours and links in text (default: on a terminal)",
	.type = OPTION_WORD,
	.offset = AT(color)},
    {.name = NULL}};

static const char *
libraries(void)
{
	static char text[64];

	snprintf(text, sizeof(text), "utf8proc %s", utf8proc_version());
	return text;
}

static const struct tool tool = {
    .name = "digest-render",
    .synopsis = "[FILE ...]",
    .summary = "papers as a document: Markdown, web page, mail, feed, ..",
    .example =
	"digest-render -f html --report run.jsonl -o today.html papers.jsonl",
    .options = specs,
    .libraries = libraries,
    .ignores_report_env = true,
    .own_report = true,
};

/* The position of word in "a|b|c", which options_parse has checked. */
static int
choice(const char *choices, const char *word, int otherwise)
{
	size_t len, n;
	int i;

	if (word == NULL)
		return otherwise;
	n = strlen(word);
	for (i = 0;; i++, choices += len + 1) {
		len = strcspn(choices, "|");
		if (len == n && memcmp(choices, word, n) == 0)
			return i;
		if (choices[len] == '\0')
			return otherwise;
	}
}

/* A relative reference must not be mistaken for a scheme, nor leave for
 * another host. */
static bool
is_relative(const char *url)
{
	size_t segment = strcspn(url, "/?#");

	return *url != '\0' && memchr(url, ':', segment) == NULL &&
	    strncmp(url, "//", 2) != 0 && strpbrk(url, "\\\r\n\t") == NULL;
}

static void
parse_link(const char *option, const char *arg, struct digest_link *out)
{
	const char *url;
	size_t n;

	if (arg == NULL)
		return;
	n = strcspn(arg, "=");
	if (n == 0 || arg[n] == '\0')
		usage_error("--%s: %s: not LABEL=URL", option, arg);
	url = arg + n + 1;
	out->label = (struct slice) {arg, n};
	out->url = slice_of(url);
	if (!url_is_web(out->url) && !is_relative(url))
		usage_error("--%s: %s: not an http, https or relative URL",
		    option, url);
	out->present = true;
}

/* "2025-10-17", "2025-10" or "2025". */
static void
check_date(const char *date)
{
	char whole[] = "2000-01-01";
	size_t n = strlen(date);
	day_t day;

	if (n == 10 || n == 7 || n == 4) {
		memcpy(whole, date, n);
		if (day_parse(whole, &day))
			return;
	}
	usage_error("--date: %s: not a date (2025-10-17)", date);
}

/* A line break would begin a header of somebody else's making. */
static void
check_address(const char *option, const char *address)
{
	const char *c;

	if (address == NULL)
		return;
	for (c = address; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			usage_error(
			    "--%s: a control character in the address", option);
	if (c == address)
		usage_error("--%s: an empty address", option);
}

void
render_options_parse(struct render_options *o, int argc, char **argv)
{
	struct digest_style *s = &o->style;

	*o = (struct render_options) {.format = "markdown",
	    .style = {.min_relevance = 8, .min_novelty = 7}};
	o->files = argv + options_parse(&tool, o, argc, argv);
	o->renderer = renderer_find(o->format);
	s->view =
	    (enum digest_view)choice("day|week|month|index", o->view, VIEW_DAY);
	s->group_by =
	    (enum digest_grouping)choice("none|topic|category", o->group_by,
		s->view == VIEW_WEEK || s->view == VIEW_MONTH ? GROUP_TOPIC
							      : GROUP_NONE);
	s->tex = (enum digest_tex)choice(
	    "unicode|raw|katex", o->tex, s->verbatim ? TEX_RAW : TEX_UNICODE);
	s->keep_lines = o->renderer->lines;
	parse_link("prev", o->prev, &s->prev);
	parse_link("next", o->next, &s->next);
	parse_link("up", o->up, &s->up);
	if (s->date != NULL)
		check_date(s->date);
	check_address("mail-from", s->mail_from);
	check_address("mail-to", s->mail_to);
}

static bool
wants_color(const struct render_options *o, const struct output *out)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (o->color != NULL && strcmp(o->color, "always") == 0)
		return true;
	if (o->color != NULL && strcmp(o->color, "never") == 0)
		return false;
	return out->is_tty && (no_color == NULL || *no_color == '\0') &&
	    term != NULL && strcmp(term, "dumb") != 0;
}

static int
find_width(const struct output *out)
{
	const char *columns = getenv("COLUMNS"), *why;
	struct winsize size;
	long n;

	if (columns != NULL &&
	    number_long(columns, WIDTH_MIN, WIDTH_MAX, &n, &why))
		return (int)n;
	if (out->is_tty && ioctl(out->fd, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col >= WIDTH_MIN)
		return size.ws_col < WIDTH_MAX ? size.ws_col : WIDTH_MAX;
	return WIDTH_DEFAULT;
}

void
render_options_settle(struct render_options *o, const struct output *out)
{
	o->style.color = wants_color(o, out);
	o->style.width = find_width(out);
}
