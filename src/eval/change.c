/* SPDX-License-Identifier: MIT */
#include "eval/change.h"

#include <math.h>
#include <string.h>

#include "base/clamp.h"
#include "eval/verdict.h"
#include "nn/nn.h"

enum {
    SIDE = FIT_SIZE,
    LEN = FIT_LEN,
    ROUNDS = 8,  /* ways of choosing pixels that are tried */
    STEPS = 50,  /* uphill, in each */
    PLACES = 16, /* on the way back where the answer is read, before the last is bisected */
    HALVINGS = 8,
};
static const float GAP = 1e-3f;      /* of the sums: that wished for is to win by so much */
static const float STRIDE = 0.15f;   /* the most that a pixel changes in a step */
static const float OVERSHOOT = 1.2f; /* the slope gets less on the way */
static const float CHOOSIEST = 0.9f; /* pixels with so much of the highest slope are enough */

/* ---- one picture --------------------------------------------------------------------------- */

static int find_rival(const float *z, int digit)
{
    int rival = digit == 0 ? 1 : 0;
    for (int i = 0; i < VERDICT_CLASSES; i++)
        if (i != digit && z[i] > z[rival])
            rival = i;
    return rival;
}

static float gap_of(const float *z, int digit)
{
    return z[digit] - z[find_rival(z, digit)];
}

/* By the sums and by the answer too, as sums that differ may saturate to equal answers. */
static bool reads_as(const struct change_wish *wish, const float *x)
{
    return gap_of(nn_sums(wish->net, wish->work, x, 1), wish->digit) >= GAP &&
           verdict_best(nn_predict(wish->net, wish->work, x, 1)) == wish->digit;
}

/* x + part * (to - x), in whole 255ths where it differs from x. */
static void blend(const float *x, const float *to, float part, float *out)
{
    for (int i = 0; i < LEN; i++) {
        float full = clamp_float(x[i] + part * (to[i] - x[i]), 0, 1) * 255;
        out[i] = to[i] == x[i] ? x[i] : roundf(full) * FIT_SCALE;
    }
}

/* ---- uphill -------------------------------------------------------------------------------- */

static float pixel_at(const float *x, int row, int col)
{
    return row < 0 || row >= SIDE || col < 0 || col >= SIDE ? 0 : x[row * SIDE + col];
}

/* Each pixel with its neighbours, 1 2 1 in rows and in columns. */
static void blur(const float *x, float *out)
{
    static const float weight[3] = {0.25f, 0.5f, 0.25f};
    for (int i = 0; i < LEN; i++) {
        out[i] = 0;
        for (int r = 0; r < 3; r++)
            for (int c = 0; c < 3; c++)
                out[i] += weight[r] * weight[c] * pixel_at(x, i / SIDE + r - 1, i % SIDE + c - 1);
    }
}

static bool can_move(float pixel, float direction)
{
    return direction > 0 ? pixel < 1 : pixel > 0;
}

/* How a way up is chosen. */
struct choice {
    bool sharp;   /* by the slope as it is, not blurred */
    float choosy; /* pixels with less of the highest slope than this part stay as they are */
};

/* Where to go: the slope, of 1 at most, less `choosy` towards 0. Returns what it gains for a step
 * of its length, or 0 where no pixel can be moved. */
static float choose_direction(const float *picture, const float *slope, struct choice choice,
                              float *way)
{
    float top = 0, gain = 0;
    if (choice.sharp)
        memcpy(way, slope, LEN * sizeof *way);
    else
        blur(slope, way);
    for (int i = 0; i < LEN; i++) {
        if (!can_move(picture[i], way[i]))
            way[i] = 0;
        top = fmaxf(top, fabsf(way[i]));
    }
    if (!(top > 0) || !isfinite(top))
        return 0;
    for (int i = 0; i < LEN; i++) {
        float size = fmaxf(fabsf(way[i]) / top - choice.choosy, 0) / (1 - choice.choosy);
        way[i] = copysignf(size, way[i]);
        gain += way[i] * slope[i];
    }
    return gain > 0 ? gain : 1e-6f;
}

enum climb { CLIMB_REACHED, CLIMB_FAILED, CLIMB_STOPPED };

/* Up for the digit, and down for its rivals by their shares of what they are together, so that
 * rivals of equal height are left behind together and not by turns. */
static void weigh_rivals(const float *z, int digit, float *dz)
{
    float highest = z[find_rival(z, digit)], sum = 0;
    for (int i = 0; i < VERDICT_CLASSES; i++)
        sum += dz[i] = i == digit ? 0 : -expf(z[i] - highest);
    for (int i = 0; i < VERDICT_CLASSES; i++)
        dz[i] /= -sum;
    dz[digit] = 1;
}

