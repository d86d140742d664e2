/* SPDX-License-Identifier: ISC */
#include "options.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <utf8proc.h>

#include "common/base/guess.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"
#include "common/json/jq_program.h"
#include "common/record/paper.h"
#include "text/escape.h"
#include "text/mime.h"

#define WIDTH_MIN     20
#define WIDTH_MAX     1000
#define WIDTH_DEFAULT 80
#define PAPERS_MAX    1e9

#define OPTIONS	      struct render_options
static const struct option_spec specs[] = {
    OPT_HEADING("The document"),
    OPT_CHOICE('f', "format", FORMAT_CHOICES, format,
	"what to print (default: markdown)", OPT_USUAL),
    OPT_TEXT(0, "title", "TEXT", style.title,
	"the heading; the date follows it", OPT_USUAL),
    OPT_TEXT(0, "date", "DATE", style.date,
	"the date in the heading (default: the papers')", OPT_USUAL),
    OPT_CHOICE(0, "view", "day|week|month|index|list", style.view,
	"what the document spans (default: day)", OPT_USUAL),
    OPT_TEXT(
	0, "prev", "LABEL=URL", prev, "link to the document before this one"),
    OPT_TEXT(
	0, "next", "LABEL=URL", next, "link to the document after this one"),
    OPT_TEXT(
	0, "up", "LABEL=URL", up, "link to the document this one belongs to"),
    OPT_TEXTS(0, "feed", "LABEL=URL", feeds,
	"a feed of these papers; first, the document's own"),
    OPT_HEADING("Which papers, in which order"),
    OPT_REAL(0, "min-relevance", "N", style.min_relevance, 0, PAPER_AXIS_MAX,
	"papers below N are not relevant (default: 8)", OPT_USUAL),
    OPT_REAL(0, "min-novelty", "N", style.min_novelty, 0, PAPER_AXIS_MAX,
	"the same for novelty (default: 7)"),
    OPT_LONG(0, "top", "N", style.top, 1, PAPERS_MAX,
	"show the first N papers only", OPT_USUAL),
    OPT_CHOICE(0, "group-by", "topic|category|none", style.group_by,
	"sections of the document (default: none)", OPT_USUAL),
    OPT_FLAG(0, "keep-order", style.keep_order,
	"papers in the order they come, not best first"),
    OPT_HEADING("What is said"),
    OPT_CHOICE(0, "abstracts", "yes|no", style.abstracts,
	"abstracts in text (default: on a day)"),
    OPT_LIST(0, "columns", "NAME,..", columns,
	"columns of csv and tsv: title, score.relevance, .."),
    OPT_LIST(0, "elsewhere", "SITE,..", elsewhere,
	"what a web page links, too (default: all; none)"),
    OPT_TEXT(0, "template", "FILE", template,
	"print what a jq program makes of {digest, papers}"),
    OPT_FLAG(0, "each", style.each, "run the template for one paper at a time"),
    OPT_TEXT(0, "split", "DIR", style.split,
	"write what it makes of each into a file in DIR"),
    OPT_FLAG(0, "force", style.force, "replace files that are there in DIR"),
    OPT_CHOICE(0, "tex", "unicode|raw|katex", style.tex,
	"what becomes of TeX in texts (default: unicode)"),
    OPT_FLAG(0, "verbatim", style.verbatim,
	"Markdown of trusted records: raw TeX, no escapes"),
    OPT_FLAG(0, "prompt", style.prompt,
	"append the prompt the papers were scored with"),
    OPT_TEXTS(0, "report", "FILE", reports,
	"read the run reports in FILE (repeatable)", OPT_USUAL),
    OPT_TEXT(0, "mail-from", "ADDRESS", style.mail_from, "From: of an email"),
    OPT_TEXT(0, "mail-to", "ADDRESS", style.mail_to, "To: of an email"),
    OPT_CHOICE(0, "color", "auto|always|never", color,
	"colours and links (default: on a terminal)", .optional = "always",
	OPT_USUAL),
    OPT_END,
};

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

