/* SPDX-License-Identifier: ISC */
#include "common/record/paper.h"

#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"

static const struct slice names[PAPER_NKEYS] = {
    [PAPER_ID] = {"id", 2},
    [PAPER_VERSION] = {"version", 7},
    [PAPER_TITLE] = {"title", 5},
    [PAPER_ABSTRACT] = {"abstract", 8},
    [PAPER_AUTHORS] = {"authors", 7},
    [PAPER_CATEGORIES] = {"categories", 10},
    [PAPER_PRIMARY_CATEGORY] = {"primary_category", 16},
    [PAPER_ANNOUNCE_TYPE] = {"announce_type", 13},
    [PAPER_ANNOUNCED] = {"announced", 9},
    [PAPER_PUBLISHED] = {"published", 9},
    [PAPER_UPDATED] = {"updated", 7},
    [PAPER_COMMENT] = {"comment", 7},
    [PAPER_JOURNAL_REF] = {"journal_ref", 11},
    [PAPER_DOI] = {"doi", 3},
    [PAPER_LICENSE] = {"license", 7},
    [PAPER_REPORT_NO] = {"report_no", 9},
    [PAPER_MSC_CLASS] = {"msc_class", 9},
    [PAPER_ACM_CLASS] = {"acm_class", 9},
    [PAPER_URL] = {"url", 3},
    [PAPER_PDF] = {"pdf", 3},
    [PAPER_CODE] = {"code", 4},
    [PAPER_SOURCE] = {"source", 6},
    [PAPER_AUTHOR_INFO] = {"author_info", 11},
    [PAPER_REFERENCES] = {"references", 10},
    [PAPER_AFFILIATIONS] = {"affiliations", 12},
    [PAPER_FIGURE] = {"figure", 6},
    [PAPER_MATCH] = {"match", 5},
    [PAPER_NEAR] = {"near", 4},
    [PAPER_SCREEN] = {"screen", 6},
    [PAPER_SCORE] = {"score", 5},
    [PAPER_SCORE_ERROR] = {"score_error", 11},
    [PAPER_REJECTED] = {"rejected", 8},
};

const char *
paper_key_name(enum paper_key key)
{
	return names[key].p;
}

void
paper_init(struct paper *p)
{
	*p = (struct paper) {.members = JSON_MEMBERS_INIT};
	for (size_t i = 0; i < PAPER_NKEYS; i++)
		strbuf_init(&p->scratch[i], STRBUF_MAX);
}

void
paper_release(struct paper *p)
{
	json_members_release(&p->members);
	for (size_t i = 0; i < PAPER_NKEYS; i++)
		strbuf_release(&p->scratch[i]);
}

/* PAPER_NKEYS if it is not known. */
static size_t
find_name(struct slice key)
{
	size_t k;

	for (k = 0; k < PAPER_NKEYS; k++)
		if (slice_same(names[k], key))
			break;
	return k;
}

/*
 * Finds the known keys among the members.  Nearly all records of a stream have
 * the same keys at the same places, which are looked up once.  An escaped
 * spelling of a key is rare enough to be looked up the slow way.
 */
static void
find_keys(struct paper *p)
{
	const struct json_member *m = p->members.v;
	bool escaped = false;
	size_t k;

	memset(p->key, 0, sizeof(p->key));
	for (size_t i = 0; i < p->members.n; i++) {
		escaped |= m[i].key_escaped;
		if (i < p->members.nsame) {
			k = p->name[i];
		} else {
			k = find_name(m[i].key);
			if (i < JSON_KEYS_REMEMBERED)
				p->name[i] = (unsigned char)k;
		}
		if (k < PAPER_NKEYS)
			p->key[k] = &m[i];
	}
	for (k = 0; escaped && k < PAPER_NKEYS; k++)
		if (p->key[k] == NULL)
			p->key[k] = json_find(&p->members, names[k].p);
}

bool
paper_parse(struct paper *p, struct slice line)
{
	const struct json_member *id;

	p->line = line;
	if (!json_object(&p->members, line))
		return false;
	find_keys(p);
	id = p->key[PAPER_ID];
	if (id == NULL || id->value.type != JSON_STRING ||
	    id->value.raw.n <= 2) {
		p->members.error = "no id";
		p->members.error_at = 0;
		return false;
	}
	return true;
}

