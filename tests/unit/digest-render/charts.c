/* SPDX-License-Identifier: ISC */
/* The plot's geometry, and what the bars say. */
#include "formats/html/html.h"

#include <math.h>

#include "../tap.h"

#define NONE NAN

struct row {
	const char *name;
	double scores[8]; /* relevance, novelty, relevance .. */
	size_t n;
	const char *has, *hasnt;
};

static void
test_plot(void)
{
	static const struct row rows[] = {
	    {"one paper", {9, 8}, 1,
		"data-cell=\"9,8\" aria-label=\"1 paper: relevance 9, novelty "
		"8\"",
		"data-cell=\"8,"},
	    {"two in one circle", {9, 8, 9.2, 7.6}, 2,
		"aria-label=\"2 papers: relevance 9, novelty 8\"", "1 paper"},
	    {"three columns at least", {10, 10}, 1, "viewBox=\"0 0 220 220\"",
		">7</text>"},
	    {"as many as are needed", {4, 10}, 1, "viewBox=\"0 0 444 220\"",
		">3</text>"},
	    {"a missing novelty has a row", {9, NONE}, 1,
		"relevance 9, novelty \u2013", "novelty 0"},
	    {"no novelty at all: no empty rows", {9, NONE}, 1,
		"viewBox=\"0 0 220 108\"", "y=\"44\">10</text>"},
	    {"a missing relevance has a column", {NONE, 9}, 1,
		"data-cell=\"0,9\"", "relevance 0"},
	    {"past the scale", {25, -3}, 1, "data-cell=\"10,0\"",
		"data-cell=\"25"},
	    {"the description says it all", {9, 8, 10, 9, 9, 8}, 3,
		"<desc>1 paper: relevance 10, novelty 9. 2 papers: relevance "
		"9, novelty 8. </desc>",
		"NaN"},
	    {"the largest circle fills its cell", {9, 8}, 1, "r=\"25.0\"",
		"r=\"11.0\""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		struct digest_paper papers[4] = {{.number = 1}};
		struct digest_paper *list[4];
		struct digest d = {.papers = {list, r->n, r->n}};
		struct strbuf b = STRBUF_INIT(STRBUF_MAX);

		for (size_t k = 0; k < r->n; k++) {
			papers[k].id = SLICE_LIT("2599.00001");
			papers[k].relevance = r->scores[2 * k];
			papers[k].novelty = r->scores[2 * k + 1];
			papers[k].has_relevance = !isnan(papers[k].relevance);
			papers[k].has_novelty = !isnan(papers[k].novelty);
			list[k] = &papers[k];
		}
		html_plot(&b, &d);
		if (!ok(strstr(b.s, r->has) != NULL &&
			    strstr(b.s, r->hasnt) == NULL,
			"%s", r->name))
			printf("# %.600s\n", b.s);
		strbuf_release(&b);
	}
}

static void
test_days(void)
{
	struct digest_day days[2] = {{.date = SLICE_LIT("2025-10-16"),
					 .dated = true,
					 .state = DAY_OUTAGE},
	    {.date = SLICE_LIT("2025-10-17"),
		.dated = true,
		.relevant_known = true}};
	struct digest d = {.days = days, .ndays = 2};
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);

	html_day_bars(&b, &d);
	is_str(b.s, "", "no paper, no bars");
	html_cost_bars(&b, &d);
	is_str(b.s, "", "no price, no bars");
	days[1].papers.n = 3;
	html_day_bars(&b, &d);
	ok(strstr(b.s, ">2025-10-16: –, outage. </span>") != NULL &&
		strstr(b.s, ">2025-10-17: 3 papers. </span>") != NULL,
	    "words tell each day");
	ok(strstr(b.s, "class=\"broken\"") != NULL, "an outage is marked");
	ok(strstr(b.s, "<a ") == NULL, "a week has no pages of days to link");
	strbuf_reset(&b);
	d.style.view = VIEW_MONTH;
	html_day_bars(&b, &d);
	ok(strstr(b.s, "<a href=\"2025-10-17.html\"") != NULL, "a month does");
	strbuf_release(&b);
}

int
main(void)
{
	test_plot();
	test_days();
	return done_testing();
}
