/* SPDX-License-Identifier: ISC */
#include "formats/render.h"

#include <stddef.h>

#define FORMAT_ROW(name, lines) {#name, render_##name, lines},

const struct renderer renderers[] = {
    FORMATS(FORMAT_ROW) {NULL, NULL, false},
};
