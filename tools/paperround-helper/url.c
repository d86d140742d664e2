/* SPDX-License-Identifier: ISC */
#include "helper.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/msg.h"
#include "common/base/run_state.h"
#include "common/net/http_policy.h"

static const struct kind {
	const char *name;
	bool (*allowed)(const char *url, const char **why);
	const char *here, *elsewhere; /* what curl is told for each */
} kinds[] = {
    {"web", http_url_allowed, "proto = \"=http,https\"\nnoproxy = \"*\"\n",
	"proto = \"=https\"\n"},
    {"mail", mail_url_allowed, "proto = \"=smtp,smtps\"\nnoproxy = \"*\"\n",
	"proto = \"=smtp,smtps\"\nssl-reqd\n"},
};

static const struct kind *
find_kind(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	die(EXIT_MISUSE, "'%s' is no kind of URL", name);
}

/* To be freed; of several lines the first. */
static char *
read_line(FILE *in)
{
	char *line = NULL;
	size_t cap = 0;

	if (getline(&line, &cap, in) < 0)
		die(EXIT_MISUSE, "no URL on standard input");
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

static void
print_url(const char *url)
{
	fputs("url = \"", stdout);
	for (; *url != '\0'; url++) {
		if (*url == '"' || *url == '\\')
			putchar('\\');
		putchar(*url);
	}
	puts("\"");
}

bool
url_settings(const char *name, FILE *in)
{
	const struct kind *kind = find_kind(name);
	char *url = read_line(in);
	const char *why;
	bool ok = kind->allowed(url, &why);

	if (!ok) {
		msg_error("%s", why);
	} else {
		print_url(url);
		fputs(http_url_is_loopback(url) ? kind->here : kind->elsewhere,
		    stdout);
		/* Or it would take braces and brackets for several URLs. */
		puts("globoff");
		ok = fflush(stdout) == 0;
	}
	free(url);
	return ok;
}
