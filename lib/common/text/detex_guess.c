/* SPDX-License-Identifier: ISC */
/*
 * What only the neighbourhood tells: is this dollar money, is this ~ a tie?
 */
#include <string.h>

#include "common/text/detex_parts.h"

/* A token is looked back at no further than that. */
#define LOOK 128

/* What stands between two dollars. */
struct content {
	bool tex; /* has \ ^ or _ */
	bool blank; /* begins or ends with a blank */
	bool apart; /* begins and ends with one, and has no others */
	bool number; /* begins with a digit */
	bool word; /* has two letters in a row */
	bool compares; /* has < or =, which no price has */
	bool open; /* ends in what wants to go on: 5-, 10/ */
};

static bool
is_number(struct slice s)
{
	return s.n > 0 &&
	    (ascii_digit(s.p[0]) ||
		(s.p[0] == '.' && s.n > 1 && ascii_digit(s.p[1])));
}

static struct content
content_of(struct slice s)
{
	struct content c = {0};
	char last = s.p[s.n - 1];
	size_t first = 0, blanks = 0;

	while (first < s.n && s.p[first] == ' ')
		first++;
	c.blank = first > 0 || last == ' ';
	c.number = is_number((struct slice) {s.p + first, s.n - first});
	for (size_t i = first; i < s.n; i++) {
		blanks += s.p[i] == ' ';
		c.tex =
		    c.tex || s.p[i] == '\\' || s.p[i] == '^' || s.p[i] == '_';
		c.compares = c.compares || s.p[i] == '<' || s.p[i] == '=';
		c.word = c.word ||
		    (i > first && ascii_letter(s.p[i]) &&
			ascii_letter(s.p[i - 1]));
	}
	c.apart = first > 0 && last == ' ' && blanks == 1;
	c.open = !ascii_alnum(last) && (last & 0x80) == 0 &&
	    strchr("+)%", last) == NULL;
	return c;
}

/* Prices: $5 and $6, $3-$4; programs: $HOME/$USER. */
static bool
is_no_formula(struct content c, char last, char next)
{
	bool goes_on = ascii_alnum(next);

	if (c.tex)
		return false;
	if (c.blank)
		return c.word || (c.number && !c.apart && !c.compares);
	if (c.number)
		return ascii_digit(next) ||
		    (c.open && goes_on && strchr("-<>=", last) == NULL);
	return c.word && c.open && goes_on;
}

int
tex_formula_words(struct slice s, size_t open, size_t close)
{
	struct content c =
	    content_of((struct slice) {s.p + open + 1, close - open - 1});
	char next = close + 1 < s.n ? s.p[close + 1] : '\0';

	if (is_no_formula(c, s.p[close - 1], next))
		return -1;
	return !c.tex ? 0 : c.blank ? 1 : TEX_FEW_WORDS;
}

/* Addresses have a / or @ before the ~, in one piece without blanks. */
static bool
is_address(struct slice s, size_t i)
{
	size_t first = i > LOOK ? i - LOOK : 0;

	while (i > first && s.p[i - 1] != ' ')
		if (s.p[--i] == '/' || s.p[i] == '@')
			return true;
	return false;
}

/* 5x, 10GB: the letters before byte i are a unit. */
static bool
is_unit(struct slice s, size_t i)
{
	size_t first = i > LOOK ? i - LOOK : 0;

	while (i > first && ascii_letter(s.p[i - 1]))
		i--;
	return i > 0 && ascii_digit(s.p[i - 1]);
}

/* x~N(0,1) is a distribution. */
static bool
is_lone_letter(struct slice s, size_t i)
{
	return i > 0 && ascii_letter(s.p[i - 1]) &&
	    (i == 1 || strchr(" ({", s.p[i - 2]) != NULL);
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

bool
tex_is_tie(struct slice s, size_t i)
{
	char before = i > 0 ? s.p[i - 1] : ' ';
	char next = i + 1 < s.n ? s.p[i + 1] : ' ';
	bool word = ascii_letter(before) || is_one_of(before, ".,");
	bool thing = ascii_digit(before) || is_one_of(before, ")]}$%");
	bool name =
	    ascii_letter(next) || (next & 0x80) != 0 || is_one_of(next, "([");

	if ((!word && !thing) || is_address(s, i))
		return false;
	if (is_one_of(next, "\\$"))
		return true;
	if (thing)
		return name;
	return !is_lone_letter(s, i) &&
	    (name || (ascii_digit(next) && !is_unit(s, i)));
}
