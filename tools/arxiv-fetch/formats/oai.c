/* SPDX-License-Identifier: ISC */
/*
 * OAI-PMH with any of arXiv's metadata formats: arXivRaw (the one that tells
 * every version's date), arXiv, arXivOld and oai_dc.  Formats are told apart
 * by the names of their elements, since captured answers have them in the
 * wrong namespace or in none.
 */
#include <stdlib.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/base/number.h"
#include "common/cli/run.h"
#include "common/record/arxiv_category.h"
#include "formats/feed_internal.h"

/* mode: where in a record we are */
enum {
	IN_HEADER = 1,
	IN_METADATA,
	IN_DC,
	IN_AUTHOR
};

/*
 * The service of March 2025 gives the date of the latest version as
 * "created" and leaves that of the first one out; before, "created" was the
 * first.
 */
static bool
created_is_latest(const struct feed_info *info)
{
	return info->response_date != NULL &&
	    strcmp(info->response_date, "2025-03") >= 0;
}

/* physics:cond-mat:stat-mech is cond-mat.stat-mech, cs:cs is cs. */
static void
add_set(struct feed *f, struct slice spec)
{
	struct strbuf b = STRBUF_INIT(200);
	const char *colon = memchr(spec.p, ':', spec.n);
	size_t group = colon != NULL ? (size_t)(colon - spec.p) + 1 : 0;

	for (size_t i = group; i < spec.n; i++)
		strbuf_addch(&b, spec.p[i] == ':' ? '.' : spec.p[i]);
	entry_add_category(&f->entry, strbuf_slice(&b));
	strbuf_release(&b);
}

/* "Streinu, Ileana" */
static void
add_creator(struct feed *f, struct slice text)
{
	const char *comma = memchr(text.p, ',', text.n);
	struct strbuf *b = &f->scratch;
	size_t last = comma != NULL ? (size_t)(comma - text.p) : text.n;

	strbuf_reset(b);
	if (comma != NULL)
		strbuf_add(b, comma + 1, text.n - last - 1);
	strbuf_addch(b, ' ');
	strbuf_add(b, text.p, last);
	author_add(&f->entry.authors, strbuf_slice(b));
}

/* The parts of <author> gather in scratch; in fact they come as keyname,
 * forenames, suffix. */

static void
add_keyname(struct feed *f, struct slice text)
{
	strbuf_addslice(&f->scratch, text);
}

static void
add_forenames(struct feed *f, struct slice text)
{
	char *keyname = strbuf_detach(&f->scratch);

	strbuf_addslice(&f->scratch, text);
	strbuf_addf(&f->scratch, " %s", keyname);
	free(keyname);
}

/* Seen: keyname "Heath,", suffix "Jr." */
static void
add_suffix(struct feed *f, struct slice text)
{
	struct strbuf *b = &f->scratch;

	while (b->len > 0 && strchr(", ", b->s[b->len - 1]) != NULL)
		strbuf_setlen(b, b->len - 1);
	strbuf_addch(b, ' ');
	strbuf_addslice(b, text);
}

static void
author_end(struct feed *f, struct slice text)
{
	(void)text;
	author_add(&f->entry.authors, strbuf_slice(&f->scratch));
	strbuf_reset(&f->scratch);
	f->mode = IN_METADATA;
}

/* The service fills in the MSC text, or "None"; a real ACM class is a letter
 * and a dot, which people leave out: "H3.3; H3.7". */
static bool
is_acm(struct slice s)
{
	return s.n >= 3 && *s.p >= 'A' && *s.p <= 'K' &&
	    (s.p[1] == '.' || ascii_digit(s.p[1]));
}

static void
set_acm(struct feed *f, struct slice text)
{
	text = slice_trim(text);
	if (is_acm(text))
		entry_set_text(&f->entry, ENTRY_ACM_CLASS, text);
}

static void
add_version(struct feed *f, struct slice text)
{
	struct entry *e = &f->entry;
	moment_t t = feed_moment(text);

	entry_add_version(e, t);
	if (t == NO_MOMENT)
		return;
	if (e->published == NO_MOMENT)
		e->published = t;
	e->updated = t;
}

static void
set_created(struct feed *f, struct slice text)
{
	struct entry *e = &f->entry;

	if (created_is_latest(f->info))
		e->updated = feed_moment(text);
	else
		e->published = feed_moment(text);
}

static void
set_updated(struct feed *f, struct slice text)
{
	if (!created_is_latest(f->info))
		f->entry.updated = feed_moment(text);
}

static void
set_id(struct feed *f, struct slice text)
{
	long no_version;

	arxiv_id_parse(text, f->entry.id, &no_version);
}

