/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"

#define PEOPLE_FILE_MAX ((size_t)16 << 20)

struct person {
	struct name name;
	char *given; /* the name as the list has it */
	char *s2_id; /* NULL: not known */
	bool reported; /* that only initials matched */
};

/* What a person can be looked up by: family name, all letters of the name in
 * a row ("yannlecun"), number. */
struct entry {
	char *key;
	size_t person;
};

struct people {
	struct person *v;
	size_t n;
	struct entry *entries; /* sorted by key */
	size_t nentries;
	struct name name, other; /* of the authors at hand */
	struct strbuf letters;
	struct strbuf scratch, id_scratch;
};

/* "12345" behind the last comma; cuts it off the line. */
static char *
take_s2_id(char *line)
{
	char *comma = strrchr(line, ',');
	char *id;
	size_t n;

	if (comma == NULL)
		return NULL;
	id = comma + 1 + strspn(comma + 1, " \t");
	n = strspn(id, "0123456789");
	if (n == 0 || id[n + strspn(id + n, " \t")] != '\0')
		return NULL;
	*comma = '\0';
	return xmemdup0(id, n);
}

/* Lines that were meant for a person and can never find one. */
static void
tell_odd(const struct person *p, const char *path, unsigned long lineno)
{
	const char *comma = strrchr(p->given, ',');

	if (strpbrk(p->given, "<>@;|") != NULL ||
	    (comma != NULL && strpbrk(comma, "0123456789") != NULL))
		msg_warn_at(path, lineno,
		    "%s: matches nobody: write Name, or Name, S2id", p->given);
	else if (p->name.n == 1 && p->s2_id == NULL)
		msg_warn_at(path, lineno,
		    "%s: matches nobody who has a given name: write it too",
		    p->given);
}

static void
add_line(struct people *l, const char *path, unsigned long lineno, char *line)
{
	struct person *person;
	size_t end;

	line[strcspn(line, "#\r")] = '\0';
	line += strspn(line, " \t");
	if (*line == '\0')
		return;
	l->v = xreallocarray(l->v, l->n + 1, sizeof(*l->v));
	person = &l->v[l->n++];
	person->reported = false;
	person->s2_id = take_s2_id(line);
	for (end = strlen(line); end > 0 && strchr(" \t", line[end - 1]); end--)
		;
	person->given = xmemdup0(line, end);
	name_init(&person->name);
	if (!name_parse(&person->name, slice_of(person->given)))
		usage_error(
		    "%s:%lu: a name is missing: %s", path, lineno, line);
	tell_odd(person, path, lineno);
}

/* "Yann LeCun, Ana Li" is two, "LeCun, Yann" one. */
static bool
has_full_names(struct slice words)
{
	struct slice name;

	while (slice_cut(&words, ',', &name)) {
		name = slice_trim(name);
		if (memchr(name.p, ' ', name.n) == NULL)
			return false;
	}
	return true;
}

static void
add_words(struct people *l, const char *words)
{
	char sep = has_full_names(slice_of(words)) ? ',' : '\0';
	struct slice rest = slice_of(words), name;
	char *line;

	msg_warn(
	    "--authors: there is no file '%s': it is taken for names", words);
	while (slice_cut(&rest, sep, &name)) {
		line = xmemdup0(name.p, name.n);
		add_line(l, "--authors", 1, line);
		free(line);
	}
}

static void
add_file(struct people *l, const char *path)
{
	char *text = line_reader_slurp(path, PEOPLE_FILE_MAX, NULL);
	unsigned long lineno = 0;
	char *line, *rest = text;

	if (text == NULL)
		die(EXIT_SOME_FAILED, "%s: cannot be read: %s", path,
		    strerror(errno));
	while ((line = strsep(&rest, "\n")) != NULL)
		add_line(l, path, ++lineno, line);
	free(text);
}

/* The letters of all parts; valid until the next call. */
static struct slice
all_letters(struct people *l, const struct name *name)
{
	strbuf_reset(&l->letters);
	for (size_t i = 0; i < name->n; i++)
		strbuf_addslice(&l->letters, name->part[i]);
	return strbuf_slice(&l->letters);
}

static void
add_entry(struct people *l, struct slice key, size_t person)
{
	l->entries[l->nentries++] =
	    (struct entry) {xmemdup0(key.p, key.n), person};
}

static int
by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c != 0 ? c : (x->person > y->person) - (x->person < y->person);
}

static void
build_index(struct people *l)
{
	if (l->n == 0)
		return;
	l->entries = xreallocarray(NULL, 3 * l->n, sizeof(*l->entries));
	for (size_t i = 0; i < l->n; i++) {
		add_entry(l, name_family(&l->v[i].name), i);
		add_entry(l, all_letters(l, &l->v[i].name), i);
		if (l->v[i].s2_id != NULL)
			add_entry(l, slice_of(l->v[i].s2_id), i);
	}
	qsort(l->entries, l->nentries, sizeof(*l->entries), by_key);
}

struct people *
people_new(const struct strlist *files)
{
	struct people *l = xcalloc(1, sizeof(*l));

	name_init(&l->name);
	name_init(&l->other);
	strbuf_init(&l->letters, STRBUF_MAX);
	strbuf_init(&l->scratch, STRBUF_MAX);
	strbuf_init(&l->id_scratch, STRBUF_MAX);
	for (size_t i = 0; i < files->n; i++) {
		if (path_is_words(files->v[i]))
			add_words(l, files->v[i]);
		else
			add_file(l, files->v[i]);
	}
	build_index(l);
	return l;
}

