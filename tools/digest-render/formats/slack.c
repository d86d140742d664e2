/* SPDX-License-Identifier: ISC */
/*
 * Messages for a Slack incoming webhook, one JSON object per line: post them
 * in order.  Hostile text stands in rich text elements only, which know no
 * markup, mentions or emoji names.
 */

#include "common/base/number.h"
#include "common/base/utf8.h"
#include "common/json/json_write.h"
#include "formats/render.h"
#include "text/escape.h"

/* Slack's limits: blocks of a message, characters of a text, of a header, and
 * of all blocks together. */
#define BLOCKS_MAX   50
#define TEXT_MAX     3000
#define HEADER_MAX   150
#define MESSAGE_MAX  12000
#define AUTHORS_MAX  6
#define URL_MAX	     3000
/* The notice counts them all; an outage must not fill a channel. */
#define UNSCORED_MAX 20

struct slack {
	const struct digest *d;
	struct jsonw j;
	struct strbuf text;
	struct strbuf message; /* the blocks of the message being filled */
	size_t blocks, chars;
	size_t messages;
	struct output *out;
};

/* s->text, printable and cut to max, as a JSON string; it is emptied. */
static void
put_text(struct slack *s, size_t max)
{
	size_t n = s->text.len;

	if (n > max) {
		n = utf8_cut(s->text.s, n, max - 3);
		strbuf_setlen(&s->text, n);
		strbuf_addstr(&s->text, "\xe2\x80\xa6");
	}
	jsonw_slice(&s->j, strbuf_slice(&s->text));
	strbuf_reset(&s->text);
}

static void
end_message(struct slack *s)
{
	struct jsonw j = JSONW_INIT(&s->out->buf);

	if (s->blocks == 0)
		return;
	/* What notifications show. */
	escape_slack(&s->text, s->d->heading);
	strbuf_addstr(&s->text, ": ");
	entry_totals(&s->text, s->d, ", ");
	if (s->messages > 0)
		strbuf_addf(&s->text, " (%zu)", s->messages + 1);
	jsonw_open(&j, '{');
	jsonw_slice(jsonw_key(&j, "text"), strbuf_slice(&s->text));
	jsonw_bool(jsonw_key(&j, "unfurl_links"), false);
	jsonw_open(jsonw_key(&j, "blocks"), '[');
	jsonw_raw(&j, strbuf_slice(&s->message));
	jsonw_close(&j, ']');
	jsonw_close(&j, '}');
	strbuf_addch(&s->out->buf, '\n');
	strbuf_reset(&s->text);
	strbuf_reset(&s->message);
	s->j = (struct jsonw)JSONW_INIT(&s->message);
	s->blocks = s->chars = 0;
	s->messages++;
	render_spill(s->out);
}

/* Room for a block of so many characters, in a new message if need be. */
static void
begin_block(struct slack *s, size_t chars)
{
	if (s->blocks == BLOCKS_MAX || s->chars + chars > MESSAGE_MAX)
		end_message(s);
	s->blocks++;
	s->chars += chars;
}

static void
begin_rich(struct slack *s, size_t chars)
{
	begin_block(s, chars);
	jsonw_open(&s->j, '{');
	jsonw_str(jsonw_key(&s->j, "type"), "rich_text");
	jsonw_open(jsonw_key(&s->j, "elements"), '[');
	jsonw_open(&s->j, '{');
	jsonw_str(jsonw_key(&s->j, "type"), "rich_text_section");
	jsonw_open(jsonw_key(&s->j, "elements"), '[');
}

static void
end_rich(struct slack *s)
{
	jsonw_close(&s->j, ']');
	jsonw_close(&s->j, '}');
	jsonw_close(&s->j, ']');
	jsonw_close(&s->j, '}');
}

static void
add_style(struct slack *s, const char *style)
{
	if (style == NULL)
		return;
	jsonw_open(jsonw_key(&s->j, "style"), '{');
	jsonw_bool(jsonw_key(&s->j, style), true);
	jsonw_close(&s->j, '}');
}

/* An element of what s->text holds. */
static void
put_element(struct slack *s, size_t max, const char *style)
{
	if (s->text.len == 0)
		return;
	jsonw_open(&s->j, '{');
	jsonw_str(jsonw_key(&s->j, "type"), "text");
	jsonw_key(&s->j, "text");
	put_text(s, max);
	add_style(s, style);
	jsonw_close(&s->j, '}');
}

static void
put_link(struct slack *s, struct slice url, size_t max, const char *style)
{
	if (url.n > URL_MAX) {
		put_element(s, max, style);
		return;
	}
	jsonw_open(&s->j, '{');
	jsonw_str(jsonw_key(&s->j, "type"), "link");
	jsonw_slice(jsonw_key(&s->j, "url"), url);
	jsonw_key(&s->j, "text");
	put_text(s, max);
	add_style(s, style);
	jsonw_close(&s->j, '}');
}

static void
add_header(struct slack *s)
{
	begin_block(s, HEADER_MAX);
	jsonw_open(&s->j, '{');
	jsonw_str(jsonw_key(&s->j, "type"), "header");
	jsonw_open(jsonw_key(&s->j, "text"), '{');
	jsonw_str(jsonw_key(&s->j, "type"), "plain_text");
	jsonw_key(&s->j, "text");
	escape_tty(&s->text, s->d->heading);
	put_text(s, HEADER_MAX);
	jsonw_bool(jsonw_key(&s->j, "emoji"), false);
	jsonw_close(&s->j, '}');
	jsonw_close(&s->j, '}');
}