static void
parse_feeds(struct render_options *o)
{
	struct digest_link *feeds = xcalloc(o->feeds.n, sizeof(*feeds));

	for (size_t i = 0; i < o->feeds.n; i++)
		parse_link("feed", o->feeds.v[i], &feeds[i]);
	o->style.feeds = o->feed_links = feeds;
	o->style.nfeeds = o->feeds.n;
}

static const char *const sites[] = {
    [SITE_ALPHAXIV] = "alphaxiv",
    [SITE_SEMANTICSCHOLAR] = "semanticscholar",
    [SITE_HUGGINGFACE] = "huggingface",
};

static void
add_site(struct digest_style *s, const char *name)
{
	if (strcmp(name, "none") == 0)
		return;
	for (size_t i = 0; i < SITES; i++)
		if (strcmp(name, sites[i]) == 0) {
			s->elsewhere[i] = true;
			return;
		}
	usage_error("--elsewhere: %s: there are alphaxiv, semanticscholar, "
		    "huggingface and none",
	    name);
}

static void
settle_sites(struct render_options *o)
{
	for (size_t i = 0; i < o->elsewhere.n; i++)
		add_site(&o->style, o->elsewhere.v[i]);
	if (o->elsewhere.n == 0)
		for (size_t i = 0; i < SITES; i++)
			o->style.elsewhere[i] = true;
}

/* A day becomes "2025-10-17"; "2025-10" and "2025" stay. */
static void
settle_date(struct render_options *o)
{
	const char *date = o->style.date;
	char whole[] = "2000-01-01";
	day_t day;
	size_t n;

	if (date == NULL)
		return;
	n = strlen(date);
	if (n == 7 || n == 4) {
		memcpy(whole, date, n);
		if (day_parse(whole, &day))
			return;
	}
	if (!day_parse_from(date, day_of(now()), &day))
		usage_error("--date: %s: not a date (2025-10-17, 2025-10, "
			    "yesterday, monday, 7d)",
		    date);
	o->style.date = day_format(day, o->date);
}

/* A line break would begin a header of somebody else's making, and a comma
 * another address. */
static void
check_addresses(const char *option, const char *list)
{
	struct slice wrong;

	if (list == NULL || mime_check(slice_of(list), &wrong))
		return;
	usage_error("--%s: '%.*s' is no address; a name with a comma or the "
		    "like stands in \"..\", before <user@host>",
	    option, (int)wrong.n, wrong.p);
}

static _Noreturn void
refuse_template(const char *name)
{
	static const char *const ours[] = {
	    "telegram", "discord", "ntfy", "obsidian.md"};
	struct guess g = GUESS_INIT(name);

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		guess_consider(&g, slice_of(ours[i]));
	if (g.word.n > 0)
		usage_error("--template: %s: no such file or template; did you "
			    "mean %s?",
		    name, g.word.p);
	usage_error("--template: %s: no such file or template (there are "
		    "telegram, discord, ntfy, obsidian.md)",
	    name);
}

/* A file, or the name of one of ours: "telegram", "obsidian.md". */
static char *
find_template(const char *name)
{
	char *file, *path;

	if (access(name, F_OK) == 0 || strchr(name, '/') != NULL)
		return xstrdup(name);
	file = xasprintf("templates/%s", name);
	path = data_file(file);
	free(file);
	if (path != NULL)
		return path;
	file = xasprintf("templates/%s.jq", name);
	path = data_file(file);
	free(file);
	if (path == NULL)
		refuse_template(name);
	return path;
}

static void
settle_template(struct render_options *o)
{
	struct digest_style *s = &o->style;

	if (s->split != NULL)
		s->each = true;
	if (o->template == NULL) {
		if (s->each)
			usage_error("--%s needs a --template",
			    s->split != NULL ? "split" : "each");
		return;
	}
	if (s->force && s->split == NULL)
		usage_error("--force is for the files of --split");
	if (o->format > 0)
		usage_error("--template: it is in place of -f");
	o->template_path = find_template(o->template);
	s->template_file = o->template_path;
	s->template = jq_program_read("template", o->template_path);
	if (s->split != NULL && !directory_make(s->split))
		usage_error("--split: %s: %s", s->split, strerror(errno));
}

