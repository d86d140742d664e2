/* SPDX-License-Identifier: ISC */
/*
 * What a tool gives up once its options are read and its files are open.
 * Input is hostile; a parser that it fools should find nothing to do with.
 *
 * Two means, one behind the other: seccomp lets only those calls through that
 * the tool needs from here on, and Landlock lets it reach only those paths.
 * What is refused answers EPERM, EACCES or ENOSYS and never kills.  What was
 * opened before stays open.
 *
 * Where the kernel lacks one of them, or this machine's calls are not known
 * here, the tool runs on with the other and says so with --verbose; in a
 * sanitizer's build, which needs more than we do, with neither.
 */
#ifndef CONFINE_H
#define CONFINE_H

#include <stdbool.h>

#include "common/io/line_reader.h"

/* What may be done below a path; each includes those before it. */
enum confine_right {
	CONFINE_READ = 1,
	CONFINE_WRITE, /* and make, rename and remove plain files */
	CONFINE_FOLDERS /* and make folders */
};

struct confine_place {
	const char *path; /* "" and what is missing is left out */
	enum confine_right right;
};

struct confinement {
	const struct confine_place *places; /* ended by NULL; NULL: none */
	/* Operands, some of which may wait unopened: to be read, as is the
	 * folder of those that are not there yet; NULL: none. */
	const struct operands *waiting[2];
	bool reads; /* any file that the user can read */
	bool
	    network; /* connections to the internet; threads, to look up names */
	bool commands; /* descriptors are handed over sockets that are open */
};

/*
 * No programs, no processes, no signals to others, no changes of modes,
 * owners, times and attributes; of the rest what c says.  False if something
 * of that is not enforced.
 */
bool confine(const struct confinement *c);

/* For filters: what is open, and no path at all but those that wait. */
bool confine_to_filter(const struct operands *files);

#endif
