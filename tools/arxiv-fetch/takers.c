/* SPDX-License-Identifier: ISC */
/* What several formats do with the texts of their elements. */
#include <string.h>

#include "authors.h"
#include "description.h"
#include "feed_format.h"

void
feed_take(struct feed *f, const struct feed_field *table, const char *name,
    struct slice text)
{
	while (table->name != NULL && strcmp(table->name, name) != 0)
		table++;
	if (table->name == NULL)
		return;
	if (table->take != NULL)
		table->take(f, text);
	else
		entry_set_text(&f->entry, table->text, text);
}

void
take_announce_type(struct feed *f, struct slice text)
{
	enum announce type;

	if (announce_parse(text, &type))
		f->entry.announce = type;
}

void
take_description(struct feed *f, struct slice text)
{
	description_apply(&f->entry, text);
}

void
take_journal_ref(struct feed *f, struct slice text)
{
	entry_set_text(&f->entry, ENTRY_JOURNAL_REF, without_comma(text));
}

void
take_doi(struct feed *f, struct slice text)
{
	if (f->entry.text[ENTRY_DOI].len > 0)
		return;
	strbuf_reset(&f->scratch);
	first_word(&f->scratch, text);
	entry_set_text(&f->entry, ENTRY_DOI, strbuf_slice(&f->scratch));
}

void
take_creator(struct feed *f, struct slice text)
{
	authors_split(&f->entry.authors, text, false);
}
