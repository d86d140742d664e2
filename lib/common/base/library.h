/* SPDX-License-Identifier: ISC */
/*
 * Libraries that are loaded when they are needed: to load libcurl with all that
 * it links takes more time than most of what a tool does without it.  Packages
 * depend on them as on those that are linked.
 *
 * With LINK_LIBRARIES defined (make static) they are linked all the same, and
 * nothing is loaded.
 */
#ifndef LIBRARY_H
#define LIBRARY_H

#include <stddef.h>

/* A function of a library, where in a struct the pointer to it stands, and the
 * function itself where it is linked. */
struct library_function {
	const char *name;
	size_t offset;
	void (*linked)(void);
};

/* What the row of a function has as its linked. */
#ifdef LINK_LIBRARIES
#define LIBRARY_LINKED(function) ((void (*)(void))(function))
#else
#define LIBRARY_LINKED(function) NULL
#endif

/*
 * Loads soname, whose interface the headers describe, and sets the pointers to
 * n functions in the struct at pointers.  Exits with 1 if it cannot: needed
 * says what needs it, and in which package it is.
 */
void library_load(const char *soname, const char *needed, void *pointers,
    const struct library_function *f, size_t n);

#endif
