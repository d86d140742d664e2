/* SPDX-License-Identifier: ISC */
/* background.tsv as a string, made by the build. */
#ifndef BACKGROUND_TABLE_H
#define BACKGROUND_TABLE_H

#include <stddef.h>

extern const char background_table[];
extern const size_t background_table_size; /* without the NUL */

#endif
