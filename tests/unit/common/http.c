/* SPDX-License-Identifier: ISC */
/* Transfers against a server in a child process that plays canned answers. */
#include "../tap.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/net/http.h"

/* Small bombs: 4096 zero bytes by gzip, 20 million by brotli. */
static const struct bomb {
	const char *request, *encoding;
	size_t n;
	char bytes[48];
} bombs[] = {
    {"GET /bomb ", "gzip", 38,
	"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xed\xc1\x01\x0d"
	"\x00\x00\x00\xc2\xa0\xf7\x4f\x6d\x0f\x07\x14\x00\x00\x00"
	"\xf0\x6e\x11\x00\x1c\xc7\x00\x10\x00\x00"},
    {"GET /brotli ", "br", 27,
	"\xcf\xff\xff\x7f\xf8\x27\x00\xe2\xb1\x40\x20\xf7\xfe\x3f"
	"\xff\x59\x62\xf0\x4f\x00\xc4\x61\x01\x80\x2e\x49\x0c"},
};

/* Each connection is for one answer; a client that is not told so may send its
 * next request into the closing one. */
#define CLOSE "Connection: close\r\n"

static const struct answer {
	const char *path, *text;
} answers[] = {
    {"/ok",
	"HTTP/1.1 200 OK\r\n" CLOSE
	"X-Thing:  a b \r\nContent-Length: 5\r\n\r\n"
	"hello"},
    {"/busy",
	"HTTP/1.1 503 Busy\r\n" CLOSE "Retry-After: 7\r\n"
	"Content-Length: 4\r\n\r\nbusy"},
    {"/cut", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"},
    {"/garbage", "never mind HTTP\r\n\r\n"},
    {"/there",
	"HTTP/1.1 302 Found\r\n" CLOSE "Location: /ok\r\n"
	"Content-Length: 4\r\n\r\ngone"},
    {"/away",
	"HTTP/1.1 302 Found\r\n" CLOSE "Location: http://192.0.2.1/ok\r\n"
	"Content-Length: 0\r\n\r\n"},
    {"/file",
	"HTTP/1.1 302 Found\r\n" CLOSE "Location: file:///etc/hostname\r\n"
	"Content-Length: 0\r\n\r\n"},
    {"/loop",
	"HTTP/1.1 302 Found\r\n" CLOSE "Location: /loop\r\n"
	"Content-Length: 0\r\n\r\n"},
    {"/silent", ""},
};

static void
answer(int fd)
{
	const struct bomb *b;
	char request[4096];
	ssize_t n;
	size_t i, len;

	if ((n = read(fd, request, sizeof(request) - 1)) <= 0)
		return;
	request[n] = '\0';
	for (i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
		b = &bombs[i];
		if (strncmp(request, b->request, strlen(b->request)) != 0)
			continue;
		dprintf(fd,
		    "HTTP/1.1 200 OK\r\n" CLOSE "Content-Encoding: %s\r\n"
		    "Content-Length: %zu\r\n\r\n",
		    b->encoding, b->n);
		(void)!write(fd, b->bytes, b->n);
		return;
	}
	if (strncmp(request, "GET /headers ", 13) == 0) {
		dprintf(fd, "HTTP/1.1 200 OK\r\n");
		for (i = 0; i < 20000; i++)
			dprintf(fd, "X-%zu: 0123456789abcdef\r\n", i);
		dprintf(fd, "\r\n");
		return;
	}
	if (strncmp(request, "POST /echo ", 11) == 0) {
		dprintf(fd, "HTTP/1.1 200 OK\r\nContent-Length: %zd\r\n\r\n%s",
		    n, request);
		return;
	}
	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		len = strlen(answers[i].path);
		if (strncmp(request + 4, answers[i].path, len) != 0 ||
		    request[4 + len] != ' ')
			continue;
		if (answers[i].text[0] == '\0')
			pause();
		(void)!write(fd, answers[i].text, strlen(answers[i].text));
		return;
	}
}

/* Returns the port; each connection is answered by a process of its own. */
static unsigned
serve(pid_t *pid)
{
	struct sockaddr_in at = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);
	int fd, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (listener == -1 ||
	    bind(listener, (struct sockaddr *)&at, sizeof(at)) == -1 ||
	    listen(listener, 16) == -1 ||
	    getsockname(listener, (struct sockaddr *)&at, &len) == -1 ||
	    (*pid = fork()) == -1)
		exit(1);
	if (*pid != 0)
		return ntohs(at.sin_port);
	signal(SIGCHLD, SIG_IGN);
	setpgid(0, 0);
	while ((fd = accept(listener, NULL, NULL)) != -1) {
		if (fork() == 0) {
			answer(fd);
			_exit(0);
		}
		close(fd);
	}
	_exit(0);
}

static unsigned port;

static struct http_request *
request_for(const char *path)
{
	char *url = xasprintf("http://127.0.0.1:%u%s", port, path);
	struct http_request *r = http_request_new(url);

	free(url);
	return r;
}

