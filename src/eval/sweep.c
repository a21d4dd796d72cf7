/* SPDX-License-Identifier: MIT */
#include "eval/sweep.h"

#include <math.h>

#include "data/warp.h"
#include "nn/nn.h"

static const float degree = 3.14159265f / 180;
static const float ranges[SWEEP_KINDS] = {
    [SWEEP_TURN] = 45,  [SWEEP_RIGHT] = 8, [SWEEP_DOWN] = 8,
    [SWEEP_RESIZE] = 1, [SWEEP_SLANT] = 1, [SWEEP_THICK] = 2,
};

void sweep_picture(enum sweep_kind kind, float value, const uint8_t *pixels, float *out)
{
    struct warp_frame frame;
    struct warp_matrix to = {1, 0, 0, 1};
    warp_begin(&frame, pixels);
    if (kind == SWEEP_TURN)
        to = warp_matrix(value * degree, 0, 1, 1);
    if (kind == SWEEP_RESIZE)
        to = warp_matrix(0, 0, exp2f(value), exp2f(value));
    if (kind == SWEEP_SLANT)
        to = warp_matrix(0, value, 1, 1);
    if (kind == SWEEP_THICK)
        warp_thicken(&frame, value);
    warp_picture(&frame, warp_invert(to), kind == SWEEP_RIGHT ? value : 0,
                 kind == SWEEP_DOWN ? value : 0, NULL, out);
}

struct view {
    const struct nn *net;
    struct nn_work *work;
    const uint8_t *pixels;
    enum sweep_kind kind;
};

static int read_at(const struct view *view, float value)
{
    float x[FIT_LEN];
    sweep_picture(view->kind, value, view->pixels, x);
    return verdict_best(nn_predict(view->net, view->work, x, 1));
}

/* The first flip between two values: where the answer stops being that at the lower one. */
static struct sweep_flip find_flip(const struct view *view, float low, float high, int before,
                                   int after, float exact)
{
    while (high - low > exact) {
        float middle = low + (high - low) / 2;
        int best = read_at(view, middle);
        if (best == before) {
            low = middle;
        } else {
            high = middle;
            after = best;
        }
    }
    return (struct sweep_flip){high, before, after};
}

static void find_flips(const struct view *view, struct sweep *sweep)
{
    float exact = (sweep->most - sweep->least) * SWEEP_EXACT;
    sweep->flip_count = 0;
    for (int i = 0; i + 1 < SWEEP_PLACES; i++) {
        int before = sweep->answer[i].best, after = sweep->answer[i + 1].best;
        if (before != after)
            sweep->flips[sweep->flip_count++] =
                find_flip(view, sweep->value[i], sweep->value[i + 1], before, after, exact);
    }
}

void sweep_read(const struct nn *net, struct nn_work *work, const uint8_t *pixels,
                enum sweep_kind kind, double temperature, struct sweep *sweep)
{
    const struct view view = {net, work, pixels, kind};
    float x[SWEEP_PLACES * FIT_LEN];
    sweep->least = -ranges[kind];
    sweep->most = ranges[kind];
    for (int i = 0; i < SWEEP_PLACES; i++) {
        sweep->value[i] = ranges[kind] * (float)(2 * i - (SWEEP_PLACES - 1)) / (SWEEP_PLACES - 1);
        sweep_picture(kind, sweep->value[i], pixels, x + (size_t)i * FIT_LEN);
    }
    nn_pack(net, work);
    const float *out = nn_predict(net, work, x, SWEEP_PLACES);
    for (int i = 0; i < SWEEP_PLACES; i++)
        sweep->answer[i] = verdict_read(net, out + (size_t)i * VERDICT_CLASSES, temperature);
    find_flips(&view, sweep);
}
