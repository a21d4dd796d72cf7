/* SPDX-License-Identifier: MIT */
#include "nn/dense_sgd.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/cost.h"
#include "nn/net.h"

enum { ALIGNMENT = 64 }; /* bytes: a cache line, and the widest vector */

/* A dense layer and its activation. Rows are padded to whole vectors, and what stands in the
 * padding of weights and slopes is zero and stays so: a padded row can be worked on whole. */
struct stage {
    int in, out, row; /* row: out, rounded up */
    size_t param_at;
    bool has_act;
    enum act_kind act;
    float *w;              /* [in, rounded up][row] */
    float *bias;           /* [row] */
    float *y;              /* [max_count][row] */
    float *dy;             /* [max_count][row]: the step's slope, before the activation */
    int strips;            /* of the input */
    struct kern_bundle *x; /* [bundles of max_count][strips]: the input, kept for the way back */
};

struct dense_sgd {
    const struct kern *kern;
    int max_count, stage_count;
    struct stage stages[NN_LAYERS_MAX];
};

static int round_up(int n)
{
    return (n + KERN_VECTOR_MAX - 1) / KERN_VECTOR_MAX * KERN_VECTOR_MAX;
}

static int count_bundles(int samples)
{
    return (samples + KERN_BUNDLE - 1) / KERN_BUNDLE;
}

bool dense_sgd_fits(const struct nn *net)
{
    for (int i = 0; i < net->layer_count; i++) {
        const struct layer *l = &net->layers[i];
        bool dense = l->ops == &dense_ops && !l->no_bias;
        if (!dense && !(l->ops == &act_ops && l->own.act.kind != ACT_STEP))
            return false;
    }
    return true;
}

/* ---- building ------------------------------------------------------------------------------ */

static float *new_floats(int rows, int row)
{
    size_t size = (size_t)rows * (size_t)row * sizeof(float);
    float *floats = aligned_alloc(ALIGNMENT, size);
    return floats ? memset(floats, 0, size) : NULL;
}

static bool fill_stage(struct stage *s, int max_count)
{
    s->row = round_up(s->out);
    s->strips = (s->in + KERN_STRIP - 1) / KERN_STRIP;
    s->w = new_floats(round_up(s->in), s->row);
    s->bias = new_floats(1, s->row);
    s->y = new_floats(max_count, s->row);
    s->dy = new_floats(max_count, s->row);
    s->x = malloc((size_t)(count_bundles(max_count) * s->strips) * sizeof *s->x);
    return s->w && s->bias && s->y && s->dy && s->x;
}

static bool add_stage(struct dense_sgd *d, const struct layer *l)
{
    struct stage *s = &d->stages[d->stage_count++];
    s->in = nn_shape_len(l->in);
    s->out = l->out.channels;
    s->param_at = l->param_at;
    return fill_stage(s, d->max_count);
}

struct dense_sgd *dense_sgd_new(const struct nn *net, const struct kern *kern, int max_count,
                                struct err *err)
{
    assert(dense_sgd_fits(net));
    struct dense_sgd *d = calloc(1, sizeof *d);
    bool ok = d != NULL;
    if (ok)
        *d = (struct dense_sgd){.kern = kern, .max_count = max_count};
    for (int i = 0; ok && i < net->layer_count; i++) {
        const struct layer *l = &net->layers[i];
        if (l->ops == &act_ops) {
            d->stages[d->stage_count - 1].has_act = true;
            d->stages[d->stage_count - 1].act = l->own.act.kind;
        } else {
            ok = add_stage(d, l);
        }
    }
    if (!ok) {
        dense_sgd_free(d);
        err_memory(err, _("training the network; use a smaller one"));
        return NULL;
    }
    return d;
}

void dense_sgd_free(struct dense_sgd *sgd)
{
    if (!sgd)
        return;
    for (int i = 0; i < sgd->stage_count; i++) {
        struct stage *s = &sgd->stages[i];
        free(s->w);
        free(s->bias);
        free(s->y);
        free(s->dy);
        free(s->x);
    }
    free(sgd);
}

void dense_sgd_take(struct dense_sgd *sgd, const struct nn *net)
{
    for (int i = 0; i < sgd->stage_count; i++) {
        struct stage *s = &sgd->stages[i];
        const float *from = nn_weights(net) + s->param_at;
        for (int k = 0; k < s->in; k++, from += s->out)
            memcpy(s->w + (size_t)k * s->row, from, (size_t)s->out * sizeof *from);
        memcpy(s->bias, from, (size_t)s->out * sizeof *from);
    }
}

void dense_sgd_give(const struct dense_sgd *sgd, struct nn *net)
{
    for (int i = 0; i < sgd->stage_count; i++) {
        const struct stage *s = &sgd->stages[i];
        float *to = nn_params(net) + s->param_at;
        for (int k = 0; k < s->in; k++, to += s->out)
            memcpy(to, s->w + (size_t)k * s->row, (size_t)s->out * sizeof *to);
        memcpy(to, s->bias, (size_t)s->out * sizeof *to);
    }
}

