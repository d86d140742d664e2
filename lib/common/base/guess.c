/* SPDX-License-Identifier: ISC */
#include "common/base/guess.h"

#include <ctype.h>
#include <stdio.h>

#define LONGEST 63
#define FAR	1000

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static bool
same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

unsigned
guess_distance(struct slice a, struct slice b)
{
	/* The row of the letter at hand, the one before, and that before. */
	unsigned rows[3][LONGEST + 1], *two = rows[0], *one = rows[1],
				       *now = rows[2], *spare;

	if (a.n > LONGEST || b.n > LONGEST)
		return FAR;
	for (unsigned j = 0; j <= b.n; j++)
		now[j] = j;
	for (unsigned i = 1; i <= a.n; i++) {
		spare = two, two = one, one = now, now = spare;
		now[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			now[j] = least(least(one[j], now[j - 1]) + 1,
			    one[j - 1] + !same(a.p[i - 1], b.p[j - 1]));
			if (i > 1 && j > 1 && same(a.p[i - 1], b.p[j - 2]) &&
			    same(a.p[i - 2], b.p[j - 1]))
				now[j] = least(now[j], two[j - 2] + 1);
		}
	}
	return now[b.n];
}

void
guess_consider(struct guess *g, struct slice word)
{
	struct slice typed = slice_of(g->typed);
	unsigned distance = guess_distance(typed, word);
	size_t near = typed.n / 3 > 1 ? typed.n / 3 : 1;

	if (distance <= near && distance < g->distance && distance < word.n) {
		g->word = word;
		g->distance = distance;
	}
}

const char *
guess_phrase(const struct guess *g)
{
	static char phrase[LONGEST * 2 + 32];

	phrase[0] = '\0';
	if (g->word.n > 0)
		snprintf(phrase, sizeof(phrase), "; did you mean %.*s?",
		    (int)g->word.n, g->word.p);
	return phrase;
}