/* One transfer from its beginning to its end. */
static void
get(struct http *h, struct http_request *r, struct http_reply *reply)
{
	http_start(h, r);
	ok(http_next(h, -1, reply) == r, "%s ends", r->url);
	http_request_free(r);
}

static void
test_answers(struct http *h)
{
	struct http_reply reply;

	get(h, request_for("/ok"), &reply);
	is_int(reply.failure, HTTP_OK, "no failure");
	is_int(reply.status, 200, "its status");
	is_str(reply.body.s, "hello", "its body");
	is_str(http_header(&reply, "x-thing"), "a b", "a header, trimmed");
	ok(http_header(&reply, "x-thin") == NULL, "no header by its prefix");
	http_reply_release(&reply);

	get(h, request_for("/busy"), &reply);
	is_int(reply.status, 503, "an error status is an answer");
	is_str(reply.body.s, "busy", "with its body");
	http_reply_release(&reply);
}

static void
test_failures(struct http *h)
{
	static const struct {
		const char *path;
		bool follow;
		size_t max_body;
		enum http_failure failure;
	} rows[] = {
	    {"/cut", false, 0, HTTP_RECEIVE},
	    {"/garbage", false, 0, HTTP_RECEIVE},
	    {"/headers", false, 0, HTTP_RECEIVE},
	    {"/ok", false, 4, HTTP_TOO_LARGE},
	    {"/ok", false, 5, HTTP_OK},
	    {"/bomb", false, 4095, HTTP_TOO_LARGE},
	    {"/bomb", false, 4096, HTTP_OK},
	    {"/brotli", false, 19999999, HTTP_TOO_LARGE},
	    {"/brotli", false, 20000000, HTTP_OK},
	    {"/silent", false, 0, HTTP_TIMEOUT},
	    {"/away", true, 0, HTTP_POLICY},
	    {"/file", true, 0, HTTP_POLICY},
	    {"/loop", true, 0, HTTP_POLICY},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct http_request *r = request_for(rows[i].path);
		struct http_reply reply;

		r->follow = rows[i].follow;
		r->max_body = rows[i].max_body;
		if (rows[i].failure == HTTP_TIMEOUT)
			r->timeout_ms = 50;
		get(h, r, &reply);
		is_int(reply.failure, rows[i].failure, "%s: %s", rows[i].path,
		    reply.why);
		http_reply_release(&reply);
	}
}

static void
test_redirect(struct http *h)
{
	struct http_request *r = request_for("/there");
	struct http_reply reply;

	get(h, r, &reply);
	is_int(reply.status, 302, "a redirect is not followed unasked");
	http_reply_release(&reply);
	r = request_for("/there");
	r->follow = true;
	get(h, r, &reply);
	is_str(reply.body.s, "hello", "asked, it is");
	ok(strstr(reply.url, "/ok") != NULL, "and its URL is told");
	http_reply_release(&reply);
}

static void
test_post(struct http *h)
{
	struct http_request *r = request_for("/echo");
	struct http_reply reply;

	strbuf_addstr(&r->body, "{\"a\":1}");
	strlist_add(&r->headers, "X-Api-Key: k123");
	get(h, r, &reply);
	ok(strstr(reply.body.s, "{\"a\":1}") != NULL, "the body arrives");
	ok(strstr(reply.body.s, "X-Api-Key: k123\r\n") != NULL, "the header");
	ok(strstr(reply.body.s, "User-Agent: tester\r\n") != NULL, "the agent");
	http_reply_release(&reply);
}

static bool
collect(void *arg, const char *p, size_t n)
{
	strbuf_add(arg, p, n);
	return true;
}

static bool
refuse(void *arg, const char *p, size_t n)
{
	(void)arg, (void)p, (void)n;
	return false;
}

static void
test_sink(struct http *h)
{
	struct strbuf got = STRBUF_INIT(100);
	struct http_request *r = request_for("/ok");
	struct http_reply reply;

	r->sink = collect;
	r->sink_arg = &got;
	get(h, r, &reply);
	is_str(got.s, "hello", "the sink gets the body");
	is_int(reply.body.len, 0, "and the reply does not");
	http_reply_release(&reply);

	strbuf_reset(&got);
	r = request_for("/busy");
	r->sink = collect;
	r->sink_arg = &got;
	get(h, r, &reply);
	is_int(got.len, 0, "an error's body is not for the sink");
	is_str(reply.body.s, "busy", "but in the reply");
	http_reply_release(&reply);

	r = request_for("/ok");
	r->sink = refuse;
	get(h, r, &reply);
	is_int(reply.failure, HTTP_SINK, "a sink may refuse");
	http_reply_release(&reply);
	strbuf_release(&got);
}

static void
test_many(struct http *h)
{
	struct http_request *r;
	struct http_reply reply;
	int ended = 0;

	for (int i = 0; i < 8; i++)
		http_start(h, request_for(i % 2 == 0 ? "/ok" : "/busy"));
	http_start(h, http_request_new("http://example.org/"));
	while ((r = http_next(h, -1, &reply)) != NULL) {
		ended++;
		http_request_free(r);
		http_reply_release(&reply);
	}
	is_int(ended, 9, "each is given back once");
	http_start(h, request_for("/silent"));
	ok(http_next(h, 20, &reply) == NULL, "time is up");
}

