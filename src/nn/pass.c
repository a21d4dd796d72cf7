/* SPDX-License-Identifier: MIT */
/* Passes: forward to predict, forward and back to learn, and the scratch for both. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/cost.h"
#include "nn/net.h"

enum {
    ALIGNMENT = 64,                        /* bytes: a cache line, and the widest vector */
    MEGABYTE = (1 << 20) / sizeof(float), /* in floats */
};

struct nn_work {
    const struct kern *kern;
    int max_count;
    bool learning;
    int layer_count;
    const struct nn *packing; /* the network whose weights stay as they are, or NULL */
    bool packed[LAYERS_MAX];  /* those that a step's memo holds in its kernels' order */
    float *out[LAYERS_MAX];  /* each layer's output, [max_count][out]; in place: its input's;
                              * within joint layers, where passes skip it, [1][out] */
    float *memo[LAYERS_MAX]; /* what each keeps from the pass forward to the pass back */
    float *d[2];             /* dy and dx change places from layer to layer, [max_count][widest] */
    float *grad;             /* [param_len] */
    float *block;            /* the allocation that all of these stand in */
};

static size_t round_up(size_t len)
{
    size_t step = ALIGNMENT / sizeof(float);
    return (len + step - 1) / step * step;
}

static int widest_layer(const struct nn *net)
{
    int widest = nn_in_len(net);
    for (int i = 0; i < net->layer_count; i++)
        if (nn_shape_len(net->layers[i].out) > widest)
            widest = nn_shape_len(net->layers[i].out);
    return widest;
}

/* Hands out `len` floats of the block, or only counts them while there is none yet. */
static float *take(float *block, size_t *used, size_t len)
{
    float *at = block ? block + *used : NULL;
    *used += round_up(len);
    return at;
}

/* The layers are run in steps of one layer, or of several that are joint. */
static int step_len(const struct layer *l)
{
    return l->joint ? l->joint_count : 1;
}

static const struct layer_ops *step_ops(const struct layer *l)
{
    return l->joint ? l->joint : l->ops;
}

/* The first layer of the step that layer i belongs to. */
static int step_begin(const struct nn *net, int i)
{
    int at = 0;
    while (at + step_len(&net->layers[at]) <= i)
        at += step_len(&net->layers[at]);
    return at;
}

/* Whether layer i ends a step: only such outputs are written by every pass. */
static bool ends_step(const struct nn *net, int i)
{
    int begin = step_begin(net, i);
    return begin + step_len(&net->layers[begin]) == i + 1;
}

/* Joint layers may be run one by one, too. */
static size_t memo_len(const struct nn_work *w, const struct layer *l)
{
    size_t joint = step_ops(l)->memo_len(l, w->kern, w->max_count, w->learning);
    size_t alone = l->ops->memo_len(l, w->kern, w->max_count, w->learning);
    return joint > alone ? joint : alone;
}

/* Called twice: without a block to learn how long it must be, then to hand it out. */
static size_t lay_out(struct nn_work *w, const struct nn *net)
{
    size_t used = 0;
    for (int i = 0; i < net->layer_count; i++) {
        const struct layer *l = &net->layers[i];
        size_t count = ends_step(net, i) ? (size_t)w->max_count : 1;
        if (l->ops->in_place)
            w->out[i] = w->out[i - 1]; /* the words never begin with an activation */
        else
            w->out[i] = take(w->block, &used, count * (size_t)nn_shape_len(l->out));
        w->memo[i] = take(w->block, &used, memo_len(w, l));
    }
    if (w->learning) {
        size_t len = (size_t)w->max_count * (size_t)widest_layer(net);
        w->d[0] = take(w->block, &used, len);
        w->d[1] = take(w->block, &used, len);
        w->grad = take(w->block, &used, net->param_len);
    }
    return used;
}

size_t nn_work_len(const struct nn *net, const struct kern *kern, int max_count, bool learning)
{
    struct nn_work w = {.kern = kern, .max_count = max_count, .learning = learning};
    return lay_out(&w, net);
}

struct nn_work *nn_work_new(const struct nn *net, const struct kern *kern, int max_count,
                            bool learning, struct err *err)
{
    struct nn_work *w = calloc(1, sizeof *w);
    if (w) {
        w->kern = kern;
        w->max_count = max_count;
        w->learning = learning;
        w->layer_count = net->layer_count;
        size_t len = lay_out(w, net);
        if (len > NN_WORK_MAX) {
            nn_work_free(w);
            err_set(err,
                    P_("The network needs %zu MB of memory for %d picture at a time, and at most "
                       "%zu are given to it; use a smaller mini-batch or network.",
                       "The network needs %zu MB of memory for %d pictures at a time, and at most "
                       "%zu are given to it; use a smaller mini-batch or network.",
                       max_count),
                    len / MEGABYTE, max_count, (size_t)NN_WORK_MAX / MEGABYTE);
            return NULL;
        }
        w->block = aligned_alloc(ALIGNMENT, (len ? len : ALIGNMENT) * sizeof(float));
    }
    if (!w || !w->block) {
        nn_work_free(w);
        err_memory(err, _("running the network; use a smaller mini-batch or network"));
        return NULL;
    }
    lay_out(w, net);
    return w;
}

void nn_work_free(struct nn_work *work)
{
    if (!work)
        return;
    free(work->block);
    free(work);
}

void nn_pack(const struct nn *net, struct nn_work *work)
{
    work->packing = net;
    memset(work->packed, 0, sizeof work->packed);
}

