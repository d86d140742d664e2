/* SPDX-License-Identifier: ISC */
#include "../tap.h"
#include "filter.h"

static const struct {
	const char *a, *b;
	enum name_likeness like;
} cases[] = {
    {"Yann LeCun", "Yann LeCun", NAME_SAME},
    {"Yann LeCun", "YANN LECUN", NAME_SAME},
    {"Yann LeCun", "Yann Le Cun", NAME_SAME},
    {"Yann LeCun", "LeCun, Yann", NAME_SAME},
    {"Yann LeCun", "Y. LeCun", NAME_INITIALS},
    {"Yann LeCun", "Yves LeCun", NAME_OTHER},
    {"Yann LeCun", "Yann Cun", NAME_OTHER},
    {"Geoffrey Hinton", "Geoffrey E. Hinton", NAME_SAME},
    {"Geoffrey Everest Hinton", "Geoffrey E. Hinton", NAME_SAME},
    {"G. E. Hinton", "Geoffrey Everest Hinton", NAME_INITIALS},
    {"G.E. Hinton", "Geoffrey Everest Hinton", NAME_INITIALS},
    {"Geoffrey A. Hinton", "Geoffrey E. Hinton", NAME_OTHER},
    {"Jean-Pierre Serre", "Jean Pierre Serre", NAME_SAME},
    {"J.-P. Serre", "Jean-Pierre Serre", NAME_INITIALS},
    {"Jean-Pierre Serre", "Jean Serre", NAME_OTHER},
    {"Jean-Pierre Serre", "Jean Paul Serre", NAME_OTHER},
    {"Jean-Pierre Serre", "Jean P. Serre", NAME_SAME},
    {"Jean-Pierre Serre", "J. Serre", NAME_INITIALS},
    {"J.-P. Serre", "J. Serre", NAME_INITIALS},
    {"J.-P. Serre", "Jean Serre", NAME_OTHER},
    {"Jean-Pierre A. Serre", "Jean-Pierre Serre", NAME_SAME},
    {"Ana Lopez-Garcia", "Ana Garcia", NAME_SAME},
    {"Serre, Jean-Pierre", "Jean Pierre Serre", NAME_SAME},
    {"Paul Erd\\H{o}s", "Paul Erdős", NAME_SAME},
    {"Paul Erdos", "P. Erd\\H os", NAME_INITIALS},
    {"Aaron van den Oord", "A\\\"aron van den Oord", NAME_SAME},
    {"Aaron van den Oord", "Aaron Oord", NAME_SAME},
    {"Łukasz Kaiser", "Lukasz Kaiser", NAME_SAME},
    {"Louis Gates, Jr.", "Louis Gates", NAME_SAME},
    {"Louis Gates Jr", "Louis Gates III", NAME_SAME},
    {"Madonna", "Madonna", NAME_SAME},
    {"Ann Bee", "Ann Bee$^{1,2}$", NAME_SAME},
    {"Ann Bee", "Ann Bee \\dag", NAME_SAME},
    {"Ann Bee", "\\\\ Ann Bee\xe2\x80\xa0*", NAME_SAME},
    {"Jennifer 8 Lee", "Jennifer Lee", NAME_SAME},
    {"Ren\\^e Bee", "Ren\xc3\xaa Bee^3", NAME_SAME},
    {"LeCun", "Yann LeCun", NAME_OTHER},
    {"Y Wang", "Yang Wang", NAME_INITIALS},
    {"Li Wei", "Wei Li", NAME_OTHER},
    {"O'Brien, Pat",
	"Pat O\xe2\x80\x99"
	"Brien",
	NAME_SAME},
};

int
main(void)
{
	struct name a, b;

	name_init(&a);
	name_init(&b);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ok(name_parse(&a, slice_of(cases[i].a)) &&
			name_parse(&b, slice_of(cases[i].b)),
		    "%s and %s are names", cases[i].a, cases[i].b);
		is_int(name_compare(&a, &b), cases[i].like, "%s, %s",
		    cases[i].a, cases[i].b);
		is_int(name_compare(&b, &a), cases[i].like, "%s, %s",
		    cases[i].b, cases[i].a);
	}
	ok(!name_parse(&a, slice_of(" . ,")), "no letter, no name");
	ok(name_parse(&a, slice_of("a b c d e f g h i j k l m n o p q r s")) &&
		slice_eq(name_family(&a), "s"),
	    "of very many names the family's is kept");
	name_release(&a);
	name_release(&b);
	return done_testing();
}
