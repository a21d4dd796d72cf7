/* SPDX-License-Identifier: MIT */
#include "lesson/handset.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/nn.h"

/* ---- the neuron ------------------------------------------------------------------------------ */

bool handset_begin(struct handset *handset, const struct kern *kern, struct err *err)
{
    *handset = (struct handset){.net = nn_new("input 28x28, dense 1 sigmoid", err)};
    if (handset->net)
        handset->work = nn_work_new(handset->net, kern, HANDSET_PICTURES_MAX, false, err);
    if (!handset->work) {
        handset_end(handset);
        return false;
    }
    return true;
}

void handset_end(struct handset *handset)
{
    nn_work_free(handset->work);
    nn_free(handset->net);
    *handset = (struct handset){.net = NULL};
}

void handset_put(struct handset *handset)
{
    for (int i = 0; i < FIT_LEN; i++) {
        int row = i / FIT_SIZE / HANDSET_PATCH, col = i % FIT_SIZE / HANDSET_PATCH;
        nn_set_weight(handset->net, 0, 0, i, handset->patch[row][col]);
    }
    nn_set_bias(handset->net, 0, 0, handset->bias);
}

void handset_read(struct handset *handset, const uint8_t *pictures, int count, float *out,
                  float *sums)
{
    float x[HANDSET_PICTURES_MAX * FIT_LEN];
    assert(count <= HANDSET_PICTURES_MAX);
    fit_floats(pictures, (uint32_t)count, x);
    size_t size = (size_t)count * sizeof *out;
    memcpy(out, nn_predict(handset->net, handset->work, x, count), size);
    if (sums)
        memcpy(sums, nn_sums(handset->net, handset->work, x, count), size);
}

/* ---- strokes --------------------------------------------------------------------------------- */

/* An arc of an ellipse, on paper of 20x20. From 0, at the right, by degrees; 90 is below. */
struct arc {
    float x, y, wide, high; /* middle and half axes */
    float from, to;
};

enum { ARC_POINTS = 40 };

/* A line is an arc without width; without height either, there is nothing. */
static const struct {
    const char *name;
    struct arc arc;
} strokes[HANDSET_STROKES] = {
    {N_("upper left"), {10, 10, 6.5f, 8.5f, 180, 270}},
    {N_("upper left, rounder"), {10, 10, 7.5f, 7.5f, 185, 265}},
    {N_("a whole ring"), {10, 10, 6.5f, 8.5f, 0, 360}},
    {N_("upper right"), {10, 10, 6.5f, 8.5f, 270, 360}},
    {N_("lower left"), {10, 10, 6.5f, 8.5f, 90, 180}},
    {N_("lower right"), {10, 10, 6.5f, 8.5f, 0, 90}},
    {N_("all but upper left"), {10, 10, 6.5f, 8.5f, -75, 165}},
    {N_("upright"), {10, 10, 0, 8.5f, -90, 90}},
    {N_("nothing"), {10, 10, 0, 0, 0, 0}},
};

static bool draw_arc(const struct arc *arc, struct ink *ink, struct err *err)
{
    const float degree = 3.14159265f / 180;
    for (int i = 0; i < ARC_POINTS; i++) {
        float angle = arc->from + (arc->to - arc->from) * (float)i / (ARC_POINTS - 1);
        float x = arc->x + arc->wide * cosf(angle * degree);
        float y = arc->y + arc->high * sinf(angle * degree);
        if (i == 0 ? !ink_begin(ink, x, y, err) : !ink_add(ink, x, y, err))
            return false;
    }
    return true;
}

bool handset_stroke(int i, uint8_t pixels[FIT_LEN], struct err *err)
{
    const struct ink_box paper = {0, 0, FIT_BOX, FIT_BOX};
    struct ink ink = {0};
    struct ink_fit fit;
    bool drawn = strokes[i].arc.high == 0 || draw_arc(&strokes[i].arc, &ink, err);
    if (drawn) {
        ink_fit_steps(&ink, paper, FIT_SQUARE | FIT_TWENTY, &fit);
        memcpy(pixels, fit.pixels, FIT_LEN);
    }
    ink_free(&ink);
    return drawn;
}

const char *handset_stroke_name(int i)
{
    return _(strokes[i].name);
}
