/* SPDX-License-Identifier: ISC */
/*
 * The table of formats, and those that are lists: ids, records, and tables for
 * spreadsheets, data bases and awk: CSV as RFC 4180 has it, and tabs.  A column
 * is a text of the digest, or what a record holds at a path.
 */
#include "formats/render.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/guess.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "text/escape.h"

static const char *const usual[] = {"id", "announced", "score.relevance",
    "score.novelty", "title", "authors", "primary_category", "url",
    "score.comment"};

struct table {
	const struct digest *d;
	struct strbuf *b;
	char separator;
	const char *const *columns;
	size_t ncolumns;
	bool *filled; /* by column: some paper has it */
	struct strbuf cell, scratch;
	struct json_members object;
};

/* What a document says of a paper in other words than its record. */
static void
put_number(struct table *t, const struct digest_paper *p)
{
	strbuf_addf(&t->cell, "%zu", p->number);
}

static void
put_list(struct table *t, const struct slices *list)
{
	for (size_t i = 0; i < list->n; i++) {
		strbuf_addstr(&t->cell, i > 0 ? "; " : "");
		strbuf_addslice(&t->cell, list->v[i]);
	}
}

static void
put_authors(struct table *t, const struct digest_paper *p)
{
	put_list(t, &p->authors);
}

static void
put_code(struct table *t, const struct digest_paper *p)
{
	put_list(t, &p->code);
}

static void
put_keywords(struct table *t, const struct digest_paper *p)
{
	put_list(t, &p->match_keywords);
}

#define PUT_TEXT(name, member)                                                \
	static void put_##name(struct table *t, const struct digest_paper *p) \
	{                                                                     \
		strbuf_addslice(&t->cell, p->member);                         \
	}
PUT_TEXT(title, title)
PUT_TEXT(abstract, abstract)
PUT_TEXT(comment, arxiv_comment)
PUT_TEXT(why, comment)
PUT_TEXT(url, url)
PUT_TEXT(pdf, pdf)

static void
put_html(struct table *t, const struct digest_paper *p)
{
	entry_full_text(&t->cell, p);
}

static const struct {
	const char *name;
	void (*put)(struct table *t, const struct digest_paper *p);
} texts[] = {
    {"number", put_number},
    {"title", put_title},
    {"abstract", put_abstract},
    {"authors", put_authors},
    {"comment", put_comment},
    {"score.comment", put_why},
    {"url", put_url},
    {"pdf", put_pdf},
    {"html", put_html},
    {"code", put_code},
    {"match.keywords", put_keywords},
};

#define NTEXTS (sizeof(texts) / sizeof(texts[0]))

/* ------------------------------------------------ what records hold */

/* "score.relevance": the value at a path of members. */
static bool
find_value(struct table *t, struct slice record, const char *path,
    struct json_value *out)
{
	const struct json_member *m;
	char name[64];
	size_t n;

	*out = (struct json_value) {.raw = record, .type = JSON_OBJECT};
	for (;; path += n + 1) {
		n = strcspn(path, ".");
		if (out->type != JSON_OBJECT || n >= sizeof(name) ||
		    !json_object(&t->object, out->raw))
			return false;
		memcpy(name, path, n);
		name[n] = '\0';
		if ((m = json_find(&t->object, name)) == NULL)
			return false;
		*out = m->value;
		if (path[n] == '\0')
			return true;
	}
}

/* A string's text, else JSON as it was spelt. */
static void
put_value(struct table *t, const struct json_value *v)
{
	if (v->type == JSON_STRING)
		strbuf_addslice(&t->cell, json_text(v, &t->scratch));
	else if (v->type != JSON_NULL)
		strbuf_addslice(&t->cell, v->raw);
}

static void
put_array(struct table *t, struct slice array)
{
	struct json_value item;
	const char *between = "";
	size_t pos = 0;

	while (json_array_next(array, &pos, &item)) {
		strbuf_addstr(&t->cell, between);
		put_value(t, &item);
		between = "; ";
	}
}

/* A number is one in the table too, and no formula. */
static void
add_path(struct table *t, const struct digest_paper *p, const char *path)
{
	struct json_value v;

	if (!find_value(t, p->line, path, &v))
		return;
	if (v.type == JSON_NUMBER) {
		strbuf_addslice(t->b, v.raw);
		return;
	}
	if (v.type == JSON_ARRAY)
		put_array(t, v.raw);
	else
		put_value(t, &v);
}

