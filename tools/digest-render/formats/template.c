/* SPDX-License-Identifier: ISC */
/*
 * Documents by the reader's own program in jq's language, which gets the
 * digest and its papers, or one paper after the other, as JSON.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "common/base/compat.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/run_state.h"
#include "common/base/strmap.h"
#include "common/base/xalloc.h"
#include "common/json/jq_program.h"
#include "common/json/json_write.h"
#include "formats/render.h"
#include "text/escape.h"

struct template
{
	const struct digest *d;
	struct strbuf json, digest, scratch, result;
	struct strmap names; /* of files written */
	struct output *out;
};

const struct renderer template_renderer = {
    "template", "", render_template, true};

/* ------------------------------------------------------ what it is given */

static void
add_text(
    struct template *t, struct jsonw *j, const char *key, struct slice text)
{
	if (key != NULL)
		jsonw_key(j, key);
	strbuf_reset(&t->scratch);
	escape_tty(&t->scratch, text);
	jsonw_slice(j, strbuf_slice(&t->scratch));
}

static void
add_list(struct template *t, struct jsonw *j, const char *key,
    const struct slices *list)
{
	jsonw_open(jsonw_key(j, key), '[');
	for (size_t i = 0; i < list->n; i++)
		add_text(t, j, NULL, list->v[i]);
	jsonw_close(j, ']');
}

static void
add_count(struct jsonw *j, const char *key, bool known, uint64_t n)
{
	jsonw_key(j, key);
	if (known)
		jsonw_int(j, (int64_t)n);
	else
		jsonw_null(j);
}

static void
add_totals(struct jsonw *j, const struct digest_totals *n)
{
	jsonw_open(jsonw_key(j, "totals"), '{');
	add_count(j, "arxiv", n->arxiv_known, n->arxiv);
	add_count(j, "scanned", n->scanned_known, n->scanned);
	add_count(j, "relevant", n->relevant_known, n->relevant);
	add_count(j, "shown", true, n->shown);
	jsonw_close(j, '}');
}

static void
add_notices(struct template *t, struct jsonw *j)
{
	static const char *const levels[] = {
	    [NOTICE_INFO] = "note",
	    [NOTICE_WARNING] = "warning",
	    [NOTICE_OUTAGE] = "outage",
	};
	const struct digest_notice *n;

	jsonw_open(jsonw_key(j, "notices"), '[');
	for (size_t i = 0; i < t->d->nnotices; i++) {
		n = &t->d->notices[i];
		jsonw_open(j, '{');
		jsonw_str(jsonw_key(j, "level"), levels[n->level]);
		add_text(t, j, "text", n->text);
		jsonw_close(j, '}');
	}
	jsonw_close(j, ']');
}

static void
add_unscored(struct template *t, struct jsonw *j)
{
	const struct digest_unscored *u;

	jsonw_open(jsonw_key(j, "unscored"), '[');
	for (size_t i = 0; i < t->d->nunscored; i++) {
		u = &t->d->unscored[i];
		jsonw_open(j, '{');
		add_text(t, j, "id", u->id);
		add_text(t, j, "title", u->title);
		add_text(t, j, "url", u->url);
		add_text(t, j, "code", u->code);
		jsonw_close(j, '}');
	}
	jsonw_close(j, ']');
}

static void
make_digest(struct template *t)
{
	const struct digest *d = t->d;
	const struct digest_usage *u = &d->usage;
	struct jsonw j = JSONW_INIT(&t->digest);

	jsonw_open(&j, '{');
	add_text(t, &j, "title", d->title);
	add_text(t, &j, "date", d->date);
	add_text(t, &j, "heading", d->heading);
	add_totals(&j, &d->totals);
	jsonw_key(&j, "cost");
	if (u->known && u->priced)
		jsonw_decimals(&j, u->cost, 4);
	else
		jsonw_null(&j);
	add_text(t, &j, "model", u->model);
	add_notices(t, &j);
	jsonw_bool(jsonw_key(&j, "outage"), d->outage);
	/* Why there are no papers. */
	add_text(t, &j, "reason", d->empty_reason);
	add_unscored(t, &j);
	jsonw_close(&j, '}');
}

