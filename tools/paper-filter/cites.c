/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strmap.h"
#include "common/base/xalloc.h"
#include "common/json/json_write.h"
#include "common/record/arxiv_id.h"
#include "common/text/fold.h"

#define NO_ENTRY      SIZE_MAX
#define NO_YEAR	      0
#define TITLE_MIN     2 /* words, fewer of which prove nothing */
#define FAMILY_MIN    2 /* bytes of a name, fewer of which are an initial */
#define FAMILIES      64 /* of the first authors, whom references name */
#define DOI_MAX	      1024 /* bytes; no publisher comes near it */
#define LINES_TOLD    3
/* Entries of one title, of which a reference may be any; a library has more of
 * them only where titles say nothing. */
#define NAMESAKES_MAX 32

struct entry {
	char *json; /* as match.cites has it */
	char *families; /* of its authors, folded: " vaswani shazeer " */
	long year; /* NO_YEAR: not known */
	size_t namesake; /* the next entry of that title, or NO_ENTRY */
	unsigned long cited_by; /* the last paper that was found to */
};

struct cites {
	struct entry *v;
	size_t n, cap;
	/* What entries are looked up by: "a1706.03762", "d10.1000/xyz",
	 * "tattention is all you need"; by its number, the first entry. */
	struct strmap keys;
	size_t *first;
	size_t firsts;
	unsigned long paper; /* counts those that were looked at */
	size_t *cited; /* the entries of the paper at hand */
	size_t ncited, cited_cap;
	struct json_members object; /* a reference */
	struct name name;
	struct strbuf key, text, scratch;
};

/* ------------------------------------------------------------------- keys */

static struct slice
id_key(struct cites *c, struct slice id)
{
	char canonical[ARXIV_ID_SIZE];
	long version;

	strbuf_reset(&c->key);
	if (id.n > 0 && arxiv_id_parse(id, canonical, &version))
		strbuf_addf(&c->key, "a%s", canonical);
	return strbuf_slice(&c->key);
}

/* Where in text a DOI begins: at once, or behind its resolver or scheme; text.n
 * if nowhere. */
static size_t
find_doi(struct slice text)
{
	if (text.n > DOI_MAX)
		return text.n;
	for (size_t i = 0; i + 3 < text.n; i++)
		if (memcmp(text.p + i, "10.", 3) == 0 &&
		    (i == 0 || memchr("/: ", text.p[i - 1], 3) != NULL) &&
		    memchr(text.p + i, '/', text.n - i) != NULL)
			return i;
	return text.n;
}

/* A DOI is the same in upper and lower case. */
static struct slice
doi_key(struct cites *c, struct slice doi)
{
	size_t i = find_doi(doi);

	strbuf_reset(&c->key);
	if (i < doi.n)
		strbuf_addch(&c->key, 'd');
	for (; i < doi.n; i++)
		strbuf_addch(&c->key,
		    doi.p[i] >= 'A' && doi.p[i] <= 'Z'
			? (char)(doi.p[i] - 'A' + 'a')
			: doi.p[i]);
	return strbuf_slice(&c->key);
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80;
}

/* Appends the words of the text, folded, with a blank between them and before
 * the first if lead; returns how many. */
static size_t
add_words(struct cites *c, struct strbuf *out, struct slice text)
{
	size_t words = 0, from;

	strbuf_reset(&c->scratch);
	fold(&c->scratch, text, false);
	for (size_t i = 0; i < c->scratch.len;) {
		for (from = i; i < c->scratch.len && is_word(c->scratch.s[i]);)
			i++;
		if (i > from) {
			strbuf_addch(out, ' ');
			strbuf_add(out, c->scratch.s + from, i - from);
			words++;
		} else {
			i++;
		}
	}
	return words;
}

static struct slice
title_key(struct cites *c, struct slice title)
{
	strbuf_reset(&c->key);
	strbuf_addch(&c->key, 't');
	if (add_words(c, &c->key, title) < TITLE_MIN)
		strbuf_reset(&c->key);
	return strbuf_slice(&c->key);
}

static size_t
look_up(const struct cites *c, struct slice key)
{
	size_t number;

	return key.n > 0 && strmap_find(&c->keys, key, &number)
	    ? c->first[number]
	    : NO_ENTRY;
}

/* What arXiv registered is known by arXiv's id. */
static size_t
look_up_doi(struct cites *c, struct slice doi)
{
	size_t i = look_up(c, doi_key(c, doi));

	return i != NO_ENTRY ? i : look_up(c, id_key(c, doi));
}

/* ------------------------------------------------------------ the library */

/* The entry goes by that key, unless another one does already: the number of
 * that one, or NO_ENTRY. */
