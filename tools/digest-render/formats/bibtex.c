/* SPDX-License-Identifier: ISC */
/* BibTeX, the fields named as arXiv's own export names them. */
#include <ctype.h>
#include <string.h>

#include "common/text/byline.h"
#include "formats/render.h"
#include "text/escape.h"

static void
add_field(struct strbuf *b, const char *name, struct slice text)
{
	if (text.n == 0)
		return;
	strbuf_addf(b, ",\n  %-13s = {", name);
	escape_bibtex(b, text);
	strbuf_addch(b, '}');
}

/* The id, since it never changes; what a key may not hold becomes a dash. */
static void
add_key(struct strbuf *b, struct slice id)
{
	for (size_t i = 0; i < id.n; i++) {
		unsigned char c = (unsigned char)id.p[i];

		strbuf_addch(b,
		    c < 0x80 && (isalnum(c) || c == '.' || c == '-') ? (char)c
								     : '-');
	}
}

/* yymm in an id of arXiv's, of either age. */
static const char *
find_yymm(struct slice id)
{
	const char *slash = memchr(id.p, '/', id.n);

	return slash != NULL ? slash + 1 : id.p;
}

/* What is not arXiv's has no date in its id. */
static void
add_known_date(struct strbuf *b, const struct digest_paper *p)
{
	struct ymd date;
	day_t day;

	if (!day_begins(p->announced, &day) && !day_begins(p->published, &day))
		return;
	date = day_to_ymd(day);
	strbuf_addf(b, ",\n  %-13s = {%d}", "year", date.year);
	strbuf_addf(b, ",\n  %-13s = %c%.2s", "month",
	    tolower((unsigned char)*month_name(date.month)),
	    month_name(date.month) + 1);
}

static void
add_date(struct strbuf *b, const struct digest_paper *p)
{
	const char *yymm;
	int month;

	if (!p->arxiv) {
		add_known_date(b, p);
		return;
	}
	yymm = find_yymm(p->id);
	/* arXiv began in 1991. */
	strbuf_addf(b, ",\n  %-13s = {%s%.2s}", "year",
	    yymm[0] == '9' ? "19" : "20", yymm);
	month = (yymm[2] - '0') * 10 + yymm[3] - '0';
	if (month >= 1 && month <= 12)
		strbuf_addf(b, ",\n  %-13s = %c%.2s", "month",
		    tolower((unsigned char)*month_name(month)),
		    month_name(month) + 1);
}

/* The length of "Jr." and its like behind a name, with the blank before it. */
static size_t
suffix_length(struct slice name)
{
	static const char *const suffixes[] = {
	    " Jr.", " Jr", " Sr.", " Sr", " II", " III", " IV"};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		size_t n = strlen(suffixes[i]);

		if (name.n > n &&
		    memcmp(name.p + name.n - n, suffixes[i], n) == 0)
			return n;
	}
	return 0;
}

/* Where the family name begins: its last word, with "van der" before it. */
static size_t
find_family(struct slice name)
{
	size_t at = name.n, word;

	do {
		for (word = at; word > 0 && name.p[word - 1] != ' ';)
			word--;
		at = word > 0 ? word - 1 : 0;
		for (word = at; word > 0 && name.p[word - 1] != ' ';)
			word--;
	} while (word > 0 && islower((unsigned char)name.p[word]));
	return at > 0 ? at + 1 : 0;
}

/* "Louis Gates Jr." is "Gates, Jr., Louis", or Jr. would be his family. */
static void
add_with_suffix(struct strbuf *b, struct slice name, struct slice suffix)
{
	size_t at = find_family(name);

	escape_bibtex(b, (struct slice) {name.p + at, name.n - at});
	strbuf_addstr(b, ", ");
	escape_bibtex(b, suffix);
	strbuf_addstr(b, ", ");
	escape_bibtex(b, slice_trim((struct slice) {name.p, at}));
}

/* A group's name is taken as it stands; "and" inside of it would split it.
 * arXiv puts given names first, so a comma there is no person's; others write
 * "Family, Given", as BibTeX does. */
static void
add_author(struct strbuf *b, struct slice name, bool arxiv)
{
	size_t n = suffix_length(name);
	struct slice suffix = {name.p + name.n - n + 1, n - 1};
	struct slice person = {name.p, name.n - n};

	if (n > 0 && person.p[person.n - 1] == ',')
		person.n--;
	if ((arxiv && memchr(person.p, ',', person.n) != NULL) ||
	    byline_is_group(name) || (n > 0 && find_family(person) == 0)) {
		strbuf_addch(b, '{');
		escape_bibtex(b, name);
		strbuf_addch(b, '}');
	} else if (n > 0) {
		add_with_suffix(b, person, suffix);
	} else {
		escape_bibtex(b, name);
	}
}

static void
add_authors(struct strbuf *b, const struct slices *authors, bool arxiv)
{
	if (authors->n == 0)
		return;
	strbuf_addf(b, ",\n  %-13s = {", "author");
	for (size_t i = 0; i < authors->n; i++) {
		strbuf_addstr(b, i > 0 ? " and " : "");
		add_author(b, authors->v[i], arxiv);
	}
	strbuf_addch(b, '}');
}

static void
add_entry(struct strbuf *b, const struct digest_paper *p)
{
	strbuf_addf(b, "@%s{", p->journal_ref.n > 0 ? "article" : "misc");
	add_key(b, p->id);
	add_field(b, "title", p->title);
	add_authors(b, &p->authors, p->arxiv);
	add_date(b, p);
	add_field(b, "journal", p->journal_ref);
	if (p->arxiv) {
		add_field(b, "eprint", p->id);
		add_field(b, "archiveprefix", SLICE_LIT("arXiv"));
		add_field(b, "primaryclass", p->primary);
	}
	add_field(b, "doi", p->doi);
	strbuf_addf(b, ",\n  %-13s = {%s}", "url", p->url.p);
	add_field(b, "note", p->arxiv_comment);
	add_field(b, "annote", p->comment);
	add_field(b, "abstract", p->abstract);
	strbuf_addstr(b, "\n}\n");
}

/* What stands outside of entries is a comment, as long as there is no @. */
static void
add_comment(struct strbuf *b, struct slice text)
{
	size_t at = b->len;
	char *c;

	escape_tty(b, text);
	for (c = b->s + at; *c != '\0'; c++)
		if (*c == '@')
			*c = ' ';
	strbuf_addch(b, '\n');
}

void
render_bibtex(const struct digest *d, struct output *out)
{
	add_comment(&out->buf, d->heading);
	for (size_t i = 0; i < d->nnotices; i++)
		add_comment(&out->buf, d->notices[i].text);
	if (d->empty_reason.n > 0)
		add_comment(&out->buf, d->empty_reason);
	for (size_t i = 0; i < d->papers.n; i++) {
		strbuf_addch(&out->buf, '\n');
		add_entry(&out->buf, d->papers.v[i]);
		render_spill(out);
	}
}
