/* SPDX-License-Identifier: ISC */
#include "formats/render.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const struct renderer renderers[] = {
    {"markdown", "Markdown as GitHub renders it", render_markdown, false},
    {"html", "a web page, one self-contained file", render_html, false},
    {"text", "plain text for a terminal", render_text, false},
    {"email", "a message for sendmail -t", render_email, false},
    {"atom", "Atom feed", render_atom, false},
    {"jsonfeed", "JSON Feed", render_jsonfeed, false},
    {"slack", "messages for a Slack webhook, one a line", render_slack, false},
    {"bibtex", "BibTeX entries", render_bibtex, false},
    {"jsonl", "the records, sorted and cut", render_jsonl, true},
    {NULL, NULL, NULL, false},
};

const struct renderer *
renderer_find(const char *name)
{
	const struct renderer *r;

	for (r = renderers; r->name != NULL; r++)
		if (strcmp(r->name, name) == 0)
			return r;
	return NULL;
}

const char *
render_level(enum notice_level level)
{
	static const char *const words[] = {
	    [NOTICE_INFO] = "Note",
	    [NOTICE_WARNING] = "Warning",
	    [NOTICE_OUTAGE] = "Outage",
	};

	return words[level];
}

/* Fixed decimals, then trailing zeros cut: 1.50 is "1.5", 8.00 is "8". */
static void
add_trimmed(struct strbuf *b, double v, int decimals)
{
	strbuf_addf(b, "%.*f", decimals, v);
	while (b->s[b->len - 1] == '0')
		strbuf_setlen(b, b->len - 1);
	if (b->s[b->len - 1] == '.')
		strbuf_setlen(b, b->len - 1);
}

void
render_number(struct strbuf *b, double v)
{
	/* What scores nearly always are. */
	if (v >= 0 && v < 10 && v == (int)v) {
		strbuf_addch(b, (char)('0' + (int)v));
		return;
	}
	add_trimmed(b, v, 2);
}

void
render_cost(struct strbuf *b, double usd)
{
	/* Cents, and below one as many digits as say something. */
	int decimals = usd <= 0 || usd >= 0.01 ? 2 : usd >= 0.0001 ? 4 : 6;

	strbuf_addf(b, "$%.*f", decimals, usd);
}

void
render_count(struct strbuf *b, uint64_t n)
{
	char digits[24];
	int i, len = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			strbuf_addch(b, ',');
		strbuf_addch(b, digits[i]);
	}
}

void
render_plural(struct strbuf *b, uint64_t n, const char *one, const char *many)
{
	strbuf_addf(b, "%" PRIu64 " %s", n, n == 1 ? one : many);
}

void
render_axis(struct strbuf *b, bool has, double v)
{
	if (has)
		render_number(b, v);
	else
		strbuf_addstr(b, "\xe2\x80\x93");
}
