/* SPDX-License-Identifier: ISC */
#include "authors.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

#define LIST_MAX ((size_t)1 << 20)

static const char *const suffixes[] = {
    "Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", NULL};
static const char *const no_names[] = {
    "et al.", "et al", "et. al.", "and", NULL};

#define LONGEST_WORD 7

static bool
is_one_of(const char *s, const char *const *list)
{
	if (strlen(s) > LONGEST_WORD)
		return false;
	for (; *list != NULL; list++)
		if (strcasecmp(s, *list) == 0)
			return true;
	return false;
}

/* The parenthesis that closes the one at p, or NULL. */
static const char *
closing(const char *p, const char *end)
{
	int depth = 0;

	for (; p < end; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return p;
	}
	return NULL;
}

static void
join_last(struct strlist *names, const char *suffix)
{
	char **last = &names->v[names->n - 1];
	char *joined = xasprintf("%s %s", *last, suffix);

	free(*last);
	*last = joined;
}

static void
cut_tail(struct strbuf *name, const char *tail)
{
	size_t n = strlen(tail);

	if (name->len > n && strcasecmp(name->s + name->len - n, tail) == 0)
		strbuf_setlen(name, name->len - n);
}

static void
add_name(struct strlist *names, struct strbuf *name)
{
	strbuf_fold_space(name);
	cut_tail(name, " et al.");
	cut_tail(name, " et al");
	if (name->len > 0 && !is_one_of(name->s, no_names)) {
		if (names->n > 0 && is_one_of(name->s, suffixes))
			join_last(names, name->s);
		else
			strlist_add(names, name->s);
	}
	strbuf_reset(name);
}

/* The length of the separator "and" with the blank after it, else 0. */
static size_t
and_at(const char *p, const char *begin, const char *end)
{
	if (end - p < 4 ||
	    (p > begin && (unsigned char)p[-1] > ' ' && p[-1] != ',' &&
		p[-1] != ')'))
		return 0;
	return memcmp(p, "and", 3) == 0 && (unsigned char)p[3] <= ' ' ? 4 : 0;
}

void
authors_split(struct strlist *names, struct slice text, bool with_and)
{
	const char *p = text.p, *end = text.p + text.n, *close;
	struct strbuf name = STRBUF_INIT(LIST_MAX);
	size_t n;

	while (p < end) {
		if (*p == '(' && (close = closing(p, end)) != NULL) {
			strbuf_addch(&name, ' ');
			p = close + 1;
		} else if (*p == '(' || *p == ')') {
			p++; /* one without its partner */
		} else if (*p == ',' || *p == ';') {
			add_name(names, &name);
			p++;
		} else if (with_and && (n = and_at(p, text.p, end)) > 0) {
			add_name(names, &name);
			p += n;
		} else {
			/* Names end at a NUL, which JSON may spell. */
			strbuf_addch(&name, *p != '\0' ? *p : ' ');
			p++;
		}
	}
	add_name(names, &name);
	strbuf_release(&name);
}