/* ---- one step ------------------------------------------------------------------------------ */

/* Where a stage's samples come from: pictures for the first, the stage below for the others. */
struct source {
    const uint8_t *const *bytes;
    float scale;
    const struct stage *below;
};

/* Sums of one bundle of samples, strip by strip of the input. */
static void sum_bundle(const struct dense_sgd *d, struct stage *s, struct source from, int first,
                       int samples)
{
    float *y = s->y + (size_t)first * s->row;
    for (int strip = 0; strip < s->strips; strip++) {
        int at = strip * KERN_STRIP, len = s->in - at < KERN_STRIP ? s->in - at : KERN_STRIP;
        struct kern_bundle *x = &s->x[first / KERN_BUNDLE * s->strips + strip];
        if (from.below) {
            int row = from.below->row;
            d->kern->bundle(samples, len, from.below->y + (size_t)first * row + at, (size_t)row,
                            s->row, x);
        } else {
            const uint8_t *bytes[KERN_BUNDLE];
            for (int i = 0; i < samples; i++)
                bytes[i] = from.bytes[first + i] + at;
            d->kern->bundle_bytes(samples, len, bytes, from.scale, s->row, x);
        }
        d->kern->bundle_nn(x, s->row, s->w + (size_t)at * s->row, strip ? y : s->bias,
                           strip ? (size_t)s->row : 0, y, (size_t)s->row);
    }
}

static int samples_at(int first, int count)
{
    return count - first < KERN_BUNDLE ? count - first : KERN_BUNDLE;
}

static void run_forward(struct dense_sgd *d, struct source from, int count)
{
    for (int i = 0; i < d->stage_count; i++) {
        struct stage *s = &d->stages[i];
        for (int first = 0; first < count; first += KERN_BUNDLE)
            sum_bundle(d, s, from, first, samples_at(first, count));
        if (s->has_act)
            act_run(s->act, d->kern, count, s->out, s->row, s->y);
        from.below = s;
    }
}

/* w += x^T dy      b += column sums of dy */
static void step_stage(const struct dense_sgd *d, struct stage *s, int count)
{
    for (int first = 0; first < count; first += KERN_BUNDLE) {
        const float *dy = s->dy + (size_t)first * s->row;
        for (int strip = 0; strip < s->strips; strip++)
            d->kern->bundle_tn(&s->x[first / KERN_BUNDLE * s->strips + strip], s->row, dy,
                               (size_t)s->row, s->w + (size_t)strip * KERN_STRIP * s->row);
    }
    for (int i = 0; i < count; i++)
        d->kern->add((size_t)s->row, s->dy + (size_t)i * s->row, s->bias);
}

/* The slope below a stage is taken before its weights are stepped. */
static void run_backward(struct dense_sgd *d, int count)
{
    for (int i = d->stage_count - 1; i >= 0; i--) {
        struct stage *s = &d->stages[i], *below = i > 0 ? s - 1 : NULL;
        if (below) {
            d->kern->gemm_nt(count, below->row, s->row, s->dy, s->w, below->dy);
            if (below->has_act)
                act_slope(below->act, d->kern, count, below->out, below->row, below->y, below->dy);
        }
        step_stage(d, s, count);
    }
}

/* The cost's slope at the answers times `scale`, taken through the last activation. */
static void begin_backward(struct dense_sgd *d, enum nn_cost cost, const float *y, int count,
                           float scale)
{
    struct stage *last = &d->stages[d->stage_count - 1];
    bool through_act = false;
    for (int i = 0; i < count; i++) {
        float *dy = last->dy + (size_t)i * last->row;
        through_act = cost_slope(cost, (size_t)last->out, dense_sgd_answer(d, i),
                                 y + (size_t)i * last->out, dy);
        for (int k = 0; k < last->out; k++)
            dy[k] *= scale;
    }
    if (last->has_act && !through_act)
        act_slope(last->act, d->kern, count, last->out, last->row, last->y, last->dy);
}

double dense_sgd_step(struct dense_sgd *sgd, const struct nn *net, enum nn_cost cost,
                      const uint8_t *const *x, float scale, const float *y, int count, float rate)
{
    assert(count <= sgd->max_count);
    run_forward(sgd, (struct source){.bytes = x, .scale = scale}, count);
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += nn_cost_of(net, cost, dense_sgd_answer(sgd, i), y + (size_t)i * nn_out_len(net));
    if (!isfinite(sum))
        return sum;
    begin_backward(sgd, cost, y, count, -rate / (float)count);
    run_backward(sgd, count);
    return sum;
}

const float *dense_sgd_answer(const struct dense_sgd *sgd, int i)
{
    const struct stage *last = &sgd->stages[sgd->stage_count - 1];
    return last->y + (size_t)i * last->row;
}
