/* SPDX-License-Identifier: ISC */
/*
 * The Kaggle metadata snapshot: a JSON object a line, with OAI's names.  Also
 * as one array with an object a line, as imitations of it come.
 */
#include <stdio.h>
#include <string.h>

#include "common/io/line_reader.h"
#include "common/json/json_read.h"
#include "formats/feed_internal.h"

static const struct {
	const char *key;
	enum entry_text text;
} texts[] = {
    {"title", ENTRY_TITLE},
    {"abstract", ENTRY_ABSTRACT},
    {"comments", ENTRY_COMMENT},
    {"license", ENTRY_LICENSE},
    {"report-no", ENTRY_REPORT_NO},
};

/* Scratch that lives as long as the file is read. */
struct snapshot {
	struct json_members members, version;
	struct strbuf text, part, name;
	struct entry entry;
};

static bool
string_member(struct snapshot *s, const struct json_members *m, const char *key,
    struct slice *text)
{
	const struct json_member *found = json_find(m, key);

	if (found == NULL || found->value.type != JSON_STRING)
		return false;
	strbuf_reset(&s->text);
	*text = json_text(&found->value, &s->text);
	return true;
}

/* ["Streinu", "Ileana", "", "affiliation", ..]: last, first, suffix */
static void
add_author(struct snapshot *s, struct slice array)
{
	struct strbuf *last = &s->name, *name = &s->part;
	struct json_value item;
	size_t pos = 0;

	strbuf_reset(name);
	strbuf_reset(last);
	for (int i = 0; i < 3 && json_array_next(array, &pos, &item); i++) {
		struct slice text;

		strbuf_reset(&s->text);
		text = json_text(&item, &s->text);
		if (i == 0) {
			strbuf_addslice(last, text);
			continue;
		}
		strbuf_addslice(name, text);
		strbuf_addch(name, ' ');
		if (i == 1)
			strbuf_addslice(name, strbuf_slice(last));
		strbuf_addch(name, ' ');
	}
	author_add(&s->entry.authors, strbuf_slice(name));
}

static void
add_authors(struct snapshot *s)
{
	const struct json_member *m = json_find(&s->members, "authors_parsed");
	struct json_value item;
	struct slice text;
	size_t pos = 0;

	if (m != NULL && m->value.type == JSON_ARRAY)
		while (json_array_next(m->value.raw, &pos, &item))
			if (item.type == JSON_ARRAY)
				add_author(s, item.raw);
	if (s->entry.authors.n == 0 &&
	    string_member(s, &s->members, "authors", &text))
		authors_split(&s->entry.authors, text, true);
}

static void
add_versions(struct snapshot *s)
{
	const struct json_member *m = json_find(&s->members, "versions");
	struct entry *e = &s->entry;
	struct json_value item;
	struct slice text;
	size_t pos = 0;
	moment_t t;

	if (m == NULL || m->value.type != JSON_ARRAY)
		return;
	while (json_array_next(m->value.raw, &pos, &item)) {
		if (item.type != JSON_OBJECT ||
		    !json_object(&s->version, item.raw))
			continue;
		e->version++;
		if (!string_member(s, &s->version, "created", &text) ||
		    (t = feed_moment(text)) == NO_MOMENT)
			continue;
		if (e->published == NO_MOMENT)
			e->published = t;
		e->updated = t;
	}
}

static void
fill_entry(struct snapshot *s)
{
	struct entry *e = &s->entry;
	struct slice text;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (string_member(s, &s->members, texts[i].key, &text))
			entry_set_text(e, texts[i].text, text);
	if (string_member(s, &s->members, "journal-ref", &text))
		entry_set_text(e, ENTRY_JOURNAL_REF, journal_ref(text));
	if (string_member(s, &s->members, "doi", &text)) {
		strbuf_reset(&s->part);
		first_doi(&s->part, text);
		entry_set_text(e, ENTRY_DOI, strbuf_slice(&s->part));
	}
	if (string_member(s, &s->members, "categories", &text))
		entry_add_categories(e, text);
	add_authors(s);
	add_versions(s);
}

/* The snapshot's authors and categories are strings; a record of ours would
 * lose them. */
static bool
is_record(const struct snapshot *s)
{
	static const char *const lists[] = {"authors", "categories"};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const struct json_member *m = json_find(&s->members, lists[i]);

		if (m != NULL && m->value.type == JSON_ARRAY)
			return true;
	}
	return false;
}

/* NULL, or what is wrong with the line. */
static const char *
parse_line(struct snapshot *s, struct slice line)
{
	struct slice text;
	long version;

	entry_reset(&s->entry);
	s->entry.source = "snapshot";
	if (!json_object(&s->members, line))
		return s->members.error;
	if (!string_member(s, &s->members, "id", &text))
		return "no id, so not a paper of the snapshot";
	if (!arxiv_id_parse(text, s->entry.id, &version))
		return "the id is not an arXiv id";
	if (is_record(s))
		return "already a record of paper(5): --parse is not for it";
	fill_entry(s);
	return NULL;
}

static bool
is_one_of(char c, const char *list)
{
	return c != '\0' && strchr(list, c) != NULL;
}

/* The object on a line of "[{..},", "{..}," or "{..}]"; empty if none. */
static struct slice
without_array(struct slice line)
{
	while (line.n > 0 && is_one_of(*line.p, " \t\r[")) {
		line.p++;
		line.n--;
	}
	while (line.n > 0 && is_one_of(line.p[line.n - 1], " \t\r,]"))
		line.n--;
	return line;
}

void
snapshot_read(
    struct input *in, const struct feed_sink *sink, struct feed_info *info)
{
	struct snapshot s = {
	    .members = JSON_MEMBERS_INIT, .version = JSON_MEMBERS_INIT};
	struct strbuf line = STRBUF_INIT(SOURCE_LINE_MAX);
	struct slice object;
	const char *problem;

	strbuf_init(&s.text, SOURCE_LINE_MAX);
	strbuf_init(&s.part, SOURCE_LINE_MAX);
	strbuf_init(&s.name, SOURCE_LINE_MAX);
	entry_init(&s.entry);
	info->kind = KIND_JSON;
	while (input_line(in, &line)) {
		object = without_array(strbuf_slice(&line));
		if (object.n == 0 && !line.overflow)
			continue;
		problem = line.overflow ? "a line of more than 4 MiB"
					: parse_line(&s, object);
		feed_give(in, in->line, &s.entry, problem, sink, info);
	}
	if (in->failed) {
		info->malformed = true;
		feed_error(info, "%s", in->why);
	}
	entry_release(&s.entry);
	strbuf_release(&line);
	strbuf_release(&s.text);
	strbuf_release(&s.part);
	strbuf_release(&s.name);
	json_members_release(&s.members);
	json_members_release(&s.version);
}
