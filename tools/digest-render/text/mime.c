/* SPDX-License-Identifier: ISC */
#include "text/mime.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "common/base/compat.h"
#include "common/base/utf8.h"
#include "text/escape.h"

#define LINE_MAX_CHARS 76
/* What "=?UTF-8?B??=" leaves of RFC 2047's 75 for base64, in bytes of text. */
#define WORD_BYTES     45
/* What has a meaning of its own in a name without quotes. */
#define SPECIALS       "()<>[]:;@\\,\""

static void
base64(struct strbuf *b, const unsigned char *p, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned long v;

	for (size_t i = 0; i < n; i += 3) {
		v = (unsigned long)p[i] << 16;
		v |= i + 1 < n ? (unsigned long)p[i + 1] << 8 : 0;
		v |= i + 2 < n ? (unsigned long)p[i + 2] : 0;
		strbuf_addch(b, digits[v >> 18]);
		strbuf_addch(b, digits[v >> 12 & 63]);
		strbuf_addch(b, i + 1 < n ? digits[v >> 6 & 63] : '=');
		strbuf_addch(b, i + 2 < n ? digits[v & 63] : '=');
	}
}

/* True if the text can stand as it is: ASCII, nothing that looks encoded, no
 * word too long for a line. */
static bool
is_plain(struct slice s)
{
	size_t i, word = 0;

	for (i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] >= 0x7f)
			return false;
		if (s.p[i] == '=' && i + 1 < s.n && s.p[i + 1] == '?')
			return false;
		word = s.p[i] == ' ' ? 0 : word + 1;
		if (word > LINE_MAX_CHARS - 10)
			return false;
	}
	return true;
}

/* Words of ASCII, a new line before one that does not fit. */
static void
add_folded(struct strbuf *b, struct slice s, size_t column)
{
	struct slice word;
	bool first = true;

	while (slice_cut(&s, ' ', &word)) {
		if (word.n == 0)
			continue;
		if (!first && column + 1 + word.n > LINE_MAX_CHARS) {
			strbuf_addch(b, '\n');
			column = 0;
		}
		if (!first) {
			strbuf_addch(b, ' ');
			column++;
		}
		strbuf_addslice(b, word);
		column += word.n;
		first = false;
	}
}

static void
add_encoded(struct strbuf *b, struct slice s, size_t column)
{
	size_t n, room;

	while (s.n > 0) {
		room = LINE_MAX_CHARS > column + 12 + 4
		    ? (LINE_MAX_CHARS - column - 12) / 4 * 3
		    : 0;
		n = utf8_cut(s.p, s.n, room < WORD_BYTES ? room : WORD_BYTES);
		if (n > 0) {
			strbuf_addstr(b, "=?UTF-8?B?");
			base64(b, (const unsigned char *)s.p, n);
			strbuf_addstr(b, "?=");
		}
		s.p += n;
		s.n -= n;
		if (s.n > 0)
			strbuf_addstr(b, "\n ");
		column = 1;
	}
}

/* A value: RFC 2047 words where needed, folded; column is what the line holds
 * already. */
static void
add_value(struct strbuf *b, struct slice s, size_t column)
{
	struct strbuf clean = STRBUF_INIT(STRBUF_MAX);

	escape_tty(&clean, s);
	strbuf_fold_space(&clean);
	if (is_plain(strbuf_slice(&clean)))
		add_folded(b, strbuf_slice(&clean), column);
	else
		add_encoded(b, strbuf_slice(&clean), column);
	strbuf_release(&clean);
}

void
mime_header(struct strbuf *b, const char *name, struct slice value)
{
	strbuf_addf(b, "%s: ", name);
	add_value(b, value, strlen(name) + 2);
	strbuf_addch(b, '\n');
}

/* Cuts the next of several off the list; a comma in quotes belongs to a name. */
static bool
cut_mailbox(struct slice *list, struct slice *box)
{
	bool quoted = false;
	size_t i;

	if (list->p == NULL)
		return false;
	for (i = 0; i < list->n && (quoted || list->p[i] != ','); i++) {
		if (quoted && list->p[i] == '\\' && i + 1 < list->n)
			i++;
		else if (list->p[i] == '"')
			quoted = !quoted;
	}
	*box = slice_trim((struct slice) {list->p, i});
	*list = i < list->n ? (struct slice) {list->p + i + 1, list->n - i - 1}
			    : (struct slice) {NULL, 0};
	return true;
}

/* "Name <local@host>", or the address alone, which has no name. */
static struct slice
split_name(struct slice *box)
{
	const char *angle = memrchr(box->p, '<', box->n);
	struct slice name = {box->p, 0};

	if (angle == NULL || box->p[box->n - 1] != '>')
		return name;
	name.n = (size_t)(angle - box->p);
	*box = (struct slice) {angle + 1, box->n - name.n - 2};
	return slice_trim(name);
}

static bool
are_in(struct slice s, const char *allowed)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isalnum((unsigned char)s.p[i]) &&
		    (s.p[i] == '\0' || strchr(allowed, s.p[i]) == NULL))
			return false;
	return s.n > 0;
}

