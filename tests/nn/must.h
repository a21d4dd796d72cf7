/* must.h -- networks and their scratch; where they can't be had, the test fails and says why. */
#ifndef TESTS_NN_MUST_H
#define TESTS_NN_MUST_H

#include "nn/nn.h"

struct nn *must_build(const char *words);
struct nn_work *must_work(const struct nn *net, const struct kern *kern, int count);

#endif
