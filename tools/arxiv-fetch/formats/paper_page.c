/* SPDX-License-Identifier: ISC */

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>
#include <libxml/uri.h>

#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/json/json_write.h"
#include "formats/feed_internal.h"

#define AFFILIATIONS_MAX 200
#define CODE_MAX	 20
#define PHRASE_MAX	 2000
/* Of its end, in which </html> must stand. */
#define TAIL		 256

/*
 * Parts of the page.  Each begins with an element, and ends with it; those
 * that are left out are so with all that is in them.
 */
enum part {
	PART_DOCUMENT,
	PART_LEFT_OUT,
	PART_REFERENCE,
	PART_BLOCK,
	PART_ITALIC,
	PART_TITLE,
	PART_AUTHORS,
	PART_PERSON,
	PART_PLACE,
	PART_NOTE,
	PART_FIGURE,
	PART_CAPTION,
	NPARTS
};

/* Whose text goes where, in the order in which they are asked. */
struct reader {
	struct paper_page *page;
	const char *url;
	char *base; /* what addresses on the page start from; NULL: url */
	size_t depth;
	size_t part[NPARTS]; /* the depth of its element; 0: not in one */
	bool was_document, has_figure;
	struct citation_text text;
	struct citation citation;
	struct strbuf phrase; /* of a place or a note */
	struct strbuf caption, image;
	struct jsonw references;
};

static bool
in(const struct reader *r, enum part part)
{
	return r->part[part] != 0;
}

/* True if the list of class names has that one. */
static bool
has_class(const char *classes, const char *name)
{
	size_t n = strlen(name);
	const char *p = classes;

	while (p != NULL && (p = strstr(p, name)) != NULL) {
		if ((p == classes || p[-1] == ' ') &&
		    (p[n] == '\0' || p[n] == ' '))
			return true;
		p += n;
	}
	return false;
}

/* Which elements begin which part, and within which other one it counts. */
static const struct {
	const char *class;
	enum part part, within;
} parts[] = {
    {"ltx_document", PART_DOCUMENT, NPARTS},
    {"ltx_ERROR", PART_LEFT_OUT, PART_DOCUMENT},
    {"ltx_tag", PART_LEFT_OUT, PART_REFERENCE},
    {"ltx_tag", PART_LEFT_OUT, PART_CAPTION},
    {"ltx_bib_cited", PART_LEFT_OUT, PART_REFERENCE},
    {"ltx_bibitem", PART_REFERENCE, PART_DOCUMENT},
    {"ltx_bibblock", PART_BLOCK, PART_REFERENCE},
    {"ltx_bib_title", PART_TITLE, PART_REFERENCE},
    {"ltx_font_italic", PART_ITALIC, PART_REFERENCE},
    {"ltx_authors", PART_AUTHORS, PART_DOCUMENT},
    {"ltx_personname", PART_PERSON, PART_AUTHORS},
    {"ltx_role_affiliation", PART_PLACE, PART_AUTHORS},
    {"ltx_role_address", PART_PLACE, PART_AUTHORS},
    {"ltx_role_institution", PART_PLACE, PART_AUTHORS},
    {"ltx_contact", PART_LEFT_OUT, PART_AUTHORS},
    {"ltx_author_notes", PART_NOTE, PART_AUTHORS},
    {"ltx_figure", PART_FIGURE, PART_DOCUMENT},
    {"ltx_caption", PART_CAPTION, PART_FIGURE},
};

/* ------------------------------------------------------------------- text */

/* White space of any kind becomes one blank. */
static void
add_folded(struct strbuf *b, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool blank = (unsigned char)p[i] <= ' ';

		if (!blank && (unsigned char)p[i] == 0xc2 && i + 1 < n &&
		    (unsigned char)p[i + 1] == 0xa0) {
			blank = true;
			i++;
		}
		if (!blank)
			strbuf_addch(b, p[i]);
		else if (b->len > 0 && b->s[b->len - 1] != ' ')
			strbuf_addch(b, ' ');
	}
}

static void
add_reference_text(struct reader *r, const char *p, size_t n)
{
	struct citation_text *t = &r->text;

	add_folded(&t->text, p, n);
	if (in(r, PART_TITLE))
		add_folded(&t->title, p, n);
	if (in(r, PART_ITALIC))
		t->italic_end = t->text.len;
}

