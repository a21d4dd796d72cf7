/* SPDX-License-Identifier: MIT */
#include "eval/disturb.h"

#include <math.h>
#include <string.h>

#include "base/clamp.h"
#include "base/err.h"
#include "base/language.h"
#include "base/rng.h"
#include "data/dataset.h"
#include "data/warp.h"
#include "ink/fit.h"
#include "par/pool.h"

enum {
    SIDE = FIT_SIZE,
    LEN = FIT_LEN,
    BLOCK = 100,  /* images that a thread takes at a time */
    PIECE = 2000, /* and between one look whether to go on and the next */
    READINGS = DISTURB_KINDS * DISTURB_STRENGTHS,
};
static const float pi = 3.14159265f;

static const struct row {
    const char *name, *unit;
    float amount[DISTURB_STRENGTHS];
} rows[DISTURB_KINDS] = {
    [DISTURB_MOVED] = {"moved", "pixels", {1, 2, 4}},
    [DISTURB_TURNED] = {"turned", "degrees", {10, 20, 30}},
    [DISTURB_RESIZED] = {"resized", "times", {1.15f, 1.3f, 1.5f}},
    [DISTURB_SHEARED] = {"sheared", N_("pixels a row"), {0.2f, 0.4f, 0.6f}},
    [DISTURB_THIN] = {"thin", "pixels", {0.3f, 0.6f, 0.9f}},
    [DISTURB_THICK] = {"thick", "pixels", {0.5f, 1, 1.5f}},
    [DISTURB_NOISE] = {"noise", N_("of full ink"), {0.1f, 0.2f, 0.4f}},
    [DISTURB_BLUR] = {"blur", "passes", {1, 3, 6}},
    [DISTURB_CONTRAST] = {"contrast", N_("of the ink"), {0.6f, 0.4f, 0.2f}},
    [DISTURB_CUT] = {N_("cut corner"), "pixels", {8, 10, 12}},
    [DISTURB_LINE] = {N_("line through"), "pixels", {1, 2, 3}},
    [DISTURB_ELASTIC] = {"elastic", "pixels", {0.7f, 1.2f, 2}},
};

const char *disturb_name(enum disturb_kind kind)
{
    return rows[kind].name;
}

const char *disturb_unit(enum disturb_kind kind)
{
    return rows[kind].unit;
}

float disturb_amount(enum disturb_kind kind, int strength)
{
    return rows[kind].amount[strength];
}

/* ---- one picture --------------------------------------------------------------------------- */

static float draw_sign(struct rng *rng)
{
    return rng_below(rng, 2) ? 1 : -1;
}

/* Those that move the ink, in one go. */
static void move_ink(enum disturb_kind kind, float amount, struct rng *rng, const uint8_t *pixels,
                     float *x)
{
    struct warp_frame frame;
    struct warp_bend bend;
    struct warp_matrix to = {1, 0, 0, 1};
    float right = 0, down = 0;
    warp_begin(&frame, pixels);
    if (kind == DISTURB_MOVED) {
        float way = rng_range(rng, 0, 2 * pi);
        right = amount * cosf(way);
        down = amount * sinf(way);
    } else if (kind == DISTURB_TURNED) {
        to = warp_matrix(draw_sign(rng) * amount * pi / 180, 0, 1, 1);
    } else if (kind == DISTURB_RESIZED) {
        float size = draw_sign(rng) > 0 ? amount : 1 / amount;
        to = warp_matrix(0, 0, size, size);
    } else if (kind == DISTURB_SHEARED) {
        to = warp_matrix(0, draw_sign(rng) * amount, 1, 1);
    } else if (kind == DISTURB_THIN || kind == DISTURB_THICK) {
        warp_thicken(&frame, kind == DISTURB_THICK ? amount : -amount);
    } else if (kind == DISTURB_ELASTIC) {
        warp_draw_bend(&bend, rng, amount);
    }
    warp_picture(&frame, warp_invert(to), right, down, kind == DISTURB_ELASTIC ? &bend : NULL, x);
}

static void add_noise(float deviation, struct rng *rng, float *x)
{
    for (int i = 0; i < LEN; i++)
        x[i] += deviation * rng_normal(rng);
}

/* 1 2 1 along one line of pixels `step` apart. */
static void blur_line(float *x, int step)
{
    float before = 0;
    for (int i = 0; i < SIDE; i++) {
        float here = x[i * step], after = i + 1 < SIDE ? x[(i + 1) * step] : 0;
        x[i * step] = (before + 2 * here + after) / 4;
        before = here;
    }
}

static void blur(int passes, float *x)
{
    for (int pass = 0; pass < passes; pass++) {
        for (int row = 0; row < SIDE; row++)
            blur_line(x + row * SIDE, 1);
        for (int col = 0; col < SIDE; col++)
            blur_line(x + col, SIDE);
    }
}

