/* SPDX-License-Identifier: MIT */
#include "app/stage/handset_stage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"

enum { IMAGES = 100 };

static const double bias_most = 30;

float handset_stage_brush(const struct handset_stage *stage)
{
    static const float weights[HANDSET_BRUSHES] = {1, -1, 0};
    return weights[stage->brush];
}

/* ---- what the neuron says -------------------------------------------------------------------- */

static void run(struct handset_stage *stage)
{
    handset_put(&stage->handset);
    handset_read(&stage->handset, stage->strokes[0], HANDSET_STROKES, stage->out, NULL);
    handset_read(&stage->handset, stage->digits[0], HANDSET_DIGITS, stage->digit_out, NULL);
}

/* From `image` on, and from the first again behind the last. */
static void fetch_digits(struct handset_stage *stage)
{
    const struct dataset *set = stage->images.set;
    for (uint32_t i = 0; i < HANDSET_DIGITS; i++) {
        uint32_t at = ((uint32_t)stage->image + i) % set->count;
        memcpy(stage->digits[i], set->pixels + (size_t)at * FIT_LEN, FIT_LEN);
        stage->labels[i] = set->labels[at];
    }
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void end(struct stage *base)
{
    struct handset_stage *stage = (struct handset_stage *)base;
    handset_end(&stage->handset);
    stage_images_free(&stage->images);
    free(stage);
}

static bool fill(struct handset_stage *stage, const struct stage_world *world, struct err *err)
{
    bool news;
    if (!handset_begin(&stage->handset, world->kern, err) ||
        !stage_images_take(&stage->images, world, IMAGES, &news, err))
        return false;
    for (int i = 0; i < HANDSET_STROKES; i++)
        if (!handset_stroke(i, stage->strokes[i], err))
            return false;
    fetch_digits(stage);
    run(stage);
    return true;
}

static struct stage *begin(const struct stage_world *world, struct err *err)
{
    struct handset_stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        err_memory(err, _("the page"));
        return NULL;
    }
    if (fill(stage, world, err))
        return &stage->stage;
    end(&stage->stage);
    return NULL;
}

static bool update(struct stage *base, const struct stage_world *world)
{
    struct handset_stage *stage = (struct handset_stage *)base;
    bool news;
    if (stage_images_take(&stage->images, world, IMAGES, &news, NULL) && news) {
        fetch_digits(stage);
        run(stage);
    }
    return false;
}

/* ---- values ---------------------------------------------------------------------------------- */

/* The weight that "p23" names, or NULL. */
static float *find_patch(struct handset_stage *stage, const char *name)
{
    const char last = '0' + HANDSET_SIDE;
    if (strlen(name) != 3 || name[0] != 'p' || name[1] < '1' || name[1] > last || name[2] < '1' ||
        name[2] > last)
        return NULL;
    return &stage->handset.patch[name[1] - '1'][name[2] - '1'];
}

static bool set_other(struct handset_stage *stage, const char *name, const char *value,
                      struct err *err)
{
    double number;
    if (strcmp(name, "b") == 0) {
        if (!stage_number(name, value, -bias_most, bias_most, &number, err))
            return false;
        stage->handset.bias = (float)number;
    } else if (strcmp(name, "brush") == 0) {
        if (!stage_number(name, value, 0, HANDSET_BRUSHES - 1, &number, err))
            return false;
        stage->brush = (enum handset_brush)number;
    } else if (strcmp(name, "image") == 0) {
        if (!stage_number(name, value, 1, stage->images.set->count, &number, err))
            return false;
        stage->image = (int)number - 1;
        fetch_digits(stage);
    } else if (strcmp(name, "clear") == 0) {
        memset(stage->handset.patch, 0, sizeof stage->handset.patch);
    } else {
        return stage_unknown(name, err);
    }
    run(stage);
    return true;
}

static bool set(struct stage *base, const char *name, const char *value, struct err *err)
{
    struct handset_stage *stage = (struct handset_stage *)base;
    float *patch = find_patch(stage, name);
    double number;
    if (!patch)
        return set_other(stage, name, value, err);
    if (!stage_number(name, value, -1, 1, &number, err))
        return false;
    *patch = (float)number;
    run(stage);
    return true;
}

/* ---- figures --------------------------------------------------------------------------------- */

static int count_painted(const struct handset_stage *stage)
{
    int count = 0;
    for (int row = 0; row < HANDSET_SIDE; row++)
        for (int col = 0; col < HANDSET_SIDE; col++)
            count += stage->handset.patch[row][col] != 0;
    return count;
}

static bool figure(const struct stage *base, const char *name, double *value)
{
    const struct handset_stage *stage = (const struct handset_stage *)base;
    int found = 0, mistaken = 0, digits = 0;
    float weakest = 1, loudest = 0;
    for (int i = 0; i < HANDSET_STROKES; i++) {
        bool wanted = i<HANDSET_WANTED, on = stage->out[i]> 0.5f;
        found += wanted && on;
        mistaken += !wanted && stage->out[i] >= 0.5f;
        weakest = wanted ? fminf(weakest, stage->out[i]) : weakest;
        loudest = wanted ? loudest : fmaxf(loudest, stage->out[i]);
    }
    for (int i = 0; i < HANDSET_DIGITS; i++)
        digits += stage->digit_out[i] > 0.5f;
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"found", found},
        {"mistaken", mistaken},
        {"right", found + HANDSET_STROKES - HANDSET_WANTED - mistaken},
        {"painted", count_painted(stage)},
        {"weakest", (double)weakest},
        {"loudest", (double)loudest},
        {"digits", digits},
        {"b", (double)stage->handset.bias},
        {"brush", stage->brush},
        {"image", stage->image + 1},
    };
    const float *patch = find_patch((struct handset_stage *)base, name);
    for (size_t i = 0; !patch && i < sizeof figures / sizeof *figures; i++) {
        if (strcmp(figures[i].name, name) != 0)
            continue;
        *value = figures[i].value;
        return true;
    }
    if (patch)
        *value = (double)*patch;
    return patch != NULL;
}

static int controls(const struct stage *base, struct stage_control *controls)
{
    static const char *brushes[HANDSET_BRUSHES];
    const struct handset_stage *stage = (const struct handset_stage *)base;
    int count = 0;
    brushes[HANDSET_FOR] = _("ink here counts for it: +1");
    brushes[HANDSET_AGAINST] = _("ink here counts against: \u22121");
    brushes[HANDSET_NOTHING] = _("ink here does not matter: 0");
    controls[count++] = (struct stage_control){"brush",
                                               N_("Brush"),
                                               STAGE_CHOICE,
                                               .value = stage->brush,
                                               .choices = brushes,
                                               .count = HANDSET_BRUSHES};
    controls[count++] = (struct stage_control){"b",
                                               N_("Bias b"),
                                               STAGE_SLIDER,
                                               .value = (double)stage->handset.bias,
                                               .min = -bias_most,
                                               .max = bias_most,
                                               .step = 0.5,
                                               .digits = 1};
    controls[count++] = (struct stage_control){
        "image",  N_("Digits from image"),         STAGE_SLIDER, .value = stage->image + 1,
        .min = 1, .max = stage->images.set->count, .step = 1};
    controls[count++] = (struct stage_control){"clear", N_("All weights 0"), STAGE_BUTTON};
    return count;
}

const struct stage_kind handset_stage_kind = {
    .name = "handset",
    .uses_data = true,
    .begin = begin,
    .end = end,
    .update = update,
    .set = set,
    .figure = figure,
    .controls = controls,
};
