/* SPDX-License-Identifier: ISC */
#include "../../../tools/paper-filter/idset.h"
#include "../tap.h"

#define MANY 100000

int
main(void)
{
	struct idset s = IDSET_INIT;
	char id[300];
	size_t number, wrong = 0;

	ok(!idset_has(&s, SLICE_LIT("x")), "nothing is in an empty set");
	for (size_t i = 0; i < MANY; i++) {
		snprintf(id, sizeof(id), "2513.%05zu", i);
		wrong += !idset_add(&s, slice_of(id), &number) || number != i;
	}
	is_int(wrong, 0, "many new ids are numbered in order");
	for (size_t i = 0; i < MANY; i++) {
		snprintf(id, sizeof(id), "2513.%05zu", i);
		wrong += idset_add(&s, slice_of(id), &number) || number != i;
		wrong += !idset_has(&s, slice_of(id));
		id[0] = '3';
		wrong += idset_has(&s, slice_of(id));
	}
	is_int(wrong, 0, "all of them are found, and no other");
	is_int(s.n, MANY, "how many there are");
	memset(id, 'a', sizeof(id));
	ok(idset_add(&s, (struct slice) {id, 300}, NULL), "a long id");
	ok(idset_has(&s, (struct slice) {id, 300}), "is found");
	ok(!idset_has(&s, (struct slice) {id, 254}), "its beginning is not");
	ok(idset_add(&s, (struct slice) {"", 0}, NULL), "the empty id is one");
	ok(idset_has(&s, (struct slice) {"", 0}), "and is found");
	idset_release(&s);
	return done_testing();
}
