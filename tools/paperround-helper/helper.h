/* SPDX-License-Identifier: ISC */
/* What the script paperround needs and a shell cannot do safely. */
#ifndef HELPER_H
#define HELPER_H

#include <stdbool.h>
#include <stdio.h>

/*
 * One run at a time, for as long as anything of it works.
 *
 * The command gets the locked file as its descriptor 9 and hands it down to
 * what it starts; the lock ends when the last of them has, also where the
 * command itself was killed.  A signal that is sent to this process is sent on
 * to all of them, and the command is waited for.  PAPERROUND_LOCK tells it its
 * own process number, so that it knows the lock is its own and not that of a
 * run which started it.
 */
#define LOCK_FD 9

/* Returns the exit status of the command, 128 and the signal's number if one
 * ended it, or 75, with a message, if the lock is another's. */
int lock_run(const char *file, char *const *command);

/*
 * A step that is finished or did not happen, whatever is killed or loses its
 * power meanwhile.
 *
 * Writes from to the disk, with what is in it if it is a folder, then gives it
 * the name to, which nothing but a file may have had.  False, with a message,
 * if that failed: then to is what it was, or new and perhaps not on the disk.
 */
bool finish(const char *from, const char *to);

/*
 * Reads a URL, a line, and prints what curl(1) is to be told to ask it, as lines
 * for its --config: by which protocol, with TLS, and whether a proxy may see
 * it.  What is for this machine goes through none: its TLS ends where it
 * begins.  False, with a message that does not repeat it, if it may not be asked.
 * kind is "web" or "mail"; exits with 2 for another, and without a URL.
 */
bool url_settings(const char *kind, FILE *in);

#endif