static void cut_corner(int side, struct rng *rng, float *x)
{
    uint32_t corner = rng_below(rng, 4);
    int top = corner & 1 ? SIDE - side : 0, left = corner & 2 ? SIDE - side : 0;
    for (int row = top; row < top + side; row++)
        for (int col = left; col < left + side; col++)
            x[row * SIDE + col] = 0;
}

/* All pixels whose middle is less than half the width from the line, and a part at its edge. */
static void draw_line(float width, struct rng *rng, float *x)
{
    float way = rng_range(rng, 0, pi), across = rng_range(rng, -4, 4);
    float c = cosf(way), s = sinf(way);
    for (int i = 0; i < LEN; i++) {
        float right = (float)(i % SIDE) - (SIDE - 1) / 2.0f;
        float down = (float)(i / SIDE) - (SIDE - 1) / 2.0f;
        float away = fabsf(right * c + down * s - across);
        x[i] = max_float(x[i], clamp_float(width / 2 + 0.5f - away, 0, 1));
    }
}

static void spoil_ink(enum disturb_kind kind, float amount, struct rng *rng, const uint8_t *pixels,
                      float *x)
{
    fit_floats(pixels, 1, x);
    if (kind == DISTURB_NOISE)
        add_noise(amount, rng, x);
    else if (kind == DISTURB_BLUR)
        blur((int)amount, x);
    else if (kind == DISTURB_CUT)
        cut_corner((int)amount, rng, x);
    else if (kind == DISTURB_LINE)
        draw_line(amount, rng, x);
    else
        for (int i = 0; i < LEN; i++)
            x[i] *= amount;
}

static bool spoils(enum disturb_kind kind)
{
    return kind == DISTURB_NOISE || kind == DISTURB_BLUR || kind == DISTURB_CONTRAST ||
           kind == DISTURB_CUT || kind == DISTURB_LINE;
}

void disturb_image(enum disturb_kind kind, int strength, uint64_t seed, uint32_t index,
                   const uint8_t *pixels, uint8_t *out)
{
    struct rng rng = rng_new(seed, (uint64_t)index * DISTURB_KINDS + kind);
    float x[LEN];
    (spoils(kind) ? spoil_ink : move_ink)(kind, disturb_amount(kind, strength), &rng, pixels, x);
    for (int i = 0; i < LEN; i++)
        out[i] = (uint8_t)lrintf(clamp_float(x[i], 0, 1) * 255);
}

/* ---- a set --------------------------------------------------------------------------------- */

struct spoiling {
    const struct disturb_setup *setup;
    struct dataset *to;
    enum disturb_kind kind;
    int strength;
    uint32_t first, end; /* of the images that are spoiled together */
};

static void spoil_block(void *context, int part, int thread)
{
    (void)thread;
    struct spoiling *s = context;
    uint32_t first = s->first + (uint32_t)part * BLOCK, end = first + BLOCK;
    for (uint32_t i = first; i < end && i < s->end; i++)
        disturb_image(s->kind, s->strength, s->setup->seed, i,
                      s->setup->set->pixels + (size_t)i * LEN, s->to->pixels + (size_t)i * LEN);
}

/* False where it was given up. */
static bool measure_one(struct spoiling *s, struct evaluator *evaluator, int reading,
                        struct evaluation *figures)
{
    const struct disturb_setup *setup = s->setup;
    uint32_t count = s->to->count;
    *figures = (struct evaluation){0};
    for (s->first = 0; s->first < count; s->first = s->end) {
        double part = (reading + (double)s->first / count) / READINGS;
        if (setup->go_on && !setup->go_on(setup->user, part))
            return false;
        s->end = count - s->first < PIECE ? count : s->first + PIECE;
        uint32_t piece = s->end - s->first;
        pool_run(setup->pool, spoil_block, s, (int)((piece + BLOCK - 1) / BLOCK));
        struct evaluation more =
            evaluator_run(evaluator, setup->net, setup->cost, s->to, s->first, piece);
        *figures = s->first > 0 ? evaluation_join(figures, &more) : more;
    }
    return true;
}

static bool measure_all(struct spoiling *s, struct evaluator *evaluator,
                        struct disturb_result *result)
{
    for (int i = 0; i < READINGS; i++) {
        s->kind = (enum disturb_kind)(i / DISTURB_STRENGTHS);
        s->strength = i % DISTURB_STRENGTHS;
        if (!measure_one(s, evaluator, i, &result->figures[s->kind][s->strength]))
            return false;
    }
    return true;
}

bool disturb_measure(const struct disturb_setup *setup, struct disturb_result *result,
                     struct err *err)
{
    uint32_t count = setup->set->count;
    struct spoiling s = {.setup = setup};
    struct evaluator *evaluator = evaluator_new(setup->net, setup->kern, setup->pool, err);
    bool done = evaluator && (s.to = dataset_new("disturbed", count, err));
    if (done) {
        memcpy(s.to->labels, setup->set->labels, count);
        done = measure_all(&s, evaluator, result) || err_set(err, "%s", "");
    }
    dataset_free(s.to);
    evaluator_free(evaluator);
    return done;
}
