/* SPDX-License-Identifier: ISC */
/*
 * The batches of a category on disk: a file for each host and category, which
 * is replaced as a whole under a lock, so that any number of processes may
 * add to it.  What cannot be used is set aside, and what cannot be written is
 * told; then nothing is remembered, and nothing else happens.
 */
#ifndef MEMORY_FILE_H
#define MEMORY_FILE_H

#include "model/batch.h"

struct memory_file {
	char *path; /* NULL: nothing is remembered */
};

/* dir NULL: no memory; base is a server that is asked instead of arXiv's, or
 * NULL. */
void memory_file_init(struct memory_file *f, const char *dir, const char *base,
    const char *category);
void memory_file_release(struct memory_file *f);
/* m is empty if there is nothing to be had. */
void memory_file_load(struct memory_file *f, struct batch_memory *m);
/* The batches join what the file has by now. */
void
memory_file_put(struct memory_file *f, const struct batch *batches, size_t n);

#endif
