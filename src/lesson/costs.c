/* SPDX-License-Identifier: MIT */
#include "lesson/costs.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "eval/evaluate.h"
#include "ink/fit.h"
#include "nn/nn.h"
#include "par/pool.h"

enum { BLOCK = 50 }; /* images of a pass */

static bool goes_on(const struct costs_setup *setup, double part)
{
    return !setup->go_on || setup->go_on(setup->user, part);
}

static bool gave_up(struct err *err)
{
    return err_set(err, _("It was given up."));
}

static const uint8_t *pixels_of(const struct dataset *set, uint32_t i)
{
    return set->pixels + (size_t)i * FIT_LEN;
}

static void want(int label, float *y)
{
    for (int k = 0; k < COSTS_OUTPUTS; k++)
        y[k] = k == label;
}

static int largest(const float *out)
{
    int best = 0;
    for (int k = 1; k < COSTS_OUTPUTS; k++)
        if (out[k] > out[best])
            best = k;
    return best;
}

/* ---- one image ------------------------------------------------------------------------------- */

/* The cost where all other outputs are as wanted is half of one square. */
static double square_of(const struct nn *net, const struct costs_image *image, int output)
{
    float out[COSTS_OUTPUTS];
    memcpy(out, image->wanted, sizeof out);
    out[output] = image->out[output];
    return 2 * nn_cost_of(net, NN_QUADRATIC, out, image->wanted);
}

bool costs_read(const struct nn *net, const struct kern *kern, const struct dataset *set,
                uint32_t i, struct costs_image *image, struct err *err)
{
    float x[FIT_LEN];
    struct nn_work *work = nn_work_new(net, kern, 1, false, err);
    if (!work)
        return false;
    fit_floats(pixels_of(set, i), 1, x);
    memcpy(image->out, nn_predict(net, work, x, 1), sizeof image->out);
    image->label = set->labels[i];
    image->answer = largest(image->out);
    want(image->label, image->wanted);
    image->cost = nn_cost_of(net, NN_QUADRATIC, image->out, image->wanted);
    for (int k = 0; k < COSTS_OUTPUTS; k++)
        image->square[k] = square_of(net, image, k);
    nn_work_free(work);
    return true;
}

/* ---- many ------------------------------------------------------------------------------------ */

bool costs_each(const struct costs_setup *setup, const struct nn *net, float *cost, bool *right,
                struct err *err)
{
    const struct dataset *set = setup->set;
    struct nn_work *work = nn_work_new(net, setup->kern, BLOCK, false, err);
    float x[BLOCK * FIT_LEN], y[COSTS_OUTPUTS];
    uint32_t done = 0;
    while (work && done < set->count && goes_on(setup, (double)done / set->count)) {
        uint32_t count = set->count - done < BLOCK ? set->count - done : BLOCK;
        fit_floats(pixels_of(set, done), count, x);
        const float *out = nn_predict(net, work, x, (int)count);
        for (uint32_t i = 0; i < count; i++, out += COSTS_OUTPUTS) {
            int label = set->labels[done + i];
            want(label, y);
            cost[done + i] = (float)nn_cost_of(net, NN_QUADRATIC, out, y);
            right[done + i] = largest(out) == label;
        }
        done += count;
    }
    nn_work_free(work);
    return work && (done == set->count || gave_up(err));
}

/* One thread and its scratch, for several means in a row. */
struct reader {
    struct pool *pool;
    struct evaluator *evaluator;
};

static bool begin_reader(struct reader *reader, const struct costs_setup *setup,
                         const struct nn *net, struct err *err)
{
    *reader = (struct reader){.pool = pool_new(1, true, err)};
    if (reader->pool)
        reader->evaluator = evaluator_new(net, setup->kern, reader->pool, err);
    return reader->evaluator != NULL;
}

static void end_reader(struct reader *reader)
{
    evaluator_free(reader->evaluator);
    pool_free(reader->pool);
}

static struct costs_mean read_all(const struct reader *reader, const struct costs_setup *setup,
                                  const struct nn *net)
{
    const struct evaluation evaluation =
        evaluator_run(reader->evaluator, net, NN_QUADRATIC, setup->set, 0, setup->set->count);
    return (struct costs_mean){evaluation.cost, evaluation.accuracy, evaluation.correct};
}

