/* SPDX-License-Identifier: ISC */
/* What several formats do with the texts of their elements. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/compat.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/text/byline.h"
#include "formats/feed_internal.h"

#define LIST_MAX ((size_t)1 << 20)

static const char *const suffixes[] = {
    "Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", NULL};
static const char *const no_names[] = {
    "et al.", "et al", "et. al.", "and", NULL};

#define LONGEST_WORD 7

static bool
is_one_of(const char *s, const char *const *list)
{
	if (strlen(s) > LONGEST_WORD)
		return false;
	for (; *list != NULL; list++)
		if (strcasecmp(s, *list) == 0)
			return true;
	return false;
}

/* The parenthesis that closes the one at p, or NULL. */
static const char *
closing(const char *p, const char *end)
{
	int depth = 0;

	for (; p < end; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return p;
	}
	return NULL;
}

static void
join_last(struct strlist *names, const char *suffix)
{
	char **last = &names->v[names->n - 1];
	char *joined = xasprintf("%s %s", *last, suffix);

	free(*last);
	*last = joined;
}

static void
cut_tail(struct strbuf *name, const char *tail)
{
	size_t n = strlen(tail);

	if (name->len > n && strcasecmp(name->s + name->len - n, tail) == 0)
		strbuf_setlen(name, name->len - n);
}

/* A colon or a dash between names may come as one. */
static bool
has_letter(const struct strbuf *name)
{
	for (size_t i = 0; i < name->len; i++)
		if (isalnum((unsigned char)name->s[i]) ||
		    (unsigned char)name->s[i] >= 0x80)
			return true;
	return false;
}

static void
add_name(struct strlist *names, struct strbuf *name)
{
	strbuf_fold_space(name);
	cut_tail(name, " et al.");
	cut_tail(name, " et al");
	if (has_letter(name) && !is_one_of(name->s, no_names)) {
		if (names->n > 0 && is_one_of(name->s, suffixes))
			join_last(names, name->s);
		else
			strlist_add(names, name->s);
	}
	strbuf_reset(name);
}

/* The length of the separator "and" with the blank after it, else 0. */
static size_t
and_at(const char *p, const char *begin, const char *end)
{
	if (end - p < 4 ||
	    (p > begin && (unsigned char)p[-1] > ' ' && p[-1] != ',' &&
		p[-1] != ')'))
		return 0;
	return memcmp(p, "and", 3) == 0 && (unsigned char)p[3] <= ' ' ? 4 : 0;
}

/* What separator_at and parentheses begin with, without and with "and". */
static const char *const special[] = {"(),;:\\&", "(),;:\\&a"};

/*
 * The length of what parts two names at p, else 0: a comma, the colon behind
 * a collaboration, a line break of TeX's, "&", with_and also "and".
 */
static size_t
separator_at(const char *p, const char *begin, const char *end, bool with_and)
{
	bool after_blank = p == begin || (unsigned char)p[-1] <= ' ';

	if (*p == ',' || *p == ';' || *p == ':')
		return 1;
	if (end - p >= 2 && memcmp(p, "\\&", 2) == 0)
		return 2;
	/* With a letter behind it, it is an accent escaped twice. */
	if (end - p >= 3 && memcmp(p, "\\\\", 2) == 0 && ascii_space(p[2]))
		return 2;
	if (*p == '&' && after_blank && (end - p == 1 || ascii_space(p[1])))
		return 1;
	return with_and ? and_at(p, begin, end) : 0;
}

/* text has a NUL at its end. */
static void
split(struct strlist *names, struct slice text, bool with_and)
{
	const char *p = text.p, *end = text.p + text.n, *close;
	struct strbuf name = STRBUF_INIT(LIST_MAX);
	size_t n;

	while (p < end) {
		if (*p == '(' && (close = closing(p, end)) != NULL) {
			strbuf_addch(&name, ' ');
			p = close + 1;
		} else if (*p == '(' || *p == ')') {
			p++; /* one without its partner */
		} else if ((n = separator_at(p, text.p, end, with_and)) > 0) {
			add_name(names, &name);
			p += n;
		} else if (*p == '\0') {
			/* Names end at one, and JSON may spell it. */
			strbuf_addch(&name, ' ');
			p++;
		} else {
			n = 1 + strcspn(p + 1, special[with_and]);
			strbuf_add(&name, p, n);
			p += n;
		}
	}
	add_name(names, &name);
	strbuf_release(&name);
}

void
authors_split(struct strlist *names, struct slice text, bool with_and)
{
	struct strbuf plain = STRBUF_INIT(LIST_MAX);

	/* First: there may be a comma in a mark. */
	byline_strip_marks(&plain, text);
	split(names, strbuf_slice(&plain), with_and);
	strbuf_release(&plain);
}

void
author_add(struct strlist *names, struct slice text)
{
	struct strbuf name = STRBUF_INIT(LIST_MAX);

	byline_strip_marks(&name, text);
	strbuf_fold_space(&name);
	while (name.len > 0 && strchr(":; ", name.s[name.len - 1]) != NULL)
		strbuf_setlen(&name, name.len - 1);
	if (has_letter(&name))
		strlist_add(names, name.s);
	strbuf_release(&name);
}

/* Descriptions */

static bool
skip_word(struct slice *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < n || memcmp(s->p, word, n) != 0)
		return false;
	s->p += n;
	s->n -= n;
	return true;
}

static void
skip_space(struct slice *s)
{
	while (s->n > 0 && (unsigned char)*s->p <= ' ') {
		s->p++;
		s->n--;
	}
}

/* Cuts off and returns what stands before the next white space. */
static struct slice
take_word(struct slice *s)
{
	struct slice word = {s->p, 0};

	while (s->n > 0 && (unsigned char)*s->p > ' ') {
		s->p++;
		s->n--;
		word.n++;
	}
	skip_space(s);
	return word;
}

