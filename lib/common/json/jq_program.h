/* SPDX-License-Identifier: ISC */
/*
 * Expressions in jq's language, by libjq.  The library is loaded when the
 * first one is compiled, since that alone takes longer than most filters run.
 */
#ifndef JQ_PROGRAM_H
#define JQ_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/slice.h"
#include "common/base/strbuf.h"
#include "common/base/strlist.h"

struct jq_program;
struct jq_value; /* a result, for sorting */

enum jq_verdict {
	JQ_NO,
	JQ_YES,
	JQ_FAILED /* why is set */
};

/*
 * Compiles the expression given to option; exits 2 with libjq's words if it is
 * none.  args and argjsons hold "NAME=VALUE".
 */
struct jq_program *jq_program_new(const char *option, const char *expression,
    const struct strlist *args, const struct strlist *argjsons);
/* The same of the file that option names. */
struct jq_program *jq_program_read(const char *option, const char *file);
void jq_program_free(struct jq_program *p);
/* False, with why, if a record is nested more deeply than libjq reads, which
 * is not the same in all its versions. */
bool
jq_program_reads(struct jq_program *p, struct slice json, const char **why);
/* Appends all results for a JSON text: strings as they are, anything else as
 * JSON, each with the end of a line unless it has one.  False, with why, if the
 * program failed; what came before that is there. */
bool jq_program_print(struct jq_program *p, struct slice json,
    struct strbuf *out, const char **why);
/* JQ_YES if one of the results for the record is neither false nor null.  why
 * is valid until the next call. */
enum jq_verdict
jq_program_test(struct jq_program *p, struct slice record, const char **why);
/* The first result, to be freed by the caller; NULL (and why, if the program
 * failed) if there is none. */
struct jq_value *
jq_program_value(struct jq_program *p, struct slice record, const char **why);
/* jq's order of values: null, false, true, numbers, strings, arrays, objects;
 * NULL before all. */
int jq_value_cmp(const struct jq_value *a, const struct jq_value *b);
void jq_value_free(struct jq_value *v);

#endif