bool
people_are_none(const struct people *l)
{
	return l->n == 0;
}

void
people_free(struct people *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->n; i++) {
		name_release(&l->v[i].name);
		free(l->v[i].given);
		free(l->v[i].s2_id);
	}
	free(l->v);
	for (size_t i = 0; i < l->nentries; i++)
		free(l->entries[i].key);
	free(l->entries);
	name_release(&l->name);
	name_release(&l->other);
	strbuf_release(&l->letters);
	strbuf_release(&l->scratch);
	strbuf_release(&l->id_scratch);
	free(l);
}

/* The first entry whose key is not before key. */
static size_t
lookup(const struct people *l, struct slice key)
{
	size_t low = 0, high = l->nentries;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (slice_cmp(slice_of(l->entries[mid].key), key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* A member of an author_info object, as text: numbers count as well. */
static struct slice
info_text(
    const struct json_members *info, const char *key, struct strbuf *scratch)
{
	const struct json_member *m = json_find(info, key);

	if (m == NULL)
		return (struct slice) {"", 0};
	if (m->value.type == JSON_NUMBER)
		return m->value.raw;
	return json_text(&m->value, scratch);
}

/* Walks the paper's author_info objects. */
static bool
next_info(const struct paper *p, size_t *pos, struct json_members *info)
{
	const struct json_member *m = p->key[PAPER_AUTHOR_INFO];
	struct json_value v;

	if (m == NULL || m->value.type != JSON_ARRAY)
		return false;
	while (json_array_next(m->value.raw, pos, &v))
		if (v.type == JSON_OBJECT && json_object(info, v.raw))
			return true;
	return false;
}

/* Those whose number is on the list. */
static void
find_ids(struct people *l, const struct paper *p, struct people_match *m)
{
	struct json_members info = JSON_MEMBERS_INIT;
	size_t pos = 0;

	while (next_info(p, &pos, &info)) {
		struct slice id = info_text(&info, "s2_id", &l->id_scratch);
		size_t i = lookup(l, id);

		if (id.n > 0 && i < l->nentries &&
		    slice_eq(id, l->entries[i].key))
			strlist_add_new(
			    &m->names, info_text(&info, "name", &l->scratch));
	}
	json_members_release(&info);
}

/* True if the paper knows the number of the author at hand. */
static bool
has_number(struct people *l, const struct paper *p)
{
	struct json_members info = JSON_MEMBERS_INIT;
	bool known = false;
	size_t pos = 0;

	while (!known && next_info(p, &pos, &info))
		known = info_text(&info, "s2_id", &l->id_scratch).n > 0 &&
		    name_parse(
			&l->other, info_text(&info, "name", &l->id_scratch)) &&
		    name_compare(&l->name, &l->other) == NAME_SAME;
	json_members_release(&info);
	return known;
}

struct likely {
	enum name_likeness likeness;
	struct person *who;
	size_t others; /* just as like */
};

/* The best likeness with a person under key. */
static struct likely
best_under(struct people *l, const struct paper *p, struct slice key)
{
	struct likely best = {NAME_OTHER, NULL, 0};

	for (size_t i = lookup(l, key);
	     i < l->nentries && slice_eq(key, l->entries[i].key); i++) {
		struct person *person = &l->v[l->entries[i].person];
		enum name_likeness is = name_compare(&person->name, &l->name);

		/* Where both have a number, the number has decided. */
		if (is == NAME_OTHER || is < best.likeness ||
		    (person->s2_id != NULL && has_number(l, p)))
			continue;
		if (is == best.likeness)
			best.others++;
		else
			best = (struct likely) {is, person, 0};
	}
	return best;
}

/* Said once for each person on the list. */
static void
tell_unsure(
    const struct paper *p, struct slice author, const struct likely *likely)
{
	if (likely->who->reported)
		return;
	likely->who->reported = true;
	msg_warn_at(p->file, p->lineno, "%.*s matches %s by initials only%s",
	    (int)author.n, author.p, likely->who->given,
	    likely->others > 0 ? "; others on the list do, too" : "");
}

static struct likely
best_match(struct people *l, const struct paper *p, struct slice name)
{
	struct likely likely = {NAME_OTHER, NULL, 0};

	if (!name_parse(&l->name, name))
		return likely;
	likely = best_under(l, p, all_letters(l, &l->name));
	if (likely.likeness == NAME_OTHER)
		likely = best_under(l, p, name_family(&l->name));
	return likely;
}

/* "The X Collaboration: A. Person" names both. */
static void
find_name(struct people *l, const struct paper *p, struct slice author,
    struct people_match *m)
{
	struct likely likely = {NAME_OTHER, NULL, 0};
	struct slice rest = author, part;

	while (likely.likeness == NAME_OTHER && slice_cut(&rest, ':', &part))
		likely = best_match(l, p, part);
	if (likely.likeness == NAME_OTHER)
		return;
	strlist_add_new(&m->names, author);
	if (likely.likeness == NAME_INITIALS) {
		strlist_add_new(&m->unsure, author);
		tell_unsure(p, author, &likely);
	}
}

bool
people_find(struct people *l, const struct paper *p, struct people_match *m)
{
	struct slice author;
	size_t pos = 0;

	if (l->n == 0)
		return false;
	find_ids(l, p, m);
	while (paper_list_next(p, PAPER_AUTHORS, &pos, &author, &l->scratch))
		find_name(l, p, author, m);
	return m->names.n > 0;
}
