/* SPDX-License-Identifier: MIT */
/* Building a network and looking at it. The passes are in pass.c. */
#include "nn/net.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/rng.h"

/* ---- building ------------------------------------------------------------------------------ */

static int after_window(int in, int size, int stride, int pad)
{
    return in + 2 * pad < size ? 0 : (in + 2 * pad - size) / stride + 1;
}

/* The shape after a layer of these words; false where the kernel does not fit. */
static bool shape_after(const struct layer_words *words, struct nn_shape in, struct nn_shape *out)
{
    *out = in;
    if (words->ops == &dense_ops) {
        *out = (struct nn_shape){1, 1, words->count};
    } else if (words->ops == &conv_ops) {
        const struct conv_own *c = &words->own.conv;
        out->rows = after_window(in.rows, c->rows, c->stride, c->pad);
        out->cols = after_window(in.cols, c->cols, c->stride, c->pad);
        out->channels = words->count;
    } else if (words->ops == &pool_ops) {
        const struct pool_own *p = &words->own.pool;
        out->rows = after_window(in.rows, p->size, p->stride, 0);
        out->cols = after_window(in.cols, p->size, p->stride, 0);
    }
    return out->rows > 0 && out->cols > 0;
}

static bool fits_width(struct nn_shape shape)
{
    return (size_t)shape.rows * (size_t)shape.cols <= NN_WIDTH_MAX &&
           (size_t)shape.rows * (size_t)shape.cols * (size_t)shape.channels <= NN_WIDTH_MAX;
}

static struct layer *push_layer(struct nn *net, const struct layer_ops *ops, struct nn_shape in,
                                struct nn_shape out, int unit)
{
    struct layer *l = &net->layers[net->layer_count++];
    l->ops = ops;
    l->in = in;
    l->out = out;
    l->unit = unit;
    l->param_at = net->param_len;
    return l;
}

static void push_tensor(struct nn *net, struct layer *l, const char *what, enum nn_role role,
                        int rank, const int *shape)
{
    struct nn_tensor *t = &net->tensors[net->tensor_count++];
    snprintf(t->name, sizeof t->name, "%d.%s", l->unit + 1, what);
    t->role = role;
    t->rank = rank;
    t->at = net->param_len;
    t->len = 1;
    for (int i = 0; i < rank; i++) {
        t->shape[i] = shape[i];
        t->len *= (size_t)shape[i];
    }
    net->param_len += t->len;
    l->param_len += t->len;
}

static size_t weight_len(const struct layer_words *words, struct nn_shape in)
{
    if (words->ops == &dense_ops)
        return (size_t)nn_shape_len(in) * (size_t)words->count;
    if (words->ops == &conv_ops)
        return (size_t)words->own.conv.rows * (size_t)words->own.conv.cols * (size_t)in.channels *
               (size_t)words->count;
    return 0;
}

/* Of a maxpool, whose windows may be large, as multiplications that take as long. */
static size_t count_comparisons(const struct layer_words *words, struct nn_shape out)
{
    enum { COMPARISON = 8 };
    if (words->ops != &pool_ops)
        return 0;
    return COMPARISON * (size_t)words->own.pool.size * (size_t)words->own.pool.size *
           (size_t)nn_shape_len(out);
}

static void push_weights(struct nn *net, struct layer *l, const struct layer_words *words)
{
    int count = words->count;
    if (words->ops == &dense_ops) {
        push_tensor(net, l, "weight", NN_WEIGHT, 2, (int[]){nn_shape_len(l->in), count});
    } else if (words->ops == &conv_ops) {
        l->own.conv = words->own.conv;
        push_tensor(net, l, "weight", NN_WEIGHT, 4,
                    (int[]){l->own.conv.rows, l->own.conv.cols, l->in.channels, count});
    } else if (words->ops == &pool_ops) {
        l->own.pool = words->own.pool;
    } else {
        l->own.dropout = words->own.dropout;
    }
    l->no_bias = words->norm;
    if (count > 0 && !l->no_bias)
        push_tensor(net, l, "bias", NN_BIAS, 1, &count);
}

static void push_norm(struct nn *net, struct nn_shape shape, int unit)
{
    struct layer *l = push_layer(net, &norm_ops, shape, shape, unit);
    push_tensor(net, l, "scale", NN_BIAS, 1, &shape.channels);
    push_tensor(net, l, "shift", NN_BIAS, 1, &shape.channels);
    push_tensor(net, l, "mean", NN_STAT, 1, &shape.channels);
    push_tensor(net, l, "variance", NN_STAT, 1, &shape.channels);
}

