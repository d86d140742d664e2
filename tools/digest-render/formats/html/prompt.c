/* SPDX-License-Identifier: ISC */
/*
 * The Markdown that prompts are written in: headings, lists, quotes, code,
 * **bold**, *italic*.  Line by line, and whatever is something else is a
 * paragraph.  List marks stay as text, since a prompt is quoted here, and
 * its reader may want to see what the model saw.
 */
#include <ctype.h>
#include <string.h>

#include "common/base/compat.h"
#include "formats/html/html.h"
#include "text/escape.h"

/* An emphasis longer than that is a stray mark, and looking for its end would
 * take quadratic time. */
#define SPAN_MAX 2000

enum block {
	NOTHING,
	PARAGRAPH,
	QUOTE,
	LIST,
	FENCE
};

static const char *const opening[] = {
    [PARAGRAPH] = "<p>",
    [QUOTE] = "<blockquote><p>",
    [LIST] = "<ul>\n",
    [FENCE] = "<pre><code>",
};

static const char *const closing[] = {
    [PARAGRAPH] = "</p>\n",
    [QUOTE] = "</p></blockquote>\n",
    [LIST] = "</li>\n</ul>\n",
    [FENCE] = "</code></pre>\n",
};

struct markup {
	struct strbuf *b;
	enum block block;
	int level; /* of the first heading */
};

static void
set_block(struct markup *m, enum block block)
{
	if (m->block == block)
		return;
	if (m->block != NOTHING)
		strbuf_addstr(m->b, closing[m->block]);
	if (block != NOTHING)
		strbuf_addstr(m->b, opening[block]);
	m->block = block;
}

/* Where the mark that opens at i closes again, or 0.  An emphasis neither
 * begins nor ends with a blank. */
static size_t
find_close(struct slice s, size_t i, const char *mark)
{
	size_t n = strlen(mark), from = i + n;
	const char *close;

	if (from >= s.n || memcmp(s.p + i, mark, n) != 0 ||
	    isspace((unsigned char)s.p[from]))
		return 0;
	if (s.n - from > SPAN_MAX)
		s.n = from + SPAN_MAX;
	close = memmem(s.p + from, s.n - from, mark, n);
	if (close == NULL || close == s.p + from ||
	    isspace((unsigned char)close[-1]))
		return 0;
	return (size_t)(close - s.p);
}

static const struct {
	const char *mark, *tag;
} spans[] = {{"`", "code"}, {"**", "strong"}, {"*", "em"}};

/* One level of emphasis is all that prompts need. */
static void
add_inline(struct strbuf *b, struct slice s)
{
	size_t i = 0, from = 0, k, close, n;

	while (i < s.n) {
		close = 0;
		for (k = 0; close == 0 && k < sizeof(spans) / sizeof(spans[0]);)
			if ((close = find_close(s, i, spans[k].mark)) == 0)
				k++;
		if (close == 0) {
			/* Past all of an unclosed mark. */
			for (n = 1;
			     s.p[i] == '*' && i + n < s.n && s.p[i + n] == '*';)
				n++;
			i += n;
			continue;
		}
		escape_html(b, (struct slice) {s.p + from, i - from});
		n = strlen(spans[k].mark);
		strbuf_addf(b, "<%s>", spans[k].tag);
		escape_html(b, (struct slice) {s.p + i + n, close - i - n});
		strbuf_addf(b, "</%s>", spans[k].tag);
		from = i = close + n;
	}
	escape_html(b, (struct slice) {s.p + from, s.n - from});
}

static struct slice
skip(struct slice s, size_t n)
{
	return (struct slice) {s.p + n, s.n - n};
}

static size_t
count_of(struct slice s, char c)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == c)
		n++;
	return n;
}

/* The length of "- ", "* " or "12. ", or 0. */
static size_t
list_mark(struct slice s)
{
	size_t n = 0;

	if (s.n > 1 && (*s.p == '-' || *s.p == '*' || *s.p == '+'))
		return s.p[1] == ' ' ? 2 : 0;
	while (n < s.n && n < 4 && isdigit((unsigned char)s.p[n]))
		n++;
	return n > 0 && n + 1 < s.n && s.p[n] == '.' && s.p[n + 1] == ' '
	    ? n + 2
	    : 0;
}

static void
add_heading(struct markup *m, struct slice line, size_t marks)
{
	/* A document's # is our heading, so that its ## comes next. */
	int level = m->level + (marks > 2 ? (int)marks - 2 : 0);

	set_block(m, NOTHING);
	if (level > 6)
		level = 6;
	strbuf_addf(m->b, "<h%d>", level);
	add_inline(m->b, skip(line, marks + 1));
	strbuf_addf(m->b, "</h%d>\n", level);
}

static void
add_item(struct markup *m, struct slice line, size_t mark, size_t indent)
{
	if (m->block == LIST)
		strbuf_addstr(m->b, "</li>\n");
	set_block(m, LIST);
	strbuf_addf(m->b, "<li class=\"d%zu\"><span>",
	    indent > 4		       ? (size_t)2
		: (indent + 1) / 2 > 1 ? 1
				       : (indent + 1) / 2);
	escape_html(m->b, (struct slice) {line.p, mark - 1});
	strbuf_addstr(m->b, "</span> ");
	add_inline(m->b, skip(line, mark));
}

static void
add_line(struct markup *m, struct slice line)
{
	size_t indent = count_of(line, ' '), marks;
	struct slice text = skip(line, indent);

	if (text.n >= 3 && memcmp(text.p, "```", 3) == 0) {
		set_block(m, m->block == FENCE ? NOTHING : FENCE);
		return;
	}
	if (m->block == FENCE) {
		escape_html(m->b, line);
		strbuf_addch(m->b, '\n');
		return;
	}
	if (text.n == 0) {
		if (m->block != LIST)
			set_block(m, NOTHING);
		return;
	}
	marks = count_of(text, '#');
	if (marks > 0 && marks < 7 && marks < text.n && text.p[marks] == ' ') {
		add_heading(m, text, marks);
		return;
	}
	if ((marks = list_mark(text)) > 0) {
		add_item(m, text, marks, indent);
		return;
	}
	if (*text.p == '>') {
		set_block(m, QUOTE);
		text = skip(text, 1 + count_of(skip(text, 1), ' '));
	} else if (m->block != LIST || indent == 0) {
		set_block(m, PARAGRAPH);
	}
	add_inline(m->b, text);
	strbuf_addch(m->b, '\n');
}

/* Headings begin at <hN>, N being the level. */
static void
add_markup(struct strbuf *b, struct slice text, int level)
{
	struct markup m = {b, NOTHING, level};
	struct slice line;

	while (slice_cut(&text, '\n', &line)) {
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		add_line(&m, line);
	}
	set_block(&m, NOTHING);
}

static void
add_part(struct strbuf *b, const char *title, struct slice text)
{
	if (text.n == 0)
		return;
	strbuf_addf(b, "<h3>%s</h3>\n<div class=\"quoted\">\n", title);
	add_markup(b, text, 4);
	strbuf_addstr(b, "</div>\n");
}

void
html_prompt(struct strbuf *b, const struct digest *d)
{
	if (!d->style.prompt ||
	    (d->prompt_system.n == 0 && d->prompt_user.n == 0))
		return;
	strbuf_addstr(b,
	    "<details class=\"prompt\">\n"
	    "<summary><h2>Paper Selection Prompt</h2></summary>\n");
	add_part(b, "System Prompt", d->prompt_system);
	add_part(b, "User Prompt", d->prompt_user);
	strbuf_addstr(b, "</details>\n");
}
