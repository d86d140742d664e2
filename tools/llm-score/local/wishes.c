/* SPDX-License-Identifier: ISC */
#include "local/local.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/xalloc.h"
#include "score.h"

/* A line that is this short ends where its writer wanted it to. */
#define SHORT_LINE 50

/* Sentences are gathered here, whole, before they are read. */
struct reader {
	struct wishes *out;
	struct tokens *tokens;
	size_t topic;
	bool labelled; /* in a list with a label .. */
	bool unwanted; /* .. that says this */
	struct strbuf text;
};

/* What a label before a colon says of its list. */
static const struct label {
	const char *name;
	bool unwanted;
} labels[] = {
    {"relevant", false},
    {"keywords", false},
    {"wanted", false},
    {"topics", false},
    {"interests", false},
    {"i like", false},
    {"irrelevant", true},
    {"application", true},
    {"applications", true},
    {"unwanted", true},
    {"not", true},
    {"not wanted", true},
    {"not interested in", true},
    {"exclude", true},
    {"avoid", true},
};

static void
flush(struct reader *r)
{
	sentence_read(r->out, r->tokens, strbuf_slice(&r->text), r->topic,
	    r->labelled && r->unwanted);
	strbuf_reset(&r->text);
}

/* A heading's name says what is wanted, unless it says nothing. */
static void
start_topic(struct reader *r, struct slice line)
{
	struct wishes *out = r->out;
	const char *brace = memchr(line.p, '{', line.n);
	struct slice id = topics_line_id(line), name = line;
	size_t before = out->n;

	if (brace != NULL)
		name = slice_trim(
		    (struct slice) {line.p, (size_t)(brace - line.p)});
	r->labelled = false;
	r->topic = out->ntopics;
	strbuf_addslice(&r->text, name);
	flush(r);
	if (out->n == before && id.n == 0) {
		r->topic = WISH_NO_TOPIC;
		return;
	}
	out->topics = xgrow(out->topics, &out->topics_cap, out->ntopics + 1,
	    sizeof(*out->topics));
	out->topics[out->ntopics++] = (struct wish_topic) {
	    .id = id.n > 0 ? xmemdup0(id.p, id.n) : topics_id_from(name),
	    .name = xmemdup0(name.p, name.n),
	};
}

/* "# Name", "1. Name" or "2) Name"; *name is what follows the mark. */
static bool
is_heading(struct slice line, struct slice *name)
{
	size_t n = 0;

	while (n < line.n && isdigit((unsigned char)line.p[n]))
		n++;
	if (n > 0 && n + 1 < line.n && strchr(".)", line.p[n]) != NULL &&
	    line.p[n + 1] == ' ')
		n++;
	else
		for (n = 0; n < line.n && line.p[n] == '#'; n++)
			;
	*name = slice_trim((struct slice) {line.p + n, line.n - n});
	return n > 0 && name->n > 0;
}

static const struct label *
find_label(struct slice line, struct slice *rest)
{
	const char *colon = memchr(line.p, ':', line.n);
	struct slice name;

	if (colon == NULL)
		return NULL;
	name = (struct slice) {line.p, (size_t)(colon - line.p)};
	while (name.n > 0 && strchr("*_ ", *name.p) != NULL)
		name.p++, name.n--;
	*rest =
	    (struct slice) {colon + 1, (size_t)(line.p + line.n - colon - 1)};
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (strlen(labels[i].name) == name.n &&
		    strncasecmp(labels[i].name, name.p, name.n) == 0)
			return &labels[i];
	return NULL;
}

static void
read_line(struct reader *r, struct slice line)
{
	const struct label *label;
	struct slice rest, name;
	bool bullet;

	line = slice_trim(line);
	bullet =
	    line.n > 1 && strchr("-*+", line.p[0]) != NULL && line.p[1] == ' ';
	if (bullet)
		line = slice_trim((struct slice) {line.p + 1, line.n - 1});
	label = line.n > 0 ? find_label(line, &rest) : NULL;
	if (label != NULL || bullet || line.n == 0)
		flush(r);
	if (label != NULL) {
		if (!bullet && rest.n == 0)
			r->topic = WISH_NO_TOPIC;
		r->labelled = true;
		r->unwanted = label->unwanted;
		strbuf_addslice(&r->text, rest);
	} else if (line.n == 0) {
		r->labelled = false;
	} else if (!bullet && is_heading(line, &name)) {
		flush(r);
		start_topic(r, name);
	} else {
		strbuf_addslice(&r->text, line);
		/* Wrapped lines go on, list items do not. */
		strbuf_addch(&r->text, line.n < SHORT_LINE ? '\n' : ' ');
	}
	if (label != NULL)
		strbuf_addch(&r->text, ' ');
}

bool
wish_is_within(const struct wish *a, const struct wish *b)
{
	for (size_t i = 0; i + b->nstems <= a->nstems; i++)
		if (memcmp(a->stem + i, b->stem,
			b->nstems * sizeof(*b->stem)) == 0)
			return true;
	return false;
}

/* What is wanted anywhere, or part of it, is unwanted nowhere. */
static void
settle(struct wishes *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++) {
		bool drop = false;

		for (size_t j = 0; w->v[i].unwanted && j < w->n; j++)
			drop |= !w->v[j].unwanted &&
			    wish_is_within(&w->v[j], &w->v[i]);
		if (drop)
			free(w->v[i].text);
		else
			w->v[n++] = w->v[i];
	}
	w->n = n;
}

void
wishes_read(struct wishes *w, struct slice text, struct tokens *t)
{
	struct reader r = {
	    .out = w,
	    .tokens = t,
	    .topic = WISH_NO_TOPIC,
	    .text = STRBUF_INIT(STRBUF_MAX),
	};
	struct slice line;

	*w = (struct wishes) {.v = NULL};
	while (slice_cut(&text, '\n', &line))
		read_line(&r, line);
	flush(&r);
	settle(w);
	strbuf_release(&r.text);
}

static bool
has_wish(const struct wishes *w, uint64_t stem)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].nstems == 1 && w->v[i].stem[0] == stem)
			return true;
	return false;
}

void
wishes_add_words(struct wishes *w, double times)
{
	size_t n = w->n;

	for (size_t i = 0; i < n; i++) {
		struct wish from = w->v[i];
		struct slice rest = slice_of(from.text), word;

		for (size_t k = 0;
		     !from.unwanted && slice_cut(&rest, ' ', &word); k++) {
			if (has_wish(w, from.stem[k]))
				continue;
			w->v = xgrow(w->v, &w->cap, w->n + 1, sizeof(*w->v));
			w->v[w->n++] = (struct wish) {
			    .text = xmemdup0(word.p, word.n),
			    .stem = {from.stem[k]},
			    .nstems = 1,
			    .topic = from.topic,
			    .times = times,
			    .weak = true,
			};
		}
	}
}

void
wishes_release(struct wishes *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->v[i].text);
	for (size_t i = 0; i < w->ntopics; i++) {
		free(w->topics[i].id);
		free(w->topics[i].name);
	}
	free(w->v);
	free(w->topics);
}