/* "Mike Lasby +5", the one that one follows where that is why it is shown; and
 * "10·8": what lines of a few words have. */
static void
add_brief(struct template *t, struct jsonw *j, const struct digest_paper *p)
{
	struct strbuf *b = &t->scratch;

	strbuf_reset(b);
	if (p->authors.n > 0)
		escape_tty(b,
		    p->match_authors.n > 0 ? *p->match_authors.v
					   : *p->authors.v);
	if (p->authors.n > 1)
		strbuf_addf(b, " +%zu", p->authors.n - 1);
	jsonw_slice(jsonw_key(j, "byline"), strbuf_slice(b));
	strbuf_reset(b);
	if (p->scored) {
		number_add_or_dash(b, p->has_relevance, p->relevance);
		strbuf_addstr(b, "\xc2\xb7");
		number_add_or_dash(b, p->has_novelty, p->novelty);
	}
	jsonw_slice(jsonw_key(j, "scores"), strbuf_slice(b));
}

/* The record, and over it what documents say in other words: keys that stand
 * twice count as they stand last. */
static void
add_paper(struct template *t, const struct digest_paper *p)
{
	struct slice record = slice_trim(p->line);
	struct jsonw j = JSONW_INIT(&t->json);
	char pdf[DIGEST_PDF_SIZE];

	strbuf_add(&t->json, record.p, record.n - 1); /* without its "}" */
	j.comma = true;
	jsonw_int(jsonw_key(&j, "number"), (int64_t)p->number);
	add_text(t, &j, "title", p->title);
	add_text(t, &j, "abstract", p->abstract);
	add_list(t, &j, "authors", &p->authors);
	add_list(t, &j, "topics", &p->topics);
	add_text(t, &j, "comment", p->arxiv_comment);
	add_text(t, &j, "why", p->comment);
	add_brief(t, &j, p);
	add_text(t, &j, "url", p->url);
	add_text(t, &j, "pdf", digest_pdf(p, pdf));
	if (t->d->style.each)
		jsonw_raw(jsonw_key(&j, "digest"), strbuf_slice(&t->digest));
	jsonw_close(&j, '}');
}

/* --------------------------------------------------------- what it prints */

/* "notes/2510.13999.md": the end is that of "obsidian.md.jq". */
static void
name_file(struct template *t, const struct digest_paper *p)
{
	const char *slash = strrchr(t->d->style.template_file, '/');
	const char *name =
	    slash != NULL ? slash + 1 : t->d->style.template_file;
	size_t n = strlen(name), dir;
	const char *end;

	if (n > 3 && strcmp(name + n - 3, ".jq") == 0)
		n -= 3;
	end = memrchr(name, '.', n);
	strbuf_reset(&t->scratch);
	strbuf_addf(&t->scratch, "%s/", t->d->style.split);
	dir = t->scratch.len;
	reference_key(&t->scratch, p->id);
	/* No hidden file, and none that the system has no room for. */
	if (t->scratch.s[dir] == '.')
		t->scratch.s[dir] = '-';
	if (t->scratch.len > dir + 200)
		strbuf_setlen(&t->scratch, dir + 200);
	/* Other ids may make the same name. */
	if (!strmap_add(&t->names, strbuf_slice(&t->scratch), NULL))
		strbuf_addf(&t->scratch, "-n%zu", p->number);
	if (end != NULL)
		strbuf_add(&t->scratch, end, (size_t)(name + n - end));
	else
		strbuf_addstr(&t->scratch, ".txt");
}