/* One layer of the words: the simple layers it is made of, its tensors and its description. */
static bool push_unit(struct nn *net, const struct layer_words *words, struct nn_shape *shape,
                      struct err *err)
{
    struct nn_layer *unit = &net->units[net->unit_count];
    struct nn_shape out;
    words_print_layer(words, unit->words, sizeof unit->words);
    if (!shape_after(words, *shape, &out))
        return err_set(err,
                       words->ops == &conv_ops
                           ? _("\"%s\" is larger than the %dx%d that reach it; make it smaller or "
                               "give it padding, as in \"pad 2\".")
                           : _("\"%s\" is larger than the %dx%d that reach it; make it smaller."),
                       unit->words, shape->rows, shape->cols);
    size_t before = net->param_len;
    push_weights(net, push_layer(net, words->ops, *shape, out, net->unit_count), words);
    if (words->norm)
        push_norm(net, out, net->unit_count);
    if (words->has_act)
        push_layer(net, &act_ops, out, out, net->unit_count)->own.act.kind = words->act;
    if (!fits_width(out) || net->param_len > NN_PARAMS_MAX)
        return err_set(err, _("\"%s\" makes the network too large; use a smaller count."),
                       unit->words);
    unit->in = *shape;
    unit->out = out;
    unit->params = net->param_len - before - (words->norm ? 2 * (size_t)out.channels : 0);
    unit->multiplications = weight_len(words, *shape) * (size_t)out.rows * (size_t)out.cols;
    net->effort += unit->multiplications + count_comparisons(words, out);
    if (net->effort > NN_EFFORT_MAX)
        return err_set(err,
                       _("With \"%s\" the network takes %.1f billion multiplications "
                         "for one picture, and %.1f are the most; use smaller kernels, less "
                         "padding, larger strides or fewer layers."),
                       unit->words, (double)net->effort / 1e9, (double)NN_EFFORT_MAX / 1e9);
    net->unit_count++;
    *shape = out;
    return true;
}

/* Finds the layers that one function does in one go. */
static void join_layers(struct nn *net)
{
    for (int i = 0; i + 2 < net->layer_count; i++) {
        struct layer *l = &net->layers[i];
        const struct layer *act = l + 1, *pool = l + 2;
        if (l->ops == &conv_ops && act->ops == &act_ops && act->own.act.kind == ACT_RELU &&
            pool->ops == &pool_ops && pool->own.pool.size == 2 && pool->own.pool.stride == 2) {
            l->joint = &conv_pool_ops;
            l->joint_count = 3;
        }
    }
}

/* Whether one picture can be read within the memory that is given to it; else the sentence names
 * the layer that takes the most. */
static bool check_scratch(const struct nn *net, struct err *err)
{
    size_t whole = nn_work_len(net, kern_best(), 1, false), most = 0;
    int unit = 0;
    if (whole <= NN_READING_MAX)
        return true;
    for (int i = 0; i < net->layer_count; i++) {
        const struct layer *l = &net->layers[i];
        size_t len = (l->joint ? l->joint : l->ops)->memo_len(l, kern_best(), 1, false);
        if (len > most) {
            most = len;
            unit = l->unit;
        }
    }
    return err_set(err,
                   _("\"%s\" takes most of the %.1f GB of memory that reading one picture "
                     "needs, and %.1f are the most; use less padding, a smaller kernel or "
                     "fewer channels."),
                   net->units[unit].words, (double)whole * sizeof(float) / 1e9,
                   (double)NN_READING_MAX * sizeof(float) / 1e9);
}

struct nn *nn_new(const char *words, struct err *err)
{
    struct net_words *parsed = malloc(sizeof *parsed);
    struct nn *net = calloc(1, sizeof *net);
    if (!parsed || !net) {
        err_memory(err, _("the network"));
        goto failed;
    }
    if (!words_parse(words, parsed, err))
        goto failed;
    words_print(parsed, net->words, sizeof net->words);
    struct nn_shape shape = parsed->in;
    if (!fits_width(shape)) {
        err_set(err, _("The input is too large; give it a smaller shape."));
        goto failed;
    }
    for (int i = 0; i < parsed->count; i++)
        if (!push_unit(net, &parsed->layers[i], &shape, err))
            goto failed;
    if (strlen(net->words) == sizeof net->words - 1) {
        err_set(err, _("The network's words are too long; use fewer layers."));
        goto failed;
    }
    join_layers(net);
    if (!check_scratch(net, err))
        goto failed;
    if ((net->params = calloc(net->param_len, sizeof *net->params)) == NULL) {
        err_memory(err, _("the network's weights"));
        goto failed;
    }
    free(parsed);
    return net;
failed:
    free(parsed);
    nn_free(net);
    return NULL;
}

