/* SPDX-License-Identifier: MIT */
#include "nn/cost.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/net.h"

static const char *names[] = {[NN_QUADRATIC] = "quadratic", [NN_CROSS_ENTROPY] = "cross-entropy"};

const char *nn_cost_name(enum nn_cost cost)
{
    return names[cost];
}

bool nn_cost_parse(const char *name, enum nn_cost *cost, struct err *err)
{
    for (int i = 0; i < 2; i++) {
        if (strcmp(name, names[i]) == 0) {
            *cost = (enum nn_cost)i;
            return true;
        }
    }
    return err_set(err, _("\"%s\" is no cost; use quadratic or cross-entropy."), name);
}

static const struct layer *last_layer(const struct nn *net)
{
    return &net->layers[net->layer_count - 1];
}

static bool ends_in(const struct nn *net, enum act_kind kind)
{
    const struct layer *last = last_layer(net);
    return last->ops == &act_ops && last->own.act.kind == kind;
}

bool nn_never_negative(const struct nn *net)
{
    return ends_in(net, ACT_SOFTMAX) || ends_in(net, ACT_SIGMOID) || ends_in(net, ACT_RELU) ||
           ends_in(net, ACT_STEP);
}

bool nn_cost_fits(const struct nn *net, enum nn_cost cost, struct err *err)
{
    if (cost == NN_QUADRATIC || ends_in(net, ACT_SOFTMAX) || ends_in(net, ACT_SIGMOID))
        return true;
    return err_set(err,
                   _("Cross-entropy needs answers between 0 and 1, and \"%s\" gives others; end "
                     "with softmax or sigmoid, or use the quadratic cost."),
                   net->units[net->unit_count - 1].words);
}

/* -t ln p, with p kept from 0 so that one sure mistake costs much but not infinity. A p that is no
 * number stays none, so that training gone bad is noticed. */
static double surprise(double t, double p)
{
    return t > 0 ? -t * log(p < 1e-30 ? 1e-30 : p) : 0;
}

double nn_cost_of(const struct nn *net, enum nn_cost cost, const float *answer, const float *y)
{
    int n = nn_out_len(net);
    bool both_sides = ends_in(net, ACT_SIGMOID);
    double sum = 0;
    for (int i = 0; i < n; i++) {
        double a = (double)answer[i], t = (double)y[i];
        if (cost == NN_QUADRATIC)
            sum += 0.5 * (a - t) * (a - t);
        else
            sum += surprise(t, a) + (both_sides ? surprise(1 - t, 1 - a) : 0);
    }
    return sum;
}

bool cost_slope(enum nn_cost cost, size_t len, const float *a, const float *y, float *d)
{
    for (size_t i = 0; i < len; i++)
        d[i] = a[i] - y[i];
    return cost == NN_CROSS_ENTROPY;
}