/* A user of this machine has no host. */
static bool
is_address(struct slice s, bool may_be_local)
{
	const char *at = memchr(s.p, '@', s.n);
	struct slice local = {s.p, at != NULL ? (size_t)(at - s.p) : s.n};

	if (!are_in(local, "!#$%&'*+-/=?^_`{|}~."))
		return false;
	return at == NULL
	    ? may_be_local
	    : are_in((struct slice) {at + 1, s.n - local.n - 1}, "-.:[]");
}

/* The text of a name: within quotes, or words without what has a meaning. */
static bool
add_name(struct strbuf *b, struct slice name)
{
	bool quoted =
	    name.n > 1 && name.p[0] == '"' && name.p[name.n - 1] == '"';

	if (quoted)
		name = (struct slice) {name.p + 1, name.n - 2};
	for (size_t i = 0; i < name.n; i++) {
		if (quoted && name.p[i] == '\\' && i + 1 < name.n)
			i++;
		else if (strchr(quoted ? "\"" : SPECIALS, name.p[i]) != NULL)
			return false;
		strbuf_addch(b, name.p[i]);
	}
	return true;
}

bool
mime_check(struct slice list, struct slice *wrong)
{
	struct strbuf name = STRBUF_INIT(STRBUF_MAX);
	struct slice box, part;
	bool good = true, first = true;

	while (good && cut_mailbox(&list, &box)) {
		*wrong = part = box;
		strbuf_reset(&name);
		good = add_name(&name, split_name(&part)) &&
		    is_address(part, first && list.p == NULL);
		first = false;
	}
	strbuf_release(&name);
	return good;
}

size_t
mime_count(struct slice list)
{
	struct slice box;
	size_t n = 0;

	while (cut_mailbox(&list, &box))
		n++;
	return n;
}

struct slice
mime_address(struct slice list)
{
	struct slice box = {"", 0};

	(void)cut_mailbox(&list, &box);
	(void)split_name(&box);
	return box;
}

struct slice
mime_host(struct slice address)
{
	const char *at = memchr(address.p, '@', address.n);
	struct slice host = {"", 0};

	if (at != NULL)
		host = (struct slice) {
		    at + 1, address.n - (size_t)(at + 1 - address.p)};
	return are_in(host, "-.") ? host : (struct slice) {"", 0};
}

static void
add_mailbox(struct strbuf *b, struct slice box)
{
	struct strbuf text = STRBUF_INIT(STRBUF_MAX);
	struct slice name;

	add_name(&text, split_name(&box));
	name = strbuf_slice(&text);
	if (name.n == 0) {
		strbuf_addslice(b, box);
		strbuf_release(&text);
		return;
	}
	if (!is_plain(name)) {
		add_value(b, name, LINE_MAX_CHARS / 2);
	} else if (strpbrk(text.s, SPECIALS ".") != NULL) {
		strbuf_addch(b, '"');
		for (size_t i = 0; i < name.n; i++) {
			if (strchr("\"\\", name.p[i]) != NULL)
				strbuf_addch(b, '\\');
			strbuf_addch(b, name.p[i]);
		}
		strbuf_addch(b, '"');
	} else {
		strbuf_addslice(b, name);
	}
	strbuf_addf(b, " <%.*s>", (int)box.n, box.p);
	strbuf_release(&text);
}

void
mime_addresses(struct strbuf *b, const char *header, struct slice list)
{
	struct slice box;

	strbuf_addf(b, "%s: ", header);
	while (cut_mailbox(&list, &box)) {
		add_mailbox(b, box);
		strbuf_addstr(b, list.p != NULL ? ",\n " : "\n");
	}
}

void
mime_date(struct strbuf *b, moment_t t)
{
	day_t day = day_of(t);
	struct ymd date = day_to_ymd(day);
	int64_t second = t - day * DAY_SECONDS;

	strbuf_addf(b,
	    "%.3s, %d %.3s %d %02" PRId64 ":%02" PRId64 ":%02" PRId64 " +0000",
	    weekday_name(day_weekday(day)), date.day, month_name(date.month),
	    date.year, second / 3600, second / 60 % 60, second % 60);
}

/* A dot or "From " at the beginning of a line means something to some mail
 * programs, a blank at its end is lost by others. */
static bool
is_quoted(struct slice s, size_t i, size_t column)
{
	unsigned char c = (unsigned char)s.p[i];

	if (c < 0x20 || c >= 0x7f || c == '=')
		return true;
	if (c == ' ')
		return i + 1 == s.n || s.p[i + 1] == '\n';
	return column == 0 && (c == '.' || c == 'F');
}

void
mime_quoted(struct strbuf *b, struct slice body)
{
	size_t i, width, column = 0;
	bool quoted;

	for (i = 0; i < body.n; i++) {
		if (body.p[i] == '\n') {
			strbuf_addch(b, '\n');
			column = 0;
			continue;
		}
		quoted = is_quoted(body, i, column);
		width = quoted ? 3 : 1;
		/* Room for the = of a soft line break. */
		if (column + width > LINE_MAX_CHARS - 1) {
			strbuf_addstr(b, "=\n");
			column = 0;
			quoted = is_quoted(body, i, column);
			width = quoted ? 3 : 1;
		}
		if (quoted)
			strbuf_addf(b, "=%02X", (unsigned char)body.p[i]);
		else
			strbuf_addch(b, body.p[i]);
		column += width;
	}
}