static void
set_datestamp(struct feed *f, struct slice text)
{
	moment_t t = feed_moment(text);

	f->entry.datestamp = t != NO_MOMENT ? day_of(t) : NO_DAY;
}

static void
add_raw_authors(struct feed *f, struct slice text)
{
	authors_split(&f->entry.authors, text, true);
}

/* oai_dc: "doi:10.1/x" among URLs and journal references. */
static void
take_identifier(struct feed *f, struct slice text)
{
	text = slice_trim(text);
	if (text.n > 4 && memcmp(text.p, "doi:", 4) == 0)
		set_doi(f, text);
	else if (text.n > 0 && memmem(text.p, text.n, "://", 3) == NULL &&
	    f->entry.text[ENTRY_JOURNAL_REF].len == 0)
		set_journal_ref(f, text);
}

/*
 * oai_dc: categories by name, the primary one first.  Several may have one
 * name; the sets, which are what the list of categories holds by then, tell
 * which one is meant.
 */

/* The index from i on, or that of the end. */
static size_t
find(const struct strlist *l, struct slice name, size_t i)
{
	while (i < l->n && !slice_eq(name, l->v[i]))
		i++;
	return i;
}

static struct slice
meant_category(const struct feed *f, struct slice name)
{
	const struct strlist *l = &f->entry.categories;
	size_t first = l->n, row = 0, i;
	const char *c, *meant = NULL;

	while ((c = category_named(name, &row)) != NULL) {
		i = find(l, slice_of(c), f->subjects);
		if (meant == NULL || i < first) {
			meant = c;
			first = i;
		}
	}
	return meant != NULL ? slice_of(meant) : (struct slice) {"", 0};
}

/* It takes the place of its archive's set. */
static void
add_subject(struct feed *f, struct slice category)
{
	struct strlist *l = &f->entry.categories;
	struct slice archive = {"", 0};
	size_t at;

	if (find(l, category, 0) < f->subjects)
		return;
	entry_put_category(&f->entry, category, f->subjects++);
	slice_cut(&category, '.', &archive);
	if ((at = find(l, archive, f->subjects)) < l->n)
		strlist_remove(l, at);
}

/* "05C80, 05C15", "Primary 30C80" */
static void
take_class(struct feed *f, struct slice text)
{
	if (is_acm(text))
		entry_set_text(&f->entry, ENTRY_ACM_CLASS, text);
	else if (text.n > 0 &&
	    (ascii_digit(*text.p) || ascii_digit(text.p[text.n - 1])))
		entry_set_text(&f->entry, ENTRY_MSC_CLASS, text);
}

static void
take_subject(struct feed *f, struct slice text)
{
	struct slice category;
	const char *twin;

	text = slice_trim(text);
	category = meant_category(f, text);
	if (category.n == 0) {
		take_class(f, text);
		return;
	}
	add_subject(f, category);
	/* Two categories that are one are one subject. */
	twin = category_twin(category);
	if (twin != NULL &&
	    find(&f->entry.categories, slice_of(twin), f->subjects) <
		f->entry.categories.n)
		add_subject(f, slice_of(twin));
}

/* oai_dc: the abstract, then "Comment: 12 pages". */
static void
take_dc_description(struct feed *f, struct slice text)
{
	static const char comment[] = "Comment:";
	size_t n = sizeof(comment) - 1;

	if (text.n > n && memcmp(text.p, comment, n) == 0)
		entry_set_text(&f->entry, ENTRY_COMMENT,
		    (struct slice) {text.p + n, text.n - n});
	else
		entry_set_text(&f->entry, ENTRY_ABSTRACT, text);
}

static const struct feed_field header_fields[] = {
    {"identifier", ENTRY_NTEXTS, set_id},
    {"datestamp", ENTRY_NTEXTS, set_datestamp},
    {"setSpec", ENTRY_NTEXTS, add_set},
    {NULL, ENTRY_NTEXTS, NULL},
};

static const struct feed_field author_fields[] = {
    {"keyname", ENTRY_NTEXTS, add_keyname},
    {"forenames", ENTRY_NTEXTS, add_forenames},
    {"suffix", ENTRY_NTEXTS, add_suffix},
    {"author", ENTRY_NTEXTS, author_end},
    {NULL, ENTRY_NTEXTS, NULL},
};

