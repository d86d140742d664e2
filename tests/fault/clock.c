/* SPDX-License-Identifier: ISC */
/*
 * Preloaded into a tool, sets its clock to another time while it runs:
 *
 *	CLOCK=3:-7200    from the 3rd look on it is two hours earlier
 *
 * Clocks that only count seconds go on as ever.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long
jump(void)
{
	static long looks;
	const char *s = getenv("CLOCK");

	if (s == NULL || ++looks < atol(s) || (s = strchr(s, ':')) == NULL)
		return 0;
	return atol(s + 1);
}

int
clock_gettime(clockid_t clock, struct timespec *t)
{
	int r = (int)syscall(SYS_clock_gettime, clock, t);

	if (r == 0 && clock == CLOCK_REALTIME)
		t->tv_sec += jump();
	return r;
}

time_t
time(time_t *t)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (t != NULL)
		*t = now.tv_sec;
	return now.tv_sec;
}