static void
add_text(struct reader *r, const char *p, size_t n)
{
	if (in(r, PART_LEFT_OUT) || !in(r, PART_DOCUMENT))
		return;
	if (in(r, PART_REFERENCE))
		add_reference_text(r, p, n);
	else if (in(r, PART_PLACE) || in(r, PART_NOTE) || in(r, PART_PERSON))
		add_folded(&r->phrase, p, n);
	else if (in(r, PART_CAPTION) && !r->has_figure)
		add_folded(&r->caption, p, n);
}

static void
on_text(void *ctx, const xmlChar *p, int n)
{
	add_text(ctx, (const char *)p, (size_t)n);
}

/* The text is whole, if cut at a character, and UTF-8. */
static struct slice
clean(const struct strbuf *b, struct strbuf *out)
{
	struct slice s = slice_trim(strbuf_slice(b));

	strbuf_reset(out);
	utf8_add_clean(out, s.p, utf8_cut(s.p, s.n, s.n));
	return slice_trim(strbuf_slice(out));
}

/* ----------------------------------------------------------------- places */

/* Notes tell many things; these are of a place. */
static bool
tells_place(struct slice s)
{
	static const char *const words[] = {"univ", "instit", "laborat",
	    "depart", "dept", "school", "college", "research", "center",
	    "centre", "academ", "hospital", "inc.", "corp", "gmbh", "ltd",
	    "facult", "observ", "cnrs", "inria"};

	for (; s.n > 3; s.p++, s.n--)
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (strlen(words[i]) <= s.n &&
			    strncasecmp(s.p, words[i], strlen(words[i])) == 0)
				return true;
	return false;
}

static void
end_place(struct reader *r, bool certain)
{
	struct strlist *places = &r->page->affiliations;
	struct strbuf b = STRBUF_INIT(PHRASE_MAX);
	struct slice s = clean(&r->phrase, &b);

	/* The signs that lead to it from a name, and what parts it from the
	 * next one. */
	while (s.n > 0 && !ascii_letter(*s.p) &&
	    ((*s.p & 0x80) == 0 || (unsigned char)*s.p == 0xe2)) {
		size_t n = (*s.p & 0x80) == 0 || s.n < 3 ? 1 : 3;

		s.p += n;
		s.n -= n;
	}
	while (s.n > 0 && strchr(" ,;", s.p[s.n - 1]) != NULL)
		s.n--;
	if (s.n > 1 && places->n < AFFILIATIONS_MAX &&
	    memchr(s.p, '@', s.n) == NULL && (certain || tells_place(s)))
		strlist_add_new(places, s);
	strbuf_reset(&r->phrase);
	strbuf_release(&b);
}

/* A line of a name, or of a place. */
static void
end_line(struct reader *r)
{
	if (in(r, PART_PLACE)) {
		while (r->phrase.len > 0 &&
		    strchr(" ,", r->phrase.s[r->phrase.len - 1]) != NULL)
			strbuf_setlen(&r->phrase, r->phrase.len - 1);
		if (r->phrase.len > 0)
			strbuf_addstr(&r->phrase, ", ");
	} else if (in(r, PART_PERSON) || in(r, PART_NOTE))
		end_place(r, false);
}

/* ------------------------------------------------------------- references */

static void
put_text(struct jsonw *j, const char *key, struct slice s)
{
	struct strbuf b = STRBUF_INIT(PAPER_PAGE_BYTES);

	if (s.n == 0)
		return;
	utf8_add_clean(&b, s.p, s.n);
	jsonw_slice(jsonw_key(j, key), strbuf_slice(&b));
	strbuf_release(&b);
}

static void
end_reference(struct reader *r)
{
	struct jsonw *j = &r->references;
	struct citation *c = &r->citation;

	if (r->text.text.len == 0 && r->text.links.len == 0)
		return;
	if (r->page->nreferences == PAPER_PAGE_REFERENCES ||
	    r->page->references.len > PAPER_PAGE_BYTES) {
		r->page->left_out++;
		return;
	}
	citation_read(c, &r->text);
	r->page->nreferences++;
	jsonw_open(j, '{');
	put_text(j, "arxiv", slice_of(c->arxiv));
	put_text(j, "doi", strbuf_slice(&c->doi));
	put_text(j, "title", c->title);
	put_text(j, "authors", c->authors);
	if (c->year != 0)
		jsonw_int(jsonw_key(j, "year"), c->year);
	jsonw_close(j, '}');
}

/* Parts of one entry do not go on in the next. */
static void
begin_block(struct reader *r)
{
	struct citation_text *t = &r->text;

	if (t->text.len > 0)
		add_folded(&t->text, " ", 1);
	if (t->nblocks < CITATION_BLOCKS)
		t->block[t->nblocks++] = t->text.len;
}

