/* SPDX-License-Identifier: ISC */
#include "llm/llm.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/compat.h"
#include "common/base/date.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/io/outside.h"
#include "common/json/json_tree.h"
#include "common/json/json_write.h"

/*
 * Who starts commands for a process that has given up the right to: always
 * the same one, with the files it is given.
 */

/* Seconds that a command has to end in when it is asked to. */
#define GRACE 5

enum {
	INPUT,
	OUTPUT,
	ERRORS,
	NFILES
};

/* What it sends back when a command has ended. */
struct command_end {
	uint64_t number; /* as it was given */
	int error; /* an errno: it could not be started; else 0 */
	int status; /* as wait(2) has it */
	bool late; /* it took too long, and was killed */
};

/* What it is sent, with the files. */
struct order {
	uint64_t number;
	double seconds;
};

struct child {
	struct child *next;
	uint64_t number;
	pid_t pid;
	int pidfd;
	double ends; /* by the clock of monotonic_seconds */
};

struct runner {
	const char *line;
	int fd;
	struct child *first;
	size_t n;
};

/* Room for the files' descriptors, aligned as they must be. */
union control {
	struct cmsghdr header;
	char room[CMSG_SPACE(NFILES * sizeof(int))];
};

/* Runs it with copies of these files.  False and errno if it was not told. */
static bool
command_runner_send(
    struct outside *o, uint64_t number, double seconds, const int file[NFILES])
{
	struct order order = {number, seconds};
	struct iovec part = {&order, sizeof(order)};
	union control control = {.room = {0}};
	struct msghdr m = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control),
	};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(NFILES * sizeof(int));
	memcpy(CMSG_DATA(c), file, NFILES * sizeof(int));
	return sendmsg(o->fd, &m, MSG_NOSIGNAL) != -1;
}

/* False if it is gone. */
static bool
command_runner_receive(struct outside *o, struct command_end *end)
{
	ssize_t n;

	while ((n = read(o->fd, end, sizeof(*end))) == -1 && errno == EINTR)
		;
	return n == (ssize_t)sizeof(*end);
}

/* False if nothing more comes. */
static bool
receive(int fd, struct order *order, int file[NFILES])
{
	struct iovec part = {order, sizeof(*order)};
	union control control;
	struct msghdr m = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control),
	};
	struct cmsghdr *c;

	if (recvmsg(fd, &m, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof(*order))
		return false;
	c = CMSG_FIRSTHDR(&m);
	if (c == NULL || c->cmsg_len != CMSG_LEN(NFILES * sizeof(int)))
		return false;
	memcpy(file, CMSG_DATA(c), NFILES * sizeof(int));
	return true;
}

/* Does not return. */
static void
become(const char *line, const int file[NFILES])
{
	outside_hear_signals();
	setpgid(0, 0);
	for (int i = 0; i < NFILES; i++)
		if (dup2(file[i], i) == -1)
			_exit(EXIT_TRY_LATER);
	execl("/bin/sh", "sh", "-c", line, (char *)NULL);
	_exit(EXIT_TRY_LATER);
}

static void
tell(const struct runner *r, const struct command_end *end)
{
	/* Whoever cannot be told of it must not wait for it. */
	if (send(r->fd, end, sizeof(*end), MSG_NOSIGNAL) == -1)
		shutdown(r->fd, SHUT_RDWR);
}

static void
begin(struct runner *r, const struct order *order, const int file[NFILES])
{
	struct child *k = xcalloc(1, sizeof(*k));

	k->number = order->number;
	k->ends = monotonic_seconds() + order->seconds;
	k->pid = fork();
	if (k->pid == 0)
		become(r->line, file);
	if (k->pid == -1 || (k->pidfd = pidfd_open(k->pid, 0)) == -1) {
		tell(r,
		    &(struct command_end) {
			.number = k->number, .error = errno});
		free(k);
		return;
	}
	setpgid(k->pid, k->pid); /* whoever of us two comes first */
	k->next = r->first;
	r->first = k;
	r->n++;
}

/* Waits for its end, and removes it. */
static void
reap(struct runner *r, struct child **at, int sig, struct command_end *end)
{
	struct child *k = *at;

	*end = (struct command_end) {.number = k->number};
	if (sig != 0)
		kill(-k->pid, sig);
	waitpid(k->pid, &end->status, 0);
	end->late = sig != 0 && WIFSIGNALED(end->status);
	close(k->pidfd);
	*at = k->next;
	free(k);
	r->n--;
}

/* Milliseconds until one is late; -1: none is. */
static int
patience(const struct runner *r)
{
	double now = monotonic_seconds(), left, least = -1;

	for (const struct child *k = r->first; k != NULL; k = k->next) {
		left = k->ends > now ? (k->ends - now) * 1000 + 1 : 0;
		if (least < 0 || left < least)
			least = left;
	}
	return least < 1e9 ? (int)least : 1000000000;
}

