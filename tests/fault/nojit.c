/* SPDX-License-Identifier: ISC */
/*
 * Preloaded under valgrind, so that PCRE2 interprets its patterns: the machine
 * code that it else makes of them reads whole vectors, and so past the end of
 * a text, which is safe but looks like a mistake.
 */
int pcre2_jit_compile_8(void *code, unsigned options);

int
pcre2_jit_compile_8(void *code, unsigned options)
{
	(void)code;
	(void)options;
	return -45; /* PCRE2_ERROR_JIT_BADOPTION */
}
