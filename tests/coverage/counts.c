/* SPDX-License-Identifier: ISC */
/*
 * Linked into every program of `make coverage`.  gcov counts in memory and
 * writes to files when a program exits, for which it must
 *
 *	be asked, where a program ends by a signal or without exit(3), or becomes
 *	another one,
 *	have memory, whatever was preloaded to refuse it,
 *	be allowed to write: confinement is set up, and then not enforced.
 */
#include <dlfcn.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <sys/syscall.h>

void __gcov_dump(void);
void __gcov_reset(void);
int __real_raise(int);
_Noreturn void __real__exit(int);
int __real_execvp(const char *, char *const *);
long __real_syscall(long, long, long, long, long, long, long);

int __wrap_raise(int);
_Noreturn void __wrap__exit(int);
int __wrap_execl(const char *, const char *, ...);
int __wrap_execvp(const char *, char *const *);
long __wrap_syscall(long, long, long, long, long, long, long);

/* Before gcov's own, which has the lowest priority. */
__attribute__((destructor)) static void
end_faults(void)
{
	void (*end)(void);

	*(void **)&end = dlsym(RTLD_DEFAULT, "fail_end");
	if (end != NULL)
		end();
}

int
__wrap_raise(int sig)
{
	end_faults();
	__gcov_dump();
	__gcov_reset();
	return __real_raise(sig);
}

_Noreturn void
__wrap__exit(int status)
{
	end_faults();
	__gcov_dump();
	__real__exit(status);
}

int
__wrap_execvp(const char *file, char *const *arguments)
{
	end_faults();
	__gcov_dump();
	__gcov_reset();
	return __real_execvp(file, arguments);
}

/* Of a path, which execvp takes as it is. */
int
__wrap_execl(const char *path, const char *argument, ...)
{
	char *arguments[8] = {(char *)argument};
	va_list ap;

	va_start(ap, argument);
	for (size_t i = 1; arguments[i - 1] != NULL &&
	     i + 1 < sizeof(arguments) / sizeof(*arguments);
	     i++)
		arguments[i] = va_arg(ap, char *);
	va_end(ap);
	return __wrap_execvp(path, arguments);
}

/* As many arguments as any call has: those not given are not looked at. */
long
__wrap_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	return number == SYS_landlock_restrict_self || number == SYS_seccomp
	    ? 0
	    : __real_syscall(number, a, b, c, d, e, f);
}
