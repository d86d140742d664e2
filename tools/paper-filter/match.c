/* SPDX-License-Identifier: ISC */
#include "filter.h"

#include "common/json/json_write.h"

#define KEY_AUTHORS  "authors"
#define KEY_UNSURE   "authors_unsure"
#define KEY_KEYWORDS "keywords"
#define KEY_CITES    "cites"

/* An array that holds what the old one held, and more. */
struct joined {
	struct strbuf b;
	struct jsonw j;
	struct slice old;
	size_t added;
};

/* The array called key in m, or "[]". */
static struct slice
old_array(const struct json_members *m, const char *key)
{
	const struct json_member *found = json_find(m, key);

	if (found == NULL || found->value.type != JSON_ARRAY)
		return SLICE_LIT("[]");
	return found->value.raw;
}

static void
join_begin(struct joined *a, const struct json_members *m, const char *key)
{
	struct json_value v;
	size_t pos = 0;

	strbuf_init(&a->b, STRBUF_MAX);
	a->j = (struct jsonw)JSONW_INIT(&a->b);
	a->old = old_array(m, key);
	a->added = 0;
	jsonw_open(&a->j, '[');
	while (json_array_next(a->old, &pos, &v))
		jsonw_raw(&a->j, v.raw);
}

/* Adds a value unless it is there already, spelt the same. */
static void
join_add(struct joined *a, struct slice json)
{
	struct json_value v;
	size_t pos = 0;

	while (json_array_next(a->old, &pos, &v))
		if (slice_same(v.raw, json))
			return;
	jsonw_raw(&a->j, json);
	a->added++;
}

static void
join_names(struct joined *a, const struct strlist *names)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	for (size_t i = 0; i < names->n; i++) {
		strbuf_reset(&b);
		json_quote(&b, slice_of(names->v[i]));
		join_add(a, strbuf_slice(&b));
	}
	strbuf_release(&b);
}

static void
join_hits(struct joined *a, const struct keyword_hits *hits)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	for (size_t i = 0; i < hits->n; i++) {
		const struct keyword_hit *h = &hits->v[i];
		struct jsonw j = JSONW_INIT(&b);

		strbuf_reset(&b);
		jsonw_open(&j, '{');
		jsonw_str(jsonw_key(&j, "keyword"), h->keyword);
		jsonw_str(jsonw_key(&j, "field"), keyword_field_name(h->field));
		jsonw_int(jsonw_key(&j, "offset"), (int64_t)h->offset);
		jsonw_int(jsonw_key(&j, "length"), (int64_t)h->length);
		jsonw_close(&j, '}');
		join_add(a, strbuf_slice(&b));
	}
	strbuf_release(&b);
}

static void
join_json(struct joined *a, const struct strlist *json)
{
	for (size_t i = 0; i < json->n; i++)
		join_add(a, slice_of(json->v[i]));
}

/* Writes key and array, if there is anything in it. */
static void
join_end(struct joined *a, struct jsonw *j, const char *key)
{
	jsonw_close(&a->j, ']');
	if (a->b.len > 2) {
		jsonw_raw(jsonw_key(j, key), strbuf_slice(&a->b));
	}
	strbuf_release(&a->b);
}

/* Members of the old match that are nobody's here. */
static void
copy_others(struct jsonw *j, const struct json_members *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct slice key = m->v[i].key;

		if (slice_eq(key, KEY_AUTHORS) || slice_eq(key, KEY_UNSURE) ||
		    slice_eq(key, KEY_KEYWORDS) || slice_eq(key, KEY_CITES))
			continue;
		jsonw_raw(j, (struct slice) {key.p - 1, key.n + 2});
		strbuf_addch(j->b, ':');
		strbuf_addslice(j->b, m->v[i].value.raw);
	}
}

bool
match_write(struct strbuf *b, struct paper *p,
    const struct people_match *people, const struct keyword_hits *hits,
    const struct strlist *cites)
{
	struct json_members m = JSON_MEMBERS_INIT;
	struct jsonw j = JSONW_INIT(b);
	struct joined authors, unsure, keywords, cited;
	size_t added;

	if (people->names.n == 0 && hits->n == 0 && cites->n == 0)
		return false;
	if (!paper_object(p, PAPER_MATCH, &m))
		m.n = 0;
	join_begin(&authors, &m, KEY_AUTHORS);
	join_names(&authors, &people->names);
	join_begin(&unsure, &m, KEY_UNSURE);
	join_names(&unsure, &people->unsure);
	join_begin(&keywords, &m, KEY_KEYWORDS);
	join_hits(&keywords, hits);
	join_begin(&cited, &m, KEY_CITES);
	join_json(&cited, cites);
	added = authors.added + unsure.added + keywords.added + cited.added;

	jsonw_open(&j, '{');
	join_end(&authors, &j, KEY_AUTHORS);
	join_end(&unsure, &j, KEY_UNSURE);
	join_end(&keywords, &j, KEY_KEYWORDS);
	join_end(&cited, &j, KEY_CITES);
	copy_others(&j, &m);
	jsonw_close(&j, '}');
	json_members_release(&m);
	return added > 0;
}