/* ------------------------------------------------------------ the table */

static void
add_cell(struct table *t, size_t column, const struct digest_paper *p)
{
	const char *name = t->columns[column];
	size_t at = t->b->len, i;

	for (i = 0; i < NTEXTS && strcmp(texts[i].name, name) != 0;)
		i++;
	if (i < NTEXTS)
		texts[i].put(t, p);
	else
		add_path(t, p, name);
	escape_cell(t->b, strbuf_slice(&t->cell), t->separator);
	strbuf_reset(&t->cell);
	t->filled[column] = t->filled[column] || t->b->len > at;
}

static void
add_header(struct table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (i > 0)
			strbuf_addch(t->b, t->separator);
		escape_cell(t->b, slice_of(t->columns[i]), t->separator);
	}
}

static void
end_line(struct table *t)
{
	strbuf_addstr(t->b, t->separator == ',' ? "\r\n" : "\n");
}

/* A column that no paper has may be a typing error, unless it is one that
 * records may have. */
static void
check_column(const char *name)
{
	struct guess g = GUESS_INIT(name);
	struct slice known;

	for (int key = 0; key < PAPER_NKEYS; key++) {
		known = slice_of(paper_key_name((enum paper_key)key));
		if (slice_eq(known, name))
			return;
		guess_consider(&g, known);
	}
	for (size_t i = 0; i < NTEXTS; i++) {
		if (strcmp(texts[i].name, name) == 0)
			return;
		guess_consider(&g, slice_of(texts[i].name));
	}
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		if (strcmp(usual[i], name) == 0)
			return;
		guess_consider(&g, slice_of(usual[i]));
	}
	msg_warn("--columns: no paper has '%s'%s", name, guess_phrase(&g));
}

static void
add_table(const struct digest *d, struct output *out, char separator)
{
	const struct strlist *wanted = d->style.columns;
	struct table t = {.d = d,
	    .b = &out->buf,
	    .separator = separator,
	    .columns = usual,
	    .ncolumns = sizeof(usual) / sizeof(usual[0])};

	if (wanted->n > 0) {
		t.columns = (const char *const *)wanted->v;
		t.ncolumns = wanted->n;
	}
	t.filled = xcalloc(t.ncolumns, sizeof(*t.filled));
	strbuf_init(&t.cell, STRBUF_MAX);
	strbuf_init(&t.scratch, STRBUF_MAX);
	entry_complain(d);
	if (d->title.n > 0) {
		add_header(&t);
		end_line(&t);
	}
	for (size_t i = 0; i < d->papers.n; i++) {
		for (size_t c = 0; c < t.ncolumns; c++) {
			if (c > 0)
				strbuf_addch(t.b, separator);
			add_cell(&t, c, d->papers.v[i]);
		}
		end_line(&t);
		render_spill(out);
	}
	for (size_t c = 0; c < t.ncolumns && d->papers.n > 0; c++)
		if (!t.filled[c])
			check_column(t.columns[c]);
	json_members_release(&t.object);
	strbuf_release(&t.cell);
	strbuf_release(&t.scratch);
	free(t.filled);
}

void
render_csv(const struct digest *d, struct output *out)
{
	add_table(d, out, ',');
}

void
render_tsv(const struct digest *d, struct output *out)
{
	add_table(d, out, '\t');
}

void
render_ids(const struct digest *d, struct output *out)
{
	entry_complain(d);
	for (size_t i = 0; i < d->papers.n; i++) {
		escape_tty(&out->buf, d->papers.v[i]->id);
		strbuf_addch(&out->buf, '\n');
		render_spill(out);
	}
}

/* The records themselves, sorted and cut: their bytes as they came. */
void
render_jsonl(const struct digest *d, struct output *out)
{
	for (size_t i = 0; i < d->papers.n; i++)
		output_record(out, d->papers.v[i]->line);
}

#define FORMAT_ROW(name, suffix, kind) {#name, suffix, render_##name, kind},

const struct renderer renderers[] = {
    FORMATS(FORMAT_ROW) {NULL, NULL, NULL, A_DOCUMENT},
};