/* -f, else what the name of -o says, else the first. */
static const struct renderer *
find_renderer(const struct render_options *o)
{
	const struct renderer *given = NULL, *named = NULL, *r;
	const char *dot = NULL;

	if (o->template != NULL)
		return &template_renderer;
	if (o->format > 0)
		given = &renderers[o->format - 1];
	if (o->common.output != NULL)
		dot = strrchr(o->common.output, '.');
	for (r = renderers; dot != NULL && r->name != NULL; r++)
		if (named == NULL && *r->suffix != '\0' &&
		    strcasecmp(dot + 1, r->suffix) == 0)
			named = r;
	if (given == NULL && named == NULL && dot != NULL &&
	    strchr(dot, '/') == NULL)
		msg_warn("%s: no format has names like that: it gets %s; see "
			 "-f",
		    o->common.output, renderers->name);
	if (given == NULL)
		return named != NULL ? named : renderers;
	if (named != NULL && strcmp(given->suffix, named->suffix) != 0 &&
	    *given->suffix != '\0')
		msg_warn(
		    "%s gets %s, as -f says", o->common.output, given->name);
	return given;
}

void
render_options_parse(struct render_options *o, int argc, char **argv)
{
	struct digest_style *s = &o->style;

	*o = (struct render_options) {
	    .style = {.min_relevance = 8, .min_novelty = 7}};
	o->files = argv + options_parse(&tool, o, argc, argv);
	o->renderer = find_renderer(o);
	s->columns = &o->columns;
	s->keep_lines = o->renderer->kind == OF_RECORDS;
	s->newest_first = o->renderer->kind == OF_NEWS;
	s->room = o->renderer->kind == A_MESSAGE ? MESSAGE_ROOM : 0;
	if (s->view == 0)
		s->view = VIEW_DAY;
	if (s->group_by == 0)
		s->group_by = s->view == VIEW_WEEK || s->view == VIEW_MONTH
		    ? GROUP_TOPIC
		    : GROUP_NONE;
	if (s->tex == 0 && o->renderer->render == render_bibtex)
		s->tex = TEX_FORMULAS;
	if (s->abstracts == 0)
		s->abstracts = s->view == VIEW_DAY || s->view == VIEW_LIST
		    ? ABSTRACTS_YES
		    : ABSTRACTS_NO;
	if (s->tex == 0)
		s->tex = s->verbatim ? TEX_RAW : TEX_UNICODE;
	parse_link("prev", o->prev, &s->prev);
	parse_link("next", o->next, &s->next);
	parse_link("up", o->up, &s->up);
	parse_feeds(o);
	settle_date(o);
	settle_sites(o);
	settle_template(o);
	check_addresses("mail-from", s->mail_from);
	check_addresses("mail-to", s->mail_to);
}

static bool
wants_color(const struct render_options *o, const struct output *out)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (o->color == COLOR_ALWAYS || o->color == COLOR_NEVER)
		return o->color == COLOR_ALWAYS;
	return out->is_tty && (no_color == NULL || *no_color == '\0') &&
	    term != NULL && strcmp(term, "dumb") != 0;
}

static int
find_width(const struct output *out)
{
	const char *columns = getenv("COLUMNS"), *why;
	struct winsize size;
	long n = 0;

	if ((columns == NULL || !number_long(columns, 1, LONG_MAX, &n, &why)) &&
	    out->is_tty && ioctl(out->fd, TIOCGWINSZ, &size) == 0)
		n = size.ws_col;
	if (n == 0) /* also of a terminal that does not know */
		return WIDTH_DEFAULT;
	return n < WIDTH_MIN ? WIDTH_MIN : n < WIDTH_MAX ? (int)n : WIDTH_MAX;
}

void
render_options_release(struct render_options *o)
{
	jq_program_free(o->style.template);
	free(o->template_path);
	free(o->report_files);
	free(o->feed_links);
	options_release(&tool, o);
}

void
render_options_settle(struct render_options *o, const struct output *out)
{
	o->style.color = wants_color(o, out);
	o->style.width = find_width(out);
}
