/* SPDX-License-Identifier: ISC */
/*
 * Records of text made small and quick to search, as what a page's script
 * reads (search.js): every distinct word stands once in a dictionary, and a
 * record is a row of their numbers.  A search looks through the dictionary,
 * and then compares numbers.
 */
#ifndef PACK_H
#define PACK_H

#include "common/base/slice.h"
#include "common/io/output.h"

struct pack;

struct pack *pack_new(void);
void pack_free(struct pack *p);

/* The next item of the record's field: a text that is cut into words; or a name
 * that stays one, which the script can tell from others by its number. */
void pack_text(struct pack *p, struct slice text);
void pack_name(struct pack *p, struct slice name);
void pack_end_field(struct pack *p);
/* After the last field, which needs no end of its own. */
void pack_end_record(struct pack *p);

/* The dictionary, and the records.  Neither holds '<', so that they can stand in
 * a <script>.  pack_finish goes before both, and nothing is added after it. */
void pack_finish(struct pack *p);
void pack_write_words(const struct pack *p, struct output *out);
void pack_write_records(const struct pack *p, struct output *out);

#endif
