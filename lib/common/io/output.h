/* SPDX-License-Identifier: ISC */
/*
 * Where records and documents go: stdout, or a temporary file that becomes
 * -o FILE when the run ends well.
 *
 * Only whole records are handed to write(2), every write is checked, and
 * output_finish tells whether all of it arrived.  A reader that went away
 * (EPIPE) is not an error to complain of: the run ends as by SIGPIPE, after
 * its report was written.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/io/outside.h"

struct output {
	int fd;
	char *path; /* NULL: stdout */
	char *temp; /* the file being written, NULL for stdout */
	/* Who puts the file in place, or removes it: by then this process may
	 * have given up the right to. */
	struct outside placer;
	bool aside; /* to be put in place as FILE.part */
	struct strbuf buf;
	bool line_buffered;
	bool failed;
	bool is_tty;
};

/* Opens path, or stdout if it is NULL or "-".  Of a symbolic link it is the file
 * that it leads to.  Exits if that fails. */
void output_open(struct output *o, const char *path, bool line_buffered);
/* One record: its bytes and a newline. */
void output_record(struct output *o, struct slice record);
/* Part of a document; bytes as they are. */
void output_write(struct output *o, const void *p, size_t n);
/* Everything given so far reaches the file.  False if a write failed. */
bool output_flush(struct output *o);
/* .. and the disk, if it is a file on one. */
bool output_sync(struct output *o);
/* Flushes, closes, and puts FILE in place if keep; FILE.part if o->aside is
 * set.  False if anything failed: then FILE is as it was.  A process that is
 * killed leaves no temporary file either. */
bool output_finish(struct output *o, bool keep);

/* Removes the temporary files of all outputs not finished; for ends that skip
 * exit handlers. */
void output_abandon_all(void);

/* All n bytes to a file, whatever the number of writes; false and errno on
 * failure. */
bool output_all(int fd, const char *p, size_t n);

/* A file that is replaced whole: written beside it, then renamed.  False and
 * errno on failure, with the old file as it was. */
bool output_replace_file(const char *path, struct slice content, mode_t mode);

#endif