/* ----------------------------------------------------------------- figure */

/* Its address, if that is on the site the page is from. */
static void
take_image(struct reader *r, const char *src)
{
	const char *path = strstr(r->url, "://");
	xmlChar *uri;
	size_t site;

	if (src == NULL || r->has_figure || r->image.len > 0 || path == NULL)
		return;
	site = (size_t)(path - r->url) + 3;
	site += strcspn(r->url + site, "/") + 1;
	uri = xmlBuildURI((const xmlChar *)src,
	    (const xmlChar *)(r->base != NULL ? r->base : r->url));
	if (uri != NULL && strncmp((char *)uri, r->url, site) == 0 &&
	    utf8_valid((char *)uri, strlen((char *)uri)))
		strbuf_addstr(&r->image, (char *)uri);
	xmlFree(uri);
}

static void
end_figure(struct reader *r)
{
	struct jsonw j = JSONW_INIT(&r->page->figure);
	struct strbuf b = STRBUF_INIT(PHRASE_MAX);

	if (r->image.len > 0 && !r->has_figure) {
		r->has_figure = true;
		jsonw_open(&j, '{');
		put_text(&j, "url", strbuf_slice(&r->image));
		put_text(&j, "caption", clean(&r->caption, &b));
		jsonw_close(&j, '}');
	}
	strbuf_reset(&r->image);
	strbuf_reset(&r->caption);
	strbuf_release(&b);
}

/* --------------------------------------------------------------- elements */

static const char *
attribute(const xmlChar **attributes, const char *name)
{
	for (; attributes != NULL && *attributes != NULL; attributes += 2)
		if (strcmp((const char *)*attributes, name) == 0)
			return (const char *)attributes[1];
	return NULL;
}

static void
begin_part(struct reader *r, enum part part)
{
	if (in(r, part))
		return;
	r->part[part] = r->depth;
	switch (part) {
	case PART_DOCUMENT:
		r->was_document = true;
		break;
	case PART_REFERENCE:
		citation_text_reset(&r->text);
		break;
	case PART_BLOCK:
		begin_block(r);
		break;
	case PART_ITALIC:
		if (r->text.italic_end > 0)
			r->part[part] = 0; /* only the first counts */
		else
			r->text.italic = r->text.text.len;
		break;
	case PART_PLACE:
	case PART_PERSON:
	case PART_NOTE:
		strbuf_reset(&r->phrase);
		break;
	default:
		break;
	}
}

static void
end_part(struct reader *r, enum part part)
{
	switch (part) {
	case PART_REFERENCE:
		end_reference(r);
		break;
	case PART_PLACE:
		end_place(r, true);
		break;
	case PART_PERSON:
	case PART_NOTE:
		end_place(r, false);
		break;
	case PART_FIGURE:
		end_figure(r);
		break;
	default:
		break;
	}
	r->part[part] = 0;
}

static void
take_classes(struct reader *r, const char *classes)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if ((parts[i].within == NPARTS || in(r, parts[i].within)) &&
		    has_class(classes, parts[i].class) &&
		    /* What is told of a place is not left out with contacts. */
		    !(parts[i].part == PART_LEFT_OUT && in(r, PART_PLACE)))
			begin_part(r, parts[i].part);
}

static void
take_link(struct reader *r, const char *href)
{
	if (href == NULL || !in(r, PART_DOCUMENT))
		return;
	if (in(r, PART_REFERENCE)) {
		strbuf_addstr(&r->text.links, href);
		strbuf_addch(&r->text.links, ' ');
	} else if (r->page->code.n < CODE_MAX &&
	    utf8_valid(href, strlen(href))) {
		code_links_find(&r->page->code, slice_of(href));
	}
}

/* A formula is its TeX, and nothing of what it is drawn of. */
static void
take_formula(struct reader *r, const char *tex)
{
	if (tex != NULL && !in(r, PART_LEFT_OUT)) {
		add_text(r, "$", 1);
		add_text(r, tex, strlen(tex));
		add_text(r, "$", 1);
	}
	begin_part(r, PART_LEFT_OUT);
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	const char *classes = attribute(attributes, "class");
	const char *element = (const char *)name;
	struct reader *r = ctx;

	r->depth++;
	if (strcmp(element, "base") == 0 && r->base == NULL) {
		const char *href = attribute(attributes, "href");

		if (href != NULL)
			r->base = (char *)xmlBuildURI(
			    (const xmlChar *)href, (const xmlChar *)r->url);
	}
	take_classes(r, classes);
	if (strcmp(element, "a") == 0)
		take_link(r, attribute(attributes, "href"));
	else if (strcmp(element, "br") == 0 ||
	    (in(r, PART_PLACE) && classes != NULL &&
		strstr(classes, "ltx_affiliation_") != NULL))
		end_line(r);
	else if (strcmp(element, "math") == 0)
		take_formula(r, attribute(attributes, "alttext"));
	else if (strcmp(element, "img") == 0 && in(r, PART_FIGURE))
		take_image(r, attribute(attributes, "src"));
}

