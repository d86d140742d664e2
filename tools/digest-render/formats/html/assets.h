/* SPDX-License-Identifier: ISC */
/*
 * The page's style and script: files of this folder that the Makefile turns
 * into C arrays, with the checksum that the page's Content-Security-Policy
 * names.
 */
#ifndef ASSETS_H
#define ASSETS_H

#include <stddef.h>

#include "common/base/strbuf.h"

struct asset {
	const unsigned char *bytes;
	size_t n;
	const char *sha256; /* 64 hexadecimal digits */
};

extern const struct asset page_css, page_js;

/* Appends the asset's CSP source: 'sha256-..' with the sum in base64. */
void asset_add_source(struct strbuf *b, const struct asset *a);
void asset_add(struct strbuf *b, const struct asset *a);

#endif