/* Whoever wrote into a note keeps it. */
static void
put_file(struct template *t, const struct digest_paper *p, struct slice text)
{
	const char *path;

	name_file(t, p);
	path = t->scratch.s;
	if (!t->d->style.force && access(path, F_OK) == 0) {
		msg_verbose("%s is there already", path);
	} else if (!output_replace_file(path, text, 0666)) {
		msg_error("%s: %s", path, strerror(errno));
	} else {
		strbuf_addslice(&t->out->buf, strbuf_slice(&t->scratch));
		strbuf_addch(&t->out->buf, '\n');
	}
}

static void
print_each(struct template *t)
{
	struct strbuf clean = STRBUF_INIT(STRBUF_MAX);
	const struct digest_paper *p;
	const char *why;

	entry_complain(t->d);
	for (size_t i = 0; i < t->d->papers.n; i++) {
		p = t->d->papers.v[i];
		strbuf_reset(&t->json);
		add_paper(t, p);
		strbuf_reset(&t->result);
		if (!jq_program_print(t->d->style.template,
			strbuf_slice(&t->json), &t->result, &why)) {
			msg_error("%s: %s: %s", t->d->style.template_file,
			    p->id.p, why);
			continue;
		}
		if (t->result.len == 0)
			continue;
		strbuf_reset(&clean);
		escape_lines(&clean, strbuf_slice(&t->result));
		if (t->d->style.split != NULL)
			put_file(t, p, strbuf_slice(&clean));
		else
			strbuf_addslice(&t->out->buf, strbuf_slice(&clean));
		render_spill(t->out);
	}
	strbuf_release(&clean);
}

/* One that libjq cannot read must not take the others with it: each is tried as
 * deep as it will stand. */
static void
add_papers(struct template *t)
{
	const char *why;
	size_t at, from;

	at = from = t->json.len;
	for (size_t i = 0; i < t->d->papers.n; i++) {
		const struct digest_paper *p = t->d->papers.v[i];

		add_paper(t, p);
		strbuf_reset(&t->result);
		strbuf_addstr(&t->result, "[[");
		strbuf_add(&t->result, t->json.s + from, t->json.len - from);
		strbuf_addstr(&t->result, "]]");
		if (jq_program_reads(
			t->d->style.template, strbuf_slice(&t->result), &why)) {
			at = t->json.len;
			strbuf_addch(&t->json, ',');
			from = t->json.len;
		} else {
			strbuf_setlen(&t->json, from);
			msg_error_at(p->file, p->lineno, "%s; left out", why);
		}
	}
	strbuf_setlen(&t->json, at);
	strbuf_reset(&t->result);
}

static void
print_all(struct template *t)
{
	const char *why, *reason;

	strbuf_addstr(&t->json, "{\"digest\":");
	strbuf_addslice(&t->json, strbuf_slice(&t->digest));
	strbuf_addstr(&t->json, ",\"papers\":[");
	add_papers(t);
	strbuf_addstr(&t->json, "]}");
	/* Half a document is none: what -o names stays.  A checker would take
	 * the program's stack for lost. */
	if (!jq_program_print(t->d->style.template, strbuf_slice(&t->json),
		&t->result, &why)) {
		reason = xstrdup(why);
		jq_program_free(t->d->style.template);
		die(EXIT_SOME_FAILED, "%s: %s", t->d->style.template_file,
		    reason);
	}
	escape_lines(&t->out->buf, strbuf_slice(&t->result));
}

void
render_template(const struct digest *d, struct output *out)
{
	struct template t = {.d = d, .names = STRMAP_INIT, .out = out};

	strbuf_init(&t.json, STRBUF_MAX);
	strbuf_init(&t.digest, STRBUF_MAX);
	strbuf_init(&t.scratch, STRBUF_MAX);
	strbuf_init(&t.result, STRBUF_MAX);
	make_digest(&t);
	if (d->style.each)
		print_each(&t);
	else
		print_all(&t);
	strbuf_release(&t.json);
	strbuf_release(&t.digest);
	strbuf_release(&t.scratch);
	strbuf_release(&t.result);
	strmap_release(&t.names);
}