/* The layers before `end`, which ends a step. */
static void run_forward(const struct nn *net, struct nn_work *w, struct pass pass, const float *x,
                        int end)
{
    assert(pass.count <= w->max_count && w->layer_count == net->layer_count);
    bool packing = w->packing == net;
    for (int i = 0, len; i < end; i += len) {
        const struct layer *l = &net->layers[i];
        len = step_len(l);
        pass.packed = packing && w->packed[i];
        step_ops(l)->forward(l, &pass, net->params + l->param_at, i ? w->out[i - 1] : x,
                             w->out[i + len - 1], w->memo[i]);
        w->packed[i] = packing;
    }
}

const float *nn_predict(const struct nn *net, struct nn_work *work, const float *x, int count)
{
    run_forward(net, work, (struct pass){.kern = work->kern, .count = count}, x, net->layer_count);
    return work->out[net->layer_count - 1];
}

const float *nn_answers(const struct nn *net, const struct nn_work *work)
{
    return work->out[net->layer_count - 1];
}

/* The layers before `end`, one by one, joint or not. */
static const float *run_singly(const struct nn *net, struct nn_work *work, const float *x, int end)
{
    struct pass pass = {.kern = work->kern, .count = 1};
    for (int k = 0; k < end; k++) {
        const struct layer *l = &net->layers[k];
        float *y = work->out[k];
        work->packed[k] = false; /* its memo may be of joint layers */
        l->ops->forward(l, &pass, net->params + l->param_at, x, y, work->memo[k]);
        x = y;
    }
    return x;
}

const float *nn_layer_out(const struct nn *net, struct nn_work *work, const float *x, int i)
{
    int end = 0;
    while (end < net->layer_count && net->layers[end].unit <= i)
        end++;
    return run_singly(net, work, x, end);
}

/* How many layers there are up to the last sums: all but a last activation, if there is one. */
static int count_to_sums(const struct nn *net)
{
    return net->layer_count - (net->layers[net->layer_count - 1].ops == &act_ops);
}

const float *nn_sums(const struct nn *net, struct nn_work *work, const float *x, int count)
{
    int end = count_to_sums(net);
    run_forward(net, work, (struct pass){.kern = work->kern, .count = count}, x, end);
    return work->out[end - 1];
}

const float *nn_last_hidden(const struct nn *net, const struct nn_work *work, const float *x,
                            int *len)
{
    int first = net->layer_count - 1;
    while (first > 0 && net->layers[first - 1].unit == net->unit_count - 1)
        first--;
    *len = nn_shape_len(net->layers[first].in);
    return first > 0 ? work->out[first - 1] : x;
}

const float *nn_begin_slopes(const struct nn *net, struct nn_work *work, const float *x)
{
    return run_singly(net, work, x, count_to_sums(net));
}

/* From the last layer to the first. Where the cost already went through the last activation,
 * the pass back begins below it. */
static void run_backward(const struct nn *net, struct nn_work *w, const struct pass *pass,
                         const float *x, int last)
{
    int side = 0;
    for (int end = last, i; end >= 0; end = i - 1) {
        i = step_begin(net, end);
        const struct layer *l = &net->layers[i];
        float *dx = i > 0 ? w->d[!side] : NULL;
        if (l->ops->in_place)
            dx = w->d[side];
        step_ops(l)->backward(l, pass, net->params + l->param_at, i ? w->out[i - 1] : x,
                              w->out[end], w->memo[i], w->d[side], w->grad + l->param_at, dx);
        if (!l->ops->in_place)
            side = !side;
    }
}

/* One layer back for several rows of dy, all of one sample: layers whose slope hangs on what they
 * were given take them row by row, the others all at once. */
static void step_back(const struct nn *net, struct nn_work *w, int i, const float *x, int rows,
                      float *dy, float *dx)
{
    const struct layer *l = &net->layers[i];
    const float *param = net->params + l->param_at, *y = w->out[i];
    bool by_row = l->ops == &act_ops || l->ops == &pool_ops;
    struct pass pass = {.kern = w->kern, .count = by_row ? 1 : rows};
    size_t in = (size_t)nn_shape_len(l->in), out = (size_t)nn_shape_len(l->out);
    for (size_t row = 0; row < (by_row ? (size_t)rows : 1); row++)
        l->ops->backward(l, &pass, param, x, y, w->memo[i], dy + row * out, NULL, dx + row * in);
}

void nn_slopes(const struct nn *net, struct nn_work *work, const float *x, const float *dz,
               int rows, float *dx)
{
    assert(work->learning && rows <= work->max_count);
    int side = 0;
    memcpy(work->d[0], dz, (size_t)rows * (size_t)nn_out_len(net) * sizeof *dz);
    for (int i = count_to_sums(net) - 1; i >= 0; i--) {
        float *dy = work->d[side];
        if (net->layers[i].ops->in_place) {
            step_back(net, work, i, i ? work->out[i - 1] : x, rows, dy, dy);
            continue;
        }
        step_back(net, work, i, i ? work->out[i - 1] : x, rows, dy, i ? work->d[!side] : dx);
        side = !side;
    }
}

double nn_gradient(const struct nn *net, struct nn_work *work, enum nn_cost cost, const float *x,
                   const float *y, int count, uint64_t seed)
{
    assert(work->learning);
    work->packing = NULL; /* the pass back needs the memos for itself */
    struct pass pass = {.kern = work->kern, .count = count, .learning = true, .seed = seed};
    run_forward(net, work, pass, x, net->layer_count);
    size_t len = (size_t)count * (size_t)nn_out_len(net);
    const float *answer = work->out[net->layer_count - 1];
    bool through_act = cost_slope(cost, len, answer, y, work->d[0]);
    run_backward(net, work, &pass, x, net->layer_count - 1 - through_act);
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += nn_cost_of(net, cost, answer + (size_t)i * (size_t)nn_out_len(net),
                          y + (size_t)i * (size_t)nn_out_len(net));
    return sum;
}

float *nn_work_gradient(struct nn_work *work)
{
    return work->grad;
}