static bool
is_blank(struct slice line)
{
	for (size_t i = 0; i < line.n; i++)
		if (strchr(" \t\r", line.p[i]) == NULL || line.p[i] == '\0')
			return false;
	return true;
}

/* A file of another kind is known by its first line. */
static void
tell_what_it_is(const char *file, struct slice line)
{
	static const struct {
		const char *start, *what;
	} kinds[] = {
	    {"<",
		"XML or HTML: arxiv-fetch --parse turns arXiv's "
		"feeds into records"},
	    {"[", "a JSON array: jq -c '.[]' turns it into records"},
	    {"\x1f\x8b", "compressed: decompress it first, as with gzip -dc"},
	    {"\xef\xbb\xbf", "text with a byte order mark: remove the mark"},
	    {"%PDF", "a PDF: records come from arxiv-fetch"},
	    {"{", "JSON over several lines: jq -c turns it into records"},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		size_t n = strlen(kinds[i].start);

		if (line.n < n || memcmp(line.p, kinds[i].start, n) != 0)
			continue;
		/* A brace alone begins what jq prints without -c. */
		if (*kinds[i].start != '{' || line.n == 1)
			msg_warn("%s is %s", file, kinds[i].what);
		return;
	}
}

bool
paper_read(struct line_reader *in, struct paper *p)
{
	unsigned long skipped = in->skipped;
	struct slice line;
	bool more;

	do {
		more = line_reader_next(in, &line);
		run_counts.in += in->skipped - skipped;
		run_counts.failed += in->skipped - skipped;
		skipped = in->skipped;
		if (!more)
			return false;
		if (is_blank(line))
			continue;
		run_counts.in++;
		p->file = in->name;
		p->lineno = in->line;
		if (paper_parse(p, line))
			return true;
		run_counts.failed++;
		msg_error_at(in->name, in->line, "%s at byte %zu%s; skipped",
		    p->members.error, p->members.error_at + 1,
		    in->cut ? " of a last line without newline" : "");
		if (in->line == 1)
			tell_what_it_is(in->name, line);
	} while (more);
	return false;
}

bool
paper_has(const struct paper *p, enum paper_key key)
{
	return p->key[key] != NULL && p->key[key]->value.type != JSON_NULL;
}

struct slice
paper_text(struct paper *p, enum paper_key key)
{
	if (p->key[key] == NULL)
		return (struct slice) {"", 0};
	return json_text(&p->key[key]->value, &p->scratch[key]);
}

bool
paper_long(const struct paper *p, enum paper_key key, long *out)
{
	return p->key[key] != NULL && json_long(&p->key[key]->value, out);
}

bool
paper_list_next(const struct paper *p, enum paper_key key, size_t *pos,
    struct slice *item, struct strbuf *scratch)
{
	struct json_value v;

	if (p->key[key] == NULL || p->key[key]->value.type != JSON_ARRAY)
		return false;
	while (json_array_next(p->key[key]->value.raw, pos, &v))
		if (v.type == JSON_STRING) {
			*item = json_text(&v, scratch);
			return true;
		}
	return false;
}

bool
paper_object(const struct paper *p, enum paper_key key, struct json_members *m)
{
	return p->key[key] != NULL && p->key[key]->value.type == JSON_OBJECT &&
	    json_object(m, p->key[key]->value.raw);
}

bool
paper_member(const struct paper *p, enum paper_key key, const char *name,
    struct json_value *out)
{
	struct json_members m = JSON_MEMBERS_INIT;
	const struct json_member *found = NULL;

	if (paper_object(p, key, &m) && (found = json_find(&m, name)) != NULL)
		*out = found->value;
	json_members_release(&m);
	return found != NULL;
}

bool
paper_axis(const struct paper *p, const char *axis, double *out)
{
	struct json_value v;

	return paper_member(p, PAPER_SCORE, axis, &v) && json_double(&v, out);
}

/* How many there are in one of match's arrays, but at most max. */
static size_t
count_matches(const struct paper *p, const char *name, size_t max)
{
	struct json_value list, v;
	size_t n = 0, pos = 0;

	if (!paper_member(p, PAPER_MATCH, name, &list) ||
	    list.type != JSON_ARRAY)
		return 0;
	while (n < max && json_array_next(list.raw, &pos, &v))
		n++;
	return n;
}