static void
on_end(void *ctx, const xmlChar *name)
{
	struct reader *r = ctx;

	(void)name;
	for (int part = NPARTS - 1; part >= 0; part--)
		if (r->part[part] == r->depth && r->depth > 0)
			end_part(r, (enum part)part);
	if (r->depth > 0)
		r->depth--;
}

/* ---------------------------------------------------------------- reading */

void
paper_page_init(struct paper_page *p)
{
	*p = (struct paper_page) {.nreferences = 0};
	strbuf_init(&p->references, PAPER_PAGE_BYTES + ((size_t)1 << 20));
	strbuf_init(&p->figure, 2 * PAPER_PAGE_BYTES);
}

void
paper_page_release(struct paper_page *p)
{
	strbuf_release(&p->references);
	strbuf_release(&p->figure);
	strlist_release(&p->affiliations);
	strlist_release(&p->code);
}

static void
reader_init(struct reader *r, struct paper_page *p, const char *url)
{
	*r = (struct reader) {.page = p, .url = url};
	citation_text_init(&r->text);
	citation_init(&r->citation);
	strbuf_init(&r->phrase, PHRASE_MAX);
	strbuf_init(&r->caption, PHRASE_MAX);
	strbuf_init(&r->image, PHRASE_MAX);
	r->references = (struct jsonw)JSONW_INIT(&p->references);
}

static void
reader_release(struct reader *r)
{
	citation_text_release(&r->text);
	citation_release(&r->citation);
	strbuf_release(&r->phrase);
	strbuf_release(&r->caption);
	strbuf_release(&r->image);
	xmlFree(r->base);
}

/* Gives all of it to the parser; the last bytes are in tail. */
static void
parse(htmlParserCtxtPtr parser, struct input *in, struct strbuf *tail)
{
	struct slice s;
	char buf[16384];
	long n;

	while ((n = input_read(in, buf, sizeof(buf))) > 0) {
		htmlParseChunk(parser, buf, (int)n, 0);
		s = (struct slice) {buf, (size_t)n};
		if (s.n > TAIL)
			s = (struct slice) {buf + n - TAIL, TAIL};
		if (tail->len + s.n > 2 * TAIL) {
			memmove(tail->s, tail->s + tail->len - TAIL, TAIL);
			strbuf_setlen(tail, TAIL);
		}
		strbuf_addslice(tail, s);
	}
	htmlParseChunk(parser, buf, 0, 1);
}

/* A page that was cut off in the middle has no end. */
static bool
ends(const struct strbuf *tail)
{
	static const char end[] = "</html>";

	for (size_t i = 0; i + sizeof(end) - 1 <= tail->len; i++)
		if (strncasecmp(tail->s + i, end, sizeof(end) - 1) == 0)
			return true;
	return false;
}

bool
paper_page_read(
    struct paper_page *p, int fd, const char *url, char *why, size_t size)
{
	htmlSAXHandler sax = {
	    .startElement = on_start,
	    .endElement = on_end,
	    .characters = on_text,
	    .cdataBlock = on_text,
	};
	struct strbuf tail = STRBUF_INIT((size_t)2 * TAIL + 1);
	htmlParserCtxtPtr parser;
	struct input in;
	struct reader r;

	reader_init(&r, p, url);
	jsonw_open(&r.references, '[');
	parser = htmlCreatePushParserCtxt(
	    &sax, &r, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (parser == NULL || !input_open_fd(&in, fd, url))
		xalloc_die();
	htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_RECOVER);
	parse(parser, &in, &tail);
	jsonw_close(&r.references, ']');
	snprintf(why, size, "%s",
	    in.failed		  ? in.why
		: !r.was_document ? "it is no paper in HTML"
		: !ends(&tail)	  ? "the page is cut off"
				  : "");
	input_close(&in);
	if (parser->myDoc != NULL)
		xmlFreeDoc(parser->myDoc);
	htmlFreeParserCtxt(parser);
	reader_release(&r);
	strbuf_release(&tail);
	return *why == '\0';
}