bool costs_mean(const struct costs_setup *setup, const struct nn *net, struct costs_mean *mean,
                struct err *err)
{
    struct reader reader;
    bool begun = begin_reader(&reader, setup, net, err);
    if (begun)
        *mean = read_all(&reader, setup, net);
    end_reader(&reader);
    return begun;
}

struct nn *costs_scaled(const struct nn *net, float times, struct err *err)
{
    struct nn *scaled = nn_copy(net, err);
    int last = nn_layer_count(net) - 1, from = nn_shape_len(nn_layer(net, last)->in);
    for (int k = 0; scaled && k < nn_out_len(net); k++) {
        float bias, weight;
        nn_neuron(net, last, k, NULL, 0, &bias);
        nn_set_bias(scaled, last, k, times * bias);
        for (int i = 0; i < from; i++)
            if (nn_weight(net, last, k, i, &weight))
                nn_set_weight(scaled, last, k, i, times * weight);
    }
    return scaled;
}

/* ---- along a weight -------------------------------------------------------------------------- */

/* Where the last layer's weights stand, [in][out]. */
static const struct nn_tensor *last_weights(const struct nn *net)
{
    const struct nn_tensor *last = NULL;
    for (int i = 0; i < nn_tensor_count(net); i++)
        if (nn_tensor(net, i)->role == NN_WEIGHT)
            last = nn_tensor(net, i);
    return last;
}

/* Sums the slopes of all images into slopes[tensor->len]. */
static bool add_slopes(const struct costs_setup *setup, const struct nn *net,
                       const struct nn_tensor *tensor, double *slopes, struct err *err)
{
    const struct dataset *set = setup->set;
    struct nn_work *work = nn_work_new(net, setup->kern, BLOCK, true, err);
    float x[BLOCK * FIT_LEN], y[BLOCK * COSTS_OUTPUTS];
    for (uint32_t at = 0; work && at < set->count; at += BLOCK) {
        uint32_t count = set->count - at < BLOCK ? set->count - at : BLOCK;
        fit_floats(pixels_of(set, at), count, x);
        for (uint32_t i = 0; i < count; i++)
            want(set->labels[at + i], y + i * COSTS_OUTPUTS);
        nn_gradient(net, work, NN_QUADRATIC, x, y, (int)count, 0);
        const float *gradient = nn_work_gradient(work) + tensor->at;
        for (size_t i = 0; i < tensor->len; i++)
            slopes[i] += (double)gradient[i];
    }
    nn_work_free(work);
    return work != NULL;
}

static int find_steepest(const double *slopes, size_t len)
{
    size_t best = 0;
    for (size_t i = 1; i < len; i++)
        if (fabs(slopes[i]) > fabs(slopes[best]))
            best = i;
    return (int)best;
}

bool costs_steepest(const struct costs_setup *setup, const struct nn *net,
                    struct costs_place *places, int count, struct err *err)
{
    enum { LEN_MAX = 4096 };
    double slopes[LEN_MAX] = {0};
    const struct nn_tensor *tensor = last_weights(net);
    assert(tensor->len <= LEN_MAX && tensor->rank == 2 && tensor->len >= (size_t)count);
    if (!add_slopes(setup, net, tensor, slopes, err))
        return false;
    for (int i = 0; i < count; i++) {
        int best = find_steepest(slopes, tensor->len);
        places[i] = (struct costs_place){.from = best / tensor->shape[1],
                                         .output = best % tensor->shape[1],
                                         .weight = nn_weights(net)[tensor->at + (size_t)best],
                                         .slope = slopes[best] / setup->set->count};
        slopes[best] = 0;
    }
    return true;
}

bool costs_along(const struct costs_setup *setup, const struct nn *net,
                 const struct costs_place *place, const float *shifts, int count,
                 struct costs_mean *means, struct err *err)
{
    struct reader reader = {NULL, NULL};
    struct nn *moved = nn_copy(net, err);
    bool begun = moved && begin_reader(&reader, setup, moved, err);
    int last = nn_layer_count(net) - 1, done = 0;
    while (begun && done < count && goes_on(setup, (double)done / count)) {
        nn_set_weight(moved, last, place->output, place->from, place->weight + shifts[done]);
        means[done++] = read_all(&reader, setup, moved);
    }
    end_reader(&reader);
    nn_free(moved);
    return begun && (done == count || gave_up(err));
}