/* One step of `picture`. False: there is no way up. */
static bool step_up(const struct change_wish *wish, struct choice choice, const float *z,
                    float *picture)
{
    float dz[VERDICT_CLASSES], slope[LEN], way[LEN];
    weigh_rivals(z, wish->digit, dz);
    float missing = GAP - gap_of(z, wish->digit);
    nn_slopes(wish->net, wish->work, picture, dz, 1, slope);
    float gain = choose_direction(picture, slope, choice, way);
    if (!(gain > 0))
        return false;
    float stride = clamp_float(OVERSHOOT * missing / gain, 1.0f / 255, STRIDE);
    for (int i = 0; i < LEN; i++)
        picture[i] = clamp_float(picture[i] + stride * way[i], 0, 1);
    return true;
}

static enum climb climb(const struct change_wish *wish, int round, struct choice choice,
                        float *picture)
{
    float kept[LEN];
    memcpy(picture, wish->x, LEN * sizeof *picture);
    for (int step = 0; step < STEPS; step++) {
        if (wish->go_on && !wish->go_on(wish->user, (round + (double)step / STEPS) / ROUNDS))
            return CLIMB_STOPPED;
        const float *z = nn_begin_slopes(wish->net, wish->work, picture);
        if (gap_of(z, wish->digit) >= GAP) {
            blend(wish->x, picture, 1, kept);
            if (reads_as(wish, kept))
                return CLIMB_REACHED;
            z = nn_begin_slopes(wish->net, wish->work, picture);
        }
        if (!step_up(wish, choice, z, picture))
            return CLIMB_FAILED;
    }
    return CLIMB_FAILED;
}

/* ---- and back ------------------------------------------------------------------------------ */

static bool reads_at(const struct change_wish *wish, const float *to, float part)
{
    float picture[LEN];
    blend(wish->x, to, part, picture);
    return reads_as(wish, picture);
}

/* The smallest part of the way to `to`, which reads as wished, that does so too: the first of some
 * places, then by bisection between it and the one before; and half of it does not. */
static float draw_back(const struct change_wish *wish, const float *to)
{
    int place = 1;
    while (place < PLACES && !reads_at(wish, to, (float)place / PLACES))
        place++;
    float least = (float)(place - 1) / PLACES, part = (float)place / PLACES;
    for (int i = 0; i < HALVINGS; i++) {
        float middle = (least + part) / 2;
        if (reads_at(wish, to, middle))
            part = middle;
        else
            least = middle;
    }
    while (reads_at(wish, to, part / 2))
        part /= 2;
    return part;
}

/* Fills in what follows from the picture. */
static void describe(const float *x, struct change *change)
{
    double squares = 0;
    change->ink = 0;
    change->pixels = 0;
    for (int i = 0; i < LEN; i++) {
        float more = change->picture[i] - x[i];
        change->added[i] = fmaxf(more, 0);
        change->taken[i] = fmaxf(-more, 0);
        change->ink += fabs((double)more);
        squares += (double)more * (double)more;
        change->pixels += more != 0;
    }
    change->length = sqrt(squares);
}

/* The picture as far as it need go towards `to`, if that takes less ink than what there is. */
static void keep_if_smaller(const struct change_wish *wish, const float *to, struct change *best)
{
    struct change found = {.reached = true};
    blend(wish->x, to, draw_back(wish, to), found.picture);
    describe(wish->x, &found);
    if (!best->reached || found.ink < best->ink)
        *best = found;
}

bool change_find(const struct change_wish *wish, struct change *change)
{
    struct choice choice = {.choosy = 0};
    float picture[LEN], least = 0, most = CHOOSIEST;
    *change = (struct change){.reached = reads_as(wish, wish->x)};
    memcpy(change->picture, wish->x, sizeof change->picture);
    if (change->reached)
        return true;
    for (int round = 0; round < ROUNDS; round++) {
        enum climb end = climb(wish, round, choice, picture);
        if (end == CLIMB_STOPPED)
            return false;
        if (end == CLIMB_REACHED) {
            keep_if_smaller(wish, picture, change);
            least = choice.choosy;
        } else if (round > 0 && !change->reached) {
            return true;
        } else if (round > 0) {
            most = choice.choosy;
        }
        choice.sharp |= !change->reached;
        choice.choosy = change->reached ? (least + most) / 2 : 0;
    }
    return true;
}

void change_bytes(const struct change *change, uint8_t *out)
{
    for (int i = 0; i < FIT_LEN; i++)
        out[i] = (uint8_t)lroundf(change->picture[i] * 255);
}
