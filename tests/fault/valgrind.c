/* SPDX-License-Identifier: ISC */
/*
 * Preloaded under valgrind, to leave out what it does not know.  PCRE2
 * interprets its patterns: the machine code that it else makes of them reads
 * whole vectors, and so past the end of a text, which is safe but looks like
 * a mistake.  And there is no Landlock and no seccomp, of whose calls it would complain
 * on stderr.  valgrind itself needs a TMPDIR that is there; the tool's own comes
 * in TOOL_TMPDIR.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/syscall.h>

int pcre2_jit_compile_8(void *code, unsigned options);

/* Not in valgrind's launcher, which is preloaded with this too. */
__attribute__((constructor)) static void
restore_environment(void)
{
	const char *folder = getenv("TOOL_TMPDIR");
	const char *preload = getenv("LD_PRELOAD");

	if (folder != NULL && preload != NULL &&
	    strstr(preload, "vgpreload") != NULL)
		setenv("TMPDIR", folder, 1);
}

int
pcre2_jit_compile_8(void *code, unsigned options)
{
	(void)code;
	(void)options;
	return -45; /* PCRE2_ERROR_JIT_BADOPTION */
}

long
syscall(long number, ...)
{
	static long (*real)(long, ...);
	long a[6];
	va_list ap;

	if (number == SYS_seccomp ||
	    (number >= SYS_landlock_create_ruleset &&
		number <= SYS_landlock_restrict_self)) {
		errno = ENOSYS;
		return -1;
	}
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "syscall");
	va_start(ap, number);
	for (size_t i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
