/* SPDX-License-Identifier: ISC */
/* feed.h: all kinds of answers, and what tells them apart. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/xmlerror.h>

#include "formats/feed_internal.h"

typedef void
reader(struct input *in, const struct feed_sink *sink, struct feed_info *info);

/* The answers in XML, by their root elements. */
static const struct feed_format *const formats[] = {&rss_format, &rdf_format,
    &atom_format, &oai_format, &oai_record_format, NULL};

/* Of encodings it cannot read libxml2 tells no handler of a parser's. */
static void
say_nothing(void *ctx, const char *fmt, ...)
{
	(void)ctx, (void)fmt;
}

void
feed_formats_init(void)
{
	xmlSetGenericErrorFunc(NULL, say_nothing);
}

void
feed_info_init(struct feed_info *info)
{
	memset(info, 0, sizeof(*info));
	info->announced = info->newest = NO_DAY;
	info->total_results = -1;
}

void
feed_info_release(struct feed_info *info)
{
	free(info->title);
	free(info->error);
	free(info->error_code);
	free(info->token);
	free(info->response_date);
	feed_info_init(info);
}

static bool
begins(struct slice s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && strncasecmp(s.p, word, n) == 0;
}

/* A byte order mark and blanks. */
static void
skip_begin(struct slice *s)
{
	if (begins(*s, "\xef\xbb\xbf")) {
		s->p += 3;
		s->n -= 3;
	}
	while (s->n > 0 && (unsigned char)*s->p <= ' ') {
		s->p++;
		s->n--;
	}
}

static void
read_xml(struct input *in, const struct feed_sink *sink, struct feed_info *info)
{
	feed_read_xml(in, formats, sink, info);
}

static void
refuse_html(
    struct input *in, const struct feed_sink *sink, struct feed_info *info)
{
	(void)in, (void)sink;
	info->malformed = true;
	feed_error(info, "an HTML page, not a feed");
}

static void
refuse(struct input *in, const struct feed_sink *sink, struct feed_info *info)
{
	struct slice s = input_peek(in);

	(void)sink;
	info->malformed = true;
	skip_begin(&s);
	if (in->failed)
		feed_error(info, "%s", in->why);
	else if (s.n == 0)
		feed_error(info, "empty");
	else
		feed_error(info, "not a feed: it begins with \"%.*s\"",
		    (int)(s.n < 40 ? s.n : 40), s.p);
}

/* The kinds, by their first bytes. */
static const struct {
	const char *begin;
	reader *read;
} kinds[] = {
    {"{", snapshot_read},
    {"[", snapshot_read},
    {"<!doctype html", refuse_html},
    {"<html", refuse_html},
    {"<", read_xml},
};

static reader *
find_reader(struct slice s)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (begins(s, kinds[i].begin))
			return kinds[i].read;
	/* UTF-16 has NULs. */
	return s.n > 0 && memchr(s.p, '\0', s.n) != NULL ? read_xml : refuse;
}

bool
feed_read(
    struct input *in, const struct feed_sink *sink, struct feed_info *info)
{
	struct slice s = input_peek(in);

	skip_begin(&s);
	find_reader(s)(in, sink, info);
	return info->error == NULL;
}
