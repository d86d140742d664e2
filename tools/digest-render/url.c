/* SPDX-License-Identifier: ISC */
/* URLs that may stand in a document. */
#include <ctype.h>
#include <strings.h>

#include "escape.h"

/* RFC 3986's characters, without those that quote or close in some markup:
 * ' ( ) are sub-delims that may be percent-encoded, [ ] only occur in IPv6
 * hosts. */
static const char reserved[] = "-._~:/?#@!$&*+,;=%";
static const char unreserved[] = "-._~";

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
add_encoded(struct strbuf *b, struct slice s, const char *allowed)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x80 &&
		    (isalnum(c) || (c != '\0' && strchr(allowed, c) != NULL)))
			strbuf_addch(b, (char)c);
		else
			strbuf_addf(b, "%%%02X", c);
	}
}

void
url_add(struct strbuf *b, struct slice s)
{
	add_encoded(b, s, reserved);
}

void
url_add_part(struct strbuf *b, struct slice s)
{
	add_encoded(b, s, unreserved);
}
