/* SPDX-License-Identifier: ISC */
#include "weights.h"

#include <endian.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "common/base/number.h"
#include "common/base/xalloc.h"

#define MAGIC	"paperround-screen "
#define VERSION 1
#define SUM_LEN 32

/* Every float of the file, in its order. */
#define FLOATS	(1 + 2 * (size_t)WEIGHTS_RECALLS + 2 * (size_t)FEATURES_DIM)

void
weights_init(struct weights *w)
{
	*w = (struct weights) {.enough = false};
	w->idf = xcalloc(FEATURES_DIM, sizeof(*w->idf));
	w->weight = xcalloc(FEATURES_DIM, sizeof(*w->weight));
}

void
weights_release(struct weights *w)
{
	free(w->idf);
	free(w->weight);
}

double
weights_value(double idf, unsigned count)
{
	return count == 1 ? idf : (1 + log(count)) * idf;
}

double
weights_probability(const struct weights *w, const struct feature *v, size_t n)
{
	double sum = 0, squares = 0, value;

	for (size_t i = 0; i < n; i++) {
		value = weights_value(w->idf[v[i].index], v[i].count);
		squares += value * value;
		sum += value * w->weight[v[i].index];
	}
	if (squares > 0)
		sum /= sqrt(squares);
	return 1 / (1 + exp(-(sum + w->bias)));
}

size_t
weights_at_recall(double recall)
{
	return (size_t)ceil(recall * (WEIGHTS_RECALLS - 1) - 1e-9);
}

size_t
weights_at_threshold(const struct weights *w, double threshold)
{
	size_t i = WEIGHTS_RECALLS - 1;

	while (i > 0 && w->threshold[i] < threshold)
		i--;
	return i;
}

static void
checksum(struct slice bytes, unsigned char sum[EVP_MAX_MD_SIZE])
{
	unsigned n;

	if (EVP_Digest(bytes.p, bytes.n, sum, &n, EVP_sha256(), NULL) != 1)
		xalloc_die();
}

static void
set_id(struct weights *w, const unsigned char *sum)
{
	for (size_t i = 0; i < (sizeof(w->id) - 1) / 2; i++)
		snprintf(w->id + 2 * i, 3, "%02x", sum[i]);
}

static void
add_floats(struct strbuf *b, const float *v, size_t n)
{
	uint32_t bits;

	for (size_t i = 0; i < n; i++) {
		memcpy(&bits, &v[i], sizeof(bits));
		bits = htole32(bits);
		strbuf_add(b, &bits, sizeof(bits));
	}
}

void
weights_write(struct strbuf *b, const struct weights *w)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	size_t start = b->len;

	strbuf_addf(b,
	    MAGIC "%d\nbits %d\npapers %lu\nselected %lu\ndays %lu\n"
		  "enough %d\nauc %.4f\n\n",
	    VERSION, FEATURES_BITS, w->papers, w->selected, w->days, w->enough,
	    w->auc);
	add_floats(b, &w->bias, 1);
	add_floats(b, w->threshold, WEIGHTS_RECALLS);
	add_floats(b, w->share, WEIGHTS_RECALLS);
	add_floats(b, w->idf, FEATURES_DIM);
	add_floats(b, w->weight, FEATURES_DIM);
	checksum((struct slice) {b->s + start, b->len - start}, sum);
	strbuf_add(b, sum, SUM_LEN);
}

/* The number after the magic word; 0 if there is none. */
static long
version_of(struct slice bytes)
{
	const size_t n = strlen(MAGIC);
	char digits[8] = "";
	const char *why;
	long version;

	if (bytes.n < n || memcmp(bytes.p, MAGIC, n) != 0)
		return 0;
	for (size_t i = 0; i < sizeof(digits) - 1 && n + i < bytes.n &&
	     bytes.p[n + i] != '\n';
	     i++)
		digits[i] = bytes.p[n + i];
	return number_long(digits, 1, 999999, &version, &why) ? version : 0;
}

/* The text before the floats; returns its length, or 0. */
static size_t
parse_head(struct weights *w, struct slice bytes)
{
	const char *end = memmem(bytes.p, bytes.n, "\n\n", 2);
	int bits, enough;
	char *head;
	bool good;

	if (end == NULL)
		return 0;
	head = xmemdup0(bytes.p, (size_t)(end - bytes.p));
	good = sscanf(head,
		   MAGIC "%*d\nbits %d\npapers %lu\nselected %lu\n"
			 "days %lu\nenough %d\nauc %lf",
		   &bits, &w->papers, &w->selected, &w->days, &enough,
		   &w->auc) == 6 &&
	    bits == FEATURES_BITS;
	free(head);
	w->enough = enough != 0;
	return good ? (size_t)(end - bytes.p) + 2 : 0;
}

static const char *
get_floats(const char *p, float *v, size_t n)
{
	uint32_t bits;

	for (size_t i = 0; i < n; i++, p += sizeof(bits)) {
		memcpy(&bits, p, sizeof(bits));
		bits = le32toh(bits);
		memcpy(&v[i], &bits, sizeof(bits));
	}
	return p;
}

static bool
checksum_is_right(struct slice bytes, unsigned char sum[EVP_MAX_MD_SIZE])
{
	if (bytes.n <= SUM_LEN)
		return false;
	bytes.n -= SUM_LEN;
	checksum(bytes, sum);
	return memcmp(sum, bytes.p + bytes.n, SUM_LEN) == 0;
}

bool
weights_parse(struct weights *w, struct slice bytes, const char **why)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	long version = version_of(bytes);
	const char *p;
	size_t head;

	*why = version == 0 ? "not a model that --train wrote"
			    : "made by a newer llm-score";
	if (version != VERSION)
		return false;
	*why = "damaged";
	if (!checksum_is_right(bytes, sum))
		return false;
	weights_init(w);
	head = parse_head(w, bytes);
	if (head == 0 || bytes.n != head + FLOATS * sizeof(float) + SUM_LEN) {
		weights_release(w);
		return false;
	}
	p = get_floats(bytes.p + head, &w->bias, 1);
	p = get_floats(p, w->threshold, WEIGHTS_RECALLS);
	p = get_floats(p, w->share, WEIGHTS_RECALLS);
	p = get_floats(p, w->idf, FEATURES_DIM);
	get_floats(p, w->weight, FEATURES_DIM);
	set_id(w, sum);
	return true;
}
