/* SPDX-License-Identifier: ISC */
#include "llm/command.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/json/json_tree.h"
#include "common/json/json_write.h"
#include "llm/provider.h"

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

enum {
	INPUT,
	OUTPUT,
	ERRORS,
	NFILES
};

struct child {
	struct child *next;
	struct http_request *request;
	pid_t pid;
	int pidfd;
	int file[NFILES]; /* in memory, so that nobody waits for anybody */
	double ends; /* by the clock of monotonic_seconds */
};

struct commands {
	const char *line;
	struct child *first;
	size_t n;
};

struct commands *
commands_new(const char *line)
{
	struct commands *c = xcalloc(1, sizeof(*c));

	c->line = line;
	return c;
}

static void
child_free(struct child *k)
{
	for (int i = 0; i < NFILES; i++)
		close(k->file[i]);
	close(k->pidfd);
	free(k);
}

void
commands_free(struct commands *c)
{
	struct child *k;

	if (c == NULL)
		return;
	while ((k = c->first) != NULL) {
		c->first = k->next;
		kill(-k->pid, SIGTERM);
		waitpid(k->pid, NULL, 0);
		http_request_free(k->request);
		child_free(k);
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

/* Does not return. */
static void
become(const char *line, const int *file)
{
	setpgid(0, 0);
	for (int i = 0; i < NFILES; i++)
		if (dup2(file[i], i) == -1)
			_exit(EXIT_TRY_LATER);
	execl("/bin/sh", "sh", "-c", line, (char *)NULL);
	_exit(EXIT_TRY_LATER);
}

void
commands_start(void *arg, struct http_request *r)
{
	struct commands *c = arg;
	struct child *k = xcalloc(1, sizeof(*k));

	for (int i = 0; i < NFILES; i++)
		if ((k->file[i] = memfd_create("llm-score", MFD_CLOEXEC)) == -1)
			die(EXIT_SOME_FAILED, "--command: %s", strerror(errno));
	write_all(k->file[INPUT], strbuf_slice(&r->body));
	k->request = r;
	k->ends = monotonic_seconds() + (double)r->timeout_ms / 1000;
	k->pid = fork();
	if (k->pid == 0)
		become(c->line, k->file);
	if (k->pid == -1 || (k->pidfd = pidfd_open(k->pid, 0)) == -1)
		die(EXIT_SOME_FAILED, "--command: %s", strerror(errno));
	setpgid(k->pid, k->pid); /* whoever of us two comes first */
	k->next = c->first;
	c->first = k;
	c->n++;
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
make_reply(struct http_reply *reply, struct child *k, int status)
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

static struct http_request *
end_child(struct commands *c, struct child *k, struct http_reply *reply)
{
	struct http_request *r = k->request;
	struct child **at = &c->first;
	bool late = monotonic_seconds() >= k->ends;
	int status = 0;

	*reply = (struct http_reply) {.failure = HTTP_OK};
	strbuf_init(&reply->body, STRBUF_MAX);
	while (*at != k)
		at = &(*at)->next;
	*at = k->next;
	c->n--;
	if (late)
		kill(-k->pid, SIGKILL);
	while (waitpid(k->pid, &status, 0) == -1 && errno == EINTR)
		;
	if (late && WIFSIGNALED(status)) {
		reply->failure = HTTP_TIMEOUT;
		snprintf(reply->why, sizeof(reply->why),
		    "the command took too long");
	} else {
		make_reply(reply, k, status);
	}
	child_free(k);
	return r;
}

struct http_request *
commands_next(void *arg, int timeout_ms, struct http_reply *reply)
{
	struct commands *c = arg;
	struct pollfd *p = xcalloc(c->n + 1, sizeof(*p));
	double now = monotonic_seconds(), left;
	struct child *ended = NULL;
	size_t n = 0;

	for (struct child *k = c->first; k != NULL; k = k->next) {
		p[n++] = (struct pollfd) {.fd = k->pidfd, .events = POLLIN};
		left = k->ends > now ? (k->ends - now) * 1000 + 1 : 0;
		if (timeout_ms < 0 || left < timeout_ms)
			timeout_ms = (int)left;
	}
	if (poll(p, n, timeout_ms) >= 0) {
		now = monotonic_seconds();
		n = 0;
		for (struct child *k = c->first; k != NULL; k = k->next, n++)
			if ((p[n].revents & POLLIN) != 0 || now >= k->ends)
				ended = k;
	}
	free(p);
	return ended == NULL ? NULL : end_child(c, ended, reply);
}