static const struct feed_field metadata_fields[] = {
    {"id", ENTRY_NTEXTS, set_id},
    {"title", ENTRY_TITLE, NULL},
    {"abstract", ENTRY_ABSTRACT, NULL},
    {"comments", ENTRY_COMMENT, NULL},
    {"journal-ref", ENTRY_JOURNAL_REF, NULL},
    {"license", ENTRY_LICENSE, NULL},
    {"report-no", ENTRY_REPORT_NO, NULL},
    {"msc-class", ENTRY_MSC_CLASS, NULL},
    {"acm-class", ENTRY_ACM_CLASS, set_acm},
    {"doi", ENTRY_DOI, set_doi},
    {"authors", ENTRY_NTEXTS, add_raw_authors},
    {"categories", ENTRY_NTEXTS, set_categories},
    {"date", ENTRY_NTEXTS, add_version},
    {"created", ENTRY_NTEXTS, set_created},
    {"updated", ENTRY_NTEXTS, set_updated},
    {NULL, ENTRY_NTEXTS, NULL},
};

static const struct feed_field dc_fields[] = {
    {"title", ENTRY_TITLE, NULL},
    {"creator", ENTRY_NTEXTS, add_creator},
    {"date", ENTRY_NTEXTS, add_version},
    {"identifier", ENTRY_NTEXTS, take_identifier},
    {"description", ENTRY_NTEXTS, take_dc_description},
    {"subject", ENTRY_NTEXTS, take_subject},
    {NULL, ENTRY_NTEXTS, NULL},
};

/* By mode. */
static const struct feed_field *const fields[] = {
    [IN_HEADER] = header_fields,
    [IN_METADATA] = metadata_fields,
    [IN_DC] = dc_fields,
    [IN_AUTHOR] = author_fields,
};

/* Sets say what a paper belongs to, but not which is primary: they are only
 * for formats without categories. */
static void
forget_sets(struct feed *f)
{
	strlist_release(&f->entry.categories);
}

static void
record_start(struct feed *f, const char *name, struct attributes a)
{
	struct slice version;
	const char *why;

	if (strcmp(name, "header") == 0) {
		f->mode = IN_HEADER;
		f->entry.deleted =
		    slice_eq(feed_attribute(a, "status"), "deleted");
	} else if (strcmp(name, "metadata") == 0) {
		f->mode = IN_METADATA;
	} else if (strcmp(name, "dc") == 0) {
		f->mode = IN_DC;
		f->subjects = 0;
	} else if (strcmp(name, "categories") == 0) {
		forget_sets(f);
	} else if (strcmp(name, "author") == 0) {
		f->mode = IN_AUTHOR;
		strbuf_reset(&f->scratch);
	} else if (strcmp(name, "version") == 0) {
		char digits[8] = "";

		version = feed_attribute(a, "version");
		if (version.n > 1 && version.n < sizeof(digits))
			memcpy(digits, version.p + 1, version.n - 1);
		number_long(digits, 1, 9999, &f->entry.version, &why);
	}
}

static void
oai_start(struct feed *f, const char *name, struct attributes a)
{
	if (strcmp(name, "record") == 0) {
		f->info->kind = KIND_OAI;
		feed_entry_start(f, "oai");
		f->mode = 0;
	} else if (f->in_entry) {
		record_start(f, name, a);
	} else if (strcmp(name, "error") == 0) {
		feed_keep(&f->info->error_code, feed_attribute(a, "code"));
	}
}

static void
deleted_end(struct feed *f)
{
	f->in_entry = false;
	f->info->entries++;
	f->info->deleted++;
	if (f->sink->silent)
		return;
	run_counts.in++;
	run_dropped("deleted", 1);
}

static void
answer_field(struct feed *f, const char *name, struct slice text)
{
	struct feed_info *info = f->info;

	if (strcmp(name, "responseDate") == 0) {
		info->kind = KIND_OAI;
		feed_keep(&info->response_date, text);
	} else if (strcmp(name, "resumptionToken") == 0) {
		feed_keep(&info->token, text);
		if (info->token[0] == '\0') {
			free(info->token);
			info->token = NULL;
		}
	} else if (strcmp(name, "error") == 0) {
		if (strcmp(info->error_code, "noRecordsMatch") != 0)
			feed_error(info, "arXiv says: %s: %.*s",
			    info->error_code, (int)text.n, text.p);
	}
}

static void
oai_end(struct feed *f, const char *name, struct slice text)
{
	if (!f->in_entry)
		answer_field(f, name, text);
	else if (strcmp(name, "record") == 0 && f->entry.deleted)
		deleted_end(f);
	else if (strcmp(name, "record") == 0)
		feed_entry_end(f, NULL);
	else if (f->mode != 0)
		feed_take(f, fields[f->mode], name, text);
}

const struct feed_format oai_format = {"OAI-PMH", oai_start, oai_end};
const struct feed_format oai_record_format = {"record", oai_start, oai_end};
