/* SPDX-License-Identifier: ISC */
/*
 * A step that is finished or did not happen, whatever is killed or loses its
 * power meanwhile.
 */
#ifndef FINISH_H
#define FINISH_H

#include <stdbool.h>

/*
 * Writes from to the disk, with what is in it if it is a folder, then gives it
 * the name to, which nothing but a file may have had.  False, with a message,
 * if that failed: then to is what it was, or new and perhaps not on the disk.
 */
bool finish(const char *from, const char *to);

#endif
