/* SPDX-License-Identifier: ISC */
/* --dry-run: what a run would take, without asking anybody. */
#ifndef DRY_RUN_H
#define DRY_RUN_H

#include "engine.h"

/* Reads all papers and writes an estimate to out instead of them.  e is ready
 * to run. */
int dry_run(struct engine *e);

#endif
