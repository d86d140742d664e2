/* SPDX-License-Identifier: ISC */
/*
 * paperround-helper: what the script paperround needs and a shell cannot do
 * safely or everywhere.  It is no command of its own, so its messages bear the
 * script's name.
 *
 *	paperround-helper lock FILE COMMAND [ARGUMENT ..]
 *	paperround-helper finish FROM TO
 *	paperround-helper guess WORD CHOICE ..
 *	paperround-helper url web|mail <FILE
 *
 * The last one reads a URL, which may be a secret: nobody sees it in a command
 * line, and no message repeats it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/guess.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "helper.h"

/* Prints what ends a message about a word that is none of the choices. */
static int
suggest(const char *word, char *const *choices)
{
	struct guess g = GUESS_INIT(word);

	for (; *choices != NULL; choices++)
		guess_consider(&g, slice_of(*choices));
	return fputs(guess_phrase(&g), stdout) != EOF && fflush(stdout) == 0
	    ? EXIT_OK
	    : EXIT_SOME_FAILED;
}

int
main(int argc, char *argv[])
{
	msg_init("paperround");
	if (argc >= 4 && strcmp(argv[1], "lock") == 0)
		return lock_run(argv[2], argv + 3);
	if (argc == 4 && strcmp(argv[1], "finish") == 0)
		return finish(argv[2], argv[3]) ? EXIT_OK : EXIT_SOME_FAILED;
	if (argc >= 4 && strcmp(argv[1], "guess") == 0)
		return suggest(argv[2], argv + 3);
	if (argc == 3 && strcmp(argv[1], "url") == 0)
		return url_settings(argv[2], stdin) ? EXIT_OK
						    : EXIT_SOME_FAILED;
	die(EXIT_MISUSE, "paperround-helper serves paperround alone");
}