static void
take_id(struct entry *e, struct slice text)
{
	char id[ARXIV_ID_SIZE];
	long version;

	if (!arxiv_id_parse(text, id, &version))
		return;
	if (e->id[0] == '\0')
		memcpy(e->id, id, sizeof(id));
	if (e->version == 0 && strcmp(e->id, id) == 0)
		e->version = version;
}

void
description_apply(struct entry *e, struct slice text)
{
	enum announce type;
	struct slice s = text, id;

	skip_space(&s);
	id = take_word(&s);
	/* An abstract may itself begin with the id of some paper. */
	if (skip_word(&s, "Announce Type:")) {
		take_id(e, id);
		skip_space(&s);
		if (announce_parse(take_word(&s), &type) &&
		    e->announce == ANNOUNCE_NONE)
			e->announce = type;
		text = s;
	}
	skip_word(&text, "Abstract:");
	entry_set_text(e, ENTRY_ABSTRACT, text);
}

/* Where " (arXiv:" begins for the last time, or NULL. */
static const char *
old_suffix(struct slice s)
{
	static const char mark[] = "(arXiv:";
	size_t n = sizeof(mark) - 1;
	const char *p, *end = s.p + s.n;

	while ((p = memrchr(s.p, *mark, s.n)) != NULL) {
		if ((size_t)(end - p) >= n && memcmp(p, mark, n) == 0)
			break;
		s.n = (size_t)(p - s.p);
	}
	return p;
}

void
old_title_apply(struct entry *e, struct slice text)
{
	const char *suffix, *close, *end = text.p + text.n;
	struct slice s;

	entry_set_text(e, ENTRY_TITLE, text);
	if ((suffix = old_suffix(text)) == NULL)
		return;
	s = (struct slice) {suffix + 1, (size_t)(end - suffix) - 1};
	take_id(e, take_word(&s));
	if (e->id[0] == '\0')
		return;
	if (s.n > 0 && *s.p == '[' && (close = memchr(s.p, ']', s.n)) != NULL)
		entry_put_category(
		    e, (struct slice) {s.p + 1, (size_t)(close - s.p) - 1}, 0);
	e->announce = memmem(s.p, s.n, "UPDATED", 7) != NULL ? ANNOUNCE_REPLACE
							     : ANNOUNCE_NONE;
	text.n = (size_t)(suffix - text.p);
	entry_set_text(e, ENTRY_TITLE, text);
}

void
html_strip(struct strbuf *out, struct slice text)
{
	static const struct {
		const char *name;
		char c;
	} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
	    {"&quot;", '"'}, {"&#39;", '\''}};
	const char *close;
	size_t i;

	while (text.n > 0) {
		if (*text.p == '<' &&
		    (close = memchr(text.p, '>', text.n)) != NULL) {
			text.n -= (size_t)(close + 1 - text.p);
			text.p = close + 1;
			continue;
		}
		for (i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
			if (skip_word(&text, entities[i].name))
				break;
		if (i < sizeof(entities) / sizeof(entities[0])) {
			strbuf_addch(out, entities[i].c);
			continue;
		}
		strbuf_addch(out, *text.p++);
		text.n--;
	}
}

/* Where "10." begins in s from byte i on, as every DOI does; else s.n. */
static size_t
doi_at(struct slice s, size_t i)
{
	while (i < s.n && (s.n - i < 3 || memcmp(s.p + i, "10.", 3) != 0))
		i++;
	return i;
}

/* Whatever stands before it: "doi:", the address of a resolver. */
void
first_doi(struct strbuf *out, struct slice text)
{
	size_t begin = doi_at(text, 0), next;
	struct slice word;

	text = (struct slice) {text.p + begin, text.n - begin};
	word = take_word(&text);
	next = doi_at(word, 1);
	if (next < word.n && strchr(",;", word.p[next - 1]) != NULL)
		word.n = next;
	while (word.n > 0 && strchr(",;", word.p[word.n - 1]) != NULL)
		word.n--;
	strbuf_addslice(out, word);
}

/* Seen: ", Phys. Rev. D 1 (2000)" */
struct slice
journal_ref(struct slice text)
{
	while (text.n > 0 && (*text.p == ',' || ascii_space(*text.p))) {
		text.p++;
		text.n--;
	}
	return text;
}

/* Fields */

void
feed_take(struct feed *f, const struct feed_field *table, const char *name,
    struct slice text)
{
	/* Few have the same first letter. */
	while (table->name != NULL &&
	    (*table->name != *name || strcmp(table->name, name) != 0))
		table++;
	if (table->name == NULL)
		return;
	if (table->take != NULL)
		table->take(f, text);
	else
		entry_set_text(&f->entry, table->text, text);
}

void
set_announce_type(struct feed *f, struct slice text)
{
	enum announce type;

	if (announce_parse(text, &type))
		f->entry.announce = type;
}

void
set_description(struct feed *f, struct slice text)
{
	description_apply(&f->entry, text);
}

void
set_categories(struct feed *f, struct slice text)
{
	entry_add_categories(&f->entry, text);
}

void
set_journal_ref(struct feed *f, struct slice text)
{
	entry_set_text(&f->entry, ENTRY_JOURNAL_REF, journal_ref(text));
}

void
set_doi(struct feed *f, struct slice text)
{
	if (f->entry.text[ENTRY_DOI].len > 0)
		return;
	strbuf_reset(&f->scratch);
	first_doi(&f->scratch, text);
	entry_set_text(&f->entry, ENTRY_DOI, strbuf_slice(&f->scratch));
}

void
set_creator(struct feed *f, struct slice text)
{
	authors_split(&f->entry.authors, text, false);
}
