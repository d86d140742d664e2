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
 *	paperround-helper hide <FILE
 *
 * What may be a secret is read: nobody sees it in a command line, and no message
 * repeats it.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/guess.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/secret.h"
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

/* How much is looked at together, and again with what follows, since a key may
 * be said over several lines. */
#define BLOCK ((size_t)64 << 10)
#define AGAIN ((size_t)2 << 10)

/* What is read, as it is but for the keys that stand in the environment. */
static bool
hide(FILE *in)
{
	static char block[BLOCK];
	size_t kept = 0, n;

	secret_learn_environment();
	do {
		n = kept + fread(block + kept, 1, sizeof(block) - kept, in);
		secret_hide(block, n);
		kept = n == sizeof(block) ? AGAIN : 0;
		(void)fwrite(block, 1, n - kept, stdout);
		memmove(block, block + n - kept, kept);
	} while (kept > 0);
	if (fflush(stdout) == 0 && !ferror(stdout) && !ferror(in))
		return true;
	msg_error("%s", strerror(errno));
	return false;
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
	if (argc == 2 && strcmp(argv[1], "hide") == 0)
		return hide(stdin) ? EXIT_OK : EXIT_SOME_FAILED;
	die(EXIT_MISUSE, "paperround-helper serves paperround alone");
}
