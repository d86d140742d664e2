/* SPDX-License-Identifier: ISC */
/* XML answers, read as they come: what the formats do not see of libxml2, and
 * what they share in handing out entries. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/SAX2.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/cli/run.h"
#include "formats/feed_internal.h"

/* Character data of one element; past it the element is too large to be
 * anything of arXiv's, and what set it aside says so. */
#define TEXT_MAX (4 * ENTRY_TEXT_MAX)

void
feed_error(struct feed_info *info, const char *fmt, ...)
{
	struct strbuf b = STRBUF_INIT(2000);
	va_list ap;

	if (info->error != NULL)
		return;
	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	strbuf_fold_space(&b);
	info->error = strbuf_detach(&b);
}

void
feed_keep(char **where, struct slice text)
{
	struct strbuf b = STRBUF_INIT(TEXT_MAX);

	if (*where != NULL)
		return;
	strbuf_addslice(&b, text);
	strbuf_fold_space(&b);
	*where = strbuf_detach(&b);
}

void
feed_subtitle(struct feed_info *info, struct slice text)
{
	static const char failure[] = "Feed error for query:";

	if (info->title != NULL &&
	    strncmp(info->title, failure, sizeof(failure) - 1) == 0)
		feed_error(info, "arXiv says: %.*s", (int)text.n, text.p);
}

static bool
parse_moment(struct slice text, moment_t *t)
{
	char s[64];

	text = slice_trim(text);
	if (text.n >= sizeof(s))
		return false;
	memcpy(s, text.p, text.n);
	s[text.n] = '\0';
	return moment_parse(s, t) || moment_parse_rfc822(s, t);
}

moment_t
feed_moment(struct slice text)
{
	moment_t t;

	return parse_moment(text, &t) ? t : NO_MOMENT;
}

day_t
feed_day(struct slice text)
{
	moment_t t;
	day_t day;

	text = slice_trim(text);
	/* A date alone is one in Ithaca. */
	if (text.n + 1 == DATE_LEN && day_begins(text, &day))
		return day;
	return parse_moment(text, &t) ? eastern_day(t) : NO_DAY;
}

struct slice
feed_attribute(struct attributes a, const char *name)
{
	/* Five pointers each: local name, prefix, URI, value, its end. */
	for (int i = 0; i < a.n; i++) {
		const xmlChar **one = a.v + (ptrdiff_t)5 * i;

		if (strcmp((const char *)one[0], name) == 0)
			return (struct slice) {
			    (const char *)one[3], (size_t)(one[4] - one[3])};
	}
	return (struct slice) {"", 0};
}

/* Entries */

void
feed_give(struct input *in, unsigned long line, struct entry *e,
    const char *problem, const struct feed_sink *sink, struct feed_info *info)
{
	info->entries++;
	if (!sink->silent)
		run_counts.in++;
	if (problem == NULL)
		problem = entry_problem(e);
	if (problem != NULL) {
		info->bad++;
		if (sink->silent)
			return;
		run_counts.failed++;
		msg_error_at(in->name, line, "entry skipped: %s%s%s", problem,
		    e->id[0] != '\0' ? ": " : "", e->id);
		return;
	}
	info->by_type[e->announce]++;
	if (e->announced != NO_DAY && e->announced > info->newest)
		info->newest = e->announced;
	if (sink->entry != NULL)
		sink->entry(sink->arg, e);
}

void
feed_entry_start(struct feed *f, const char *source)
{
	entry_reset(&f->entry);
	f->entry.source = source;
	f->in_entry = true;
}

void
feed_entry_end(struct feed *f, const char *problem)
{
	f->in_entry = false;
	feed_give(f->in, (unsigned long)xmlSAX2GetLineNumber(f->xml), &f->entry,
	    problem, f->sink, f->info);
}

/* What libxml2 calls */

static void
stop(struct feed *f)
{
	xmlStopParser(f->xml);
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int nnamespaces, const xmlChar **namespaces,
    int nattributes, int ndefaulted, const xmlChar **attributes)
{
	struct feed *f = ctx;

	(void)prefix, (void)uri, (void)nnamespaces, (void)namespaces;
	(void)ndefaulted;
	strbuf_reset(&f->text);
	for (; f->format == NULL && *f->formats != NULL; f->formats++)
		if (strcmp((*f->formats)->root, (const char *)name) == 0)
			f->format = *f->formats;
	if (f->format == NULL) {
		f->info->malformed = true;
		feed_error(f->info, "<%s> is not an arXiv feed", name);
		stop(f);
		return;
	}
	f->format->start(f, (const char *)name,
	    (struct attributes) {attributes, nattributes});
}

static void
on_end(
    void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct feed *f = ctx;

	(void)prefix, (void)uri;
	if (f->info->error == NULL || !f->info->malformed)
		f->format->end(f, (const char *)name, strbuf_slice(&f->text));
	strbuf_reset(&f->text);
}

