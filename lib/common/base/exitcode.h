/* SPDX-License-Identifier: ISC */
/*
 * What the tools tell the shell.  The same table stands in every page's
 * EXIT STATUS section.
 */
#ifndef EXITCODE_H
#define EXITCODE_H

enum exitcode {
	EXIT_OK = 0,
	/* Something failed; what was written is valid and says what is
	 * missing.  Also: nothing passed, when -e asked to be told. */
	EXIT_SOME_FAILED = 1,
	EXIT_MISUSE = 2,
	/* Too little could be done to publish; trying again later may help
	 * (EX_TEMPFAIL of sysexits.h). */
	EXIT_TRY_LATER = 75,
	/* Refused for good: key, quota, permission (EX_NOPERM). */
	EXIT_REFUSED = 77
};

#endif
