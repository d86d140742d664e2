/* SPDX-License-Identifier: ISC */
/*
 * Between the files of this folder: kinds.c tells them apart, feed_xml.c reads
 * XML, field_setters.c is what formats share, and each format has a file.
 */
#ifndef FEED_INTERNAL_H
#define FEED_INTERNAL_H

#include <stddef.h>

#include <libxml/parser.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/record/arxiv_id.h"
#include "formats/feed.h"

struct feed_format;

/* An XML answer being read. */
struct feed {
	struct input *in;
	const struct feed_sink *sink;
	struct feed_info *info;
	const struct feed_format *const *formats; /* ended by NULL */
	const struct feed_format *format; /* NULL before the root */
	xmlParserCtxtPtr xml;
	struct strbuf text; /* of the innermost element so far */
	struct entry entry;
	bool in_entry;
	int mode; /* the format's own */
	size_t subjects; /* so many of oai_dc lead the entry's categories */
	struct strbuf scratch;
	unsigned long replaced; /* forbidden characters */
	unsigned long replaced_line; /* of the first; 0: unknown */
	bool begun, wide; /* something was read, and it is UTF-16 */
};

struct attributes {
	const xmlChar **v; /* as libxml2's SAX2 gives them */
	int n;
};

/* Elements are told apart by their local names; prefixes and namespaces vary
 * more than the names do. */
struct feed_format {
	const char *root;
	void (*start)(struct feed *f, const char *name, struct attributes a);
	/* text is all character data since the innermost start. */
	void (*end)(struct feed *f, const char *name, struct slice text);
};

/*
 * What is done with the text of an element of an entry: it becomes a text of
 * the entry as it stands, or is taken.  Tables end with a NULL name.
 */
struct feed_field {
	const char *name;
	enum entry_text text; /* if take is NULL */
	void (*take)(struct feed *f, struct slice text);
};

/* Does it; elements that are not in the table say nothing. */
void feed_take(struct feed *f, const struct feed_field *table, const char *name,
    struct slice text);

/* Texts (field_setters.c) */

/*
 * Adds the names of "A. One (Inst, City), B. Two" to names: affiliations in
 * parentheses, marks and "et al." are left out, "Jr." stays with its name, TeX
 * is kept.  with_and also splits at "and", which the raw list of the OAI
 * interface uses and the feeds do not.
 */
void authors_split(struct strlist *names, struct slice text, bool with_and);
/* Adds one name, whatever commas it has; marks and a colon behind it are left
 * out, and a text without letters is no name. */
void author_add(struct strlist *names, struct slice text);

/*
 * "arXiv:2504.17830v1 Announce Type: new \nAbstract: We .." sets id, version,
 * announcement and abstract; text without that head is the abstract.
 */
void description_apply(struct entry *e, struct slice text);
/* "TeX title (arXiv:1111.11111v1 [astro-ph.GA] UPDATED)", as feeds had it
 * until 2024, sets title, id, version and primary category. */
void old_title_apply(struct entry *e, struct slice text);
/* Appends text without HTML tags, its five entities decoded. */
void html_strip(struct strbuf *out, struct slice text);
/* Appends the first of several DOIs, without "doi:" or a resolver; nothing if
 * there is none. */
void first_doi(struct strbuf *out, struct slice text);
/* Without the comma that it may begin with. */
struct slice journal_ref(struct slice text);

/* Setters that formats share. */
void set_announce_type(struct feed *f, struct slice text);
void set_description(struct feed *f, struct slice text);
void set_categories(struct feed *f, struct slice text);
void set_journal_ref(struct feed *f, struct slice text);
/* Several are separated by blanks, or the element repeats; the first is the
 * paper's. */
void set_doi(struct feed *f, struct slice text);
/* One text with all authors and their affiliations. */
void set_creator(struct feed *f, struct slice text);

extern const struct feed_format rss_format, rdf_format, atom_format;
extern const struct feed_format oai_format, oai_record_format;

/* The value of an attribute by its local name; empty if absent. */
struct slice feed_attribute(struct attributes a, const char *name);
void feed_entry_start(struct feed *f, const char *source);
/* Gives the entry out, or reports it; problem may be NULL. */
void feed_entry_end(struct feed *f, const char *problem);
/* The first error counts. */
void feed_error(struct feed_info *info, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Keeps the first of several. */
void feed_keep(char **where, struct slice text);
/* What stands below the title is the error, if the title says that it is
 * one: arXiv gives errors the form of a feed. */
void feed_subtitle(struct feed_info *info, struct slice text);
/* "2025-04-28" in Ithaca from an RFC 822 or RFC 3339 time. */
day_t feed_day(struct slice text);
moment_t feed_moment(struct slice text);

/* Reads an answer in XML, in the format that its root element tells. */
void feed_read_xml(struct input *in, const struct feed_format *const *formats,
    const struct feed_sink *sink, struct feed_info *info);
/* Snapshot lines need no XML. */
void snapshot_read(
    struct input *in, const struct feed_sink *sink, struct feed_info *info);
/* Counts the entry and hands it out, or reports it with its line. */
void feed_give(struct input *in, unsigned long line, struct entry *e,
    const char *problem, const struct feed_sink *sink, struct feed_info *info);

/*
 * citation.c: an entry of a list of references, in the styles that people use,
 * taken apart as far as it says itself what is what: no title is better than a
 * wrong one.
 */

#define CITATION_BLOCKS 8

/* The entry as it is printed: its text, white space folded, and what its
 * markup tells.  Reused for one entry after the other. */
struct citation_text {
	struct strbuf text;
	size_t block[CITATION_BLOCKS]; /* where \newblock begins one */
	size_t nblocks;
	size_t italic, italic_end; /* the first words in italics, or 0, 0 */
	struct strbuf title; /* said to be it; empty: nothing is */
	struct strbuf links; /* addresses, each with a blank behind it */
};

/* Slices are parts of the text it was read from. */
struct citation {
	char arxiv[ARXIV_ID_SIZE]; /* "": not known, as all of these */
	struct strbuf doi; /* lower case, without a resolver */
	struct slice title, authors;
	long year; /* 0: not known */
};

void citation_text_init(struct citation_text *t);
void citation_text_release(struct citation_text *t);
void citation_text_reset(struct citation_text *t);

void citation_init(struct citation *c);
void citation_release(struct citation *c);
void citation_read(struct citation *c, const struct citation_text *t);

#endif
