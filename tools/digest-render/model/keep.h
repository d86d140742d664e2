/* SPDX-License-Identifier: ISC */
/*
 * Copies of what a record says, as they are shown, in the arena of the digest
 * or of the paper that is coming in (d->builder->into).  What is no text of
 * the kind that is wanted comes out empty.
 */
#ifndef KEEP_H
#define KEEP_H

#include "model/digest.h"
#include "model/digest_internal.h"

typedef struct slice keep_item_fn(struct digest *d, struct slice s);

keep_item_fn keep; /* as it is */
keep_item_fn keep_word; /* that many papers share */
keep_item_fn keep_text; /* that may hold TeX */
keep_item_fn keep_name; /* of an author; a mere sign is none */
keep_item_fn keep_url; /* with what a URL must not hold encoded */
keep_item_fn keep_web; /* the same, if it may be followed */
/* The URL that begins so and ends in the name. */
struct slice
keep_address(struct digest *d, const char *before, struct slice name);

/* A list is gathered in the builder, then moved to the arena. */
void kept_push(struct digest_builder *b, struct slice s);
bool kept_has(const struct digest_builder *b, struct slice text);
struct slices kept_take(struct digest *d);

/* The strings of an array, but for those that come out empty: JSON, a key of
 * the record, or a member of builder->object. */
struct slices
keep_list(struct digest *d, struct slice array, keep_item_fn *keep_item);
struct slices keep_array(struct digest *d, const struct paper *p,
    enum paper_key key, keep_item_fn *keep_item);
struct slices
member_list(struct digest *d, const char *key, keep_item_fn *keep_item);
/* A string of builder->object, valid until the next one. */
struct slice member_text(struct digest *d, const char *key);

#endif