static size_t
enter(struct cites *c, struct slice key, size_t entry)
{
	size_t number;

	if (key.n == 0)
		return NO_ENTRY;
	if (!strmap_add(&c->keys, key, &number))
		return c->first[number];
	c->first = xgrow(c->first, &c->firsts, number + 1, sizeof(*c->first));
	c->first[number] = entry;
	return NO_ENTRY;
}

static char *
read_families(struct cites *c, struct paper *p)
{
	struct strbuf item = STRBUF_INIT(STRBUF_MAX);
	struct slice author, family;
	size_t pos = 0, n = 0;

	strbuf_reset(&c->text);
	while (n++ < FAMILIES &&
	    paper_list_next(p, PAPER_AUTHORS, &pos, &author, &item)) {
		if (!name_parse(&c->name, author))
			continue;
		family = name_family(&c->name);
		if (family.n >= FAMILY_MIN)
			(void)add_words(c, &c->text, family);
	}
	strbuf_addch(&c->text, ' ');
	strbuf_release(&item);
	return xmemdup0(c->text.s, c->text.len);
}

/* "year", which the library has, else that of the record's dates. */
static long
read_year(struct paper *p)
{
	const struct json_member *year = json_find(&p->members, "year");
	struct slice date = paper_text(p, PAPER_PUBLISHED);
	long n = NO_YEAR;

	if (year != NULL && json_long(&year->value, &n))
		return n;
	for (size_t i = 0; i < 4 && i < date.n; i++)
		n = date.p[i] >= '0' && date.p[i] <= '9'
		    ? 10 * n + (date.p[i] - '0')
		    : NO_YEAR;
	return date.n >= 4 ? n : NO_YEAR;
}

static char *
tell_entry(struct cites *c, struct paper *p)
{
	struct jsonw j = JSONW_INIT(&c->text);

	strbuf_reset(&c->text);
	jsonw_open(&j, '{');
	jsonw_slice(jsonw_key(&j, "id"), paper_text(p, PAPER_ID));
	if (paper_text(p, PAPER_TITLE).n > 0)
		jsonw_slice(jsonw_key(&j, "title"), paper_text(p, PAPER_TITLE));
	jsonw_close(&j, '}');
	return xmemdup0(c->text.s, c->text.len);
}

/* Another one of the title that this one was the first to have. */
static void
link_namesake(struct cites *c, size_t first, size_t entry)
{
	size_t i = first, n = 1;

	for (; c->v[i].namesake != NO_ENTRY; i = c->v[i].namesake)
		n++;
	if (n < NAMESAKES_MAX)
		c->v[i].namesake = entry;
}

/* Of an entry that stands there twice, the first counts. */
static void
add_entry(struct cites *c, struct paper *p)
{
	struct slice id = paper_text(p, PAPER_ID);
	struct slice doi = paper_text(p, PAPER_DOI);
	size_t namesake;

	c->v = xgrow(c->v, &c->cap, c->n + 1, sizeof(*c->v));
	c->v[c->n] = (struct entry) {.json = tell_entry(c, p),
	    .families = read_families(c, p),
	    .year = read_year(p),
	    .namesake = NO_ENTRY};
	enter(c, id_key(c, id), c->n);
	enter(c, doi_key(c, doi.n > 0 ? doi : id), c->n);
	namesake = enter(c, title_key(c, paper_text(p, PAPER_TITLE)), c->n);
	if (namesake != NO_ENTRY)
		link_namesake(c, namesake, c->n);
	c->n++;
}

static void
read_file(struct cites *c, char *name)
{
	char *const files[] = {name, NULL};
	size_t before = c->n, bad = 0;
	struct line_reader in;
	struct slice line;
	struct paper p;

	paper_init(&p);
	line_reader_open(&in, files);
	while (line_reader_next(&in, &line)) {
		if (slice_trim(line).n == 0)
			continue;
		if (paper_parse(&p, line))
			add_entry(c, &p);
		else if (bad++ < LINES_TOLD)
			msg_warn_at(in.name, in.line, "%s", p.members.error);
	}
	if (bad > LINES_TOLD)
		msg_warn("%s: %zu lines in all are no records", name, bad);
	if (in.unread > 0)
		exit(EXIT_MISUSE);
	line_reader_close(&in);
	paper_release(&p);
	if (c->n == before && !run_stopping())
		die(EXIT_MISUSE,
		    "%s: no paper in it; \"library FILE\" makes records of "
		    "BibTeX, RIS, CSL-JSON and lists of ids",
		    name);
}

struct cites *
cites_new(const struct strlist *files)
{
	struct cites *c = xcalloc(1, sizeof(*c));

	c->object = (struct json_members)JSON_MEMBERS_INIT;
	name_init(&c->name);
	strbuf_init(&c->key, STRBUF_MAX);
	strbuf_init(&c->text, STRBUF_MAX);
	strbuf_init(&c->scratch, STRBUF_MAX);
	for (size_t i = 0; i < files->n; i++)
		read_file(c, files->v[i]);
	return c;
}