/* Those that have ended by p, or should have. */
static void
end_some(struct runner *r, const struct pollfd *p)
{
	double now = monotonic_seconds();
	struct child **at = &r->first;
	struct command_end end;
	bool late;

	while (*at != NULL) {
		late = now >= (*at)->ends;
		if ((p->revents & POLLIN) != 0 || late) {
			reap(r, at, (p->revents & POLLIN) != 0 ? 0 : SIGKILL,
			    &end);
			tell(r, &end);
		} else {
			at = &(*at)->next;
		}
		p++;
	}
}

/* Nobody waits for their answers any more: they are asked to end, and those
 * that do not are killed. */
static void
end_all(struct runner *r)
{
	double until = monotonic_seconds() + GRACE, left;
	struct command_end end;
	struct pollfd p = {.events = POLLIN};

	for (const struct child *k = r->first; k != NULL; k = k->next)
		kill(-k->pid, SIGTERM);
	while (r->first != NULL) {
		left = until - monotonic_seconds();
		p.fd = r->first->pidfd;
		(void)poll(&p, 1, left > 0 ? (int)(left * 1000) + 1 : 0);
		reap(r, &r->first, SIGKILL, &end);
	}
}

static void
serve(int fd, void *line)
{
	struct runner r = {.line = line, .fd = fd};
	struct pollfd *p;
	struct order order;
	int file[NFILES];
	size_t n;

	for (;;) {
		p = xcalloc(r.n + 1, sizeof(*p));
		p[0] = (struct pollfd) {.fd = fd, .events = POLLIN};
		n = 1;
		for (struct child *k = r.first; k != NULL; k = k->next)
			p[n++] = (struct pollfd) {k->pidfd, POLLIN, 0};
		if (poll(p, n, patience(&r)) >= 0)
			end_some(&r, p + 1);
		if ((p[0].revents & (POLLIN | POLLHUP)) != 0) {
			if (!receive(fd, &order, file))
				break;
			begin(&r, &order, file);
			for (int i = 0; i < NFILES; i++)
				close(file[i]);
		}
		free(p);
	}
	end_all(&r);
}

/* line, for sh -c, is borrowed; outside_end() ends what still runs.  Exits if
 * there is no process for it. */
static void
command_runner_start(struct outside *o, const char *line)
{
	if (!outside_start(o, serve, (void *)(uintptr_t)line))
		die(EXIT_SOME_FAILED, "--command: %s", strerror(errno));
}

#define OUTPUT_MAX ((size_t)8 << 20)
/* What it says of an error: the end counts. */
#define WORDS_MAX  150

/* The dialect: both texts, one after the other, and the answer as it is. */

static void
write_body(struct strbuf *b, const struct call *c, const char *extra)
{
	(void)extra;
	strbuf_add(b, c->system.p, c->system.n);
	strbuf_addch(b, '\n');
	strbuf_add(b, c->user.p, c->user.n);
}

static bool
read_body(struct answer *a, const cJSON *root)
{
	const char *text = json_tree_string(root, "content");

	if (text != NULL)
		strbuf_addstr(&a->text, text);
	return text != NULL;
}

static const struct finish_name finishes[] = {{NULL, FINISH_DONE}};

const struct dialect dialect_command = {
    .name = "command",
    .path = "",
    .refuses = "",
    .finishes = finishes,
    .write = write_body,
    .read = read_body,
};

/* Running it */

struct asked {
	struct asked *next;
	struct http_request *request;
	uint64_t number;
	int file[NFILES]; /* in memory, so that nobody waits for anybody */
};

struct commands {
	struct outside runner;
	uint64_t number; /* of the last one */
	struct asked *first;
};

struct commands *
commands_new(const char *line)
{
	struct commands *c = xcalloc(1, sizeof(*c));

	command_runner_start(&c->runner, line);
	return c;
}

static void
asked_free(struct asked *k)
{
	for (int i = 0; i < NFILES; i++)
		close(k->file[i]);
	free(k);
}

void
commands_free(struct commands *c)
{
	struct asked *k;

	if (c == NULL)
		return;
	outside_end(&c->runner);
	while ((k = c->first) != NULL) {
		c->first = k->next;
		http_request_free(k->request);
		asked_free(k);
	}
	free(c);
}

static void
write_all(int fd, struct slice s)
{
	ssize_t n;

	while (s.n > 0) {
		if ((n = write(fd, s.p, s.n)) <= 0)
			die(EXIT_SOME_FAILED, "--command: %s", strerror(errno));
		s.p += n;
		s.n -= (size_t)n;
	}
	lseek(fd, 0, SEEK_SET);
}

