/* SPDX-License-Identifier: ISC */
#include "common/text/byline.h"

#include <string.h>
#include <strings.h>

#include "common/base/utf8.h"

/* No mark is longer, whatever stands between braces. */
#define GROUP_MAX 1000

static char
at(struct slice s, size_t i)
{
	return i < s.n ? s.p[i] : ' ';
}

/* Commands that are marks, and those whose argument is a remark. */
static const struct {
	const char *name;
	bool argument;
} commands[] = {
    {"dag", false},
    {"dagger", false},
    {"ddag", false},
    {"ddagger", false},
    {"ast", false},
    {"star", false},
    {"footnotemark", false},
    {"altaffilmark", true},
    {"footnote", true},
    {"inst", true},
    {"textsuperscript", true},
    {"thanks", true},
};

/* The group in braces at i with both of them; 0 if its end is not near. */
static size_t
group_length(struct slice s, size_t i)
{
	long depth = 0;

	for (size_t j = i; j < s.n && j - i < GROUP_MAX; j++) {
		depth += (s.p[j] == '{') - (s.p[j] == '}');
		if (depth == 0)
			return j + 1 - i;
	}
	return 0;
}

/* A command of the list at i, with its argument. */
static size_t
command_length(struct slice s, size_t i)
{
	struct slice name = {s.p + i + 1, 0};
	size_t n;

	while (ascii_letter(at(s, i + 1 + name.n)))
		name.n++;
	n = 1 + name.n;
	for (size_t k = 0; k < sizeof(commands) / sizeof(*commands); k++)
		if (slice_eq(name, commands[k].name))
			return commands[k].argument && at(s, i + n) == '{'
			    ? n + group_length(s, i + n)
			    : n;
	return 0;
}

/* Daggers, stars and raised digits. */
static size_t
character_length(struct slice s, size_t i)
{
	static const uint32_t marks[] = {0x00a7, 0x00b6, 0x00b9, 0x00b2, 0x00b3,
	    0x2016, 0x2020, 0x2021, 0x204e, 0x2217, 0x22c6, 0x2605, 0x2606,
	    0x2709};
	size_t len;
	uint32_t c = utf8_decode(s.p + i, s.n - i, &len);

	if (c >= 0x2070 && c <= 0x2079)
		return len;
	for (size_t k = 0; k < sizeof(marks) / sizeof(*marks); k++)
		if (c == marks[k])
			return len;
	return 0;
}

/* "^1", "^{1,2}", or a ^ alone. */
static size_t
raised_length(struct slice s, size_t i)
{
	size_t n = 1;

	if (at(s, i + 1) == '{')
		return 1 + group_length(s, i + 1);
	if (at(s, i + 1) == '\\')
		return 1 + command_length(s, i + 1);
	while (ascii_digit(at(s, i + n)) ||
	    (at(s, i + n) == ',' && n > 1 && ascii_digit(at(s, i + n + 1))))
		n++;
	if (n == 1 && at(s, i + 1) == '*')
		n++;
	return n;
}

static size_t mark_length(struct slice s, size_t i);

/* A formula or brackets with nothing but marks, digits and commas in it. */
static size_t
enclosed_length(struct slice s, size_t i, char close)
{
	size_t j = i + 1, n;

	while (j < s.n && s.p[j] != close) {
		n = ascii_digit(s.p[j]) || strchr(" ,{}", s.p[j]) != NULL ? 1
		    : s.p[j] == '$' || s.p[j] == '['			  ? 0
						     : mark_length(s, j);
		if (n == 0)
			return 0;
		j += n;
	}
	return j < s.n && j > i + 1 ? j + 1 - i : 0;
}

/* The length of the mark at i; 0 if none is there. */
static size_t
mark_length(struct slice s, size_t i)
{
	switch (s.p[i]) {
	case '*':
		return 1;
	case '#':
	case '@': /* but not of an address */
		return ascii_space(at(s, i + 1)) || at(s, i + 1) == ',';
	case '^': /* but not of an accent, which may be escaped twice */
		return i > 0 && s.p[i - 1] == '\\' ? 0 : raised_length(s, i);
	case '$':
		return enclosed_length(s, i, '$');
	case '[':
		return enclosed_length(s, i, ']');
	case '\\':
		return command_length(s, i);
	default:
		return character_length(s, i);
	}
}

/* Nearly no character of a name does, and this is told faster than the length
 * of none. */
static bool
may_begin_mark(char c)
{
	return (unsigned char)c >= 0x80 || c == '*' || c == '#' || c == '@' ||
	    c == '^' || c == '$' || c == '[' || c == '\\';
}

void
byline_strip_marks(struct strbuf *out, struct slice text)
{
	size_t i = 0, kept = 0, n; /* kept: where what stays begins */

	while (i < text.n) {
		if (!may_begin_mark(text.p[i])) {
			i++;
		} else if ((n = mark_length(text, i)) > 0) {
			strbuf_add(out, text.p + kept, i - kept);
			i += n;
			kept = i;
		} else {
			/* A command, an accent, or an escape is one thing. */
			i += text.p[i] == '\\' && i + 1 < text.n ? 2 : 1;
		}
	}
	strbuf_add(out, text.p + kept, text.n - kept);
}

static bool
has_word(struct slice s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= s.n; i++)
		if (strncasecmp(s.p + i, word, n) == 0 &&
		    (i == 0 || !ascii_letter(s.p[i - 1])) &&
		    !ascii_letter(at(s, i + n)))
			return true;
	return false;
}

bool
byline_is_group(struct slice name)
{
	static const char *const words[] = {"and", "collaboration",
	    "collaborations", "consortium", "team", "group", "project",
	    "community", "initiative", "network"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (has_word(name, words[i]))
			return true;
	return false;
}
