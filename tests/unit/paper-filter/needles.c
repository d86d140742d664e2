/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "../tap.h"
#include "common/base/compat.h"
#include "filter.h"

#define OWNERS 8

static bool
note(void *arg, unsigned owner)
{
	bool *found = arg;

	found[owner] = true;
	return true;
}

/* The texts that a regular expression needs, joined by '|'; "-": not sure. */
static const struct {
	const char *regex, *needs;
} regexes[] = {
    {"diffusion", "diffusion"},
    {"mixtures? of experts", " of experts|"},
    {"mixture of experts?", "mixture of expert|"},
    {"(state|deep) space models*", " space model|"},
    {"one|two|three", "one|two|three|"},
    {"\\bLLMs?\\b", "LLM|"},
    {"a{2,3}bcd", "bcd|"},
    {"ab{cd", "cd|"},
    {"[abc]def[g]", "def|"},
    {"[]x]yz[^]x]", "yz|"},
    {"x([)]b)?def", "def|"},
    {"[[:alpha:]]{3}net", "net|"},
    {"x\\x{41}yz", "yz|"},
    {"\\d{2}\\.ab", "ab|"},
    {"\\d{foo|bar", "foo|bar|"},
    {"a.b", "-"},
    {"", "-"},
    {"long|x", "-"},
    {"(?i)word", "-"},
    {"\\Qa|b\\E", "-"},
    {"(*UCP)word", "-"},
    {"(?#)comment", "-"},
    {"(?<!non-)linear", "linear|"},
    {"(a|(b|c))tail(?:x|y)", "tail|"},
    {"caf\xc3\xa9 noir", " noir|"},
};

static void
check_regex(const char *regex, const char *needs)
{
	struct needles s;
	char got[256] = "";

	needles_init(&s);
	if (!needles_add_regex(&s, regex, 0))
		strcpy(got, "-");
	for (size_t i = 0; i < s.n; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s|",
		    s.v[i].text);
	if (strchr(needs, '|') == NULL && strcmp(needs, "-") != 0)
		got[strlen(got) - 1] = '\0';
	is_str(got, needs, "what %s needs", regex);
	needles_release(&s);
}

static bool
has(const char *text, const char *needle)
{
	return strcasestr(text, needle) != NULL;
}

/* Random texts of few letters: every needle that is there is found. */
static void
check_random(unsigned seed)
{
	char text[64], needle[OWNERS][8];
	bool found[OWNERS] = {false};
	struct needles s;
	int missed = 0;

	srand(seed);
	needles_init(&s);
	for (unsigned i = 0; i < OWNERS; i++) {
		size_t n = 2 + (size_t)rand() % 5;

		for (size_t j = 0; j < n; j++)
			needle[i][j] = "abAB"[rand() % 4];
		needle[i][n] = '\0';
		needles_add(&s, slice_of(needle[i]), i);
	}
	needles_ready(&s);
	for (size_t j = 0; j < sizeof(text) - 1; j++)
		text[j] = "abABc-"[rand() % 6];
	text[rand() % (int)sizeof(text)] = '\0';
	text[sizeof(text) - 1] = '\0';
	needles_scan(&s, slice_of(text), note, found);
	for (unsigned i = 0; i < OWNERS; i++)
		missed += has(text, needle[i]) && !found[i];
	if (missed > 0)
		ok(false, "seed %u: %d missed", seed, missed);
	needles_release(&s);
}

int
main(void)
{
	struct needles s;
	bool found[OWNERS] = {false};

	for (size_t i = 0; i < sizeof(regexes) / sizeof(regexes[0]); i++)
		check_regex(regexes[i].regex, regexes[i].needs);
	for (unsigned seed = 0; seed < 5000; seed++)
		check_random(seed);
	ok(true, "5000 random texts");

	needles_init(&s);
	needles_ready(&s);
	needles_scan(&s, slice_of("text"), note, found);
	ok(!found[0], "no needles, nothing found");
	needles_release(&s);
	return done_testing();
}
