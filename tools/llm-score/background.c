/* SPDX-License-Identifier: ISC */
#include "background.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "background_table.h"

/* The line that byte at is in. */
static struct slice
line_at(size_t at)
{
	const char *start = background_table + at;

	while (start > background_table && start[-1] != '\n')
		start--;
	return (struct slice) {start, (size_t)(strchr(start, '\n') - start)};
}

/*
 * What stands after term's tab, or NULL.  The table is lines "term TAB count"
 * in order of their bytes; two lines "#name TAB value" sort first.  The text
 * itself is searched: a run looks up a hundred terms, and an array of
 * pointers would have to be relocated in each run that looks up none.
 */
static const char *
find(struct slice term)
{
	size_t low = 0, high = background_table_size;

	while (low < high) {
		struct slice line = line_at((low + high) / 2);
		const char *tab = memchr(line.p, '\t', line.n);
		struct slice key = {line.p, (size_t)(tab - line.p)};
		int c = slice_cmp(term, key);

		if (c == 0)
			return tab + 1;
		if (c < 0)
			high = (size_t)(line.p - background_table);
		else
			low = (size_t)(line.p + line.n + 1 - background_table);
	}
	return NULL;
}

unsigned long
background_papers(void)
{
	return strtoul(find(SLICE_LIT("#papers")), NULL, 10);
}

double
background_words(void)
{
	return (double)strtoul(find(SLICE_LIT("#words")), NULL, 10) /
	    (double)background_papers();
}

unsigned long
background_count(struct slice term)
{
	const char *count = find(term);

	return count == NULL ? 0 : strtoul(count, NULL, 10);
}

double
background_idf(unsigned long count)
{
	double n = (double)background_papers(), k = (double)count;

	return log(1 + (n - k + 0.5) / (k + 0.5));
}
