/* SPDX-License-Identifier: ISC */
/*
 * Manners towards a site: one request at a time, some seconds between two,
 * and cool-downs that are remembered, across all processes of the user.
 *
 * The state is a file that is locked while a request is under way: it holds
 * the time of the last request and, for each source (one interface of the
 * site), the time before which it wants no other.  Times are of the real
 * clock, since they outlive processes.
 */
#ifndef PACE_H
#define PACE_H

struct pace;

enum pace_turn {
	PACE_GO, /* ask now, then call pace_leave */
	PACE_LATER, /* a cool-down longer than the caller's patience */
	PACE_STOPPED /* a signal came */
};

/*
 * dir is created if need be; the file in it is called like the site.  Where
 * no file can be had a warning is given and only this process is paced.
 */
struct pace *pace_new(const char *dir, const char *site, double interval);
void pace_free(struct pace *p);

/* Waits for our turn.  With PACE_LATER *wait is how long it would take. */
enum pace_turn
pace_enter(struct pace *p, const char *source, double patience, double *wait);
/* The request is over; the source wants none for cooldown seconds (0: no
 * more than the interval). */
void pace_leave(struct pace *p, const char *source, double cooldown);

#endif