static void
add_totals(struct slack *s)
{
	const struct digest_usage *u = &s->d->usage;

	begin_rich(s, TEXT_MAX);
	entry_totals(&s->text, s->d, ", ");
	put_element(s, TEXT_MAX / 2, NULL);
	if (u->known && u->llm) {
		strbuf_addstr(&s->text, "\n");
		escape_tty(&s->text, u->model);
		strbuf_addstr(&s->text, ": ");
		if (u->tokens_known) {
			number_add_count(&s->text, u->prompt + u->completion);
			strbuf_addstr(&s->text, " tokens, ");
		}
		entry_cost(&s->text, u, u->cost);
		put_element(s, TEXT_MAX / 2, NULL);
	}
	end_rich(s);
}

static void
add_notices(struct slack *s)
{
	const struct digest_notice *n;

	for (size_t i = 0; i < s->d->nnotices; i++) {
		n = &s->d->notices[i];
		begin_rich(s, n->text.n < TEXT_MAX ? n->text.n : TEXT_MAX);
		strbuf_addf(&s->text, "%s: ", digest_level_name(n->level));
		put_element(s, TEXT_MAX / 2, "bold");
		escape_tty(&s->text, n->text);
		put_element(s, TEXT_MAX / 2, NULL);
		end_rich(s);
	}
}

static void
add_empty_reason(struct slack *s)
{
	if (s->d->empty_reason.n == 0)
		return;
	begin_rich(s, TEXT_MAX);
	escape_tty(&s->text, s->d->empty_reason);
	put_element(s, TEXT_MAX, NULL);
	end_rich(s);
}

static void
add_authors(struct strbuf *b, const struct slices *names)
{
	for (size_t i = 0; i < names->n && i < AUTHORS_MAX; i++) {
		strbuf_addstr(b, i > 0 ? ", " : "\n");
		escape_tty(b, names->v[i]);
	}
	if (names->n > AUTHORS_MAX)
		strbuf_addf(b, " and %zu more", names->n - AUTHORS_MAX);
}

static void
add_paper(struct slack *s, const struct digest_paper *p, size_t number)
{
	/* Titles, names and comments are short; what is not is cut. */
	const size_t third = TEXT_MAX / 3 - 10;
	size_t chars = p->title.n + p->comment.n + 200;

	begin_rich(s, chars < TEXT_MAX ? chars : TEXT_MAX);
	strbuf_addf(&s->text, "%zu. ", number);
	put_element(s, 30, NULL);
	escape_tty(&s->text, p->title);
	put_link(s, p->url, third, "bold");
	add_authors(&s->text, &p->authors);
	put_element(s, third / 2, "italic");
	if (p->scored) {
		strbuf_addstr(&s->text, "\nRelevance ");
		number_add_or_dash(&s->text, p->has_relevance, p->relevance);
		strbuf_addstr(&s->text, ", novelty ");
		number_add_or_dash(&s->text, p->has_novelty, p->novelty);
		strbuf_addstr(&s->text, ". ");
		escape_tty(&s->text, p->comment);
		put_element(s, third, NULL);
	}
	if (p->match_authors.n > 0) {
		strbuf_addstr(&s->text, "\nAuthor match:");
		add_authors(&s->text, &p->match_authors);
		put_element(s, third / 2, "bold");
	}
	if (p->ncites > 0) {
		strbuf_addch(&s->text, '\n');
		entry_cites(&s->text, p, escape_tty);
		put_element(s, third / 2, NULL);
	}
	end_rich(s);
}

static void
add_unscored(struct slack *s)
{
	const struct digest_unscored *u;
	size_t i;

	for (i = 0; i < s->d->nunscored && i < UNSCORED_MAX; i++) {
		u = &s->d->unscored[i];
		begin_rich(s, u->title.n < TEXT_MAX ? u->title.n : TEXT_MAX);
		strbuf_addstr(&s->text, "Not scored (");
		escape_tty(&s->text, u->code);
		strbuf_addstr(&s->text, "): ");
		put_element(s, TEXT_MAX / 3, NULL);
		escape_tty(&s->text, u->title);
		put_link(s, u->url, TEXT_MAX / 3, NULL);
		end_rich(s);
	}
	if (i < s->d->nunscored) {
		begin_rich(s, 60);
		strbuf_addf(
		    &s->text, "Not scored: %zu more", s->d->nunscored - i);
		put_element(s, 60, NULL);
		end_rich(s);
	}
}

void
render_slack(const struct digest *d, struct output *out)
{
	struct slack s = {.d = d, .out = out};

	strbuf_init(&s.text, STRBUF_MAX);
	strbuf_init(&s.message, STRBUF_MAX);
	s.j = (struct jsonw)JSONW_INIT(&s.message);
	add_header(&s);
	add_notices(&s);
	add_totals(&s);
	add_empty_reason(&s);
	for (size_t i = 0; i < d->papers.n; i++)
		add_paper(&s, d->papers.v[i], i + 1);
	add_unscored(&s);
	end_message(&s);
	strbuf_release(&s.text);
	strbuf_release(&s.message);
}
