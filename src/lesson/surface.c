/* SPDX-License-Identifier: MIT */
#include "lesson/surface.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/rng.h"
#include "data/dataset.h"
#include "ink/fit.h"
#include "nn/nn.h"

enum { BATCH = 100, DIGITS = 10 };

static const float single_reach = 10; /* of a single weight: what 1 stands for */

struct surface {
    struct nn *net;
    float *directions[2]; /* [param_len] each */
    uint32_t count;
    float *x; /* [count][FIT_LEN] */
    float *y; /* [count][DIGITS] */
};

struct surface_at {
    struct nn *net;
    struct nn_work *work;
};

/* ---- directions ------------------------------------------------------------------------------ */

static double dot(const float *a, const float *b, size_t len)
{
    double sum = 0;
    for (size_t i = 0; i < len; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

/* In each tensor random, and as long as the tensor. */
static void draw_direction(const struct nn *net, struct rng *rng, float *direction)
{
    const float *weights = nn_weights(net);
    for (int t = 0; t < nn_tensor_count(net); t++) {
        const struct nn_tensor *tensor = nn_tensor(net, t);
        float *to = direction + tensor->at;
        for (size_t i = 0; i < tensor->len; i++)
            to[i] = rng_normal(rng);
        double own = dot(to, to, tensor->len);
        double wanted = dot(weights + tensor->at, weights + tensor->at, tensor->len);
        float scale = own > 0 ? (float)sqrt(wanted / own) : 0;
        for (size_t i = 0; i < tensor->len; i++)
            to[i] *= scale;
    }
}

static void draw_random(struct surface *surface, uint64_t seed)
{
    struct rng rng = rng_new(seed, 0);
    size_t len = nn_param_len(surface->net);
    float *a = surface->directions[0], *b = surface->directions[1];
    draw_direction(surface->net, &rng, a);
    draw_direction(surface->net, &rng, b);
    float along = (float)(dot(a, b, len) / fmax(dot(a, a, len), 1e-30));
    for (size_t i = 0; i < len; i++)
        b[i] -= along * a[i];
}

/* The two strongest weights of the output that has the strongest of all. */
static void choose_weights(struct surface *surface)
{
    int last = nn_layer_count(surface->net) - 1;
    int in = nn_shape_len(nn_layer(surface->net, last)->in);
    const struct nn_tensor *tensor = NULL;
    for (int t = 0; t < nn_tensor_count(surface->net); t++)
        if (nn_tensor(surface->net, t)->role == NN_WEIGHT)
            tensor = nn_tensor(surface->net, t);
    const float *weights = nn_weights(surface->net) + tensor->at;
    size_t first = 0, second;
    for (size_t i = 1; i < tensor->len; i++)
        if (fabsf(weights[i]) > fabsf(weights[first]))
            first = i;
    second = first % DIGITS == first ? first + DIGITS : first % DIGITS;
    for (int i = 0; i < in; i++) {
        size_t at = (size_t)i * DIGITS + first % DIGITS;
        if (at != first && fabsf(weights[at]) > fabsf(weights[second]))
            second = at;
    }
    surface->directions[0][tensor->at + first] = single_reach;
    surface->directions[1][tensor->at + second] = single_reach;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void copy_images(struct surface *surface, const struct dataset *set)
{
    fit_floats(set->pixels, surface->count, surface->x);
    for (uint32_t i = 0; i < surface->count; i++)
        surface->y[(size_t)i * DIGITS + set->labels[i]] = 1;
}

struct surface *surface_new(const struct nn *net, const struct dataset *set, uint32_t count,
                            enum surface_plane plane, uint64_t seed, struct err *err)
{
    struct surface *surface = calloc(1, sizeof *surface);
    size_t len = nn_param_len(net);
    if (!surface) {
        err_memory(err, _("the surface"));
        return NULL;
    }
    surface->count = count < set->count ? count : set->count;
    surface->net = nn_copy(net, err);
    surface->directions[0] = calloc(len, sizeof(float));
    surface->directions[1] = calloc(len, sizeof(float));
    surface->x = malloc((size_t)surface->count * FIT_LEN * sizeof(float));
    surface->y = calloc((size_t)surface->count * DIGITS, sizeof(float));
    if (!surface->net || !surface->directions[0] || !surface->directions[1] || !surface->x ||
        !surface->y) {
        err_memory(err, _("the surface"));
        surface_free(surface);
        return NULL;
    }
    copy_images(surface, set);
    if (plane == SURFACE_RANDOM)
        draw_random(surface, seed);
    else
        choose_weights(surface);
    return surface;
}

void surface_free(struct surface *surface)
{
    if (!surface)
        return;
    nn_free(surface->net);
    free(surface->directions[0]);
    free(surface->directions[1]);
    free(surface->x);
    free(surface->y);
    free(surface);
}

uint32_t surface_images(const struct surface *surface)
{
    return surface->count;
}

struct surface_at *surface_at_new(const struct surface *surface, const struct kern *kern,
                                  struct err *err)
{
    struct surface_at *at = calloc(1, sizeof *at);
    if (!at) {
        err_memory(err, _("the surface"));
        return NULL;
    }
    at->net = nn_copy(surface->net, err);
    at->work = at->net ? nn_work_new(at->net, kern, BATCH, true, err) : NULL;
    if (at->work)
        return at;
    surface_at_free(at);
    return NULL;
}

void surface_at_free(struct surface_at *at)
{
    if (!at)
        return;
    nn_work_free(at->work);
    nn_free(at->net);
    free(at);
}

/* ---- height and slope ------------------------------------------------------------------------ */

static void move_weights(const struct surface *surface, struct surface_at *at, double x, double y)
{
    const float *from = nn_weights(surface->net);
    const float *a = surface->directions[0], *b = surface->directions[1];
    float *to = nn_params(at->net);
    size_t len = nn_param_len(surface->net);
    float fx = (float)x, fy = (float)y;
    for (size_t i = 0; i < len; i++)
        to[i] = from[i] + fx * a[i] + fy * b[i];
}

static uint32_t batch_at(const struct surface *surface, uint32_t first)
{
    return surface->count - first < BATCH ? surface->count - first : BATCH;
}

double surface_cost(const struct surface *surface, struct surface_at *at, double x, double y)
{
    double sum = 0;
    move_weights(surface, at, x, y);
    for (uint32_t i = 0; i < surface->count; i += BATCH) {
        uint32_t count = batch_at(surface, i);
        const float *wanted = surface->y + (size_t)i * DIGITS;
        const float *answers =
            nn_predict(at->net, at->work, surface->x + (size_t)i * FIT_LEN, (int)count);
        for (uint32_t k = 0; k < count; k++)
            sum += nn_cost_of(at->net, NN_QUADRATIC, answers + k * DIGITS, wanted + k * DIGITS);
    }
    return sum / surface->count;
}

/* Adds the slopes of images [first, first + count), and returns the sum of their costs. */
static double add_slopes(const struct surface *surface, struct surface_at *at, uint32_t first,
                         uint32_t count, double slope[2])
{
    size_t len = nn_param_len(surface->net);
    double sum = 0;
    for (uint32_t done = 0; done < count;) {
        uint32_t i = (first + done) % surface->count, most = surface->count - i;
        uint32_t some = count - done < BATCH ? count - done : BATCH;
        some = some < most ? some : most;
        sum += nn_gradient(at->net, at->work, NN_QUADRATIC, surface->x + (size_t)i * FIT_LEN,
                           surface->y + (size_t)i * DIGITS, (int)some, 0);
        for (int d = 0; d < 2; d++)
            slope[d] += dot(nn_work_gradient(at->work), surface->directions[d], len);
        done += some;
    }
    return sum;
}

double surface_slope(const struct surface *surface, struct surface_at *at, double x, double y,
                     double slope[2])
{
    slope[0] = slope[1] = 0;
    move_weights(surface, at, x, y);
    double sum = add_slopes(surface, at, 0, surface->count, slope);
    slope[0] /= surface->count;
    slope[1] /= surface->count;
    return sum / surface->count;
}

void surface_slope_of(const struct surface *surface, struct surface_at *at, double x, double y,
                      uint32_t first, uint32_t count, double slope[2])
{
    slope[0] = slope[1] = 0;
    move_weights(surface, at, x, y);
    add_slopes(surface, at, first, count, slope);
    slope[0] /= count;
    slope[1] /= count;
}
