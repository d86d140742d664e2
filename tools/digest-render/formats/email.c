/* SPDX-License-Identifier: ISC */
/* A message with the digest twice: as text, and as HTML that mail programs
 * show.  Lines end with a newline alone, as sendmail -t wants it. */
#include "formats/email_html.h"
#include "text/mime.h"
#include "formats/render.h"
#include "formats/text.h"

/* Cannot occur in quoted-printable: a = stands before two digits there. */
#define BOUNDARY   "=_paperround_=_alternative_="
#define TEXT_WIDTH 72

static void
add_part(struct strbuf *b, const char *type, const struct strbuf *body)
{
	strbuf_addf(b,
	    "--" BOUNDARY "\n"
	    "Content-Type: %s; charset=utf-8\n"
	    "Content-Transfer-Encoding: quoted-printable\n\n",
	    type);
	mime_quoted(b, strbuf_slice(body));
	strbuf_addch(b, '\n');
}

/* What one reads in a list of mails: that something is wrong, the day, how
 * many papers. */
static void
add_subject(struct strbuf *b, const struct digest *d)
{
	struct strbuf subject = STRBUF_INIT(STRBUF_MAX);

	if (d->nnotices > 0 && d->notices[0].level > NOTICE_INFO)
		render_health_title(&subject, d, render_last_day(d));
	else
		strbuf_addslice(&subject, d->heading);
	strbuf_addstr(&subject, " (");
	render_totals(&subject, d);
	strbuf_addch(&subject, ')');
	mime_header(b, "Subject", strbuf_slice(&subject));
	strbuf_release(&subject);
}

static void
add_headers(struct strbuf *b, const struct digest *d)
{
	struct strbuf id = STRBUF_INIT(STRBUF_MAX);
	struct strbuf date = STRBUF_INIT(STRBUF_MAX);
	const char *to = d->style.mail_to, *parts[5] = {"mail"};

	if (d->style.mail_from != NULL)
		mime_addresses(b, "From", slice_of(d->style.mail_from));
	if (to != NULL)
		mime_addresses(b, "To", slice_of(to));
	add_subject(b, d);
	mime_date(&date, d->now);
	strbuf_addf(b, "Date: %s\n", date.s);
	/* The same digest sent twice to the same person is one message. */
	parts[1] = d->heading.p;
	parts[2] = to != NULL ? to : "";
	parts[3] = date.s;
	render_urn(&id, parts);
	strbuf_addf(b, "Message-ID: <%s@paperround.invalid>\n",
	    id.s + sizeof("urn:uuid:") - 1);
	strbuf_addstr(b,
	    "Auto-Submitted: auto-generated\n"
	    "MIME-Version: 1.0\n"
	    "Content-Type: multipart/alternative;\n"
	    " boundary=\"" BOUNDARY "\"\n\n");
	strbuf_release(&id);
	strbuf_release(&date);
}

void
render_email(const struct digest *d, struct output *out)
{
	struct strbuf body = STRBUF_INIT(STRBUF_MAX);

	add_headers(&out->buf, d);
	text_document(d, &body, NULL, TEXT_WIDTH, false);
	add_part(&out->buf, "text/plain", &body);
	strbuf_reset(&body);
	email_html(d, &body);
	add_part(&out->buf, "text/html", &body);
	strbuf_addstr(&out->buf, "--" BOUNDARY "--\n");
	strbuf_release(&body);
}
