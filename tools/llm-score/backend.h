/* SPDX-License-Identifier: ISC */
/*
 * What a run of llm-score works on, and the ways of running: each takes all
 * papers of in, writes all of them to out, and returns the exit status.
 */
#ifndef BACKEND_H
#define BACKEND_H

#include "common/io/line_reader.h"
#include "common/io/output.h"
#include "options.h"
#include "topics.h"

struct session {
	const struct options *options;
	struct topics topics; /* empty where none are needed */
	struct screen *screen; /* the local one; NULL: none */
	struct jq_program *rescore; /* of --rescore; NULL: none */
	struct line_reader in;
	struct output out;
};

/* Asks a language model, over HTTP or from its cache: llm/llm_backend.c. */
int judge_llm(struct session *s);
/* Reads no papers and writes what is known of models: llm/list_models.c. */
int list_models(struct session *s);
/* Asks nobody: local/local_backend.c. */
int judge_local(struct session *s);
/* Writes what the topics were read as, and reads no paper: the same file. */
int explain_topics(struct session *s);
/* Reads all papers of in and writes a topics file that tells them from others:
 * draft/draft.c. */
int draft_topics(struct session *s);

#endif