void
cites_free(struct cites *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].json);
		free(c->v[i].families);
	}
	free(c->v);
	strmap_release(&c->keys);
	free(c->first);
	free(c->cited);
	json_members_release(&c->object);
	name_release(&c->name);
	strbuf_release(&c->key);
	strbuf_release(&c->text);
	strbuf_release(&c->scratch);
	free(c);
}

/* ---------------------------------------------------------------- a paper */

/* True if one of the words of authors, which begin with a blank each, is the
 * family name of an author of the entry. */
static bool
author_agrees(const struct entry *e, const struct strbuf *authors)
{
	size_t from, n, to, all = strlen(e->families);

	for (from = 0; from < all; from += n - 1) {
		n = 1 + strcspn(e->families + from + 1, " ") + 1;
		if (from + n > all)
			return false;
		for (to = 0; to + n <= authors->len; to++)
			if (memcmp(authors->s + to, e->families + from, n) == 0)
				return true;
	}
	return false;
}

/* The entry of that title whose year or author is the same; authors are words
 * with a blank before and behind each. */
static size_t
find_title(struct cites *c, struct slice title, long year,
    const struct strbuf *authors)
{
	size_t i = look_up(c, title_key(c, title));

	for (; i != NO_ENTRY; i = c->v[i].namesake)
		if ((year != NO_YEAR && c->v[i].year == year) ||
		    author_agrees(&c->v[i], authors))
			return i;
	return NO_ENTRY;
}

/* The text of a reference's member, "" if there is none; in place or in b. */
static struct slice
member_text(const struct cites *c, const char *name, struct strbuf *b)
{
	const struct json_member *m = json_find(&c->object, name);

	if (m == NULL || m->value.type != JSON_STRING)
		return SLICE_LIT("");
	strbuf_reset(b);
	return json_text(&m->value, b);
}

static size_t
find_reference(struct cites *c, struct strbuf *b, struct strbuf *authors)
{
	const struct json_member *m;
	struct slice title;
	long year = NO_YEAR;
	size_t i;

	i = look_up(c, id_key(c, member_text(c, "arxiv", b)));
	if (i == NO_ENTRY)
		i = look_up_doi(c, member_text(c, "doi", b));
	if (i != NO_ENTRY)
		return i;
	if ((m = json_find(&c->object, "year")) != NULL)
		(void)json_long(&m->value, &year);
	strbuf_reset(authors);
	(void)add_words(c, authors, member_text(c, "authors", b));
	strbuf_addch(authors, ' ');
	title = member_text(c, "title", b);
	return find_title(c, title, year, authors);
}

/* The paper's own entry. */
static size_t
find_itself(struct cites *c, struct paper *p)
{
	size_t i = look_up(c, id_key(c, paper_text(p, PAPER_ID)));
	struct strbuf authors = STRBUF_INIT(STRBUF_MAX);
	struct slice doi = paper_text(p, PAPER_DOI);
	char *families;

	if (i == NO_ENTRY)
		i = look_up_doi(c, doi.n > 0 ? doi : paper_text(p, PAPER_ID));
	if (i != NO_ENTRY)
		return i;
	families = read_families(c, p);
	strbuf_addstr(&authors, families);
	i = find_title(c, paper_text(p, PAPER_TITLE), NO_YEAR, &authors);
	strbuf_release(&authors);
	free(families);
	return i;
}

static int
compare_numbers(const void *va, const void *vb)
{
	const size_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

static void
cite(struct cites *c, size_t entry)
{
	if (entry == NO_ENTRY || c->v[entry].cited_by == c->paper)
		return;
	c->v[entry].cited_by = c->paper;
	c->cited =
	    xgrow(c->cited, &c->cited_cap, c->ncited + 1, sizeof(*c->cited));
	c->cited[c->ncited++] = entry;
}

bool
cites_find(struct cites *c, struct paper *p, struct strlist *found)
{
	const struct json_member *list = p->key[PAPER_REFERENCES];
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct strbuf authors = STRBUF_INIT(STRBUF_MAX);
	struct json_value v;
	size_t pos = 0, itself;

	if (list == NULL || list->value.type != JSON_ARRAY)
		return false;
	c->paper++;
	c->ncited = 0;
	if ((itself = find_itself(c, p)) != NO_ENTRY)
		c->v[itself].cited_by = c->paper;
	while (json_array_next(list->value.raw, &pos, &v))
		if (v.type == JSON_OBJECT && json_object(&c->object, v.raw))
			cite(c, find_reference(c, &b, &authors));
	if (c->ncited > 1)
		qsort(c->cited, c->ncited, sizeof(*c->cited), compare_numbers);
	for (size_t i = 0; i < c->ncited; i++)
		strlist_add(found, c->v[c->cited[i]].json);
	strbuf_release(&b);
	strbuf_release(&authors);
	return c->ncited > 0;
}