static void
on_text(void *ctx, const xmlChar *p, int n)
{
	struct feed *f = ctx;

	strbuf_add(&f->text, p, (size_t)n);
	/* So that what is made of it overflows too. */
	if (f->text.overflow)
		f->text.len = f->text.len > ENTRY_TEXT_MAX ? f->text.len : 0;
}

/* Entities belong to a DOCTYPE; no feed has one, attacks do. */
static void
on_doctype(void *ctx, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	struct feed *f = ctx;

	(void)name, (void)external, (void)system;
	feed_error(f->info, "refused: it has a DOCTYPE");
	stop(f);
}

static void
note_replaced(struct feed *f, unsigned long line)
{
	if (f->replaced++ == 0)
		f->replaced_line = line;
}

/* One record of a page must not cost the others. */
static void
tell_replaced(const struct feed *f)
{
	if (f->replaced > 0 && !f->sink->silent)
		msg_warn_at(f->in->name, f->replaced_line,
		    "characters that XML forbids were replaced: %lu",
		    f->replaced);
}

static void
on_error(void *ctx, xmlErrorPtr e)
{
	struct feed *f = ctx;

	/* Warnings and namespace errors do no harm. */
	if (e->level != XML_ERR_FATAL || f->info->error != NULL)
		return;
	/* "&#2;" */
	if (e->code == XML_ERR_INVALID_CHAR) {
		strbuf_addch(&f->text, ' ');
		note_replaced(f, (unsigned long)e->line);
		return;
	}
	f->info->malformed = true;
	f->info->error_line = (unsigned long)e->line;
	/* cat *.xml */
	if (e->code == XML_ERR_RESERVED_XML_NAME)
		feed_error(f->info,
		    "another document begins here: give each as a file");
	else
		feed_error(f->info, "not well-formed XML: %s", e->message);
	stop(f);
}

#define BLOCK 64

static bool
is_forbidden(char c)
{
	return (unsigned char)c < ' ' && c != '\n' && c != '\t' && c != '\r';
}

/* Nearly no block of a feed has one.  All of it is looked at at once, without
 * a way out of the loop, which compilers then make fast. */
static bool
has_forbidden(const char *block)
{
	unsigned char any = 0;

	for (size_t i = 0; i < BLOCK; i++)
		any |= is_forbidden(block[i]);
	return any != 0;
}

/* Controls that XML forbids become blanks; UTF-16 begins with a mark or with a
 * zero, and has them in its characters. */
static void
replace_controls(struct feed *f, char *p, size_t n)
{
	if (!f->begun && n >= 2)
		f->wide =
		    (unsigned char)*p >= 0xfe || *p == '\0' || p[1] == '\0';
	f->begun = true;
	for (size_t i = 0; i < n && !f->wide; i++) {
		while (i + BLOCK <= n && !has_forbidden(p + i))
			i += BLOCK;
		if (i < n && is_forbidden(p[i])) {
			p[i] = ' ';
			note_replaced(f, 0);
		}
	}
}

static int
on_read(void *ctx, char *p, int n)
{
	struct feed *f = ctx;
	long got = input_read(f->in, p, (size_t)n);

	if (got < 0) {
		f->info->malformed = true;
		feed_error(f->info, "%s", f->in->why);
	} else {
		replace_controls(f, p, (size_t)got);
	}
	return (int)got;
}

static int
on_close(void *ctx)
{
	(void)ctx;
	return 0;
}

void
feed_read_xml(struct input *in, const struct feed_format *const *formats,
    const struct feed_sink *sink, struct feed_info *info)
{
	xmlSAXHandler sax = {
	    .initialized = XML_SAX2_MAGIC,
	    .internalSubset = on_doctype,
	    .startElementNs = on_start,
	    .endElementNs = on_end,
	    .characters = on_text,
	    /* The same, so that libxml2 need not tell which it is. */
	    .ignorableWhitespace = on_text,
	    .cdataBlock = on_text,
	    .serror = on_error,
	};
	struct feed f = {
	    .in = in, .formats = formats, .sink = sink, .info = info};

	strbuf_init(&f.text, TEXT_MAX);
	strbuf_init(&f.scratch, TEXT_MAX);
	entry_init(&f.entry);
	f.xml = xmlCreateIOParserCtxt(
	    &sax, &f, on_read, on_close, &f, XML_CHAR_ENCODING_NONE);
	if (f.xml == NULL)
		xalloc_die();
	/* It goes on after errors, but for those that on_error stops at. */
	xmlCtxtUseOptions(f.xml, XML_PARSE_NONET | XML_PARSE_RECOVER);
	if (xmlParseDocument(f.xml) != 0 && info->error == NULL &&
	    f.replaced == 0) {
		info->malformed = true;
		feed_error(info, "not well-formed XML");
	}
	/* Made by libxml2 for declarations, whatever the handlers are. */
	if (f.xml->myDoc != NULL)
		xmlFreeDoc(f.xml->myDoc);
	xmlFreeParserCtxt(f.xml);
	tell_replaced(&f);
	entry_release(&f.entry);
	strbuf_release(&f.scratch);
	strbuf_release(&f.text);
}
