/* explain_helpers.h -- networks and a picture for the tests of what looks into a network. */
#ifndef TESTS_EVAL_EXPLAIN_HELPERS_H
#define TESTS_EVAL_EXPLAIN_HELPERS_H

#include <stdint.h>

struct dataset;
struct nn;

/* A network with start weights of its own and norms that have been somewhere. */
struct nn *explain_net(const char *words, uint64_t seed);

/* A copy of the network that the program ships. */
struct nn *explain_builtin(void);

/* `count` synthetic digits. */
struct dataset *explain_digits(uint32_t count);

/* Picture i of a set as a network is given it: FIT_LEN floats. */
void explain_picture(const struct dataset *set, uint32_t i, float *x);

#endif
