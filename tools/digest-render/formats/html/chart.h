/* SPDX-License-Identifier: ISC */
/*
 * Pictures as inline SVG without style attributes: classes and geometry only.
 * All of them have a text that says the same.
 */
#ifndef CHART_H
#define CHART_H

#include "common/base/strbuf.h"
#include "model/digest.h"

/* How many papers stand at each relevance and novelty: a bubble is a link to
 * its first paper, and with JavaScript a filter. */
void chart_plot(struct strbuf *b, const struct digest *d);
/* Bars by day: papers shown; and USD, if any report tells of them. */
void chart_days(struct strbuf *b, const struct digest *d);
void chart_costs(struct strbuf *b, const struct digest *d);

#endif
