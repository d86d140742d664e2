/* SPDX-License-Identifier: ISC */
#include "common/cli/run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/strlist.h"
#include "common/base/xalloc.h"
#include "common/io/path.h"
#include "common/json/json_write.h"

static const char *tool = "";
static moment_t started;
static double started_clock;

static void (*old_sigpipe)(int);

static int report_fd = -1;
static char *report_path;

/* A word and a count, or a key and its JSON; small lists, so plain arrays. */
static struct strlist reasons;
static uint64_t *reason_counts;
static struct strlist extra_keys, extra_values;

static void
on_stop(int sig)
{
	run_stop_signal = sig;
}

/* Whole or not at all, and under a lock: several tools append to the same
 * file. */
static bool
append_report(struct slice line)
{
	struct stat st;
	bool ok, plain;

	(void)flock(report_fd, LOCK_EX);
	plain = file_status(report_fd, &st) && S_ISREG(st.st_mode);
	ok = output_all(report_fd, line.p, line.n);
	if (!ok)
		msg_error("write error: %s: %s", report_path, strerror(errno));
	if (!ok && plain && ftruncate(report_fd, st.st_size) == -1)
		msg_error("%s: %s", report_path, strerror(errno));
	close(report_fd);
	report_fd = -1;
	return ok;
}

static bool
write_report(int status)
{
	struct strbuf b = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&b);
	char at[MOMENT_LEN];
	bool ok;

	if (report_fd == -1)
		return true;
	jsonw_open(&j, '{');
	jsonw_str(jsonw_key(&j, "tool"), tool);
	jsonw_str(jsonw_key(&j, "version"), PAPERROUND_VERSION);
	jsonw_str(jsonw_key(&j, "started"), moment_format(started, at));
	/* With a given now the report too is the same at every run. */
	jsonw_decimals(jsonw_key(&j, "seconds"),
	    now_is_fixed() ? 0 : monotonic_seconds() - started_clock, 3);
	jsonw_int(jsonw_key(&j, "in"), (int64_t)run_counts.in);
	jsonw_int(jsonw_key(&j, "out"), (int64_t)run_counts.out);
	jsonw_open(jsonw_key(&j, "dropped"), '{');
	for (size_t i = 0; i < reasons.n; i++) {
		jsonw_int(
		    jsonw_key(&j, reasons.v[i]), (int64_t)reason_counts[i]);
	}
	jsonw_close(&j, '}');
	jsonw_int(jsonw_key(&j, "failed"), (int64_t)run_counts.failed);
	for (size_t i = 0; i < extra_keys.n; i++) {
		jsonw_raw(jsonw_key(&j, extra_keys.v[i]),
		    slice_of(extra_values.v[i]));
	}
	jsonw_int(jsonw_key(&j, "exit"), status);
	jsonw_close(&j, '}');
	strbuf_addch(&b, '\n');

	ok = append_report(strbuf_slice(&b));
	strbuf_release(&b);
	return ok;
}

/* die() and errors in libraries end here: exit was called before run_finish,
 * or without run_exit. */
static void
on_early_exit(void)
{
	msg_tell_folded();
	write_report(run_exit_status);
}

/*
 * A descriptor that stays useless for its purpose, so that reading stdin or
 * writing stdout fails with EBADF as it would have, but no file opened later gets its
 * number.
 */
static void
occupy(int fd, int useless_mode)
{
	int got;

	if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
		return;
	got = open("/dev/null", useless_mode);
	if (got != -1 && got != fd) {
		(void)dup2(got, fd);
		close(got);
	}
}

static _Noreturn void
die_by(int sig)
{
	msg_tell_folded();
	write_report(128 + sig);
	output_abandon_all();
	signal(sig, SIG_DFL);
	raise(sig);
	_exit(128 + sig); /* blocked by the parent */
}

static _Noreturn void
reader_gone(void)
{
	if (old_sigpipe != SIG_IGN)
		die_by(SIGPIPE);
	run_exit(EXIT_SOME_FAILED);
}

void
run_start(const char *name)
{
	struct sigaction stop = {
	    .sa_handler = on_stop, .sa_flags = SA_RESETHAND};
	static const int stops[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction old;

	occupy(STDIN_FILENO, O_WRONLY);
	occupy(STDOUT_FILENO, O_RDONLY);
	occupy(STDERR_FILENO, O_RDONLY);
	msg_init(name);
	tool = name;
	started = now();
	started_clock = monotonic_seconds();

	/* No SA_RESTART: a blocked read returns, so that the run can end.  A
	 * second signal kills.  What the parent ignores (nohup) stays so. */
	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (sigaction(stops[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			sigaction(stops[i], &stop, NULL);
	/* EPIPE is seen where it happens, so that the report is written. */
	old_sigpipe = signal(SIGPIPE, SIG_IGN);
	run_reader_gone = reader_gone;
	if (atexit(on_early_exit) != 0)
		xalloc_die();
}

void
run_report_open(const char *path)
{
	if (path == NULL)
		return;
	report_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (report_fd == -1)
		die(EXIT_MISUSE, "--report: %s: %s", path, strerror(errno));
	report_path = xstrdup(path);
	started = now(); /* --now is known only now */
}

void
run_dropped(const char *reason, uint64_t n)
{
	size_t i;

	for (i = 0; i < reasons.n; i++)
		if (strcmp(reasons.v[i], reason) == 0)
			break;
	if (i == reasons.n) {
		strlist_add(&reasons, reason);
		reason_counts = xreallocarray(
		    reason_counts, reasons.n, sizeof(*reason_counts));
		reason_counts[i] = 0;
	}
	reason_counts[i] += n;
}

void
run_report_set(const char *key, struct slice json)
{
	char *value = xmemdup0(json.p, json.n);

	for (size_t i = 0; i < extra_keys.n; i++)
		if (strcmp(extra_keys.v[i], key) == 0) {
			free(extra_values.v[i]);
			extra_values.v[i] = value;
			return;
		}
	strlist_add(&extra_keys, key);
	strlist_take(&extra_values, value);
}

int
run_finish(struct output *out, int status, bool keep)
{
	bool stopped = run_stop_signal != 0;

	if (out != NULL && !output_flush(out))
		keep = false;
	if (status == EXIT_OK && (msg_failures() > 0 || run_counts.failed > 0))
		status = EXIT_SOME_FAILED;
	if (out != NULL && out->path != NULL &&
	    !output_finish(out, keep && !stopped) && status == EXIT_OK)
		status = EXIT_SOME_FAILED;
	if (!write_report(stopped ? 128 + (int)run_stop_signal : status) &&
	    status == EXIT_OK)
		status = EXIT_SOME_FAILED;
	if (out != NULL && out->fd == STDOUT_FILENO &&
	    !output_finish(out, keep))
		status = EXIT_SOME_FAILED;
	if (stopped)
		die_by((int)run_stop_signal);
	return status;
}
