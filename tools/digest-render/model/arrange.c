/* SPDX-License-Identifier: ISC */
/*
 * Whether a record is shown, and where: in which order and how many, the same
 * papers by topic or category, and topics counted.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/record/arxiv_id.h"
#include "model/digest_internal.h"

#define NO_TOPIC    "Other"
#define NO_CATEGORY "No category"
/* A work of the reader's library is worth half a point, four of them two. */
#define CITES_MERIT 0.25 /* of the mean of two axes */
#define CITES_MOST  4

enum paper_class
classify_paper(const struct digest *d, const struct paper *p)
{
	if (paper_is_followed(p) || d->style.view == VIEW_LIST)
		return CLASS_SHOWN;
	if (paper_has(p, PAPER_SCORE_ERROR))
		return CLASS_UNSCORED;
	if (paper_is_screened_out(p))
		return CLASS_SCREENED;
	return paper_is_below(p, d->style.min_relevance, d->style.min_novelty)
	    ? CLASS_BELOW
	    : CLASS_SHOWN;
}

static int
descending(double a, double b)
{
	return (a < b) - (a > b);
}

/* Who cites what the reader has comes before others with the same scores, and
 * who cites much of it before some with better ones. */
static double
paper_merit(const struct digest_paper *p)
{
	size_t cites = p->ncites < CITES_MOST ? p->ncites : CITES_MOST;

	return merit(
		   p->has_relevance, p->relevance, p->has_novelty, p->novelty) +
	    CITES_MERIT * (double)cites;
}

/* What orders equals: of one vote, that is its own mean. */
static double
mean(const struct digest_paper *p)
{
	return p->mean > 0 ? p->mean : p->relevance;
}

/* Papers without a date are the oldest. */
static int
compare_ages(const struct digest *d, uint32_t va, uint32_t vb)
{
	const struct digest_day *a = &d->days[va], *b = &d->days[vb];

	if (a->dated != b->dated)
		return b->dated - a->dated;
	return (a->day < b->day) - (a->day > b->day);
}

/* qsort(3) hands nothing on. */
static const struct digest *sorted;

static int
compare(const void *va, const void *vb)
{
	const struct digest_paper *a = *(struct digest_paper *const *)va;
	const struct digest_paper *b = *(struct digest_paper *const *)vb;
	const struct digest *d = sorted;
	int c = 0;

	if (d->style.newest_first)
		c = compare_ages(d, a->day, b->day);
	if (c == 0)
		c = (b->match_authors.n > 0) - (a->match_authors.n > 0);
	if (c == 0)
		c = descending(paper_merit(a), paper_merit(b));
	if (c == 0)
		c = descending(a->relevance, b->relevance);
	if (c == 0)
		c = descending(mean(a), mean(b));
	return c != 0 ? c : slice_cmp(a->id, b->id);
}

static void
sort_papers(struct digest *d)
{
	struct digest_papers *list = &d->papers;

	if (!d->style.keep_order && list->n > 1) {
		sorted = d;
		qsort(list->v, list->n, sizeof(*list->v), compare);
	}
}

/* Author matches are shown whatever --top says; the rest fills what they
 * leave. */
static void
cut(struct digest *d)
{
	struct digest_papers *list = &d->papers;
	size_t i, n = 0, room, top = (size_t)d->style.top;
	bool chosen = d->style.view == VIEW_LIST;

	for (i = 0; i < list->n; i++)
		n += !chosen && list->v[i]->match_authors.n > 0;
	room = n < top ? top - n : 0;
	for (i = n = 0; i < list->n; i++) {
		if (!chosen && list->v[i]->match_authors.n > 0) {
			list->v[n++] = list->v[i];
		} else if (room > 0) {
			room--;
			list->v[n++] = list->v[i];
		} else {
			free_paper(list->v[i]);
		}
	}
	list->n = n;
}

/* A paper that another record has the score of failed once, and does no
 * more. */
static void
drop_repaired(struct digest *d)
{
	const struct digest_unscored *u;
	size_t i, n = 0;
	size_t at;

	for (i = 0; i < d->nunscored; i++) {
		u = &d->unscored[i];
		if (strmap_find(&d->builder->ids, u->id, &at) &&
		    d->builder->judged[at]) {
			d->days[u->day].unscored--;
			d->totals.unscored--;
			d->totals.duplicate++;
		} else {
			d->unscored[n++] = *u;
		}
	}
	d->nunscored = n;
}

void
select_papers(struct digest *d)
{
	size_t wanted, top = (size_t)d->style.top;

	drop_repaired(d);
	/* What comes now takes its place. */
	strmap_release(&d->builder->ids);
	sort_papers(d);
	wanted = d->totals.relevant = d->papers.n + d->left_out;
	if (top > 0 && d->papers.n > top)
		cut(d);
	if (top > 0 && wanted > top)
		wanted = top;
	d->left_out = wanted > d->papers.n ? wanted - d->papers.n : 0;
	d->totals.shown = d->papers.n + d->left_out;
}

