/* SPDX-License-Identifier: ISC */
#include "common/net/http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "common/base/library.h"
#include "common/base/xalloc.h"
#include "common/net/curl_library.h"

/* The soname whose interface the headers describe. */
#define LIBCURL "libcurl.so.4"

struct curl_library curl;

void
curl_load(void)
{
	static const struct library_function functions[] = {
#define X(f)                                                     \
	{"curl_" #f, __builtin_offsetof(struct curl_library, f), \
	    LIBRARY_LINKED(curl_##f)},
	    CURL_FUNCTIONS(X)
#undef X
	};

	if (curl.global_init == NULL)
		library_load(LIBCURL,
		    "HTTP and addresses need libcurl (package libcurl4)", &curl,
		    functions, sizeof(functions) / sizeof(functions[0]));
}

static bool
host_is_loopback(const char *host)
{
	struct in_addr v4;
	struct in6_addr v6;
	char bare[INET6_ADDRSTRLEN];
	size_t n = strlen(host);

	if (strcasecmp(host, "localhost") == 0)
		return true;
	if (inet_pton(AF_INET, host, &v4) == 1)
		return ntohl(v4.s_addr) >> 24 == 127;
	if (host[0] != '[' || n < 3 || n - 2 >= sizeof(bare))
		return false;
	memcpy(bare, host + 1, n - 2);
	bare[n - 2] = '\0';
	return inet_pton(AF_INET6, bare, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

/* The part of a URL, to be freed with curl.free(); NULL if it has none or is no
 * URL. */
static char *
url_part(const char *url, CURLUPart what)
{
	CURLU *u;
	char *part = NULL;
	CURLUcode code = CURLUE_OUT_OF_MEMORY;

	curl_load();
	if ((u = curl.url()) != NULL)
		code = curl.url_set(u, CURLUPART_URL, url, 0);
	if (code == CURLUE_OK)
		code = curl.url_get(u, what, &part, CURLU_DEFAULT_PORT);
	if (code == CURLUE_OUT_OF_MEMORY)
		xalloc_die();
	if (code != CURLUE_OK)
		part = NULL;
	curl.url_cleanup(u);
	return part;
}

bool
http_url_is_loopback(const char *url)
{
	char *host = url_part(url, CURLUPART_HOST);
	bool loopback = host != NULL && host_is_loopback(host);

	curl.free(host);
	return loopback;
}

bool
http_url_is_at(const char *url, const char *site)
{
	const char *colon = strchr(site, ':');
	size_t n = colon != NULL ? (size_t)(colon - site) : strlen(site), len;
	char *host = url_part(url, CURLUPART_HOST);
	char *port = url_part(url, CURLUPART_PORT);
	bool at = host != NULL && port != NULL && (len = strlen(host)) >= n &&
	    strncasecmp(host + len - n, site, n) == 0 &&
	    (len == n || site[0] == '.' || host[len - n - 1] == '.') &&
	    (colon == NULL || strcmp(port, colon + 1) == 0);

	curl.free(host);
	curl.free(port);
	return at;
}

static bool
url_part_is(const char *url, CURLUPart what, const char *expected)
{
	char *part = url_part(url, what);
	bool is = part != NULL && strcasecmp(part, expected) == 0;

	curl.free(part);
	return is;
}

static bool
url_has(const char *url, CURLUPart what)
{
	char *part = url_part(url, what);
	bool has = part != NULL;

	curl.free(part);
	return has;
}

/* What neither kind of URL may be; NULL: nothing of that. */
static const char *
url_fault(const char *url)
{
	if (url_part_is(url, CURLUPART_HOST, "") ||
	    !url_has(url, CURLUPART_HOST))
		return "not an absolute URL";
	if (url_has(url, CURLUPART_USER) || url_has(url, CURLUPART_PASSWORD) ||
	    url_has(url, CURLUPART_OPTIONS))
		return "a user name in the URL is not accepted";
	return NULL;
}

bool
http_url_allowed(const char *url, const char **why)
{
	*why = url_fault(url);
	if (*why != NULL || url_part_is(url, CURLUPART_SCHEME, "https"))
		return *why == NULL;
	if (!url_part_is(url, CURLUPART_SCHEME, "http"))
		*why = "not an https URL";
	else if (!http_url_is_loopback(url))
		*why = "http without TLS is for loopback only; use https";
	return *why == NULL;
}

bool
mail_url_allowed(const char *url, const char **why)
{
	*why = url_fault(url);
	if (*why == NULL && !url_part_is(url, CURLUPART_SCHEME, "smtps") &&
	    !url_part_is(url, CURLUPART_SCHEME, "smtp"))
		*why = "neither an smtps nor an smtp URL";
	return *why == NULL;
}

static bool
same_part(const char *a, const char *b, CURLUPart what)
{
	char *x = url_part(a, what), *y = url_part(b, what);
	bool same = x != NULL && y != NULL && strcasecmp(x, y) == 0;

	curl.free(x);
	curl.free(y);
	return same;
}

bool
http_same_origin(const char *a, const char *b)
{
	return same_part(a, b, CURLUPART_SCHEME) &&
	    same_part(a, b, CURLUPART_HOST) && same_part(a, b, CURLUPART_PORT);
}

/* The last two labels of a host name, so that rss.example.org and
 * export.example.org are one site; an address is a site of its own. */
static const char *
host_site(const char *host)
{
	const char *dot, *site = host;
	int labels = 0;

	if (host[0] == '[' || strspn(host, "0123456789.") == strlen(host))
		return host;
	for (dot = host + strlen(host); dot > host; dot--)
		if (dot[-1] == '.' && ++labels == 2)
			return dot;
	return site;
}

bool
http_redirect_allowed(const char *from, const char *to)
{
	const char *why;
	char *x, *y;
	bool same;

	if (!http_url_allowed(to, &why))
		return false;
	if (!url_part_is(to, CURLUPART_SCHEME, "https"))
		return http_same_origin(from, to);
	x = url_part(from, CURLUPART_HOST);
	y = url_part(to, CURLUPART_HOST);
	same = x != NULL && y != NULL &&
	    strcasecmp(host_site(x), host_site(y)) == 0;
	curl.free(x);
	curl.free(y);
	return same;
}
