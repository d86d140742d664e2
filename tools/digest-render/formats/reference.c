/* SPDX-License-Identifier: ISC */
#include "formats/render.h"

#include <ctype.h>
#include <string.h>

#include "common/text/byline.h"

/* The length of "Jr." and its like behind a name, with the blank before it. */
static size_t
suffix_length(struct slice name)
{
	static const char *const suffixes[] = {
	    " Jr.", " Jr", " Sr.", " Sr", " II", " III", " IV"};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		size_t n = strlen(suffixes[i]);

		if (name.n > n &&
		    memcmp(name.p + name.n - n, suffixes[i], n) == 0)
			return n;
	}
	return 0;
}

/* Where the family name begins: its last word, with "van der" before it. */
static size_t
find_family(struct slice name)
{
	size_t at = name.n, word;

	do {
		for (word = at; word > 0 && name.p[word - 1] != ' ';)
			word--;
		at = word > 0 ? word - 1 : 0;
		for (word = at; word > 0 && name.p[word - 1] != ' ';)
			word--;
	} while (word > 0 && islower((unsigned char)name.p[word]));
	return at > 0 ? at + 1 : 0;
}

/* The part of s that begins at byte from and ends before byte to. */
static struct slice
part(struct slice s, size_t from, size_t to)
{
	return slice_trim((struct slice) {s.p + from, to - from});
}

void
person_split(struct person *out, struct slice name, bool arxiv)
{
	size_t n = suffix_length(name), at;
	struct slice person = {name.p, name.n - n};
	const char *comma;

	*out = (struct person) {.family = name};
	if (n > 0 && person.p[person.n - 1] == ',')
		person.n--;
	comma = memchr(person.p, ',', person.n);
	out->group = byline_is_group(name) || (comma != NULL && arxiv) ||
	    (n > 0 && find_family(person) == 0);
	if (out->group)
		return;
	if (n > 0)
		out->suffix = part(name, name.n - n, name.n);
	if (comma != NULL) {
		at = (size_t)(comma - person.p);
		out->family = part(person, 0, at);
		out->given = part(person, at + 1, person.n);
	} else {
		at = find_family(person);
		out->family = part(person, at, person.n);
		out->given = part(person, 0, at);
	}
}

/* yymm in an id of arXiv's, of either age. */
static const char *
find_yymm(struct slice id)
{
	const char *slash = memchr(id.p, '/', id.n);

	return slash != NULL ? slash + 1 : id.p;
}

static int
two_digits(const char *s)
{
	return (s[0] - '0') * 10 + s[1] - '0';
}

bool
reference_date(const struct digest_paper *p, struct ymd *date)
{
	struct ymd published = {0, 0, 0};
	bool known;
	const char *yymm;
	day_t day;

	if (!p->arxiv) {
		known = day_begins(p->announced, &day) ||
		    day_begins(p->published, &day);
		if (known)
			*date = day_to_ymd(day);
		return known;
	}
	yymm = find_yymm(p->id);
	/* arXiv began in 1991. */
	date->year = two_digits(yymm) + (yymm[0] == '9' ? 1900 : 2000);
	date->month = two_digits(yymm + 2);
	if (date->month > 12)
		date->month = 0;
	if (day_begins(p->published, &day))
		published = day_to_ymd(day);
	date->day =
	    published.year == date->year && published.month == date->month
	    ? published.day
	    : 0;
	return true;
}

void
reference_key(struct strbuf *b, struct slice id)
{
	for (size_t i = 0; i < id.n; i++) {
		unsigned char c = (unsigned char)id.p[i];

		strbuf_addch(b,
		    c < 0x80 && (isalnum(c) || c == '.' || c == '-') ? (char)c
								     : '-');
	}
}
