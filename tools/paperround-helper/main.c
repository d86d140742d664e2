/* SPDX-License-Identifier: ISC */
/*
 * paperround-helper: what the script paperround needs and a shell cannot do
 * safely or everywhere.  It is no command of its own, so its messages bear the
 * script's name.
 *
 *	paperround-helper lock FILE COMMAND [ARGUMENT ..]
 *	paperround-helper finish FROM TO
 */
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "helper.h"

int
main(int argc, char *argv[])
{
	msg_init("paperround");
	if (argc >= 4 && strcmp(argv[1], "lock") == 0)
		return lock_run(argv[2], argv + 3);
	if (argc == 4 && strcmp(argv[1], "finish") == 0)
		return finish(argv[2], argv[3]) ? EXIT_OK : EXIT_SOME_FAILED;
	die(EXIT_MISUSE, "paperround-helper serves paperround alone");
}
