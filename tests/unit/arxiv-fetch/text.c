/* SPDX-License-Identifier: ISC */
/* What is made of ids, names, categories, descriptions and links. */
#include <stdlib.h>

#include "../tap.h"
#include "common/record/arxiv_id.h"
#include "formats/feed_internal.h"

static void
test_ids(void)
{
	static const struct {
		const char *text, *id; /* NULL: none */
		long version;
	} rows[] = {
	    {"2510.13999", "2510.13999", 0},
	    {"2510.13999v2", "2510.13999", 2},
	    {" arXiv:0704.0001 ", "0704.0001", 0},
	    {"ARXIV:0704.0001v12", "0704.0001", 12},
	    {"oai:arXiv.org:hep-th/9901001v1", "hep-th/9901001", 1},
	    {"math.GT/0309136", "math/0309136", 0},
	    {"MATH.gt/0309136v3", "math/0309136", 3},
	    {"math-ph/0601001", "math-ph/0601001", 0},
	    {"cond-mat.stat-mech/0309136", "cond-mat/0309136", 0},
	    {"hep-th//9901001", "hep-th/9901001", 0},
	    {"https://arxiv.org/abs/2510.13999v1", "2510.13999", 1},
	    {"http://www.arxiv.org/pdf/2510.13999.pdf", "2510.13999", 0},
	    {"arxiv.org/abs/adap-org/9901001", "adap-org/9901001", 0},
	    {"https://export.arxiv.org/pdf/2510.13999v2.pdf#page=3",
		"2510.13999", 2},
	    {"https://arxiv.org/html/2510.13999v2/", "2510.13999", 2},
	    {"https://arxiv.org/abs/2510.13999?context=cs.LG#x", "2510.13999",
		0},
	    {"https://arxiv.org/format/2510.13999", "2510.13999", 0},
	    {"https://arxiv.org/src/math/0309136v1", "math/0309136", 1},
	    {"https://arxiv.org/e-print/2510.13999", "2510.13999", 0},
	    {"arXiv: 2510.13999", "2510.13999", 0},
	    {"arXiv:2510.13999v1 [cs.LG] 15 Oct 2025", "2510.13999", 1},
	    {"2510.13999v1  [cs.LG]", "2510.13999", 1},
	    {"doi:10.48550/arXiv.hep-th/9901001", "hep-th/9901001", 0},
	    {"https://doi.org/10.48550/arxiv.2510.13999", "2510.13999", 0},
	    {"arXiv.2510.13999", "2510.13999", 0},
	    {"https://notarxiv.org/abs/2510.13999", NULL, 0},
	    {"https://arxiv.org/2510.13999", NULL, 0},
	    {"10.48550/2510.x", NULL, 0},
	    {"arXiv: ", NULL, 0},
	    {"2510.13999 and 2510.14000", NULL, 0},
	    {"704.0001", NULL, 0},
	    {"2510.139", NULL, 0},
	    {"2510.139999", NULL, 0},
	    {"2510.13999v0", NULL, 0},
	    {"2510.13999v", NULL, 0},
	    {"2510.13999v99999999999", NULL, 0},
	    {"2510.13999x", NULL, 0},
	    {"/9901001", NULL, 0},
	    {"-th/9901001", NULL, 0},
	    {"hep-th/990100", NULL, 0},
	    {"averyveryverylongarchivename/9901001", NULL, 0},
	    {"https://example.org/abs/2510.13999", NULL, 0},
	    {"", NULL, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[ARXIV_ID_SIZE] = "untouched";
		long version = -1;
		bool is = arxiv_id_parse(slice_of(rows[i].text), id, &version);

		if (rows[i].id == NULL)
			ok(!is && version == -1, "'%s' is none", rows[i].text);
		else if (ok(is && version == rows[i].version, "'%s' is one",
			     rows[i].text))
			is_str(id, rows[i].id, "  canonical");
	}
}

/* The names with "|" between them. */
static const char *
joined(const struct strlist *l)
{
	static struct strbuf b = STRBUF_INIT(4096);

	strbuf_reset(&b);
	for (size_t i = 0; i < l->n; i++)
		strbuf_addf(&b, "%s%s", i > 0 ? "|" : "", l->v[i]);
	return b.s;
}

static void
test_authors(void)
{
	static const struct {
		const char *text, *names;
		bool with_and;
	} rows[] = {
	    {"Ada Example, Bob B. Sample", "Ada Example|Bob B. Sample", false},
	    {" The ATLAS Collaboration", "The ATLAS Collaboration", false},
	    {"A (I, J (K, L), M), B (N)", "A|B", false},
	    {"J. M. Herreros), B", "J. M. Herreros|B", false},
	    {"A (Inst, B, C", "A Inst|B|C", false},
	    {"G\\\"unther M\\'{u}ster, \\O. X",
		"G\\\"unther M\\'{u}ster|\\O. X", false},
	    {"A Heath, Jr., B", "A Heath Jr.|B", false},
	    {"Jr., B", "Jr.|B", false},
	    {"A, B et al.", "A|B", false},
	    {"A, et al.", "A", false},
	    {"A,, B ,", "A|B", false},
	    {"Youjian, Liu", "Youjian|Liu", false},
	    {"Romeo and Juliet", "Romeo and Juliet", false},
	    {"A, B and C", "A|B|C", true},
	    {"A, B, and C", "A|B|C", true},
	    {"A (1) and B (2) ((1) X, (2) Y and Z)", "A|B", true},
	    {"Sandy Anderson and Andy Rand", "Sandy Anderson|Andy Rand", true},
	    {"A\n  B, C", "A B|C", true},
	    {"The X Collaboration: A. B, C, et al",
		"The X Collaboration|A. B|C", false},
	    {" Team X, :, A. B, C", "Team X|A. B|C", false},
	    {"A \\& B & C\\\\ D, and E", "A|B|C|D|E", true},
	    {"AT&T Labs", "AT&T Labs", true},
	    {"Jos\\\\'e A\\\\^a", "Jos\\\\'e A\\\\^a", true},
	    {"A$^{1,2}$, B$^*$, C$^{\\dagger}$, D[1,2], E^1, F^{a}",
		"A|B|C|D|E|F", false},
	    {"A\\thanks{Supported by X, Y and Z}, B\\dag and C\xe2\x80\xa0",
		"A|B|C", true},
	    {"Ren\\^e A, $\\beta$ B [x], C{", "Ren\\^e A|$\\beta$ B [x]|C{",
		false},
	    {"A\xe2\x81\xb0\xe2\x81\xb4, B^\\dagger, C#, D@ and e@f",
		"A|B|C|D|e@f", true},
	    {"A\\footnote{no end, B^{, C$^1", "A{no end|B{|C$", false},
	    {"", "", true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct strlist names = STRLIST_INIT;

		authors_split(&names, slice_of(rows[i].text), rows[i].with_and);
		is_str(joined(&names), rows[i].names, "authors, row %zu", i);
		strlist_release(&names);
	}
}

static void
test_categories(void)
{
	static const struct {
		const char *name;
		bool is;
	} names[] = {{"cs", true}, {"cs.LG", true}, {"hep-th", true},
	    {"cond-mat.stat-mech", true}, {"q-bio.QM", true},
	    {"acc-phys", true}, {"53D10, 53D15", false}, {"I.2.7", false},
	    {"68T05", false}, {"cs.", false}, {"cs.L", false}, {"c", false},
	    {"cs.LG ", false}, {"-th", false}, {"", false}};
	static const struct {
		const char *list, *set;
	} sets[] = {
	    {"cs.LG", "cs:cs:LG"},
	    {"cs.LG,cs.AI", "cs:cs"},
	    {"cs", "cs:cs"},
	    {"hep-th", "physics:hep-th"},
	    {"cond-mat.soft", "physics:cond-mat:soft"},
	    {"hep-th,quant-ph", "physics"},
	    {"math.MP", "math:math:MP"},
	    {"math-ph", "physics:math-ph"},
	    {"cs.LG,stat.ML", ""},
	};
	char *name;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ok(category_is_name(slice_of(names[i].name)) == names[i].is,
		    "category '%s'", names[i].name);
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		struct strlist l = STRLIST_INIT;
		struct strbuf b = STRBUF_INIT(100);

		strlist_split(&l, sets[i].list);
		category_set(&b, &l);
		is_str(b.s, sets[i].set, "the set of %s", sets[i].list);
		strbuf_release(&b);
		strlist_release(&l);
	}
	name = category_canonical("COND-MAT.Soft");
	is_str(name, "cond-mat.soft", "classes of cond-mat are lower case");
	free(name);
	name = category_canonical("CS.lg");
	is_str(name, "cs.LG", "others are upper case");
	free(name);
	ok(category_covers("cs", "cs.LG"), "cs covers cs.LG");
	ok(!category_covers("math", "math-ph"), "math does not cover math-ph");
	ok(!category_covers("cs.LG", "cs.LGX"), "nor cs.LG cs.LGX");
	ok(category_covers("cs.SY", "eess.SY") &&
		category_covers("eess.SY", "cs.SY") &&
		category_covers("math-ph", "math.MP"),
	    "two names of one category");
}

static void
test_code_links(void)
{
	static const struct {
		const char *text, *links;
	} rows[] = {
	    {"Code: https://github.com/a/b.", "https://github.com/a/b"},
	    {"(https://github.com/a/b)", "https://github.com/a/b"},
	    {"(see https://gitlab.com/a/b_(c)).", "https://gitlab.com/a/b_(c)"},
	    {"at github.com/a/b, and", "https://github.com/a/b"},
	    {"available at rdd.github.io.", "https://rdd.github.io"},
	    {"\\url{https://github.com/a/b\\_c}", "https://github.com/a/b_c"},
	    {"\\href{https://huggingface.co/x}{here}",
		"https://huggingface.co/x"},
	    {"https://github.com/a/b,https://github.com/c/d",
		"https://github.com/a/b|https://github.com/c/d"},
	    {"Project page: https://example.org/p/.", "https://example.org/p/"},
	    {"https://github.com/a/b https://github.com/a/b",
		"https://github.com/a/b"},
	    {"see https://example.org/paper", ""},
	    {"https://github.com/a/b's code", "https://github.com/a/b"},
	    {"https://github.com/a/b).(And", "https://github.com/a/b"},
	    {"[https://github.com/a/b]...", "https://github.com/a/b"},
	    {"https://github.com/a/b~\\cite{x}", "https://github.com/a/b"},
	    {"https://github.com/a/b\\footnote", "https://github.com/a/b"},
	    {"\u201chttps://github.com/a/b\u201d", "https://github.com/a/b"},
	    {"https://github.com/a/b\u2014and", "https://github.com/a/b"},
	    {"https://github.com/a/b\\\\", "https://github.com/a/b"},
	    {"https://github.com/a/b?x=1\\&y=\\%20,",
		"https://github.com/a/b?x=1&y=%20"},
	    {"github.com", ""},
	    {"https://github.com/", ""},
	    {"notgithub.com/a/b", ""},
	    {"https://evil.org/github.com/a", ""},
	    {"a/b and x.y", ""},
	    {"see project.sourceforge.net", "https://project.sourceforge.net"},
	    {"Group.GitHub.IO", "https://Group.GitHub.IO"},
	    {"HTTPS://GitHub.com/a/b", "HTTPS://GitHub.com/a/b"},
	    {"a:b:https://github.com/a/b", "https://github.com/a/b"},
	    {"ttps://github.com/a/b", ""},
	    {"code://x.org/a", ""},
	    {"http://", ""},
	    {"code https://", ""},
	    {"", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct strlist links = STRLIST_INIT;

		code_links_find(&links, slice_of(rows[i].text));
		is_str(
		    joined(&links), rows[i].links, "links: %s", rows[i].text);
		strlist_release(&links);
	}
}

static void
test_descriptions(void)
{
	struct strbuf b = STRBUF_INIT(100);
	struct entry e;

	entry_init(&e);
	description_apply(&e,
	    SLICE_LIT("arXiv:2504.17830v1 Announce Type: replace-cross \n"
		      "Abstract: We  show\n  that <x> holds."));
	is_str(e.id, "2504.17830", "the id of a description");
	is_int(e.version, 1, "its version");
	is_int(e.announce, ANNOUNCE_REPLACE_CROSS, "its type");
	is_str(e.text[ENTRY_ABSTRACT].s, "We show that <x> holds.",
	    "its abstract");
	entry_reset(&e);
	description_apply(&e, SLICE_LIT("Abstract arithmetic is fun."));
	is_str(e.text[ENTRY_ABSTRACT].s, "Abstract arithmetic is fun.",
	    "a bare abstract");
	entry_reset(&e);
	description_apply(&e, SLICE_LIT("arXiv:2504.17830v1 is wrong."));
	is_str(e.text[ENTRY_ABSTRACT].s, "arXiv:2504.17830v1 is wrong.",
	    "an abstract that begins with an id");
	is_str(e.id, "", "which is not the paper's");
	entry_reset(&e);
	old_title_apply(
	    &e, SLICE_LIT("Stars. (arXiv:1111.1111v2 [astro-ph.GA] UPDATED)"));
	is_str(e.text[ENTRY_TITLE].s, "Stars.", "an old title");
	is_str(e.id, "1111.1111", "its id");
	is_str(e.categories.v[0], "astro-ph.GA", "its category");
	is_int(e.announce, ANNOUNCE_REPLACE, "its type");
	entry_reset(&e);
	old_title_apply(&e, SLICE_LIT("On (arXiv:1111) and others"));
	is_str(e.text[ENTRY_TITLE].s, "On (arXiv:1111) and others",
	    "a title with brackets of its own");
	html_strip(&b, SLICE_LIT("<a href=\"x\">J.~Doe</a> &amp; 1 &lt; 2"));
	is_str(b.s, "J.~Doe & 1 < 2", "HTML of old feeds");
	strbuf_release(&b);
	entry_release(&e);
}

static void
test_merging(void)
{
	struct entry a, b;

	entry_init(&a);
	entry_init(&b);
	entry_add_category(&a, SLICE_LIT("cs.LG"));
	entry_add_category(&b, SLICE_LIT("stat.ML"));
	entry_add_category(&b, SLICE_LIT("cs.LG"));
	a.announce = ANNOUNCE_CROSS;
	b.announce = ANNOUNCE_NEW;
	a.version = b.version = 1;
	entry_set_text(&a, ENTRY_TITLE, SLICE_LIT("T"));
	entry_set_text(&b, ENTRY_TITLE, SLICE_LIT("other"));
	entry_set_text(&b, ENTRY_COMMENT, SLICE_LIT("12 pages"));
	entry_merge(&a, &b);
	is_int(a.announce, ANNOUNCE_NEW, "the strongest type wins");
	is_str(joined(&a.categories), "cs.LG|stat.ML", "categories join");
	is_str(a.text[ENTRY_TITLE].s, "T", "a text that is there stays");
	is_str(a.text[ENTRY_COMMENT].s, "12 pages", "one that lacks comes");
	b.version = 2;
	entry_merge(&a, &b);
	is_str(a.text[ENTRY_TITLE].s, "other", "a newer version replaces");
	entry_put_category(&a, SLICE_LIT("stat.ML"), 0);
	is_str(joined(&a.categories), "stat.ML|cs.LG", "primary goes first");
	entry_release(&a);
	entry_release(&b);
}

static void
test_listing(void)
{
	struct listing l = {.day = NO_DAY};
	char day[DATE_LEN];

	ok(listing_heading(
	       &l, "Showing new listings for Friday, 11 September 2026"),
	    "a heading with a date");
	is_str(day_format(l.day, day), "2026-09-11", "the date");
	ok(listing_heading(&l, "New submissions (showing 271 of 271 entries)"),
	    "new submissions");
	ok(listing_heading(
	       &l, "Cross submissions (showing first 10 of 90 entries)"),
	    "some cross submissions");
	ok(listing_heading(&l,
	       "Replacement submissions (continued, showing last 1 of 7 "
	       "entries)"),
	    "the end of replacements");
	ok(l.fresh == 271 && l.cross == 90 && l.replaced == 7, "the numbers");
	ok(listing_heading(&l, "Cross-lists (showing 1 of 2 entries)") &&
		l.cross == 2,
	    "the older word");
	ok(!listing_heading(&l, "Showing 3 of 4 reasons"), "other headings");
	ok(!listing_read(&l, SLICE_LIT("<html><p>busy</p></html>")),
	    "a page that is no listing");
	ok(listing_read(&l, SLICE_LIT("<p>No updates today.</p>")) &&
		l.no_updates,
	    "an empty day");
}

int
main(void)
{
	test_ids();
	test_authors();
	test_categories();
	test_code_links();
	test_descriptions();
	test_merging();
	test_listing();
	return done_testing();
}