/* The topic's entry, made if new. */
static struct digest_topic *
topic_entry(struct digest *d, struct slice label)
{
	struct digest_builder *b = d->builder;
	size_t i;

	if (strmap_add(&b->topics, label, &i)) {
		d->topics =
		    xgrow(d->topics, &b->topics_cap, i + 1, sizeof(*d->topics));
		/* The paper may not stay. */
		d->topics[i] =
		    (struct digest_topic) {arena_copy(&d->arena, label), 0, 0};
		d->ntopics++;
	}
	return &d->topics[i];
}

static void
count_topics_of(struct digest *d, const struct digest_paper *p)
{
	for (size_t i = 0; i < p->topics.n; i++)
		topic_entry(d, p->topics.v[i])->all++;
	if (p->topics.n > 0)
		topic_entry(d, p->topics.v[0])->primary++;
}

void
prune_papers(struct digest *d)
{
	struct digest_papers *list = &d->papers;
	size_t room = d->style.room;

	/* Not each time, since it takes a sort. */
	if (room == 0 || list->n < 2 * room)
		return;
	sort_papers(d);
	for (size_t i = room; i < list->n; i++) {
		if (d->style.top == 0)
			count_topics_of(d, list->v[i]);
		free_paper(list->v[i]);
	}
	d->left_out += list->n - room;
	list->n = room;
}

static int
compare_topics(const void *va, const void *vb)
{
	const struct digest_topic *a = va, *b = vb;

	if (a->all != b->all)
		return a->all < b->all ? 1 : -1;
	return slice_cmp(a->label, b->label);
}

static void
count_topics(struct digest *d)
{
	for (size_t i = 0; i < d->papers.n; i++)
		count_topics_of(d, d->papers.v[i]);
	if (d->ntopics > 1)
		qsort(
		    d->topics, d->ntopics, sizeof(*d->topics), compare_topics);
}

static struct slice
group_label(const struct digest *d, const struct digest_paper *p)
{
	switch (d->style.group_by) {
	case GROUP_TOPIC:
		if (d->ntopics == 0)
			break;
		return p->topics.n > 0 ? p->topics.v[0] : SLICE_LIT(NO_TOPIC);
	case GROUP_CATEGORY:
		return p->primary.n > 0 ? p->primary : SLICE_LIT(NO_CATEGORY);
	case GROUP_NONE:
		break;
	}
	return (struct slice) {"", 0};
}

/* What make_groups knows while it runs. */
struct grouping {
	struct strmap labels, anchors;
	size_t cap;
};

/* "topic-" and the label's ASCII letters and digits; its position joins them
 * where that is not one of a kind. */
static struct slice
make_anchor(struct digest *d, struct grouping *g, struct slice label)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct slice anchor;

	strbuf_addstr(&b, label.n > 0 ? "topic-" : "papers");
	for (size_t i = 0; i < label.n && b.len < 64; i++) {
		unsigned char c = (unsigned char)label.p[i];

		if (c < 0x80 && isalnum(c))
			strbuf_addch(&b, (char)tolower(c));
		else if (b.s[b.len - 1] != '-')
			strbuf_addch(&b, '-');
	}
	while (b.s[b.len - 1] == '-' ||
	    !strmap_add(&g->anchors, strbuf_slice(&b), NULL))
		strbuf_addf(&b, "n%zu", d->ngroups + 1);
	anchor = arena_copy(&d->arena, strbuf_slice(&b));
	strbuf_release(&b);
	return anchor;
}

static struct digest_group *
group_entry(struct digest *d, struct grouping *g, struct slice label)
{
	struct digest_group *group;
	size_t i;

	if (!strmap_add(&g->labels, label, &i))
		return &d->groups[i];
	d->groups = xgrow(d->groups, &g->cap, i + 1, sizeof(*d->groups));
	group = &d->groups[i];
	memset(group, 0, sizeof(*group));
	group->label = label;
	group->anchor = make_anchor(d, g, label);
	d->ngroups++;
	return group;
}

/* Groups in the order of their best papers. */
static void
make_groups(struct digest *d)
{
	struct grouping g = {0};
	struct digest_paper *p;

	for (size_t i = 0; i < d->papers.n; i++) {
		p = d->papers.v[i];
		papers_push(&group_entry(d, &g, group_label(d, p))->papers, p);
	}
	strmap_release(&g.labels);
	strmap_release(&g.anchors);
}

/* In the order in which sections show them, through the whole document. */
static void
number_papers(const struct digest *d)
{
	const struct digest_group *g;
	size_t i, j, number = 0;

	for (i = 0; i < d->ngroups; i++) {
		g = &d->groups[i];
		for (j = 0; j < g->papers.n; j++)
			g->papers.v[j]->number = ++number;
	}
}

/* What the head counts of a topic, for its section. */
static void
count_group(const struct digest *d, struct digest_group *g)
{
	g->all = g->papers.n;
	if (d->style.group_by != GROUP_TOPIC)
		return;
	for (size_t i = 0; i < d->ntopics; i++)
		if (slice_same(d->topics[i].label, g->label) &&
		    d->topics[i].all > g->all)
			g->all = d->topics[i].all;
}

void
group_papers(struct digest *d)
{
	count_topics(d);
	make_groups(d);
	for (size_t i = 0; i < d->ngroups; i++)
		count_group(d, &d->groups[i]);
	number_papers(d);
}
