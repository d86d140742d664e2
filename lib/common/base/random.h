/* SPDX-License-Identifier: ISC */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

/*
 * Bits that another process would not have chosen, for names and for how long
 * to wait.  No secret is made of them: a system that has no better ones gives
 * those of its clock.
 */
uint64_t random_bits(void);

#endif
