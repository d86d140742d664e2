/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../fuzz.h"
#include "common/base/msg.h"
#include "common/base/utf8.h"
#include "common/json/jq_program.h"
#include "formats/render.h"
#include "model/digest.h"

/* The first byte picks the style, the lines after it are reports if they name
 * a tool and records else. */
static void
fill(struct digest *d, struct paper *p, struct slice text)
{
	struct slice line;

	while (slice_cut(&text, '\n', &line)) {
		if (line.n > 8 && memcmp(line.p, "{\"tool\":", 8) == 0)
			(void)report_add(d, "report", line);
		else if (paper_parse(p, line))
			digest_add(d, p);
	}
}

/* What a format adds for layout; '\n' all do. */
static char
adds(const struct renderer *r, bool color)
{
	if (r->render == render_html)
		return '\t'; /* in our style */
	if (r->render == render_csv || r->render == render_ris)
		return '\r';
	if (r->render == render_tsv)
		return '\t';
	if (r->render == render_short)
		return color ? '\033' : '\t';
	return r->render == render_text && color ? '\033' : '\n';
}

/* Whatever came in, what goes out is printable UTF-8. */
static void
check(const struct strbuf *b, char also)
{
	size_t i, len;
	uint32_t c;

	FUZZ_ASSERT(utf8_valid(b->s, b->len));
	for (i = 0; i < b->len; i += len) {
		c = utf8_decode(b->s + i, b->len - i, &len);
		FUZZ_ASSERT(c == '\n' || c == (unsigned char)also ||
		    !utf8_is_invisible(c));
	}
}

static struct jq_program *program;

/* libjq holds its stack by the end, which a look for leaks takes for none. */
static void
free_program(void)
{
	jq_program_free(program);
}

/* A template gets every paper as JSON that libjq can read. */
static void
check_template(struct digest *d, struct output *out)
{
	static const struct strlist none = STRLIST_INIT;

	if (program == NULL) {
		program = jq_program_new(
		    "--template", ".title, .byline, .", &none, &none);
		atexit(free_program);
	}
	d->style.template = program;
	d->style.template_file = "fuzz";
	d->style.each = true;
	strbuf_reset(&out->buf);
	render_template(d, out);
	check(&out->buf, '\n');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct strlist columns = STRLIST_INIT;
	struct digest_style style = {.min_relevance = 8, .min_novelty = 7};
	struct output out = {.fd = open("/dev/null", O_WRONLY)};
	const struct renderer *r;
	struct digest *d;
	struct paper p;

	if (n == 0)
		return close(out.fd);
	style.view = (enum digest_view)(1 + (data[0] & 3));
	style.group_by =
	    (enum digest_grouping)(1 + (2 + (data[0] >> 2 & 3)) % 3);
	style.tex = (enum digest_tex)(1 + (data[0] >> 4 & 3) % 3);
	style.color = (data[0] & 64) != 0;
	style.prompt = true;
	style.keep_lines = true;
	style.columns = &columns;
	style.width = 20 + data[0] % 80;
	msg_init("fuzz");
	msg_set_quiet(true);
	now_set(0);
	d = digest_new(&style);
	paper_init(&p);
	fill(d, &p, (struct slice) {(const char *)data + 1, n - 1});
	digest_finish(d);
	strbuf_init(&out.buf, STRBUF_MAX);
	for (r = renderers; r->name != NULL; r++) {
		if (r->render == render_jsonl) /* bytes as they came */
			continue;
		strbuf_reset(&out.buf);
		r->render(d, &out);
		check(&out.buf, adds(r, style.color));
	}
	check_template(d, &out);
	strbuf_release(&out.buf);
	digest_free(d);
	paper_release(&p);
	return close(out.fd);
}
