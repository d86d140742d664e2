/* SPDX-License-Identifier: ISC */
#include "text.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "common/base/utf8.h"

/* Soft hyphens, which PDF readers leave behind, betray no intent. */
#define SOFT_HYPHEN 0xad

/* "<<" opens a marker, so no paper may hold it. */
static void
break_markers(struct strbuf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		strbuf_addch(out, *s);
		if ((s[0] == '<' && s[1] == '<') ||
		    (s[0] == '>' && s[1] == '>'))
			strbuf_addch(out, ' ');
	}
}

static bool
add_visible(struct strbuf *out, struct slice s)
{
	bool hidden = false;
	size_t len;

	for (size_t i = 0; i < s.n; i += len) {
		uint32_t cp = utf8_decode(s.p + i, s.n - i, &len);

		if (cp == '\n' || cp == '\r' || cp == '\t')
			strbuf_addch(out, ' ');
		else if (!utf8_is_invisible(cp))
			utf8_add(out, cp);
		else if (cp != SOFT_HYPHEN)
			hidden = true;
	}
	return hidden;
}

bool
text_clean(struct strbuf *out, struct slice s, size_t max)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	size_t begin = out->len;
	bool hidden = add_visible(&b, s);
	utf8proc_uint8_t *nfc;

	strbuf_fold_space(&b);
	nfc = utf8proc_NFC((const utf8proc_uint8_t *)b.s);
	break_markers(out, nfc != NULL ? (const char *)nfc : b.s);
	free(nfc);
	strbuf_release(&b);
	if (out->len - begin > max)
		strbuf_setlen(out,
		    begin + utf8_cut(out->s + begin, out->len - begin, max));
	return hidden;
}

void
text_make(struct text *t, struct slice title, struct slice abstract)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	bool hidden;

	hidden = text_clean(&b, title, TEXT_TITLE_MAX);
	t->title = strbuf_detach(&b);
	hidden |= text_clean(&b, abstract, TEXT_ABSTRACT_MAX);
	t->abstract = strbuf_detach(&b);
	t->hidden = hidden;
}

void
text_release(struct text *t)
{
	free(t->title);
	free(t->abstract);
	*t = (struct text) {.title = NULL};
}

double
text_tokens(struct slice s)
{
	size_t ascii = 0;

	for (size_t i = 0; i < s.n; i++)
		ascii += (unsigned char)s.p[i] < 0x80;
	return (double)ascii / 4 + (double)(s.n - ascii) / 2;
}
