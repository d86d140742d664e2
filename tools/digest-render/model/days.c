/* SPDX-License-Identifier: ISC */
/* The days that papers were announced on and reports tell of. */
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "model/digest_internal.h"
#include "model/digest.h"

uint32_t
day_index(struct digest *d, struct slice announced)
{
	struct digest_builder *b = d->builder;
	struct digest_day *day;
	char text[DATE_LEN];
	day_t when;
	uint32_t i;

	if (str_index_get(&b->dates, announced, &i))
		return i;
	/* Something that is no date belongs to no day. */
	if (announced.n > 0) {
		if (announced.n != DATE_LEN - 1)
			return day_index(d, (struct slice) {"", 0});
		memcpy(text, announced.p, announced.n);
		text[announced.n] = '\0';
		if (!day_parse(text, &when))
			return day_index(d, (struct slice) {"", 0});
	}
	if (d->ndays == b->days_cap) {
		b->days_cap = b->days_cap > 0 ? b->days_cap * 2 : 8;
		d->days = xreallocarray(d->days, b->days_cap, sizeof(*d->days));
	}
	i = (uint32_t)d->ndays++;
	day = &d->days[i];
	memset(day, 0, sizeof(*day));
	day->date = arena_copy(&d->arena, announced);
	str_index_add(&b->dates, day->date, i);
	day->dated = announced.n > 0;
	if (day->dated)
		day->day = when;
	return i;
}

/* Undated papers come last. */
static int
compare_days(const void *va, const void *vb)
{
	const struct digest_day *a = va, *b = vb;

	if (a->dated != b->dated)
		return b->dated - a->dated;
	return (a->day > b->day) - (a->day < b->day);
}

void
sort_days(struct digest *d)
{
	struct digest_papers *list;
	uint32_t *moved;
	size_t i;

	if (d->ndays == 0)
		return;
	moved = xcalloc(d->ndays, sizeof(*moved));
	/* Remember in papers.cap, unused until now, who each day was. */
	for (i = 0; i < d->ndays; i++)
		d->days[i].papers.cap = i;
	qsort(d->days, d->ndays, sizeof(*d->days), compare_days);
	for (i = 0; i < d->ndays; i++) {
		moved[d->days[i].papers.cap] = (uint32_t)i;
		d->days[i].papers.cap = 0;
	}
	for (i = 0; i < d->papers.n; i++) {
		d->papers.v[i]->day = moved[d->papers.v[i]->day];
		list = &d->days[d->papers.v[i]->day].papers;
		papers_push(list, d->papers.v[i]);
	}
	for (i = 0; i < d->nunscored; i++)
		d->unscored[i].day = moved[d->unscored[i].day];
	free(moved);
}
