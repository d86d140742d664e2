/* SPDX-License-Identifier: ISC */
#include "net/arxiv_url.h"

#include <ctype.h>
#include <string.h>

void
url_add(struct strbuf *url, const char *name, const char *value)
{
	if (value == NULL)
		return;
	strbuf_addf(
	    url, "%c%s=", strchr(url->s, '?') == NULL ? '?' : '&', name);
	for (; *value != '\0'; value++)
		if (isalnum((unsigned char)*value) ||
		    strchr("-._~", *value) != NULL)
			strbuf_addch(url, *value);
		else
			strbuf_addf(url, "%%%02X", (unsigned char)*value);
}