bool
paper_is_followed(const struct paper *p)
{
	return count_matches(p, "authors", 1) > 0;
}

size_t
paper_cites(const struct paper *p)
{
	return count_matches(p, "cites", SIZE_MAX);
}

bool
paper_is_spared(const struct paper *p)
{
	return paper_is_followed(p) || count_matches(p, "cites", 1) > 0;
}

bool
paper_is_screened_out(const struct paper *p)
{
	struct json_value keep;

	return paper_member(p, PAPER_SCREEN, "keep", &keep) &&
	    keep.type == JSON_FALSE;
}

bool
paper_axis_is_below(const struct paper *p, const char *axis, double min)
{
	double score;

	return paper_axis(p, axis, &score) && score < min;
}

bool
paper_is_below(const struct paper *p, double min_relevance, double min_novelty)
{
	return paper_axis_is_below(p, "relevance", min_relevance) ||
	    paper_axis_is_below(p, "novelty", min_novelty);
}

bool
paper_is_local(const struct paper *p)
{
	struct json_value backend;

	return paper_member(p, PAPER_SCORE, "backend", &backend) &&
	    (slice_eq(backend.raw, "\"lexical\"") ||
		slice_eq(backend.raw, "\"local\""));
}

bool
paper_day(struct paper *p, day_t *day)
{
	return day_begins(paper_text(p, PAPER_ANNOUNCED), day) ||
	    day_begins(paper_text(p, PAPER_PUBLISHED), day);
}

void
paper_pass(struct output *out, const struct paper *p)
{
	output_record(out, p->line);
}

static bool
is_changed(const struct paper *p, const struct json_member *m,
    const struct paper_change *changes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p->key[changes[i].key] == m)
			return true;
	return false;
}

/*
 * Copies up to the closing brace without the changed members.  With a member
 * goes the text up to the next one; the last one takes the text before it instead,
 * so that commas stay right.
 */
static bool
copy_kept(struct strbuf *b, const struct paper *p,
    const struct paper_change *changes, size_t n)
{
	const char *from = p->line.p, *brace = from + p->line.n, *begin, *end;
	bool any = false;

	while (brace[-1] != '}')
		brace--;
	brace--;
	for (size_t i = 0; i < p->members.n; i++) {
		begin = p->members.v[i].key.p - 1;
		end = p->members.v[i].value.raw.p + p->members.v[i].value.raw.n;
		if (!is_changed(p, &p->members.v[i], changes, n)) {
			/* Text from the last kept member's end, comma and all,
			 * unless what it separated is gone. */
			strbuf_add(b, from, (size_t)(end - from));
			from = end;
			any = true;
		} else if (!any) {
			/* Up to the first member; then skip to the next. */
			if (from == p->line.p)
				strbuf_add(b, from, (size_t)(begin - from));
			from = i + 1 < p->members.n
			    ? p->members.v[i + 1].key.p - 1
			    : end;
		} else {
			/* Its leading comma is dropped with it; the next kept
			 * member brings its own. */
			from = end;
		}
	}
	strbuf_add(b, from, (size_t)(brace - from));
	return any;
}

void
paper_splice(struct strbuf *b, const struct paper *p,
    const struct paper_change *changes, size_t n)
{
	bool any = copy_kept(b, p, changes, n);
	const char *brace;

	for (size_t i = 0; i < n; i++) {
		if (changes[i].value.p == NULL)
			continue;
		if (any)
			strbuf_addch(b, ',');
		strbuf_addf(b, "\"%s\":", names[changes[i].key].p);
		strbuf_addslice(b, changes[i].value);
		any = true;
	}
	for (brace = p->line.p + p->line.n; brace[-1] != '}';)
		brace--;
	brace--;
	strbuf_add(b, brace, (size_t)(p->line.p + p->line.n - brace));
}

void
paper_write(struct output *out, const struct paper *p,
    const struct paper_change *changes, size_t n)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	paper_splice(&b, p, changes, n);
	output_record(out, strbuf_slice(&b));
	strbuf_release(&b);
}
