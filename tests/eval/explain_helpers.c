/* SPDX-License-Identifier: MIT */
#include "explain_helpers.h"

#include <check.h>

#include "base/err.h"
#include "base/rng.h"
#include "data/synthetic.h"
#include "ink/fit.h"
#include "model/builtin.h"
#include "model/model.h"
#include "nn/nn.h"

struct nn *explain_net(const char *words, uint64_t seed)
{
    struct err err;
    struct nn *net = nn_new(words, &err);
    ck_assert_msg(net != NULL, "%s", err.text);
    nn_init(net, NN_START_AUTO, seed);
    struct rng rng = rng_new(seed, 1000);
    for (int i = 0; i < nn_tensor_count(net); i++) {
        const struct nn_tensor *t = nn_tensor(net, i);
        for (size_t k = 0; k < t->len; k++)
            if (t->role != NN_WEIGHT)
                nn_params(net)[t->at + k] += rng_range(&rng, 0.05f, 0.4f);
    }
    return net;
}

struct nn *explain_builtin(void)
{
    struct err err;
    struct model *model = model_builtin(&err);
    ck_assert_msg(model != NULL, "%s", err.text);
    struct nn *net = nn_copy(model->net, &err);
    model_free(model);
    ck_assert_ptr_nonnull(net);
    return net;
}

struct dataset *explain_digits(uint32_t count)
{
    struct err err;
    struct dataset *set = synthetic_new(7, DATASET_TEST, count, &err);
    ck_assert_ptr_nonnull(set);
    return set;
}

void explain_picture(const struct dataset *set, uint32_t i, float *x)
{
    fit_floats(set->pixels + (size_t)i * FIT_LEN, 1, x);
}
