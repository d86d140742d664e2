/* SPDX-License-Identifier: ISC */
#include "description.h"

#include <string.h>

static bool
skip_word(struct slice *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < n || memcmp(s->p, word, n) != 0)
		return false;
	s->p += n;
	s->n -= n;
	return true;
}

static void
skip_space(struct slice *s)
{
	while (s->n > 0 && (unsigned char)*s->p <= ' ') {
		s->p++;
		s->n--;
	}
}

/* Cuts off and returns what stands before the next white space. */
static struct slice
take_word(struct slice *s)
{
	struct slice word = {s->p, 0};

	while (s->n > 0 && (unsigned char)*s->p > ' ') {
		s->p++;
		s->n--;
		word.n++;
	}
	skip_space(s);
	return word;
}

static void
take_id(struct entry *e, struct slice text)
{
	char id[ARXIV_ID_SIZE];
	long version;

	if (!arxiv_id_parse(text, id, &version))
		return;
	if (e->id[0] == '\0')
		memcpy(e->id, id, sizeof(id));
	if (e->version == 0 && strcmp(e->id, id) == 0)
		e->version = version;
}

void
description_apply(struct entry *e, struct slice text)
{
	enum announce type;
	struct slice s = text, id;

	skip_space(&s);
	id = take_word(&s);
	/* An abstract may itself begin with the id of some paper. */
	if (skip_word(&s, "Announce Type:")) {
		take_id(e, id);
		skip_space(&s);
		if (announce_parse(take_word(&s), &type) &&
		    e->announce == ANNOUNCE_NONE)
			e->announce = type;
		text = s;
	}
	skip_word(&text, "Abstract:");
	entry_set_text(e, ENTRY_ABSTRACT, text);
}

/* Where " (arXiv:" begins for the last time, or NULL. */
static const char *
old_suffix(struct slice s)
{
	static const char mark[] = "(arXiv:";
	size_t n = sizeof(mark) - 1;

	for (size_t i = s.n; i-- > 0;)
		if (s.n - i >= n && memcmp(s.p + i, mark, n) == 0)
			return s.p + i;
	return NULL;
}

void
old_title_apply(struct entry *e, struct slice text)
{
	const char *suffix, *close, *end = text.p + text.n;
	struct slice s;

	entry_set_text(e, ENTRY_TITLE, text);
	if ((suffix = old_suffix(text)) == NULL)
		return;
	s = (struct slice) {suffix + 1, (size_t)(end - suffix) - 1};
	take_id(e, take_word(&s));
	if (e->id[0] == '\0')
		return;
	if (s.n > 0 && *s.p == '[' && (close = memchr(s.p, ']', s.n)) != NULL)
		entry_set_primary(
		    e, (struct slice) {s.p + 1, (size_t)(close - s.p) - 1});
	e->announce = memmem(s.p, s.n, "UPDATED", 7) != NULL ? ANNOUNCE_REPLACE
							     : ANNOUNCE_NONE;
	text.n = (size_t)(suffix - text.p);
	entry_set_text(e, ENTRY_TITLE, text);
}

void
html_strip(struct strbuf *out, struct slice text)
{
	static const struct {
		const char *name;
		char c;
	} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
	    {"&quot;", '"'}, {"&#39;", '\''}};
	const char *close;
	size_t i;

	while (text.n > 0) {
		if (*text.p == '<' &&
		    (close = memchr(text.p, '>', text.n)) != NULL) {
			text.n -= (size_t)(close + 1 - text.p);
			text.p = close + 1;
			continue;
		}
		for (i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
			if (skip_word(&text, entities[i].name))
				break;
		if (i < sizeof(entities) / sizeof(entities[0])) {
			strbuf_addch(out, entities[i].c);
			continue;
		}
		strbuf_addch(out, *text.p++);
		text.n--;
	}
}

void
first_word(struct strbuf *out, struct slice text)
{
	skip_space(&text);
	strbuf_addslice(out, take_word(&text));
}

struct slice
without_comma(struct slice s)
{
	while (s.n > 0 && (*s.p == ',' || (unsigned char)*s.p <= ' ')) {
		s.p++;
		s.n--;
	}
	return s;
}