struct nn *nn_copy(const struct nn *net, struct err *err)
{
    struct nn *copy = malloc(sizeof *copy);
    float *params = malloc(net->param_len * sizeof *params);
    if (!copy || !params) {
        free(copy);
        free(params);
        err_memory(err, _("a copy of the network"));
        return NULL;
    }
    *copy = *net;
    copy->params = params;
    memcpy(params, net->params, net->param_len * sizeof *params);
    return copy;
}

void nn_free(struct nn *net)
{
    if (!net)
        return;
    free(net->params);
    free(net);
}

/* ---- starting weights ---------------------------------------------------------------------- */

/* He: variance 2 / fan_in.  Glorot: variance 2 / (fan_in + fan_out). */
static float weight_deviation(const struct nn_tensor *t, bool before_relu)
{
    float window = t->rank == 4 ? (float)t->shape[0] * (float)t->shape[1] : 1;
    float fan_in = window * (float)t->shape[t->rank - 2];
    float fan_out = window * (float)t->shape[t->rank - 1];
    return sqrtf(2 / (before_relu ? fan_in : fan_in + fan_out));
}

static bool unit_has_relu(const struct nn *net, int unit)
{
    for (int i = 0; i < net->layer_count; i++)
        if (net->layers[i].unit == unit && net->layers[i].ops == &act_ops)
            return net->layers[i].own.act.kind == ACT_RELU;
    return false;
}

static bool name_ends(const char *name, const char *end)
{
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot + 1, end) == 0;
}

static void fill(float *x, size_t len, float value)
{
    for (size_t i = 0; i < len; i++)
        x[i] = value;
}

void nn_init(struct nn *net, enum nn_start start, uint64_t seed)
{
    for (int i = 0; i < net->tensor_count; i++) {
        const struct nn_tensor *t = &net->tensors[i];
        float *x = nn_params(net) + t->at;
        struct rng rng = rng_new(seed, (uint64_t)i);
        bool is_one = name_ends(t->name, "scale") || name_ends(t->name, "variance");
        bool is_bias = name_ends(t->name, "bias");
        float deviation = 0;
        if (t->role == NN_WEIGHT || (is_bias && start == NN_START_BOOK))
            deviation = start == NN_START_BOOK
                            ? 1
                            : weight_deviation(t, unit_has_relu(net, atoi(t->name) - 1));
        fill(x, t->len, is_one ? 1 : 0);
        if (deviation > 0)
            for (size_t k = 0; k < t->len; k++)
                x[k] = deviation * rng_normal(&rng);
    }
}

/* ---- looking ------------------------------------------------------------------------------- */

const char *nn_words(const struct nn *net)
{
    return net->words;
}

struct nn_shape nn_in_shape(const struct nn *net)
{
    return net->layers[0].in;
}

int nn_in_len(const struct nn *net)
{
    return nn_shape_len(net->layers[0].in);
}

int nn_out_len(const struct nn *net)
{
    return nn_shape_len(net->layers[net->layer_count - 1].out);
}

int nn_layer_count(const struct nn *net)
{
    return net->unit_count;
}

const struct nn_layer *nn_layer(const struct nn *net, int i)
{
    return &net->units[i];
}

int nn_tensor_count(const struct nn *net)
{
    return net->tensor_count;
}

const struct nn_tensor *nn_tensor(const struct nn *net, int i)
{
    return &net->tensors[i];
}

size_t nn_param_len(const struct nn *net)
{
    return net->param_len;
}

float *nn_params(struct nn *net)
{
    return net->params;
}

const float *nn_weights(const struct nn *net)
{
    return net->params;
}

bool nn_can_learn(const struct nn *net, struct err *err)
{
    for (int i = 0; i < net->layer_count; i++) {
        const struct layer *l = &net->layers[i];
        if (l->ops == &act_ops && l->own.act.kind == ACT_STEP)
            return err_set(err,
                           _("\"%s\" cannot be trained by gradient descent: a step is flat "
                             "everywhere, so its slope says nothing about which way to change "
                             "a weight; use sigmoid instead."),
                           net->units[l->unit].words);
    }
    return true;
}
