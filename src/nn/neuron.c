/* SPDX-License-Identifier: MIT */
/* neuron.c -- the arithmetic of a single neuron, term by term, for whoever wants to see it. */
#include "nn/net.h"

/* The layers of one unit, which are a dense or a conv, a norm, an activation. */
struct parts {
    const struct layer *weights, *norm, *act; /* NULL: it has none */
};

static struct parts find_parts(const struct nn *net, int unit)
{
    struct parts parts = {NULL, NULL, NULL};
    for (int k = 0; k < net->layer_count; k++) {
        const struct layer *l = &net->layers[k];
        if (l->unit != unit)
            continue;
        if (l->ops == &dense_ops || l->ops == &conv_ops)
            parts.weights = l;
        else if (l->ops == &norm_ops)
            parts.norm = l;
        else if (l->ops == &act_ops)
            parts.act = l;
    }
    return parts;
}

/* The terms on their way to whoever asked. */
struct list {
    struct nn_term *terms;
    int room, count;
    float scale; /* batch norm's */
};

static void add_term(struct list *list, int from, float weight)
{
    if (list->count < list->room)
        list->terms[list->count] = (struct nn_term){from, list->scale * weight};
    list->count++;
}

static void list_dense(const struct layer *l, const float *weight, int neuron, struct list *list)
{
    int in = nn_shape_len(l->in), out = l->out.channels;
    for (int i = 0; i < in; i++)
        add_term(list, i, weight[(size_t)i * (size_t)out + (size_t)neuron]);
}

/* weight [row][col][in][out] */
static void list_conv(const struct layer *l, const float *weight, int place, struct list *list)
{
    const struct conv_own *own = &l->own.conv;
    int out = l->out.channels, in = l->in.channels, channel = place % out, at = place / out;
    int top = at / l->out.cols * own->stride - own->pad;
    int left = at % l->out.cols * own->stride - own->pad;
    for (int r = 0; r < own->rows; r++)
        for (int c = 0; c < own->cols; c++) {
            int row = top + r, col = left + c;
            if (row < 0 || row >= l->in.rows || col < 0 || col >= l->in.cols)
                continue;
            for (int k = 0; k < in; k++)
                add_term(
                    list, (row * l->in.cols + col) * in + k,
                    weight[(size_t)((r * own->cols + c) * in + k) * (size_t)out + (size_t)channel]);
        }
}

static size_t weight_len(const struct layer *l)
{
    return l->param_len - (l->no_bias ? 0 : (size_t)l->out.channels);
}

int nn_neuron(const struct nn *net, int i, int place, struct nn_term *terms, int room, float *bias)
{
    const struct parts parts = find_parts(net, i);
    const struct layer *l = parts.weights;
    struct list list = {terms, room, 0, 1};
    *bias = 0;
    if (!l)
        return 0;
    const float *weight = net->params + l->param_at;
    int channel = place % l->out.channels;
    if (!l->no_bias)
        *bias = weight[weight_len(l) + (size_t)channel];
    if (parts.norm) {
        struct norm_line line =
            norm_line(net->params + parts.norm->param_at, l->out.channels, channel);
        list.scale = line.a;
        *bias = line.a * *bias + line.b;
    }
    (l->ops == &dense_ops ? list_dense : list_conv)(l, weight, place, &list);
    return list.count;
}

/* ---- one of its weights ---------------------------------------------------------------------- */

/* What batch norm multiplies a weight by. */
static float find_scale(const struct nn *net, const struct parts *parts, int channel)
{
    const struct layer *norm = parts->norm;
    return norm ? norm_line(net->params + norm->param_at, norm->out.channels, channel).a : 1;
}

/* Where the weight on x[from] stands among the layer's own; -1: the neuron does not see that. */
static ptrdiff_t place_of_weight(const struct layer *l, int place, int from)
{
    int out = l->out.channels, in = l->in.channels, channel = place % out, at = place / out;
    if (from < 0 || from >= nn_shape_len(l->in))
        return -1;
    if (l->ops == &dense_ops)
        return (ptrdiff_t)from * out + channel;
    const struct conv_own *own = &l->own.conv;
    int r = from / in / l->in.cols - (at / l->out.cols * own->stride - own->pad);
    int c = from / in % l->in.cols - (at % l->out.cols * own->stride - own->pad);
    if (r < 0 || r >= own->rows || c < 0 || c >= own->cols)
        return -1;
    return (ptrdiff_t)((r * own->cols + c) * in + from % in) * out + channel;
}

bool nn_weight(const struct nn *net, int i, int place, int from, float *weight)
{
    const struct parts parts = find_parts(net, i);
    const struct layer *l = parts.weights;
    ptrdiff_t at = l ? place_of_weight(l, place, from) : -1;
    if (at < 0)
        return false;
    *weight =
        find_scale(net, &parts, place % l->out.channels) * net->params[l->param_at + (size_t)at];
    return true;
}

bool nn_set_weight(struct nn *net, int i, int place, int from, float weight)
{
    const struct parts parts = find_parts(net, i);
    const struct layer *l = parts.weights;
    ptrdiff_t at = l ? place_of_weight(l, place, from) : -1;
    if (at < 0)
        return false;
    float scale = find_scale(net, &parts, place % l->out.channels);
    if (scale == 0)
        return false;
    net->params[l->param_at + (size_t)at] = weight / scale;
    return true;
}

bool nn_set_bias(struct nn *net, int i, int place, float bias)
{
    const struct parts parts = find_parts(net, i);
    const struct layer *l = parts.weights;
    if (!l || (l->no_bias && !parts.norm))
        return false;
    int channel = place % l->out.channels;
    if (!parts.norm) {
        net->params[l->param_at + weight_len(l) + (size_t)channel] = bias;
        return true;
    }
    float now;
    nn_neuron(net, i, place, NULL, 0, &now);
    net->params[parts.norm->param_at + (size_t)l->out.channels + (size_t)channel] += bias - now;
    return true;
}

const char *nn_activation(const struct nn *net, int i)
{
    const struct parts parts = find_parts(net, i);
    return parts.act ? words_of_act(parts.act->own.act.kind) : "";
}