void
commands_start(void *arg, struct http_request *r)
{
	struct commands *c = arg;
	struct asked *k = xcalloc(1, sizeof(*k));

	for (int i = 0; i < NFILES; i++)
		if ((k->file[i] = memfd_create("llm-score", MFD_CLOEXEC)) == -1)
			die(EXIT_SOME_FAILED, "--command: %s", strerror(errno));
	write_all(k->file[INPUT], strbuf_slice(&r->body));
	k->request = r;
	k->number = ++c->number;
	if (!command_runner_send(
		&c->runner, k->number, (double)r->timeout_ms / 1000, k->file))
		die(EXIT_SOME_FAILED, "--command: %s", strerror(errno));
	k->next = c->first;
	c->first = k;
}

/* What was written to fd; false if that is too much. */
static bool
take_file(struct strbuf *b, int fd)
{
	char buf[8192];
	ssize_t n;

	lseek(fd, 0, SEEK_SET);
	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		if (b->len + (size_t)n > OUTPUT_MAX)
			return false;
		strbuf_add(b, buf, (size_t)n);
	}
	return n == 0;
}

/* Why there is no answer.  75 and 77 are ours, and a shell ends with 127 or 126
 * if there is no such program, or it may not be run.  Anything else may be the
 * question's fault, as a status of 500 may. */
static void
explain(struct http_reply *reply, int code, const char *words)
{
	size_t size = sizeof(reply->why);

	switch (code) {
	case EXIT_TRY_LATER:
		reply->failure = HTTP_CONNECT;
		snprintf(reply->why, size, "the command cannot answer now: %s",
		    words);
		break;
	case EXIT_REFUSED:
		reply->failure = HTTP_POLICY;
		snprintf(reply->why, size, "the command refused: %s", words);
		break;
	case 126:
	case 127:
		reply->failure = HTTP_POLICY;
		snprintf(reply->why, size,
		    "the command cannot be run: %s; is its program installed, "
		    "and may it be run?",
		    words);
		break;
	default:
		snprintf(reply->why, size, "the command ended with %d: %s",
		    code, words);
		break;
	}
}

/* The end of it, in one line. */
static const char *
last_words(struct strbuf *text)
{
	const char *s;

	strbuf_fold_space(text);
	if (text->len == 0)
		return "no explanation";
	s = text->s + (text->len > WORDS_MAX ? text->len - WORDS_MAX : 0);
	while (((unsigned char)*s & 0xc0) == 0x80)
		s++; /* within a character */
	return s;
}

/* {"content":"its output"}, or {"error":"why there is none"}. */
static void
make_reply(struct http_reply *reply, const struct asked *k, int status)
{
	struct strbuf text = STRBUF_INIT(STRBUF_MAX);
	struct jsonw j = JSONW_INIT(&reply->body);
	int code =
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	bool good = code == EXIT_OK;
	bool whole = take_file(&text, k->file[good ? OUTPUT : ERRORS]);

	jsonw_open(&j, '{');
	if (good && whole) {
		reply->status = 200;
		jsonw_slice(
		    jsonw_key(&j, "content"), slice_trim(strbuf_slice(&text)));
	} else if (good) {
		reply->failure = HTTP_TOO_LARGE;
		snprintf(reply->why, sizeof(reply->why),
		    "the answer is larger than allowed");
	} else {
		explain(reply, code, last_words(&text));
		jsonw_str(jsonw_key(&j, "error"), reply->why);
	}
	jsonw_close(&j, '}');
	strbuf_release(&text);
}

/* The one with that number, taken from the list. */
static struct asked *
take_asked(struct commands *c, uint64_t number)
{
	struct asked **at = &c->first, *k;

	while (*at != NULL && (*at)->number != number)
		at = &(*at)->next;
	if ((k = *at) != NULL)
		*at = k->next;
	return k;
}

static struct http_request *
end_asked(
    struct asked *k, const struct command_end *end, struct http_reply *reply)
{
	struct http_request *r = k->request;

	*reply = (struct http_reply) {.failure = HTTP_OK};
	strbuf_init(&reply->body, STRBUF_MAX);
	if (end->error != 0)
		die(EXIT_SOME_FAILED, "--command: %s", strerror(end->error));
	if (end->late) {
		reply->failure = HTTP_TIMEOUT;
		snprintf(reply->why, sizeof(reply->why),
		    "the command took too long");
	} else {
		make_reply(reply, k, end->status);
	}
	asked_free(k);
	return r;
}

struct http_request *
commands_next(void *arg, int timeout_ms, struct http_reply *reply)
{
	struct commands *c = arg;
	struct pollfd p = {.fd = c->runner.fd, .events = POLLIN};
	struct command_end end;
	struct asked *k;

	if (poll(&p, 1, timeout_ms) <= 0)
		return NULL;
	if (!command_runner_receive(&c->runner, &end) ||
	    (k = take_asked(c, end.number)) == NULL)
		die(EXIT_SOME_FAILED,
		    "--command: the process that starts it has ended");
	return end_asked(k, &end, reply);
}
