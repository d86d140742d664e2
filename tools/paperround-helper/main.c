/* SPDX-License-Identifier: ISC */
/*
 * paperround-helper: what the script paperround needs and a shell cannot do
 * safely or everywhere.  It is no command of its own, so its messages bear the
 * script's name.
 *
 *	paperround-helper lock FILE COMMAND [ARGUMENT ..]
 *	paperround-helper finish FROM TO
 *	paperround-helper guess WORD CHOICE ..
 *	paperround-helper url <FILE
 *	paperround-helper loopback <FILE
 *
 * The last two read a URL, which may be a secret: nobody sees it in a command
 * line, and no message repeats it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/guess.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/net/http_policy.h"
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

/* To be freed; a URL of several lines is none. */
static char *
read_url(void)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n = getline(&line, &cap, stdin);

	if (n < 0)
		die(EXIT_MISUSE, "no URL on standard input");
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

/* True if it may be asked: HTTPS, or this machine, and no name in it. */
static bool
may_ask(void)
{
	char *url = read_url();
	const char *why;
	bool may = http_url_allowed(url, &why);

	if (!may)
		msg_error("%s", why);
	free(url);
	return may;
}

static bool
is_loopback(void)
{
	char *url = read_url();
	bool loopback = http_url_is_loopback(url);

	free(url);
	return loopback;
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
	if (argc == 2 && strcmp(argv[1], "url") == 0)
		return may_ask() ? EXIT_OK : EXIT_SOME_FAILED;
	if (argc == 2 && strcmp(argv[1], "loopback") == 0)
		return is_loopback() ? EXIT_OK : EXIT_SOME_FAILED;
	die(EXIT_MISUSE, "paperround-helper serves paperround alone");
}
