/* SPDX-License-Identifier: ISC */
/*
 * Files that are installed with the programs: prompts, prices, samples.
 */
#ifndef DATA_FILE_H
#define DATA_FILE_H

/*
 * The path of an installed file ("prompts/system.md"), to be freed: from
 * $PAPERROUND_DATADIR if that is set; else from share/ beside the folder of
 * the running program, so that a build and a moved installation find their
 * own; else from where the installation put it.  NULL if there is none.
 */
char *data_file(const char *name);

#endif
