/* SPDX-License-Identifier: ISC */
/*
 * The web page: one file that asks for nothing.  Its policy names its own
 * style and script by their checksums, so that no other script runs and no
 * request is made, whatever a title may hold.
 */
#include <string.h>

#include "common/cli/run.h"
#include "formats/html/html.h"
#include "formats/render.h"
#include "text/escape.h"

/* A sheaf of paper; the browser would ask the server for another one. */
#define ICON                                                                \
	"data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20" \
	"viewBox='0%200%2016%2016'%3E%3Cpath%20fill='%230f6075'%20"         \
	"d='M3%201h7l3%203v11H3z'/%3E%3Cpath%20stroke='%23fff'%20"          \
	"d='M5%206h6M5%208.5h6M5%2011h4'/%3E%3C/svg%3E"

/* With more papers only what is seen is laid out, and with JavaScript only what
 * was opened stays in the document. */
#define LARGE 200

static const char *const view_names[] = {
    [VIEW_DAY] = "day",
    [VIEW_WEEK] = "week",
    [VIEW_MONTH] = "month",
    [VIEW_INDEX] = "index",
    [VIEW_LIST] = "list",
};

static const struct asset *
script_of(const struct digest *d)
{
	return d->style.view == VIEW_INDEX ? &index_js : &page_js;
}

/* KaTeX comes from files beside the page; they are all it may ask for. */
static void
add_policy(struct strbuf *b, const struct digest *d)
{
	bool katex = d->style.tex == TEX_KATEX;

	strbuf_addstr(b,
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; connect-src 'none'; img-src data:; "
	    "base-uri 'none'; form-action 'none'; style-src ");
	strbuf_addf(b, "'sha256-%s'%s; script-src 'sha256-%s'%s%s\">\n",
	    page_css.sha256, katex ? " 'self'; font-src 'self'" : "",
	    script_of(d)->sha256, katex ? " 'self'" : "",
	    /* search.js says why. */
	    d->style.view == VIEW_INDEX ? "; worker-src blob:" : "");
}

static bool
is_json(struct slice url)
{
	const char end[] = ".json";
	const size_t n = sizeof(end) - 1;

	return url.n > n && memcmp(url.p + url.n - n, end, n) == 0;
}

/* For feed readers, which look there; the footer has them for people. */
static void
add_feeds(struct strbuf *b, const struct digest *d)
{
	const struct digest_link *feed;

	for (size_t i = 0; i < d->style.nfeeds; i++) {
		feed = &d->style.feeds[i];
		strbuf_addf(b,
		    "<link rel=\"alternate\" type=\"application/%s\"",
		    is_json(feed->url) ? "feed+json" : "atom+xml");
		escape_html_in(b, " title=\"", feed->label, "\"");
		escape_html_in(b, " href=\"", feed->url, "\">\n");
	}
}

static void
open_page(struct strbuf *b, const struct digest *d)
{
	strbuf_addf(b,
	    "<!DOCTYPE html>\n<html lang=\"en\" data-view=\"%s\"%s>\n<head>\n"
	    "<meta charset=\"utf-8\">\n",
	    view_names[d->style.view],
	    d->papers.n > LARGE ? " data-large" : "");
	add_policy(b, d);
	strbuf_addstr(b,
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<meta name=\"generator\" content=\"digest-render " PAPERROUND_VERSION
	    "\">\n<title>");
	escape_html(b, d->heading);
	strbuf_addstr(b, "</title>\n<link rel=\"icon\" href=\"" ICON "\">\n");
	/*
	 * The days beside this one are links of the text only: Firefox fetches
	 * a next page that stands here, which the policy forbids.
	 */
	add_feeds(b, d);
	if (d->style.tex == TEX_KATEX)
		strbuf_addstr(b,
		    "<link rel=\"stylesheet\" href=\"katex/katex.min.css\">\n"
		    "<script defer src=\"katex/katex.min.js\"></script>\n");
	strbuf_addstr(b, "<style>");
	strbuf_add(b, page_css.bytes, page_css.n);
	strbuf_addstr(b, "</style>\n<script>");
	strbuf_add(b, script_of(d)->bytes, script_of(d)->n);
	strbuf_addstr(b,
	    "</script>\n</head>\n<body>\n"
	    "<a class=\"skip\" href=\"#papers\">Skip to the papers</a>\n");
}

static void
close_page(struct strbuf *b, const struct digest *d)
{
	char moment[MOMENT_LEN];

	strbuf_addstr(b, "<footer>\n");
	strbuf_addstr(b,
	    "<p class=\"js\"><button id=\"export\">Export marks</button> "
	    "<label class=\"import\"><input type=\"file\" id=\"import\" "
	    "accept=\".jsonl\"> Import marks</label> "
	    "<button id=\"help\">Keys</button> "
	    "<button id=\"theme\">Dark or light</button> "
	    "<output id=\"said\"></output></p>\n");
	for (size_t i = 0; i < d->style.nfeeds; i++) {
		strbuf_addstr(b, i == 0 ? "<p>Feeds: " : " \u00b7 ");
		escape_html_in(b, "<a href=\"", d->style.feeds[i].url, "\">");
		escape_html_in(b, "", d->style.feeds[i].label, "</a>");
	}
	strbuf_addstr(b, d->style.nfeeds > 0 ? "</p>\n" : "");
	strbuf_addf(b,
	    "<p>Made by <b>paperround</b> on <time>%s</time>. "
	    "Thank you to arXiv for use of its open access "
	    "interoperability.</p>\n</footer>\n</body>\n</html>\n",
	    moment_format(d->now, moment));
}

static void
open_main(struct strbuf *b)
{
	strbuf_addstr(b, "<main id=\"papers\" tabindex=\"-1\">\n");
}

/* What ends every page: what is missing, and how the rest was chosen. */
static void
close_main(struct output *out, const struct digest *d)
{
	html_unscored(out, d);
	html_prompt(&out->buf, d);
	strbuf_addstr(&out->buf, "</main>\n");
}

static void
add_papers(struct output *out, const struct digest *d)
{
	if (d->style.view == VIEW_WEEK)
		html_day_bars(&out->buf, d);
	html_papers(out, d);
}

static void
add_main(struct output *out, const struct digest *d,
    void (*content)(struct output *, const struct digest *))
{
	open_main(&out->buf);
	html_empty_reason(&out->buf, d);
	content(out, d);
	close_main(out, d);
}

static void
add_nothing(struct output *out, const struct digest *d)
{
	(void)out;
	(void)d;
}

void
render_html(const struct digest *d, struct output *out)
{
	struct strbuf *b = &out->buf;

	open_page(b, d);
	html_masthead(b, d);
	html_run(out, d);
	if (d->style.view == VIEW_MONTH)
		add_main(out, d, html_month);
	else if (d->style.view == VIEW_INDEX)
		add_main(out, d, html_index);
	else if (d->papers.n > 0)
		add_main(out, d, add_papers);
	else
		add_main(out, d, add_nothing);
	close_page(b, d);
}