static void
test_policy(void)
{
	static const struct {
		const char *url;
		bool allowed;
	} urls[] = {
	    {"https://rss.arxiv.org/rss/cs.LG", true},
	    {"http://rss.arxiv.org/rss/cs.LG", false},
	    {"http://127.0.0.1:8080/v1", true},
	    {"http://127.9.9.9/v1", true},
	    {"http://[::1]:80/", true},
	    {"http://localhost:11434/v1", true},
	    {"http://localhost.example.org/", false},
	    {"http://localhost./", false},
	    {"http://x.localhost/", false},
	    {"http://127.0.0.1.example.org/", false},
	    {"http://[::2]/", false},
	    {"http://[::ffff:127.0.0.1]/", false},
	    {"http://128.0.0.1/", false},
	    {"https://me:secret@example.org/", false},
	    {"https://me@example.org/", false},
	    {"https://:secret@example.org/", false},
	    {"https://@example.org/", false},
	    {"smtps://mail.example.org/", false},
	    {"file:///etc/passwd", false},
	    {"ftp://example.org/", false},
	    {"example.org", false},
	    {"", false},
	};
	static const struct {
		const char *from, *to;
		bool allowed;
	} redirects[] = {
	    {"https://arxiv.org/rss/cs", "https://rss.arxiv.org/rss/cs", true},
	    {"https://export.arxiv.org/a", "https://rss.arxiv.org/b", true},
	    {"https://arxiv.org/rss/cs", "http://rss.arxiv.org/rss/cs", false},
	    {"https://arxiv.org/", "https://notarxiv.org/", false},
	    {"https://arxiv.org/", "https://arxiv.org.example.net/", false},
	    {"https://192.0.2.1/", "https://198.51.2.1/", false},
	    {"http://127.0.0.1:1/a", "http://127.0.0.1:1/b", true},
	    {"http://127.0.0.1:1/a", "http://127.0.0.1:2/b", false},
	    {"https://arxiv.org/", "file:///etc/passwd", false},
	    {"https://arxiv.org/", "https://me:secret@arxiv.org/", false},
	};
	static const struct {
		const char *url;
		bool allowed;
	} mail[] = {
	    {"smtps://mail.example.org", true},
	    {"smtp://mail.example.org:587/me", true},
	    {"smtp://127.0.0.1:25", true},
	    {"smtp://me:secret@mail.example.org", false},
	    {"smtp://me;AUTH=PLAIN@mail.example.org", false},
	    {"https://mail.example.org", false},
	    {"mail.example.org", false},
	};
	static const struct {
		const char *url, *site;
		bool at;
	} sites[] = {
	    {"https://api.openai.com/v1", "api.openai.com", true},
	    {"https://API.openai.com:444", "api.openai.com", true},
	    {"https://eu.api.openai.com/", "api.openai.com", true},
	    {"https://xapi.openai.com/", "api.openai.com", false},
	    {"https://me.azure.com/", ".azure.com", true},
	    {"https://example.org/?@api.openai.com", "api.openai.com", false},
	    {"https://example.org#@api.openai.com", "api.openai.com", false},
	    {"http://localhost:8080/v1", "localhost:8080", true},
	    {"http://localhost:8081/v1", "localhost:8080", false},
	    {"localhost:8080", "localhost:8080", false},
	};
	const char *why;

	for (size_t i = 0; i < sizeof(sites) / sizeof(sites[0]); i++)
		ok(http_url_is_at(sites[i].url, sites[i].site) == sites[i].at,
		    "%s is %sat %s", sites[i].url, sites[i].at ? "" : "not ",
		    sites[i].site);
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
		ok(http_url_allowed(urls[i].url, &why) == urls[i].allowed,
		    "%s '%s'",
		    urls[i].allowed ? "allowed:" : "refused:", urls[i].url);
	for (size_t i = 0; i < sizeof(mail) / sizeof(mail[0]); i++)
		ok(mail_url_allowed(mail[i].url, &why) == mail[i].allowed,
		    "%s '%s'",
		    mail[i].allowed ? "allowed:" : "refused:", mail[i].url);
	for (size_t i = 0; i < sizeof(redirects) / sizeof(redirects[0]); i++)
		ok(http_redirect_allowed(redirects[i].from, redirects[i].to) ==
			redirects[i].allowed,
		    "%s to %s is %s", redirects[i].from, redirects[i].to,
		    redirects[i].allowed ? "followed" : "refused");
}

int
main(void)
{
	struct http *h;
	pid_t server;

	msg_init("http-test");
	test_policy();
	port = serve(&server);
	h = http_new("tester");
	test_answers(h);
	test_failures(h);
	test_redirect(h);
	test_post(h);
	test_sink(h);
	test_many(h);
	http_start(h, http_request_new("http://example.org/"));
	http_free(h); /* with one on its way and one refused */
	kill(server, SIGTERM);
	kill(-server, SIGTERM);
	return done_testing();
}
