/* SPDX-License-Identifier: ISC */
#include "score.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/io/line_reader.h"
#include "common/io/path.h"

#define TOPICS_MAX ((size_t)256 << 10)

static bool
is_id_char(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_';
}

struct slice
topics_line_id(struct slice line)
{
	const char *p = line.p, *end = line.p + line.n, *start;

	while ((p = memchr(p, '{', (size_t)(end - p))) != NULL) {
		p++;
		if (p == end || *p != '#')
			continue;
		for (start = ++p; p < end && is_id_char(*p);)
			p++;
		if (p < end && *p == '}' && p > start)
			return (struct slice) {start, (size_t)(p - start)};
	}
	return (struct slice) {line.p, 0};
}

char *
topics_id_from(struct slice name)
{
	char *id = xmemdup0(name.p, name.n);
	size_t n = 0;

	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		if (isalnum(c))
			id[n++] = (char)tolower(c);
		else if (n > 0 && id[n - 1] != '-')
			id[n++] = '-';
	}
	while (n > 0 && id[n - 1] == '-')
		n--;
	id[n] = '\0';
	return id;
}

static void
collect_ids(struct topics *t)
{
	struct slice rest = {t->text, t->len}, line, id;

	while (slice_cut(&rest, '\n', &line)) {
		id = topics_line_id(line);
		if (id.n > 0)
			strlist_add_new(&t->ids, id);
	}
}

/* A numbered line each, as in a file. */
static char *
list_words(const char *words, size_t *len)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct slice rest = slice_of(words), topic;
	size_t n = 0;

	msg_warn(
	    "--topics: there is no file '%s': it is taken for topics", words);
	while (slice_cut(&rest, ',', &topic)) {
		topic = slice_trim(topic);
		if (topic.n > 0)
			strbuf_addf(
			    &b, "%zu. %.*s\n", ++n, (int)topic.n, topic.p);
	}
	*len = b.len;
	return strbuf_detach(&b);
}

void
topics_read(struct topics *t, const char *path)
{
	size_t bad;

	*t = (struct topics) {.path = path};
	t->text = path_is_words(path)
	    ? list_words(path, &t->len)
	    : line_reader_slurp(path, TOPICS_MAX, &t->len);
	if (t->text == NULL)
		die(EXIT_MISUSE, "%s: %s", path, strerror(errno));
	if ((bad = utf8_invalid_at(t->text, t->len)) < t->len)
		die(EXIT_MISUSE, "%s: not UTF-8 at byte %zu", path, bad);
	if (strspn(t->text, " \t\r\n") == t->len)
		die(EXIT_MISUSE, "%s: no topics in it", path);
	collect_ids(t);
}

void
topics_release(struct topics *t)
{
	free(t->text);
	strlist_release(&t->ids);
}
