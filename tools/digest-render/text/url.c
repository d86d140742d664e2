/* SPDX-License-Identifier: ISC */
#include "text/url.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* RFC 3986's characters, without those that quote or close in some markup:
 * ' ( ) are sub-delims that may be percent-encoded, [ ] only occur in IPv6
 * hosts. */
static const char reserved[] = "-._~:/?#@!$&*+,;=%";

bool
url_is_web(struct slice s)
{
	size_t host = 0;

	if (s.n > 8 && strncasecmp(s.p, "https://", 8) == 0)
		host = 8;
	else if (s.n > 7 && strncasecmp(s.p, "http://", 7) == 0)
		host = 7;
	return host > 0 && isalnum((unsigned char)s.p[host]);
}

static void
add_byte(struct strbuf *b, unsigned char c, const char *allowed)
{
	if (c < 0x80 && c != '\0' && (isalnum(c) || strchr(allowed, c) != NULL))
		strbuf_addch(b, (char)c);
	else
		strbuf_addf(b, "%%%02X", c);
}

static bool
is_encoded(struct slice s, size_t i)
{
	return s.n - i > 2 && isxdigit((unsigned char)s.p[i + 1]) &&
	    isxdigit((unsigned char)s.p[i + 2]);
}

/* A % that encodes nothing and a second # are no URL's either. */
void
url_add(struct strbuf *b, struct slice s)
{
	bool fragment = false, allowed;
	size_t i;

	for (i = 0; i < s.n; i++) {
		allowed = s.p[i] == '%' ? is_encoded(s, i)
		    : s.p[i] == '#'	? !fragment
					: true;
		fragment = fragment || s.p[i] == '#';
		add_byte(b, (unsigned char)s.p[i], allowed ? reserved : "");
	}
}
